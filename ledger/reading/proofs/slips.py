"""Paper slips: each number is from a book and counts once; what it became is what was written on it."""

from __future__ import annotations

from ledger.prizes.slip_numbers import is_number, serial_of
from ledger.reading.findings import Findings
from ledger.store import slip_streams
from ledger.store.slip_streams import SlipRead
from ledger.store.streams import View


class Slips:
    def __init__(self, view: View, from_seq: int, found: Findings) -> None:
        self._view, self._from_seq, self._found = view, from_seq, found

    def close(self) -> None:
        for row in slip_streams.slips(self._view, self._from_seq):
            for what, is_so in (
                ("number", _is_of_its_book(row)),
                ("redemption", row.state != "posted" or bool(row.is_redeemed)),
                ("settlement", row.outcome is None or row.state == "exception"),
                ("second", row.outcome is None or bool(row.is_second)),
                ("outcome", row.outcome is None or bool(_became(row))),
            ):
                if not is_so:
                    self._found.note("slip_wrong", slip_no=row.slip_no, what=what)


def _is_of_its_book(row: SlipRead) -> bool:
    if row.first_serial is None or row.slips is None or not is_number(row.slip_no):
        return False
    return row.first_serial <= serial_of(row.slip_no) < row.first_serial + row.slips


def _became(row: SlipRead) -> bool:
    return row.is_written_off if row.outcome == "loss" else row.is_redeemed_late
