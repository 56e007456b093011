"""Past redemptions: what was handed over at which desk, so that somebody finds again what is to be given back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from stdnum import damm

from ledger.bank import Bank, Page
from ledger.prizes.redeem import receipt_number
from ledger.store import redemption_reads as store

RECEIPT_DIGITS = 10
"""The last of them checks the others."""


class HandedOver(NamedTuple):
    """So many of one prize, at the price they went for."""

    prize_id: UUID
    title: str
    quantity: int
    cost_points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRedemption:
    """A redemption, by whose hand, and whether it was given back."""

    id: UUID
    seq: int
    volunteer_no: str
    desk_id: UUID
    organisation_path: str
    """Of the desk."""
    redeemed_on: date
    points: int
    items: tuple[HandedOver, ...]
    recorded_by: UUID
    """Who handed it over: another person takes it back."""
    reservation_id: UUID | None
    refund_seq: int | None
    """None while it was not given back."""

    @property
    def receipt(self) -> str:
        """What stands on the slip."""
        return receipt_number(self.seq)


def find(bank: Bank, id: UUID) -> PastRedemption | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return _from(row) if row else None


def page(
    bank: Bank,
    *,
    within: Sequence[str],
    desk_id: UUID | None = None,
    volunteer_id: UUID | None = None,
    receipt: str | None = None,
    on: date | None = None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[PastRedemption]:
    """Redemptions, the newest first; of one receipt there is one at the most."""
    seq = seq_of(receipt) if receipt is not None else None
    with bank.store.reading() as connection:
        found = store.page(
            connection,
            within=within,
            desk_id=desk_id,
            volunteer_id=volunteer_id,
            seq=seq,
            on=on,
            after=after,
            limit=limit,
        )
    return found.each(_from)


def seq_of(receipt: str) -> int:
    """Of which transaction this is the number; 0, which none has, where its digits do not check."""
    return int(receipt[:-1]) if damm.is_valid(receipt) else 0


def _from(row: Mapping[str, Any]) -> PastRedemption:
    own = {name: row[name] for name in PastRedemption.__slots__ if name != "items"}
    items = tuple(HandedOver(**{name: item[name] for name in HandedOver._fields}) for item in row["items"])
    return PastRedemption(**own, items=items)
