"""What the log says of itself: entries without a move, for keys that come and go and for a new epoch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """A signing key comes or goes. Its public half is in the entry, so that everybody sees who may sign."""

    id: UUID
    actor: UUID
    change: Literal["added", "retired"]
    vkey: str

    def needs(self) -> Needs:
        return Needs()

    def decide(self, facts: Books) -> Plan | Refusal:
        detail = {"change": self.change, "key": self.vkey}
        return Plan(kind=Kind.KEY_CHANGE, effective_on=facts.today, detail=detail, answer=detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochChange:
    """History was lost and cannot be brought back: from here on the log has another name, and says what it lost."""

    id: UUID
    actor: UUID
    number: int
    origin: str
    lost_origin: str
    lost_size: int
    lost_root: bytes

    def needs(self) -> Needs:
        return Needs()

    def decide(self, facts: Books) -> Plan | Refusal:
        detail: dict[str, str | int] = {
            "epoch": self.number,
            "origin": self.origin,
            "lost_origin": self.lost_origin,
            "lost_size": self.lost_size,
            "lost_root": self.lost_root.hex(),
        }
        row = {
            "number": self.number,
            "origin": self.origin,
            "kept_size": facts.seq,
            "lost_size": self.lost_size,
            "lost_root": self.lost_root,
            "began_at": facts.now,
        }
        return Plan(
            kind=Kind.EPOCH_CHANGE,
            effective_on=facts.today,
            detail=detail,
            records=[Record("epoch", row)],
            answer=detail,
        )
