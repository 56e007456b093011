"""Attendances: a record that is made of one says no more than it does, of whom it says it, when it says it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ledger.reading.findings import Findings
from ledger.store import claim_streams
from ledger.store.claim_streams import AttendedRead
from ledger.store.streams import View

_MINUTE = 60_000_000


class Attendances:
    def __init__(self, view: View, from_seq: int, zone: ZoneInfo, found: Findings) -> None:
        self._view, self._from_seq, self._zone, self._found = view, from_seq, zone, found

    def close(self) -> None:
        for row in claim_streams.attended(self._view, self._from_seq):
            for what, is_so in (
                ("attendance", row.is_there),
                ("session", row.is_closed),
                ("activity", row.is_of_activity),
                ("volunteer", row.is_of_volunteer),
                ("claim", not row.is_claimed_otherwise),
                ("times", self._fits(row)),
                ("capture_method", row.capture_method != "clocked" or _is_clocked(row)),
            ):
                if not is_so:
                    self._found.note("attendance_wrong", seq=row.seq, what=what)

    def _fits(self, row: AttendedRead) -> bool:
        """Within the attendance, on its day, and as many minutes as lie between."""
        if row.began_at is None or row.ended_at is None or row.in_at is None or row.session_ends_at is None:
            return False
        day = datetime.fromtimestamp(row.began_at // 1_000_000, UTC).astimezone(self._zone).date().isoformat()
        last = row.session_ends_at if row.out_at is None else row.out_at
        return (
            day == row.served_on
            and row.ended_at - row.began_at == row.minutes * _MINUTE
            and row.in_at - _MINUTE < row.began_at
            and row.ended_at <= last
        )


def _is_clocked(row: AttendedRead) -> bool:
    return row.captured == "clocked" and row.out_at is not None
