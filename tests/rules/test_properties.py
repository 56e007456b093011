"""What holds for every rulebook, deed and history."""

import json
from contextlib import suppress
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ledger.rules import (
    BOOKS,
    CAPTURE_METHODS,
    Deed,
    PastDeed,
    Rulebook,
    RulebookInvalid,
    assess,
    book,
    in_force,
    inputs_from,
    load,
    recorded_inputs,
)
from tests.rules.factories import a_document, a_rulebook

deeds = st.builds(
    Deed,
    activity_type=st.sampled_from(["cleaning", "patrol", "visiting", "micro_wish", "unheard_of"]),
    served_on=st.dates(),
    minutes=st.integers(0, 2000),
    capture_method=st.sampled_from(CAPTURE_METHODS),
    evaluation=st.none() | st.sampled_from(["good", "complaint", "not_as_agreed"]),
)
histories = st.lists(
    st.builds(
        PastDeed,
        rule_id=st.sampled_from(["r0", "service", "cleaning", "visiting"]),
        counted_minutes=st.integers(0, 300),
        points=st.integers(0, 1000),
    ),
    max_size=4,
).map(tuple)
scales = st.integers(0, 2)
bundled = st.builds(lambda name, scale: load(book(name), points_scale=scale), st.sampled_from(BOOKS), scales)


@st.composite
def capped(draw: st.DrawFn) -> Rulebook:
    step = draw(st.sampled_from([1, 15, 30, 60]))
    rounding = draw(st.sampled_from(["floor", "half_up", "ceil"]))
    rate = (
        f"points: {draw(st.integers(0, 30))}/{draw(st.integers(1, 7))}, per: hour, per_count: {draw(st.integers(1, 3))}"
    )
    cap = f"minutes: {step * draw(st.integers(1, 10))}, points: {draw(st.integers(0, 20))}"
    rule = f"{rate}, step_minutes: {step}, rounding: {rounding}, cap: {{per: activity, {cap}}}"
    return a_rulebook(rule, points_scale=draw(scales))


rulebooks = bundled | capped()


@given(capped(), st.lists(deeds, max_size=6))
def test_the_records_of_one_activity_never_pass_the_cap(rulebook: Rulebook, records: list[Deed]) -> None:
    cap = rulebook.rules[0].cap
    history: list[PastDeed] = []
    for deed in records:
        award = assess(rulebook, deed, history)
        history.append(PastDeed(rule_id="r0", counted_minutes=award.counted_minutes, points=award.points))
    assert sum(past.counted_minutes for past in history) <= (cap.minutes or 0)
    assert sum(past.points for past in history) <= (cap.points or 0)


@given(rulebooks, deeds, histories)
def test_the_lines_add_up_to_the_award(rulebook: Rulebook, deed: Deed, history: tuple[PastDeed, ...]) -> None:
    award = assess(rulebook, deed, history)

    assert sum(line.points for line in award.lines) == award.points >= 0
    assert award.minutes == deed.minutes
    assert award.counted_minutes >= 0
    assert all(line.rule_id == award.rule_id and line.zh and line.en for line in award.lines)


@given(rulebooks, deeds, histories)
def test_an_award_recomputes_from_what_was_recorded(
    rulebook: Rulebook, deed: Deed, history: tuple[PastDeed, ...]
) -> None:
    recorded = json.loads(json.dumps(recorded_inputs(deed, history)))

    assert inputs_from(recorded) == (deed, history)
    assert assess(rulebook, *inputs_from(recorded)) == assess(rulebook, deed, history)


@given(st.integers(1, 1000), st.integers(1, 60), st.integers(0, 3000), scales)
def test_rounding_down_and_up_enclose_the_exact_amount(points: int, parts: int, minutes: int, scale: int) -> None:
    deed = Deed(activity_type="a", served_on=date(2026, 1, 1), minutes=minutes, capture_method="clocked")
    low, near, high = (
        assess(
            a_rulebook(f"points: {points}/{parts}, per: hour, rounding: {word}", points_scale=scale), deed, ()
        ).points
        for word in ("floor", "half_up", "ceil")
    )
    exact = Fraction(points * minutes * 10**scale, parts * 60)

    assert low <= exact <= high <= low + 1
    assert near in (low, high)
    assert abs(near - exact) <= Fraction(1, 2)


@given(st.text())
def test_any_text_is_a_rulebook_or_refused_as_one(text: str) -> None:
    with suppress(RulebookInvalid):
        load(text, points_scale=0)


@given(st.data())
def test_a_damaged_rulebook_is_a_rulebook_or_refused_as_one(data: st.DataObject) -> None:
    document = data.draw(st.sampled_from([book("example"), a_document("points: 1, per: session")]))
    at = data.draw(st.integers(0, len(document)))
    noise = data.draw(st.text(alphabet=st.sampled_from("&*!%@`\"'[]{}:,-?|>#\\ \n\t~0１.\x85\u2028") | st.characters()))
    with suppress(RulebookInvalid):
        load(document[:at] + noise + document[at + data.draw(st.integers(0, 8)) :], points_scale=0)


@given(bundled, st.dates())
def test_points_never_lapse_before_they_are_earned(rulebook: Rulebook, earned_on: date) -> None:
    last_day = rulebook.lapse_day(earned_on)

    assert last_day is None or last_day >= earned_on


@given(st.lists(st.sampled_from(BOOKS).map(lambda name: load(book(name), points_scale=0)), max_size=4), st.dates())
def test_the_rulebook_in_force_does_not_depend_on_the_order_of_the_shelf(shelf: list[Rulebook], on: date) -> None:
    assert in_force(shelf, on) == in_force(shelf[::-1], on)
