"""Facts about persons that rulebooks ask for come out of the books: as they were on the day of the deed, and no more
of a person than the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from ledger.bank import Bank, By, Request
from ledger.core.accounts import MINUTES, Purpose
from ledger.core.refusals.refusal import Refused
from ledger.people import closings, organisations, party, posts, volunteers
from ledger.service import flags, listings, stars
from tests.banks import SECOND, Clock
from tests.ledger.asking import BY, HEAD, arrives, asking, given, inputs, joins_a_group, place
from tests.towns import Town


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
