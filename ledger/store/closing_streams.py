"""Accounts that were closed or merged, row by row, for the audit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.store.streams import FIRST, View


class ClosingRead(NamedTuple):
    seq: int
    id: str
    volunteer_id: str
    reason: str
    heir_id: str | None
    points: int
    recorded_by: str


_CLOSINGS = """
    SELECT seq, ID(id), ID(volunteer_id), reason, ID(heir_id), points, ID(recorded_by)
    FROM closing WHERE seq >= :seq ORDER BY seq"""

_CLOSINGS_STANDING = """
    SELECT c.seq, ID(c.id), ID(c.volunteer_id), c.reason, ID(c.heir_id), c.points, ID(c.recorded_by)
    FROM closing c LEFT JOIN "transaction" r ON r.reverses = c.seq AND r.seq < :seq
    WHERE c.seq < :seq AND r.seq IS NULL ORDER BY c.seq"""


def closings(view: View, from_seq: int = FIRST) -> Iterator[ClosingRead]:
    return view.from_seq(ClosingRead._make, _CLOSINGS, from_seq)


def closings_standing(view: View, before_seq: int) -> Iterator[ClosingRead]:
    """Of those before a seq, the ones that nothing before it has undone."""
    return view.stream(ClosingRead._make, _CLOSINGS_STANDING, seq=before_seq)
