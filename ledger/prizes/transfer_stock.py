"""Transfer stock: goods leave one desk and arrive at another in one transaction, so that none is ever on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from ledger.core.accounts import AccountKey, Owner, Purpose
from ledger.core.books import Books, draw
from ledger.core.entries import Kind
from ledger.core.posting import Move, Needs, Plan, Record
from ledger.core.refusals.postings import AmountOutOfRange, InsufficientStock
from ledger.core.refusals.prizes import SameDesk
from ledger.core.refusals.refusal import Refusal
from ledger.prizes.redeem import QUANTITY_MAX


class Goods(NamedTuple):
    """So many of one prize."""

    prize: UUID
    unit: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferStock:
    """Goods go to another desk, what expires first, first; each keeps its day. What has expired stays, to be written
    off where it is. Refuses SameDesk, AmountOutOfRange, InsufficientStock.
    """

    id: UUID
    actor: UUID
    giver: Owner
    receiver: Owner
    goods: tuple[Goods, ...]

    def needs(self) -> Needs:
        return Needs(holdings=[(desk, one.unit) for desk in (self.giver, self.receiver) for one in self.goods])

    def decide(self, facts: Books) -> Plan | Refusal:
        if self.giver == self.receiver:
            return SameDesk()
        if not self.goods:
            return AmountOutOfRange(amount=0, lowest=1, highest=QUANTITY_MAX)
        for one in self.goods:
            if not 0 < one.quantity <= QUANTITY_MAX:
                return AmountOutOfRange(amount=one.quantity, lowest=1, highest=QUANTITY_MAX)
        wanted: Counter[int] = Counter()
        for one in self.goods:
            wanted[one.unit] += one.quantity
        moves: list[Move] = []
        for one in self.goods:
            lots = facts.usable(self.giver, Purpose.STOCK, one.unit)
            held, asked = sum(balance for _, balance in lots), wanted[one.unit]
            if held < asked:
                return InsufficientStock(prize=str(one.prize), held=held, asked=asked)
        for unit, quantity in wanted.items():
            shelf = facts.usable(self.giver, Purpose.STOCK, unit)
            moves += [Move(lot, self._there(lot), part) for lot, part in draw(shelf, quantity)]
        return Plan(
            kind=Kind.STOCK_TRANSFER,
            effective_on=facts.today,
            moves=moves,
            why={"transfer": self.id.hex},
            records=(self._record(), *self._lines()),
            answer={
                "id": str(self.id),
                "items": [{"prize_id": str(one.prize), "quantity": one.quantity} for one in self.goods],
            },
        )

    def _there(self, lot: AccountKey) -> AccountKey:
        return AccountKey(self.receiver, Purpose.STOCK, lot.unit, lot.expires_on)

    def _record(self) -> Record:
        row = {"id": self.id, "seq": None, "from_desk_id": self.giver.id, "to_desk_id": self.receiver.id}
        return Record("stock_transfer", row | {"recorded_by": self.actor})

    def _lines(self) -> list[Record]:
        return [
            Record(
                "stock_transfer_item",
                {"transfer_id": self.id, "line": line, "prize_id": one.prize, "quantity": one.quantity},
            )
            for line, one in enumerate(self.goods, 1)
        ]
