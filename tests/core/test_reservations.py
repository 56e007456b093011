"""Reservations, without a database: what is set aside, and where it goes."""

from __future__ import annotations

import pytest

from ledger.core.accounts import POINTS, AccountKey, Purpose
from ledger.core.books import Books
from ledger.core.posting import Command, Move
from ledger.core.refusals.people import AgentNotAuthorised
from ledger.core.refusals.postings import InsufficientPoints, InsufficientStock, UnknownTransaction
from ledger.core.refusals.prizes import DeskClosed, ReservationEnded, ReservationNotDue, ReservationOverdue
from ledger.core.refusals.refusal import Refusal
from ledger.core.reversal import Reverse
from tests.core.given import (
    ANA,
    CLERK,
    HANDED_OUT,
    MUG,
    MUGS,
    REDEEMED,
    TODAY,
    TOMORROW,
    TOWN,
    YESTERDAY,
    books,
    decided,
    number,
    posted,
    refused,
    shelf,
    wallet,
)
from tests.core.reservations_golden import (
    SEQ,
    SET_ASIDE,
    YEAR_END,
    collect,
    held,
    release,
    reserve,
    reserved,
    stocked,
)
from tests.core.shelves_golden import SESSION
from tests.factories import invented_id

AGENCY = invented_id(0xA1)
DUE = TODAY.isoformat()


def signed() -> Books:
    known = reserved()
    known.know_rows("stock_settlement", "session_id", SESSION, [{"decision": "confirm"}])
    return known


def agent(**more: object) -> Books:
    known = reserved()
    row = {"volunteer_id": ANA.id, "scope": "collect", "from_on": YESTERDAY, "until_on": None, "revoked_at": None}
    known.know_rows("agency", "id", AGENCY, [row | more])
    return known


# Nobody but the nightly run meets reservation_not_due.
AGAINST_RESERVATIONS: list[tuple[Command, Books, Refusal]] = [
    (reserve(), books(), InsufficientPoints(held=0, asked=20)),
    (reserve(), books({wallet(): 20}), InsufficientStock(prize=str(MUGS.prize), held=0, asked=1)),
    (collect(), reserved(is_there=False), UnknownTransaction(seq=SEQ)),
    (collect(session=SESSION), signed(), DeskClosed()),
    (collect(agency=AGENCY), agent(volunteer_id=invented_id(9)), AgentNotAuthorised()),
    (collect(), reserved(ended_as="redemption"), ReservationEnded()),
    (collect(), reserved(ended_as="reservation_release"), ReservationEnded()),
    (collect(YESTERDAY), reserved(), ReservationOverdue(due_on=YESTERDAY.isoformat())),
    (release(), reserved(is_there=False), UnknownTransaction(seq=SEQ)),
    (release(), reserved(ended_as="redemption"), ReservationEnded()),
    (release(), reserved(ended_as="reservation_release"), ReservationEnded()),
    (release("expired"), reserved(), ReservationNotDue(due_on=DUE)),
    (release("forfeited"), reserved(), ReservationNotDue(due_on=DUE)),
]


@pytest.mark.parametrize(("command", "known", "refusal"), AGAINST_RESERVATIONS, ids=lambda p: getattr(p, "code", ""))
def test_no_is_said_with_the_facts(command: Command, known: Books, refusal: Refusal) -> None:
    assert refused(command, known) == refusal


def test_what_is_reserved_stands_beside_the_lots_and_batches_it_came_from() -> None:
    plan = decided(reserve(), stocked())
    assert tuple(plan.moves) == SET_ASIDE
    assert [record.table for record in plan.records] == ["reservation", "reservation_item"]


@pytest.mark.parametrize(("days", "best_before", "due_on"), [(1, YEAR_END, TOMORROW), (7, TOMORROW, TOMORROW)])
def test_the_last_day_is_the_rulebooks_and_never_later_than_the_goods(
    days: int, best_before: object, due_on: object
) -> None:
    known = books({wallet(): 20, shelf(MUG, best_before): 1})  # type: ignore[arg-type]
    assert decided(reserve(days), known).records[0].row["due_on"] == due_on


def test_collecting_takes_what_was_set_aside_and_nothing_else() -> None:
    plan = decided(collect(), reserved())
    takers = [REDEEMED, REDEEMED, HANDED_OUT]
    assert list(plan.moves) == [
        Move(move.credit, taker, move.amount) for move, taker in zip(SET_ASIDE, takers, strict=True)
    ]
    assert (plan.marks, plan.answer["points"]) == ((), 20)


def test_whoever_may_only_collect_may_collect() -> None:
    assert decided(collect(agency=AGENCY), agent()).answer["collected_by"] == str(AGENCY)


@pytest.mark.parametrize("ending", ["cancelled", "expired"])
def test_what_is_given_up_goes_back_to_where_it_came_from(ending: str) -> None:
    plan = decided(release(ending, YESTERDAY), reserved())  # type: ignore[arg-type]
    assert list(plan.moves) == [Move(move.credit, move.debit, move.amount) for move in SET_ASIDE]
    assert plan.answer["points"] == 20


def test_points_that_come_back_pay_a_debt_once() -> None:
    debt = AccountKey(ANA, Purpose.DEBT, POINTS)
    moves = decided(release(), reserved(debt=8)).moves
    first, second, goods = SET_ASIDE
    assert list(moves) == [
        Move(first.credit, debt, 5),
        Move(second.credit, debt, 3),
        Move(second.credit, second.debit, 12),
        Move(goods.credit, goods.debit, 1),
    ]


def test_forfeited_points_go_to_the_organisation_and_the_goods_to_the_shelf() -> None:
    plan = decided(release("forfeited", YESTERDAY), reserved())
    forfeited = AccountKey(TOWN, Purpose.FORFEITED, POINTS)
    first, second, goods = SET_ASIDE
    assert list(plan.moves) == [
        Move(first.credit, forfeited, 5),
        Move(second.credit, forfeited, 15),
        Move(goods.credit, goods.debit, 1),
    ]
    assert plan.answer["points"] == 0


def test_what_was_collected_and_comes_back_is_free_again() -> None:
    known = books({REDEEMED: 5, HANDED_OUT: 1})
    held_lot, held_batch = held(wallet(TOMORROW)), held(shelf(MUG, YEAR_END))
    moves = (Move(held_lot, REDEEMED, 5), Move(held_batch, HANDED_OUT, 1))
    command = Reverse(id=number(1), actor=CLERK, seq=50, reason="示例")
    back = decided(command, posted(known, *moves)).moves
    assert list(back) == [Move(REDEEMED, wallet(TOMORROW), 5), Move(HANDED_OUT, shelf(MUG, YEAR_END), 1)]
