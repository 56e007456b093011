"""The SQL of participations: what was said of somebody's part in an activity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from ledger.store.rows import Page, paged
from ledger.store.schema.participation import participation
from ledger.store.schema.people import volunteer

Row = Mapping[str, Any]


def page(connection: Connection, activity_id: UUID, *, after: Sequence[Any] | None, limit: int) -> Page[Row]:
    """Those of one activity, the earliest first."""
    statement = (
        select(participation, volunteer.c.volunteer_no)
        .join(volunteer, volunteer.c.id == participation.c.volunteer_id)
        .where(participation.c.activity_id == activity_id)
    )
    return paged(connection, statement, [participation.c.id], after, limit, newest_first=False)


def of_people(connection: Connection, ids: Iterable[UUID], activities: Iterable[UUID]) -> list[Row]:
    """What was said of these volunteers' parts in these activities."""
    statement = select(participation).where(
        participation.c.volunteer_id.in_(list(ids)), participation.c.activity_id.in_(list(activities))
    )
    return [dict(row) for row in connection.execute(statement).mappings()]
