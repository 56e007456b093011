"""Stock reports: stocktakes and write-offs, said by one person and confirmed by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Page, Request
from ledger.core.accounts import NEVER, Owner, OwnerKind
from ledger.prizes.catalogue import Desk
from ledger.prizes.day_books import CONFIRM
from ledger.prizes.report_stock import ProposeWriteOff, SettleStock, TakeStock
from ledger.prizes.shelves import Counted, Gone, ShelfLine
from ledger.store import shelves

State = Literal["reported", "confirmed", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One batch of a report, with the prize's title of today. `best_before` None: it has none."""

    prize_id: UUID
    unit_id: int
    title: str
    best_before: date | None
    expected: int
    counted: int
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StockReport:
    """What somebody said of a shelf, and what became of it."""

    id: UUID
    seq: int
    kind: str
    desk_id: UUID
    desk_name: str
    organisation_path: str
    session_id: UUID | None
    reported_on: date
    reported_by: UUID
    settled_by: UUID | None
    settled_seq: int | None
    decision: str | None
    lines: tuple[Line, ...]

    @property
    def state(self) -> State:
        return cast(State, f"{self.decision}ed") if self.decision else "reported"


def take_stock(bank: Bank, by: By, request: Request, *, desk: Desk, counts: Sequence[Counted]) -> Outcome:
    """Somebody counted at a desk. What differs waits for a second person."""
    return bank.submit(
        TakeStock(id=bank.world.new_id(), actor=by.actor, desk=desk.owner, counts=tuple(counts)), request
    )


def propose_write_off(bank: Bank, by: By, request: Request, *, desk: Desk, goods: Sequence[Gone]) -> Outcome:
    """Goods at a desk are to be written off, once a second person agrees."""
    return bank.submit(
        ProposeWriteOff(id=bank.world.new_id(), actor=by.actor, desk=desk.owner, goods=tuple(goods)), request
    )


def settle(
    bank: Bank, by: By, request: Request, report: StockReport, *, decision: str = CONFIRM, reason: str = ""
) -> Outcome:
    """The second person's word."""
    command = SettleStock(
        id=bank.world.new_id(),
        actor=by.actor,
        report=report.id,
        report_seq=report.seq,
        desk=Owner(OwnerKind.DESK, report.desk_id),
        reported_by=report.reported_by,
        session=report.session_id,
        lines=tuple(
            ShelfLine(
                *(line.prize_id, line.unit_id, line.best_before or NEVER),
                *(line.expected, line.counted, line.reason),
            )
            for line in report.lines
        ),
        decision=decision,
        reason=reason,
    )
    return bank.submit(command, request)


def find(bank: Bank, id: UUID) -> StockReport | None:
    with bank.store.reading() as connection:
        row = shelves.report(connection, id)
    return from_row(row) if row else None


def page(
    bank: Bank, *, within: Sequence[str], is_settled: bool | None, after: Sequence[Any] | None, limit: int
) -> Page[StockReport]:
    """Reports, the newest first; those that wait, those that are settled, or all."""
    with bank.store.reading() as connection:
        found = shelves.reports(connection, within=within, is_settled=is_settled, after=after, limit=limit)
    return found.each(from_row)


def from_row(row: Mapping[str, Any]) -> StockReport:
    lines = tuple(
        Line(**{name: line[name] for name in Line.__slots__} | {"best_before": day_of(line["best_before"])})
        for line in row["lines"]
    )
    return StockReport(**{name: row[name] for name in StockReport.__slots__ if name != "lines"}, lines=lines)


def day_of(best_before: date) -> date | None:
    """A batch's day; None where it has none."""
    return None if best_before == NEVER else best_before
