"""Two records of one person at the same time: hours are given once, so the second waits until somebody has looked.

Where both say when they began and ended, their times tell. Where one does not, the same activity on the same day is
taken for the same deed: a roster keyed twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from ledger.core.books import Books
from ledger.core.posting import RowKey
from ledger.service.awards import Award
from ledger.service.claim_states import SERVICE

TABLES = ("service_claim", "service_record")
COLUMNS = "volunteer_id, served_on"


def asked(award: Award) -> Iterator[tuple[str, str, RowKey]]:
    """The rows that what somebody did may overlap: those of its day, and of the nights before and after it."""
    days = [award.deed.served_on]
    if award.attended.began_at is not None:
        days += [days[0] - timedelta(days=1), days[0] + timedelta(days=1)]
    for table in TABLES:
        yield from ((table, COLUMNS, (award.volunteer.id, day)) for day in days)


def first_overlapped(facts: Books, award: Award, *, but: Collection[UUID]) -> UUID | None:
    """The claim or record that stood first among those this overlaps; None where there is none.

    `but` are those that do not count: rejected, withdrawn, void, reversed, or about to be.
    """
    own = award.attended.columns() | {"activity_id": award.activity, "served_on": award.deed.served_on}
    rows = (row for one in asked(award) for row in facts.rows(*one) if row["id"] not in but)
    found = [row for row in rows if row.get("kind", SERVICE) == SERVICE and is_overlap(row, own)]
    first: UUID | None = min(found, key=lambda row: row["seq"])["id"] if found else None
    return first


def is_overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two records of one person cannot both be: rows with their activity, day, begin and end."""
    if None in (one["began_at"], one["ended_at"], other["began_at"], other["ended_at"]):
        return bool(one["activity_id"] == other["activity_id"] and one["served_on"] == other["served_on"])
    return bool(one["began_at"] < other["ended_at"] and other["began_at"] < one["ended_at"])
