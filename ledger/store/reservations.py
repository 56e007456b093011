"""What is read of reservations: each with what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select

from ledger.store.rows import Page, below, paged
from ledger.store.schema import people, prizes
from ledger.store.schema.reservations import reservation, reservation_item, reservation_release


def find(connection: Connection, id: UUID) -> dict[str, Any] | None:
    row = connection.execute(_selected().where(reservation.c.id == id)).mappings().first()
    return dict(row) | {"items": _items(connection, [id])[id]} if row else None


def page(
    connection: Connection,
    *,
    within: Sequence[str] | None,
    volunteer_id: UUID | None,
    desk_id: UUID | None,
    is_open: bool | None,
    due_by: date | None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[dict[str, Any]]:
    """Reservations at desks of these organisations and below, the nearest deadline first."""
    made = reservation.c
    statement = _selected()
    if within is not None:
        statement = statement.where(below(within))
    if volunteer_id is not None:
        statement = statement.where(made.volunteer_id == volunteer_id)
    if desk_id is not None:
        statement = statement.where(made.desk_id == desk_id)
    if is_open is not None:
        stands = prizes.redemption.c.id.is_(None) & reservation_release.c.id.is_(None)
        statement = statement.where(stands if is_open else ~stands)
    if due_by is not None:
        statement = statement.where(made.due_on <= due_by)
    found = paged(connection, statement, [made.due_on, made.id], after, limit, newest_first=False)
    items = _items(connection, [row["id"] for row in found.items])
    return found.each(lambda row: row | {"items": items[row["id"]]})


def _selected() -> Select[Any]:
    return (
        select(
            reservation,
            people.volunteer.c.volunteer_no,
            prizes.desk.c.organisation_id,
            people.organisation.c.path.label("organisation_path"),
            prizes.redemption.c.id.label("redemption_id"),
            reservation_release.c.ending,
        )
        .join(people.volunteer, people.volunteer.c.id == reservation.c.volunteer_id)
        .join(prizes.desk, prizes.desk.c.id == reservation.c.desk_id)
        .join(people.organisation, people.organisation.c.id == prizes.desk.c.organisation_id)
        .outerjoin(prizes.redemption, prizes.redemption.c.reservation_id == reservation.c.id)
        .outerjoin(reservation_release, reservation_release.c.reservation_id == reservation.c.id)
    )


def _items(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    made = reservation_item.c
    statement = (
        select(reservation_item, prizes.prize.c.unit_id, prizes.prize.c.title)
        .join(prizes.prize, prizes.prize.c.id == made.prize_id)
        .where(made.reservation_id.in_(ids))
        .order_by(made.reservation_id, made.line)
    )
    items: dict[UUID, list[dict[str, Any]]] = {id: [] for id in ids}
    for row in connection.execute(statement).mappings():
        items[row["reservation_id"]].append(dict(row))
    return items
