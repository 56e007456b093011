"""The entries behind a figure of a report, newest first: what they come to is the figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, literal, select

from ledger.store.point_figures import moved, stands
from ledger.store.rows import Page, below, beyond
from ledger.store.schema import people, prizes
from ledger.store.schema.service import activity, service_record


class Behind(NamedTuple):
    """One entry: of service the minutes, of goods the items, of points what they changed (smallest unit)."""

    seq: int
    leg: int
    side: int
    on: date
    kind: str
    what: str
    amount: int


def service(seq: int, first: date, last: date, within: Sequence[str]) -> Select[Any]:
    made = service_record.c
    return (
        select(
            *(made.seq, literal(0).label("leg"), literal(0).label("side"), made.served_on.label("day")),
            *(made.capture_method.label("kind"), activity.c.title.label("what"), made.minutes.label("amount")),
        )
        .join(activity, activity.c.id == made.activity_id)
        .join(people.organisation, people.organisation.c.id == made.organisation_id)
        .where(made.served_on.between(first, last), stands(made, seq), below(within))
    )


def goods(seq: int, first: date, last: date, within: Sequence[str]) -> Select[Any]:
    made, item = prizes.redemption.c, prizes.redemption_item.c
    return (
        select(
            *(made.seq, item.line.label("leg"), literal(0).label("side"), made.redeemed_on.label("day")),
            *(literal("redemption").label("kind"), prizes.prize.c.title.label("what"), item.quantity.label("amount")),
        )
        .join(prizes.redemption_item, item.redemption_id == made.id)
        .join(prizes.prize, prizes.prize.c.id == item.prize_id)
        .join(prizes.desk, prizes.desk.c.id == made.desk_id)
        .join(people.organisation, people.organisation.c.id == prizes.desk.c.organisation_id)
        .where(made.redeemed_on.between(first, last), stands(made, seq), below(within))
    )


def points(
    seq: int, first: date, last: date, within: Sequence[str], *, purposes: Sequence[str], are_others: bool
) -> Select[Any]:
    """Moves from or to accounts of these purposes, or of any others."""
    legs = moved(seq, within).subquery().c
    other = legs.purpose.not_in(purposes) if are_others else legs.purpose.in_(purposes)
    return select(
        *(legs.seq, legs.leg, legs.side, legs.effective_on.label("day"), legs.kind, literal("").label("what")),
        legs.points.label("amount"),
    ).where(legs.effective_on.between(first, last), other)


def page(connection: Connection, asked: Select[Any], *, after: Sequence[Any] | None, limit: int) -> Page[Behind]:
    """Some of them, the newest first."""
    each = asked.subquery().c
    order = (each.seq, each.leg, each.side)
    statement = select(*each).order_by(*(column.desc() for column in order)).limit(limit + 1)
    if after is not None:
        statement = statement.where(beyond(order, after, newest_first=True))
    rows = [Behind(*row) for row in connection.execute(statement)]
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows[:limit], (last.seq, last.leg, last.side) if last else None)
