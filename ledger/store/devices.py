"""The SQL of devices and of volunteers' sessions: who calls, each in one statement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from ledger.store.schema.devices import device, volunteer_session
from ledger.store.schema.people import organisation, staff, volunteer

_STANDING = (
    select(device, organisation.c.path.label("organisation_path"))
    .join(organisation, organisation.c.id == device.c.organisation_id)
    .where(device.c.id == bindparam("device_id"), device.c.revoked_at.is_(None))
)

_OPEN = (
    select(volunteer_session, volunteer.c.volunteer_no, organisation.c.path.label("organisation_path"))
    .select_from(
        volunteer_session.join(volunteer, volunteer.c.id == volunteer_session.c.volunteer_id)
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
        .outerjoin(device, device.c.id == volunteer_session.c.device_id)
        .outerjoin(staff, staff.c.id == volunteer_session.c.staff_id)
    )
    .where(
        volunteer_session.c.id == bindparam("session_id"),
        volunteer_session.c.ended_at.is_(None),
        volunteer_session.c.closes_at > bindparam("now"),
        device.c.revoked_at.is_(None),
        staff.c.disabled_at.is_(None),
    )
)


def standing(connection: Connection, device_id: UUID) -> dict[str, Any] | None:
    """The device with its organisation's path, unless it was revoked."""
    row = connection.execute(_STANDING, {"device_id": device_id}).mappings().first()
    return dict(row) if row is not None else None


def open_session(connection: Connection, session_id: UUID, now: int) -> dict[str, Any] | None:
    """The session, unless it ended, its time has passed, its device was revoked, or who assists was disabled."""
    row = connection.execute(_OPEN, {"session_id": session_id, "now": now}).mappings().first()
    return dict(row) if row is not None else None
