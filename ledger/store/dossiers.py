"""The SQL of dossiers: what is kept of volunteers beside their service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select

from ledger.store.schema.dossiers import dossier_entry
from ledger.store.schema.people import organisation, volunteer

Row = Mapping[str, Any]


def find(connection: Connection, id: UUID) -> Row | None:
    row = connection.execute(_all().where(dossier_entry.c.id == id)).mappings().first()
    return dict(row) if row is not None else None


def of_people(
    connection: Connection, ids: Sequence[UUID], *, first: date = date.min, last: date = date.max
) -> list[Row]:
    """What stands of these people in these days, the earliest first."""
    made = dossier_entry.c
    statement = (
        _all()
        .where(made.volunteer_id.in_(ids), made.withdrawn_at.is_(None), made.on_day.between(first, last))
        .order_by(made.on_day, made.id)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def _all() -> Select[Any]:
    return (
        select(dossier_entry, volunteer.c.volunteer_no, organisation.c.path.label("organisation_path"))
        .join(volunteer, volunteer.c.id == dossier_entry.c.volunteer_id)
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
    )
