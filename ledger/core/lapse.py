"""Lapse: what is left of one lot after its last day leaves the wallet, dated on that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.core.accounts import POINTS, AccountKey, Owner, Purpose
from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Move, Needs, Plan
from ledger.core.refusals.postings import LapseNotDue, NothingToLapse
from ledger.core.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """Empty one lot whose day has passed, and no other. Refuses LapseNotDue, NothingToLapse."""

    id: UUID
    actor: UUID
    owner: Owner
    organisation: Owner
    """Whose `lapsed` account takes the points."""
    expires_on: date

    @property
    def lot(self) -> AccountKey:
        return AccountKey(self.owner, Purpose.WALLET, POINTS, self.expires_on)

    def needs(self) -> Needs:
        return Needs(holdings=((self.owner, POINTS), (self.organisation, POINTS)))

    def decide(self, facts: Books) -> Plan | Refusal:
        if self.expires_on >= facts.today:
            return LapseNotDue(expires_on=self.expires_on.isoformat(), today=facts.today.isoformat())
        left = facts.balance(self.lot)
        if left == 0:
            return NothingToLapse(expires_on=self.expires_on.isoformat())
        sink = AccountKey(self.organisation, Purpose.LAPSED, POINTS)
        return Plan(
            kind=Kind.LAPSE,
            effective_on=self.expires_on,
            moves=(Move(self.lot, sink, left),),
            detail={"expires_on": self.expires_on.isoformat()},
            why={
                "explanation": [
                    {
                        "zh": f"有效期至 {self.expires_on.isoformat()} 的积分到期失效",
                        "en": f"Points valid until {self.expires_on.isoformat()} lapsed",
                        "points": -left,
                    }
                ]
            },
            answer={"id": str(self.id), "points": left, "expires_on": self.expires_on.isoformat()},
        )
