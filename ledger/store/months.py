"""What moved on each business day, from what kind of account to what kind: sums alone."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from ledger.core.accounts import MINUTES, POINTS
from ledger.store.schema import books


class Moved(NamedTuple):
    """So much of a unit went from accounts of one purpose to accounts of another on a day."""

    on: date
    unit: int
    debit: str
    credit: str
    amount: int


def moved(connection: Connection, until: int) -> list[Moved]:
    """All points and minutes that were moved up to a seq, by business day."""
    made, transfer = books.transaction.c, books.transfer.c
    debit, credit = books.account.alias(), books.account.alias()
    statement = (
        select(made.effective_on, transfer.unit_id, debit.c.purpose, credit.c.purpose, func.sum(transfer.amount))
        .select_from(books.transfer)
        .join(books.transaction, made.seq == transfer.seq)
        .join(debit, debit.c.id == transfer.debit_account_id)
        .join(credit, credit.c.id == transfer.credit_account_id)
        .where(transfer.unit_id.in_((POINTS, MINUTES)), transfer.seq <= until)
        .group_by(made.effective_on, transfer.unit_id, debit.c.purpose, credit.c.purpose)
    )
    found = connection.execute(statement)
    return [Moved(on, unit, out, into, int(amount)) for on, unit, out, into, amount in found]
