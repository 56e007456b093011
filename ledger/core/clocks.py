"""Clocks: when something that was asked for is due, and how long it has taken, by the minute, the working hour or the
working day.

Pure: the calendar, the working hours and the moments are handed in; moments carry the bank's zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from ledger.core.workdays import WorkingDays

Counted = Literal["minutes", "working_minutes", "working_days"]
DAY_MINUTES = 24 * 60
_ONE_DAY = timedelta(days=1)


class Hours(NamedTuple):
    """The working hours of every working day, in minutes after midnight; `begins` comes before `ends`."""

    begins: int
    ends: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How long something may take: minutes round the clock, minutes of working hours, or working days."""

    amount: int
    counted: Counted


@dataclass(frozen=True, slots=True)
class Clock:
    """A calendar with the hours of its days."""

    days: WorkingDays
    hours: Hours

    def due(self, since: datetime, allowance: Allowance) -> datetime:
        """The moment at which this allowance, beginning at `since`, is used up.

        The day itself is no part of so many working days; they end with the working hours of the last of them.
        """
        if allowance.counted == "minutes":
            return since + timedelta(minutes=allowance.amount)
        if allowance.counted == "working_days":
            return self._at(self.days.later(since.date(), allowance.amount), self.hours.ends, since)
        return self._worked_off(since, allowance.amount)

    def taken(self, since: datetime, until: datetime, counted: Counted) -> int:
        """The minutes between two moments; where working hours or days are counted, only those in working hours."""
        if until <= since:
            return 0
        if counted == "minutes":
            return _minutes(until - since)
        worked, day = timedelta(), since.date()
        while day <= until.date():
            if self.days.is_working(day):
                begins, ends = self._at(day, self.hours.begins, since), self._at(day, self.hours.ends, since)
                worked += max(timedelta(), min(until, ends) - max(since, begins))
            day += _ONE_DAY
        return _minutes(worked)

    def _worked_off(self, since: datetime, minutes: int) -> datetime:
        left, day = timedelta(minutes=minutes), since.date()
        while True:
            if self.days.is_working(day):
                begins, ends = self._at(day, self.hours.begins, since), self._at(day, self.hours.ends, since)
                from_then = max(since, begins)
                if from_then + left <= ends:
                    return from_then + left
                left -= max(timedelta(), ends - from_then)
            day += _ONE_DAY

    @staticmethod
    def _at(day: date, minute: int, like: datetime) -> datetime:
        midnight = datetime.combine(day, time(), like.tzinfo)
        return midnight + timedelta(minutes=minute)


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60
