"""Working days: which days are worked in China, where rest days are moved about by an arrangement made year by year.

Pure: which days differ from Monday to Friday is handed in, and for which years that is officially known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A calendar. A day is worked from Monday to Friday, unless `exceptions` says otherwise of it."""

    exceptions: Mapping[date, bool]
    """Whether this day is worked: holidays and days off in lieu are not, Saturdays and Sundays in exchange are."""
    announced: frozenset[int]
    """Years whose official arrangement is known. Of any other, what is said here is an estimate."""

    def is_working(self, day: date) -> bool:
        known = self.exceptions.get(day)
        return day.weekday() < SATURDAY if known is None else known

    def later(self, day: date, count: int) -> date:
        """The count-th working day after `day`; `day` itself where count is 0. Held within the calendar's range."""
        while count > 0 and day < date.max:
            day += _ONE_DAY
            count -= self.is_working(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days there are after `first`, up to and with `last`; 0 where `last` is not later."""
        return sum(self.is_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))

    def unannounced(self, first: date, last: date) -> tuple[int, ...]:
        """The years from `first` to `last` whose arrangement is not known: a date that rests on them may move."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.announced)
