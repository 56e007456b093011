"""Two records of one person at the same time: hours are given once, so the second waits until somebody has looked.

Where both say when they began, their times tell. Where one does not, the same activity on the same day is taken for the
same deed: a roster keyed twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ledger.core.books import Books
from ledger.core.posting import RowKey
from ledger.rules import Deed
from ledger.rules.deeds import MINUTES_OF_DAY

TABLES = ("service_claim", "service_record")
COLUMNS = "volunteer_id, served_on"


def asked(deed: Deed) -> Iterator[tuple[str, str, RowKey]]:
    """The rows that a deed of this person may overlap: those of its day, and of the nights before and after it."""
    days = {deed.served_on}
    if deed.starts_minute is not None:
        days |= {deed.served_on - timedelta(days=1), deed.served_on + timedelta(days=1)}
    for table in TABLES:
        yield from ((table, COLUMNS, (_person(deed), day)) for day in days)


def first_overlapped(facts: Books, deed: Deed, *, but: Collection[UUID]) -> UUID | None:
    """The claim or record that stood first among those this deed overlaps; None where there is none.

    `but` are those that do not count: rejected, withdrawn, void, reversed, or about to be.
    """
    for table, column, key in sorted(asked(deed), key=lambda one: (one[0], str(one[2]))):
        for row in facts.rows(table, column, key):
            if row["id"] not in but and is_overlap(row, _row(deed)):
                found: UUID = row["id"]
                return found
    return None


def is_overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two records of one person cannot both be: rows with their activity, day, begin and minutes."""
    if one["starts_minute"] is None or other["starts_minute"] is None:
        return bool(one["activity_id"] == other["activity_id"] and one["served_on"] == other["served_on"])
    return bool(_begins(one) < _begins(other) + other["minutes"] and _begins(other) < _begins(one) + one["minutes"])


def _begins(row: Mapping[str, Any]) -> int:
    """In minutes; what goes past midnight goes on into the next day."""
    day: date = row["served_on"]
    return day.toordinal() * MINUTES_OF_DAY + int(row["starts_minute"])


def _row(deed: Deed) -> Mapping[str, Any]:
    return {
        "activity_id": deed.activity,
        "served_on": deed.served_on,
        "starts_minute": deed.starts_minute,
        "minutes": deed.minutes,
    }


def _person(deed: Deed) -> UUID:
    if not isinstance(deed.person, UUID):
        raise TypeError("a deed that is recorded is somebody's")
    return deed.person
