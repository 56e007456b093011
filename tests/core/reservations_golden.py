"""Reservations without a database: the commands, the books they are tried on, and their public bytes."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.core.accounts import POINTS, AccountKey, Owner, Purpose
from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Command, Move, PostedMove, PostedTransaction
from ledger.prizes.redeem import Redeem
from ledger.prizes.reserve import Collect, Ending, Release, Reserve
from tests.core.given import ANA, CLERK, DESK, MUG, MUGS, TODAY, TOMORROW, TOWN, books, number, redeem, shelf, wallet
from tests.factories import invented_id

RESERVATION = invented_id(0x4E5)
SEQ = 77
YEAR_END = date(2026, 12, 31)


def held(lot: AccountKey) -> AccountKey:
    return lot._replace(purpose=Purpose.HELD)


SET_ASIDE = (
    Move(wallet(TOMORROW), held(wallet(TOMORROW)), 5),
    Move(wallet(), held(wallet()), 15),
    Move(shelf(MUG, YEAR_END), held(shelf(MUG, YEAR_END)), 1),
)


def reserve(days: int = 7, **more: Any) -> Reserve:
    return Reserve(redeem=redeem(**more), days=days)


def collect(due_on: date = TODAY, **more: Any) -> Collect:
    asked = Redeem(id=number(1), actor=CLERK, volunteer=ANA, desk=DESK, items=(MUGS,), **more)
    return Collect(redeem=asked, reservation=RESERVATION, reservation_seq=SEQ, due_on=due_on)


def release(ending: Ending = "cancelled", due_on: date = TODAY, organisation: Owner = TOWN) -> Release:
    return Release(
        id=number(1),
        actor=CLERK,
        reservation=RESERVATION,
        reservation_seq=SEQ,
        due_on=due_on,
        organisation=organisation,
        ending=ending,
    )


def stocked() -> Books:
    """Five points until tomorrow, twenty that stay; a mug until the end of the year."""
    return books({wallet(TOMORROW): 5, wallet(): 20, shelf(MUG, YEAR_END): 1})


def reserved(*, ended_as: str | None = None, debt: int = 0, is_there: bool = True) -> Books:
    """What was set aside stands there, unless it ended before."""
    balances = {move.credit: move.amount for move in SET_ASIDE}
    known = books(balances | {AccountKey(ANA, Purpose.DEBT, POINTS): -debt})
    if is_there:
        moves = tuple(
            PostedMove(leg=leg, debit=move.debit, credit=move.credit, amount=move.amount)
            for leg, move in enumerate(SET_ASIDE, 1)
        )
        known.know_transaction(
            PostedTransaction(seq=SEQ, kind=Kind.RESERVATION, effective_on=TODAY, reversed_by=None, moves=moves)
        )
    for table in ("redemption", "reservation_release"):
        known.know_rows(table, "reservation_id", RESERVATION, [{}] if ended_as == table else [])
    return known


COMMANDS: dict[Kind, tuple[Command, Books]] = {
    Kind.RESERVATION: (reserve(), stocked()),
    Kind.RESERVATION_RELEASE: (release(), reserved()),
}
GOLDEN: dict[Kind, tuple[str, str]] = {
    Kind.RESERVATION: (
        (
            r'{"detail":{"due_on":"2026-03-09"},"kind":"result.reservation","moves":[{"amount":5,"credit":"per'
            r'son/held","debit":"person/wallet","unit":"points"},{"amount":15,"credit":"person/held","debit":"'
            r'person/wallet","unit":"points"},{"amount":1,"credit":"desk:00000000-0000-7000-8000-00000000000e/'
            r'held","debit":"desk:00000000-0000-7000-8000-00000000000e/stock","unit":"prize:3"}],"on":"2026-03'
            r'-02","private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"000000000000700080000000000'
            r'00102","legs":[[1,2,0,4,1,5],[2,2,5,5,1,15],[3,2,0,6,1,1]],"why":{"explanation":[{"en":"Reserved'
            r' 示例搪瓷杯×1","points":0,"zh":"预订 示例搪瓷杯×1"}],"reservation":"00000000000070008000000000000102"}}'
        ),
    ),
    Kind.RESERVATION_RELEASE: (
        (
            r'{"detail":{"ending":"cancelled","reservation_seq":77},"kind":"result.reservation_release","moves'
            r'":[{"amount":5,"credit":"person/wallet","debit":"person/held","unit":"points"},{"amount":15,"cre'
            r'dit":"person/wallet","debit":"person/held","unit":"points"},{"amount":1,"credit":"desk:00000000-'
            r'0000-7000-8000-00000000000e/stock","debit":"desk:00000000-0000-7000-8000-00000000000e/held","uni'
            r't":"prize:3"}],"on":"2026-03-02","private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"000000000000700080000000000'
            r'00102","legs":[[1,2,0,5,1,5],[2,2,0,6,1,15],[3,2,0,7,1,1]],"why":{"explanation":[{"en":"A reserv'
            r'ation was cancelled","points":0,"zh":"取消预订"}]}}'
        ),
    ),
}  # fmt: skip
"""The public entry and the private opening of each."""
