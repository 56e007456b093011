"""Pooling and donating, without a database: which lots give, and where their points arrive."""

from __future__ import annotations

from datetime import date

from ledger.core.accounts import NEVER, POINTS, AccountKey, Purpose
from ledger.core.posting import Move
from tests.core.given import (
    BO,
    HOME,
    NEXT_YEAR_END,
    THIS_YEAR_END,
    TOWN,
    YESTERDAY,
    books,
    decided,
    donate,
    pool,
    to_donate,
    wallet,
)


def owed(by: AccountKey) -> AccountKey:
    return AccountKey(by.owner, Purpose.DEBT, POINTS)


def test_the_lot_that_lapses_first_is_pooled_first_and_each_keeps_its_day() -> None:
    held = {wallet(): 9, wallet(NEXT_YEAR_END): 9, wallet(THIS_YEAR_END): 9, wallet(YESTERDAY): 9}
    assert decided(pool(12), books(held)).moves == [
        Move(wallet(THIS_YEAR_END), wallet(THIS_YEAR_END, HOME), 9),
        Move(wallet(NEXT_YEAR_END), wallet(NEXT_YEAR_END, HOME), 3),
    ]


def test_what_the_household_owes_is_paid_once_by_what_is_pooled() -> None:
    debt = owed(wallet(owner=HOME))
    known = books({wallet(THIS_YEAR_END): 4, wallet(NEXT_YEAR_END): 6, debt: -7})
    assert decided(pool(10), known).moves == [
        Move(wallet(THIS_YEAR_END), debt, 4),
        Move(wallet(NEXT_YEAR_END), debt, 3),
        Move(wallet(NEXT_YEAR_END), wallet(NEXT_YEAR_END, HOME), 3),
    ]


def test_to_a_cause_points_kept_for_donating_go_before_spendable_ones() -> None:
    given = AccountKey(TOWN, Purpose.DONATED, POINTS)
    spendable = wallet(date(2026, 3, 2), HOME)
    known = books({spendable: 5, to_donate(): 5})
    assert decided(donate(7, receiver=TOWN), known).moves == [Move(to_donate(), given, 5), Move(spendable, given, 2)]


def test_somebody_else_receives_only_what_was_kept_for_donating() -> None:
    known = books({to_donate(THIS_YEAR_END): 5, wallet(owner=HOME): 50})
    plan = decided(donate(5, receiver=BO), known)
    assert plan.moves == [Move(to_donate(THIS_YEAR_END), wallet(THIS_YEAR_END, BO), 5)]
    assert wallet(NEVER, BO).owner == BO
