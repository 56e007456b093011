"""Open accounts before anything moves in them. Postings also open what they need; this is for those who want it done
beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ledger.core.accounts import AccountKey
from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan
from ledger.core.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAccounts:
    """Open these accounts with nothing in them. Accounts that are open already stay as they are."""

    id: UUID
    actor: UUID
    accounts: tuple[AccountKey, ...]

    def needs(self) -> Needs:
        return Needs(holdings={(key.owner, key.unit) for key in self.accounts})

    def decide(self, facts: Books) -> Plan | Refusal:
        return Plan(
            kind=Kind.OPENING,
            effective_on=facts.today,
            opens=self.accounts,
            detail={"accounts": len(self.accounts)},
            answer={"id": str(self.id), "accounts": len(self.accounts)},
        )
