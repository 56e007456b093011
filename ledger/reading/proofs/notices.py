"""Notices: each says to the letter what its entry binds, nothing was posted before its notice let it, and whoever
answered an objection had no hand in the record.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ledger.core.canonical import canonical
from ledger.reading.findings import Findings
from ledger.reading.proofs.standings import Leg
from ledger.service.notice_lines import digest_of, root_over
from ledger.service.objecting import objection_detail, resolution_detail
from ledger.service.publish_notice import notice_detail, snapshot_digest
from ledger.store.notice_streams import NoticedRead, NoticeLineRead, NoticeRead, ObjectionRead, ResolutionRead
from ledger.store.reads import TransactionRead


class Notices:
    def __init__(self, found: Findings) -> None:
        self._found = found

    def notice(
        self, transaction: TransactionRead, legs: list[Leg] | None, notice: NoticeRead, lines: list[NoticeLineRead]
    ) -> dict[str, Any]:
        """What its publisher must have been told."""
        row = notice._asdict()
        for what, is_so in (
            ("moves", not legs),
            ("id", notice.id == transaction.id),
            ("published_by", notice.published_by == transaction.actor_id),
            ("lines", [line.line for line in lines] == list(range(1, notice.lines + 1))),
            ("lines_root", root_over(line.digest for line in lines) == notice.lines_root),
            ("digest", snapshot_digest(row) == notice.digest),
            ("detail", transaction.detail == canonical(notice_detail(row)).decode()),
            ("begins_on", notice.begins_on == _day_after(transaction.effective_on)),
            ("ends_on", _is_long_enough(transaction.effective_on, notice)),
        ):
            if not is_so:
                self._found.note("notice_wrong", seq=transaction.seq, what=what)
        for line in lines:
            self._line(notice, line)
        return {
            "id": notice.id,
            "lines": notice.lines,
            "begins_on": notice.begins_on,
            "ends_on": notice.ends_on,
            "digest": notice.digest.hex(),
        }

    def _line(self, notice: NoticeRead, line: NoticeLineRead) -> None:
        is_erased = line.salt is None and line.shown is None
        if line.corrects_id is not None:
            due, once = line.upheld > 0, f"corrects {line.corrects_id}"
        elif line.record_id is not None:
            due = line.claims == 1 and not line.posted if notice.stage == "before" else line.posted == 1
            once = f"{notice.stage} {line.record_id}"
        else:
            due, once = True, line.once
        for what, is_so in (
            ("notice", line.notice_id == notice.id),
            ("text", line.text_id is not None and (line.salt is None) == (line.shown is None)),
            ("digest", is_erased or digest_of(line.salt or b"", line.shown or "") == line.digest),
            ("record", due),
            ("once", line.once == once),
        ):
            if not is_so:
                self._found.note("notice_line_wrong", seq=line.seq, line=line.line, what=what)

    def objection(self, transaction: TransactionRead, legs: list[Leg] | None, row: ObjectionRead) -> dict[str, Any]:
        """What whoever objected must have been told."""
        is_late = row.ends_on is not None and transaction.effective_on > row.ends_on
        detail = objection_detail(row.notice_id or "", row.line or 0, is_late=is_late)
        for what, is_so in (
            ("moves", not legs),
            ("id", row.id == transaction.id),
            ("line", row.notice_id is not None),
            ("record", row.record_id == row.line_record_id),
            ("is_late", bool(row.is_late) == is_late),
            ("detail", transaction.detail == canonical(detail).decode()),
        ):
            if not is_so:
                self._found.note("objection_wrong", seq=transaction.seq, what=what)
        return {"receipt_no": row.receipt_no, "state": "open", "is_late": bool(row.is_late)}

    def resolution(self, transaction: TransactionRead, legs: list[Leg] | None, row: ResolutionRead) -> dict[str, Any]:
        """What whoever answered must have been told."""
        seq = transaction.seq
        for what, is_so in (
            ("moves", not legs),
            ("resolved_by", row.resolved_by == transaction.actor_id),
            ("same_person", not row.concerned),
            ("objection", row.objection_seq is not None and row.objection_seq < seq),
            ("record", row.record_id == row.objected_record_id),
            (
                "detail",
                transaction.detail == canonical(resolution_detail(row.objection_seq or 0, row.outcome)).decode(),
            ),
        ):
            if not is_so:
                self._found.note("resolution_wrong", seq=seq, what=what)
        return {"id": row.objection_id, "state": row.outcome}

    def posted(self, seq: int, noticed: NoticedRead | None, *, notice_days: int, today: str) -> None:
        """A record was posted on a day; its route asks for so many days of notice before."""
        if noticed is None:
            return
        if notice_days or noticed.asked:
            if noticed.notice_seq is None or noticed.notice_seq > seq:
                self._found.note("posted_unnoticed", seq=seq)
            elif (noticed.ends_on or "") >= today:
                self._found.note("posted_on_notice", seq=seq, ends_on=noticed.ends_on or "")
        if noticed.objections:
            self._found.note("posted_against_objection", seq=seq, objections=noticed.objections)


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _is_long_enough(published_on: str, notice: NoticeRead) -> bool:
    """Days in a row are counted again; working days are at least as many, whatever the calendar said then."""
    length = (date.fromisoformat(notice.ends_on) - date.fromisoformat(published_on)).days
    return length >= notice.days if notice.in_working_days else length == notice.days
