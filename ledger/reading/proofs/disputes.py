"""Disputes: each is about an entry of whoever disputes it, one at a time, and whoever answered had no hand in it."""

from __future__ import annotations

from typing import Any

from ledger.core.canonical import canonical
from ledger.reading.findings import Findings
from ledger.reading.lanes import Lane
from ledger.reading.proofs.standings import Leg
from ledger.service.disputing import MISSING, about_of, answer_detail, dispute_detail
from ledger.store import dispute_streams
from ledger.store.dispute_streams import DisputeAnswerRead, DisputeRead
from ledger.store.reads import TransactionRead
from ledger.store.streams import View


class Disputes:
    def __init__(self, view: View, from_seq: int, found: Findings) -> None:
        self._found = found
        self.disputes = Lane(dispute_streams.disputes(view, from_seq))
        self.answers = Lane(dispute_streams.answers(view, from_seq))

    def lanes(self) -> dict[str, Lane[Any]]:
        return {"dispute": self.disputes, "dispute_answer": self.answers}

    def dispute(self, transaction: TransactionRead, legs: list[Leg] | None, row: DisputeRead) -> dict[str, Any]:
        """What whoever disputed must have been told."""
        about = about_of(row.volunteer_id, row.disputed_seq, row.activity_id or "", row.day or "")
        is_missing = row.reason_code == MISSING
        for what, is_so in (
            ("moves", not legs),
            ("id", row.id == transaction.id),
            ("about", row.about == about),
            ("entry", is_missing or (row.theirs > 0 and (row.disputed_seq or 0) < transaction.seq)),
            ("missing", is_missing == (row.disputed_seq is None)),
            ("open", not row.open),
            ("detail", transaction.detail == canonical(dispute_detail(row.disputed_seq)).decode()),
        ):
            if not is_so:
                self._found.note("dispute_wrong", seq=transaction.seq, what=what)
        return {"id": row.id, "state": "open"}

    def answer(self, transaction: TransactionRead, legs: list[Leg] | None, row: DisputeAnswerRead) -> dict[str, Any]:
        """What whoever answered must have been told."""
        detail = answer_detail(row.dispute_seq or 0, row.outcome)
        for what, is_so in (
            ("moves", not legs),
            ("answered_by", row.answered_by == transaction.actor_id),
            ("same_person", not row.concerned),
            ("dispute", row.dispute_seq is not None and row.dispute_seq < transaction.seq),
            ("about", (row.disputer_id, row.disputed_about) == (row.volunteer_id, row.about)),
            ("detail", transaction.detail == canonical(detail).decode()),
        ):
            if not is_so:
                self._found.note("dispute_answer_wrong", seq=transaction.seq, what=what)
        return {"id": row.dispute_id, "state": row.outcome}
