"""What is read of shelves and desk days: batches, reports with what became of them, sessions, and what moved between
two seqs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, func, select, union_all

from ledger.core.accounts import POINTS, Purpose
from ledger.store.rows import Page, below, paged
from ledger.store.schema import books, people, prizes
from ledger.store.schema.shelves import desk_session, stock_report, stock_report_line, stock_settlement


class Batch(NamedTuple):
    """One batch on the shelf of a desk. `best_before` is the end of the calendar where it has none."""

    unit: int
    prize: UUID
    best_before: date
    quantity: int


class Movement(NamedTuple):
    """What came to a desk (above zero) or left it (below), by the purpose of the account on the other side."""

    unit: int
    beyond: str
    amount: int


class Points(NamedTuple):
    """Points spent at a desk, points given back, and in how many transactions each."""

    redeemed: int
    redemptions: int
    refunded: int
    refunds: int


_LATEST_SESSION = (
    select(desk_session.c.id)
    .where(desk_session.c.desk_id == bindparam("desk"))
    .order_by(desk_session.c.seq.desc())
    .limit(1)
)
"""Built once: every redemption asks for it."""
_AT_A_DESK = (Purpose.STOCK.value, Purpose.HELD.value)
"""What stands at a desk, set aside or not."""


def batches(connection: Connection, desk_id: UUID, *, purpose: Purpose = Purpose.STOCK) -> list[Batch]:
    """Every batch a desk ever had, the empty ones too, what expires first, first."""
    account, prize = books.account.c, prizes.prize.c
    statement = (
        select(account.unit_id, prize.id, account.expires_on, account.balance)
        .join(prizes.prize, prize.unit_id == account.unit_id)
        .where(account.owner_id == desk_id, account.purpose == purpose.value)
        .order_by(account.unit_id, account.expires_on)
    )
    return [Batch(*row) for row in connection.execute(statement)]


def report(connection: Connection, id: UUID) -> dict[str, Any] | None:
    """A report with what became of it and its lines; None where there is none."""
    row = connection.execute(_reports().where(stock_report.c.id == id)).mappings().first()
    return dict(row) | {"lines": _lines(connection, [id])[id]} if row else None


def reports(
    connection: Connection,
    *,
    within: Sequence[str],
    is_settled: bool | None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[dict[str, Any]]:
    """Reports of desks of these organisations and below, the newest first."""
    made = stock_report.c
    statement = _reports().where(below(within))
    if is_settled is not None:
        settled = stock_settlement.c.id.is_not(None)
        statement = statement.where(settled if is_settled else ~settled)
    found = paged(connection, statement, [made.seq], after, limit, newest_first=True)
    lines = _lines(connection, [row["id"] for row in found.items])
    return found.each(lambda row: row | {"lines": lines[row["id"]]})


def session(connection: Connection, id: UUID) -> dict[str, Any] | None:
    """A desk's day, with the close that closed it, or that waits for its signature, if any."""
    row = connection.execute(_sessions().where(desk_session.c.id == id)).mappings().first()
    return _with_close(connection, [dict(row)])[0] if row else None


def latest_session_id(connection: Connection, desk_id: UUID) -> UUID | None:
    return connection.scalar(_LATEST_SESSION, {"desk": desk_id})


def sessions(
    connection: Connection, *, within: Sequence[str], desk_id: UUID | None, after: Sequence[Any] | None, limit: int
) -> Page[dict[str, Any]]:
    """Days of desks of these organisations and below, the newest first."""
    made = desk_session.c
    statement = _sessions().where(below(within))
    if desk_id is not None:
        statement = statement.where(made.desk_id == desk_id)
    found = paged(connection, statement, [made.seq], after, limit, newest_first=True)
    return Page(_with_close(connection, found.items), found.after)


def movements(connection: Connection, desk_id: UUID, *, after: int, until: int, without: int | None) -> list[Movement]:
    """What came to a desk and left it after one seq and up to another, except in the transaction `without`."""
    shelf, other, made = books.account.alias(), books.account.alias(), books.transfer.c
    sides = [
        select(shelf.c.unit_id.label("unit"), other.c.purpose.label("beyond"), amount.label("amount"))
        .select_from(shelf)
        .join(books.transfer, mine == shelf.c.id)
        .join(other, other.c.id == theirs)
        .where(shelf.c.owner_id == desk_id, shelf.c.purpose.in_(_AT_A_DESK))
        .where((other.c.owner_id != desk_id) | other.c.purpose.not_in(_AT_A_DESK))
        .where(made.seq > after, made.seq <= until, made.seq != (without or 0))
        for mine, theirs, amount in (
            (made.debit_account_id, made.credit_account_id, -made.amount),
            (made.credit_account_id, made.debit_account_id, made.amount),
        )
    ]
    legs = union_all(*sides).subquery()
    is_in = legs.c.amount > 0
    statement = select(legs.c.unit, legs.c.beyond, func.sum(legs.c.amount)).group_by(legs.c.unit, legs.c.beyond, is_in)
    return [Movement(unit, beyond, int(amount)) for unit, beyond, amount in connection.execute(statement)]


def stood_at(connection: Connection, desk_id: UUID, seq: int, *, held_only: bool = False) -> dict[int, int]:
    """How many of each unit lay at a desk right after a transaction, set aside or not; or only those set aside. A few
    look-ups by index for each batch, however much has moved since the desk was opened.
    """
    purposes = (Purpose.HELD.value,) if held_only else _AT_A_DESK
    shelf, made = books.account.c, books.transfer.c
    sides = ((made.debit_account_id, made.debit_balance), (made.credit_account_id, made.credit_balance))
    last = [_last(mine, wanted, seq) for mine, balance in sides for wanted in (made.seq, made.leg, balance)]
    statement = select(shelf.unit_id, *last).where(shelf.owner_id == desk_id, shelf.purpose.in_(purposes))
    stood: dict[int, int] = {}
    for unit, *found in connection.execute(statement):
        debit, credit = found[:3], found[3:]
        latest = max((side for side in (debit, credit) if side[0] is not None), default=None)
        if latest is not None:
            stood[unit] = stood.get(unit, 0) + int(latest[2])
    return stood


def _last(mine: Any, wanted: Any, seq: int) -> Any:
    """Of the last leg of an account up to a seq, on one side."""
    made = books.transfer.c
    return (
        select(wanted)
        .where(mine == books.account.c.id, made.seq <= seq)
        .order_by(made.seq.desc(), made.leg.desc())
        .limit(1)
        .correlate(books.account)
        .scalar_subquery()
    )


def points(connection: Connection, desk_id: UUID, *, after: int, until: int) -> Points:
    """What was redeemed and given back at a desk after one seq and up to another, in the smallest unit."""
    account, made = books.account.c, books.transfer.c
    told: list[int] = []
    for mine in (made.credit_account_id, made.debit_account_id):
        statement = (
            select(func.coalesce(func.sum(made.amount), 0), func.count(made.seq.distinct()))
            .join(books.account, account.id == mine)
            .where(account.owner_id == desk_id, account.purpose == Purpose.REDEEMED.value, account.unit_id == POINTS)
            .where(made.seq > after, made.seq <= until)
        )
        told += [int(number) for number in connection.execute(statement).one()]
    return Points(*told)


def leaf_of(connection: Connection, seq: int) -> bytes:
    """The leaf hash of a transaction."""
    statement = select(books.transaction.c.leaf_hash).where(books.transaction.c.seq == seq)
    return bytes(connection.execute(statement).scalar_one())


def head_seq(connection: Connection) -> int:
    return int(connection.execute(select(books.head.c.seq)).scalar_one())


def _reports() -> Select[Any]:
    settled = stock_settlement.c
    return (
        select(
            stock_report,
            prizes.desk.c.name.label("desk_name"),
            people.organisation.c.path.label("organisation_path"),
            settled.seq.label("settled_seq"),
            settled.decision,
            settled.settled_by,
        )
        .join(prizes.desk, prizes.desk.c.id == stock_report.c.desk_id)
        .join(people.organisation, people.organisation.c.id == prizes.desk.c.organisation_id)
        .outerjoin(stock_settlement, settled.report_id == stock_report.c.id)
    )


def _sessions() -> Select[Any]:
    return (
        select(
            desk_session,
            prizes.desk.c.name.label("desk_name"),
            people.organisation.c.path.label("organisation_path"),
        )
        .join(prizes.desk, prizes.desk.c.id == desk_session.c.desk_id)
        .join(people.organisation, people.organisation.c.id == prizes.desk.c.organisation_id)
    )


def _with_close(connection: Connection, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each day with its last close that was not rejected."""
    ids = [row["id"] for row in rows]
    statement = _reports().where(stock_report.c.session_id.in_(ids)).order_by(stock_report.c.seq)
    closes = {row["session_id"]: dict(row) for row in connection.execute(statement).mappings()}
    return [row | {"close": _standing(closes.get(row["id"]))} for row in rows]


def _standing(close: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if close is None or close["decision"] == "reject" else close


def _lines(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    made = stock_report_line.c
    statement = (
        select(stock_report_line, prizes.prize.c.unit_id, prizes.prize.c.title)
        .join(prizes.prize, prizes.prize.c.id == made.prize_id)
        .where(made.report_id.in_(ids))
        .order_by(made.report_id, made.line)
    )
    lines: dict[UUID, list[dict[str, Any]]] = {id: [] for id in ids}
    for row in connection.execute(statement).mappings():
        lines[row["report_id"]].append(dict(row))
    return lines
