"""The stretches of time that caps, counters and lapses speak of. Days are business dates (Asia/Shanghai)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache

CALENDAR = ("day", "week", "month", "quarter", "half_year", "year", "lifetime")
PERIODS = ("deed", "activity", *CALENDAR)
"""`deed`: this one record alone; `activity`: all records of one activity, whenever they were made."""
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
PERIODS_ZH = {
    "deed": "每条记录",
    "activity": "每次",
    "day": "每天",
    "week": "每周",
    "month": "每月",
    "quarter": "每季度",
    "half_year": "每半年",
    "year": "每年",
    "lifetime": "累计",
}
PERIODS_EN = {
    "deed": "per record",
    "activity": "per activity",
    "day": "per day",
    "week": "per week",
    "month": "per month",
    "quarter": "per quarter",
    "half_year": "per half-year",
    "year": "per year",
    "lifetime": "in all",
}


@lru_cache(maxsize=4096)
def bounds(period: str, on: date, year_begins: int = 1) -> tuple[date, date]:
    """The first and last day of the period that `on` lies in. Weeks begin on Monday, years with month `year_begins`.

    `activity` and `lifetime` are without bounds: date.min to date.max.
    """
    if period == "day":
        return on, on
    if period == "week":
        first = on - timedelta(days=on.weekday()) if on.toordinal() > 7 else date.min
        return first, first + timedelta(days=6) if (date.max - first).days > 6 else date.max
    if period not in MONTHS:
        return date.min, date.max
    months = MONTHS[period]
    since = (on.month - year_begins) % 12 % months
    first = month_start(on, -since)
    return first, month_start(first, months, last=True)


def month_start(day: date, months: int, *, last: bool = False) -> date:
    """The first day of the month `months` later; with `last`, the day before it. Held within the calendar's range."""
    at = day.year * 12 + day.month - 1 + months
    if at >= (MAXYEAR + 1) * 12:
        return date.max
    if at < 12:
        return date.min
    first = date(at // 12, at % 12 + 1, 1)
    return first - timedelta(days=1) if last and first > date.min else first


def months_later(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day."""
    start = month_start(day, months)
    return start if start == date.max else start.replace(day=min(day.day, monthrange(start.year, start.month)[1]))


def days_later(day: date, days: int) -> date:
    """`days` days later, held within the calendar's range."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def working_days_later(day: date, days: int, is_working: Callable[[date], bool]) -> date:
    """The last of `days` working days, the first after `day`. Which days work is handed in (holidays, 调休)."""
    while days:
        day += timedelta(days=1)
        days -= is_working(day)
    return day
