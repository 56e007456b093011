"""Report stock: what somebody counted, or wants written off. Nothing moves before a second person confirms it, so that
nobody makes goods disappear alone (TRUST 5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.core.accounts import Owner, Purpose
from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals.postings import AmountOutOfRange, ReasonMissing, SamePerson
from ledger.core.refusals.prizes import CountMissing, SessionClosed
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import AlreadyDecided
from ledger.prizes import day_books
from ledger.prizes.day_books import CONFIRM, REJECT
from ledger.prizes.shelves import Counted, Gone, ShelfLine, counted_lines, gone_lines, settling_moves

STOCKTAKE, WRITE_OFF, DAY_CLOSE = "stocktake", "write_off", "day_close"
LINES_MAX = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStock:
    """Somebody counted a shelf, or all of it to close a day.

    Refuses SessionClosed, AmountOutOfRange, DifferenceUnexplained, CountMissing.
    """

    id: UUID
    actor: UUID
    desk: Owner
    counts: tuple[Counted, ...]
    session: UUID | None = None
    """The day that is to be closed with it."""
    stocked: Mapping[int, UUID] | None = None
    """For a day: the units that this desk ever had, and their prizes. What is left of any batch must be counted."""

    def needs(self) -> Needs:
        units = {one.unit for one in self.counts} | set(self.stocked or ())
        return Needs(
            holdings=[(self.desk, unit) for unit in units],
            rows=day_books.rows_of(self.session),
        )

    def decide(self, facts: Books) -> Plan | Refusal:
        if day_books.is_signed(facts, self.session):
            return SessionClosed()
        if not self.session and not self.counts:
            return AmountOutOfRange(amount=0, lowest=1, highest=LINES_MAX)
        lines = counted_lines(facts, self.desk, self.counts)
        if isinstance(lines, Refusal):
            return lines
        seen = {(line.unit, line.best_before) for line in lines}
        for unit, prize in (self.stocked or {}).items():
            left = sum(
                balance
                for purpose in (Purpose.STOCK, Purpose.HELD)
                for key, balance in facts.lots(self.desk, purpose, unit)
                if (unit, key.expires_on) not in seen
            )
            if left:
                return CountMissing(prize=str(prize), expected=left)
        return _reported(facts, self, DAY_CLOSE if self.session else STOCKTAKE, lines, self.session)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeWriteOff:
    """Goods are expired, damaged or lost. Refuses AmountOutOfRange, InsufficientStock."""

    id: UUID
    actor: UUID
    desk: Owner
    goods: tuple[Gone, ...]

    def needs(self) -> Needs:
        return Needs(holdings=[(self.desk, one.unit) for one in self.goods])

    def decide(self, facts: Books) -> Plan | Refusal:
        if not self.goods:
            return AmountOutOfRange(amount=0, lowest=1, highest=LINES_MAX)
        lines = gone_lines(facts, self.desk, self.goods)
        return lines if isinstance(lines, Refusal) else _reported(facts, self, WRITE_OFF, lines, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleStock:
    """The second person's word on a report: confirmed, the differences move; rejected, nothing does.

    Of the closes of one day only the last can be confirmed. Refuses ReasonMissing (a rejection says why), SamePerson,
    AlreadyDecided, InsufficientStock.
    """

    id: UUID
    actor: UUID
    report: UUID
    report_seq: int
    desk: Owner
    reported_by: UUID
    session: UUID | None
    lines: tuple[ShelfLine, ...]
    decision: str
    reason: str = ""

    def needs(self) -> Needs:
        rows: list[tuple[str, str, UUID | str]] = [("stock_settlement", "report_id", self.report)]
        if self.session:
            rows.append(("stock_report", "session_id", self.session))
        return Needs(holdings={(self.desk, line.unit) for line in self.lines}, rows=rows)

    def decide(self, facts: Books) -> Plan | Refusal:
        if self.decision == REJECT and not self.reason.strip():
            return ReasonMissing()
        if self.actor == self.reported_by:
            return SamePerson()
        later = facts.rows("stock_report", "session_id", self.session) if self.session else ()
        if facts.rows("stock_settlement", "report_id", self.report) or any(
            row["seq"] > self.report_seq for row in later
        ):
            return AlreadyDecided()
        moves = settling_moves(facts, self.desk, self.lines) if self.decision == CONFIRM else []
        if isinstance(moves, Refusal):
            return moves
        row = {
            "id": self.id,
            "seq": None,
            "report_id": self.report,
            "session_id": self.session,
            "decision": self.decision,
            "settled_by": self.actor,
        }
        return Plan(
            kind=Kind.STOCK_SETTLEMENT,
            effective_on=facts.today,
            moves=moves,
            detail={"decision": self.decision, "report_seq": self.report_seq},
            why={"report": self.report.hex} | ({"reason": self.reason} if self.reason else {}),
            records=(Record("stock_settlement", row),),
            answer={"id": str(self.report), "state": f"{self.decision}ed"},
        )


def _reported(
    facts: Books, command: TakeStock | ProposeWriteOff, kind: str, lines: Sequence[ShelfLine], session: UUID | None
) -> Plan:
    row: dict[str, Any] = {
        "id": command.id,
        "seq": None,
        "kind": kind,
        "desk_id": command.desk.id,
        "session_id": session,
        "reported_on": facts.today,
        "reported_by": command.actor,
    }
    differences = sum(1 for line in lines if line.difference)
    return Plan(
        kind=Kind.STOCK_REPORT,
        effective_on=facts.today,
        detail={"report": kind},
        why={"report": command.id.hex},
        records=(Record("stock_report", row), *(line.record(command.id, at) for at, line in enumerate(lines, 1))),
        answer={"id": str(command.id), "kind": kind, "state": "reported", "differences": differences},
    )
