"""Stock on the shelves of a desk: taken in with its source, and counted from the ledger."""

from __future__ import annotations

from datetime import date

from ledger.bank import Bank, By, Request
from ledger.core.accounts import NEVER
from ledger.prizes.catalogue import Desk, Prize
from ledger.prizes.receive_stock import ReceiveStock
from ledger.store import pages
from ledger.store.writer import Outcome


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
) -> Outcome:
    """Take goods in at a desk."""
    command = ReceiveStock(
        id=bank.world.new_id(),
        actor=by.actor,
        desk=desk.owner,
        prize=prize.id,
        unit=prize.unit_id,
        quantity=quantity,
        source=source,
        best_before=best_before or NEVER,
    )
    return bank.submit(command, request)


def on_shelf(bank: Bank, desk: Desk) -> dict[int, int]:
    """How many of each unit this desk has."""
    with bank.store.reading() as connection:
        return pages.stock(connection, desk.id)
