"""The SQL of staff and their refresh tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from ledger.store.schema.devices import device
from ledger.store.schema.people import organisation, refresh_token, staff, staff_role

_ACTOR = (
    select(staff.c.name, staff_role.c.role, staff_role.c.organisation_id, organisation.c.path)
    .select_from(
        staff.outerjoin(staff_role, staff_role.c.staff_id == staff.c.id).outerjoin(
            organisation, organisation.c.id == staff_role.c.organisation_id
        )
    )
    .where(staff.c.id == bindparam("staff_id"), staff.c.disabled_at.is_(None))
)

_ACTOR_AT_DEVICE = _ACTOR.where(
    exists().where(device.c.id == bindparam("device_id"), device.c.revoked_at.is_(None)).correlate(None)
)

_SPEND = (
    update(refresh_token)
    .where(
        refresh_token.c.digest == bindparam("spent"),
        refresh_token.c.used_at.is_(None),
        refresh_token.c.revoked_at.is_(None),
        refresh_token.c.expires_at > bindparam("now"),
    )
    .values(used_at=bindparam("now"))
    .returning(refresh_token.c.family, refresh_token.c.staff_id, refresh_token.c.device_id)
)

_REVOKE = (
    update(refresh_token)
    .where(
        refresh_token.c.family
        == select(refresh_token.c.family).where(refresh_token.c.digest == bindparam("shown")).scalar_subquery(),
        refresh_token.c.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("now"))
)


class Spent(NamedTuple):
    """Whose refresh token was just used up, and the family its successor belongs to."""

    family: UUID
    staff_id: UUID | None
    device_id: UUID | None


def actor(connection: Connection, staff_id: UUID, device_id: UUID | None = None) -> Sequence[Any]:
    """(name, role, organisation id, organisation path) for each role; one row of None without roles; none if disabled,
    or if the device was revoked at which they act.
    """
    if device_id is None:
        return connection.execute(_ACTOR, {"staff_id": staff_id}).fetchall()
    return connection.execute(_ACTOR_AT_DEVICE, {"staff_id": staff_id, "device_id": device_id}).fetchall()


def add_roles(connection: Connection, staff_id: UUID, roles: Sequence[tuple[str, UUID]]) -> None:
    if roles:
        connection.execute(
            insert(staff_role),
            [{"staff_id": staff_id, "organisation_id": of, "role": role} for role, of in roles],
        )


def add_refresh_token(
    connection: Connection,
    *,
    digest: str,
    family: UUID,
    staff_id: UUID | None,
    device_id: UUID | None,
    issued_at: int,
    expires_at: int,
) -> None:
    connection.execute(
        insert(refresh_token).values(
            digest=digest,
            family=family,
            staff_id=staff_id,
            device_id=device_id,
            issued_at=issued_at,
            expires_at=expires_at,
        )
    )


def spend_refresh_token(connection: Connection, digest: str, now: int) -> Spent | None:
    """Use a token up; None if it is unknown, expired, revoked, or was used before. Of two at once, one wins."""
    row = connection.execute(_SPEND, {"spent": digest, "now": now}).first()
    return Spent(*row) if row is not None else None


def revoke_family(connection: Connection, digest: str, now: int) -> None:
    """No token of the family that this one belongs to can be used again."""
    connection.execute(_REVOKE, {"shown": digest, "now": now})
