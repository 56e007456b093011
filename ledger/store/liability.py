"""What is outstanding at a seq, from the moves alone: points by their last day, and goods by prize."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, func, select, union_all

from ledger.core.accounts import POINTS, Purpose
from ledger.store.rows import below
from ledger.store.schema import books, community, people, prizes

OUTSTANDING = (Purpose.WALLET.value, Purpose.HELD.value, Purpose.DONATE_ONLY.value, Purpose.DEBT.value)
"""Honour points are looked at and never spent: they are owed to nobody."""
_AT_A_DESK = (Purpose.STOCK.value, Purpose.HELD.value)


class Lots(NamedTuple):
    """Points (smallest unit) of everybody in lots with one last day; those of `debt` are below zero."""

    purpose: str
    expires_on: date
    points: int


class Goods(NamedTuple):
    """So many of one prize at the desks, free or set aside."""

    purpose: str
    prize_id: UUID
    title: str
    cost_points: int
    reference_fen: int | None
    """What one is reckoned to be worth, where somebody has said."""
    quantity: int


def seq_before(connection: Connection, instant: int) -> int:
    """The last transaction recorded before an instant (microseconds since 1970 UTC); 0 where there is none."""
    made = books.transaction.c
    return int(connection.scalar(select(func.max(made.seq)).where(made.recorded_at < instant)) or 0)


def lots(connection: Connection, seq: int, *, within: Sequence[str]) -> list[Lots]:
    """What volunteers, households and groups of these organisations and below held right after a transaction."""
    account, stood = books.account.c, _stood(seq, OUTSTANDING)
    found: dict[tuple[str, date], int] = {}
    for owner in (people.volunteer, community.collective):
        statement = (
            select(account.purpose, account.expires_on, func.sum(stood.c.amount))
            .select_from(books.account)
            .join(stood, stood.c.id == account.id)
            .join(owner, owner.c.id == account.owner_id)
            .join(people.organisation, people.organisation.c.id == owner.c.organisation_id)
            .where(account.unit_id == POINTS, below(within))
            .group_by(account.purpose, account.expires_on)
        )
        for purpose, expires_on, points in connection.execute(statement):
            found[purpose, expires_on] = found.get((purpose, expires_on), 0) + int(points)
    return [Lots(*key, points) for key, points in sorted(found.items()) if points]


def goods(connection: Connection, seq: int, *, within: Sequence[str]) -> list[Goods]:
    """What stood at desks of these organisations and below right after a transaction."""
    account, prize, stood = books.account.c, prizes.prize.c, _stood(seq, _AT_A_DESK)
    statement = (
        select(account.purpose, prize.id, prize.title, prize.cost_points, prize.reference_fen, func.sum(stood.c.amount))
        .select_from(books.account)
        .join(stood, stood.c.id == account.id)
        .join(prizes.prize, prize.unit_id == account.unit_id)
        .join(prizes.desk, prizes.desk.c.id == account.owner_id)
        .join(people.organisation, people.organisation.c.id == prizes.desk.c.organisation_id)
        .where(below(within))
        .group_by(account.purpose, prize.id, prize.title, prize.cost_points, prize.reference_fen, prize.unit_id)
        .order_by(account.purpose.desc(), prize.unit_id)
    )
    return [Goods(*row[:5], int(row[5])) for row in connection.execute(statement) if row[5]]


def _stood(seq: int, purposes: Sequence[str]) -> Any:
    """What each account of these purposes had received less what it had given, up to a seq."""
    made, account = books.transfer.c, books.account.c
    sides = [
        select(mine.label("id"), amount.label("amount"))
        .join(books.account, account.id == mine)
        .where(made.seq <= seq, account.purpose.in_(purposes))
        for mine, amount in ((made.credit_account_id, made.amount), (made.debit_account_id, -made.amount))
    ]
    legs = union_all(*sides).subquery()
    return select(legs.c.id, func.sum(legs.c.amount).label("amount")).group_by(legs.c.id).subquery()
