"""Spans: the months, quarters or years that a report tells apart, cut to the days it is about."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from ledger.store.point_figures import Span

__all__ = ["DAYS_MAX", "Every", "Span", "ends", "spans"]

Every = Literal["month", "quarter", "half_year", "year", "whole"]
DAYS_MAX = 3_660
"""Ten years: what one report may be about."""
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def spans(first: date, last: date, every: Every) -> list[Span]:
    """From the first to the last day, both included: whole months and so on, but for the edges."""
    if every == "whole":
        return [Span(f"{first.isoformat()}/{last.isoformat()}", first, last)]
    cut: list[Span] = []
    day = first
    while day <= last:
        after = _begins_after(day, _MONTHS[every])
        cut.append(Span(_label(day, every), day, min(last, after - timedelta(days=1))))
        day = after
    return cut


def ends(made: list[Span], zone: ZoneInfo) -> list[int]:
    """The instants (microseconds since 1970 UTC) at which the first span begins and each one ends."""
    days = [made[0].first_day, *(span.last_day + timedelta(days=1) for span in made)]
    return [int(datetime.combine(day, time(), zone).timestamp()) * 1_000_000 for day in days]


def _begins_after(day: date, months: int) -> date:
    """The first day of the next stretch of so many months of the year."""
    month = (day.month - 1) // months * months + months
    return date(day.year + month // 12, month % 12 + 1, 1)


def _label(day: date, every: Every) -> str:
    if every == "year":
        return f"{day.year}"
    if every == "month":
        return f"{day:%Y-%m}"
    part = (day.month - 1) // _MONTHS[every] + 1
    return f"{day.year}-{'Q' if every == 'quarter' else 'H'}{part}"
