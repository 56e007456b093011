"""What is read of the ledger: accounts, balances at any seq, legs by keyset. Each answer costs the same at any size
of the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, case, func, literal, select, tuple_, union_all

from ledger.core.accounts import Account, Purpose
from ledger.store.batches import account_from
from ledger.store.rows import below, beyond
from ledger.store.schema import books, community, people

ACCOUNT = [
    books.account.c[name]
    for name in ("id", "owner_kind", "owner_id", "purpose", "unit_id", "expires_on", "balance", "entries", "opened_seq")
]


class Leg(NamedTuple):
    """One side of a transfer as its account sees it: `amount` is signed, `balance` what the account held after it."""

    seq: int
    leg: int
    account_id: int
    amount: int
    balance: int


class Told(NamedTuple):
    """What a transaction says of itself to the one it concerns."""

    seq: int
    kind: str
    effective_on: date
    recorded_at: int
    explanation: list[dict[str, Any]]
    """Empty where the person asked to be erased."""


def holdings(connection: Connection, owner_id: UUID) -> tuple[int, list[Account]]:
    """All accounts of one owner, and the seq they stand at: one statement, so they agree."""
    statement = select(books.head.c.seq, *ACCOUNT).select_from(
        books.head.outerjoin(books.account, books.account.c.owner_id == owner_id)
    )
    found = connection.execute(statement).all()
    return found[0][0], [account_from(*row[1:]) for row in found if row[1] is not None]


def account(connection: Connection, id: int) -> Account | None:
    row = connection.execute(select(*ACCOUNT).where(books.account.c.id == id)).first()
    return account_from(*row) if row else None


def balance_at(connection: Connection, account_id: int, seq: int) -> int:
    """What the account held right after transaction `seq`: the latest leg on either side, two index look-ups."""
    arms = [
        select(*made).where(column == account_id, books.transfer.c.seq <= seq).order_by(*_newest()).limit(1)
        for made, column in _sides()
    ]
    latest = union_all(*(select(arm.subquery()) for arm in arms)).subquery()
    row = connection.execute(
        select(latest.c.balance).order_by(latest.c.seq.desc(), latest.c.leg.desc()).limit(1)
    ).first()
    return int(row[0]) if row else 0


def legs(connection: Connection, accounts: Sequence[int], *, before: tuple[int, int] | None, limit: int) -> list[Leg]:
    """The latest legs of these accounts, newest first, older than `before` (seq, leg)."""
    arms: list[Select[Any]] = []
    for made, column in _sides():
        arm = select(*made).where(column.in_(accounts))
        if before is not None:
            arm = arm.where(tuple_(books.transfer.c.seq, books.transfer.c.leg) < before)
        arms.append(arm.order_by(*_newest()).limit(limit))
    both = union_all(*(select(arm.subquery()) for arm in arms)).subquery()
    found = connection.execute(select(both).order_by(both.c.seq.desc(), both.c.leg.desc()).limit(limit))
    return [Leg(*row) for row in found]


def told(connection: Connection, seqs: Sequence[int]) -> dict[int, Told]:
    """What these transactions say of themselves."""
    made, private = books.transaction, books.private
    statement = (
        select(made.c.seq, made.c.kind, made.c.effective_on, made.c.recorded_at, private.c.opening)
        .join(private, private.c.seq == made.c.seq)
        .where(made.c.seq.in_(seqs))
    )
    return {
        row.seq: Told(row.seq, row.kind, row.effective_on, row.recorded_at, _explanation(row.opening))
        for row in connection.execute(statement)
    }


def transactions(
    connection: Connection,
    *,
    after: int | None,
    limit: int,
    seq: int | None = None,
    kind: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> list[dict[str, Any]]:
    """Public transactions with their transfers, newest first, older than `after`; of one kind, effective on these days
    (both included).
    """
    statement = select(books.transaction).order_by(books.transaction.c.seq.desc()).limit(limit)
    if after is not None:
        statement = statement.where(books.transaction.c.seq < after)
    if seq is not None:
        statement = statement.where(books.transaction.c.seq == seq)
    if kind is not None:
        statement = statement.where(books.transaction.c.kind == kind)
    if since is not None:
        statement = statement.where(books.transaction.c.effective_on >= since)
    if until is not None:
        statement = statement.where(books.transaction.c.effective_on <= until)
    found = [dict(row) for row in connection.execute(statement).mappings()]
    moves: dict[int, list[dict[str, Any]]] = {row["seq"]: [] for row in found}
    if found:
        wanted = (
            select(books.transfer).where(books.transfer.c.seq.in_(list(moves))).order_by(*books.transfer.primary_key)
        )
        for row in connection.execute(wanted).mappings():
            moves[row["seq"]].append(dict(row))
    undone = books.transaction.alias()
    undoings = select(undone.c.reverses, undone.c.seq).where(undone.c.reverses.in_(list(moves)))
    by = {row.reverses: row.seq for row in connection.execute(undoings)} if found else {}
    return [row | {"transfers": moves[row["seq"]], "reversed_by": by.get(row["seq"])} for row in found]


def trial_balance(connection: Connection) -> tuple[int, list[tuple[int, str, int, int, int]]]:
    """(unit, purpose, accounts, debit balances, credit balances), and the seq at which they stand."""
    made = books.account.c
    debit = func.sum(case((made.balance < 0, -made.balance), else_=0))
    credit = func.sum(case((made.balance > 0, made.balance), else_=0))
    grouped = (
        select(made.unit_id, made.purpose, func.count().label("accounts"), debit.label("debit"), credit.label("credit"))
        .group_by(made.unit_id, made.purpose)
        .subquery()
    )
    statement = select(books.head.c.seq, grouped).select_from(books.head.outerjoin(grouped, literal(1) == 1))
    found = connection.execute(statement.order_by(grouped.c.unit_id, grouped.c.purpose)).all()
    return found[0][0], [(row[1], row[2], int(row[3]), int(row[4]), int(row[5])) for row in found if row[1] is not None]


def stock(connection: Connection, desk_id: UUID) -> dict[int, int]:
    """How many of each unit stand on a desk's shelf."""
    made = books.account.c
    statement = (
        select(made.unit_id, func.sum(made.balance))
        .where(made.owner_id == desk_id, made.purpose == Purpose.STOCK.value)
        .group_by(made.unit_id)
    )
    return {unit: int(held) for unit, held in connection.execute(statement) if held}


def due_lots(connection: Connection, on: date, *, after: int, limit: int) -> list[Account]:
    """Wallet lots whose last day lies before `on` and that still hold something, by account id."""
    made = books.account.c
    statement = (
        select(*ACCOUNT)
        .where(made.purpose == Purpose.WALLET.value, made.balance > 0, made.expires_on < on, made.id > after)
        .order_by(made.id)
        .limit(limit)
    )
    return [account_from(*row) for row in connection.execute(statement)]


class LapsingLot(NamedTuple):
    """A volunteer's lot that still holds something and will lapse."""

    account_id: int
    volunteer_no: str
    expires_on: date
    points: int
    organisation_path: str


def homes_of(connection: Connection, owners: Sequence[UUID]) -> dict[UUID, str]:
    """The path of the organisation that each volunteer, household or group belongs to."""
    found: dict[UUID, str] = {}
    for owned in (people.volunteer, community.collective):
        statement = (
            select(owned.c.id, people.organisation.c.path)
            .join(people.organisation, people.organisation.c.id == owned.c.organisation_id)
            .where(owned.c.id.in_(owners))
        )
        found |= {row.id: row.path for row in connection.execute(statement)}
    return found


def lapsing_lots(
    connection: Connection,
    *,
    since: date,
    until: date,
    within: Sequence[str],
    after: tuple[date, int] | None,
    limit: int,
) -> list[LapsingLot]:
    """Lots whose last day lies between two days, the nearest first, of volunteers of these organisations and below."""
    made, person = books.account.c, people.volunteer.c
    statement = (
        select(made.id, person.volunteer_no, made.expires_on, made.balance, people.organisation.c.path)
        .join(people.volunteer, person.id == made.owner_id)
        .join(people.organisation, people.organisation.c.id == person.organisation_id)
        .where(made.expires_on.between(since, until), made.purpose == Purpose.WALLET.value, made.balance > 0)
        .where(below(within))
        .order_by(made.expires_on, made.id)
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(beyond((made.expires_on, made.id), after, newest_first=False))
    return [LapsingLot(*row) for row in connection.execute(statement)]


def _sides() -> list[tuple[list[Any], Any]]:
    """What a leg is seen from its debit and from its credit account, and the column that names the account."""
    made = books.transfer.c
    debit = [
        made.debit_account_id.label("account_id"),
        (-made.amount).label("amount"),
        made.debit_balance.label("balance"),
    ]
    credit = [
        made.credit_account_id.label("account_id"),
        made.amount.label("amount"),
        made.credit_balance.label("balance"),
    ]
    return [
        ([made.seq, made.leg, *debit], made.debit_account_id),
        ([made.seq, made.leg, *credit], made.credit_account_id),
    ]


def _newest() -> tuple[Any, Any]:
    return books.transfer.c.seq.desc(), books.transfer.c.leg.desc()


def _explanation(opening: str | None) -> list[dict[str, Any]]:
    return [] if opening is None else list(json.loads(opening)["why"].get("explanation", []))
