"""What was held, and what of it was recorded: a few statements, however much there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from ledger.store import claims
from ledger.store.rows import below
from ledger.store.schema.people import organisation
from ledger.store.schema.reviews import service_claim
from ledger.store.schema.service import activity, activity_session, service_record

_WAITS = (
    select(service_claim.c.id)
    .where(service_claim.c.activity_id == activity.c.id, *claims.IS_OPEN)
    .correlate(activity)
    .exists()
)
_RECORDED = (
    select(service_record.c.id).where(service_record.c.activity_id == activity.c.id).correlate(activity).exists()
)
_HAS_SESSIONS = (
    select(activity_session.c.id).where(activity_session.c.activity_id == activity.c.id).correlate(activity).exists()
)
_OF_ACTIVITY = (
    activity.c.id.label("activity_id"),
    activity.c.organisation_id,
    organisation.c.path.label("organisation_path"),
    organisation.c.name.label("organisation_name"),
    activity.c.title,
    activity.c.held_on,
    activity.c.closed_at.label("activity_closed_at"),
)


def held(connection: Connection, today: date, now: int, within: Sequence[str] | None) -> list[Mapping[str, Any]]:
    """Sessions that have ended, and activities without sessions whose day has passed, that may not be settled: not
    called off, volunteer service, and not closed with nothing waiting.
    """
    from_activity = activity.join(organisation, organisation.c.id == activity.c.organisation_id)
    real = (activity.c.cancelled_at.is_(None), activity.c.is_volunteer_service == 1)
    sessions = (
        select(*_OF_ACTIVITY, activity_session.c.id.label("session_id"), activity_session.c.starts_at)
        .add_columns(activity_session.c.ends_at, activity_session.c.closed_at)
        .select_from(from_activity.join(activity_session, activity_session.c.activity_id == activity.c.id))
        .where(*real, activity_session.c.ends_at <= now, activity_session.c.closed_at.is_(None) | _WAITS)
    )
    alone = (
        select(*_OF_ACTIVITY)
        .select_from(from_activity)
        .where(*real, activity.c.held_on < today, ~_HAS_SESSIONS)
        .where((activity.c.closed_at.is_(None) & ~_RECORDED) | _WAITS)
    )
    found: list[Mapping[str, Any]] = []
    nothing = {"session_id": None, "starts_at": None, "ends_at": None, "closed_at": None}
    for statement in (sessions, alone):
        if within is not None:
            statement = statement.where(below(within))
        found += [nothing | dict(row) for row in connection.execute(statement).mappings()]
    return found


def recorded(
    connection: Connection, activities: Sequence[UUID]
) -> dict[tuple[UUID, UUID | None, date], tuple[int, int]]:
    """(posted, waiting) by activity, session and day of service; what was recorded of no session stands under None."""
    if not activities:
        return {}
    keys = ("activity_id", "session_id", "served_on")
    arms = [
        select(*(made.c[name] for name in keys), func.count().label("posted" if made is service_record else "waiting"))
        .where(made.c.activity_id.in_(activities), *conditions)
        .group_by(*(made.c[name] for name in keys))
        for made, conditions in ((service_record, ()), (service_claim, claims.IS_OPEN))
    ]
    counts: dict[tuple[UUID, UUID | None, date], tuple[int, int]] = {}
    for at, arm in enumerate(arms):
        for *key, count in connection.execute(arm):
            posted, waiting = counts.get(tuple(key), (0, 0))
            counts[tuple(key)] = (count, waiting) if at == 0 else (posted, count)
    return counts
