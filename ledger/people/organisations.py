"""The tree of organisations: every object belongs to one, and rights flow down it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.store import rows
from ledger.store.rows import Page

LEVELS = ("district", "subdistrict", "community", "estate", "building", "team", "unit", "social")


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    id: UUID
    parent_id: UUID | None
    level: str
    name: str
    path: str
    """Ids from the root down, each closed by "/": what begins with it lies below."""

    @property
    def organisation_path(self) -> str:
        """Its own: an organisation belongs to itself."""
        return self.path


def create(bank: Bank, by: By, *, parent: Organisation | None, level: str, name: str) -> Organisation:
    """A new organisation below `parent`; without one it is the root (the district)."""
    id = bank.world.new_id()
    made = Organisation(
        id=id,
        parent_id=parent.id if parent else None,
        level=level,
        name=name,
        path=f"{parent.path if parent else ''}{id}/",
    )
    with bank.changing(by) as change:
        change.add(
            "organisation",
            {
                "id": id,
                "parent_id": made.parent_id,
                "level": level,
                "name": name,
                "path": made.path,
                "created_at": change.now,
            },
        )
        change.audit("create", "organisation", id, after={"level": level, "name": name})
    return made


def find(bank: Bank, id: UUID) -> Organisation | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "organisation", id=id)
    return _from(row) if row else None


def find_all(bank: Bank, ids: Sequence[UUID]) -> dict[UUID, Organisation]:
    """Those there are, by id."""
    with bank.store.reading() as connection:
        return {id: _from(row) for id, row in rows.find_all(connection, "organisation", ids).items()}


def root(bank: Bank) -> Organisation:
    """The district at the root of the tree."""
    with bank.store.reading() as connection:
        row = rows.find(connection, "organisation", parent_id=None)
    if row is None:
        raise LookupError("this bank has no organisation yet: run `pioneer init`")
    return _from(row)


def page(bank: Bank, *, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[Organisation]:
    """Organisations at or below these paths, parents before children."""
    with bank.store.reading() as connection:
        found = rows.page(connection, "organisation", order=("path",), after=after, limit=limit, within=within)
    return Page([_from(row) for row in found.items], found.after)


def _from(row: dict[str, Any]) -> Organisation:
    return Organisation(
        id=row["id"], parent_id=row["parent_id"], level=row["level"], name=row["name"], path=row["path"]
    )
