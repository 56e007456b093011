"""What the loader says of conditions is so for every deed: what is taken, apart or covered."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.rules import (
    CAPTURE_METHODS,
    Deed,
)
from ledger.rules.conditions import Condition, Range
from ledger.rules.deeds import WEEKDAYS
from ledger.rules.reach import apart, taken

unhurried = settings(deadline=None)

RANGES = (
    st.tuples(st.integers(0, 3), st.integers(0, 3)).map(sorted).map(lambda two: Range(at_least=two[0], at_most=two[1]))
)
HALF_OPEN = st.integers(0, 3).flatmap(lambda n: st.sampled_from([Range(at_least=n), Range(at_most=n)]))


def some(*words: str) -> st.SearchStrategy[Any]:
    return st.none() | st.sets(st.sampled_from(words), min_size=1).map(lambda chosen: tuple(sorted(chosen)))


CONDITIONS = st.builds(
    Condition,
    activity_types=some("a", "b"),
    tags=some("a", "b"),
    capture_methods=some(*CAPTURE_METHODS),
    weekdays=some(*WEEKDAYS),
    counts=st.none() | RANGES | HALF_OPEN,
    age=st.none() | RANGES | HALF_OPEN,
    filed=st.none() | st.booleans(),
    accounts=some("person", "household", "group", "unit"),
)
LOOKED_AT = st.builds(
    Deed,
    activity_type=st.sampled_from("abc"),
    tags=st.frozensets(st.sampled_from("abc")),
    kind=st.just("good_deed"),
    capture_method=st.sampled_from(CAPTURE_METHODS),
    served_on=st.dates(date(2026, 1, 1), date(2026, 1, 14)),
    count=st.integers(0, 4),
    age=st.none() | st.integers(0, 4),
    filed=st.none() | st.booleans(),
    account=st.sampled_from(["person", "household", "group", "unit"]),
)


@given(st.lists(CONDITIONS, max_size=4), CONDITIONS | st.none(), st.lists(LOOKED_AT, min_size=1, max_size=20))
@unhurried
def test_what_is_said_to_be_taken_is_met_by_some_part(
    parts: list[Condition], whole: Condition | None, done: list[Deed]
) -> None:
    if taken(parts, whole):
        for deed in done:
            assert (whole is not None and not whole.holds(deed)) or any(part.holds(deed) for part in parts)


@given(CONDITIONS, CONDITIONS, st.lists(LOOKED_AT, min_size=1, max_size=20))
@unhurried
def test_what_is_said_to_be_apart_never_meets(one: Condition, other: Condition, done: list[Deed]) -> None:
    if apart(one, other):
        assert not any(one.holds(deed) and other.holds(deed) for deed in done)


@given(CONDITIONS, CONDITIONS, st.lists(LOOKED_AT, min_size=1, max_size=20))
@unhurried
def test_a_condition_that_covers_another_holds_wherever_that_does(
    wide: Condition, narrow: Condition, done: list[Deed]
) -> None:
    if wide.covers(narrow):
        assert all(wide.holds(deed) for deed in done if narrow.holds(deed))
