"""Stars in the bank: what counts, by how many questions, whose word it takes, and the bonus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date

import pytest
from sqlalchemy import event

from ledger.bank import Bank, By, Request
from ledger.core.accounts import MINUTES, Purpose
from ledger.core.refusals.refusal import Refused
from ledger.core.refusals.service import OtherLevelDecides
from ledger.people import closings, organisations, volunteers
from ledger.people.organisations import Organisation
from ledger.reading.check import check
from ledger.rules import Standing
from ledger.service import star_bonuses, stars
from ledger.service.star_changes import DecideStars, Judged, ProposeStars
from ledger.service.star_standings import places_of
from tests.banks import SECOND, STAFF, Clock
from tests.proposals import carried
from tests.towns import Town

CLERK, OTHER = By(actor=STAFF), By(actor=SECOND)


@pytest.fixture
def town(bank: Bank) -> Town:
    return Town(bank, "example")


def standing(town: Town, name: str, ladder: str = "stars") -> Standing:
    [place] = [one for one in places_of(town.bank, town.volunteer(name)) if one.judged.ladder.id == ladder]
    return place.judged.standing


def hours(town: Town, name: str, count: int, purpose: Purpose = Purpose.CLOCKED) -> None:
    assert town.adjust(name, count * 60, unit=MINUTES, purpose=purpose).posted


def proposed(town: Town, name: str, by: By = CLERK) -> stars.Change:
    request = Request("test", f"propose {name} {town.key()}", b"")
    made = stars.propose(town.bank, by, request, town.volunteer(name))
    assert made.posted, made.refusal
    return next(one for one in stars.history(town.bank, town.volunteer(name).id) if one.state != "in_force")


def approved(town: Town, change: stars.Change, reach: list[str] | None = None) -> int:
    request = Request("test", f"approve {change.id}", b"")
    made = stars.decide(town.bank, OTHER, request, change, decision=stars.APPROVE, reason="", reach=reach)
    assert made.posted, made.refusal
    return int(made.answer["star_level"])


@contextmanager
def counted(bank: Bank) -> Iterator[list[str]]:
    """The statements of whoever reads meanwhile."""
    said: list[str] = []

    def listen(*given: object) -> None:
        said.append(str(given[2]))

    event.listen(bank.store._reading, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        event.remove(bank.store._reading, "before_cursor_execute", listen)


# -- what counts -------------------------------------------------------------------------------------------------------


def test_hours_count_by_the_way_they_were_recorded(town: Town) -> None:
    town.award("ana", 60)
    town.award("ana", 30, method="roster", activity="cleaning-2")
    town.award("ana", 45, method="imported", activity="cleaning-3")
    hours(town, "ana", 2)
    hours(town, "ana", 1, Purpose.HONORARY)
    had = standing(town, "ana")
    assert had.minutes == {"clocked": 180, "roster": 30, "imported": 105}
    assert had.services == 3


def test_what_was_undone_counts_for_nothing(town: Town) -> None:
    first = town.award("ana", 60)
    town.award("ana", 90, activity="cleaning-2")
    commended = town.deed("ana", "commendation", key="示例表彰")
    gone = town.adjust("ana", 60, unit=MINUTES, purpose=Purpose.CLOCKED)
    before = standing(town, "ana")
    assert (before.minutes["clocked"], before.services, before.commendations) == (210, 2, 1)
    for undone in (first, commended, gone):
        assert undone.seq is not None
        assert town.reverse(undone.seq).posted
    after = standing(town, "ana")
    assert (after.minutes["clocked"], after.services, after.commendations) == (90, 1, 0)


def test_points_gained_are_those_of_deeds_whatever_became_of_them(town: Town) -> None:
    town.award("ana", 120)
    town.adjust("ana", 40)
    town.adjust("ana", -5)
    town.prize("soap", 10)
    town.receive("soap", 1)
    before = standing(town, "ana")
    assert town.redeem("ana", ("soap", 1)).posted
    after = standing(town, "ana")
    assert (after.points_gained, after.points_taken) == (before.points_gained, before.points_taken) == (42, 5)
    assert (before.balance, after.balance) == (37, 27)


def test_only_what_was_done_by_the_day_counts(town: Town, clock: Clock) -> None:
    town.award("ana", 60, on=date(2026, 3, 1))
    clock.set("2026-03-10")
    town.award("ana", 60, activity="cleaning-2")
    within = [town.district.path]
    hours(town, "ana", 99)
    assert stars.due(town.bank, on=date(2026, 3, 9), within=within, after=None, limit=9).items == []
    [one] = stars.due(town.bank, on=date(2026, 3, 10), within=within, after=None, limit=9).items
    assert one.place.judged.standing.tenure_days == 8


def test_who_left_is_not_judged(town: Town) -> None:
    hours(town, "ana", 100)
    closings.close(town.bank, CLERK, town.request("close"), town.volunteer("ana"), reason="left")
    assert stars.due(town.bank, on=town.bank.today(), within=[town.district.path], after=None, limit=9).items == []


# -- thousands ---------------------------------------------------------------------------------------------------------


def test_a_thousand_are_judged_by_as_many_questions_as_one(town: Town) -> None:
    hours(town, "ana", 100)
    places = [
        organisations.create(town.bank, CLERK, parent=town.district, level="estate", name=f"示例{at}")
        for at in range(3)
    ]

    def run() -> int:
        with counted(town.bank) as said:
            found = stars.run(town.bank, CLERK, on=town.bank.today(), within=[town.district.path], dry_run=True)
        assert len(found.found) == 1
        return len(said)

    run()  # reads the rulebooks, which then are known
    one = run()
    for place in places:
        volunteers.register_all(town.bank, CLERK, organisation=place, names=["示例甲"] * 333)
    assert run() == one < 20


def test_a_page_of_those_who_are_due_goes_on_where_it_ended(town: Town) -> None:
    for name in ("ana", "bo", "chen"):
        hours(town, name, 100)
    within, today = [town.district.path], town.bank.today()
    seen, after = [], None
    while True:
        page = stars.due(town.bank, on=today, within=within, after=after, limit=1)
        seen += [one.place.person.volunteer_no for one in page.items]
        if (after := page.after) is None:
            break
    assert sorted(seen) == sorted(one.volunteer_no for one in town.people.values())
    assert len(seen) == 3


# -- whose ladder, whose word ------------------------------------------------------------------------------------------

BOOK = """
code: own
version: 1
title: {zh: 示例社区规则, en: A community's own}
effective_from: 2026-03-09
inherits: {code: example, version: 1}
rules:
  - id: star
    title: {zh: 评星奖励, en: Star bonus}
    deeds: [good_deed]
    when: {activity_types: [star], tags: [star_2]}
    points: 5
    per: act
ladders:
  - id: years
    title: {zh: 年度星级, en: stars of the year}
    over: year
    approved_by: estate
    levels:
      - {title: {zh: 一星, en: one star}, hours: 10}
      - {title: {zh: 二星, en: two stars}, hours: 20, approved_by: community}
"""


@pytest.fixture
def estate(town: Town, clock: Clock) -> Organisation:
    """An estate of a community whose own book has ladders from 9 March."""
    community = organisations.create(town.bank, CLERK, parent=town.district, level="community", name="示例社区")
    carried(town.bank, community, BOOK)
    clock.set("2026-03-09")
    made = organisations.create(town.bank, CLERK, parent=community, level="estate", name="示例小区")
    town.replace_volunteer("ana", volunteers.register(town.bank, CLERK, organisation=made, name="示例ana"))
    return made


def test_the_ladder_is_that_of_the_volunteers_own_place(town: Town, estate: Organisation) -> None:
    hours(town, "ana", 10)
    hours(town, "bo", 10)
    found = stars.due(town.bank, on=town.bank.today(), within=[town.district.path], after=None, limit=9).items
    assert [(one.place.judged.ladder.id, one.place.due) for one in found] == [("years", 1)]
    assert estate.path.startswith(town.district.path)


def test_a_star_is_granted_at_the_level_the_ladder_names_or_above(town: Town, estate: Organisation) -> None:
    hours(town, "ana", 20)
    change = proposed(town, "ana")
    assert (change.approved_by, change.notice_until) == ("community", None)
    for reach in ([], [estate.path], [f"{estate.path}x/", estate.path]):
        with pytest.raises(Refused) as no:
            approved(town, change, reach)
        assert no.value.refusal == OtherLevelDecides(level="community")
        assert no.value.refusal.code == "other_level_decides"
        assert no.value.refusal.sentence("zh") == "须由社区或其上级认定。"
    assert approved(town, change, [estate.parent_path]) == 2


def test_a_body_that_is_no_level_of_the_tree_speaks_through_whoever_may(town: Town) -> None:
    hours(town, "ana", 100)
    change = replace(proposed(town, "ana"), approved_by="party_branch")
    with pytest.raises(AssertionError, match="NoticeRunning"):  # and not OtherLevelDecides
        approved(town, change, [])


def test_where_the_way_up_has_no_such_level_the_nearest_above_decides(town: Town, estate: Organisation) -> None:
    hours(town, "ana", 10)
    assert proposed(town, "ana").approved_by == "estate"
    hours(town, "bo", 100)
    own = proposed(town, "bo")
    assert own.approved_by == ""  # the bank's own ladder leaves it open
    assert approved(town, proposed_anew(town, "ana"), [estate.path]) == 1


def proposed_anew(town: Town, name: str) -> stars.Change:
    return stars.history(town.bank, town.volunteer(name).id)[0]


@pytest.mark.usefixtures("estate")
def test_a_year_that_is_over_counts_until_the_next_is(town: Town, clock: Clock) -> None:
    town.award("ana", 10 * 60)
    clock.set("2027-06-01")
    assert standing(town, "ana", "years").minutes == {"clocked": 600}
    clock.set("2028-01-01")
    assert standing(town, "ana", "years").minutes == {}


# -- the bonus ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("estate")
def test_a_bonus_is_for_the_star_that_the_rule_names(town: Town) -> None:
    hours(town, "ana", 10)
    assert approved(town, proposed(town, "ana")) == 1
    assert town.points("ana") == 0
    hours(town, "ana", 10)
    assert approved(town, proposed(town, "ana")) == 2
    assert town.points("ana") == 5


@pytest.mark.usefixtures("estate")
def test_a_bonus_that_the_power_cut_off_comes_with_the_next_run(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    hours(town, "ana", 20)
    change = proposed(town, "ana")
    with monkeypatch.context() as cut:
        cut.setattr(star_bonuses, "give", lambda *_, **__: 0)
        approved(town, change)
    assert town.points("ana") == 0

    def run() -> stars.Run:
        return stars.run(town.bank, CLERK, on=town.bank.today(), within=[town.district.path])

    assert run().bonuses == 1
    assert town.points("ana") == 5
    assert run().bonuses == 0
    assert town.points("ana") == 5


# -- who posts past the rules ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Generous(Judged):
    """Thinks that everybody is due for five stars."""

    def due(self, held: int) -> int:
        return held or 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Hasty(DecideStars):
    """Refuses nothing."""

    def _refused(self, *_: object) -> None:
        return None


def wrong(bank: Bank) -> set[object]:
    found = check(bank.store, charter=bank.charter)
    return {finding.facts.get("what") for finding in found if finding.code == "star_wrong"}


def judged_as(town: Town, kind: type[Judged], **changed: object) -> Judged:
    [place] = places_of(town.bank, town.volunteer("ana"))
    known = {field.name: getattr(place.judged, field.name) for field in fields(Judged)}
    return kind(**(known | changed))


def nomination(town: Town, judged: Judged) -> ProposeStars:
    volunteer = town.volunteer("ana")
    return ProposeStars(
        id=town.bank.world.new_id(),
        actor=STAFF,
        volunteer=volunteer.owner,
        organisation=volunteer.organisation_id,
        judged=judged,
        notice_until=date(2026, 3, 9),
    )


@pytest.mark.tampers
def test_a_level_that_the_hours_do_not_reach_is_found(town: Town) -> None:
    assert town.bank.submit(nomination(town, judged_as(town, Generous))).posted
    assert wrong(town.bank) == {"to_level"}


@pytest.mark.tampers
def test_hours_that_nobody_served_are_found(town: Town) -> None:
    invented = judged_as(town, Judged, standing=Standing(minutes={"clocked": 6_000}))
    assert town.bank.submit(nomination(town, invented)).posted
    assert wrong(town.bank) == {"standing"}


@pytest.mark.tampers
@pytest.mark.parametrize("until", [None, date(2026, 3, 6)])
def test_a_notice_that_is_too_short_is_found(town: Town, until: date | None) -> None:
    hours(town, "ana", 100)
    assert town.bank.submit(replace(nomination(town, judged_as(town, Judged)), notice_until=until)).posted
    assert wrong(town.bank) == {"notice"}


@pytest.mark.tampers
def test_whoever_grants_their_own_proposal_while_it_is_on_notice_is_found(town: Town) -> None:
    hours(town, "ana", 100)
    change = proposed(town, "ana")
    volunteer = town.volunteer("ana").owner
    judged = judged_as(town, Judged)
    own = Hasty(
        id=town.bank.world.new_id(),
        actor=STAFF,
        change_id=change.id,
        volunteer=volunteer,
        judged=judged,
        decision=stars.APPROVE,
    )
    assert town.bank.submit(own).posted
    assert wrong(town.bank) == {"self_approval", "notice"}


@pytest.mark.tampers
def test_a_star_whose_hours_were_taken_back_meanwhile_is_found(town: Town) -> None:
    hours(town, "ana", 100)
    change = proposed(town, "ana")
    assert town.adjust("ana", -60, unit=MINUTES, purpose=Purpose.CLOCKED).posted
    late = Hasty(
        id=town.bank.world.new_id(),
        actor=SECOND,
        change_id=change.id,
        volunteer=town.volunteer("ana").owner,
        judged=judged_as(town, Judged),
        decision=stars.APPROVE,
    )
    assert town.bank.submit(late).posted
    assert wrong(town.bank) == {"notice", "due"}
