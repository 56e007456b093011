"""Activities: what volunteers were asked to do, with the fields the law wants on a record (民政部令67 art. 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.core.accounts import Owner, OwnerKind
from ledger.people.organisations import Organisation
from ledger.store import rows
from ledger.store.rows import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    id: UUID
    organisation_id: UUID
    organisation_path: str
    title: str
    activity_type: str
    held_on: date
    place: str
    content: str
    person_in_charge: str
    is_volunteer_service: bool

    @property
    def organiser(self) -> Owner:
        """The organising unit, whose issuance account is the other side of its awards."""
        return Owner(OwnerKind.ORGANISATION, self.organisation_id)


def create(
    bank: Bank,
    by: By,
    *,
    organisation: Organisation,
    title: str,
    activity_type: str,
    held_on: date,
    place: str,
    content: str,
    person_in_charge: str,
    is_volunteer_service: bool = True,
) -> Activity:
    """A new activity of this organisation. What is not volunteer service earns no hours (民政部令67 art. 19)."""
    made = Activity(
        id=bank.world.new_id(),
        organisation_id=organisation.id,
        organisation_path=organisation.path,
        title=title,
        activity_type=activity_type,
        held_on=held_on,
        place=place,
        content=content,
        person_in_charge=person_in_charge,
        is_volunteer_service=is_volunteer_service,
    )
    with bank.changing(by) as change:
        row = {field: getattr(made, field) for field in Activity.__slots__ if field != "organisation_path"}
        change.add("activity", row | {"is_volunteer_service": int(made.is_volunteer_service), "created_at": change.now})
        change.audit("create", "activity", made.id, after={"title": title, "held_on": held_on})
    return made


def find(bank: Bank, id: UUID) -> Activity | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "activity", id=id)
    return from_row(row) if row else None


def find_all(bank: Bank, ids: Sequence[UUID]) -> dict[UUID, Activity]:
    """Those there are, by id."""
    with bank.store.reading() as connection:
        return {id: from_row(row) for id, row in rows.find_all(connection, "activity", ids).items()}


def page(bank: Bank, *, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[Activity]:
    """Activities, the newest first."""
    with bank.store.reading() as connection:
        found = rows.page(
            connection,
            "activity",
            order=("held_on", "id"),
            after=after,
            limit=limit,
            within=within,
            newest_first=True,
        )
    return Page([from_row(row) for row in found.items], found.after)


def from_row(row: Mapping[str, Any]) -> Activity:
    known = {field: row[field] for field in Activity.__slots__}
    return Activity(**known | {"is_volunteer_service": bool(row["is_volunteer_service"])})
