"""Shelves: goods from desk to desk, what was counted or is to be written off, who confirmed it, and a desk's days."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Day, Id, Small, Words

REPORT_KINDS = ("stocktake", "write_off", "day_close")

stock_transfer = table(
    "stock_transfer",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("from_desk_id", Id, ForeignKey("desk.id")),
    column("to_desk_id", Id, ForeignKey("desk.id")),
    column("recorded_by", Id),
    append_only=True,
)

stock_transfer_item = table(
    "stock_transfer_item",
    column("transfer_id", Id, ForeignKey("stock_transfer.id")),
    column("line", Small),
    column("prize_id", Id, ForeignKey("prize.id")),
    column("quantity", Amount, CheckConstraint("quantity > 0", name="quantity")),
    PrimaryKeyConstraint("transfer_id", "line"),
    append_only=True,
)

desk_session = table(
    "desk_session",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("desk_id", Id, ForeignKey("desk.id")),
    # The session before it, or the desk itself: a desk has one at a time.
    column("follows", Id, unique=True),
    column("opened_on", Day),
    column("opened_by", Id),
    append_only=True,
)
Index("ix_desk_session_desk", desk_session.c.desk_id, desk_session.c.seq)

stock_report = table(
    "stock_report",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("kind", Words, CheckConstraint("kind IN ('stocktake', 'write_off', 'day_close')", name="kind")),
    column("desk_id", Id, ForeignKey("desk.id")),
    # The day that it closes.
    column("session_id", Id, ForeignKey("desk_session.id"), null=True),
    column("reported_on", Day),
    column("reported_by", Id),
    append_only=True,
)
Index("ix_stock_report_desk", stock_report.c.desk_id, stock_report.c.seq)
Index("ix_stock_report_session", stock_report.c.session_id)

stock_report_line = table(
    "stock_report_line",
    column("report_id", Id, ForeignKey("stock_report.id")),
    column("line", Small),
    column("prize_id", Id, ForeignKey("prize.id")),
    column("best_before", Day),
    column("expected", Amount, CheckConstraint("expected >= 0", name="expected")),
    column("counted", Amount, CheckConstraint("counted >= 0", name="counted")),
    column("reason", Words, null=True),
    PrimaryKeyConstraint("report_id", "line"),
    UniqueConstraint("report_id", "prize_id", "best_before"),
    CheckConstraint("expected = counted OR reason IS NOT NULL", name="reason"),
    append_only=True,
)

stock_settlement = table(
    "stock_settlement",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    # What the guard behind the decision is: a report is settled once.
    column("report_id", Id, ForeignKey("stock_report.id"), unique=True),
    # The day that it signs.
    column("session_id", Id, null=True),
    column("decision", Words, CheckConstraint("decision IN ('confirm', 'reject')", name="decision")),
    column("settled_by", Id),
    append_only=True,
)
Index("ix_stock_settlement_session", stock_settlement.c.session_id)
