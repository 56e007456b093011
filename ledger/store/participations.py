"""The SQL of participations: what was said of somebody's part in an activity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from ledger.store.rows import Page, beyond
from ledger.store.schema.participation import participation
from ledger.store.schema.people import volunteer
from ledger.store.schema.service import activity

Row = Mapping[str, Any]


def hold_still(connection: Connection, activity_id: UUID) -> None:
    """Whoever else wants to say something of this activity waits."""
    connection.execute(select(activity.c.id).where(activity.c.id == activity_id).with_for_update())


def page(connection: Connection, activity_id: UUID, *, after: Sequence[Any] | None, limit: int) -> Page[Row]:
    """Those of one activity, the earliest first."""
    statement = (
        select(participation, volunteer.c.volunteer_no)
        .join(volunteer, volunteer.c.id == participation.c.volunteer_id)
        .where(participation.c.activity_id == activity_id)
        .order_by(participation.c.id)
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(beyond([participation.c.id], after, newest_first=False))
    rows = [dict(row) for row in connection.execute(statement).mappings()]
    return Page(rows[:limit], (rows[limit - 1]["id"],) if len(rows) > limit else None)


def of_people(connection: Connection, ids: Iterable[UUID], activities: Iterable[UUID]) -> list[Row]:
    """What was said of these volunteers' parts in these activities."""
    statement = select(participation).where(
        participation.c.volunteer_id.in_(list(ids)), participation.c.activity_id.in_(list(activities))
    )
    return [dict(row) for row in connection.execute(statement).mappings()]
