"""What a report counts of wishes and requests, as their lists have them now: one statement each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, func, literal, select, union_all

from ledger.store.figures import placed_at
from ledger.store.rows import below
from ledger.store.schema.needs import request, wish
from ledger.store.schema.people import organisation


class Needs(NamedTuple):
    """So many of one kind, and the minutes that the second clock counted for them (0 where it counts none)."""

    organisation_id: UUID
    span: int
    kind: str
    number: int
    minutes: int


def needs(connection: Connection, ends: Sequence[int], *, within: Sequence[str]) -> list[Needs]:
    """Wishes that were collected and fulfilled; requests that were received, accepted late, closed and closed late,
    each by the instant at which it was. `ends` are the instants at which the first span begins and each one ends.
    """
    of_wish, of_request = wish.c, request.c
    arms = [
        _arm(wish, of_wish.collected_at, "wishes", ends),
        _arm(wish, of_wish.fulfilled_at, "wishes_fulfilled", ends, of_wish.state.in_(("fulfilled", "confirmed"))),
        _arm(request, of_request.received_at, "requests", ends),
        _arm(
            *(request, of_request.accepted_at, "requests_accepted_late", ends),
            of_request.accepted_at > of_request.accept_due_at,
        ),
        _arm(request, of_request.closed_at, "requests_closed", ends, minutes=of_request.taken_minutes),
        _arm(
            *(request, of_request.closed_at, "requests_closed_late", ends),
            of_request.closed_at > of_request.close_due_at,
        ),
    ]
    each = union_all(*(arm.where(below(within)) for arm in arms)).subquery().c
    keys = (each.organisation_id, each.span, each.kind)
    rows = connection.execute(select(*keys, func.count(), func.sum(each.minutes)).group_by(*keys))
    return [Needs(row[0], row[1], row[2], row[3], int(row[4])) for row in rows]


def _arm(made: Any, instant: Any, kind: str, ends: Sequence[int], *conditions: Any, minutes: Any = None) -> Any:
    return (
        select(
            made.c.organisation_id,
            placed_at(instant, ends),
            literal(kind).label("kind"),
            (literal(0) if minutes is None else minutes).label("minutes"),
        )
        .join(organisation, organisation.c.id == made.c.organisation_id)
        .where(instant >= ends[0], instant < ends[-1], *conditions)
    )
