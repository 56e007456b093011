"""Rulebooks the bank has taken up: kept whole and for good, so that any award can be worked out again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from ledger import rules
from ledger.bank import Bank, By
from ledger.rules import Rulebook, RulebookInvalid
from ledger.store import rows


class RetroactiveRulebook(ValueError):
    """A rulebook comes into force tomorrow at the earliest; only a bank's first one may lie in the past."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """A rulebook as it was taken up."""

    id: UUID
    rulebook: Rulebook
    document: str
    recorded_at: int


def adopt(bank: Bank, by: By, document: str) -> Adopted:
    """Take up a rulebook. Refuses RulebookInvalid, RetroactiveRulebook, Taken (this code and version are in use)."""
    book = rules.load(document, points_scale=bank.charter.points_scale)
    if beyond := rules.unanswered(book):
        raise RulebookInvalid(beyond)
    known = adopted(bank)
    if known and book.effective_from <= bank.today():
        raise RetroactiveRulebook(
            f"effective_from is {book.effective_from}: a change comes into force after today ({bank.today()})"
        )
    made = Adopted(id=bank.world.new_id(), rulebook=book, document=document, recorded_at=bank.world.clock())
    row = {
        "id": made.id,
        "code": book.code,
        "version": book.version,
        "effective_from": book.effective_from,
        "document": document,
        "digest": hashlib.sha256(document.encode()).digest(),
        "recorded_at": made.recorded_at,
    }
    with bank.changing(by) as change:
        change.add("rulebook", row, unique="version")
        change.audit("adopt", "rulebook", made.id, after={"code": book.code, "version": book.version})
    return made


def adopted(bank: Bank) -> list[Adopted]:
    """Every rulebook, the earliest first. Few and short: they are read whole, and each text is understood once."""
    with bank.store.reading() as connection:
        found = rows.page(connection, "rulebook", order=("effective_from", "id"), after=None, limit=1_000)
    return [_from(row, bank.charter.points_scale) for row in found.items]


def in_force(bank: Bank, on: date, *, count: int | None = None) -> Rulebook | None:
    """The rulebook under which a deed of this day is assessed. `count` is how many there are, if the caller knows."""
    known = adopted(bank) if count is None else _adopted_as_of(bank, count)
    return rules.in_force([book.rulebook for book in known], on)


@lru_cache(maxsize=16)
def _adopted_as_of(bank: Bank, count: int) -> list[Adopted]:  # noqa: ARG001 - a new rulebook makes a new count
    """They are only ever added to, so their number says which they are."""
    return adopted(bank)


@lru_cache(maxsize=256)
def _understood(document: str, points_scale: int) -> Rulebook:
    return rules.load(document, points_scale=points_scale)


def _from(row: dict[str, Any], points_scale: int) -> Adopted:
    return Adopted(
        id=row["id"],
        rulebook=_understood(row["document"], points_scale),
        document=row["document"],
        recorded_at=row["recorded_at"],
    )
