"""What holds for every rulebook, every deed and every past."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from ledger.rules import (
    BOOKS,
    CAPTURE_METHODS,
    Assessment,
    Deed,
    Rulebook,
    RulebookInvalid,
    Tallies,
    Tally,
    after,
    assess,
    in_force,
    inputs_from,
    kept,
    needs,
    reached,
    recorded_inputs,
    sentences,
    simulate,
)
from ledger.rules.periods import CALENDAR, bounds
from tests.rules.factories import a_rulebook, bundled, live

unhurried = settings(deadline=None)
"""A slow machine is not a fault of a rulebook."""
PEOPLE = st.sampled_from(["ana", "bo"])
WORDS = st.sampled_from(["a", "b", "cleaning", "sorting", "referral", "litter"])


@st.composite
def deeds(draw: st.DrawFn, kinds: tuple[str, ...] = ("service", "good_deed", "penalty", "no_show")) -> Deed:
    kind = draw(st.sampled_from(kinds))
    return Deed(
        kind=kind,
        activity_type=draw(WORDS),
        served_on=date(2026, 12, 28) + timedelta(days=draw(st.integers(0, 8))),
        minutes=draw(st.integers(0, 1440)) if kind == "service" else 0,
        capture_method=draw(st.sampled_from(CAPTURE_METHODS)),
        starts_minute=draw(st.none() | st.integers(0, 1439)),
        evaluation=draw(st.none() | st.sampled_from(["good", "complaint", "correct"])),
        count=draw(st.integers(0, 4)),
        value=draw(st.integers(0, 50)),
        key=draw(st.none() | st.sampled_from(["k1", "k2"])),
        filed=draw(st.none() | st.booleans()),
        published=True,
        team_member=True,
        tags=frozenset(draw(st.sets(st.sampled_from(["unexcused", "sewer_repair"])))),
        person=draw(PEOPLE),
        household=draw(st.none() | st.just("h")),
        organisation=draw(st.sampled_from(["x", "y"])),
        activity=draw(st.sampled_from(["m", "n"])),
    )


@st.composite
def capped_rulebooks(draw: st.DrawFn) -> Rulebook:
    """A book of one timed and one counted rule with random caps, thresholds and remainders."""
    periods = st.sampled_from(("deed", "activity", *CALENDAR))
    unit = st.sampled_from(["minutes", "points", "deeds"])
    by = st.sampled_from(["person", "household", "organisation", "everybody"])

    def caps(*units: str) -> str:
        one = st.tuples(periods, by, unit.filter(lambda u: u in units), st.integers(1, 40))
        # Caps on the same thing may hide one another, which is refused: never two of the same unit and subject.
        many = draw(st.lists(one, max_size=3, unique_by=lambda cap: cap[1:3]))
        return "".join(f"{{per: {p}, by: {b}, {u}: {n * 60 if u == 'minutes' else n}}}, " for p, b, u, n in many)

    timed, counted, whole = caps("minutes", "points", "deeds"), caps("points", "deeds"), caps("points", "deeds")
    rounding = draw(st.sampled_from(["floor", "half_up", "ceil"]))
    threshold = draw(st.sampled_from(["", "threshold: {per: week, minutes: 60, counts: all}, ",
                                      "threshold: {per: month, minutes: 45, counts: beyond}, "]))  # fmt: skip
    rules = (
        f"points: {draw(st.integers(1, 5))}, per: hour, step_minutes: 30, rounding: {rounding}, {threshold}"
        f"accumulate: {draw(periods)}" + (f", caps: [{timed}]" if timed else ""),
        "deeds: [good_deed], points: 3, per: act, theme: t" + (f", caps: [{counted}]" if counted else ""),
    )
    more = "themes: [{id: t, title: {zh: 主, en: T}, caps: [{per: week, points: 9}]}]\n"
    more += "ceilings: [{account: person, points: 30, overflow: donate_only}]\n" + (
        f"caps: [{whole}]\n" if whole else ""
    )
    try:
        return a_rulebook(*rules, more=more)
    except RulebookInvalid:
        reject()  # a cap that can never bind: the loader said so


books = st.sampled_from(BOOKS).map(bundled)


def applied(assessments: list[Assessment], of: str, name: str, unit: str) -> list[tuple[Assessment, date, int]]:
    """(assessment, date, amount) of all that a cap on a rule, a theme or the book counts."""
    return [
        (assessment, mark.on, int(getattr(mark.tally, unit)))
        for assessment in assessments
        for mark in assessment.marks
        if mark.rule and (of == "book" or name == (mark.rule if of == "rule" else mark.theme))
    ]


@given(capped_rulebooks(), st.lists(deeds(("service", "good_deed")), max_size=12))
@unhurried
def test_no_cap_is_ever_passed(rulebook: Rulebook, done: list[Deed]) -> None:
    assessments = live(rulebook, done)
    caps = [("rule", rule.id, cap) for rule in rulebook.rules for cap in rule.caps]
    caps += [("theme", theme.id, cap) for theme in rulebook.themes for cap in theme.caps]
    caps += [("book", "", cap) for cap in rulebook.caps]
    for of, name, cap in caps:
        sums: dict[Any, int] = defaultdict(int)
        for number, (assessment, on, amount) in enumerate(applied(assessments, of, name, cap.unit)):
            deed = assessment.deed
            period: Any = bounds(cap.per, on) if cap.per != "activity" else deed.activity
            at = (deed.subject(cap.by), (number, id(assessment)) if cap.per == "deed" else period)
            sums[at] += amount
        assert all(amount <= cap.most for amount in sums.values()), (of, cap)


@given(capped_rulebooks(), st.lists(deeds(("service", "good_deed")), max_size=12))
@unhurried
def test_no_ceiling_is_ever_passed(rulebook: Rulebook, done: list[Deed]) -> None:
    balances: dict[Any, int] = defaultdict(int)
    for assessment in live(rulebook, done):
        balances[assessment.deed.person] += assessment.credited_to("person")
    for ceiling in rulebook.ceilings:
        assert all(balance <= ceiling.points for balance in balances.values())


@given(st.one_of(books, capped_rulebooks()), st.lists(deeds(), max_size=8))
@unhurried
def test_the_parts_add_up_to_the_award(rulebook: Rulebook, done: list[Deed]) -> None:
    for assessment in live(rulebook, done):
        assert sum(line.points for line in assessment.lines) == assessment.points
        assert sum(credit.points for credit in assessment.credits) == assessment.points
        for line in assessment.lines:
            if line.outcome in ("award", "penalty"):
                assert abs(line.points) == line.earned - line.capped_points
                assert line.counted == line.rounded - sum(cut.cut for cut in line.cuts if cut.unit != "points")
            shown = f"{abs(line.points)}"
            assert shown in line.zh
            assert shown in line.en
        assert assessment.deed.kind == "service" or assessment.counted_minutes == 0


@given(st.one_of(books, capped_rulebooks()), st.lists(deeds(), max_size=6), deeds())
@unhurried
def test_an_award_can_be_worked_out_again_from_what_was_recorded(
    rulebook: Rulebook, done: list[Deed], deed: Deed
) -> None:
    history = {key: Tally() for key in needs(rulebook, deed)}
    for earlier in done:
        history = after(history, assess(rulebook, earlier, {key: Tally() for key in needs(rulebook, earlier)}))
    posted = assess(rulebook, deed, history)
    recorded = json.loads(json.dumps(recorded_inputs(deed, history)))
    again = assess(rulebook, *inputs_from(recorded))

    assert again.workings() == posted.workings()
    assert again[:6] == posted[:6]
    assert (again.credits, again.marks, again.flags) == (posted.credits, posted.marks, posted.flags)


@given(st.one_of(books, capped_rulebooks()), st.lists(deeds(("service", "good_deed")), max_size=8), st.integers(0, 8))
@unhurried
def test_a_later_deed_never_changes_an_earlier_award(rulebook: Rulebook, done: list[Deed], cut: int) -> None:
    assert live(rulebook, done)[:cut] == live(rulebook, done[:cut])


@given(st.one_of(books, capped_rulebooks()), st.lists(deeds(("service", "good_deed")), max_size=8))
@unhurried
def test_without_penalties_nothing_is_ever_taken(rulebook: Rulebook, done: list[Deed]) -> None:
    for assessment in live(rulebook, done):
        assert assessment.points >= 0
        assert all(credit.points > 0 for credit in assessment.credits)


@given(st.one_of(books, capped_rulebooks()), st.lists(deeds(), max_size=8))
@unhurried
def test_laying_one_over_another_is_the_same_as_adding_up(rulebook: Rulebook, done: list[Deed]) -> None:
    keys = {key: Tally() for deed in done for key in needs(rulebook, deed)}
    chained, history = [], dict(keys)
    for deed in done:
        chained.append(assess(rulebook, deed, history))
        history = after(history, chained[-1])

    assert chained == live(rulebook, done)


@given(st.one_of(books, capped_rulebooks()), st.lists(deeds(), max_size=8))
@unhurried
def test_a_simulation_gives_what_would_be_posted(rulebook: Rulebook, done: list[Deed]) -> None:
    told: list[int] = []
    simulation = simulate(rulebook, lambda: done, lambda _, assessment: told.append(assessment.points))

    assert told == [assessment.points for assessment in live(rulebook, done)]
    assert simulation.deeds == len(done)
    assert simulation.points == sum(told) == sum(simulation.by_person.values()) == sum(simulation.by_rule.values())


@given(capped_rulebooks(), st.lists(deeds(("service", "good_deed")), max_size=8), st.data())
@unhurried
def test_whatever_was_undone_leaves_its_room(rulebook: Rulebook, done: list[Deed], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, max(0, len(done) - 1)))
    tallies, awards = Tallies(), []
    for deed in done:
        tallies.ask(needs(rulebook, deed))
    for deed in done[: at + 1]:
        awards.append(assess(rulebook, deed, tallies.of(needs(rulebook, deed))))
        tallies.add(awards[-1])
    if awards:
        undone = awards[-1]
        tallies.count([mark.undone() for mark in kept(undone.deed, undone.marks)])
        spent = [credit._replace(points=-credit.points) for credit in undone.credits]
        tallies.add(undone._replace(marks=(), credits=tuple(spent)))
    again = []
    for deed in done[at + 1 :]:
        again.append(assess(rulebook, deed, tallies.of(needs(rulebook, deed))))
        tallies.add(again[-1])

    assert again == live(rulebook, done[:at] + done[at + 1 :])[at:]


@given(st.one_of(books, capped_rulebooks()), deeds(), st.lists(deeds(), max_size=4), st.randoms())
@unhurried
def test_a_past_is_what_it_says_in_whatever_order_and_whoever_else_is_in_it(
    rulebook: Rulebook, deed: Deed, others: list[Deed], dice: random.Random
) -> None:
    history = {
        key: Tally(deeds=1, quantity=90, eligible=90, counted=60, minutes=60, points=2) for key in needs(rulebook, deed)
    }
    strangers = {
        key: Tally(deeds=7, points=9) for other in others for key in needs(rulebook, replace(other, person="cy"))
    }
    shuffled = list({**strangers, **history}.items())
    dice.shuffle(shuffled)

    assert assess(rulebook, deed, dict(shuffled)) == assess(rulebook, deed, history)


@given(st.one_of(books, capped_rulebooks()), st.lists(deeds(), max_size=8))
@unhurried
def test_points_are_whole_smallest_units_everywhere(rulebook: Rulebook, done: list[Deed]) -> None:
    for one in live(rulebook, done):
        numbers = [one.points, one.counted_minutes, *(line.points for line in one.lines)]
        numbers += [credit.points for credit in one.credits]
        numbers += [number for mark in one.marks for number in mark.tally]
        assert {type(number) for number in numbers} == {int}


@given(capped_rulebooks(), deeds(("service",)), st.integers(0, 300))
@unhurried
def test_who_serves_longer_is_never_given_less(rulebook: Rulebook, deed: Deed, more: int) -> None:
    longer = replace(deed, minutes=min(1440, deed.minutes + more))

    assert assess(rulebook, longer).points >= assess(rulebook, deed).points


@given(st.integers(0, 120), st.integers(0, 120), st.integers(0, 120))
@unhurried
def test_the_bound_that_an_age_reached_decides_as_the_age_does(age: int, least: int, most: int) -> None:
    low, high = sorted((least, most))
    rulebook = a_rulebook(
        f"when: {{age: {{at_least: {low}, at_most: {high}}}}}, points: 1, per: session",
        f"when: {{age: {{at_least: {high}}}}}, points: 2, per: session",
    )
    deed = Deed(activity_type="a", served_on=date(2026, 1, 1), minutes=60)
    kept_age = reached(rulebook.selection.asked["age"], age)

    assert assess(rulebook, replace(deed, age=kept_age)).points == assess(rulebook, replace(deed, age=age)).points


@given(st.integers(1, 7), st.integers(1, 23), st.integers(0, 1440), st.integers(0, 2))
@unhurried
def test_rounding_is_exact(points: int, parts: int, minutes: int, scale: int) -> None:
    deed = Deed(activity_type="a", served_on=date(2026, 1, 1), minutes=minutes)
    low, near, high = (
        assess(a_rulebook(f"points: {points}/{parts}, per: hour, rounding: {word}", points_scale=scale), deed).points
        for word in ("floor", "half_up", "ceil")
    )
    exact = Fraction(points * minutes * 10**scale, parts * 60)

    assert low <= exact <= high <= low + 1
    assert near in (low, high)
    assert abs(near - exact) <= Fraction(1, 2)


@given(capped_rulebooks(), st.sampled_from(["zh", "en"]))
@unhurried
def test_every_rulebook_can_be_read_aloud(rulebook: Rulebook, language: str) -> None:
    assert all(sentence.strip() for sentence in sentences(rulebook, language))


@given(books, st.dates())
@unhurried
def test_points_never_lapse_before_they_are_earned(rulebook: Rulebook, earned_on: date) -> None:
    last_day = rulebook.lapse_day(earned_on)

    assert last_day is None or last_day >= earned_on


@given(st.dates(), st.sampled_from(CALENDAR), st.integers(1, 12))
@unhurried
def test_a_period_holds_its_day_and_all_its_days_agree(on: date, period: str, begins: int) -> None:
    first, last = bounds(period, on, begins)

    assert first <= on <= last
    assert bounds(period, first, begins) == bounds(period, last, begins) == (first, last)


@given(st.lists(st.sampled_from(BOOKS).map(bundled), max_size=4), st.dates())
@unhurried
def test_the_rulebook_in_force_does_not_depend_on_the_order_of_the_shelf(shelf: list[Rulebook], on: date) -> None:
    assert in_force(shelf, on) == in_force(shelf[::-1], on)
