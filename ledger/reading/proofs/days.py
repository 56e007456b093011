"""Days: a transaction is dated on the day it was recorded; an award may look back, a lapse must."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ledger.core.entries import Kind
from ledger.reading.findings import Findings
from ledger.store.reads import TransactionRead

_SECOND = 1_000_000


_OF_ANOTHER_DAY = frozenset({Kind.AWARD, Kind.DEED})
"""What may be recorded after its day."""


class Days:
    def __init__(self, zone: ZoneInfo, found: Findings) -> None:
        self._zone, self._found = zone, found
        self._begins = self._ends = 0
        self._today = ""

    def prove(self, transaction: TransactionRead) -> None:
        today, on, kind = self.day(transaction.recorded_at), transaction.effective_on, transaction.kind
        fits = on <= today if kind in _OF_ANOTHER_DAY else on < today if kind == Kind.LAPSE else on == today
        if not fits:
            self._found.note("day_wrong", seq=transaction.seq, on=on, today=today)

    def day(self, instant: int) -> str:
        """The business day of an instant: worked out once a day, since instants come in order."""
        if not self._begins <= instant < self._ends:
            day = datetime.fromtimestamp(instant // _SECOND, UTC).astimezone(self._zone).date()
            self._today = day.isoformat()
            self._begins = int(datetime.combine(day, time(), self._zone).timestamp()) * _SECOND
            self._ends = int(datetime.combine(day + timedelta(days=1), time(), self._zone).timestamp()) * _SECOND
        return self._today
