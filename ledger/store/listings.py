"""The SQL of listings: who stands on which list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select

from ledger.store.schema.listing import listing
from ledger.store.schema.people import organisation, volunteer

Row = Mapping[str, Any]


def find(connection: Connection, id: UUID) -> Row | None:
    row = connection.execute(_all().where(listing.c.id == id)).mappings().first()
    return dict(row) if row is not None else None


def of_volunteer(connection: Connection, volunteer_id: UUID) -> Sequence[Row]:
    """Every list this volunteer stands or stood on, the earliest first."""
    statement = _all().where(listing.c.volunteer_id == volunteer_id).order_by(listing.c.id)
    return [dict(row) for row in connection.execute(statement).mappings()]


def of_people(connection: Connection, ids: Iterable[UUID]) -> list[Row]:
    """The lists of these volunteers, with their days."""
    statement = select(
        listing.c.volunteer_id, listing.c.tag.label("kind"), listing.c.from_on, listing.c.until_on
    ).where(listing.c.volunteer_id.in_(list(ids)))
    return [dict(row) for row in connection.execute(statement).mappings()]


def _all() -> Select[Any]:
    return (
        select(listing, volunteer.c.volunteer_no, organisation.c.path.label("organisation_path"))
        .join(volunteer, volunteer.c.id == listing.c.volunteer_id)
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
    )
