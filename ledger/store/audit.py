"""The audit as it is searched: newest first, each question a range of one index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, literal, null, select, union_all

from ledger.store.rows import below, beyond
from ledger.store.schema.audit import audit
from ledger.store.schema.people import organisation, staff

FEW = 64
"""So many organisations are asked one by one; of more, what is newest is soon met on the way down."""


def search(
    connection: Connection,
    *,
    within: Sequence[str] | None,
    equal: Mapping[str, Any],
    since: int | None,
    before: int | None,
    after: tuple[int, UUID] | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Lines with these values, recorded from `since` until before `before`, older than the key `after`, newest first.

    `within` are the organisation paths whose lines may be read; None for all, those of no organisation too.
    """
    conditions = [audit.c[name] == value for name, value in equal.items()]
    if since is not None:
        conditions.append(audit.c.recorded_at >= since)
    if before is not None:
        conditions.append(audit.c.recorded_at < before)
    if after is not None:
        conditions.append(beyond((audit.c.recorded_at, audit.c.id), after, newest_first=True))
    found = _selected(connection, within, conditions, limit).subquery()
    statement = (
        select(found, staff.c.name.label("actor_name"))
        .outerjoin(staff, staff.c.id == found.c.actor_id)
        .order_by(found.c.recorded_at.desc(), found.c.id.desc())
        .limit(limit)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def _selected(
    connection: Connection, within: Sequence[str] | None, conditions: Sequence[Any], limit: int
) -> Select[Any] | Any:
    """The newest of these lines, before they are put in order."""
    if within is None:
        return _newest(select(audit).where(*conditions), limit)
    reach = below(within)
    ids = list(connection.scalars(select(organisation.c.id).where(reach).limit(FEW + 1)))
    if not ids:
        return select(*(null().label(column.name) for column in audit.c)).where(literal(1) == 0)
    if len(ids) <= FEW:
        each = [_newest(select(audit).where(audit.c.organisation_id == id, *conditions), limit) for id in ids]
        return union_all(*(select(arm.subquery()) for arm in each))
    joined = select(audit).join(organisation, organisation.c.id == audit.c.organisation_id)
    return _newest(joined.where(reach, *conditions), limit)


def _newest(statement: Select[Any], limit: int) -> Select[Any]:
    return statement.order_by(audit.c.recorded_at.desc(), audit.c.id.desc()).limit(limit)
