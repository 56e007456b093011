"""Flags: what a counter of the rulebook raised (a warning, a suspension, the blacklist), with its reason and last day.

A flag is for people to act on: it stands in a list and is shown at the desk until its day has passed or somebody lifts
it with a reason. The bank never denies anybody a public service by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Page, Taken
from ledger.core.canonical import digest
from ledger.core.posting import Record
from ledger.rules.counters import Flag
from ledger.store import flags as stored


class AlreadyLifted(ValueError):
    """Somebody lifted this flag before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisedFlag:
    """A flag as it stands against somebody."""

    id: UUID
    seq: int
    volunteer_id: UUID
    volunteer_no: str
    organisation_path: str
    """Where the volunteer belongs."""
    counter: str
    flag: str
    title_zh: str
    title_en: str
    reached: int
    first_day: date
    last_day: date | None
    lifted_at: int | None
    """Microseconds since 1970 UTC; None where nobody lifted it."""
    lift_reason: str | None


def raised(command: UUID, volunteer: UUID, flags: Iterable[Flag]) -> list[Record]:
    """The rows of the flags that a deed raised. Their ids follow from the command's, so that deciding stays pure."""
    return [
        Record(
            "flag",
            {
                "id": _id(command, number),
                "seq": None,
                "volunteer_id": volunteer,
                "counter": flag.counter,
                "flag": flag.flag,
                "title_zh": flag.title.zh,
                "title_en": flag.title.en,
                "reached": flag.reached,
                "first_day": flag.first_day,
                "last_day": flag.last_day,
            },
        )
        for number, flag in enumerate(flags)
    ]


def _id(command: UUID, number: int) -> UUID:
    """A UUIDv7 of the command's instant: all but its last 62 bits are the command's."""
    tail = int.from_bytes(digest(command.bytes + bytes([number]))[:8], "big") >> 2
    return UUID(int=command.int >> 62 << 62 | tail)


def told(flag: Flag) -> dict[str, Any]:
    """A flag as whoever recorded the deed is told of it."""
    last_day = flag.last_day.isoformat() if flag.last_day else None
    sentences = {language: flag.sentence(language) for language in ("zh", "en")}
    return {"flag": flag.flag, "first_day": flag.first_day.isoformat(), "last_day": last_day, **sentences}


def find(bank: Bank, id: UUID) -> RaisedFlag | None:
    with bank.store.reading() as connection:
        row = stored.find(connection, id)
    return _from(row) if row else None


def standing(bank: Bank, volunteer: UUID) -> list[RaisedFlag]:
    """The flags that stand against somebody today: not lifted, not over, their deed not undone."""
    with bank.store.reading() as connection:
        return [_from(row) for row in stored.standing(connection, volunteer, bank.today())]


def page(
    bank: Bank, *, within: Sequence[str], after: Sequence[Any] | None, limit: int, with_past: bool
) -> Page[RaisedFlag]:
    """Flags, the newest first; only those that stand today, unless `with_past`."""
    with bank.store.reading() as connection:
        found = stored.page(
            connection, within=within, after=after, limit=limit, standing_on=None if with_past else bank.today()
        )
    return found.each(_from)


def lift(bank: Bank, by: By, flag: RaisedFlag, reason: str) -> RaisedFlag:
    """Take a flag away, with a reason; it stays on record. Refuses AlreadyLifted."""
    try:
        with bank.changing(by) as change:
            row = {"flag_id": flag.id, "lifted_at": change.now, "lifted_by": by.actor, "reason": reason}
            change.add("flag_lift", row, unique="flag_id")
            change.audit("lift", "flag", flag.id, after={"flag": flag.flag})
    except Taken as taken:
        raise AlreadyLifted(str(flag.id)) from taken
    return replace(flag, lifted_at=change.now, lift_reason=reason)


def _from(row: Any) -> RaisedFlag:
    return RaisedFlag(**{name: row[name] for name in RaisedFlag.__slots__})
