"""How requests are doing: how many came in, how many were closed, what is overdue, and how long it took; live, by
estate, kind, channel or priority. Three statements, however many requests there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank
from ledger.people import organisations
from ledger.people.organisations import Organisation
from ledger.store import requests as store
from ledger.store.requests import Asked

Dimension = Literal["all", "estate", "kind", "channel", "priority"]
_SUMS = (
    *("received", "accepted", "closed", "open", "turned_away", "escalated", "reopened"),
    *("accept_overdue", "close_overdue", "closed_late"),
    *("accept_micros", "close_micros", "counted_minutes", "scored", "score"),
)
MINUTE = 60_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the report. Averages are None where there is nothing to take them of."""

    of: str
    """The estate, or the word of the kind, channel or priority; "all"."""
    organisation_id: UUID | None
    """Of an estate."""
    received: int
    accepted: int
    closed: int
    open: int
    turned_away: int
    """Declined or withdrawn."""
    escalated: int
    """Up with others now."""
    reopened: int
    accept_overdue: int
    """Not accepted in time, whether they were later or not."""
    close_overdue: int
    """Open although they should be closed."""
    closed_late: int
    accept_minutes: int | None
    """On average from received to accepted, round the clock."""
    close_minutes: int | None
    """On average from received to closed, round the clock."""
    counted_minutes: int | None
    """On average as the second clock counts them."""
    score_hundredths: int | None
    """What those who asked gave on average, 100 to 500."""


def report(
    bank: Bank, *, within: Sequence[str], since: date, until: date, by: Dimension, asked: Asked | None = None
) -> list[Line]:
    """Of what came in on these days, both included."""
    columns = {"all": [], "estate": ["organisation_id"]}.get(by, [by])
    first = _midnight(bank, since)
    with bank.store.reading() as connection:
        found = store.counted(
            connection,
            within=within,
            asked=asked or Asked(),
            since=first,
            until=_midnight(bank, until + timedelta(days=1)),
            now=bank.world.clock(),
            by=columns,
        )
    if by != "estate":
        return [_line(str(row[by]) if by != "all" else "all", None, [row]) for row in found if row["received"]]
    estates = _estates(bank, [row["organisation_id"] for row in found])
    gathered: dict[Organisation, list[Mapping[str, Any]]] = {}
    for row in found:
        gathered.setdefault(estates[row["organisation_id"]], []).append(row)
    lines = [_line(estate.name, estate.id, of) for estate, of in gathered.items()]
    return sorted(lines, key=lambda line: (-line.received, str(line.organisation_id)))


def _line(of: str, organisation_id: UUID | None, found: Sequence[Mapping[str, Any]]) -> Line:
    sums = {name: sum(int(row[name]) for row in found) for name in _SUMS}
    accept, close, counted = (sums.pop(name) for name in ("accept_micros", "close_micros", "counted_minutes"))
    scored, score = sums.pop("scored"), sums.pop("score")
    return Line(
        of=of,
        organisation_id=organisation_id,
        **sums,
        accept_minutes=accept // MINUTE // sums["accepted"] if sums["accepted"] else None,
        close_minutes=close // MINUTE // sums["closed"] if sums["closed"] else None,
        counted_minutes=counted // sums["closed"] if sums["closed"] else None,
        score_hundredths=100 * score // scored if scored else None,
    )


def _estates(bank: Bank, ids: Sequence[UUID]) -> dict[UUID, Organisation]:
    """The estate that each of these organisations is or belongs to; itself, where it is in none."""
    known = organisations.find_all(bank, sorted(set(ids)))
    above = {UUID(part) for each in known.values() for part in each.path.split("/") if part}
    places = organisations.find_all(bank, sorted(above))
    return {id: _estate(each, places) for id, each in known.items()}


def _estate(organisation: Organisation, places: Mapping[UUID, Organisation]) -> Organisation:
    above = [places[UUID(part)] for part in organisation.path.split("/") if part]
    return next((each for each in reversed(above) if each.level == "estate"), organisation)


def _midnight(bank: Bank, day: date) -> int:
    return int(datetime.combine(day, time(), bank.zone).timestamp()) * 1_000_000
