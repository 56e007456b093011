"""Paper slips, decided on books that are written down: when they are refused, and with which facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from ledger.core.accounts import POINTS, Purpose
from ledger.core.books import Books
from ledger.core.posting import Command
from ledger.core.refusals.postings import InsufficientPoints, InsufficientStock, ReasonMissing, SamePerson
from ledger.core.refusals.prizes import SlipUsed
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import AlreadyDecided
from ledger.prizes.key_slip import KeySlip, Outcome, SettleSlip
from ledger.prizes.policy import WINDOW_CLOSED
from ledger.prizes.redeem import Redeem
from ledger.prizes.slip_numbers import DIGITS, is_number, number_of, serial_of
from tests.core.given import CLERK, CLOSED, MUG, MUGS, books, decided, redeem, refused, shelf, wallet

BOOK, ENTRY, TELLER = UUID(int=71), UUID(int=72), UUID(int=73)
SLIP = number_of(7)


def given() -> Redeem:
    return redeem(MUGS)


def settling(outcome: Outcome = "posted", *, keyed_by: UUID = TELLER, reason: str = "示例") -> SettleSlip:
    return SettleSlip(posting=given(), entry=ENTRY, slip_no=SLIP, keyed_by=keyed_by, outcome=outcome, reason=reason)


def owing() -> SettleSlip:
    command = settling("debt")
    return replace(command, posting=replace(given(), owes=True))


def known(*, points: int = 0, keyed: int = 0, settled: int = 0, mugs: int = 9) -> Books:
    there = books({shelf(MUG): mugs, wallet(): points})
    there.know_rows("slip_entry", "slip_no", SLIP, [{"id": ENTRY}] * keyed)
    there.know_rows("slip_settlement", "entry_id", ENTRY, [{"entry_id": ENTRY}] * settled)
    return there


KEYED = KeySlip(redeem=given(), slip_no=SLIP, book=BOOK, given_on=date(2026, 3, 1))
COST = MUGS.quantity * MUGS.cost_points
AGAINST_SLIPS: list[tuple[Command, Books, Refusal]] = [
    (KEYED, known(points=COST, keyed=1), SlipUsed(slip_no=SLIP)),
    (KEYED, known(points=1), InsufficientPoints(held=1, asked=COST)),
    (settling(reason=" ", keyed_by=CLERK), known(), ReasonMissing()),
    (settling(keyed_by=CLERK), known(settled=1), SamePerson()),
    (settling(), known(points=COST, settled=1), AlreadyDecided()),
    (settling(), known(points=1), InsufficientPoints(held=1, asked=COST)),
    (owing(), known(mugs=0), InsufficientStock(prize=str(MUGS.prize), held=0, asked=MUGS.quantity)),
]


@pytest.mark.parametrize(("command", "there", "refusal"), AGAINST_SLIPS, ids=lambda part: getattr(part, "code", ""))
def test_no_is_said_with_the_facts(command: Command, there: Books, refusal: Refusal) -> None:
    assert refused(command, there) == refusal


def test_a_slip_is_kept_with_the_redemption_that_it_is() -> None:
    plan = decided(KEYED, known(points=COST))
    tables = [record.table for record in plan.records]
    assert tables == ["redemption", "redemption_item", "slip_entry", "slip_entry_item"]
    assert plan.answer["slip_no"] == SLIP


def test_a_debt_is_only_what_the_wallet_does_not_hold() -> None:
    plan = decided(owing(), known(points=1))
    paid = {move.debit.purpose: move.amount for move in plan.moves if move.debit.unit == POINTS}
    assert paid == {Purpose.WALLET: 1, Purpose.DEBT: COST - 1}


@pytest.mark.parametrize(("given_on", "is_open"), [(date(2026, 1, 5), True), (date(2026, 3, 1), False)])
def test_the_windows_are_asked_about_the_day_on_the_slip(given_on: date, is_open: bool) -> None:
    asked = replace(redeem(MUGS), terms=replace(CLOSED, given_on=given_on))
    there = books({shelf(MUG): 9, wallet(): 500})
    codes = {reason.code for reason in asked.policy_reasons(there)}
    assert (WINDOW_CLOSED not in codes) is is_open


def test_a_digit_keyed_wrong_or_two_the_wrong_way_round_is_no_slip() -> None:
    for serial in (1, 7, 4_711, 99_999_999):
        number = number_of(serial)
        assert is_number(number)
        assert serial_of(number) == serial
        wrong = {number[:at] + digit + number[at + 1 :] for at in range(DIGITS + 1) for digit in "0123456789"}
        wrong |= {number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(DIGITS)}
        assert not any(is_number(one) for one in wrong - {number})
    assert not any(map(is_number, ("", "1", "０００００００１３", "00000001x")))
