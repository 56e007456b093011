"""The SQL of attendances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, delete, exists, select

from ledger.store.rows import Page, paged
from ledger.store.schema.attendance import attendance, attendance_code_use, attendance_request, sign_up
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.reviews import service_claim
from ledger.store.schema.service import activity, activity_session, service_record

_theirs = organisation.alias()
_SIGNED_UP = exists().where(
    sign_up.c.session_id == attendance.c.session_id,
    sign_up.c.volunteer_id == attendance.c.volunteer_id,
    sign_up.c.state == "confirmed",
)
_ATTENDANCES: Select[Any] = select(
    attendance,
    volunteer.c.volunteer_no,
    volunteer.c.name,
    _theirs.c.path.label("home_path"),
    organisation.c.path.label("organisation_path"),
    activity.c.title,
    activity_session.c.starts_at,
    activity_session.c.ends_at,
    _SIGNED_UP.label("is_signed_up"),
).select_from(
    attendance.join(volunteer, volunteer.c.id == attendance.c.volunteer_id)
    .join(_theirs, _theirs.c.id == volunteer.c.organisation_id)
    .join(activity, activity.c.id == attendance.c.activity_id)
    .join(organisation, organisation.c.id == activity.c.organisation_id)
    .join(activity_session, activity_session.c.id == attendance.c.session_id)
)


def find(connection: Connection, id: UUID) -> dict[str, Any] | None:
    row = connection.execute(_ATTENDANCES.where(attendance.c.id == id)).mappings().first()
    return dict(row) if row is not None else None


def valid(connection: Connection, session_id: UUID, volunteer_id: UUID) -> dict[str, Any] | None:
    """Somebody's attendance of a session, unless it was taken back."""
    statement = _ATTENDANCES.where(
        attendance.c.session_id == session_id,
        attendance.c.volunteer_id == volunteer_id,
        attendance.c.voided_at.is_(None),
    )
    row = connection.execute(statement).mappings().first()
    return dict(row) if row is not None else None


def of_session(connection: Connection, session_id: UUID) -> list[dict[str, Any]]:
    """All that were not taken back."""
    statement = _ATTENDANCES.where(attendance.c.session_id == session_id, attendance.c.voided_at.is_(None))
    return [dict(row) for row in connection.execute(statement.order_by(attendance.c.id)).mappings()]


def page(
    connection: Connection,
    *,
    activity_id: UUID | None = None,
    session_id: UUID | None = None,
    volunteer_id: UUID | None = None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[dict[str, Any]]:
    """Attendances, the last one first."""
    statement = _ATTENDANCES
    asked = {"activity_id": activity_id, "session_id": session_id, "volunteer_id": volunteer_id}
    for name, value in asked.items():
        if value is not None:
            statement = statement.where(attendance.c[name] == value)
    return paged(connection, statement, [attendance.c.id], after, limit, newest_first=True)


def is_signed_up(connection: Connection, session_id: UUID, volunteer_id: UUID) -> bool:
    """Whether somebody has a place in a session."""
    statement = select(sign_up.c.id).where(
        sign_up.c.session_id == session_id, sign_up.c.volunteer_id == volunteer_id, sign_up.c.state == "confirmed"
    )
    return connection.execute(statement).first() is not None


def is_handed_in(connection: Connection, attendance_id: UUID) -> bool:
    """Whether it became a record, or waits to become one."""
    for made in (service_record, service_claim):
        if connection.execute(select(made.c.id).where(made.c.attendance_id == attendance_id)).first() is not None:
            return True
    return False


def records_of(connection: Connection, attendances: Sequence[UUID]) -> list[dict[str, Any]]:
    """What these became: claims, and records that were posted."""
    if not attendances:
        return []
    found: list[dict[str, Any]] = []
    for made in (service_claim, service_record):
        statement = select(made.c.id, made.c.attendance_id, made.c.served_on, made.c.minutes, made.c.seq).where(
            made.c.attendance_id.in_(attendances)
        )
        found += [dict(row) | {"is_posted": made is service_record} for row in connection.execute(statement).mappings()]
    return found


def sweep_uses(connection: Connection, now: int) -> None:
    """Forget the uses of codes that nobody can use any more."""
    connection.execute(delete(attendance_code_use).where(attendance_code_use.c.expires_at <= now))


def is_used(connection: Connection, digest: str, volunteer_id: UUID) -> bool:
    uses = attendance_code_use.c
    found = connection.execute(select(uses.digest).where(uses.digest == digest, uses.volunteer_id == volunteer_id))
    return found.first() is not None


def request(connection: Connection, client: str, key: str) -> dict[str, Any] | None:
    """What somebody asked for under this key before."""
    made = attendance_request
    row = connection.execute(select(made).where(made.c.client == client, made.c.key == key)).mappings().first()
    return dict(row) if row is not None else None


_ATTENDED = """
    SELECT r.seq, ID(r.id), DAY(r.served_on), r.minutes, r.capture_method, r.began_at, r.ended_at,
        a.in_at, a.out_at, a.capture_method, s.ends_at,
        CASE WHEN a.id IS NOT NULL AND a.voided_at IS NULL THEN 1 ELSE 0 END,
        CASE WHEN s.closed_at IS NOT NULL THEN 1 ELSE 0 END,
        CASE WHEN a.activity_id = r.activity_id AND a.session_id = r.session_id THEN 1 ELSE 0 END,
        CASE WHEN a.volunteer_id = r.volunteer_id OR EXISTS (
            SELECT 1 FROM closing c WHERE c.volunteer_id = a.volunteer_id AND c.heir_id = r.volunteer_id
        ) THEN 1 ELSE 0 END,
        CASE WHEN EXISTS (
            SELECT 1 FROM service_claim o WHERE o.id = r.id AND (o.attendance_id IS NULL
                OR o.attendance_id <> r.attendance_id OR o.began_at <> r.began_at OR o.ended_at <> r.ended_at)
        ) THEN 1 ELSE 0 END
    FROM {table} r LEFT JOIN attendance a ON a.id = r.attendance_id
    LEFT JOIN activity_session s ON s.id = r.session_id
    WHERE r.attendance_id IS NOT NULL AND r.seq >= :seq ORDER BY r.seq"""
ATTENDED = tuple(_ATTENDED.replace("{table}", table) for table in ("service_record", "service_claim"))
"""Records, and claims, that are made of somebody's attendance, with what the attendance says."""
