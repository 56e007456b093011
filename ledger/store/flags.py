"""Flags in the database, with whose they are and whether they were lifted or their deed undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, or_, select

from ledger.store.rows import Page, below, paged
from ledger.store.schema.books import transaction
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.service import flag, flag_lift

Row = Mapping[str, Any]


def find(connection: Connection, id: UUID) -> Row | None:
    row = connection.execute(_all().where(flag.c.id == id)).mappings().first()
    return dict(row) if row is not None else None


def standing(connection: Connection, volunteer_id: UUID, on: date) -> Sequence[Row]:
    """Those that stand against somebody on a day, the oldest first."""
    rows = connection.execute(_standing_against(), {"volunteer": volunteer_id, "on": on}).mappings()
    return [dict(row) for row in rows]


def page(
    connection: Connection,
    *,
    within: Sequence[str],
    after: Sequence[Any] | None,
    limit: int,
    standing_on: date | None,
) -> Page[Row]:
    """The newest first, of volunteers of these organisations and those below them."""
    statement = _all().where(below(within))
    if standing_on is not None:
        statement = _standing(statement, standing_on)
    return paged(connection, statement, [flag.c.seq, flag.c.id], after, limit, newest_first=True)


def _all() -> Select[Any]:
    return (
        select(
            flag,
            volunteer.c.volunteer_no,
            organisation.c.path.label("organisation_path"),
            flag_lift.c.lifted_at,
            flag_lift.c.reason.label("lift_reason"),
        )
        .join(volunteer, volunteer.c.id == flag.c.volunteer_id)
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
        .outerjoin(flag_lift, flag_lift.c.flag_id == flag.c.id)
    )


@cache
def _standing_against() -> Select[Any]:
    """Built once: every redemption asks for it."""
    statement = _standing(_all().where(flag.c.volunteer_id == bindparam("volunteer")), bindparam("on"))
    return statement.order_by(flag.c.seq, flag.c.id)


def _standing(statement: Select[Any], on: Any) -> Select[Any]:
    undone = select(transaction.c.seq).where(transaction.c.reverses == flag.c.seq).exists()
    return statement.where(
        flag_lift.c.flag_id.is_(None), or_(flag.c.last_day.is_(None), flag.c.last_day >= on), ~undone
    )
