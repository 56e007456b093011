"""Receive stock: goods come to a desk's shelf, batch by batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.core.accounts import NEVER, AccountKey, Owner, Purpose
from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Move, Needs, Plan, Record
from ledger.core.refusals.postings import AmountOutOfRange
from ledger.core.refusals.refusal import Refusal
from ledger.prizes.redeem import QUANTITY_MAX


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveStock:
    """Goods come to a desk's shelf. Refuses AmountOutOfRange."""

    id: UUID
    actor: UUID
    desk: Owner
    prize: UUID
    unit: int
    quantity: int
    source: str
    """Who gave or sold them, in words."""
    best_before: date = NEVER
    source_kind: str | None = None
    """donor, unit or purchase; None where nobody said."""
    document: str | None = None
    """The number of the delivery note or invoice."""
    batch: str | None = None
    """What the maker calls the lot."""
    purchase: UUID | None = None
    """What it was ordered with; None where nobody ordered it."""

    def needs(self) -> Needs:
        return Needs(holdings=((self.desk, self.unit),))

    def decide(self, facts: Books) -> Plan | Refusal:
        if not 0 < self.quantity <= QUANTITY_MAX:
            return AmountOutOfRange(amount=self.quantity, lowest=1, highest=QUANTITY_MAX)
        shelf = AccountKey(self.desk, Purpose.STOCK, self.unit, self.best_before)
        answer: dict[str, object] = {"id": str(self.id), "prize_id": str(self.prize), "quantity": self.quantity}
        return Plan(
            kind=Kind.STOCK_RECEIPT,
            effective_on=facts.today,
            moves=(Move(AccountKey(self.desk, Purpose.RECEIVED, self.unit), shelf, self.quantity),),
            why={"source": self.source},
            records=(
                Record(
                    "stock_receipt",
                    {
                        "id": self.id,
                        "seq": None,
                        "desk_id": self.desk.id,
                        "prize_id": self.prize,
                        "quantity": self.quantity,
                        "source": self.source,
                        "best_before": None if self.best_before == NEVER else self.best_before,
                        "source_kind": self.source_kind,
                        "document": self.document,
                        "batch": self.batch,
                        "purchase_id": self.purchase,
                        "recorded_by": self.actor,
                    },
                ),
            ),
            answer=answer,
        )
