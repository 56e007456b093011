"""Possible duplicates: pairs of registrations that look like one person, until somebody decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.people import volunteers
from ledger.people.volunteers import Volunteer
from ledger.store import rows
from ledger.store import volunteers as store
from ledger.store.rows import Page

REASONS = {
    "same_name_and_phone_tail": ("同名且手机尾号相同", "same name and the same last digits of the telephone"),
    "same_name_and_birth_date": ("同名且出生日期相同", "same name and the same day of birth"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """`volunteer` was registered after `other`."""

    id: UUID
    volunteer: Volunteer
    other: Volunteer
    reasons: tuple[str, ...]
    found_at: int

    @property
    def organisation_path(self) -> str:
        return self.volunteer.organisation_path


def page(bank: Bank, *, within: Sequence[str], after: UUID | None, limit: int) -> Page[Pair]:
    """Undecided pairs, the oldest first: the newer registration lies within these organisations."""
    with bank.store.reading() as connection:
        found = store.possible_duplicates(connection, within=within, after=after, limit=limit)
    return Page([pair for row in found.items if (pair := _pair(bank, row))], found.after)


def find(bank: Bank, id: UUID) -> Pair | None:
    """An undecided pair."""
    with bank.store.reading() as connection:
        row = rows.find(connection, "possible_duplicate", id=id, distinct_at=None)
    return _pair(bank, row) if row else None


def keep_apart(bank: Bank, by: By, pair: Pair) -> None:
    """They are two people: the pair is listed no more."""
    with bank.changing(by) as change:
        change.change("possible_duplicate", pair.id, {"distinct_by": by.actor, "distinct_at": change.now})
        change.audit("keep_apart", "volunteer", pair.volunteer.id, after={"other": pair.other.id})


def _pair(bank: Bank, row: dict[str, Any]) -> Pair | None:
    newer, older = (volunteers.find_by_id(bank, row[name]) for name in ("volunteer_id", "other_id"))
    if newer is None or older is None:
        return None
    return Pair(
        id=row["id"],
        volunteer=newer,
        other=older,
        reasons=tuple(row["reasons"].split()),
        found_at=row["found_at"],
    )
