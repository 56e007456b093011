"""What holds of the rules in the books themselves, on both engines: however deeds are handed in, whoever comes first,
and whatever is undone, everybody is given the same, and never more than the caps let through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.bank import Bank, By
from ledger.core.accounts import OwnerKind
from ledger.people import households
from ledger.rules import Deed, Tallies, assess, load, needs
from ledger.service import deeds as others
from ledger.service import records, rulebooks
from ledger.service.deeds import Doing
from ledger.store.writer import Outcome, Submission
from tests.banks import STAFF
from tests.towns import Town

BY = By(actor=STAFF)
FIRST = date(2026, 2, 25)
"""The days lie around the end of a month and of a week."""
BOOK = """\
code: properties
version: 1
title: {zh: 性质(示例), en: Properties (example)}
effective_from: 2020-01-01
posting: {policy: at_once}
lapse: {policy: end_of_year}
caps: [{per: month, by: household, points: 30}]
ceilings: [{account: person, points: 25, overflow: honour}]
themes:
  - {id: green, title: {zh: 绿色, en: green}, caps: [{per: week, points: 14}]}
rules:
  - id: service
    title: {zh: 服务, en: service}
    points: 3
    per: hour
    step_minutes: 30
    rounding: half_up
    accumulate: week
    threshold: {per: day, minutes: 40, counts: beyond}
    theme: green
    caps: [{per: day, points: 6}, {per: activity, minutes: 150}]
  - id: sorting
    title: {zh: 分类, en: sorting}
    deeds: [good_deed]
    points: 2
    per: act
    theme: green
    caps: [{per: day, deeds: 2}]
  - id: referral
    title: {zh: 推荐, en: referral}
    deeds: [good_deed]
    adds: true
    when: {activity_types: [referral]}
    points: 1
    per: fixed
    once: {per: lifetime, each_key: true}
"""
PURE = load(BOOK, points_scale=0)


class Done(NamedTuple):
    """One of two people (0 and 1, of one household) did something on a day, in one of two activities."""

    who: int
    day: int
    minutes: int
    """0: a good deed."""
    place: int


DONE = st.builds(
    Done,
    who=st.integers(0, 1),
    day=st.integers(0, 5),
    minutes=st.sampled_from([0, 0, 20, 45, 60, 95, 240]),
    place=st.integers(0, 1),
)
few = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
"""A bank is slow beside a pure rule: few examples, each a whole story."""


class Cast:
    """Two people of one household, with activities of their own, so that nobody else's deeds touch theirs."""

    made = 0

    def __init__(self, town: Town) -> None:
        Cast.made += 1
        self.town, name = town, f"{Cast.made}"
        self.people = [town.volunteer(f"{name}{who}") for who in "甲乙"]
        self.activities = [town.activity(f"cleaning-{name}{place}") for place in "12"]
        self.home = households.create(
            town.bank, BY, kind=OwnerKind.HOUSEHOLD, organisation=town.district, name=f"示例{name}"
        )
        for person in self.people:
            households.join(town.bank, BY, self.home, person, from_on=date(2026, 1, 1))
        self.book = rulebooks.in_force(town.bank, FIRST)

    def command(self, done: Done) -> Submission:
        bank, person, on = self.town.bank, self.people[done.who], FIRST + timedelta(days=done.day)
        if done.minutes:
            claim = records.Claim(
                volunteer=person,
                activity=self.activities[done.place],
                minutes=done.minutes,
                served_on=on,
                capture_method="clocked",
                household=self.home.id,
            )
            return Submission.own(records.award(bank, BY, claim, self.book))
        doing = Doing(
            volunteer=person,
            organisation=self.town.district,
            kind="good_deed",
            deed_type=("sorting", "referral")[done.place],
            done_on=on,
            key=f"{done.day}",
            household=self.home.id,
        )
        return Submission.own(others.command(bank, BY, doing, self.book))

    def post(self, done: Sequence[Done]) -> list[Outcome]:
        outcomes = self.town.bank.submit_all([self.command(one) for one in done])
        assert all(outcome.posted for outcome in outcomes)
        return outcomes


def points(outcomes: Sequence[Outcome]) -> list[int]:
    return [outcome.answer["points"] for outcome in outcomes]


def purely(done: Sequence[Done]) -> list[int]:
    """The same without any bank."""
    tallies = Tallies()
    deeds = [
        Deed(
            kind="service" if one.minutes else "good_deed",
            activity_type="cleaning" if one.minutes else ("sorting", "referral")[one.place],
            served_on=FIRST + timedelta(days=one.day),
            minutes=one.minutes,
            key=None if one.minutes else f"{one.day}",
            person=one.who,  # type: ignore[arg-type]
            household="home",
            organisation="town",
            activity=f"{one.place}" if one.minutes else f"own {at}",
        )
        for at, one in enumerate(done)
    ]
    for deed in deeds:
        tallies.ask(needs(PURE, deed))
    given_ = []
    for deed in deeds:
        assessment = assess(PURE, deed, tallies.of(needs(PURE, deed)))
        tallies.add(assessment)
        given_.append(assessment.points)
    return given_


@given(st.lists(DONE, min_size=1, max_size=12), st.integers(0, 12))
@few
def test_together_in_two_parts_or_one_by_one_gives_the_same_as_the_pure_rules(
    bank: Bank, done: list[Done], cut: int
) -> None:
    town = _town(bank)
    together, parts, single = Cast(town), Cast(town), Cast(town)
    expected = purely(done)
    assert points(together.post(done)) == expected
    assert points([*parts.post(done[:cut]), *parts.post(done[cut:])]) == expected
    assert [points(single.post([one]))[0] for one in done] == expected


@given(st.lists(DONE, min_size=2, max_size=10), st.data())
@few
def test_what_is_undone_leaves_its_room_to_whoever_comes_next(
    bank: Bank, done: list[Done], data: st.DataObject
) -> None:
    town = _town(bank)
    with_it, without = Cast(town), Cast(town)
    at = data.draw(st.integers(0, len(done) - 1))
    posted = with_it.post(done[: at + 1])
    assert town.reverse(posted[at].seq or 0).posted
    assert points(posted[:at]) == points(without.post(done[:at]))
    assert points(with_it.post(done[at + 1 :])) == points(without.post(done[at + 1 :]))


@given(st.lists(DONE, min_size=1, max_size=6), st.lists(DONE, min_size=1, max_size=6), st.randoms())
@few
def test_strangers_between_each_other_s_deeds_change_nothing(
    bank: Bank, ours: list[Done], theirs: list[Done], dice: object
) -> None:
    town = _town(bank)
    us, them = Cast(town), Cast(town)
    queue = [(us, at, one) for at, one in enumerate(ours)] + [(them, at, one) for at, one in enumerate(theirs)]
    dice.shuffle(queue)  # type: ignore[attr-defined]
    turns = {id(us): iter(ours), id(them): iter(theirs)}
    mixed = [(cast, next(turns[id(cast)])) for cast, _, _ in queue]
    outcomes = town.bank.submit_all([cast.command(one) for cast, one in mixed])
    given_ = {id(us): [], id(them): []}  # type: dict[int, list[int]]
    for (cast, _), outcome in zip(mixed, outcomes, strict=True):
        given_[id(cast)].append(outcome.answer["points"])
    assert given_ == {id(us): purely(ours), id(them): purely(theirs)}


@given(st.lists(DONE, min_size=6, max_size=20))
@few
def test_no_cap_and_no_ceiling_is_passed_in_the_books(bank: Bank, done: list[Done]) -> None:
    town = _town(bank)
    cast = Cast(town)
    outcomes = cast.post(done)
    per_day: Counter[tuple[int, int]] = Counter()
    per_month: Counter[int] = Counter()
    per_week: Counter[tuple[int, int]] = Counter()
    for one, outcome in zip(done, outcomes, strict=True):
        lines = outcome.answer["explanation"]
        assert sum(line["points"] for line in lines) == outcome.answer["points"]
        assert all(type(line["points"]) is int for line in lines)
        on = FIRST + timedelta(days=one.day)
        per_month[on.month] += outcome.answer["points"]
        green = sum(line["points"] for line in lines if line["rule"] in ("service", "sorting"))
        per_week[one.who, on.isocalendar().week] += green
        if one.minutes:
            per_day[one.who, one.day] += outcome.answer["points"]
    assert max(per_day.values(), default=0) <= 6
    assert max(per_week.values(), default=0) <= 14
    assert max(per_month.values()) <= 30
    held = [balance.points for balance in map(town.balance, _names(town, cast))]
    assert max(held) <= 25


def _names(town: Town, cast: Cast) -> list[str]:
    return [name for name, one in town.people.items() if one in cast.people]


@lru_cache(maxsize=1)
def _town(bank: Bank) -> Town:
    """The town of this bank, founded by the first example of a test."""
    return Town(bank, BOOK)
