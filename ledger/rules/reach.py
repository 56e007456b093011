"""Whether conditions can hold at all, hold together, or leave anything over: what is asked to find rules that nothing
ever reaches. Every answer is safe: where it cannot be seen, the answer is no.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from ledger.rules.conditions import FACTS, WITHOUT_END, Condition, Range, Season, Span
from ledger.rules.deeds import ACCOUNTS, CAPTURE_METHODS, MINUTES_OF_DAY, WEEKDAYS

CLOSED = {"capture_methods": CAPTURE_METHODS, "weekdays": WEEKDAYS, "accounts": ACCOUNTS}
"""Conditions of which every deed has just one of these words."""
COUNTED = ("minutes", "counts")
"""Conditions on numbers that every deed has."""
LEAP_YEAR = tuple(date(2000, 1, 1) + timedelta(days=n) for n in range(366))


def taken(parts: Sequence[Condition | None], whole: Condition | None) -> bool:
    """Whether every deed that meets `whole` surely meets one of the parts, alone or between them; None is no condition,
    which everything meets.
    """
    asking = [part for part in parts if part is not None]
    if len(asking) < len(parts) or any(part.covers(whole) for part in asking):
        return True
    return any(_between(asking, whole, name) for name in (*CLOSED, *COUNTED))


def _between(parts: Sequence[Condition], whole: Condition | None, name: str) -> bool:
    """Whether each value of one fact is that of some part which else asks for nothing more than `whole` does."""
    fit = [part for part in parts if getattr(part, name) is not None and replace(part, **{name: None}).covers(whole)]
    return bool(fit) and all(any(_admits(part, name, value) for part in fit) for value in _values(fit, whole, name))


def _values(parts: Sequence[Condition], whole: Condition | None, name: str) -> Iterable[Any]:
    """Every word a fact may have within `whole`; or of numbers, one of each stretch that the parts tell apart."""
    within = getattr(whole, name) if whole is not None else None
    if name in CLOSED:
        return within or CLOSED[name]
    ranges: list[Range] = [getattr(part, name) for part in parts]
    bounds = {0, *(one.low for one in ranges), *(one.high + 1 for one in ranges if one.high < WITHOUT_END)}
    return sorted({max(bound, within.low) for bound in bounds if bound <= within.high} if within else bounds)


def _admits(part: Condition, name: str, value: Any) -> bool:
    asked = getattr(part, name)
    return bool(asked.holds(value)) if isinstance(asked, Range) else value in asked


def apart(one: Condition | None, other: Condition | None) -> bool:
    """Whether no deed can meet both."""
    if one is None or other is None:
        return False
    return any(
        _excludes(FACTS[name].how, value, getattr(other, name))
        for name, value in one.asked()
        if getattr(other, name) is not None
    )


def _excludes(how: str, one: Any, other: Any) -> bool:
    if how == "one_of":
        return set(one).isdisjoint(other)
    if how == "equals":
        return bool(one is not other)
    if isinstance(one, Range):
        return bool(one.high < other.low or other.high < one.low)
    if isinstance(one, Span):
        return bool(one.last_day < other.first_day or other.last_day < one.first_day)
    return isinstance(one, Season) and not any(one.holds(day) and other.holds(day) for day in LEAP_YEAR)


def never(when: Condition, kinds: Iterable[str]) -> str | None:
    """The field of a condition that no deed of these kinds can ever meet; None if some deed may."""
    kinds = set(kinds)
    found = [_never_of(when, kind) for kind in sorted(kinds)]
    return found[0] if found and all(found) else _never_on(when)


def _never_of(when: Condition, kind: str) -> str | None:
    minutes, counts, methods = when.minutes, when.counts, when.capture_methods
    if kind == "service":
        if minutes is not None and (minutes.low > MINUTES_OF_DAY or minutes.high < 1):
            return "minutes"
        return "counts" if counts is not None and not counts.holds(1) else None
    if minutes is not None and not minutes.holds(0):
        return "minutes"
    return "capture_methods" if methods is not None and "clocked" not in methods else None


def _never_on(when: Condition) -> str | None:
    """The field by which the days of a condition contradict each other."""
    if when.days is None:
        return None
    days = days_of(when.days)
    if when.season is not None and not any(when.season.holds(day) for day in days):
        return "season"
    if when.weekdays is not None and not any(WEEKDAYS[day.weekday()] in when.weekdays for day in days):
        return "weekdays"
    return None


def days_of(span: Span) -> list[date]:
    """The days of a span, as far as they differ: no more than a leap year of them."""
    count = min((span.last_day - span.first_day).days + 1, len(LEAP_YEAR))
    return [span.first_day + timedelta(days=n) for n in range(count)]
