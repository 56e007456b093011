"""Books as a batch would know them, without a database: what decisions are tried on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from ledger.core.accounts import MINUTES, NEVER, POINTS, Account, AccountKey, Owner, OwnerKind, Purpose
from ledger.core.posting import Books, Command, Plan
from ledger.core.refusals import Refusal
from tests.factories import invented_id

TODAY = date(2026, 3, 2)
YESTERDAY, TOMORROW = date(2026, 3, 1), date(2026, 3, 3)
AT = 1_772_413_200_000_000
"""2026-03-02 09:00 in Shanghai."""

CLERK, COLLEAGUE = invented_id(1), invented_id(2)
ANA = Owner(OwnerKind.VOLUNTEER, invented_id(0xA))
BO = Owner(OwnerKind.VOLUNTEER, invented_id(0xB))
TOWN = Owner(OwnerKind.ORGANISATION, invented_id(0xC))
DESK = Owner(OwnerKind.DESK, invented_id(0xD))
MUG, RICE = 3, 4
"""Units of two prizes."""


def wallet(expires_on: date = NEVER, owner: Owner = ANA) -> AccountKey:
    return AccountKey(owner, Purpose.WALLET, POINTS, expires_on)


def shelf(unit: int = MUG, best_before: date = NEVER) -> AccountKey:
    return AccountKey(DESK, Purpose.STOCK, unit, best_before)


DEBT = AccountKey(ANA, Purpose.DEBT, POINTS)
CLOCKED = AccountKey(ANA, Purpose.CLOCKED, MINUTES)
HONORARY = AccountKey(ANA, Purpose.HONORARY, MINUTES)
ISSUED = AccountKey(TOWN, Purpose.ISSUANCE, POINTS)
HOURS_ISSUED = AccountKey(TOWN, Purpose.ISSUANCE, MINUTES)
BY_HAND = AccountKey(TOWN, Purpose.ADJUSTMENT, POINTS)
MINUTES_BY_HAND = AccountKey(TOWN, Purpose.ADJUSTMENT, MINUTES)
LAPSED = AccountKey(TOWN, Purpose.LAPSED, POINTS)
REDEEMED = AccountKey(DESK, Purpose.REDEEMED, POINTS)
RECEIVED = AccountKey(DESK, Purpose.RECEIVED, MUG)
HANDED_OUT = AccountKey(DESK, Purpose.HANDED_OUT, MUG)


def books(balances: Mapping[AccountKey, int] | None = None, *, today: date = TODAY) -> Books:
    """Books that hold these balances and know of nothing else."""
    held = balances or {}
    known = Books(seq=100, account_last=len(held), now=AT, today=today)
    for id, (key, balance) in enumerate(held.items(), 1):
        known.know_account(Account(id, key, balance, 1, 1))
    return known


def decided(command: Command, known: Books) -> Plan:
    """The plan of a command that is not refused."""
    decision = command.decide(known)
    assert isinstance(decision, Plan), decision
    return decision


def refused(command: Command, known: Books) -> Refusal:
    """The refusal of a command that is."""
    decision = command.decide(known)
    assert isinstance(decision, Refusal), decision
    return decision


def number(n: int) -> UUID:
    """The id of the n-th command."""
    return invented_id(0x100 + n)
