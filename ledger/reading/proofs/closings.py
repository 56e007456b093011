"""Closings: an account ends empty by what its record says, and nothing of it moves afterwards but by undoing that."""

from __future__ import annotations

from typing import Any

from ledger.core.accounts import POINTS, Purpose
from ledger.core.entries import Kind
from ledger.reading.findings import Findings
from ledger.reading.proofs.standings import Leg
from ledger.store import closing_streams
from ledger.store.closing_streams import ClosingRead
from ledger.store.reads import TransactionRead
from ledger.store.streams import View

_POINTS_OF_A_PERSON = (Purpose.WALLET, Purpose.HELD, Purpose.DEBT)
_MINUTES_OF_A_PERSON = (Purpose.CLOCKED, Purpose.HONORARY)
_REASONS = {Kind.CLOSING: ("left", "died"), Kind.MERGE: ("merged",)}


class Closings:
    def __init__(self, view: View, from_seq: int, found: Findings) -> None:
        self._found = found
        self._closed = {
            row.volunteer_id: row.seq for row in closing_streams.closings_standing(view, before_seq=from_seq)
        }

    def prove(self, transaction: TransactionRead, legs: list[Leg] | None, record: ClosingRead) -> dict[str, Any]:
        """What the client must have been told."""
        taken = sum(leg.amount for leg in legs or () if leg.debit.owner_id == record.volunteer_id and _is_lot(leg))
        for what, is_so in (
            ("id", record.id == transaction.id),
            ("recorded_by", record.recorded_by == transaction.actor_id),
            ("reason", record.reason in _REASONS[Kind(transaction.kind)]),
            ("points", legs is None or record.points == taken),
            ("moves", legs is None or all(_is_shaped(leg, record) for leg in legs)),
        ):
            if not is_so:
                self._found.note("closing_wrong", seq=transaction.seq, what=what)
        self._closed[record.volunteer_id] = transaction.seq
        return {"id": transaction.id, "points": record.points}

    def pass_by(self, transaction: TransactionRead, legs: list[Leg] | None) -> None:
        """Any transaction: it moves nothing of a closed account, unless it undoes the closing or is it."""
        if not self._closed:
            return
        if transaction.reverses is not None:
            self._closed = {who: seq for who, seq in self._closed.items() if seq != transaction.reverses}
        for leg in legs or ():
            for side in (leg.debit, leg.credit):
                if self._closed.get(side.owner_id, transaction.seq) != transaction.seq:
                    self._found.note("closed_moved", seq=transaction.seq, account=side.id)


def _is_lot(leg: Leg) -> bool:
    return leg.unit_id == POINTS and leg.debit.purpose is Purpose.WALLET


def _is_shaped(leg: Leg, record: ClosingRead) -> bool:
    """Between the volunteer and whoever takes over, within points or within the same kind of minutes; or a sink."""
    debit, credit = leg.debit, leg.credit
    who = {record.volunteer_id, record.heir_id}
    if leg.unit_id != POINTS:
        return (
            (debit.owner_id, credit.owner_id) == (record.volunteer_id, record.heir_id)
            and debit.purpose is credit.purpose
            and debit.purpose in _MINUTES_OF_A_PERSON
        )
    if Purpose.FORFEITED in (debit.purpose, credit.purpose):
        other = credit if debit.purpose is Purpose.FORFEITED else debit
        return other.owner_id == record.volunteer_id and other.purpose in _POINTS_OF_A_PERSON
    return {debit.owner_id, credit.owner_id} == who and {debit.purpose, credit.purpose} <= set(_POINTS_OF_A_PERSON)
