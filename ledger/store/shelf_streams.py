"""Shelves and desk days row by row, for the audit: what went from desk to desk, what was reported and settled, which
days were opened. Ordered by seq, as in streams.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.store.streams import View


class StockTransferRead(NamedTuple):
    seq: int
    id: str
    from_desk_id: str
    to_desk_id: str
    recorded_by: str


class StockTransferItemRead(NamedTuple):
    seq: int
    """0 where its transfer is gone."""
    line: int
    prize_id: str
    unit_id: int | None
    quantity: int


class StockReportRead(NamedTuple):
    seq: int
    id: str
    kind: str
    desk_id: str
    session_id: str | None
    reported_on: str
    reported_by: str
    session_desk_id: str | None
    is_late: bool
    """Whether the day was signed before."""


class StockReportLineRead(NamedTuple):
    """A line of a report, under the seq of the report; or under that of the settlement that confirmed it."""

    seq: int
    line: int
    unit_id: int | None
    best_before: str
    expected: int
    counted: int
    reason: str | None


class StockSettlementRead(NamedTuple):
    seq: int
    id: str
    report_id: str
    session_id: str | None
    decision: str
    settled_by: str
    report_seq: int | None
    """None where its report is gone."""
    desk_id: str | None
    reported_by: str | None
    report_session_id: str | None
    last_close_seq: int | None
    """Of the closes of that day, the last one before this."""


class DeskSessionRead(NamedTuple):
    seq: int
    id: str
    desk_id: str
    follows: str
    opened_on: str
    opened_by: str
    is_next: bool
    """Whether it follows a signed day of the same desk, or is the first there."""


class RefundRead(NamedTuple):
    seq: int
    id: str
    redemption_id: str
    goods: str
    refunded_by: str
    redemption_seq: int | None
    """None where its redemption is gone."""
    recorded_by: str | None
    quantity: int
    """Of all the goods that it brings back."""


_TRANSFERS = """
    SELECT seq, ID(id), ID(from_desk_id), ID(to_desk_id), ID(recorded_by) FROM stock_transfer
    WHERE seq >= :seq ORDER BY seq"""

_ITEMS = """
    SELECT COALESCE(t.seq, 0), i.line, ID(i.prize_id), p.unit_id, i.quantity
    FROM stock_transfer_item i LEFT JOIN stock_transfer t ON t.id = i.transfer_id LEFT JOIN prize p ON p.id = i.prize_id
    WHERE t.seq >= :seq OR t.seq IS NULL ORDER BY 1, i.line"""

_REPORTS = """
    SELECT r.seq, ID(r.id), r.kind, ID(r.desk_id), ID(r.session_id), DAY(r.reported_on), ID(r.reported_by),
        ID(s.desk_id), EXISTS (SELECT 1 FROM stock_settlement x
            WHERE x.session_id = r.session_id AND x.decision = 'confirm' AND x.seq < r.seq)
    FROM stock_report r LEFT JOIN desk_session s ON s.id = r.session_id WHERE r.seq >= :seq ORDER BY r.seq"""

_LINES = """
    SELECT COALESCE(r.seq, 0), l.line, p.unit_id, DAY(l.best_before), l.expected, l.counted, l.reason
    FROM stock_report_line l LEFT JOIN stock_report r ON r.id = l.report_id LEFT JOIN prize p ON p.id = l.prize_id
    WHERE r.seq >= :seq OR r.seq IS NULL ORDER BY 1, l.line"""

_SETTLEMENTS = """
    SELECT x.seq, ID(x.id), ID(x.report_id), ID(x.session_id), x.decision, ID(x.settled_by), r.seq, ID(r.desk_id),
        ID(r.reported_by), ID(r.session_id),
        (SELECT MAX(o.seq) FROM stock_report o WHERE o.session_id = r.session_id AND o.seq < x.seq)
    FROM stock_settlement x LEFT JOIN stock_report r ON r.id = x.report_id WHERE x.seq >= :seq ORDER BY x.seq"""

_SETTLED = """
    SELECT x.seq, l.line, p.unit_id, DAY(l.best_before), l.expected, l.counted, l.reason
    FROM stock_settlement x JOIN stock_report_line l ON l.report_id = x.report_id LEFT JOIN prize p ON p.id = l.prize_id
    WHERE x.decision = 'confirm' AND x.seq >= :seq ORDER BY x.seq, l.line"""

_SESSIONS = """
    SELECT s.seq, ID(s.id), ID(s.desk_id), ID(s.follows), DAY(s.opened_on), ID(s.opened_by),
        CASE WHEN s.follows = s.desk_id
            THEN NOT EXISTS (SELECT 1 FROM desk_session o WHERE o.desk_id = s.desk_id AND o.seq < s.seq)
            ELSE EXISTS (SELECT 1 FROM desk_session o JOIN stock_settlement x ON x.session_id = o.id
                WHERE o.id = s.follows AND o.desk_id = s.desk_id AND x.decision = 'confirm' AND x.seq < s.seq) END
    FROM desk_session s WHERE s.seq >= :seq ORDER BY s.seq"""

_REFUNDS = """
    SELECT f.seq, ID(f.id), ID(f.redemption_id), f.goods, ID(f.refunded_by), r.seq, ID(r.recorded_by),
        (SELECT CAST(COALESCE(SUM(i.quantity), 0) AS bigint) FROM redemption_item i
            WHERE i.redemption_id = f.redemption_id)
    FROM refund f LEFT JOIN redemption r ON r.id = f.redemption_id WHERE f.seq >= :seq ORDER BY f.seq"""

_HANDED_OUT_CLOSED = """
    SELECT r.seq FROM redemption r WHERE r.seq >= :seq AND EXISTS (SELECT 1 FROM stock_settlement x
        WHERE x.decision = 'confirm' AND x.seq < r.seq AND x.session_id = (SELECT s.id FROM desk_session s
            WHERE s.desk_id = r.desk_id AND s.seq < r.seq ORDER BY s.seq DESC LIMIT 1)) ORDER BY r.seq"""


def stock_transfers(view: View, from_seq: int) -> Iterator[StockTransferRead]:
    return view.from_seq(StockTransferRead._make, _TRANSFERS, from_seq)


def stock_transfer_items(view: View, from_seq: int) -> Iterator[StockTransferItemRead]:
    return view.from_seq(StockTransferItemRead._make, _ITEMS, from_seq)


def stock_reports(view: View, from_seq: int) -> Iterator[StockReportRead]:
    return view.from_seq(StockReportRead._make, _REPORTS, from_seq)


def stock_report_lines(view: View, from_seq: int) -> Iterator[StockReportLineRead]:
    return view.from_seq(StockReportLineRead._make, _LINES, from_seq)


def stock_settlements(view: View, from_seq: int) -> Iterator[StockSettlementRead]:
    return view.from_seq(StockSettlementRead._make, _SETTLEMENTS, from_seq)


def settled_lines(view: View, from_seq: int) -> Iterator[StockReportLineRead]:
    """The lines of what a settlement confirmed, under its seq."""
    return view.from_seq(StockReportLineRead._make, _SETTLED, from_seq)


def desk_sessions(view: View, from_seq: int) -> Iterator[DeskSessionRead]:
    return view.from_seq(DeskSessionRead._make, _SESSIONS, from_seq)


def refunds(view: View, from_seq: int) -> Iterator[RefundRead]:
    return view.from_seq(RefundRead._make, _REFUNDS, from_seq)


def handed_out_closed(view: View, from_seq: int) -> Iterator[int]:
    """seqs of redemptions at a desk whose day was signed and whose next was not open."""
    return view.from_seq(lambda row: int(row[0]), _HANDED_OUT_CLOSED, from_seq)
