"""Open a desk's day: from here on its postings belong to this day, until somebody counts and another one signs."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ledger.core.accounts import Owner
from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals.prizes import DayUnsigned, SessionOpen
from ledger.core.refusals.refusal import Refusal
from ledger.prizes import day_books


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """The next day of a desk, on the last close. Refuses SessionOpen, DayUnsigned."""

    id: UUID
    actor: UUID
    desk: Owner
    last: UUID | None
    """The day before it; None for the first."""

    @property
    def follows(self) -> UUID:
        return self.last or self.desk.id

    def needs(self) -> Needs:
        rows: list[tuple[str, str, UUID | str]] = [("desk_session", "follows", self.follows)]
        if self.last:
            rows += [("stock_settlement", "session_id", self.last), ("stock_report", "session_id", self.last)]
        return Needs(rows=rows)

    def decide(self, facts: Books) -> Plan | Refusal:
        if facts.rows("desk_session", "follows", self.follows):
            return SessionOpen()
        if self.last and not day_books.is_signed(facts, self.last):
            settled = {row["report_id"] for row in facts.rows("stock_settlement", "session_id", self.last)}
            closes = facts.rows("stock_report", "session_id", self.last)
            return DayUnsigned() if closes and closes[-1]["id"] not in settled else SessionOpen()
        row = {
            "id": self.id,
            "seq": None,
            "desk_id": self.desk.id,
            "follows": self.follows,
            "opened_on": facts.today,
            "opened_by": self.actor,
        }
        return Plan(
            kind=Kind.DESK_SESSION,
            effective_on=facts.today,
            detail={"desk": str(self.desk.id)},
            why={"session": self.id.hex},
            records=(Record("desk_session", row),),
            answer={"id": str(self.id), "desk_id": str(self.desk.id), "state": "open"},
        )
