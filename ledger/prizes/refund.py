"""Refund: what was redeemed comes back, by the hands of another person than the one who handed it over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from ledger.core.accounts import AccountKey, OwnerKind, Purpose
from ledger.core.books import Books
from ledger.core.posting import Move, Needs, Plan, Record
from ledger.core.refusals.postings import SamePerson
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import AlreadyDecided
from ledger.core.reversal import Reverse

Goods = Literal["sellable", "damaged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """The points go back to the lots they came from; the goods to their batches, or, damaged, from there to what was
    written off: two persons have seen them. Once, as every reversal.

    Refuses SamePerson (who handed it over, and who prepared it), AlreadyDecided where what was prepared was withdrawn
    or is too old, and, before and after it, what `Reverse` refuses.
    """

    reverse: Reverse
    redemption: UUID
    redeemed_by: UUID
    goods: Goods = "sellable"
    prepared: UUID | None = None
    """The request that somebody prepared; None: nobody did."""

    @property
    def id(self) -> UUID:
        return self.reverse.id

    @property
    def actor(self) -> UUID:
        return self.reverse.actor

    def needs(self) -> Needs:
        rows = (("refund_request", "id", self.prepared),) if self.prepared else ()
        return Needs(reverses=(self.reverse.seq,), rows=rows)

    def decide(self, facts: Books) -> Plan | Refusal:
        plan = self.reverse.decide(facts)
        if self.reverse.reason.strip() and self.actor == self.redeemed_by:
            return SamePerson()
        if isinstance(plan, Refusal):
            return plan
        for asked in facts.rows("refund_request", "id", self.prepared) if self.prepared else ():
            if asked["requested_by"] == self.actor:
                return SamePerson()
            if asked["withdrawn_at"] is not None or asked["until_on"] < facts.today:
                return AlreadyDecided()
        row = {
            "id": self.id,
            "seq": None,
            "redemption_id": self.redemption,
            "goods": self.goods,
            "refunded_by": self.actor,
        }
        spoiled = [_written_off(move) for move in plan.moves if _is_back(move)] if self.goods == "damaged" else []
        return replace(plan, moves=(*plan.moves, *spoiled), records=(*plan.records, Record("refund", row)))


def _is_back(move: Move) -> bool:
    return move.credit.owner.kind is OwnerKind.DESK and move.credit.purpose is Purpose.STOCK


def _written_off(move: Move) -> Move:
    shelf = move.credit
    return Move(shelf, AccountKey(shelf.owner, Purpose.WRITTEN_OFF, shelf.unit), move.amount)
