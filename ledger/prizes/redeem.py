"""Redeem: points and goods move in one transaction, so the last bag of rice cannot go twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from stdnum import damm

from ledger.core.accounts import POINTS, AccountKey, Owner, Purpose
from ledger.core.books import Books, draw
from ledger.core.entries import Kind
from ledger.core.posting import AMOUNT_MAX, Move, Needs, Plan, Record
from ledger.core.refusals import AmountOutOfRange, InsufficientPoints, InsufficientStock, PrizeNotOffered, Refusal

QUANTITY_MAX = 1_000_000


def receipt_number(seq: int) -> str:
    """What stands on the slip: the transaction's seq and a check digit after Damm (2004)."""
    body = f"{seq:09d}"
    return body + str(damm.calc_check_digit(body))


class Item(NamedTuple):
    """So many of one prize at the price of the moment."""

    prize: UUID
    unit: int
    title: str
    quantity: int
    cost_points: int
    """Of one, in the smallest unit of points."""
    on_shelf: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeem:
    """Hand over prizes for points. Points come from the lots that lapse first, goods from the batches that expire
    first.

    Refuses, in this order: AmountOutOfRange, PrizeNotOffered, InsufficientPoints, InsufficientStock.
    """

    id: UUID
    actor: UUID
    volunteer: Owner
    desk: Owner
    items: tuple[Item, ...]

    def needs(self) -> Needs:
        return Needs(
            holdings=((self.volunteer, POINTS), (self.desk, POINTS), *((self.desk, item.unit) for item in self.items))
        )

    def decide(self, facts: Books) -> Plan | Refusal:
        if not self.items:
            return AmountOutOfRange(amount=0, lowest=1, highest=QUANTITY_MAX)
        for item in self.items:
            if not 0 < item.quantity <= QUANTITY_MAX:
                return AmountOutOfRange(amount=item.quantity, lowest=1, highest=QUANTITY_MAX)
        cost = sum(item.quantity * item.cost_points for item in self.items)
        if cost > AMOUNT_MAX:
            return AmountOutOfRange(amount=cost, lowest=0, highest=AMOUNT_MAX)
        for item in self.items:
            if not item.on_shelf:
                return PrizeNotOffered(prize=str(item.prize))
        lots = facts.usable(self.volunteer, Purpose.WALLET, POINTS)
        held = sum(balance for _, balance in lots)
        if held < cost:
            return InsufficientPoints(held=held, asked=cost)
        wanted: Counter[int] = Counter()
        for item in self.items:
            wanted[item.unit] += item.quantity
        for item in self.items:
            stocked = sum(balance for _, balance in facts.usable(self.desk, Purpose.STOCK, item.unit))
            if stocked < wanted[item.unit]:
                return InsufficientStock(prize=str(item.prize), held=stocked, asked=wanted[item.unit])
        return self._plan(facts, lots, wanted, cost)

    def _plan(self, facts: Books, lots: list[tuple[AccountKey, int]], wanted: Counter[int], cost: int) -> Plan:
        spent = AccountKey(self.desk, Purpose.REDEEMED, POINTS)
        moves = [Move(lot, spent, part) for lot, part in draw(lots, cost)]
        for unit, quantity in wanted.items():
            gone = AccountKey(self.desk, Purpose.HANDED_OUT, unit)
            shelf = facts.usable(self.desk, Purpose.STOCK, unit)
            moves += [Move(batch, gone, part) for batch, part in draw(shelf, quantity)]
        items = [
            {
                "prize_id": str(item.prize),
                "title": item.title,
                "quantity": item.quantity,
                "cost_points": item.cost_points,
            }
            for item in self.items
        ]
        listed = "、".join(f"{item.title}×{item.quantity}" for item in self.items)
        explanation = [{"zh": f"兑换 {listed}", "en": f"Redeemed {listed}", "points": -cost}]
        return Plan(
            kind=Kind.REDEMPTION,
            effective_on=facts.today,
            moves=moves,
            why={"explanation": explanation, "redemption": self.id.hex},
            records=(self._record(cost), *self._lines()),
            answer={
                "id": str(self.id),
                "points": cost,
                "items": items,
                "receipt": {"number": receipt_number(facts.next_seq), "on": facts.today.isoformat()},
            },
        )

    def _record(self, cost: int) -> Record:
        return Record(
            "redemption",
            {
                "id": self.id,
                "seq": None,
                "volunteer_id": self.volunteer.id,
                "desk_id": self.desk.id,
                "points": cost,
                "recorded_by": self.actor,
            },
        )

    def _lines(self) -> list[Record]:
        return [
            Record(
                "redemption_item",
                {
                    "redemption_id": self.id,
                    "line": line,
                    "prize_id": item.prize,
                    "quantity": item.quantity,
                    "cost_points": item.cost_points,
                },
            )
            for line, item in enumerate(self.items, 1)
        ]
