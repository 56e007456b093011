"""Redemptions and receipts row by row, and what they should have left on the shelves, for the audit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.store.streams import FIRST, View


class RedemptionRead(NamedTuple):
    seq: int
    id: str
    volunteer_id: str
    desk_id: str
    household_id: str | None
    redeemed_on: str
    points: int
    recorded_by: str
    collective_id: str | None
    collective_kind: str | None
    collected_by: str | None
    is_authorised: bool
    """Whether `collected_by` let an agent redeem for this volunteer on that day, or collect what they reserved."""
    reservation_id: str | None
    is_reserved: bool
    """Whether that was set aside for this volunteer at this desk, and could still be collected on that day."""
    may_owe: bool
    """Whether a second person accepted a debt for what was given on paper."""
    reserved_on: str | None


class RedemptionItemRead(NamedTuple):
    seq: int
    """0 where its redemption is gone."""
    redemption_id: str
    line: int
    prize_id: str
    unit_id: int | None
    quantity: int
    cost_points: int
    prize_class: str


class ReceiptRead(NamedTuple):
    seq: int
    id: str
    desk_id: str
    prize_id: str
    unit_id: int | None
    quantity: int
    best_before: str | None
    recorded_by: str


_REDEMPTIONS = """
    SELECT r.seq, ID(r.id), ID(r.volunteer_id), ID(r.desk_id), ID(r.household_id), DAY(r.redeemed_on), r.points,
        ID(r.recorded_by), ID(r.collective_id), c.owner_kind, ID(r.collected_by),
        a.volunteer_id = r.volunteer_id AND (a.scope = 'redeem' OR r.reservation_id IS NOT NULL)
            AND a.from_on <= r.redeemed_on AND COALESCE(a.until_on, r.redeemed_on) >= r.redeemed_on,
        ID(r.reservation_id),
        EXISTS (SELECT 1 FROM reservation v WHERE v.id = r.reservation_id AND v.volunteer_id = r.volunteer_id
            AND v.desk_id = r.desk_id AND v.points = r.points AND v.due_on >= r.redeemed_on AND v.seq < r.seq),
        EXISTS (SELECT 1 FROM slip_settlement x WHERE x.seq = r.seq AND x.outcome = 'debt'),
        DAY(s.reserved_on)
    FROM redemption r LEFT JOIN collective c ON c.id = r.collective_id LEFT JOIN agency a ON a.id = r.collected_by
        LEFT JOIN reservation s ON s.id = r.reservation_id
    WHERE r.seq >= :seq ORDER BY r.seq"""

_REDEMPTION_ITEMS = """
    SELECT COALESCE(r.seq, 0), ID(i.redemption_id), i.line, ID(i.prize_id), p.unit_id, i.quantity, i.cost_points,
        i.prize_class
    FROM redemption_item i LEFT JOIN redemption r ON r.id = i.redemption_id LEFT JOIN prize p ON p.id = i.prize_id
    WHERE r.seq >= :seq OR r.seq IS NULL ORDER BY 1, i.line"""

_RECEIPTS = """
    SELECT r.seq, ID(r.id), ID(r.desk_id), ID(r.prize_id), p.unit_id, r.quantity, DAY(r.best_before), ID(r.recorded_by)
    FROM stock_receipt r LEFT JOIN prize p ON p.id = r.prize_id WHERE r.seq >= :seq ORDER BY r.seq"""

_STOCK_EXPECTED = """
    SELECT ID(desk_id), unit_id, CAST(SUM(quantity) AS bigint) FROM (
        SELECT r.desk_id, p.unit_id, r.quantity
        FROM stock_receipt r LEFT JOIN prize p ON p.id = r.prize_id
        WHERE NOT EXISTS (SELECT 1 FROM "transaction" t WHERE t.reverses = r.seq)
        UNION ALL
        SELECT r.desk_id, p.unit_id, -i.quantity
        FROM redemption_item i JOIN redemption r ON r.id = i.redemption_id LEFT JOIN prize p ON p.id = i.prize_id
        WHERE NOT EXISTS (SELECT 1 FROM "transaction" t WHERE t.reverses = r.seq)
        UNION ALL
        SELECT t.from_desk_id, p.unit_id, -i.quantity
        FROM stock_transfer_item i JOIN stock_transfer t ON t.id = i.transfer_id LEFT JOIN prize p ON p.id = i.prize_id
        UNION ALL
        SELECT t.to_desk_id, p.unit_id, i.quantity
        FROM stock_transfer_item i JOIN stock_transfer t ON t.id = i.transfer_id LEFT JOIN prize p ON p.id = i.prize_id
        UNION ALL
        SELECT r.desk_id, p.unit_id, l.counted - l.expected
        FROM stock_settlement x JOIN stock_report r ON r.id = x.report_id
        JOIN stock_report_line l ON l.report_id = r.id LEFT JOIN prize p ON p.id = l.prize_id
        WHERE x.decision = 'confirm'
        UNION ALL
        SELECT r.desk_id, p.unit_id, -i.quantity
        FROM refund f JOIN redemption r ON r.id = f.redemption_id JOIN redemption_item i ON i.redemption_id = r.id
        LEFT JOIN prize p ON p.id = i.prize_id
        WHERE f.goods = 'damaged'
    ) AS goods GROUP BY desk_id, unit_id"""


def redemptions(view: View, from_seq: int = FIRST) -> Iterator[RedemptionRead]:
    return view.from_seq(RedemptionRead._make, _REDEMPTIONS, from_seq)


def redemption_items(view: View, from_seq: int = FIRST) -> Iterator[RedemptionItemRead]:
    return view.from_seq(RedemptionItemRead._make, _REDEMPTION_ITEMS, from_seq)


def receipts(view: View, from_seq: int = FIRST) -> Iterator[ReceiptRead]:
    return view.from_seq(ReceiptRead._make, _RECEIPTS, from_seq)


def stock_expected(view: View) -> list[tuple[str, int | None, int]]:
    """(desk, unit, quantity) that what came, went, was handed out and was settled, and still stands, leaves on each
    shelf.
    """
    return [(desk, unit, quantity) for desk, unit, quantity in view.rows(_STOCK_EXPECTED)]
