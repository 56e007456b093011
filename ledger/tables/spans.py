"""How long somebody helped, and from when to when: whole minutes, in every form that an office writes them."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import datetime, time, timedelta
from fractions import Fraction

from ledger.tables.cells import BLANKS, Value
from ledger.tables.faults import CellInvalid

DAY_MINUTES = 24 * 60
_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,6})?"
_HOURS = rf"(?:(?P<hours>{_NUMBER})(?:个?小时|时|hours?|hrs?|h))?"
_SPELLED = re.compile(rf"{_HOURS}(?:(?P<half>半(?:个?小时)?)|(?P<minutes>{_NUMBER})(?:分钟|分|minutes?|mins?|m))?")
_BARE = re.compile(_NUMBER)
_CLOCKED = re.compile(r"([0-9]{1,3}):([0-5][0-9])(?::00)?")
_TIME = re.compile(r"([01]?[0-9]|2[0-4])(?::([0-5][0-9])(?::[0-5][0-9])?|(?:点|时)(?:([0-5]?[0-9])分?|(半))?)")
_FROM_TO = re.compile(r"(.+?)(?:-|~|至|到|—|–)+(.+)")


def minutes(value: Value) -> int:
    """Minutes: 90, 90分钟, 1小时30分, 1:30. Refuses not_minutes."""
    return _length(value, per_number=Fraction(1))


def hours(value: Value) -> int:
    """Minutes out of hours: 1.5, 1.5小时, 1:30. Refuses not_minutes where they are no whole minutes."""
    return _length(value, per_number=Fraction(60))


def duration(value: Value) -> int:
    """Minutes where the column does not say of what: only with a unit. Refuses unit_missing, not_minutes."""
    return _length(value, per_number=None)


def clock(value: Value) -> int:
    """A time of day in minutes after midnight, seconds left out: 9:30, 09:30:15, 9点半, or as a spreadsheet has it.
    24:00 is the end of the day. Refuses not_a_time.
    """
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return value.hour * 60 + value.minute
    if isinstance(value, timedelta):
        return _of_day(int(value.total_seconds()) // 60)
    if isinstance(value, float) and 0 <= value < 1:
        return round(value * DAY_MINUTES * 60) // 60
    found = _TIME.fullmatch(_folded(value)) if isinstance(value, str) else None
    if found is None:
        raise CellInvalid("not_a_time")
    return _of_day(int(found[1]) * 60 + (30 if found[4] else int(found[2] or found[3] or 0)))


def from_to(value: Value) -> tuple[int, int]:
    """A time from and a time to: 9:00-11:30, 9点至11点半. Refuses not_a_time."""
    found = _FROM_TO.fullmatch(_folded(value)) if isinstance(value, str) else None
    if found is None:
        raise CellInvalid("not_a_time")
    return clock(found[1]), clock(found[2])


def _length(value: Value, *, per_number: Fraction | None) -> int:
    if isinstance(value, time):
        return _whole(Fraction(value.hour * 3600 + value.minute * 60 + value.second, 60))
    if isinstance(value, timedelta):
        return _whole(Fraction(int(value.total_seconds()), 60))
    if isinstance(value, str):
        folded = _folded(value)
        if clocked := _CLOCKED.fullmatch(folded):
            return int(clocked[1]) * 60 + int(clocked[2])
        spelled = _SPELLED.fullmatch(folded)
        if spelled and folded:
            given = Fraction(spelled["hours"] or 0) * 60 + Fraction(spelled["minutes"] or 0)
            return _whole(given + (30 if spelled["half"] else 0))
        if not _BARE.fullmatch(folded):
            raise CellInvalid("not_minutes")
        number = Fraction(folded)
    elif isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        number = Fraction(str(value))
    else:
        raise CellInvalid("not_minutes")
    if per_number is None:
        raise CellInvalid("unit_missing")
    return _whole(number * per_number)


def _whole(given: Fraction) -> int:
    if given.denominator != 1 or not 0 <= given < 10**9:
        raise CellInvalid("not_minutes")
    return int(given)


def _of_day(given: int) -> int:
    if not 0 <= given <= DAY_MINUTES:
        raise CellInvalid("not_a_time")
    return given


def _folded(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).strip(BLANKS)).lower()
