"""The SQL of staff: who they are at this moment, in one statement, and the roles they hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, and_, bindparam, delete, exists, func, insert, or_, select, update

from ledger.store.rows import Page, paged
from ledger.store.schema.access import policy, sign_in
from ledger.store.schema.devices import device
from ledger.store.schema.people import organisation, staff, staff_role

OTP_POLICY = "admin_otp"
OPTIONAL = "optional"


class Role(NamedTuple):
    """What one row of the actor says; role and organisation are None for a person without roles."""

    name: str
    role: str | None
    organisation_id: UUID | None
    path: str | None
    password_expires_at: int | None
    has_otp: bool
    otp_policy: str | None


_ACTOR = (
    select(
        staff.c.name,
        staff_role.c.role,
        staff_role.c.organisation_id,
        organisation.c.path,
        staff.c.password_expires_at,
        staff.c.otp_sealed.is_not(None),
        select(policy.c.value).where(policy.c.name == OTP_POLICY).scalar_subquery(),
    )
    .select_from(
        staff.outerjoin(staff_role, staff_role.c.staff_id == staff.c.id).outerjoin(
            organisation, organisation.c.id == staff_role.c.organisation_id
        )
    )
    .where(staff.c.id == bindparam("staff_id"), staff.c.disabled_at.is_(None))
)

_SIGNED_IN = _ACTOR.where(
    exists()
    .where(
        sign_in.c.id == bindparam("sign_in_id"),
        sign_in.c.staff_id == bindparam("staff_id"),
        sign_in.c.ended_at.is_(None),
    )
    .correlate(None)
)

_SIGNED_IN_AT_DEVICE = _SIGNED_IN.where(
    exists().where(device.c.id == bindparam("device_id"), device.c.revoked_at.is_(None)).correlate(None)
)

_PERSON = select(staff, organisation.c.path.label("organisation_path")).join(
    organisation, organisation.c.id == staff.c.organisation_id
)

_GRANTS = select(staff_role.c.staff_id, staff_role.c.role, staff_role.c.organisation_id, organisation.c.path).join(
    organisation, organisation.c.id == staff_role.c.organisation_id
)


def actor(
    connection: Connection, staff_id: UUID, *, sign_in_id: UUID | None = None, device_id: UUID | None = None
) -> Sequence[Role]:
    """A row for each role, one where there is none; no row at all if disabled, if the sign-in has ended, or if the
    device was revoked at which they act.
    """
    asked = {"staff_id": staff_id, "sign_in_id": sign_in_id, "device_id": device_id}
    signed_in = _SIGNED_IN if device_id is None else _SIGNED_IN_AT_DEVICE
    return [Role(*row) for row in connection.execute(_ACTOR if sign_in_id is None else signed_in, asked)]


def person(connection: Connection, by: Mapping[str, Any], *, locked: bool = False) -> dict[str, Any] | None:
    """The row of the person with these values, with their organisation's path; `locked` against other changes."""
    statement = _PERSON.where(*(staff.c[name] == value for name, value in by.items()))
    found = connection.execute(statement.with_for_update(of=staff) if locked else statement).mappings().first()
    return dict(found) if found is not None else None


def grants(connection: Connection, staff_ids: Collection[UUID]) -> Sequence[tuple[UUID, str, UUID, str]]:
    """(person, role, organisation id, organisation path) of these persons, in a stable order."""
    statement = _GRANTS.where(staff_role.c.staff_id.in_(staff_ids)).order_by(organisation.c.path, staff_role.c.role)
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(statement)]


def page(
    connection: Connection, *, within: Sequence[str], after: Sequence[Any] | None, limit: int
) -> Page[dict[str, Any]]:
    """Persons of these organisations and those below, or with a role there, the first hired first."""
    statement = _within(_PERSON, within)
    return paged(connection, statement, [staff.c.id], after, limit, newest_first=False)


def _within(statement: Select[Any], within: Sequence[str]) -> Select[Any]:
    place = organisation.alias()

    def below(path: Any) -> Any:
        # "0" is the character after "/": everything below a path lies between them
        return or_(*(and_(path >= prefix, path < prefix[:-1] + "0") for prefix in within))

    held = (
        select(staff_role.c.staff_id)
        .join(place, place.c.id == staff_role.c.organisation_id)
        .where(below(place.c.path))
        .scalar_subquery()
    )
    return statement.where(or_(below(organisation.c.path), staff.c.id.in_(held)))


def add_roles(connection: Connection, staff_id: UUID, roles: Collection[tuple[str, UUID]]) -> None:
    if roles:
        connection.execute(
            insert(staff_role),
            [{"staff_id": staff_id, "organisation_id": of, "role": role} for role, of in roles],
        )


def remove_roles(connection: Connection, staff_id: UUID, roles: Collection[tuple[str, UUID]]) -> None:
    for role, of in roles:
        connection.execute(
            delete(staff_role).where(
                staff_role.c.staff_id == staff_id, staff_role.c.organisation_id == of, staff_role.c.role == role
            )
        )


def hold_root(connection: Connection) -> None:
    """Nobody else may count the administrators of the root until this transaction ends."""
    connection.execute(select(organisation.c.id).where(organisation.c.parent_id.is_(None)).with_for_update())


def root_admins(connection: Connection) -> int:
    """How many persons who are not disabled administer the root, and with it everything."""
    statement = (
        select(func.count())
        .select_from(staff_role)
        .join(staff, staff.c.id == staff_role.c.staff_id)
        .join(organisation, organisation.c.id == staff_role.c.organisation_id)
        .where(organisation.c.parent_id.is_(None), staff_role.c.role == "admin", staff.c.disabled_at.is_(None))
    )
    return int(connection.scalar(statement) or 0)


def use_otp_step(connection: Connection, staff_id: UUID, step: int) -> bool:
    """Use the code of this step up; False where it or a later one was used. Of two at once, one wins."""
    statement = (
        update(staff)
        .where(staff.c.id == staff_id, or_(staff.c.otp_step.is_(None), staff.c.otp_step < step))
        .values(otp_step=step)
    )
    return connection.execute(statement).rowcount == 1


def otp_policy(connection: Connection) -> str | None:
    return connection.scalar(select(policy.c.value).where(policy.c.name == OTP_POLICY))


def set_otp_policy(connection: Connection, value: str) -> None:
    if connection.execute(update(policy).where(policy.c.name == OTP_POLICY).values(value=value)).rowcount == 0:
        connection.execute(insert(policy).values(name=OTP_POLICY, value=value))
