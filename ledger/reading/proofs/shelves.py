"""Shelves: transfers lose nothing, reports say what the book said, two persons settle them, days follow each other."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ledger.core.accounts import Purpose
from ledger.core.entries import Kind
from ledger.prizes.shelves import LOST_REASONS
from ledger.reading.findings import Findings
from ledger.reading.lanes import Lane
from ledger.reading.proofs.standings import Leg, Standings
from ledger.store import shelf_streams
from ledger.store.reads import TransactionRead
from ledger.store.shelf_streams import StockReportLineRead
from ledger.store.streams import View


class Shelves:
    def __init__(self, view: View, from_seq: int, standings: Standings, found: Findings) -> None:
        self._view, self._from_seq = view, from_seq
        self._standings, self._found = standings, found
        self.transfers = Lane(shelf_streams.stock_transfers(view, from_seq))
        self.items = Lane(shelf_streams.stock_transfer_items(view, from_seq))
        self.reports = Lane(shelf_streams.stock_reports(view, from_seq))
        self.lines = Lane(shelf_streams.stock_report_lines(view, from_seq))
        self.settlements = Lane(shelf_streams.stock_settlements(view, from_seq))
        self.sessions = Lane(shelf_streams.desk_sessions(view, from_seq))
        self.refunds = Lane(shelf_streams.refunds(view, from_seq))
        self._settled = Lane(shelf_streams.settled_lines(view, from_seq))

    def lanes(self) -> dict[str, Lane[Any]]:
        """By table, for rows that no transaction asks for."""
        return {
            "stock_transfer": self.transfers,
            "stock_transfer_item": self.items,
            "stock_report": self.reports,
            "stock_report_line": self.lines,
            "stock_settlement": self.settlements,
            "desk_session": self.sessions,
            "refund": self.refunds,
        }

    def transfer(
        self, transaction: TransactionRead, legs: list[Leg] | None, record: shelf_streams.StockTransferRead
    ) -> dict[str, Any]:
        """What the client must have been told."""
        items = self.items.take(transaction.seq)
        wanted: Counter[int | None] = Counter()
        for item in items:
            wanted[item.unit_id] += item.quantity
        moved: Counter[int | None] = Counter()
        for leg in legs or ():
            moved[leg.unit_id] += leg.amount
        self._note(
            "transfer_wrong",
            transaction,
            id=record.id == transaction.id,
            recorded_by=record.recorded_by == transaction.actor_id,
            items=[item.line for item in items] == list(range(1, len(items) + 1)),
            moves=legs is None or all(_goes_over(leg, record) for leg in legs),
            goods=legs is None or wanted == moved,
        )
        return {
            "id": transaction.id,
            "items": [{"prize_id": item.prize_id, "quantity": item.quantity} for item in items],
        }

    def report(
        self, transaction: TransactionRead, legs: list[Leg] | None, record: shelf_streams.StockReportRead
    ) -> dict[str, Any]:
        """What the client must have been told."""
        lines = self.lines.take(transaction.seq)
        stood = [self._standings.shelf(record.desk_id, line.unit_id, line.best_before) for line in lines]
        is_close = record.kind == "day_close"
        self._note(
            "report_wrong",
            transaction,
            id=record.id == transaction.id,
            reported_by=record.reported_by == transaction.actor_id,
            reported_on=record.reported_on == transaction.effective_on,
            kind=transaction.detail == f'{{"report":"{record.kind}"}}' and is_close == (record.session_id is not None),
            session=record.session_id is None or (record.session_desk_id == record.desk_id and not record.is_late),
            moves=not legs,
            expected=[line.expected for line in lines] == stood,
            whole=not is_close
            or self._standings.shelved(record.desk_id) <= {(line.unit_id, line.best_before) for line in lines},
        )
        differences = sum(1 for line in lines if line.expected != line.counted)
        return {"id": transaction.id, "kind": record.kind, "state": "reported", "differences": differences}

    def settlement(
        self, transaction: TransactionRead, legs: list[Leg] | None, record: shelf_streams.StockSettlementRead
    ) -> dict[str, Any]:
        """What the client must have been told."""
        lines = self._settled.take(transaction.seq)
        told = f'{{"decision":"{record.decision}","report_seq":{record.report_seq or 0}}}'
        self._note(
            "settlement_wrong",
            transaction,
            id=record.id == transaction.id,
            settled_by=record.settled_by == transaction.actor_id != record.reported_by,
            report=(record.report_seq or transaction.seq) < transaction.seq,
            session=record.session_id == record.report_session_id
            and record.last_close_seq in (None, record.report_seq),
            detail=transaction.detail == told,
            moves=legs is None or _settled(legs, record.desk_id, lines),
        )
        return {"id": record.report_id, "state": f"{record.decision}ed"}

    def session(
        self, transaction: TransactionRead, legs: list[Leg] | None, record: shelf_streams.DeskSessionRead
    ) -> dict[str, Any]:
        """What the client must have been told."""
        self._note(
            "session_wrong",
            transaction,
            id=record.id == transaction.id,
            opened_by=record.opened_by == transaction.actor_id,
            opened_on=record.opened_on == transaction.effective_on,
            detail=transaction.detail == f'{{"desk":"{record.desk_id}"}}',
            follows=bool(record.is_next),
            moves=not legs,
        )
        return {"id": transaction.id, "desk_id": record.desk_id}

    def refund(self, transaction: TransactionRead, legs: list[Leg] | None) -> None:
        """Of a reversal of a redemption, if it is one: another person did it, and what was damaged was written off."""
        records = self.refunds.take(transaction.seq)
        if transaction.kind != Kind.REVERSAL or len(records) > 1:
            for _ in records:
                self._found.note("record_unexpected", seq=transaction.seq, table="refund", kind=transaction.kind)
            return
        spoiled = sum(leg.amount for leg in legs or () if leg.credit.purpose is Purpose.WRITTEN_OFF)
        for record in records:
            self._note(
                "refund_wrong",
                transaction,
                id=record.id == transaction.id,
                refunded_by=record.refunded_by == transaction.actor_id != record.recorded_by,
                redemption_id=record.redemption_seq == transaction.reverses,
                goods=legs is None or spoiled == (record.quantity if record.goods == "damaged" else 0),
            )
        if not records and spoiled:
            self._found.note("refund_wrong", seq=transaction.seq, what="goods")

    def close(self) -> None:
        """Nothing was handed over at a desk between two days."""
        for seq in shelf_streams.handed_out_closed(self._view, self._from_seq):
            self._found.note("desk_was_closed", seq=seq)

    def _note(self, code: str, transaction: TransactionRead, **holds: bool) -> None:
        for what, is_so in holds.items():
            if not is_so:
                self._found.note(code, seq=transaction.seq, what=what)


def _goes_over(leg: Leg, record: shelf_streams.StockTransferRead) -> bool:
    giver, receiver = leg.debit, leg.credit
    return (
        (giver.purpose, receiver.purpose) == (Purpose.STOCK, Purpose.STOCK)
        and (giver.owner_id, receiver.owner_id) == (record.from_desk_id, record.to_desk_id)
        and giver.expires_on == receiver.expires_on
    )


def _settled(legs: list[Leg], desk: str | None, lines: list[StockReportLineRead]) -> bool:
    """Whether exactly the differences moved, each where its reason sends it."""
    wanted = Counter(
        (line.unit_id, line.best_before, _beyond(line.reason), line.counted - line.expected)
        for line in lines
        if line.counted != line.expected
    )
    moved: Counter[tuple[int | None, str, str, int]] = Counter()
    for leg in legs:
        is_in = leg.credit.purpose is Purpose.STOCK
        shelf, beyond = (leg.credit, leg.debit) if is_in else (leg.debit, leg.credit)
        if shelf.purpose is not Purpose.STOCK or not shelf.owner_id == beyond.owner_id == desk:
            return False
        moved[leg.unit_id, shelf.expires_on, beyond.purpose.value, leg.amount if is_in else -leg.amount] += 1
    return wanted == moved


def _beyond(reason: str | None) -> str:
    return (Purpose.WRITTEN_OFF if reason in LOST_REASONS else Purpose.COUNTED).value
