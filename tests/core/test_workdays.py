"""Working days, by a small calendar of our own."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ledger.core.workdays import WorkingDays

FRIDAY = date(2026, 1, 9)
OFF, WORKED = FRIDAY, date(2026, 1, 11)
"""A Friday that is off, for a Sunday that is worked."""
CALENDAR = WorkingDays({OFF: False, WORKED: True}, frozenset({2026}))
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def test_a_day_is_worked_from_monday_to_friday_unless_the_calendar_says_otherwise() -> None:
    week = [CALENDAR.is_working(date(2026, 1, 5) + timedelta(days=n)) for n in range(7)]
    assert week == [True, True, True, True, False, False, True]


def test_the_day_itself_is_not_counted() -> None:
    assert CALENDAR.later(date(2026, 1, 8), 0) == date(2026, 1, 8)
    assert CALENDAR.later(date(2026, 1, 8), 1) == WORKED
    assert CALENDAR.between(date(2026, 1, 8), WORKED) == 1
    assert CALENDAR.between(WORKED, WORKED) == CALENDAR.between(WORKED, OFF) == 0


def test_a_year_that_is_not_announced_is_named() -> None:
    assert CALENDAR.unannounced(OFF, date(2026, 12, 31)) == ()
    assert CALENDAR.unannounced(date(2025, 12, 31), date(2028, 1, 1)) == (2025, 2027, 2028)


def test_no_day_is_beyond_the_calendar() -> None:
    assert CALENDAR.later(date.max, 5) == date.max


@given(DAYS, st.integers(1, 400))
def test_between_counts_what_later_takes(day: date, count: int) -> None:
    last = CALENDAR.later(day, count)
    assert CALENDAR.is_working(last)
    assert CALENDAR.between(day, last) == count
    assert CALENDAR.between(day, last - timedelta(days=1)) == count - 1
