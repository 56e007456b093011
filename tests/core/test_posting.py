"""Posting moves balances and nothing else: what it draws from, whose debt is paid first, and what it never does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.accounts import NEVER, POINTS, AccountKey, Purpose
from ledger.core.books import Books, FloorPassed, credit_wallet, draw
from ledger.core.canonical import INTEGER_MAX
from ledger.core.entries import Kind
from ledger.core.posting import AMOUNT_MAX, Move, Needs, Plan
from ledger.core.refusals.refusal import Refusal
from tests.core.given import (
    ANA,
    BO,
    CLERK,
    CLOCKED,
    DEBT,
    ISSUED,
    LAPSED,
    REDEEMED,
    TODAY,
    TOMORROW,
    YESTERDAY,
    books,
    number,
    wallet,
)

SALT = bytes(32)
SOON, LATE = date(2026, 12, 31), date(2027, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A command whose plan was settled beforehand."""

    plan: Plan
    id: UUID
    actor: UUID

    def needs(self) -> Needs:
        return Needs()

    def decide(self, facts: Books) -> Plan | Refusal:  # noqa: ARG002
        return self.plan


def settled(plan: Plan) -> Settled:
    return Settled(plan=plan, id=number(1), actor=CLERK)


def post(known: Books, *moves: Move) -> None:
    plan = Plan(kind=Kind.ADJUSTMENT, effective_on=TODAY, moves=moves)
    known.post(plan, settled(plan), SALT)


# -- draw --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "amount", "parts"),
    [
        ([5, 7], 0, []),
        ([5, 7], 3, [3]),
        ([5, 7], 5, [5]),
        ([5, 7], 6, [5, 1]),
        ([5, 7], 12, [5, 7]),
        ([], 0, []),
    ],
)
def test_an_amount_is_drawn_from_the_first_lots_first(held: list[int], amount: int, parts: list[int]) -> None:
    lots = [(wallet(date(2026, 12, day)), balance) for day, balance in enumerate(held, 1)]
    assert draw(lots, amount) == [(lots[at][0], part) for at, part in enumerate(parts)]


@given(st.lists(st.integers(1, 1_000), max_size=8), st.data())
def test_what_is_drawn_adds_up_and_no_lot_gives_more_than_it_has(held: list[int], data: st.DataObject) -> None:
    amount = data.draw(st.integers(0, sum(held)))
    lots = [(wallet(date(2026, 1, 1 + day)), balance) for day, balance in enumerate(held)]
    parts = draw(lots, amount)
    assert sum(part for _, part in parts) == amount
    assert all(0 < part <= balance for (_, part), (_, balance) in zip(parts, lots, strict=False))
    assert all(part == balance for (_, part), (_, balance) in zip(parts[:-1], lots, strict=False))


# -- credit_wallet -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("debt", "repaid", "amount", "to_debt", "to_lot"),
    [
        (0, 0, 10, 0, 10),
        (4, 0, 10, 4, 6),
        (10, 0, 10, 10, 0),
        (25, 0, 10, 10, 0),
        (25, 20, 10, 5, 5),
        (25, 25, 10, 0, 10),
    ],
)
def test_a_debt_is_paid_before_a_wallet_is_filled(
    debt: int, repaid: int, amount: int, to_debt: int, to_lot: int
) -> None:
    moves = credit_wallet(books({DEBT: -debt}), ISSUED, wallet(SOON), amount, repaid=repaid)
    wanted = [Move(ISSUED, DEBT, to_debt), Move(ISSUED, wallet(SOON), to_lot)]
    assert moves == [move for move in wanted if move.amount]


def test_the_debt_of_one_is_not_paid_by_another() -> None:
    assert credit_wallet(books({DEBT: -5}), ISSUED, wallet(owner=BO), 10) == [Move(ISSUED, wallet(owner=BO), 10)]


# -- what books say ----------------------------------------------------------------------------------------------------


def test_lots_come_in_the_order_in_which_they_lapse_and_empty_ones_not_at_all() -> None:
    known = books({wallet(): 1, wallet(LATE): 2, wallet(SOON): 3, wallet(TODAY): 0, CLOCKED: 60})
    assert known.lots(ANA, Purpose.WALLET, POINTS) == [(wallet(SOON), 3), (wallet(LATE), 2), (wallet(), 1)]


def test_a_lot_can_be_used_on_its_last_day_and_not_after() -> None:
    known = books({wallet(YESTERDAY): 1, wallet(TODAY): 2, wallet(TOMORROW): 3})
    assert known.usable(ANA, Purpose.WALLET, POINTS) == [(wallet(TODAY), 2), (wallet(TOMORROW), 3)]


def test_what_books_know_of_lapses_follows_the_moves() -> None:
    known = books({wallet(YESTERDAY): 9})
    post(known, Move(wallet(YESTERDAY), LAPSED, 9))
    assert known.lapsed(wallet(YESTERDAY)) == [(LAPSED, 9)]
    post(known, Move(LAPSED, wallet(YESTERDAY), 4))
    assert known.lapsed(wallet(YESTERDAY)) == [(LAPSED, 5)]
    post(known, Move(LAPSED, wallet(YESTERDAY), 5))
    assert known.lapsed(wallet(YESTERDAY)) == []


# -- posting -----------------------------------------------------------------------------------------------------------


def test_each_leg_carries_both_balances_after_it() -> None:
    known = books({wallet(): 10})
    plan = Plan(
        kind=Kind.REDEMPTION,
        effective_on=TODAY,
        moves=(Move(wallet(), REDEEMED, 4), Move(wallet(), REDEEMED, 1), Move(ISSUED, wallet(), 7)),
    )
    _, transfers, _ = known.post(plan, settled(plan), SALT)
    assert [(row.leg, row.amount, row.debit_balance, row.credit_balance) for row in transfers] == [
        (1, 4, 6, 4),
        (2, 1, 5, 5),
        (3, 7, -7, 12),
    ]
    assert {row.seq for row in transfers} == {101}
    assert known.seq == 101


@pytest.mark.parametrize(
    "moves",
    [
        [Move(wallet(), REDEEMED, 11)],
        [Move(wallet(), REDEEMED, 6), Move(wallet(), REDEEMED, 5)],
        [Move(wallet(), REDEEMED, 11), Move(ISSUED, wallet(), 5)],  # not even between two legs
        [Move(wallet(SOON), REDEEMED, 1)],
    ],
)
def test_no_plan_however_wrong_brings_a_wallet_below_zero(moves: Sequence[Move]) -> None:
    with pytest.raises(FloorPassed):
        post(books({wallet(): 10}), *moves)


def test_no_plan_pays_back_more_than_is_owed() -> None:
    with pytest.raises(FloorPassed):
        post(books({DEBT: -3}), Move(ISSUED, DEBT, 4))


@pytest.mark.parametrize(
    "move",
    [
        Move(ISSUED, wallet(), 0),
        Move(ISSUED, wallet(), -1),
        Move(ISSUED, wallet(), AMOUNT_MAX + 1),
        Move(wallet(), wallet(), 1),
        Move(ISSUED, CLOCKED, 1),
    ],
)
def test_what_is_not_a_move_is_not_posted(move: Move) -> None:
    with pytest.raises(ValueError, match="not a move"):
        post(books({wallet(): 10}), move)


@pytest.mark.parametrize(
    ("balances", "move"),
    [
        ({wallet(): INTEGER_MAX - 4}, Move(ISSUED, wallet(), 5)),
        ({ISSUED: -INTEGER_MAX + 4}, Move(ISSUED, wallet(), 5)),
    ],
)
def test_no_balance_leaves_the_range_of_exact_integers(balances: dict[AccountKey, int], move: Move) -> None:
    with pytest.raises(OverflowError):
        post(books(balances), move)


def test_posting_opens_the_accounts_it_needs_once() -> None:
    known = books()
    post(known, Move(ISSUED, wallet(), 5), Move(ISSUED, wallet(), 6))
    assert [(account.id, account.key, account.balance, account.entries) for account in known.take_accounts()[0]] == [
        (1, ISSUED, -11, 2),
        (2, wallet(), 11, 2),
    ]


# -- bytes that never change -------------------------------------------------------------------------------------------


def changed_in_public(change: Callable[[Plan], Plan]) -> bool:
    plan = Plan(kind=Kind.AWARD, effective_on=TODAY, moves=(Move(ISSUED, wallet(NEVER), 5),), detail={"rule": "r"})
    before = books().post(plan, settled(plan), SALT)[0].leaf_hash
    return before != books().post(change(plan), settled(plan), SALT)[0].leaf_hash


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: replace(plan, kind=Kind.ADJUSTMENT),
        lambda plan: replace(plan, effective_on=YESTERDAY),
        lambda plan: replace(plan, detail={"rule": "s"}),
        lambda plan: replace(plan, moves=(Move(ISSUED, wallet(), 6),)),
        lambda plan: replace(plan, moves=(Move(ISSUED, DEBT._replace(purpose=Purpose.HELD), 5),)),
        lambda plan: replace(plan, rulebook=("example", 1)),
        lambda plan: replace(plan, why={"record": "another"}),
    ],
)
def test_whatever_a_posting_says_is_in_its_leaf(change: Callable[[Plan], Plan]) -> None:
    assert changed_in_public(change)


def test_the_same_posting_has_the_same_leaf() -> None:
    assert not changed_in_public(lambda plan: plan)
