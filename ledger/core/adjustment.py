"""Adjustment: points or minutes given or taken by hand, with a reason and two persons who answer for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.core.accounts import MINUTES, NEVER, PERSONAL, POINTS, AccountKey, Owner, Purpose
from ledger.core.books import Books, credit_wallet, draw
from ledger.core.entries import Kind
from ledger.core.posting import AMOUNT_MAX, Move, Needs, Plan
from ledger.core.refusals.postings import (
    AmountOutOfRange,
    InsufficientMinutes,
    InsufficientPoints,
    ReasonMissing,
    SamePerson,
)
from ledger.core.refusals.refusal import Refusal

ADJUSTABLE = frozenset(
    {
        *((POINTS, Purpose.WALLET), (POINTS, Purpose.DONATE_ONLY)),
        *((MINUTES, Purpose.CLOCKED), (MINUTES, Purpose.HONORARY)),
    }
)
"""Goods are adjusted by a stocktake, held points by collecting or cancelling: not by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjust:
    """Give (amount > 0) or take (amount < 0) points or minutes of a person.

    `purpose` is WALLET or DONATE_ONLY for points, CLOCKED or HONORARY for minutes. Points given to a wallet go into the
    lot `expires_on` after any debt is paid; points taken come from the lots that lapse first.
    Refuses ReasonMissing, SamePerson, AmountOutOfRange, InsufficientPoints, InsufficientMinutes.
    """

    id: UUID
    actor: UUID
    second: UUID
    """The other person who approved it."""
    owner: Owner
    organisation: Owner
    unit: int = POINTS
    purpose: Purpose = Purpose.WALLET
    amount: int
    expires_on: date = NEVER
    reason: str

    def __post_init__(self) -> None:
        if (self.unit, self.purpose) not in ADJUSTABLE or self.owner.kind not in PERSONAL:
            raise ValueError(f"no adjustment reaches {self.purpose} of unit {self.unit} of a {self.owner.kind}")

    def needs(self) -> Needs:
        return Needs(holdings=((self.owner, self.unit), (self.organisation, self.unit)))

    def decide(self, facts: Books) -> Plan | Refusal:
        if not self.reason.strip():
            return ReasonMissing()
        if self.second == self.actor:
            return SamePerson()
        if not 0 < abs(self.amount) <= AMOUNT_MAX:
            return AmountOutOfRange(amount=self.amount, lowest=-AMOUNT_MAX, highest=AMOUNT_MAX)
        world = AccountKey(self.organisation, Purpose.ADJUSTMENT, self.unit)
        if self.amount > 0:
            moves = self._given(facts, world)
        else:
            lots = facts.usable(self.owner, self.purpose, self.unit)
            held, asked = sum(balance for _, balance in lots), -self.amount
            if held < asked:
                return (
                    InsufficientPoints(held=held, asked=asked)
                    if self.unit == POINTS
                    else InsufficientMinutes(held=held, asked=asked)
                )
            moves = [Move(lot, world, part) for lot, part in draw(lots, asked)]
        return Plan(
            kind=Kind.ADJUSTMENT,
            effective_on=facts.today,
            moves=moves,
            why={
                "explanation": [
                    {
                        "zh": f"人工调整:{self.reason}",
                        "en": f"Adjusted by hand: {self.reason}",
                        "points": self.amount if self.unit == POINTS else 0,
                    }
                ],
                "second": self.second.hex,
            },
            answer={"id": str(self.id), "amount": self.amount},
        )

    def _given(self, facts: Books, world: AccountKey) -> list[Move]:
        lot = AccountKey(self.owner, self.purpose, self.unit, self.expires_on)
        if self.purpose is Purpose.WALLET:
            return credit_wallet(facts, world, lot, self.amount)
        return [Move(world, lot, self.amount)]
