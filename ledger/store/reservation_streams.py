"""Reservations row by row, for the audit: what was set aside, and what was given up. Ordered as in streams.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.store.reads import MarkRead
from ledger.store.streams import FIRST, MARK, View


class ReservationRead(NamedTuple):
    seq: int
    id: str
    volunteer_id: str
    desk_id: str
    household_id: str | None
    collective_id: str | None
    reserved_on: str
    due_on: str
    points: int
    recorded_by: str


class ReservationItemRead(NamedTuple):
    seq: int
    """0 where its reservation is gone."""
    line: int
    prize_id: str
    unit_id: int | None
    quantity: int
    cost_points: int
    prize_class: str


class ReleaseRead(NamedTuple):
    seq: int
    id: str
    reservation_id: str
    ending: str
    released_by: str
    reservation_seq: int | None
    """None where its reservation is gone."""
    due_on: str | None
    is_collected: bool


class EndedLegRead(NamedTuple):
    """One leg of a reservation, under the seq of what ended it: a redemption or a release."""

    seq: int
    debit_account_id: int
    credit_account_id: int
    amount: int


_RESERVATIONS = """
    SELECT seq, ID(id), ID(volunteer_id), ID(desk_id), ID(household_id), ID(collective_id), DAY(reserved_on),
        DAY(due_on), points, ID(recorded_by)
    FROM reservation WHERE seq >= :seq ORDER BY seq"""

_ITEMS = """
    SELECT COALESCE(r.seq, 0), i.line, ID(i.prize_id), p.unit_id, i.quantity, i.cost_points, i.prize_class
    FROM reservation_item i LEFT JOIN reservation r ON r.id = i.reservation_id LEFT JOIN prize p ON p.id = i.prize_id
    WHERE r.seq >= :seq OR r.seq IS NULL ORDER BY 1, i.line"""

_RELEASES = """
    SELECT x.seq, ID(x.id), ID(x.reservation_id), x.ending, ID(x.released_by), r.seq, DAY(r.due_on),
        EXISTS (SELECT 1 FROM redemption c WHERE c.reservation_id = x.reservation_id)
    FROM reservation_release x LEFT JOIN reservation r ON r.id = x.reservation_id
    WHERE x.seq >= :seq ORDER BY x.seq"""

_ENDED_LEGS = """
    SELECT e.seq, m.debit_account_id, m.credit_account_id, m.amount FROM (
        SELECT seq, reservation_id FROM redemption WHERE reservation_id IS NOT NULL
        UNION ALL
        SELECT seq, reservation_id FROM reservation_release
    ) AS e JOIN reservation r ON r.id = e.reservation_id JOIN transfer m ON m.seq = r.seq
    WHERE e.seq >= :seq ORDER BY e.seq, m.leg"""

_RELEASED_MARKS = f"""
    SELECT x.seq, {MARK} FROM reservation_release x JOIN reservation r ON r.id = x.reservation_id
    JOIN mark m ON m.seq = r.seq WHERE x.ending <> 'forfeited' AND x.seq >= :seq ORDER BY x.seq, m.line"""


_STANDS = """NOT EXISTS (SELECT 1 FROM redemption c WHERE c.reservation_id = v.id)
        AND NOT EXISTS (SELECT 1 FROM reservation_release x WHERE x.reservation_id = v.id)"""

_HELD = f"""
    SELECT ID(owner_id), unit_id, CAST(SUM(amount) AS bigint) FROM (
        SELECT COALESCE(v.collective_id, v.volunteer_id) AS owner_id, 1 AS unit_id, v.points AS amount
        FROM reservation v WHERE v.seq >= :seq AND {_STANDS}
        UNION ALL
        SELECT v.desk_id, p.unit_id, i.quantity FROM reservation_item i
        JOIN reservation v ON v.id = i.reservation_id LEFT JOIN prize p ON p.id = i.prize_id
        WHERE v.seq >= :seq AND {_STANDS}
    ) AS held GROUP BY owner_id, unit_id"""


def held(view: View) -> dict[tuple[str, int | None], int]:
    """What reservations that stand hold: points by who paid, and goods at each desk, by unit."""
    return {(owner, unit): int(amount) for owner, unit, amount in view.from_seq(tuple, _HELD, FIRST)}


def reservations(view: View, from_seq: int) -> Iterator[ReservationRead]:
    return view.from_seq(ReservationRead._make, _RESERVATIONS, from_seq)


def reservation_items(view: View, from_seq: int) -> Iterator[ReservationItemRead]:
    return view.from_seq(ReservationItemRead._make, _ITEMS, from_seq)


def releases(view: View, from_seq: int) -> Iterator[ReleaseRead]:
    return view.from_seq(ReleaseRead._make, _RELEASES, from_seq)


def ended_legs(view: View, from_seq: int) -> Iterator[EndedLegRead]:
    return view.from_seq(EndedLegRead._make, _ENDED_LEGS, from_seq)


def released_marks(view: View, from_seq: int) -> Iterator[MarkRead]:
    """The marks of a reservation under the seq of the release that takes them back."""
    return view.from_seq(MarkRead._make, _RELEASED_MARKS, from_seq)
