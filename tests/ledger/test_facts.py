"""Facts that rulebooks ask about come out of the books: as they were on the day of the deed, for a roster at once, and
no more of a person than the answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event

from ledger.bank import Bank, By, Request
from ledger.core.accounts import MINUTES, OwnerKind, Purpose
from ledger.core.refusals import Refused
from ledger.people import closings, households, organisations, party, posts, privacy, registration, volunteers
from ledger.people.consents import SENSITIVE_DATA
from ledger.people.organisations import Organisation
from ledger.people.registration import Newcomer, NewConsent
from ledger.reading.balances import balance_of
from ledger.rules import Deed
from ledger.service import activities, activity_sessions, facts, flags, listings, participations, rulebooks, stars
from ledger.service.activity_sessions import Timetable
from ledger.service.participations import Part
from ledger.store import rows
from ledger.store.writer import Outcome
from tests.banks import SECOND, STAFF, Clock
from tests.towns import Town

BY = By(actor=STAFF)
HEAD = """\
code: asks
version: 1
title: {zh: 问事实(示例), en: It asks for facts (example)}
effective_from: 2020-01-01
posting: {policy: at_once}
lapse: {policy: never}
rules:
"""


def asking(when: str, kind: str = "service") -> str:
    """A book that gives 1 to whoever meets this, and nothing to others."""
    title = "title: {zh: 服务, en: Service}"
    return f"{HEAD}  - {{id: r, {title}, deeds: [{kind}], when: {{{when}}}, points: 1, per: session}}\n"


def place(town: Town, level: str, name: str, parent: Organisation | None = None) -> Organisation:
    return organisations.create(town.bank, BY, parent=parent or town.district, level=level, name=name)


def arrives(town: Town, name: str, organisation: Organisation, **particulars: object) -> None:
    """Somebody is registered there, with these particulars."""
    if particulars:
        privacy.set_rules(town.bank, BY, kept=list(particulars), on_leaving="forfeit", on_death="forfeit")
    newcomer = Newcomer(name=f"示例{name}", particulars=particulars, consents=[NewConsent(SENSITIVE_DATA, "paper")])
    town.replace_volunteer(name, registration.register(town.bank, BY, organisation=organisation, newcomer=newcomer))


def inputs(town: Town, outcome: Outcome) -> dict[str, object]:
    with town.bank.store.reading() as connection:
        row = rows.find(connection, "service_record", id=UUID(str(outcome.answer["id"])))
    found: dict[str, object] = json.loads(row["inputs"]) if row else {}
    return found


def given(town: Town, name: str = "甲", on: date | None = None) -> int:
    return int(town.award(name, 60, on=on).answer["points"])


def test_an_age_is_known_by_the_bound_it_reaches_and_by_no_more(bank: Bank, clock: Clock) -> None:
    clock.set("2026-03-02")
    town = Town(bank, asking("age: {at_least: 60, at_most: 79}"))
    arrives(town, "甲", town.district, birth_date="1950-05-01")
    arrives(town, "乙", town.district, birth_date="1966-03-03")
    arrives(town, "丙", town.district, birth_date="1946-03-02")

    assert (given(town), given(town, "乙"), given(town, "丙")) == (1, 0, 0)
    assert inputs(town, town.award("甲", 60))["age"] == 60
    assert inputs(town, town.award("乙", 60))["age"] == 0
    assert inputs(town, town.award("丙", 60))["age"] == 80
    clock.set("2026-03-03")
    assert given(town, "乙") == 1


def test_an_age_nobody_told_is_unknown_and_the_zero_says_so(bank: Bank) -> None:
    town = Town(bank, asking("age: {at_least: 60}"))
    outcome = town.award("甲", 60)
    assert outcome.answer["points"] == 0
    assert "age" not in inputs(town, outcome)
    assert "年龄未登记, 有关条件按不符合计" in outcome.answer["explanation"][0]["zh"]
    assert "age is not known and counts as not met" in outcome.answer["explanation"][0]["en"]


@pytest.mark.parametrize(
    ("told", "points"), [("是", 1), ("中共预备党员", 1), ("入党积极分子", 0), ("共青团员", 0), ("群众", 0)]
)
def test_party_status_is_what_was_told(bank: Bank, told: str, points: int) -> None:
    town = Town(bank, asking("party_statuses: [member, probationary]"))
    arrives(town, "甲", town.district, party_member=told)
    assert given(town) == points


def test_a_report_counts_from_its_day_on_once_it_is_confirmed(bank: Bank) -> None:
    town = Town(bank, asking("party_reports: [home_report]"))
    estate, today = place(town, "estate", "示例小区"), bank.today()
    arrives(town, "甲", estate)
    tie = party.tie(bank, BY, town.volunteer("甲"), kind="home", organisation=estate, from_on=today)
    assert given(town) == 0
    party.confirm(bank, BY, tie)
    assert given(town) == 1
    assert given(town, on=today - timedelta(days=1)) == 0


def test_a_post_is_held_from_its_first_day_to_its_last(bank: Bank) -> None:
    town, today = Town(bank, asking("posts: [building_head]")), bank.today()
    for kind in ("building_head", "micro_grid_head"):
        post = posts.create(bank, BY, organisation=town.district, kind=kind, title=None)
        posts.appoint(bank, BY, post, town.volunteer("甲"), from_on=today - timedelta(days=2), until_on=today)
    assert [given(town, on=today - timedelta(days=n)) for n in (0, 2, 3)] == [1, 1, 0]
    assert inputs(town, town.award("甲", 60))["posts"] == ["building_head"]


def test_tenure_is_counted_in_days_since_registration(bank: Bank, clock: Clock) -> None:
    town = Town(bank, asking("tenure_days: {at_least: 30}"))
    town.volunteer("甲")
    clock.forward(days=29)
    assert given(town) == 0
    clock.forward(days=1)
    assert given(town) == 1


@pytest.mark.parametrize(
    ("asked", "points"), [("local", 1), ("示例社区", 1), ("示例小区", 1), ("别的小区", 0), ("outside", 0)]
)
def test_residence_is_the_home_organisation_and_all_above_it(bank: Bank, asked: str, points: int) -> None:
    town = Town(bank, asking(f"residences: [{asked}]"))
    estate = place(town, "estate", "示例小区", place(town, "community", "示例社区"))
    arrives(town, "甲", estate)
    assert given(town) == points


def test_who_lives_on_another_branch_is_from_outside(bank: Bank) -> None:
    town = Town(bank, asking("residences: [outside], organisers: [东社区], organiser_levels: [community]"))
    east, west = place(town, "community", "东社区"), place(town, "community", "西社区")
    arrives(town, "甲", west)
    arrives(town, "乙", east)
    town.district, mine = east, town.district
    town.activity("cleaning")
    town.district = mine
    assert (given(town), given(town, "乙")) == (1, 0)


def joins_a_group(town: Town) -> None:
    choir = households.create(town.bank, BY, kind=OwnerKind.GROUP, organisation=town.district, name="示例队")
    households.join(town.bank, BY, choir, town.volunteer("甲"), from_on=town.bank.today())


def is_registered_with_a_team(town: Town) -> None:
    arrives(town, "甲", place(town, "team", "示例志愿队"))


def joined_as_a_party_member(town: Town) -> None:
    team = place(town, "team", "示例志愿队")
    arrives(town, "甲", town.district)
    tie = party.tie(town.bank, BY, town.volunteer("甲"), kind="team", organisation=team, from_on=town.bank.today())
    party.confirm(town.bank, BY, tie)


@pytest.mark.parametrize("joins", [joins_a_group, is_registered_with_a_team, joined_as_a_party_member])
def test_there_are_three_ways_into_a_team(bank: Bank, joins: Callable[[Town], None]) -> None:
    town = Town(bank, asking("team_member: true"))
    assert given(town) == 0
    joins(town)
    assert given(town) == 1


EXCLUDING = (
    HEAD
    + """\
  - {id: r, title: {zh: 服务, en: Service}, points: 1, per: session}
counters:
  - id: falsification
    title: {zh: 弄虚作假, en: falsification}
    deeds: [penalty]
    per: lifetime
    raises: [{at: 1, flag: suspension, title: {zh: 弄虚作假, en: falsification}, ends: days, count: 30}]
exclusions:
  - {title: {zh: 暂停计分期间, en: suspended}, when: {flags: [suspension]}, bars: [awards]}
"""
)


def test_who_is_on_the_exclusion_list_earns_nothing_until_the_last_day(bank: Bank, clock: Clock) -> None:
    town, today = Town(bank, EXCLUDING), bank.today()
    assert given(town) == 1
    town.deed("甲", "falsification", kind="penalty")
    refused = town.award("甲", 60)
    assert refused.answer["points"] == 0
    assert "暂停计分期间" in refused.answer["explanation"][0]["zh"]
    assert given(town, "乙") == 1
    clock.forward(days=31)
    assert given(town) == 1
    assert given(town, on=today + timedelta(days=30)) == 0


def test_a_list_has_its_persons_periods_and_reasons(bank: Bank, clock: Clock) -> None:
    barring = EXCLUDING.replace("flags: [suspension]", "person_tags: [barred]")
    town, day = Town(bank, barring), bank.today()
    assert given(town) == 1
    until = day + timedelta(days=30)
    made = listings.put_on(bank, BY, town.volunteer("甲"), "barred", from_on=day, until_on=until, reason="示例: 代签")
    assert (given(town), given(town, on=day - timedelta(days=1)), given(town, "乙")) == (0, 1, 1)
    listings.end(bank, BY, made, until_on=day)
    clock.forward(days=1)
    assert given(town) == 1
    (kept,) = listings.of_volunteer(bank, town.volunteer("甲"))
    assert (kept.tag, kept.from_on, kept.until_on, kept.reason) == ("barred", day, day, "示例: 代签")


def test_no_list_is_kept_that_no_rulebook_asks_about(bank: Bank) -> None:
    town, day = Town(bank, EXCLUDING), bank.today()
    with pytest.raises(Refused, match="tag_not_asked"):
        listings.put_on(bank, BY, town.volunteer("甲"), "poor", from_on=day, until_on=None, reason="示例")
    with pytest.raises(Refused, match="days_reversed"):
        listings.put_on(
            bank, BY, town.volunteer("甲"), "barred", from_on=day, until_on=day - timedelta(days=1), reason="示例"
        )


def test_a_flag_that_was_lifted_or_whose_deed_was_undone_excludes_nobody(bank: Bank) -> None:
    town = Town(bank, EXCLUDING)
    town.deed("甲", "falsification", kind="penalty")
    (flag,) = flags.standing(bank, town.volunteer("甲").id)
    flags.lift(bank, BY, flag, "示例: 查无此事")
    assert given(town) == 1
    outcome = town.deed("乙", "falsification", kind="penalty")
    assert given(town, "乙") == 0
    town.reverse(outcome.seq or 0)
    assert given(town, "乙") == 1


def test_what_is_said_of_a_merged_number_is_said_of_the_survivor(bank: Bank, clock: Clock) -> None:
    town = Town(bank, asking("posts: [building_head], tenure_days: {at_least: 10}, age: {at_most: 40}"))
    arrives(town, "乙", town.district, birth_date="1999-01-01")
    post = posts.create(bank, BY, organisation=town.district, kind="building_head", title=None)
    posts.appoint(bank, BY, post, town.volunteer("乙"), from_on=bank.today())
    clock.forward(days=10)
    assert given(town) == 0
    closings.merge(bank, BY, town.request("merge", None), town.volunteer("乙"), town.volunteer("甲"))
    assert given(town) == 1
    assert given(town, "丙") == 0


def test_a_volunteer_can_be_named_and_only_they_are_kept_by_number(bank: Bank) -> None:
    district = organisations.create(bank, BY, parent=None, level="district", name="示例区")
    made = volunteers.register(bank, BY, organisation=district, name="示例甲")
    town = Town(bank, asking(f'persons: ["{made.volunteer_no}"]'), district=district)
    town.replace_volunteer("甲", made)
    assert (given(town), given(town, "乙")) == (1, 0)
    assert "person_no" not in inputs(town, town.award("乙", 60))


def test_an_activity_is_asked_for_its_tags_as_they_are_named_in_the_book(bank: Bank) -> None:
    asked = "all_tags: [green, river], activity_classes: [care, rescue], activity_levels: [district]"
    town = Town(bank, asking(asked))
    town.activity("cleaning", tags=("green", "river", "rescue", "district", "unheard_of"))
    town.activity("patrol", tags=("green", "rescue", "district"))
    outcome = town.award("甲", 60)
    assert outcome.answer["points"] == 1
    assert town.award("甲", 60, activity="patrol").answer["points"] == 0
    assert inputs(town, outcome)["activity_class"] == "rescue"
    assert inputs(town, outcome)["tags"] == ["green", "river"]


def test_filed_and_published_means_by_the_day_of_the_deed(bank: Bank, clock: Clock) -> None:
    town, day = Town(bank, asking("filed: true, published: true")), bank.today()
    activity = town.activity("cleaning")
    assert given(town) == 0
    activities.file(bank, BY, activity)
    starts = clock() + 3_600_000_000
    activity_sessions.add(bank, BY, activity, Timetable(starts_at=starts, ends_at=starts + 3_600_000_000))
    activities.publish(bank, BY, activity)
    assert given(town) == 1
    assert given(town, on=day - timedelta(days=1)) == 0


def test_an_hour_of_the_day_is_that_of_the_session(bank: Bank, clock: Clock) -> None:
    town = Town(bank, asking("time_of_day: {begins: '22:00', ends: '02:00'}"))
    late, early = town.activity("late"), town.activity("early")
    for activity, at in ((late, "22:30"), (early, "09:00")):
        clock.set("2026-03-02", f"{at}:00")
        activity_sessions.add(bank, BY, activity, Timetable(starts_at=clock(), ends_at=clock() + 3_600_000_000))
    awards = [town.award("甲", 60, activity=name) for name in ("late", "early", "cleaning")]
    assert [one.answer["points"] for one in awards] == [1, 0, 0]
    assert "开始时刻未登记" in awards[2].answer["explanation"][0]["zh"]


NIGHTLY = (
    HEAD
    + """\
  - id: patrol
    title: {zh: 夜巡, en: Night patrol}
    points: 1
    per: hour
    rounding: floor
    caps: [{per: day, points: 2}]
"""
)


def test_a_night_is_split_at_midnight_under_a_daily_cap(bank: Bank, clock: Clock) -> None:
    town = Town(bank, NIGHTLY)
    clock.set("2026-03-02", "22:00:00")
    night = Timetable(starts_at=clock(), ends_at=clock() + 6 * 3_600_000_000)
    activity_sessions.add(bank, BY, town.activity("patrol"), night)
    assert town.award("甲", 360, activity="patrol").answer["points"] == 4
    assert town.award("甲", 360, activity="cleaning").answer["points"] == 0


@pytest.mark.parametrize(
    ("kind", "day", "points"),
    [
        ("holiday", "2026-02-17", 1),
        ("holiday", "2026-02-14", 0),
        ("workday", "2026-02-14", 1),
        ("rest_day", "2026-03-01", 1),
        ("rest_day", "2026-02-17", 0),
        ("workday", "2026-03-02", 1),
    ],
)
def test_a_kind_of_day_is_that_of_the_working_day_calendar(bank: Bank, kind: str, day: str, points: int) -> None:
    town = Town(bank, asking(f"day_kinds: [{kind}]"))
    assert given(town, on=date.fromisoformat(day)) == points


def test_a_day_whose_holidays_nobody_announced_is_of_no_kind(bank: Bank, clock: Clock) -> None:
    town = Town(bank, asking("day_kinds: [workday, rest_day, holiday]"))
    clock.set("2097-03-04")
    outcome = town.award("甲", 60)
    assert outcome.answer["points"] == 0
    assert "日子未登记" in outcome.answer["explanation"][0]["zh"]


def test_a_part_in_an_activity_is_asked_for_its_role_and_whom_it_was_for(bank: Bank) -> None:
    asked = "roles: [leader], beneficiaries: [elderly], beneficiary_age: {at_least: 80}, beneficiary_tags: [alone]"
    town = Town(bank, asking(asked))
    activity = town.activity("cleaning")
    part = Part(role="leader", beneficiary="elderly", beneficiary_age=93, beneficiary_tags=("alone", "other"))
    assert given(town) == 0
    participations.say(bank, BY, activity, town.volunteer("甲"), bank.today(), part)
    outcome = town.award("甲", 60)
    assert outcome.answer["points"] == 1
    assert inputs(town, outcome)["beneficiary_age"] == 80
    assert inputs(town, outcome)["beneficiary_tags"] == ["alone"]
    participations.say(bank, BY, activity, town.volunteer("甲"), bank.today(), Part(role="helper"))
    assert given(town) == 0
    assert given(town, "乙") == 0


KILOS = (
    HEAD
    + """\
  - {id: litter, title: {zh: 捡拾垃圾, en: Litter}, when: {activity_types: [river]},
     points: 2, per: measure, measure: kg}
  - {id: wish, title: {zh: 微心愿, en: Wish}, when: {activity_types: [wish]}, points: 1, per: value}
"""
)


def test_service_may_be_counted_in_kilos_or_in_what_a_wish_carries(bank: Bank) -> None:
    town = Town(bank, KILOS)
    for name, part in (("river", Part(measures={"kg": 7, "bags": 3})), ("wish", Part(value=30))):
        participations.say(bank, BY, town.activity(name), town.volunteer("甲"), bank.today(), part)
    river, wish = (town.award("甲", 60, activity=name) for name in ("river", "wish"))
    assert (river.answer["points"], wish.answer["points"]) == (14, 30)
    assert inputs(town, river)["measures"] == [["kg", 7]]
    assert town.award("乙", 60, activity="river").answer["points"] == 0


def test_stars_count_from_the_day_they_were_granted(bank: Bank, clock: Clock) -> None:
    town, day = Town(bank, asking("star_level: {at_least: 1}")), bank.today()
    assert town.adjust("甲", 100 * 60, unit=MINUTES, purpose=Purpose.CLOCKED).posted
    assert given(town) == 0
    clock.forward(days=1)
    volunteer = town.volunteer("甲")
    assert stars.propose(bank, BY, Request("test", "propose stars", b""), volunteer).posted
    clock.forward(days=10)
    (change,) = stars.history(bank, volunteer.id)
    decided = stars.decide(
        bank, By(actor=SECOND), Request("test", "approve stars", b""), change, decision="approve", reason="", reach=None
    )
    assert decided.posted
    assert given(town) == 1
    assert given(town, on=day) == 0


EVERYTHING = (
    "roles: [a], person_tags: [a], beneficiaries: [a], beneficiary_age: {at_least: 1}, measures: {kg: {at_least: 1}}, "
    "star_level: {at_least: 1}, "
    "all_tags: [a], activity_classes: [b], filed: true, published: true, day_kinds: [holiday], "
    "time_of_day: {begins: '08:00', ends: '09:00'}, "
    "age: {at_least: 1}, party_statuses: [member], party_reports: [home_report], posts: [building_head], "
    "tenure_days: {at_least: 1}, residences: [local], team_member: true, flags: [warning], persons: ['1'], "
    "organisers: [示例区], organiser_levels: [district]"
)


def statements(town: Town, count: int) -> int:
    """How many SELECTs it takes to know all of so many deeds."""
    book = rulebooks.in_force(town.bank, town.bank.today())
    people = volunteers.register_all(town.bank, BY, organisation=town.district, names=["示例"] * count)
    deeds = [
        Deed(activity_type="a", served_on=town.bank.today(), minutes=1, person=one.id, organisation=town.district.id)
        for one in people
    ]
    said: list[str] = []

    def heard(_c: object, _k: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(town.bank.store._reading, "before_cursor_execute", heard)
    try:
        facts.completed(town.bank, [(book, deed) for deed in deeds])
    finally:
        event.remove(town.bank.store._reading, "before_cursor_execute", heard)
    return len([one for one in said if one.startswith("SELECT")])


def test_a_thousand_deeds_ask_as_many_questions_as_one(bank: Bank) -> None:
    town = Town(bank, asking(EVERYTHING))
    assert statements(town, 1) == statements(town, 1_000)


def test_a_book_that_asks_for_nothing_is_asked_nothing(bank: Bank) -> None:
    assert statements(Town(bank), 3) == 0


def test_facts_are_those_of_the_day_of_the_deed_when_a_record_waited_for_its_reviewers(
    bank: Bank, clock: Clock
) -> None:
    town, day = Town(bank, asking("team_member: true")), bank.today()
    joins_a_group(town)
    claim = UUID(str(town.award("甲", 60, method="backfilled").answer["id"]))
    clock.forward(days=3)
    town.review(claim, "乙", "approve")
    assert town.review(claim, "丙", "approve").answer["points"] == 1
    assert given(town, on=day - timedelta(days=1)) == 0


def test_deeds_other_than_service_are_asked_alike(bank: Bank) -> None:
    town = Town(bank, asking("team_member: true", "good_deed"))
    assert town.deed("甲", "tidy").answer["points"] == 0
    joins_a_group(town)
    assert town.deed("甲", "tidy").answer["points"] == 1


UNITS = (
    HEAD
    + """\
  - {id: goods, title: {zh: 捐物, en: Goods}, deeds: [good_deed], when: {accounts: [unit]}, points: 1, per: act,
     credits: [{to: unit, use: honour}]}
  - {id: patrol, title: {zh: 巡逻, en: Patrol}, deeds: [good_deed], when: {accounts: [household, group]},
     points: 2, per: act, credits: [{to: doer}]}
"""
)


def test_a_deed_may_be_a_unit_s_a_household_s_or_a_group_s(bank: Bank) -> None:
    town, long_ago = Town(bank, UNITS), date(2026, 1, 1)
    made = {
        kind: households.create(bank, BY, kind=kind, organisation=town.district, name="示例")
        for kind in (OwnerKind.HOUSEHOLD, OwnerKind.GROUP)
    }
    for one in made.values():
        households.join(bank, BY, one, town.volunteer("甲"), from_on=long_ago)
    group = made[OwnerKind.GROUP].id
    outcomes = [
        town.deed("甲", "goods", on_behalf="unit"),
        town.deed("甲", "patrol", on_behalf="household"),
        town.deed("甲", "patrol", on_behalf="group", group=group),
        town.deed("甲", "patrol"),
    ]
    assert [one.answer["points"] for one in outcomes] == [1, 2, 2, 0]
    assert town.points("甲") == 0
    assert balance_of(bank, town.owner).honour == 1
    assert [balance_of(bank, one.owner).points for one in made.values()] == [2, 2]


def test_nobody_acts_for_a_household_or_group_they_are_not_of(bank: Bank) -> None:
    town = Town(bank, UNITS)
    group = households.create(bank, BY, kind=OwnerKind.GROUP, organisation=town.district, name="示例")
    for outcome in (
        town.deed("甲", "patrol", on_behalf="household"),
        town.deed("甲", "patrol", on_behalf="group", group=group.id, is_member=False),
    ):
        assert outcome.refusal is not None
        assert outcome.refusal.code == "not_a_member"
