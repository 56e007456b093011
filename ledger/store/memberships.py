"""The SQL of households and groups: who is a member of what, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, and_, bindparam, or_, select

from ledger.store.schema.community import collective, membership
from ledger.store.schema.people import organisation, volunteer


def home_of(volunteer_id: Any, on: Any) -> ScalarSelect[Any]:
    """The id of the household that this volunteer belongs to on this day, as part of a larger statement; null if none.

    Both are columns, bound parameters or values.
    """
    return collective_of(volunteer_id, on, "household")


def collective_of(volunteer_id: Any, on: Any, owner_kind: str) -> ScalarSelect[Any]:
    """The id of the household or group of this volunteer on this day; of several groups the one joined first."""
    return (
        select(membership.c.collective_id)
        .join(collective, collective.c.id == membership.c.collective_id)
        .where(membership.c.volunteer_id == volunteer_id, collective.c.owner_kind == owner_kind, holds(on))
        .order_by(membership.c.from_on, membership.c.id)
        .limit(1)
        .scalar_subquery()
    )


def holds(on: Any) -> ColumnElement[bool]:
    """Whether a membership holds on this day; its last day counts."""
    return and_(membership.c.from_on <= on, or_(membership.c.until_on.is_(None), membership.c.until_on >= on))


def collectives_of(
    connection: Connection, volunteers: Iterable[UUID], owner_kind: str, since: date
) -> list[dict[str, Any]]:
    """Memberships of these volunteers that have not ended before `since`, with what they belong to: one look-up."""
    asked = list(volunteers)
    if not asked:
        return []
    given = {"volunteers": asked, "owner_kind": owner_kind, "since": since}
    return [dict(row) for row in connection.execute(_of_volunteers(), given).mappings()]


@cache
def _of_volunteers() -> Select[Any]:
    """Built once: every redemption and every record asks for it."""
    ends = membership.c.until_on
    return (
        _joined()
        .where(
            membership.c.volunteer_id.in_(bindparam("volunteers", expanding=True)),
            collective.c.owner_kind == bindparam("owner_kind"),
            or_(ends.is_(None), ends >= bindparam("since")),
        )
        .order_by(membership.c.from_on, membership.c.id)
    )


def members(connection: Connection, collective_id: UUID, *, on: date | None = None) -> list[dict[str, Any]]:
    """Who belongs to it on this day, or who ever did (None), the earliest first."""
    statement = (
        select(membership, volunteer.c.volunteer_no, volunteer.c.name, organisation.c.path.label("organisation_path"))
        .join(volunteer, volunteer.c.id == membership.c.volunteer_id)
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
        .where(membership.c.collective_id == collective_id)
        .order_by(membership.c.from_on, membership.c.id)
    )
    if on is not None:
        statement = statement.where(holds(on))
    return [dict(row) for row in connection.execute(statement).mappings()]


def hold_still(connection: Connection, collective_id: UUID, volunteers: Sequence[UUID]) -> None:
    """Whoever else wants to change the members of this one, or these volunteers' memberships, waits."""
    connection.execute(select(collective.c.id).where(collective.c.id == collective_id).with_for_update())
    statement = select(volunteer.c.id).where(volunteer.c.id.in_(volunteers)).order_by(volunteer.c.id)
    connection.execute(statement.with_for_update())


def _joined() -> Select[Any]:
    return (
        select(
            membership,
            collective.c.owner_kind,
            collective.c.name,
            collective.c.organisation_id,
            collective.c.created_at,
            organisation.c.path.label("organisation_path"),
        )
        .join(collective, collective.c.id == membership.c.collective_id)
        .join(organisation, organisation.c.id == collective.c.organisation_id)
    )
