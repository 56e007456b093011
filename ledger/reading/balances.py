"""A volunteer's balance: what can be spent, what is held, what lapses when, and the hours behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.bank import Bank
from ledger.core.accounts import NEVER, POINTS, Account, Owner, Purpose
from ledger.store import pages, stars

SET_ASIDE = frozenset({Purpose.DONATE_ONLY, Purpose.HONOUR})
"""Where points stand that are no part of a balance: they can only be given away, or looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Points in the bank's smallest unit, service time in minutes, as of one seq."""

    points: int
    """Wallet and held together, less what is owed."""
    available: int
    """What can be spent today: lots whose last day has not passed."""
    held: int
    debt: int
    """Owed after a reversal of points already spent; later awards pay it first."""
    donate_only: int
    """What may only be given away; no part of `points`."""
    honour: int
    """What is kept as an honour; no part of `points`."""
    lapsing: tuple[tuple[date, int], ...]
    """(last day, points) of what will lapse, the nearest first."""
    minutes_clocked: int
    minutes_honorary: int
    star_level: int
    """As it was granted; 0 where nothing was."""
    as_of_seq: int


def balance_of(bank: Bank, owner: Owner) -> Balance:
    """The owner's balance now."""
    with bank.store.reading() as connection:
        seq, accounts = pages.holdings(connection, owner.id)
        star_level = stars.star_level(connection, owner.id)
    today = bank.today()
    usable = [account for account in _of(accounts, Purpose.WALLET) if account.key.expires_on >= today]
    clocked, honorary = _sum(_of(accounts, Purpose.CLOCKED)), _sum(_of(accounts, Purpose.HONORARY))
    lapsing = sorted(
        (account.key.expires_on, account.balance)
        for account in usable
        if account.key.expires_on != NEVER and account.balance
    )
    return Balance(
        points=_sum(
            [account for account in accounts if account.key.unit == POINTS and account.key.purpose not in SET_ASIDE]
        ),
        donate_only=_sum(_of(accounts, Purpose.DONATE_ONLY)),
        honour=_sum(_of(accounts, Purpose.HONOUR)),
        available=_sum(usable),
        held=_sum(_of(accounts, Purpose.HELD)),
        debt=-_sum(_of(accounts, Purpose.DEBT)),
        lapsing=tuple(lapsing),
        minutes_clocked=clocked,
        minutes_honorary=honorary,
        star_level=star_level,
        as_of_seq=seq,
    )


def _of(accounts: list[Account], purpose: Purpose) -> list[Account]:
    return [account for account in accounts if account.key.purpose is purpose]


def _sum(accounts: list[Account]) -> int:
    return sum(account.balance for account in accounts)
