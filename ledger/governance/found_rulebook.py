"""The first rulebook of a bank: set by those who found it, as an entry of its own kind. Every other is proposed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from ledger.core.books import Books
from ledger.core.canonical import digest
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals.people import AlreadyFounded
from ledger.core.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRulebook:
    """Put the first rulebook into force; it may lie in the past, so that what came before the bank can be recorded.

    Refuses AlreadyFounded.
    """

    id: UUID
    """Of the rulebook and of its transaction."""
    actor: UUID
    organisation: UUID
    code: str
    version: int
    effective_from: date
    document: str = field(repr=False)

    def needs(self) -> Needs:
        return Needs(rows=(("rulebook", "organisation_id", self.organisation),))

    def decide(self, facts: Books) -> Plan | Refusal:
        if facts.rows("rulebook", "organisation_id", self.organisation):
            return AlreadyFounded()
        row = {
            "id": self.id,
            "seq": None,
            "organisation_id": self.organisation,
            "code": self.code,
            "version": self.version,
            "effective_from": self.effective_from,
            "document": self.document,
            "digest": digest(self.document.encode()),
            "recorded_at": facts.now,
        }
        return Plan(
            kind=Kind.FOUNDING,
            effective_on=facts.today,
            rulebook=(self.code, self.version),
            detail=founding_detail(self.effective_from, digest(self.document.encode())),
            records=(Record("rulebook", row),),
            answer={"id": str(self.id), "code": self.code, "version": self.version},
        )


def founding_detail(effective_from: date, document: bytes) -> dict[str, str | int]:
    """What the public entry says of it."""
    return {"document": document.hex(), "effective_from": effective_from.isoformat()}
