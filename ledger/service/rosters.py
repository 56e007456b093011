"""Rosters (名册) as they stand: who is recorded in which activity, posted or waiting for reviewers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, Page
from ledger.people import masking
from ledger.store import rosters as store


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One record. `name` is masked where the volunteer belongs elsewhere (docs/decisions/0008)."""

    id: UUID
    state: str
    volunteer_no: str
    name: str
    activity_id: UUID
    activity_title: str
    served_on: date
    minutes: int
    capture_method: str
    evaluation: str | None
    points: int
    recorded_by: UUID
    seq: int


def page(
    bank: Bank,
    *,
    within: Sequence[str],
    activity_id: UUID | None = None,
    since: date | None = None,
    until: date | None = None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[RosterLine]:
    """Records of activities within reach, the latest day first; of one activity, or of days from and to these."""
    with bank.store.reading() as connection:
        found = store.lines(
            connection,
            within=within,
            activity_id=activity_id,
            since=since,
            until=until,
            after=after,
            limit=limit,
        )
    return Page([_from(row, tuple(within)) for row in found.items], found.after)


def _from(row: dict[str, Any], within: tuple[str, ...]) -> RosterLine:
    known = {name: row[name] for name in RosterLine.__slots__}
    is_guest = not row["volunteer_path"].startswith(within)
    return RosterLine(**known | ({"name": masking.masked(row["name"])} if is_guest else {}))
