"""The clocks of requests: across nights, weekends, holidays, days worked in exchange (调休) and midnight."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.clocks import Allowance, Clock, Counted, Hours
from ledger.core.workdays import WorkingDays

ZONE = ZoneInfo("Asia/Shanghai")
OFF = [date(2026, 9, 25), *(date(2026, 10, day) for day in range(1, 8))]
IN_EXCHANGE = [date(2026, 9, 20), date(2026, 10, 10)]
"""Mid-autumn and National Day of 2026, and the Sunday and the Saturday that are worked for them."""
DAYS = WorkingDays(dict.fromkeys(OFF, False) | dict.fromkeys(IN_EXCHANGE, True), frozenset({2026}))
CLOCK = Clock(DAYS, Hours(9 * 60, 18 * 60))


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("since", "amount", "counted", "due"),
    [
        # danger and utilities run round the clock, over midnight and whatever day it is
        ("2026-03-06 23:30", 120, "minutes", "2026-03-07 01:30"),
        ("2026-09-30 20:00", 1_440, "minutes", "2026-10-01 20:00"),
        # working minutes stop at night, on weekends and holidays
        ("2026-03-05 17:00", 120, "working_minutes", "2026-03-06 10:00"),
        ("2026-03-06 17:00", 120, "working_minutes", "2026-03-09 10:00"),
        ("2026-03-07 11:00", 60, "working_minutes", "2026-03-09 10:00"),
        ("2026-03-05 06:00", 60, "working_minutes", "2026-03-05 10:00"),
        ("2026-03-05 22:00", 60, "working_minutes", "2026-03-06 10:00"),
        ("2026-03-05 09:00", 540, "working_minutes", "2026-03-05 18:00"),
        ("2026-03-05 09:00", 541, "working_minutes", "2026-03-06 09:01"),
        ("2026-09-30 17:30", 60, "working_minutes", "2026-10-08 09:30"),
        ("2026-09-19 12:00", 60, "working_minutes", "2026-09-20 10:00"),  # a Sunday that is worked
        # working days end with their hours
        ("2026-03-02 10:00", 7, "working_days", "2026-03-11 18:00"),
        ("2026-03-07 10:00", 1, "working_days", "2026-03-09 18:00"),
        ("2026-09-24 10:00", 5, "working_days", "2026-10-09 18:00"),
        ("2026-10-08 23:59", 2, "working_days", "2026-10-10 18:00"),  # a Saturday that is worked
    ],
)
def test_a_moment_is_due(since: str, amount: int, counted: Counted, due: str) -> None:
    assert CLOCK.due(at(since), Allowance(amount=amount, counted=counted)) == at(due)


@pytest.mark.parametrize(
    ("since", "until", "counted", "taken"),
    [
        ("2026-03-06 23:30", "2026-03-07 01:30", "minutes", 120),
        ("2026-03-06 17:00", "2026-03-09 10:00", "working_days", 120),
        ("2026-03-07 09:00", "2026-03-08 18:00", "working_minutes", 0),
        ("2026-09-30 17:00", "2026-10-08 10:00", "working_minutes", 120),
        ("2026-03-05 09:00", "2026-03-05 09:00", "minutes", 0),
        ("2026-03-05 10:00", "2026-03-05 09:00", "minutes", 0),
    ],
)
def test_time_taken_is_counted_as_it_is_allowed(since: str, until: str, counted: Counted, taken: int) -> None:
    assert CLOCK.taken(at(since), at(until), counted) == taken


moments = st.integers(0, 330 * 24 * 60).map(lambda minutes: at("2026-01-01") + timedelta(minutes=minutes))


@given(moments, st.integers(1, 5_000))
def test_what_is_due_after_so_many_working_minutes_has_taken_so_many(since: datetime, minutes: int) -> None:
    due = CLOCK.due(since, Allowance(amount=minutes, counted="working_minutes"))
    assert CLOCK.taken(since, due, "working_minutes") == minutes
    assert DAYS.is_working(due.date())
    assert CLOCK.taken(since, due - timedelta(minutes=1), "working_minutes") == minutes - 1


@given(moments, moments, st.integers(1, 30), st.sampled_from(["minutes", "working_minutes", "working_days"]))
def test_who_asks_later_is_not_due_earlier(one: datetime, other: datetime, amount: int, counted: Counted) -> None:
    allowance = Allowance(amount=amount, counted=counted)
    assert CLOCK.due(min(one, other), allowance) <= CLOCK.due(max(one, other), allowance)
