"""The working-day calendar of China: what the library knows, and over it what an administrator has written down.

The State Council announces each year's arrangement late in the year before. Until then a year is said not to be
announced, wherever a date depends on it; the library's estimate (statutory days, nothing moved) stands in for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import holidays

from ledger.bank import Bank, By
from ledger.core.workdays import SATURDAY, WorkingDays
from ledger.store import calendar

YEARS = range(2001, 2100)
"""What the library speaks of: the notices of the State Council since 2001."""
_LANGUAGES = {"zh": "zh_CN", "en": "en_US"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """A day of which the calendar says anything but "worked from Monday to Friday"."""

    day: date
    works: bool
    name_zh: str
    name_en: str
    source: str | None
    """Where an administrator has it from; None: it is the library's."""
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One year of the calendar."""

    year: int
    announced: bool
    source: str | None
    """Where an administrator has the arrangement from; None: the library knows it, or nobody."""
    days: Sequence[SpecialDay]
    working_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What is to be written down of one day."""

    day: date
    works: bool | None
    """None takes back what was written before: the library's word holds again."""


def working_days(bank: Bank) -> WorkingDays:
    """The calendar as it is known now."""
    with bank.store.reading() as connection:
        return _calendar(calendar.overrides(connection), calendar.announced(connection))


def year_of(bank: Bank, year: int) -> Year:
    """One year, with the name of each day that is not as other weeks have it."""
    with bank.store.reading() as connection:
        days, years = calendar.overrides(connection), calendar.announced(connection)
    found = _calendar(days, years)
    own = {day: row for day, row in days.items() if row["works"] is not None}
    named = {day for day in (*_exceptions(), *own) if day.year == year}
    said = years.get(year)
    return Year(
        year=year,
        announced=year in found.announced,
        source=said["source"] if said and said["announced"] else None,
        days=[_told(day, found, own.get(day)) for day in sorted(named)],
        working_days=found.between(date(year - 1, 12, 31), date(year, 12, 31)),
    )


def override(
    bank: Bank,
    by: By,
    year: int,
    days: Iterable[Override],
    *,
    source: str,
    note: str = "",
    announced: bool | None = None,
) -> Year:
    """Write down what the library does not know of a year: days, and whether its arrangement is now known. The year as
    it stands then.

    Nothing is changed: the latest word about a day or a year holds, the ones before stay readable.
    """
    with bank.changing(by) as change:
        change.hold_postings()  # of two administrators at once, the second sees what the first wrote
        common = {"source": source, "recorded_at": change.now, "recorded_by": by.actor}
        before, years = calendar.overrides(change.connection), calendar.announced(change.connection)
        for version, one in enumerate(days, 1 + max((row["version"] for row in before.values()), default=0)):
            works = None if one.works is None else int(one.works)
            row = {"day": one.day, "version": version, "works": works, "note": note, **common}
            change.add("working_day", row, unique="day")
            change.audit("override", "working_day", one.day, after={"works": one.works})
        if announced is not None:
            version = 1 + max((row["version"] for row in years.values()), default=0)
            row = {"year": year, "version": version, "announced": int(announced), **common}
            change.add("announced_year", row, unique="year")
            change.audit("override", "announced_year", year, after={"announced": announced})
    return year_of(bank, year)


def _calendar(days: Mapping[date, Mapping[str, Any]], years: Mapping[int, Mapping[str, Any]]) -> WorkingDays:
    """The library's calendar with what was written over it."""
    known = dict.fromkeys(_announced(), True) | {year: bool(row["announced"]) for year, row in years.items()}
    return WorkingDays(
        _exceptions() | {day: bool(row["works"]) for day, row in days.items() if row["works"] is not None},
        frozenset(year for year, is_known in known.items() if is_known),
    )


def _told(day: date, found: WorkingDays, own: Mapping[str, Any] | None) -> SpecialDay:
    names = {language: _names(language).get(day) for language in _LANGUAGES}
    works = found.is_working(day)
    return SpecialDay(
        day=day,
        works=works,
        name_zh=names["zh"] or ("上班" if works else "放假"),
        name_en=names["en"] or ("Working day" if works else "Day off"),
        source=own["source"] if own else None,
        note=own["note"] if own else "",
    )


@cache
def _library(language: str) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=YEARS, language=_LANGUAGES[language])


@cache
def _names(language: str) -> Mapping[date, str]:
    return dict(_library(language).items())


@cache
def _exceptions() -> dict[date, bool]:
    """Every holiday, and every Saturday or Sunday that is worked."""
    library = _library("en")
    return dict.fromkeys(library, False) | {day: True for day in library.weekend_workdays if day.weekday() >= SATURDAY}


@cache
def _announced() -> frozenset[int]:
    """The years whose notice the library has worked in."""
    return frozenset(_library("en").special_public_holidays)
