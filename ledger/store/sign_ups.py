"""The SQL of sign-ups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, select

from ledger.store.rows import Page, paged
from ledger.store.schema.attendance import attendance, sign_up
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.service import activity, activity_session

_theirs = organisation.alias()
_came = (
    select(func.count())
    .where(
        attendance.c.session_id == sign_up.c.session_id,
        attendance.c.volunteer_id == sign_up.c.volunteer_id,
        attendance.c.voided_at.is_(None),
    )
    .correlate(sign_up)
    .scalar_subquery()
)
_ahead = sign_up.alias()
_place = (
    select(func.count())
    .where(
        _ahead.c.session_id == sign_up.c.session_id, _ahead.c.state == "waiting", _ahead.c.number <= sign_up.c.number
    )
    .correlate(sign_up)
    .scalar_subquery()
)
_ASKED = (sign_up.c.asked_at, sign_up.c.number, sign_up.c.id)
"""The order in which people asked."""
_SIGN_UPS: Select[Any] = select(
    sign_up,
    volunteer.c.volunteer_no,
    volunteer.c.name,
    _theirs.c.path.label("home_path"),
    organisation.c.path.label("organisation_path"),
    activity.c.title,
    activity.c.cancelled_at.is_not(None).label("is_called_off"),
    activity_session.c.starts_at,
    activity_session.c.ends_at,
    _came.label("came"),
    _place.label("place"),
).select_from(
    sign_up.join(volunteer, volunteer.c.id == sign_up.c.volunteer_id)
    .join(_theirs, _theirs.c.id == volunteer.c.organisation_id)
    .join(activity, activity.c.id == sign_up.c.activity_id)
    .join(organisation, organisation.c.id == activity.c.organisation_id)
    .join(activity_session, activity_session.c.id == sign_up.c.session_id)
)


def find(connection: Connection, id: UUID) -> dict[str, Any] | None:
    row = connection.execute(_SIGN_UPS.where(sign_up.c.id == id)).mappings().first()
    return dict(row) if row is not None else None


def of_activity(
    connection: Connection,
    activity_id: UUID,
    *,
    session_id: UUID | None,
    state: str | None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[dict[str, Any]]:
    """Sign-ups in the order in which people asked."""
    statement = _SIGN_UPS.where(sign_up.c.activity_id == activity_id)
    if session_id is not None:
        statement = statement.where(sign_up.c.session_id == session_id)
    if state is not None:
        statement = statement.where(sign_up.c.state == state)
    return paged(connection, statement, _ASKED, after, limit, newest_first=False)


def of_volunteer(
    connection: Connection, volunteer_id: UUID, *, after: Sequence[Any] | None, limit: int
) -> Page[dict[str, Any]]:
    """Somebody's sign-ups, the last one first."""
    statement = _SIGN_UPS.where(sign_up.c.volunteer_id == volunteer_id)
    return paged(connection, statement, _ASKED, after, limit, newest_first=True)


def standing(connection: Connection, session_id: UUID, volunteer_id: UUID) -> dict[str, Any] | None:
    """Somebody's sign-up for a session that they did not cancel."""
    statement = _SIGN_UPS.where(
        sign_up.c.session_id == session_id, sign_up.c.volunteer_id == volunteer_id, sign_up.c.state != "cancelled"
    )
    row = connection.execute(statement).mappings().first()
    return dict(row) if row is not None else None


def counted(connection: Connection, sessions: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """How many sign-ups of these sessions are in which state."""
    counts: dict[UUID, dict[str, int]] = {id: {"confirmed": 0, "waiting": 0, "cancelled": 0} for id in sessions}
    statement = (
        select(sign_up.c.session_id, sign_up.c.state, func.count())
        .where(sign_up.c.session_id.in_(sessions))
        .group_by(sign_up.c.session_id, sign_up.c.state)
    )
    for session_id, state, count in connection.execute(statement) if sessions else ():
        counts[session_id][state] = count
    return counts


def next_number(connection: Connection, session_id: UUID) -> int:
    last = connection.scalar(select(func.max(sign_up.c.number)).where(sign_up.c.session_id == session_id))
    return int(last or 0) + 1


def waiting(connection: Connection, session_id: UUID, count: int) -> list[UUID]:
    """Who has waited longest for a place."""
    statement = (
        select(sign_up.c.id)
        .where(sign_up.c.session_id == session_id, sign_up.c.state == "waiting")
        .order_by(sign_up.c.number)
        .limit(count)
    )
    return list(connection.scalars(statement))


def is_overlapping(connection: Connection, volunteer_id: UUID, session: Mapping[str, Any]) -> bool:
    """Whether this volunteer has signed up for another session, of an activity that takes place, at the same time."""
    statement = (
        select(sign_up.c.id)
        .join(activity_session, activity_session.c.id == sign_up.c.session_id)
        .join(activity, activity.c.id == sign_up.c.activity_id)
        .where(
            sign_up.c.volunteer_id == volunteer_id,
            sign_up.c.state != "cancelled",
            sign_up.c.session_id != session["id"],
            activity.c.cancelled_at.is_(None),
            activity_session.c.starts_at < session["ends_at"],
            activity_session.c.ends_at > session["starts_at"],
        )
        .limit(1)
    )
    return connection.execute(statement).first() is not None


def hold_volunteer(connection: Connection, volunteer_id: UUID) -> None:
    """Whoever else signs the same person up waits, so that each sees what the other one took."""
    connection.execute(select(volunteer.c.id).where(volunteer.c.id == volunteer_id).with_for_update())
