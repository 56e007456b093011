"""Rulebooks the bank has taken up: kept whole and for good, so that any award can be worked out again.

None is taken up here but the first: the others are decided in `ledger.governance`. Which one holds is a matter of the
day and of the organisation: the nearest one up the tree, as long as what it builds on holds too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from ledger import rules
from ledger.bank import Bank, By
from ledger.governance.found_rulebook import FoundRulebook
from ledger.people.organisations import Organisation
from ledger.rules import Rulebook, RulebookInvalid
from ledger.store import rows

RULEBOOKS_MAX = 10_000


class AlreadyFounded(ValueError):
    """A bank's first rulebook is set once; every other must be proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """A rulebook as it was taken up."""

    id: UUID
    seq: int
    organisation_id: UUID
    """Whose deeds it is for: this organisation's and of all below it that have none of their own."""
    rulebook: Rulebook
    document: str
    digest: bytes
    recorded_at: int


def found(bank: Bank, by: By, document: str, *, organisation: Organisation) -> Adopted:
    """Set a bank's first rulebook, for the organisation at the root. Refuses RulebookInvalid, AlreadyFounded."""
    book = readable(bank, document)
    command = FoundRulebook(
        id=bank.world.new_id(),
        actor=by.actor,
        organisation=organisation.id,
        code=book.code,
        version=book.version,
        effective_from=book.effective_from,
        document=document,
    )
    outcome = bank.submit(command)
    if outcome.refusal is not None:
        raise AlreadyFounded(outcome.refusal.sentence("en"))
    made = find(bank, command.id)
    if made is None:
        raise LookupError(f"the rulebook {command.id} was just posted")
    return made


def readable(bank: Bank, document: str) -> Rulebook:
    """The rulebook of a text, if the books of this bank can carry it out. Raises RulebookInvalid."""
    book = rules.load(document, points_scale=bank.charter.points_scale)
    if beyond := rules.unanswered(book):
        raise RulebookInvalid(rules.placed(beyond, document))
    return book


def find(bank: Bank, id: UUID) -> Adopted | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "rulebook", id=id)
    return _from(row, bank.charter.points_scale) if row else None


def adopted(bank: Bank) -> list[Adopted]:
    """Every rulebook, the earliest first. Few and short: they are read whole, and each text is understood once."""
    with bank.store.reading() as connection:
        found = rows.page(connection, "rulebook", order=("effective_from", "id"), after=None, limit=RULEBOOKS_MAX)
    return [_from(row, bank.charter.points_scale) for row in found.items]


def in_force(
    bank: Bank, on: date, *, organisation_path: str | None = None, count: int | None = None
) -> Rulebook | None:
    """The rulebook under which a deed of this day is assessed, for the organisation with this path (the root without).
    `count` is how many there are, if the caller knows.
    """
    held = holding(bank, on, organisation_path=organisation_path, count=count)
    return held.rulebook if held else None


def holding(bank: Bank, on: date, *, organisation_path: str | None = None, count: int | None = None) -> Adopted | None:
    """The same, as it was taken up."""
    books = by_organisation(bank) if count is None else _as_of(bank, count)
    path = root_of(books) if organisation_path is None else tuple(organisation_path.strip("/").split("/"))
    return nearest(books, path, on)


def by_organisation(bank: Bank) -> Mapping[str, tuple[Adopted, ...]]:
    """All that were taken up, by whose they are: for those who ask `nearest` about many places, or very often."""
    with bank.store.reading() as connection:
        count = rows.count(connection, "rulebook")
    return _as_of(bank, count)


def before(bank: Bank, adopted: Adopted) -> Adopted | None:
    """What held for the same organisation on the eve of a rulebook's first day; None if nothing did."""
    with bank.store.reading() as connection:
        row = rows.find(connection, "organisation", id=adopted.organisation_id)
    return eve(bank, adopted.rulebook.effective_from, row["path"]) if row else None


def eve(bank: Bank, first: date, organisation_path: str) -> Adopted | None:
    """What held for an organisation on the eve of a day."""
    return holding(bank, first - timedelta(days=1), organisation_path=organisation_path)


def nearest(books: Mapping[str, tuple[Adopted, ...]], path: tuple[str, ...], on: date) -> Adopted | None:
    """The book of the last organisation of `path` (ids from the root down) that has one in force on that day.

    One that builds on another holds only while that other does: what the district changes or locks anew, it changes
    for all below it, until they build on its new version.
    """
    for depth in range(len(path), 0, -1):
        own = books.get(path[depth - 1], ())
        best = rules.in_force([one.rulebook for one in own], on)
        if best is None:
            continue
        found = next(one for one in own if one.rulebook is best)
        above = nearest(books, path[: depth - 1], on)
        named = best.inherits
        if named is None or (
            above is not None and (above.rulebook.code, above.rulebook.version) == (named.code, named.version)
        ):
            return found
        return above
    return None


def root_of(books: Mapping[str, tuple[Adopted, ...]]) -> tuple[str, ...]:
    """The organisation of the first rulebook of all: the root."""
    first = min((one for own in books.values() for one in own), key=lambda one: one.seq, default=None)
    return () if first is None else (str(first.organisation_id),)


def _by_organisation(known: tuple[Adopted, ...]) -> dict[str, tuple[Adopted, ...]]:
    grouped: dict[str, tuple[Adopted, ...]] = {}
    for one in known:
        of = str(one.organisation_id)
        grouped[of] = (*grouped.get(of, ()), one)
    return grouped


@lru_cache(maxsize=16)
def _as_of(bank: Bank, count: int) -> dict[str, tuple[Adopted, ...]]:  # noqa: ARG001 - a new one makes a new count
    """They are only ever added to, so their number says which they are."""
    return _by_organisation(tuple(adopted(bank)))


@lru_cache(maxsize=256)
def _understood(document: str, points_scale: int) -> Rulebook:
    return rules.load(document, points_scale=points_scale)


def _from(row: dict[str, Any], points_scale: int) -> Adopted:
    return Adopted(
        id=row["id"],
        seq=row["seq"],
        organisation_id=row["organisation_id"],
        rulebook=_understood(row["document"], points_scale),
        document=row["document"],
        digest=row["digest"],
        recorded_at=row["recorded_at"],
    )
