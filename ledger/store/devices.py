"""The SQL of devices and of volunteers' sessions: who calls, each in one statement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, exists, select

from ledger.store.schema.access import sign_in
from ledger.store.schema.devices import device, volunteer_session
from ledger.store.schema.people import organisation, staff, volunteer

_STANDING = (
    select(device, organisation.c.path.label("organisation_path"))
    .join(organisation, organisation.c.id == device.c.organisation_id)
    .where(device.c.id == bindparam("device_id"), device.c.revoked_at.is_(None))
)

_SIGNED_IN = _STANDING.where(
    exists()
    .where(
        sign_in.c.id == bindparam("sign_in_id"),
        sign_in.c.device_id == device.c.id,
        sign_in.c.staff_id.is_(None),
        sign_in.c.ended_at.is_(None),
    )
    .correlate(device)
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
        volunteer.c.erased_at.is_(None),
    )
)

_HERE = select(
    exists().where(
        volunteer_session.c.volunteer_id == bindparam("volunteer_id"),
        volunteer_session.c.device_id == bindparam("device_id"),
        volunteer_session.c.staff_id.is_(None),
        volunteer_session.c.ended_at.is_(None),
        volunteer_session.c.closes_at > bindparam("now"),
    )
)


def standing(connection: Connection, device_id: UUID, sign_in_id: UUID | None = None) -> dict[str, Any] | None:
    """The device with its organisation's path, unless it was revoked, or this sign-in of its own has ended."""
    if sign_in_id is None:
        row = connection.execute(_STANDING, {"device_id": device_id}).mappings().first()
    else:
        asked = {"device_id": device_id, "sign_in_id": sign_in_id}
        row = connection.execute(_SIGNED_IN, asked).mappings().first()
    return dict(row) if row is not None else None


def open_session(connection: Connection, session_id: UUID, now: int) -> dict[str, Any] | None:
    """The session, unless it ended, its time has passed, its device was revoked, who assists was disabled, or the
    volunteer was erased.
    """
    row = connection.execute(_OPEN, {"session_id": session_id, "now": now}).mappings().first()
    return dict(row) if row is not None else None


def is_here(connection: Connection, volunteer_id: UUID, device_id: UUID, now: int) -> bool:
    """Whether the volunteer has identified themselves at this device, and that session is open."""
    asked = {"volunteer_id": volunteer_id, "device_id": device_id, "now": now}
    return bool(connection.scalar(_HERE, asked))
