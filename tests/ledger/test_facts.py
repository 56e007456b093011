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

from ledger.bank import Bank, By
from ledger.core.accounts import OwnerKind
from ledger.people import households, organisations, party, posts, privacy, registration, volunteers
from ledger.people.consents import SENSITIVE_DATA
from ledger.people.organisations import Organisation
from ledger.people.registration import Newcomer, NewConsent
from ledger.rules import Deed
from ledger.service import facts, flags, rulebooks
from ledger.store import rows
from ledger.store.writer import Outcome
from tests.banks import STAFF, Clock
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
    return (
        HEAD + f"  - {{id: r, title: {{zh: 服务, en: Service}}, deeds: [{kind}], when: {{{when}}}, points: 1, "
        "per: session}\n"
    )


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


def test_a_volunteer_can_be_named_and_only_they_are_kept_by_number(bank: Bank) -> None:
    district = organisations.create(bank, BY, parent=None, level="district", name="示例区")
    made = volunteers.register(bank, BY, organisation=district, name="示例甲")
    town = Town(bank, asking(f'persons: ["{made.volunteer_no}"]'), district=district)
    town.replace_volunteer("甲", made)
    assert (given(town), given(town, "乙")) == (1, 0)
    assert "person_no" not in inputs(town, town.award("乙", 60))


EVERYTHING = (
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
