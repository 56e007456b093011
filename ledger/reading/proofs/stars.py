"""Stars: every promotion and demotion follows from what the person had, went through its notice, and was decided by
somebody else. Changes are few: all of them are read, so that a later beginning knows the way before it.

Which level of the tree somebody spoke for is in the roles of that day, not in these rows.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from ledger.core.canonical import canonical
from ledger.core.entries import Kind
from ledger.reading.findings import Findings
from ledger.reading.proofs.standings import Leg
from ledger.rules import Rulebook, Standing, held_level, standing_from, standing_recorded
from ledger.service.star_changes import APPROVE, Judged, change_detail, decision_detail, stars_after, still_due
from ledger.service.star_standings import ladder_of
from ledger.store import star_streams
from ledger.store.reads import TransactionRead
from ledger.store.star_streams import StarChangeRead, StarDecisionRead
from ledger.store.stars import Asked
from ledger.store.streams import View

OF_STARS = frozenset({Kind.STAR_CHANGE, Kind.STAR_DECISION})
ASKED_AT_ONCE = 500
"""Standings that are read from the rows together."""

Named = tuple[str | None, int | None]
"""Code and version of a rulebook."""


class _Saw(NamedTuple):
    """What one change or decision says somebody had, and how to find it out."""

    seq: int
    judged: Judged
    asked: tuple[Asked, ...]


class Stars:
    def __init__(
        self,
        view: View,
        from_seq: int,
        found: Findings,
        *,
        zone: ZoneInfo,
        points_scale: int,
        books: Mapping[Named, Rulebook],
        holding: Callable[[str, str], Named | None],
    ) -> None:
        """`books` by code and version; `holding` says which was in force for an organisation on a day."""
        self._view, self._from_seq, self._found = view, from_seq, found
        self._zone, self._points_scale = zone, points_scale
        self._books, self._holding = books, holding
        self._changes: dict[int, StarChangeRead] = {row.seq: row for row in star_streams.star_changes(view)}
        self._decisions: dict[int, StarDecisionRead] = {row.seq: row for row in star_streams.star_decisions(view)}
        self._granted: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._stars: dict[str, int] = {}
        self._open: dict[str, StarChangeRead] = {}
        self._proven: set[int] = set()
        self._waiting: list[_Saw] = []
        for seq in sorted({*self._changes, *self._decisions}):
            if seq < from_seq:
                self._remember(seq)

    def change(self, transaction: TransactionRead, legs: list[Leg] | None) -> dict[str, Any]:
        """What the client must have been told."""
        seq, row = transaction.seq, self._changes.get(transaction.seq)
        if row is None:
            self._found.note("record_missing", seq=seq, table="star_change")
            return {}
        judged = self._judged(transaction, row)
        if judged is not None:
            held = held_level(self._granted[row.volunteer_id], row.ladder_id, judged.ladders)
            until = date.fromisoformat(row.notice_until) if row.notice_until else None
            detail = change_detail(row.ladder_id, row.from_level, row.to_level, until)
            under_way = {(one.volunteer_id, one.ladder_id) for one in self._open.values()}
            for what, is_so in (
                ("moves", not legs),
                ("id", row.id == transaction.id),
                ("recorded_by", row.recorded_by == transaction.actor_id),
                ("detail", transaction.detail == canonical(detail).decode()),
                ("rulebook", self._is_in_force(row, judged)),
                ("under_way", (row.volunteer_id, row.ladder_id) not in under_way),
                ("from_level", row.from_level == held),
                ("to_level", row.to_level == judged.due(held) != held),
                ("notice", _is_long_enough(judged, transaction.effective_on, until)),
                ("approved_by", row.approved_by == (_approver(judged, row) or "")),
            ):
                if not is_so:
                    self._found.note("star_wrong", seq=seq, what=what)
            self._ask(seq, row, judged)
        self._remember(seq)
        return {
            "id": row.id,
            "from_level": row.from_level,
            "to_level": row.to_level,
            "notice_until": row.notice_until,
        }

    def decision(self, transaction: TransactionRead, legs: list[Leg] | None) -> dict[str, Any]:
        """What the client must have been told."""
        seq, row = transaction.seq, self._decisions.get(transaction.seq)
        if row is None:
            self._found.note("record_missing", seq=seq, table="star_decision")
            return {}
        change = self._open.get(row.change_id)
        judged = self._judged(transaction, row)
        if change is None or judged is None:
            self._found.note("star_wrong", seq=seq, what="change")
            self._remember(seq)
            return {"id": row.change_id, "decision": row.decision}
        approved = row.decision == APPROVE
        held, level = change.from_level, change.to_level
        after = level if approved else held
        stars = self._stars.get(row.volunteer_id, 0)
        if approved:
            stars = stars_after(self._granted[row.volunteer_id], row.ladder_id, after, judged.ladders)
        for what, is_so in (
            ("moves", not legs),
            ("id", row.id == transaction.id),
            ("recorded_by", row.recorded_by == transaction.actor_id),
            ("detail", transaction.detail == canonical(decision_detail(change.seq, row.decision)).decode()),
            ("volunteer", (row.volunteer_id, row.ladder_id) == (change.volunteer_id, change.ladder_id)),
            ("self_approval", not approved or row.recorded_by != change.recorded_by),
            ("notice", not approved or (change.notice_until or "") < transaction.effective_on),
            ("due", not approved or still_due(judged.due(held), held, level)),
            ("level", (row.level, row.star_level) == (after, stars)),
            ("measured_on", row.measured_on == transaction.effective_on),
        ):
            if not is_so:
                self._found.note("star_wrong", seq=seq, what=what)
        self._ask(seq, row, judged)
        self._remember(seq)
        return {"id": row.change_id, "decision": row.decision, "level": row.level, "star_level": row.star_level}

    def strays(self, transaction: TransactionRead) -> None:
        """Rows of a change or a decision beside a transaction of another kind."""
        seq, kind = transaction.seq, transaction.kind
        for table, rows, own in (
            ("star_change", self._changes, Kind.STAR_CHANGE),
            ("star_decision", self._decisions, Kind.STAR_DECISION),
        ):
            if seq in rows and kind != own:
                self._found.note("record_unexpected", seq=seq, table=table, kind=kind)
                self._proven.add(seq)

    def close(self) -> None:
        self._prove_standings()
        for table, rows in (("star_change", self._changes), ("star_decision", self._decisions)):
            for seq in rows:
                if seq >= self._from_seq and seq not in self._proven:
                    self._found.note("row_astray", seq=seq, table=table)

    def _remember(self, seq: int) -> None:
        self._proven.add(seq)
        if (change := self._changes.get(seq)) is not None:
            self._open[change.id] = change
        if (decision := self._decisions.get(seq)) is not None:
            self._open.pop(decision.change_id, None)
            if decision.decision == APPROVE:
                self._granted[decision.volunteer_id].append((decision.ladder_id, decision.level))
                self._stars[decision.volunteer_id] = decision.star_level

    def _judged(self, transaction: TransactionRead, row: StarChangeRead | StarDecisionRead) -> Judged | None:
        """What somebody was judged by, as it was recorded; None, and noted, where that cannot be read."""
        code, version = transaction.rulebook_code, transaction.rulebook_version
        try:
            inputs = json.loads(row.inputs)
            book = self._books[code, version] if code else None
            ladder, ladders = ladder_of(book, row.ladder_id, inputs)
            return Judged(
                ladder=ladder,
                ladders=ladders,
                rulebook=(code, version) if code and version else None,
                points_scale=self._points_scale,
                standing=standing_from(inputs["standing"]),
                measured_on=date.fromisoformat(row.measured_on),
                as_of_seq=row.as_of_seq,
            )
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            self._found.note("inputs_unreadable", seq=row.seq)
            return None

    def _is_in_force(self, row: StarChangeRead, judged: Judged) -> bool:
        """Whether this book's ladders held there on the day; without a book, whether none there had a ladder."""
        held = self._holding(row.organisation_id, row.measured_on)
        if judged.rulebook is not None:
            return held == judged.rulebook
        book = self._books.get(held) if held else None  # one that cannot be read was noted before
        return book is None or not book.ladders

    def _ask(self, seq: int, row: StarChangeRead | StarDecisionRead, judged: Judged) -> None:
        """That the standing is what the rows before it say; asked of many together."""
        if row.as_of_seq >= seq:
            self._found.note("star_wrong", seq=seq, what="as_of_seq")
            return
        book = self._books[judged.rulebook] if judged.rulebook else None
        windows = judged.ladder.windows(judged.measured_on, book.year_begins if book else 1)
        asked = tuple(Asked(UUID(row.volunteer_id), first, last, row.as_of_seq + 1) for first, last in windows)
        self._waiting.append(_Saw(seq, judged, asked))
        if len(self._waiting) >= ASKED_AT_ONCE:
            self._prove_standings()

    def _prove_standings(self) -> None:
        waiting, self._waiting = self._waiting, []
        had = iter(star_streams.star_standings(self._view, [one for saw in waiting for one in saw.asked], self._zone))
        for saw in waiting:
            best: Standing = saw.judged.ladder.best([next(had) for _ in saw.asked])
            if standing_recorded(best) != standing_recorded(saw.judged.standing):
                self._found.note("star_wrong", seq=saw.seq, what="standing")


def _is_long_enough(judged: Judged, proposed_on: str, until: date | None) -> bool:
    """Whether the notice lasts as many days as the ladder asks. Of working days there are never more than days: which
    they were is for the calendar of that time to say.
    """
    if not judged.ladder.notice_days or until is None:
        return not judged.ladder.notice_days and until is None
    shortest = date.fromisoformat(proposed_on) + timedelta(days=judged.ladder.notice_days)
    return until >= shortest if judged.ladder.working_days else until == shortest


def _approver(judged: Judged, row: StarChangeRead) -> str | None:
    """The level that decides; None too where the levels are none of the ladder."""
    if max(row.from_level, row.to_level) > len(judged.ladder.levels) or min(row.from_level, row.to_level) < 0:
        return None
    return judged.ladder.approver(row.from_level, row.to_level)
