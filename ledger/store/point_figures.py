"""What points did in each stretch of days, and what went over the desks, from the moves and rows up to a seq: a few
statements however long the time and however many the organisations.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal, select, union_all

from ledger.core.accounts import POINTS
from ledger.store.liability import OUTSTANDING
from ledger.store.rows import below
from ledger.store.schema import books, community, people, prizes

BEFORE = -1
"""The place of what lies before the first span."""


class Span(NamedTuple):
    """A stretch of days, both included; spans of one report follow one another without a gap."""

    label: str
    first_day: date
    last_day: date


class Flow(NamedTuple):
    """What the points of one organisation's people did: signed, in the smallest unit, by the other side's purpose."""

    organisation_id: UUID
    span: int
    purpose: str
    points: int


class HandedOut(NamedTuple):
    """So many of one prize handed over at one organisation's desks, and what was paid for them in points."""

    organisation_id: UUID
    span: int
    prize_id: UUID
    title: str
    quantity: int
    points: int


class Counted(NamedTuple):
    """How many of something there are."""

    organisation_id: UUID
    span: int
    number: int


def placed(column: Any, spans: Sequence[Span]) -> ColumnElement[int]:
    """In which span a day lies, by its place among them; BEFORE the first."""
    return case(
        (column < spans[0].first_day, BEFORE), *((column <= span.last_day, at) for at, span in enumerate(spans))
    ).label("span")


def stands(made: Any, seq: int) -> ColumnElement[bool]:
    """It was posted up to this seq and not reversed up to it."""
    undoing = books.transaction.alias()
    undone = select(undoing.c.seq).where(undoing.c.reverses == made.seq, undoing.c.seq <= seq).exists()
    return and_(made.seq <= seq, ~undone)


def flows(connection: Connection, seq: int, spans: Sequence[Span], *, within: Sequence[str]) -> list[Flow]:
    """By organisation of whose points they are, span of the business day, and where they came from or went to."""
    legs = moved(seq, within).subquery()
    found = select(legs.c.organisation_id, placed(legs.c.effective_on, spans), legs.c.purpose, legs.c.points).where(
        legs.c.effective_on <= spans[-1].last_day
    )
    each = found.subquery().c
    keys = (each.organisation_id, each.span, each.purpose)
    rows = connection.execute(select(*keys, func.sum(each.points)).group_by(*keys))
    return [Flow(*row[:3], int(row[3])) for row in rows]


def moved(seq: int, within: Sequence[str]) -> Any:
    """Every leg of points that somebody of these organisations or below holds: what it changed, and the other side's
    purpose. Both sides of a transfer are there, so what stays with one owner adds up to nothing.
    """
    made, other, transaction = books.transfer.c, books.account.alias(), books.transaction.c
    sides: list[Select[Any]] = []
    for owner in (people.volunteer, community.collective):
        for mine, theirs, sign in (
            (made.credit_account_id, made.debit_account_id, 1),
            (made.debit_account_id, made.credit_account_id, -1),
        ):
            sides.append(
                select(
                    owner.c.organisation_id,
                    made.seq,
                    made.leg,
                    literal(int(sign > 0)).label("side"),
                    transaction.kind,
                    transaction.effective_on,
                    other.c.purpose,
                    (sign * made.amount).label("points"),
                )
                .select_from(books.transfer)
                .join(books.account, books.account.c.id == mine)
                .join(owner, owner.c.id == books.account.c.owner_id)
                .join(people.organisation, people.organisation.c.id == owner.c.organisation_id)
                .join(other, other.c.id == theirs)
                .join(books.transaction, transaction.seq == made.seq)
                .where(made.unit_id == POINTS, made.seq <= seq, books.account.c.purpose.in_(OUTSTANDING), below(within))
            )
    return union_all(*sides)


def handed_out(connection: Connection, seq: int, spans: Sequence[Span], *, within: Sequence[str]) -> list[HandedOut]:
    """What was redeemed and not given back, by organisation of the desk, span and prize."""
    item, prize = prizes.redemption_item.c, prizes.prize.c
    found = (
        select(
            prizes.desk.c.organisation_id,
            placed(prizes.redemption.c.redeemed_on, spans),
            prize.id,
            prize.title,
            item.quantity,
            (item.quantity * item.cost_points).label("points"),
        )
        .select_from(prizes.redemption_item)
        .join(prizes.redemption, prizes.redemption.c.id == item.redemption_id)
        .join(prizes.prize, prize.id == item.prize_id)
        .join(prizes.desk, prizes.desk.c.id == prizes.redemption.c.desk_id)
        .join(people.organisation, people.organisation.c.id == prizes.desk.c.organisation_id)
        .where(*_in(prizes.redemption.c.redeemed_on, spans), stands(prizes.redemption.c, seq), below(within))
    )
    each = found.subquery().c
    keys = (each.organisation_id, each.span, each.id, each.title)
    rows = connection.execute(select(*keys, func.sum(each.quantity), func.sum(each.points)).group_by(*keys))
    return sorted(HandedOut(*row[:4], int(row[4]), int(row[5])) for row in rows)


def redemptions(connection: Connection, seq: int, spans: Sequence[Span], *, within: Sequence[str]) -> list[Counted]:
    """How often somebody redeemed and did not give back, by organisation of the desk."""
    made = prizes.redemption.c
    found = (
        select(prizes.desk.c.organisation_id, placed(made.redeemed_on, spans))
        .select_from(prizes.redemption)
        .join(prizes.desk, prizes.desk.c.id == made.desk_id)
        .join(people.organisation, people.organisation.c.id == prizes.desk.c.organisation_id)
        .where(*_in(made.redeemed_on, spans), stands(made, seq), below(within))
    )
    each = found.subquery().c
    rows = connection.execute(select(each.organisation_id, each.span, func.count()).group_by(*each))
    return [Counted(*row) for row in rows]


def _in(column: Any, spans: Sequence[Span]) -> tuple[Any, Any]:
    return column >= spans[0].first_day, column <= spans[-1].last_day
