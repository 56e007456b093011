"""Cards: a number of digits, printed with its QR code. Several follow each other; a card alone shows little, and spends
nothing without its PIN.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Changes
from ledger.people import volunteers
from ledger.people.codes import CARD_DIGITS, is_code, new_code
from ledger.people.volunteers import Volunteer
from ledger.store import cards as store
from ledger.store import rows

REASONS = ("lost", "replaced", "revoked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    id: UUID
    volunteer_id: UUID
    card_no: str
    issued_at: int
    ended_at: int | None
    """From when on it opens nothing; None while it does."""
    ended_for: str | None


def issue(bank: Bank, by: By, volunteer: Volunteer, *, replaces: Card | None = None) -> Card:
    """A new card of this volunteer. The one it replaces ends with it: never are there two where one was meant."""
    with bank.changing(by) as change:
        card_no = new_code(bank.world.random_bytes, CARD_DIGITS)
        while change.find("card", card_no=card_no):
            card_no = new_code(bank.world.random_bytes, CARD_DIGITS)
        if replaces is not None and replaces.ended_at is None:
            _end(change, replaces, "replaced")
        made = Card(
            id=bank.world.new_id(),
            volunteer_id=volunteer.id,
            card_no=card_no,
            issued_at=change.now,
            ended_at=None,
            ended_for=None,
        )
        change.add("card", {field: getattr(made, field) for field in Card.__slots__}, unique="card_no")
        change.audit("issue", "card", made.id, after={"volunteer_id": volunteer.id})
    return made


def end(bank: Bank, by: By, card: Card, reason: str) -> Card:
    """From now on this card opens nothing. One that has ended stays as it is."""
    if card.ended_at is not None:
        return card
    with bank.changing(by) as change:
        return _end(change, card, reason)


def of(bank: Bank, volunteer: Volunteer) -> list[Card]:
    """All cards of this volunteer, the oldest first."""
    with bank.store.reading() as connection:
        return [_from(row) for row in store.of_volunteer(connection, volunteer.id)]


def find(bank: Bank, id: UUID) -> Card | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "card", id=id)
    return _from(row) if row else None


def holder(bank: Bank, card_no: str) -> Volunteer | None:
    """Whose card this is; None where it is none, or has ended."""
    if not is_code(card_no, CARD_DIGITS):
        return None
    with bank.store.reading() as connection:
        known = store.by_card(connection, card_no)
    return volunteers.find(bank, known.volunteer_no) if known else None


def forget(change: Changes, volunteer_id: UUID) -> None:
    """An erased person has no card, no PIN and no code on a screen."""
    store.forget(change.connection, volunteer_id)


def _end(change: Changes, card: Card, reason: str) -> Card:
    change.change("card", card.id, {"ended_at": change.now, "ended_for": reason})
    change.audit("end", "card", card.id, after={"volunteer_id": card.volunteer_id, "ended_for": reason})
    return replace(card, ended_at=change.now, ended_for=reason)


def _from(row: Mapping[str, Any]) -> Card:
    return Card(**{field: row[field] for field in Card.__slots__})
