"""Reservations: what was set aside stands beside its lot, and goes over or back whole, once."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from ledger.core.accounts import POINTS, Purpose
from ledger.prizes.policy import Line, marks_of
from ledger.reading.findings import Findings
from ledger.reading.lanes import Lane
from ledger.reading.proofs.histories import Histories, cancelling, expected
from ledger.reading.proofs.standings import Leg, Standing, Standings, day_of
from ledger.store import reservation_streams
from ledger.store.reads import MarkRead, TransactionRead
from ledger.store.reservation_streams import EndedLegRead, ReleaseRead, ReservationRead
from ledger.store.streams import View


class Reservations:
    def __init__(self, view: View, from_seq: int, standings: Standings, histories: Histories, found: Findings) -> None:
        self._standings, self._histories, self._found = standings, histories, found
        self.reservations = Lane(reservation_streams.reservations(view, from_seq))
        self.items = Lane(reservation_streams.reservation_items(view, from_seq))
        self.releases = Lane(reservation_streams.releases(view, from_seq))
        self._ended = Lane(reservation_streams.ended_legs(view, from_seq))
        self._released_marks = Lane(reservation_streams.released_marks(view, from_seq))

    def lanes(self) -> dict[str, Lane[Any]]:
        """By table, for rows that no transaction asks for."""
        return {
            "reservation": self.reservations,
            "reservation_item": self.items,
            "reservation_release": self.releases,
        }

    def reservation(
        self, transaction: TransactionRead, legs: list[Leg] | None, record: ReservationRead, marks: list[MarkRead]
    ) -> dict[str, Any]:
        """What the client must have been told."""
        items = self.items.take(transaction.seq)
        goods: Counter[int | None] = Counter()
        for item in items:
            goods[item.unit_id] += item.quantity
        moved: Counter[int | None] = Counter()
        for leg in legs or ():
            moved[leg.unit_id] += leg.amount
        cost = sum(item.quantity * item.cost_points for item in items)
        for what, is_so in (
            ("id", record.id == transaction.id),
            ("recorded_by", record.recorded_by == transaction.actor_id),
            ("reserved_on", record.reserved_on == transaction.effective_on <= record.due_on),
            ("detail", transaction.detail == f'{{"due_on":"{record.due_on}"}}'),
            ("items", [item.line for item in items] == list(range(1, len(items) + 1))),
            ("points", record.points == cost),
            ("moves", legs is None or (all(_is_set_aside(leg, record) for leg in legs) and bool(legs))),
            ("goods", legs is None or moved == goods + Counter({POINTS: cost})),
        ):
            if not is_so:
                self._found.note("reservation_wrong", seq=transaction.seq, what=what)
        lines = [
            Line(UUID(one.prize_id), one.prize_class, one.quantity, one.quantity * one.cost_points) for one in items
        ]
        left = marks_of(UUID(record.volunteer_id), None, UUID(record.desk_id), day_of(record.reserved_on), lines)
        where = (record.volunteer_id, record.household_id, record.desk_id, None)
        self._histories.marks(transaction.seq, [(*where, *expected(kept.mark)) for kept in left], marks)
        return {"id": transaction.id, "points": record.points, "due_on": record.due_on, "desk_id": record.desk_id}

    def release(
        self, transaction: TransactionRead, legs: list[Leg] | None, record: ReleaseRead, marks: list[MarkRead]
    ) -> dict[str, Any]:
        """What the client must have been told."""
        seq = transaction.seq
        reserved = self._ended.take(seq)
        told = f'{{"ending":"{record.ending}","reservation_seq":{record.reservation_seq or 0}}}'
        due_on = record.due_on or ""
        for what, is_so in (
            ("id", record.id == transaction.id),
            ("released_by", record.released_by == transaction.actor_id),
            ("reservation_id", (record.reservation_seq or seq) < seq and not record.is_collected),
            ("detail", transaction.detail == told),
            ("ending", record.ending == "cancelled" or due_on < transaction.effective_on),
            ("moves", legs is None or self._is_given_back(legs, reserved, is_forfeited=record.ending == "forfeited")),
        ):
            if not is_so:
                self._found.note("release_wrong", seq=seq, what=what)
        self._histories.marks(seq, map(cancelling, self._released_marks.take(seq)), marks)
        points = sum(move.amount for move in reserved if self._unit(move) == POINTS)
        back = 0 if record.ending == "forfeited" else points
        return {"id": record.reservation_id, "state": record.ending, "points": back}

    def collected(self, transaction: TransactionRead, legs: list[Leg] | None) -> None:
        """A redemption of what was reserved takes exactly what was set aside, beside what is reset."""
        reserved = self._ended.take(transaction.seq)
        if legs is None:
            return
        taken = Counter((leg.debit.id, leg.amount) for leg in legs if leg.credit.purpose is not Purpose.LAPSED)
        if taken != Counter((move.credit_account_id, move.amount) for move in reserved):
            self._found.note("redemption_wrong", seq=transaction.seq, what="reservation")

    def close(self, view: View) -> None:
        """What is held is what reservations that stand hold, and nothing else."""
        stored, right = self._standings.set_aside(), reservation_streams.held(view)
        for owner, unit in sorted(stored.keys() | right.keys(), key=str):
            has, should = stored.get((owner, unit), 0), right.get((owner, unit), 0)
            if has != should:
                self._found.note("held_wrong", owner=owner, unit=unit or 0, stored=has, expected=should)

    def _is_given_back(self, legs: list[Leg], reserved: list[EndedLegRead], *, is_forfeited: bool) -> bool:
        """Out of what was set aside, all of it: goods to their batches; points to their lots or the debt, or lost."""
        taken: Counter[int] = Counter()
        came: Counter[int] = Counter()
        for move in reserved:
            taken[move.credit_account_id] += move.amount
        origins = {move.credit_account_id: move.debit_account_id for move in reserved}
        for leg in legs:
            came[leg.debit.id] += leg.amount
            if leg.unit_id == POINTS and is_forfeited:
                fits = leg.credit.purpose is Purpose.FORFEITED
            elif leg.unit_id == POINTS and leg.credit.purpose is Purpose.DEBT:
                fits = leg.credit.owner_id == leg.debit.owner_id
            else:
                fits = leg.credit.id == origins.get(leg.debit.id)
            if not fits:
                return False
        return taken == came

    def _unit(self, move: EndedLegRead) -> int | None:
        standing: Standing | None = self._standings.of(move.debit_account_id)
        return standing.unit_id if standing else None


def _is_set_aside(leg: Leg, record: ReservationRead) -> bool:
    lot, held = leg.debit, leg.credit
    paid_by = record.collective_id or record.volunteer_id
    owner, purpose = (paid_by, Purpose.WALLET) if leg.unit_id == POINTS else (record.desk_id, Purpose.STOCK)
    return (
        (lot.purpose, held.purpose) == (purpose, Purpose.HELD)
        and lot.owner_id == held.owner_id == owner
        and lot.expires_on == held.expires_on
    )
