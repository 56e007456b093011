"""A statement (积分明细): entries newest first, each with the balance after it and the plain reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.bank import Bank
from ledger.core.accounts import Owner
from ledger.reading.balances import SET_ASIDE
from ledger.store import pages
from ledger.store.pages import Leg
from ledger.store.rows import Page

CHUNK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One movement as the owner sees it. `amount` is signed; `balance_after` is over all the owner's accounts of the
    unit.
    """

    seq: int
    leg: int
    on: date
    recorded_at: int
    kind: str
    amount: int
    balance_after: int
    explanation: list[dict[str, Any]]


def statement(
    bank: Bank,
    owner: Owner,
    unit: int,
    *,
    since: date | None = None,
    until: date | None = None,
    after: tuple[int, int, int] | None = None,
    limit: int = 50,
) -> Page[Entry]:
    """Entries with business dates in [since, until], newest posting first.

    `after` is (seq, leg, balance before that entry): where the page before this one ended. Entries never change, so
    neither does it.
    """
    with bank.store.snapshot() as connection:
        _, accounts = pages.holdings(connection, owner.id)
        own = [account for account in accounts if account.key.unit == unit and account.key.purpose not in SET_ASIDE]
        ids = [account.id for account in own]
        position = after[:2] if after else None
        balance = after[2] if after else sum(account.balance for account in own)
        entries: list[Entry] = []
        chunk = min(CHUNK, limit + 1)
        while ids:
            legs = pages.legs(connection, ids, before=position, limit=chunk)
            told = pages.told(connection, sorted({leg.seq for leg in legs}))
            for leg in legs:
                entry = _entry(leg, told[leg.seq], balance)
                if (since is None or entry.on >= since) and (until is None or entry.on <= until):
                    if len(entries) == limit:
                        last = entries[-1]
                        return Page(entries, (last.seq, last.leg, last.balance_after - last.amount))
                    entries.append(entry)
                balance -= leg.amount
            if len(legs) < chunk:
                break
            position = (legs[-1].seq, legs[-1].leg)
    return Page(entries, None)


def _entry(leg: Leg, told: pages.Told, balance: int) -> Entry:
    return Entry(
        seq=leg.seq,
        leg=leg.leg,
        on=told.effective_on,
        recorded_at=told.recorded_at,
        kind=told.kind,
        amount=leg.amount,
        balance_after=balance,
        explanation=told.explanation,
    )
