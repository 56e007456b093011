"""What is read of refunds that somebody prepared, with what they are about and whether it came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select

from ledger.store.rows import Page, below, paged
from ledger.store.schema import people, prizes

asked, made, back = prizes.refund_request.c, prizes.redemption.c, prizes.refund.c


def find(connection: Connection, id: UUID) -> dict[str, Any] | None:
    row = connection.execute(_selected().where(asked.id == id)).mappings().first()
    return dict(row) if row else None


def page(
    connection: Connection,
    *,
    within: Sequence[str],
    waits_on: date | None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[dict[str, Any]]:
    """Of desks of these organisations and below, the newest first; with a day, only those that wait on it."""
    statement = _selected().where(below(within))
    if waits_on is not None:
        statement = statement.where(asked.withdrawn_at.is_(None), back.seq.is_(None), asked.until_on >= waits_on)
    return paged(connection, statement, [asked.id], after, limit, newest_first=True)


def waiting(connection: Connection, redemption_id: UUID) -> list[UUID]:
    """Those about this redemption that were not withdrawn."""
    found = select(asked.id).where(asked.redemption_id == redemption_id, asked.withdrawn_at.is_(None))
    return list(connection.scalars(found))


def _selected() -> Select[Any]:
    return (
        select(
            *(asked.id, asked.redemption_id, asked.goods, asked.reason, asked.requested_by, asked.requested_at),
            *(asked.until_on, asked.withdrawn_at),
            *(made.seq, made.desk_id, made.redeemed_on, made.points),
            people.volunteer.c.volunteer_no,
            people.organisation.c.path.label("organisation_path"),
            back.seq.label("refund_seq"),
        )
        .join(prizes.redemption, made.id == asked.redemption_id)
        .join(people.volunteer, people.volunteer.c.id == made.volunteer_id)
        .join(prizes.desk, prizes.desk.c.id == made.desk_id)
        .join(people.organisation, people.organisation.c.id == prizes.desk.c.organisation_id)
        .outerjoin(prizes.refund, back.redemption_id == made.id)
    )
