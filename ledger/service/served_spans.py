"""Served spans: what of an attendance counts, day by day. Pure: instants in, minutes out.

Nothing outside the session and its grace counts; a missing check-out never becomes a day; what goes past midnight is
split by local date, so that a cap per day sees each day's share.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

MINUTE = 60_000_000
"""In microseconds."""


class Span(NamedTuple):
    """What was served on one day; instants in microseconds since 1970 UTC, on full minutes."""

    day: date
    began_at: int
    ended_at: int

    @property
    def minutes(self) -> int:
        return (self.ended_at - self.began_at) // MINUTE


class Bounds(NamedTuple):
    """Between which instants service counts."""

    starts_at: int
    ends_at: int
    grace_minutes: int
    no_check_out: str
    """What a missing check-out counts for: `nothing`, or up to the end of the `session`, without its grace."""


def spans(in_at: int, out_at: int | None, bounds: Bounds, *, now: int, zone: ZoneInfo) -> list[Span]:
    """What counts, a span for each day; none where nothing does. Seconds are dropped at both ends alike."""
    if out_at is None and bounds.no_check_out == "nothing":
        return []
    grace = bounds.grace_minutes * MINUTE
    began = _full(max(in_at, bounds.starts_at - grace))
    last = bounds.ends_at if out_at is None else min(out_at, bounds.ends_at + grace)
    ended = _full(min(last, now))
    made: list[Span] = []
    while began < ended:
        day, midnight = _day_of(began, zone)
        until = min(ended, midnight)
        made.append(Span(day, began, until))
        began = until
    return made


def _full(instant: int) -> int:
    return instant - instant % MINUTE


def _day_of(instant: int, zone: ZoneInfo) -> tuple[date, int]:
    """The local date of an instant, and the instant at which it is over."""
    day = datetime.fromtimestamp(instant // 1_000_000, UTC).astimezone(zone).date()
    over = datetime.combine(day + timedelta(days=1), datetime.min.time(), zone)
    return day, int(over.timestamp()) * 1_000_000
