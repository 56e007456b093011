"""What each command posts, without a database: the moves, and what it asks the books for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ledger.core.accounts import MINUTES, POINTS, AccountKey, Purpose
from ledger.core.adjustment import Adjust
from ledger.core.entries import Kind
from ledger.core.opening import OpenAccounts
from ledger.core.posting import Command, Move
from ledger.rules import Tally
from tests.core.given import (
    ACTIVITY,
    ANA,
    BY_HAND,
    CLERK,
    CLOCKED,
    DEBT,
    DESK,
    HANDED_OUT,
    HONORARY,
    HOURS_ISSUED,
    HUANGSHI,
    ISSUED,
    LAPSED,
    MINUTES_BY_HAND,
    MUG,
    MUGS,
    NEXT_YEAR_END,
    RECEIVED,
    REDEEMED,
    RICE,
    SACK,
    THIS_YEAR_END,
    TODAY,
    TOMORROW,
    TOWN,
    YESTERDAY,
    adjust,
    award,
    books,
    decided,
    lapse,
    number,
    posted,
    receive,
    redeem,
    reverse,
    shelf,
    wallet,
)
from tests.factories import ItemFactory

# -- award -------------------------------------------------------------------------------------------------------------


def test_an_award_gives_hours_and_points_into_the_lot_of_its_year() -> None:
    plan = decided(award(minutes=120), books())
    assert plan.moves == [Move(HOURS_ISSUED, CLOCKED, 120), Move(ISSUED, wallet(NEXT_YEAR_END), 2)]
    assert plan.effective_on == YESTERDAY
    assert (plan.rulebook, plan.detail) == (("example", 1), {"rule": "cleaning"})
    assert {key: plan.answer[key] for key in ("state", "minutes", "counted_minutes", "points")} == {
        "state": "posted",
        "minutes": 120,
        "counted_minutes": 120,
        "points": 2,
    }


@pytest.mark.parametrize(
    ("method", "hours"),
    [
        ("clocked", CLOCKED),
        ("roster", CLOCKED),
        ("backfilled", HONORARY),
        ("declared", HONORARY),
        ("imported", HONORARY),
    ],
)
def test_hours_that_nobody_witnessed_are_honorary(method: str, hours: AccountKey) -> None:
    assert decided(award(capture_method=method, rulebook=HUANGSHI), books()).moves[0] == Move(HOURS_ISSUED, hours, 120)


def test_back_filled_hours_earn_no_points_and_are_kept() -> None:
    assert decided(award(capture_method="backfilled", rulebook=HUANGSHI), books()).moves == [
        Move(HOURS_ISSUED, HONORARY, 120)
    ]


def test_an_award_pays_a_debt_first() -> None:
    moves = decided(award(minutes=120), books({DEBT: -1})).moves
    assert moves[1:] == [Move(ISSUED, DEBT, 1), Move(ISSUED, wallet(NEXT_YEAR_END), 1)]


def test_what_counted_before_leaves_less_room_under_the_cap() -> None:
    asked = award(minutes=120)
    (key,) = asked.needs().history
    plan = decided(asked, books(history={key: Tally(deeds=1, counted=60, minutes=60, points=1)}))
    assert plan.moves == [Move(HOURS_ISSUED, CLOCKED, 120), Move(ISSUED, wallet(NEXT_YEAR_END), 1)]
    (mark,) = plan.marks
    assert mark.mark.tally == Tally(deeds=1, quantity=120, eligible=120, counted=60, minutes=60, points=1)
    assert (mark.mark.rule, mark.mark.on) == ("cleaning", YESTERDAY)
    assert (mark.person, mark.activity, mark.organisation) == (ANA.id, ACTIVITY, TOWN.id)


def test_what_is_posted_counts_for_the_next_of_its_batch() -> None:
    asked = award(minutes=120)
    (key,) = asked.needs().history
    known = books(history={key: Tally()})
    known.past.count(decided(asked, known).marks)
    assert decided(asked, known).answer["points"] == 0


# -- redeem ------------------------------------------------------------------------------------------------------------


def test_points_and_goods_that_go_first_are_those_that_expire_first() -> None:
    known = books(
        {
            wallet(): 50,
            wallet(THIS_YEAR_END): 5,
            wallet(TODAY): 4,
            wallet(YESTERDAY): 99,
            shelf(): 9,
            shelf(best_before=TODAY): 1,
            shelf(best_before=YESTERDAY): 9,
        }
    )
    assert decided(redeem(MUGS._replace(quantity=2)), known).moves == [
        Move(wallet(TODAY), REDEEMED, 4),
        Move(wallet(THIS_YEAR_END), REDEEMED, 5),
        Move(wallet(), REDEEMED, 31),
        Move(shelf(best_before=TODAY), HANDED_OUT, 1),
        Move(shelf(), HANDED_OUT, 1),
    ]


def test_a_receipt_names_the_seq_with_a_check_digit() -> None:
    answer = decided(redeem(), books({wallet(): 20, shelf(): 1})).answer
    assert answer["points"] == 20
    assert answer["receipt"] == {"number": "0000001010", "on": "2026-03-02"}


def test_the_same_prize_on_two_lines_is_counted_together() -> None:
    plan = decided(redeem(MUGS, ItemFactory.build(prize=MUGS.prize, unit=MUG)), books({wallet(): 40, shelf(): 2}))
    assert plan.moves == [Move(wallet(), REDEEMED, 40), Move(shelf(), HANDED_OUT, 2)]


# -- adjust ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "balances", "moves"),
    [
        (adjust(10), {}, [Move(BY_HAND, wallet(), 10)]),
        (adjust(10, expires_on=THIS_YEAR_END), {}, [Move(BY_HAND, wallet(THIS_YEAR_END), 10)]),
        (adjust(10), {DEBT: -4}, [Move(BY_HAND, DEBT, 4), Move(BY_HAND, wallet(), 6)]),
        (
            adjust(-10),
            {wallet(): 9, wallet(THIS_YEAR_END): 3, wallet(YESTERDAY): 50},
            [Move(wallet(THIS_YEAR_END), BY_HAND, 3), Move(wallet(), BY_HAND, 7)],
        ),
        (adjust(30, unit=MINUTES, purpose=Purpose.HONORARY), {}, [Move(MINUTES_BY_HAND, HONORARY, 30)]),
        (adjust(-30, unit=MINUTES, purpose=Purpose.CLOCKED), {CLOCKED: 60}, [Move(CLOCKED, MINUTES_BY_HAND, 30)]),
    ],
)
def test_an_adjustment_gives_and_takes(command: Adjust, balances: dict[AccountKey, int], moves: list[Move]) -> None:
    assert decided(command, books(balances)).moves == moves


# -- lapse -------------------------------------------------------------------------------------------------------------


def test_a_lapse_empties_its_lot_and_no_other_on_its_day() -> None:
    plan = decided(lapse(), books({wallet(YESTERDAY): 7, wallet(TODAY): 5, wallet(): 3}))
    assert plan.moves == (Move(wallet(YESTERDAY), LAPSED, 7),)
    assert plan.effective_on == YESTERDAY


# -- reverse -----------------------------------------------------------------------------------------------------------

GIVEN = Move(ISSUED, wallet(THIS_YEAR_END), 10)
"""What transaction 50 gave."""


@pytest.mark.parametrize(
    ("balances", "moves"),
    [
        ({wallet(THIS_YEAR_END): 10}, [Move(wallet(THIS_YEAR_END), ISSUED, 10)]),
        ({wallet(THIS_YEAR_END): 25, wallet(): 9}, [Move(wallet(THIS_YEAR_END), ISSUED, 10)]),
        (
            {wallet(THIS_YEAR_END): 4, wallet(NEXT_YEAR_END): 3, wallet(): 9},
            [
                Move(wallet(THIS_YEAR_END), ISSUED, 4),
                Move(wallet(NEXT_YEAR_END), ISSUED, 3),
                Move(wallet(), ISSUED, 3),
            ],
        ),
        (
            {wallet(THIS_YEAR_END): 4, wallet(YESTERDAY): 50},
            [Move(wallet(THIS_YEAR_END), ISSUED, 4), Move(DEBT, ISSUED, 6)],
        ),
        ({}, [Move(DEBT, ISSUED, 10)]),
    ],
    ids=["untouched", "more in the lot", "from other lots", "the rest is owed", "all is owed"],
)
def test_a_reversed_award_takes_what_is_left_and_books_the_rest_as_debt(
    balances: dict[AccountKey, int], moves: list[Move]
) -> None:
    assert decided(reverse(), posted(books(balances), GIVEN)).moves == moves


def test_what_lapsed_out_of_the_lot_is_taken_back_before_anything_is_owed() -> None:
    known = posted(books({LAPSED: 7}), Move(ISSUED, wallet(YESTERDAY), 10))
    known.know_left(wallet(YESTERDAY), LAPSED, 7)
    assert decided(reverse(), known).moves == [
        Move(LAPSED, wallet(YESTERDAY), 7),
        Move(wallet(YESTERDAY), ISSUED, 7),
        Move(DEBT, ISSUED, 3),
    ]


def test_a_reversed_award_that_had_paid_a_debt_takes_what_is_in_the_wallet_before_it_is_owed_again() -> None:
    """Nobody has points to spend that the reversal of another award made them owe."""
    known = posted(books({wallet(): 4}), Move(ISSUED, DEBT, 10))
    assert decided(reverse(), known).moves == [Move(wallet(), ISSUED, 4), Move(DEBT, ISSUED, 6)]


def test_an_award_that_paid_a_debt_and_filled_a_lot_takes_no_point_twice() -> None:
    known = posted(
        books({wallet(THIS_YEAR_END): 7, wallet(): 1}), Move(ISSUED, DEBT, 5), Move(ISSUED, wallet(THIS_YEAR_END), 5)
    )
    plan = decided(reverse(), known)
    known.post(plan, reverse(), bytes(32))
    assert [known.balance(key) for key in (wallet(THIS_YEAR_END), wallet(), DEBT)] == [0, 0, -2]


def test_a_refund_gives_back_to_the_lots_and_batches_it_came_from() -> None:
    taken = (
        Move(wallet(YESTERDAY), REDEEMED, 4),
        Move(wallet(), REDEEMED, 16),
        Move(shelf(best_before=TODAY), HANDED_OUT, 1),
    )
    assert decided(reverse(), posted(books(), *taken, kind=Kind.REDEMPTION)).moves == [
        Move(REDEEMED, wallet(YESTERDAY), 4),
        Move(REDEEMED, wallet(), 16),
        Move(HANDED_OUT, shelf(best_before=TODAY), 1),
    ]


def test_a_refund_pays_a_debt_first_over_all_its_lots_together() -> None:
    taken = (Move(wallet(TODAY), REDEEMED, 4), Move(wallet(), REDEEMED, 16))
    assert decided(reverse(), posted(books({DEBT: -6}), *taken, kind=Kind.REDEMPTION)).moves == [
        Move(REDEEMED, DEBT, 4),
        Move(REDEEMED, DEBT, 2),
        Move(REDEEMED, wallet(), 14),
    ]


def test_a_reversal_says_what_it_did() -> None:
    plan = decided(replace(reverse(), subject="the record"), posted(books({wallet(THIS_YEAR_END): 4}), GIVEN))
    assert plan.answer == {"id": "the record", "reverses_seq": 50, "points": -10, "debt_points": 6}
    assert (plan.kind, plan.reverses, plan.effective_on) == (Kind.REVERSAL, 50, TODAY)


# -- receive, open -----------------------------------------------------------------------------------------------------


def test_goods_come_to_the_batch_of_their_best_before_day() -> None:
    assert decided(receive(5, TOMORROW), books()).moves == (Move(RECEIVED, shelf(best_before=TOMORROW), 5),)


def test_opening_moves_nothing() -> None:
    plan = decided(OpenAccounts(id=number(1), actor=CLERK, accounts=(wallet(), CLOCKED)), books())
    assert (plan.moves, plan.opens, plan.kind) == ((), (wallet(), CLOCKED), Kind.OPENING)


@pytest.mark.parametrize(
    ("command", "holdings"),
    [
        (award(), {(ANA, POINTS), (ANA, MINUTES), (TOWN, POINTS), (TOWN, MINUTES)}),
        (redeem(MUGS, SACK), {(ANA, POINTS), (DESK, POINTS), (DESK, MUG), (DESK, RICE)}),
        (adjust(), {(ANA, POINTS), (TOWN, POINTS)}),
        (adjust(unit=MINUTES, purpose=Purpose.CLOCKED), {(ANA, MINUTES), (TOWN, MINUTES)}),
        (lapse(), {(ANA, POINTS), (TOWN, POINTS)}),
        (receive(), {(DESK, MUG)}),
        (reverse(), set()),
    ],
)
def test_a_command_asks_for_every_holding_it_may_move(command: Command, holdings: set[tuple[Any, int]]) -> None:
    """One it forgot would be opened a second time, and the database would refuse the whole batch."""
    assert set(command.needs().holdings) == holdings
