"""Stock on the shelves of a desk: taken in with its source, sent to other desks, and counted from the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Request
from ledger.core.accounts import NEVER, Purpose
from ledger.prizes.catalogue import Desk, Prize
from ledger.prizes.purchases import Purchase
from ledger.prizes.receive_stock import ReceiveStock
from ledger.prizes.stock_reports import day_of
from ledger.prizes.transfer_stock import Goods, TransferStock
from ledger.store import pages, rows, shelves

SOURCE_KINDS = ("donor", "unit", "purchase")
SOON_DAYS = 30
"""How many days before its last one a batch is said to expire soon, unless somebody asks for more or fewer."""


class Batch(NamedTuple):
    """One batch on a shelf. `best_before` is the last day it may be handed over; None: it has none."""

    best_before: date | None
    quantity: int
    has_expired: bool
    expires_soon: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One prize at one desk. `quantity` is what may be handed over today; what has expired is beside it, and what is
    set aside for reservations. Whoever counts sees all three.
    """

    prize_id: UUID
    title: str
    quantity: int
    expired: int
    held: int
    low_at: int | None
    batches: tuple[Batch, ...]

    @property
    def is_low(self) -> bool:
        return self.low_at is not None and self.quantity <= self.low_at


def receive(
    bank: Bank,
    by: By,
    request: Request,
    *,
    desk: Desk,
    prize: Prize,
    quantity: int,
    source: str,
    best_before: date | None = None,
    source_kind: str | None = None,
    document: str | None = None,
    batch: str | None = None,
    purchase: Purchase | None = None,
) -> Outcome:
    """Take goods in at a desk: from whom, on which document, of which batch of the maker, ordered with what."""
    command = ReceiveStock(
        id=bank.world.new_id(),
        actor=by.actor,
        desk=desk.owner,
        prize=prize.id,
        unit=prize.unit_id,
        quantity=quantity,
        source=source,
        best_before=best_before or NEVER,
        source_kind=source_kind,
        document=document,
        batch=batch,
        purchase=purchase.id if purchase else None,
    )
    return bank.submit(command, request)


def transfer(
    bank: Bank, by: By, request: Request, *, giver: Desk, receiver: Desk, goods: Sequence[tuple[Prize, int]]
) -> Outcome:
    """Send goods from one desk to another."""
    command = TransferStock(
        id=bank.world.new_id(),
        actor=by.actor,
        giver=giver.owner,
        receiver=receiver.owner,
        goods=tuple(Goods(prize.id, prize.unit_id, quantity) for prize, quantity in goods),
    )
    return bank.submit(command, request)


def on_shelf(bank: Bank, desk: Desk) -> dict[int, int]:
    """How many of each unit this desk has."""
    with bank.store.reading() as connection:
        return pages.stock(connection, desk.id)


def at_desk(bank: Bank, desk: Desk, *, soon_days: int = SOON_DAYS) -> list[Shelf]:
    """Every prize that a desk ever had, in the order in which they were added, with its batches that hold anything."""
    today = bank.today()
    soon = today + timedelta(days=soon_days)
    with bank.store.reading() as connection:
        found = shelves.batches(connection, desk.id)
        aside = shelves.batches(connection, desk.id, purpose=Purpose.HELD)
        known = rows.find_all(connection, "prize", sorted({batch.prize for batch in found}))
    return [
        _shelf(
            known[id],
            [batch for batch in found if batch.prize == id],
            sum(batch.quantity for batch in aside if batch.prize == id),
            today,
            soon,
        )
        for id in dict.fromkeys(batch.prize for batch in found)
    ]


def _shelf(prize: Mapping[str, Any], found: Sequence[shelves.Batch], held: int, today: date, soon: date) -> Shelf:
    batches = tuple(
        Batch(day_of(one.best_before), one.quantity, one.best_before < today, today <= one.best_before <= soon)
        for one in found
        if one.quantity
    )
    return Shelf(
        prize_id=found[0].prize,
        title=prize["title"],
        quantity=sum(one.quantity for one in batches if not one.has_expired),
        expired=sum(one.quantity for one in batches if one.has_expired),
        held=held,
        low_at=prize["low_at"],
        batches=batches,
    )
