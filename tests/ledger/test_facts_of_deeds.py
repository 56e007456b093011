"""Facts about deeds that rulebooks ask for: the activity, the hour and the day, somebody's part in it, and on whose
behalf. For a roster they cost no more questions than for one record.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event

from ledger.bank import Bank
from ledger.core.accounts import OwnerKind
from ledger.people import households, volunteers
from ledger.reading.balances import balance_of
from ledger.rules import Deed
from ledger.service import activities, activity_sessions, facts, participations, rulebooks
from ledger.service.activity_sessions import Timetable
from ledger.service.participations import Part
from tests.banks import Clock
from tests.ledger.asking import BY, HEAD, asking, given, inputs, joins_a_group
from tests.towns import Town


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
    awards = [town.award("甲", 60, activity=name, begins=None) for name in ("late", "early", "cleaning")]
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
    assert town.award("甲", 360, activity="patrol", begins=None).answer["points"] == 4
    assert town.award("甲", 360, activity="cleaning", begins=None).answer["points"] == 0


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
