"""Credits for needs: whoever met a wish or a task was credited once, for what it says of itself, and with its value."""

from __future__ import annotations

import json
from typing import Any

from ledger.core.entries import Kind
from ledger.reading.findings import Findings
from ledger.reading.lanes import Lane
from ledger.store import need_streams
from ledger.store.need_streams import NeedCreditRead
from ledger.store.reads import TransactionRead
from ledger.store.streams import View

_CREDITED = (Kind.AWARD, Kind.DEED, Kind.CLAIM)
"""Kinds by which a need is credited."""
_MET = ("confirmed", "done")
"""What a wish and a task are once somebody is credited for them."""


class Needs:
    def __init__(self, view: View, from_seq: int, found: Findings) -> None:
        self._found = found
        self.credits = Lane(need_streams.need_credits(view, from_seq))

    def lanes(self) -> dict[str, Lane[Any]]:
        return {"need_credit": self.credits}

    def prove(self, transaction: TransactionRead) -> None:
        """Most transactions have none: what is recorded by itself answers no need."""
        seq = transaction.seq
        rows = self.credits.take(seq)
        if rows and (transaction.kind not in _CREDITED or len(rows) > 1):
            self._found.note("record_unexpected", seq=seq, table="need_credit", kind=transaction.kind)
            return
        for row in rows:
            for what, is_so in (
                ("id", row.id == row.record_id),
                ("volunteer", row.volunteer_id == row.record_volunteer),
                ("need", row.need_state in _MET),
                ("day", row.day == row.need_day),
                ("activity", row.activity_id is None or row.activity_id == row.need_activity),
                ("meeting", row.met > 0),
                ("value", _is_its_share(row)),
                ("once", row.credits == 1),
            ):
                if not is_so:
                    self._found.note("need_credit_wrong", seq=seq, what=what)


def _is_its_share(row: NeedCreditRead) -> bool:
    """What a wish is worth is shared in equal parts; what is left over went to those who claimed it first."""
    if row.worth is None or not row.shared_by:
        return True
    value = row.claimed_value
    if row.inputs is not None:
        try:
            value = json.loads(row.inputs).get("value", 0)
        except (ValueError, AttributeError):
            return True  # that they cannot be read is noted of the record
    each, over = divmod(row.worth, row.shared_by)
    return value is None or value == each or (over > 0 and value == each + 1)
