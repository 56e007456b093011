"""What is read of redemptions: what went over, by whose hand, and whether it came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select

from ledger.store.rows import Page, below, paged
from ledger.store.schema import people, prizes

made, back = prizes.redemption.c, prizes.refund.c


def find(connection: Connection, id: UUID) -> dict[str, Any] | None:
    row = connection.execute(_selected().where(made.id == id)).mappings().first()
    return dict(row) | {"items": _items(connection, [id])[id]} if row else None


def page(
    connection: Connection,
    *,
    within: Sequence[str],
    desk_id: UUID | None,
    volunteer_id: UUID | None,
    seq: int | None,
    on: date | None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[dict[str, Any]]:
    """Redemptions at desks of these organisations and below, the newest first."""
    statement = _selected().where(below(within))
    asked = ((made.desk_id, desk_id), (made.volunteer_id, volunteer_id), (made.seq, seq), (made.redeemed_on, on))
    for column, wanted in asked:
        if wanted is not None:
            statement = statement.where(column == wanted)
    found = paged(connection, statement, [made.seq], after, limit, newest_first=True)
    items = _items(connection, [row["id"] for row in found.items])
    return found.each(lambda row: row | {"items": items[row["id"]]})


def _selected() -> Select[Any]:
    return (
        select(
            *(made.id, made.seq, made.desk_id, made.redeemed_on, made.points, made.recorded_by, made.reservation_id),
            people.volunteer.c.volunteer_no,
            people.organisation.c.path.label("organisation_path"),
            back.seq.label("refund_seq"),
        )
        .join(people.volunteer, people.volunteer.c.id == made.volunteer_id)
        .join(prizes.desk, prizes.desk.c.id == made.desk_id)
        .join(people.organisation, people.organisation.c.id == prizes.desk.c.organisation_id)
        .outerjoin(prizes.refund, back.redemption_id == made.id)
    )


def _items(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    line = prizes.redemption_item.c
    statement = (
        select(line.redemption_id, line.prize_id, prizes.prize.c.title, line.quantity, line.cost_points)
        .join(prizes.prize, prizes.prize.c.id == line.prize_id)
        .where(line.redemption_id.in_(ids))
        .order_by(line.redemption_id, line.line)
    )
    items: dict[UUID, list[dict[str, Any]]] = {id: [] for id in ids}
    for row in connection.execute(statement).mappings():
        items[row["redemption_id"]].append(dict(row))
    return items
