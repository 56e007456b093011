"""Redemptions: prizes handed over for points, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Request
from ledger.core.reversal import Reverse
from ledger.people.volunteers import Volunteer
from ledger.prizes.catalogue import Desk, Prize
from ledger.prizes.redeem import Item, Redeem
from ledger.store import rows
from ledger.store.writer import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Redemption:
    id: UUID
    seq: int
    volunteer_id: UUID
    desk_id: UUID
    points: int


def command(bank: Bank, by: By, *, volunteer: Volunteer, desk: Desk, items: Sequence[tuple[Prize, int]]) -> Redeem:
    """The command that hands these prizes over at their price of the moment."""
    return Redeem(
        id=bank.world.new_id(),
        actor=by.actor,
        volunteer=volunteer.owner,
        desk=desk.owner,
        items=tuple(
            Item(prize.id, prize.unit_id, prize.title, quantity, prize.cost_points, prize.on_shelf)
            for prize, quantity in items
        ),
    )


def redeem(
    bank: Bank,
    by: By,
    request: Request,
    *,
    volunteer: Volunteer,
    desk: Desk,
    items: Sequence[tuple[Prize, int]],
) -> Outcome:
    """Hand over prizes for points."""
    return bank.submit(command(bank, by, volunteer=volunteer, desk=desk, items=items), request)


def find(bank: Bank, id: UUID) -> Redemption | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "redemption", id=id)
    return _from(row) if row else None


def reverse(bank: Bank, by: By, request: Request, redemption: Redemption, reason: str) -> Outcome:
    """Take the prizes back: points return to the lots they came from, goods to their batches."""
    return bank.submit(
        Reverse(id=bank.world.new_id(), actor=by.actor, seq=redemption.seq, reason=reason, subject=str(redemption.id)),
        request,
    )


def _from(row: dict[str, Any]) -> Redemption:
    return Redemption(**{field: row[field] for field in Redemption.__slots__})
