"""Purchases: prizes that were ordered and have not all come, so that a budget knows what it is bound to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Page
from ledger.people.organisations import Organisation
from ledger.prizes.catalogue import Prize
from ledger.store import purchases as store
from ledger.store.rows import Taken

State = Literal["open", "received", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """So many of one prize, ordered from somebody. `cost_fen` is for all of them; None where nobody said."""

    id: UUID
    organisation_id: UUID
    organisation: str
    organisation_path: str
    prize_id: UUID
    title: str
    quantity: int
    supplier: str
    document: str | None
    cost_fen: int | None
    ordered_on: date
    expected_on: date | None
    ordered_by: UUID
    received: int
    """How many of them came, at whatever desks; more than were ordered, if more came."""
    ended_on: date | None
    """When somebody said that nothing more will come."""
    cost_points: int
    """Of one, in the catalogue of today; `reference_fen` too."""
    reference_fen: int | None

    @property
    def state(self) -> State:
        if self.received >= self.quantity:
            return "received"
        return "ended" if self.ended_on else "open"

    def to_come(self, on: date) -> int:
        """How many were still to come at the end of a day."""
        is_ended = self.ended_on is not None and self.ended_on <= on
        return 0 if is_ended else max(0, self.quantity - self.received)

    def fen_of(self, quantity: int) -> int | None:
        """The share of its cost that so many of it have, never more than was paid; by their reference value where
        nobody said what it costs.
        """
        if self.cost_fen is None:
            return None if self.reference_fen is None else quantity * self.reference_fen
        paid_for = min(quantity, self.quantity)
        return (2 * self.cost_fen * paid_for + self.quantity) // (2 * self.quantity)


def order(
    bank: Bank,
    by: By,
    *,
    organisation: Organisation,
    prize: Prize,
    quantity: int,
    supplier: str,
    document: str | None = None,
    cost_fen: int | None = None,
    expected_on: date | None = None,
) -> Purchase:
    """Something was ordered today."""
    id = bank.world.new_id()
    row = {
        "id": id,
        "organisation_id": organisation.id,
        "prize_id": prize.id,
        "quantity": quantity,
        "supplier": supplier,
        "document": document,
        "cost_fen": cost_fen,
        "ordered_on": bank.today(),
        "expected_on": expected_on,
        "ordered_by": by.actor,
    }
    with bank.changing(by) as change:
        change.add("purchase", row)
        said = {"prize_id": str(prize.id), "quantity": quantity, "cost_fen": cost_fen}
        change.audit("order", "purchase", id, after=said)
    return _found(bank, id)


def end(bank: Bank, by: By, purchase: Purchase) -> Purchase:
    """Nothing more of it will come. Said again, it stays as it was said first."""
    row = {"id": bank.world.new_id(), "purchase_id": purchase.id, "ended_on": bank.today(), "ended_by": by.actor}
    try:
        with bank.changing(by) as change:
            change.add("purchase_end", row, unique="purchase_id")
            change.audit("end", "purchase", purchase.id, after={"ended_on": bank.today().isoformat()})
    except Taken:
        pass
    return _found(bank, purchase.id)


def find(bank: Bank, id: UUID) -> Purchase | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return purchase_of(row) if row else None


def page(
    bank: Bank, *, within: Sequence[str], is_open: bool | None, after: Sequence[Any] | None, limit: int
) -> Page[Purchase]:
    """Purchases, the newest first: those of which something is to come, the others, or all."""
    with bank.store.reading() as connection:
        found = store.page(connection, within=within, is_open=is_open, after=after, limit=limit)
    return found.each(purchase_of)


def purchase_of(row: Mapping[str, Any]) -> Purchase:
    return Purchase(**{name: row[name] for name in Purchase.__slots__} | {"received": int(row["received"])})


def _found(bank: Bank, id: UUID) -> Purchase:
    made = find(bank, id)
    assert made is not None  # noqa: S101 - no row of it ever goes
    return made
