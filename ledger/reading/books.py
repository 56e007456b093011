"""The auditor's reading of the ledger: transactions, accounts at any seq, and the trial balance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.bank import Bank
from ledger.core.accounts import Account
from ledger.core.entries import unit_name
from ledger.store import pages, shelves
from ledger.store.rows import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialRow:
    """All accounts of one purpose in one unit: what they hold on either side."""

    unit: str
    purpose: str
    accounts: int
    debit: int
    credit: int


def transactions(
    bank: Bank,
    *,
    after: int | None,
    limit: int,
    kind: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Page[dict[str, Any]]:
    """Transactions with their transfers, newest first, of one kind and of these days where they are said; nothing of
    their private parts.
    """
    with bank.store.snapshot() as connection:
        found = pages.transactions(connection, after=after, limit=limit + 1, kind=kind, since=since, until=until)
    return Page(found[:limit], (found[limit - 1]["seq"],) if len(found) > limit else None)


def transaction(bank: Bank, seq: int) -> dict[str, Any] | None:
    with bank.store.snapshot() as connection:
        found = pages.transactions(connection, after=None, limit=1, seq=seq)
    return found[0] if found else None


def account(bank: Bank, id: int, *, as_of_seq: int | None = None) -> tuple[Account, int] | None:
    """The account, and its balance now or right after a seq."""
    with bank.store.snapshot() as connection:
        found = pages.account(connection, id)
        if found is None:
            return None
        return found, found.balance if as_of_seq is None else pages.balance_at(connection, id, as_of_seq)


def head_seq(bank: Bank) -> int:
    """The seq of the last transaction; 0 where there is none."""
    with bank.store.reading() as connection:
        return shelves.head_seq(connection)


def trial_balance(bank: Bank) -> tuple[int, list[TrialRow]]:
    """The seq it stands at, and a row for each purpose in each unit; debits and credits of a unit are equal."""
    with bank.store.reading() as connection:
        seq, found = pages.trial_balance(connection)
    return seq, [
        TrialRow(unit=unit_name(unit), purpose=purpose, accounts=accounts, debit=debit, credit=credit)
        for unit, purpose, accounts, debit, credit in found
    ]
