"""What stands in the way of posting a row, found before anything is posted: as the award would refuse it, and what is
recorded already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from ledger.bank import Bank
from ledger.core.refusals.people import VolunteerClosed
from ledger.core.refusals.postings import AmountOutOfRange, FutureDay
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import NoRulebookInForce, NotVolunteerService
from ledger.people.volunteers import Volunteer
from ledger.rules import Rulebook
from ledger.rules.conditions import Condition
from ledger.service import rulebooks
from ledger.service.activities import Activity
from ledger.service.awards import SERVICE_MINUTES_MAX
from ledger.service.roster_columns import SENTENCES
from ledger.store import rosters as store

USUAL_EVALUATIONS = ("ok",)
"""Means nothing to any rulebook, and is written on many rosters."""


COLUMNS_OF = {
    "already_recorded": ("volunteer_no", "name"),
    "twice_in_file": ("volunteer_no", "name"),
    "evaluation_unknown": ("evaluation",),
    VolunteerClosed.code: ("volunteer_no", "name"),
    AmountOutOfRange.code: ("minutes", "hours", "duration", "times", "ends"),
    FutureDay.code: ("served_on",),
    NoRulebookInForce.code: ("served_on",),
    NotVolunteerService.code: ("activity_id", "activity"),
}
"""The columns that a verdict is about; it is told at the first of them that the table has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Why an entry is not posted. `is_known`: because it is recorded already, which is no fault."""

    code: str
    zh: str
    en: str
    is_known: bool = False


GONE = Verdict(code="gone", zh="志愿者或活动已不存在", en="the volunteer or the activity is gone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row as it would be posted."""

    row: int
    volunteer: Volunteer
    activity: Activity
    served_on: date
    minutes: int
    capture_method: str
    evaluation: str | None

    @property
    def identity(self) -> tuple[UUID, UUID, date]:
        """Who did what on which day: recorded once."""
        return self.volunteer.id, self.activity.id, self.served_on


class Judging:
    """The rulebooks and the records that entries are judged by, looked up once."""

    def __init__(self, bank: Bank, about: Iterable[tuple[UUID, date]]) -> None:
        """`about` are the activities and days of all entries."""
        self._bank = bank
        known = sorted(set(about))
        with bank.store.reading() as connection:
            self._recorded = store.recorded(connection, {id for id, _ in known}, [on for _, on in known])
        self._books: dict[tuple[date, str], Rulebook | None] = {}
        self._first: dict[tuple[UUID, UUID, date], int] = {}

    def verdict(self, entry: Entry) -> Verdict | None:
        """Why this entry is not posted, after those judged before it; None where nothing is in the way."""
        if entry.identity in self._recorded:
            return _verdict("already_recorded", is_known=True)
        first = self._first.setdefault(entry.identity, entry.row)
        if first != entry.row:
            return _verdict("twice_in_file", first=first)
        refusal = self.refusal(entry)
        if refusal is not None:
            return Verdict(code=refusal.code, zh=refusal.sentence("zh"), en=refusal.sentence("en"))
        known = self.evaluations(entry)
        if entry.evaluation is not None and entry.evaluation not in known:
            return _verdict("evaluation_unknown", choices="、".join(known))
        return None

    def rulebook(self, activity: Activity, on: date) -> Rulebook | None:
        """In force for this activity on this day."""
        key = on, activity.organisation_path
        if key not in self._books:
            self._books[key] = rulebooks.in_force(self._bank, on, organisation_path=activity.organisation_path)
        return self._books[key]

    def refusal(self, entry: Entry) -> Refusal | None:
        """Why the bank would refuse it, in the order in which it does."""
        if entry.volunteer.closed is not None:
            return VolunteerClosed()
        if not 0 < entry.minutes <= SERVICE_MINUTES_MAX:
            return AmountOutOfRange(amount=entry.minutes, lowest=1, highest=SERVICE_MINUTES_MAX)
        today = self._bank.today()
        if entry.served_on > today:
            return FutureDay(on=entry.served_on.isoformat(), today=today.isoformat())
        if self.rulebook(entry.activity, entry.served_on) is None:
            return NoRulebookInForce(on=entry.served_on.isoformat())
        if not entry.activity.is_volunteer_service:
            return NotVolunteerService()
        return None

    def evaluations(self, entry: Entry) -> tuple[str, ...]:
        """The evaluations that the rulebook of this entry asks about, and the usual ones."""
        book = self.rulebook(entry.activity, entry.served_on)
        return USUAL_EVALUATIONS if book is None else (*USUAL_EVALUATIONS, *evaluations_of(book))


def _verdict(code: str, *, is_known: bool = False, **facts: str | int) -> Verdict:
    zh, en = SENTENCES[code]
    return Verdict(code=code, zh=zh.format_map(facts), en=en.format_map(facts), is_known=is_known)


def evaluations_of(book: Rulebook) -> tuple[str, ...]:
    """The words for evaluations that a rulebook asks about anywhere."""
    return tuple(sorted(_asked(_Book(book), "evaluations")))


def activity_types_of(book: Rulebook) -> tuple[str, ...]:
    """The types of activity that a rulebook asks about anywhere, in the order in which it is read."""
    return _asked(_Book(book), "activity_types")


class _Book:
    """A rulebook as a key: two of one code and version are the same."""

    def __init__(self, book: Rulebook) -> None:
        self.book, self._key = book, (book.code, book.version)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Book) and other.book is self.book


@lru_cache(maxsize=64)
def _asked(keyed: _Book, name: str) -> tuple[str, ...]:
    """The words of this condition, wherever the rulebook asks it."""
    return tuple(dict.fromkeys(word for when in _conditions(keyed.book) for word in getattr(when, name) or ()))


def _conditions(part: Any) -> Iterator[Condition]:
    if isinstance(part, Condition):
        yield part
    elif is_dataclass(part):
        for each in fields(part):
            yield from _conditions(getattr(part, each.name))
    elif isinstance(part, Sequence) and not isinstance(part, str):
        for inner in part:
            yield from _conditions(inner)
