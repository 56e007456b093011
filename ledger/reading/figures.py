"""Figures: one organisation with all below it in one stretch of days, as a report tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.core.accounts import Purpose
from ledger.reading.spans import Span
from ledger.store.figures import Place
from ledger.store.party import Coverage

METHODS = ("clocked", "roster", "backfilled", "declared", "imported")
SINKS = {
    Purpose.ISSUANCE.value: "issued",
    Purpose.REDEEMED.value: "redeemed",
    Purpose.LAPSED.value: "lapsed",
    Purpose.ADJUSTMENT.value: "adjusted",
    Purpose.DONATED.value: "donated",
    Purpose.FORFEITED.value: "forfeited",
}
"""What a move is called by the account on its other side; any other is a move between people, or to honour."""
MOVES = tuple(SINKS.values())
NEEDS = (
    *("wishes", "wishes_fulfilled", "requests", "requests_accepted_late", "requests_closed"),
    *("requests_closed_late", "requests_minutes"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointFigures:
    """Points in the smallest unit, spendable, set aside, to be given away, and owed (below zero). `opening` and all the
    moves make `outstanding`; what leaves people's accounts is below zero.
    """

    opening: int
    issued: int
    redeemed: int
    lapsed: int
    adjusted: int
    donated: int
    forfeited: int
    moved: int
    outstanding: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrizeFigure:
    """One prize as it was handed out: items that were not given back, and what was paid for them."""

    prize_id: UUID
    title: str
    quantity: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One organisation with all below it, in one span."""

    organisation: Place
    span: Span
    volunteers: int
    """Registered and not closed at its end."""
    volunteers_new: int
    volunteers_left: int
    active: int
    """Different people who served."""
    records: int
    minutes: int
    minutes_by_method: Mapping[str, int]
    activities: int
    activities_by_type: Mapping[str, int]
    points: PointFigures
    redemptions: int
    prizes: int
    redeemed_prizes: Sequence[PrizeFigure]
    stars: Mapping[int, int]
    """How many hold so many stars at its end."""
    records_in_time: int
    """Recorded within the working days of 令67 art. 11 after the day of service."""
    records_late: int
    overdue: int | None
    """Held in this span and still to be recorded today, past its day; None where the report is of an earlier seq."""
    records_undone: int
    records_corrected: int
    certificates_issued: int
    certificates_revoked: int
    wishes: int
    """Collected; like all of wishes and requests as their lists have it now."""
    wishes_fulfilled: int
    requests: int
    requests_accepted_late: int
    requests_closed: int
    requests_closed_late: int
    requests_minutes: int
    """What the second clock counted for those that were closed, all together."""
    party: Coverage
    listed: Mapping[str, int]
    """Different people who stood on each list that a rulebook asks about: exclusions among them."""
    flags: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All organisations and spans, at one seq."""

    first_day: date
    last_day: date
    as_of_seq: int
    rows: Sequence[Figures]
