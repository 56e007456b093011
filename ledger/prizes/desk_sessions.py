"""Desk sessions: a desk's day from opening to the second signature, and the sheet that ties it to the ledger.

A day covers the seqs after the last close up to its own: every posting at the desk lies in exactly one day, and what
comes after the count lies in the next. What a close found different is posted when it is signed, and belongs to its own
day, so that the next one begins with what was counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Page, Request
from ledger.core.posting import Plan
from ledger.prizes import stock_reports
from ledger.prizes.catalogue import Desk
from ledger.prizes.day_books import CONFIRM
from ledger.prizes.open_session import OpenSession
from ledger.prizes.report_stock import TakeStock
from ledger.prizes.shelves import Counted
from ledger.prizes.stock_reports import StockReport
from ledger.store import glimpses, rows, shelves, slips
from ledger.store.shelves import Movement, Points

State = Literal["open", "counted", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSession:
    """One day of a desk. Counted, it waits for the second person; closed, it does not change."""

    id: UUID
    seq: int
    desk_id: UUID
    desk_name: str
    organisation_path: str
    follows: UUID
    opened_on: date
    opened_by: UUID
    report_id: UUID | None
    """The close that closed it, or that waits for its signature."""
    close_seq: int | None
    counted_by: UUID | None
    signed_by: UUID | None
    signed_seq: int | None

    @property
    def state(self) -> State:
        if self.report_id is None:
            return "open"
        return "counted" if self.signed_by is None else "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One prize in a day. `opening` and everything that moved make `expected`."""

    prize_id: UUID
    title: str
    opening: int
    received: int
    transferred: int
    handed_out: int
    returned: int
    written_off: int
    adjusted: int
    """By stocktakes of the day."""
    expected: int
    held: int
    """Of those expected: set aside for reservations."""
    counted: int | None
    """None while nobody has counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The day on paper: what was there, what moved, what was counted, and between which transactions."""

    session: DeskSession
    after_seq: int
    """The last transaction of the day before."""
    until_seq: int
    """The close; while nobody has counted, the latest transaction there is."""
    leaf_hash: bytes
    """Of the transaction `until_seq`, so that the sheet names one history and no other."""
    lines: tuple[SheetLine, ...]
    points: Points
    close: StockReport | None
    slips: tuple[tuple[str, str], ...]
    """Paper slips keyed in on this day, by number, and what each was then: posted, exception or voided."""


def open_session(bank: Bank, by: By, request: Request, *, desk: Desk) -> Outcome:
    """Open a desk's next day, on what the last close left."""
    command = OpenSession(id=bank.world.new_id(), actor=by.actor, desk=desk.owner, last=latest_id(bank, desk))
    return bank.submit(command, request)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What came of opening a day with a count: the day, and the report; no report where the day is not open."""

    day: Outcome
    count: Outcome | None


def open_with_count(bank: Bank, by: By, request: Request, *, desk: Desk, counts: Sequence[Counted]) -> Opened:
    """Open a desk's next day, on what stands there now. What differs from the book waits for a second person, as every
    stocktake does. A count that is refused opens nothing.
    """
    opening = OpenSession(id=bank.world.new_id(), actor=by.actor, desk=desk.owner, last=latest_id(bank, desk))
    counting = request._replace(key=f"{request.key}.count")  # no client can have chosen it
    facts = glimpses.glimpse(bank.store, opening.needs(), now=bank.world.clock(), today=bank.today())
    if isinstance(opening.decide(facts), Plan):
        count = stock_reports.take_stock(bank, by, counting, desk=desk, counts=counts)
        if not count.posted:
            return Opened(day=count, count=None)
    day = bank.submit(opening, request)
    # Posted before, where this is asked again: then it is told as it was.
    again = stock_reports.take_stock(bank, by, counting, desk=desk, counts=counts) if day.posted else None
    return Opened(day=day, count=again)


def close(bank: Bank, by: By, request: Request, session: DeskSession, desk: Desk, counts: Sequence[Counted]) -> Outcome:
    """Everything on the shelf was counted. The day ends here; it is closed when a second person confirms the report.

    Counted again before that, the day ends later and the first count falls away.
    """
    with bank.store.reading() as connection:
        stocked = {batch.unit: batch.prize for batch in shelves.batches(connection, desk.id)}
    command = TakeStock(
        id=bank.world.new_id(),
        actor=by.actor,
        desk=desk.owner,
        counts=tuple(counts),
        session=session.id,
        stocked=stocked,
    )
    return bank.submit(command, request)


def latest_id(bank: Bank, desk: Desk) -> UUID | None:
    """The latest day of a desk; None where it never opened one."""
    with bank.store.reading() as connection:
        return shelves.latest_session_id(connection, desk.id)


def find(bank: Bank, id: UUID) -> DeskSession | None:
    with bank.store.reading() as connection:
        row = shelves.session(connection, id)
    return _from(row) if row else None


def page(
    bank: Bank, *, within: Sequence[str], desk_id: UUID | None, after: Sequence[Any] | None, limit: int
) -> Page[DeskSession]:
    """Days, the newest first, of one desk or of all."""
    with bank.store.reading() as connection:
        found = shelves.sessions(connection, within=within, desk_id=desk_id, after=after, limit=limit)
    return found.each(_from)


def sheet(bank: Bank, session: DeskSession) -> Sheet:
    """The day as the ledger tells it; of a closed day it is the same for ever."""
    last = find(bank, session.follows)
    before = stock_reports.find(bank, last.report_id) if last and last.report_id else None
    after = before.seq if before else 0
    with bank.store.snapshot() as connection:
        until = session.close_seq or shelves.head_seq(connection)
        closing = shelves.report(connection, session.report_id) if session.report_id else None
        opening = shelves.stood_at(connection, session.desk_id, after)
        expected = shelves.stood_at(connection, session.desk_id, until)
        held = shelves.stood_at(connection, session.desk_id, until, held_only=True)
        moved = shelves.movements(
            connection, session.desk_id, after=after, until=until, without=before.settled_seq if before else None
        )
        spent = shelves.points(connection, session.desk_id, after=after, until=until)
        leaf = shelves.leaf_of(connection, until)
        # What was put aside after the last transaction of an open day is of this day, too.
        keyed = slips.of_day(connection, session.desk_id, after=after, until=until + (session.close_seq is None))
        known = rows.find_all(connection, "prize", sorted({*opening, *expected}), by="unit_id")
    for line in before.lines if before else ():
        opening[line.unit_id] = opening.get(line.unit_id, 0) + line.counted - line.expected
    close = stock_reports.from_row(closing) if closing else None
    return Sheet(
        session=session,
        after_seq=after,
        until_seq=until,
        leaf_hash=leaf,
        lines=_lines(known, opening, expected, held, moved, close),
        points=spent,
        close=close,
        slips=tuple(keyed),
    )


def _lines(
    known: Mapping[int, Mapping[str, Any]],
    opening: Mapping[int, int],
    expected: Mapping[int, int],
    held: Mapping[int, int],
    moved: Sequence[Movement],
    close: StockReport | None,
) -> tuple[SheetLine, ...]:
    sums: defaultdict[tuple[int, str], int] = defaultdict(int)
    for unit, beyond, amount in moved:
        is_back = beyond == "handed_out" and amount > 0
        sums[unit, "returned" if is_back else beyond] += amount
    counted: dict[int, int] = {}
    for line in close.lines if close else ():
        counted[line.unit_id] = counted.get(line.unit_id, 0) + line.counted
    return tuple(
        SheetLine(
            prize_id=prize["id"],
            title=prize["title"],
            opening=opening.get(unit, 0),
            received=sums[unit, "received"],
            transferred=sums[unit, "stock"],
            handed_out=sums[unit, "handed_out"],
            returned=sums[unit, "returned"],
            written_off=sums[unit, "written_off"],
            adjusted=sums[unit, "counted"],
            expected=expected.get(unit, 0),
            held=held.get(unit, 0),
            counted=None if close is None else counted.get(unit, 0),
        )
        for unit, prize in sorted(known.items())
    )


def _from(row: Mapping[str, Any]) -> DeskSession:
    closing = row["close"] or {}
    is_signed = closing.get("decision") == CONFIRM
    own = {
        name: row[name]
        for name in ("id", "seq", "desk_id", "desk_name", "organisation_path", "follows", "opened_on", "opened_by")
    }
    return DeskSession(
        **own,
        report_id=closing.get("id"),
        close_seq=closing.get("seq"),
        counted_by=closing.get("reported_by"),
        signed_by=closing.get("settled_by") if is_signed else None,
        signed_seq=closing.get("settled_seq") if is_signed else None,
    )
