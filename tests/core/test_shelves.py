"""Shelves and desk days, without a database: who may say what of a shelf, and where differences go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ledger.core.accounts import NEVER, AccountKey, Purpose
from ledger.core.books import Books
from ledger.core.posting import Command, Move
from ledger.core.refusals.postings import AmountOutOfRange, InsufficientStock, ReasonMissing, SamePerson
from ledger.core.refusals.prizes import (
    CountMissing,
    DayUnsigned,
    DeskClosed,
    DifferenceUnexplained,
    SameDesk,
    SessionClosed,
    SessionOpen,
)
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import AlreadyDecided
from ledger.prizes.redeem import QUANTITY_MAX
from ledger.prizes.shelves import REASONS
from tests.core.given import DESK, MUG, MUGS, RICE, SACK, TOMORROW, YESTERDAY, books, decided, redeem, refused, shelf
from tests.core.shelves_golden import (
    EAST,
    LINES,
    REPORT,
    SESSION,
    YEAR_END,
    day,
    mugs,
    open_session,
    settle,
    shelved,
    take_stock,
    transfer,
    write_off,
)

PRIZE = str(MUGS.prize)
CLOSE = {"session": SESSION, "stocked": {MUG: MUGS.prize, RICE: SACK.prize}}
TOO_MANY = QUANTITY_MAX + 1


def opened_meanwhile() -> Books:
    known = shelved()
    known.know_rows("desk_session", "follows", DESK.id, [{"id": SESSION}])
    return known


def settled_before() -> Books:
    known = shelved()
    known.know_rows("stock_settlement", "report_id", REPORT, [{"decision": "reject"}])
    return known


def counted_again() -> Books:
    known = day(closes=2)
    known.know_rows("stock_settlement", "report_id", REPORT, [])
    return known


AGAINST_SHELVES: list[tuple[Command, Books, Refusal]] = [
    (transfer(receiver=DESK), shelved(), SameDesk()),
    (replace(transfer(), goods=()), shelved(), AmountOutOfRange(amount=0, lowest=1, highest=QUANTITY_MAX)),
    (transfer(0), shelved(), AmountOutOfRange(amount=0, lowest=1, highest=QUANTITY_MAX)),
    (transfer(TOO_MANY), shelved(), AmountOutOfRange(amount=TOO_MANY, lowest=1, highest=QUANTITY_MAX)),
    (transfer(8), shelved(), InsufficientStock(prize=PRIZE, held=7, asked=8)),
    (transfer(3), books({shelf(MUG, YESTERDAY): 5}), InsufficientStock(prize=PRIZE, held=0, asked=3)),
    (take_stock(), shelved(), AmountOutOfRange(amount=0, lowest=1, highest=1_000)),
    (take_stock(mugs(-1)), shelved(), AmountOutOfRange(amount=-1, lowest=0, highest=QUANTITY_MAX)),
    (take_stock(mugs(TOO_MANY)), shelved(), AmountOutOfRange(amount=TOO_MANY, lowest=0, highest=QUANTITY_MAX)),
    (take_stock(mugs(6)), shelved(), DifferenceUnexplained(prize=PRIZE, expected=7, counted=6)),
    (take_stock(mugs(6, "found")), shelved(), DifferenceUnexplained(prize=PRIZE, expected=7, counted=6)),
    (take_stock(mugs(8, "damaged")), shelved(), DifferenceUnexplained(prize=PRIZE, expected=7, counted=8)),
    (take_stock(mugs(5, None, YEAR_END)), shelved(), DifferenceUnexplained(prize=PRIZE, expected=2, counted=5)),
    (take_stock(**CLOSE), day(decisions=("confirm",)), SessionClosed()),
    (take_stock(**CLOSE), day(), CountMissing(prize=PRIZE, expected=7)),
    (replace(write_off(), goods=()), shelved(), AmountOutOfRange(amount=0, lowest=1, highest=1_000)),
    (write_off(0), shelved(), AmountOutOfRange(amount=0, lowest=1, highest=QUANTITY_MAX)),
    (write_off(8), shelved(), InsufficientStock(prize=PRIZE, held=7, asked=8)),
    (write_off(3, YEAR_END), shelved(), InsufficientStock(prize=PRIZE, held=2, asked=3)),
    (settle(decision="reject", reason=" "), shelved(), ReasonMissing()),
    (settle(reported_by=settle().actor), shelved(), SamePerson()),
    (settle(), settled_before(), AlreadyDecided()),
    (settle(session=SESSION), counted_again(), AlreadyDecided()),
    (settle(lines=(LINES[0]._replace(expected=9),)), shelved(), InsufficientStock(prize=PRIZE, held=5, asked=6)),
    (open_session(), opened_meanwhile(), SessionOpen()),
    (open_session(last=True), day(closes=0), SessionOpen()),
    (open_session(last=True), day(), DayUnsigned()),
    (open_session(last=True), day(decisions=("reject",)), SessionOpen()),
    (open_session(last=True), day(closes=2, decisions=("reject",)), DayUnsigned()),
    (replace(redeem(), session=SESSION), day(decisions=("confirm",)), DeskClosed()),
]


@pytest.mark.parametrize(("command", "known", "refusal"), AGAINST_SHELVES, ids=lambda part: getattr(part, "code", ""))
def test_no_is_said_with_the_facts(command: Command, known: Books, refusal: Refusal) -> None:
    assert refused(command, known) == refusal


def test_a_transfer_takes_what_expires_first_and_every_batch_keeps_its_day() -> None:
    there = [AccountKey(EAST, Purpose.STOCK, MUG, on) for on in (TOMORROW, YEAR_END)]
    moves = decided(transfer(6), shelved()).moves
    assert list(moves) == [
        Move(shelf(MUG, TOMORROW), there[0], 5),
        Move(shelf(MUG, YEAR_END), there[1], 1),
    ]


def test_nothing_moves_when_somebody_reports() -> None:
    for command in (take_stock(mugs(5, "lost")), write_off(7)):
        assert decided(command, shelved()).moves == ()


def lines_of(command: Command, known: Books) -> list[tuple[date, int, int, str | None]]:
    records = decided(command, known).records[1:]
    return [tuple(record.row[name] for name in ("best_before", "expected", "counted", "reason")) for record in records]


def test_what_is_missing_or_too_many_is_so_in_the_batch_that_expires_first() -> None:
    assert lines_of(take_stock(mugs(1, "lost")), shelved()) == [(TOMORROW, 5, 0, "lost"), (YEAR_END, 2, 1, "lost")]
    assert lines_of(take_stock(mugs(9, "found")), shelved()) == [(TOMORROW, 5, 7, "found"), (YEAR_END, 2, 2, None)]
    assert lines_of(take_stock(mugs(4, "found")), books()) == [(NEVER, 0, 4, "found")]
    assert lines_of(take_stock(mugs(4, "found", YEAR_END)), books()) == [(YEAR_END, 0, 4, "found")]
    assert lines_of(take_stock(mugs(0)), books()) == [(NEVER, 0, 0, None)]


def test_a_write_off_names_the_batches_it_touches_and_no_other() -> None:
    assert lines_of(write_off(2), shelved()) == [(TOMORROW, 5, 3, "damaged")]
    assert lines_of(write_off(1, YEAR_END), shelved()) == [(YEAR_END, 2, 1, "damaged")]


@pytest.mark.parametrize("reason", REASONS)
def test_goods_that_are_gone_are_written_off_and_mistakes_are_counted(reason: str) -> None:
    gone = 0 if reason != "found" else 8
    [line] = [LINES[0]._replace(counted=gone, reason=reason)]
    beyond = Purpose.WRITTEN_OFF if reason in ("expired", "damaged", "lost") else Purpose.COUNTED
    [move] = decided(settle(lines=(line,)), shelved()).moves
    here, there = shelf(MUG, TOMORROW), AccountKey(DESK, beyond, MUG)
    assert move == (Move(there, here, 3) if reason == "found" else Move(here, there, 5))


def test_a_rejected_report_moves_nothing() -> None:
    plan = decided(settle(decision="reject", reason="示例理由"), shelved())
    assert (plan.moves, plan.answer["state"]) == ([], "rejected")


def test_a_day_can_be_closed_once_all_that_is_left_was_counted() -> None:
    plan = decided(take_stock(mugs(7), **CLOSE), day(decisions=("reject",)))
    assert plan.answer["kind"] == "day_close"
    assert plan.records[0].row["session_id"] == SESSION


def test_a_desk_hands_out_until_its_day_is_signed() -> None:
    known = day(decisions=("reject",))
    assert refused(replace(redeem(), session=SESSION), known).code == "insufficient_points"


def test_the_next_day_follows_the_signed_one() -> None:
    plan = decided(open_session(last=True), day(closes=2, decisions=("reject", "confirm")))
    assert plan.records[0].row["follows"] == SESSION
