"""Shelves and desk days without a database: the commands, the books they are tried on, and their public bytes."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.core.accounts import Owner, OwnerKind
from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Command
from ledger.prizes.open_session import OpenSession
from ledger.prizes.report_stock import ProposeWriteOff, SettleStock, TakeStock
from ledger.prizes.shelves import Counted, Gone, ShelfLine
from ledger.prizes.transfer_stock import Goods, TransferStock
from tests.core.given import CLERK, COLLEAGUE, DESK, MUG, MUGS, RICE, SACK, TOMORROW, books, number, shelf
from tests.factories import invented_id

EAST = Owner(OwnerKind.DESK, invented_id(0xD2))
SESSION, REPORT = invented_id(0x5E55), invented_id(0x4E4)
YEAR_END = date(2026, 12, 31)


def transfer(quantity: int = 3, receiver: Owner = EAST) -> TransferStock:
    goods = (Goods(MUGS.prize, MUG, quantity),)
    return TransferStock(id=number(1), actor=CLERK, giver=DESK, receiver=receiver, goods=goods)


def take_stock(*counts: Counted, **more: Any) -> TakeStock:
    return TakeStock(id=number(1), actor=CLERK, desk=DESK, counts=counts, **more)


def mugs(counted: int, reason: str | None = None, best_before: date | None = None) -> Counted:
    return Counted(MUGS.prize, MUG, counted, reason, best_before)


def write_off(quantity: int = 2, best_before: date | None = None) -> ProposeWriteOff:
    goods = (Gone(MUGS.prize, MUG, quantity, "damaged", best_before),)
    return ProposeWriteOff(id=number(1), actor=CLERK, desk=DESK, goods=goods)


LINES = (
    ShelfLine(MUGS.prize, MUG, TOMORROW, 5, 3, "damaged"),
    ShelfLine(MUGS.prize, MUG, YEAR_END, 2, 3, "found"),
    ShelfLine(SACK.prize, RICE, YEAR_END, 4, 4, None),
)


def settle(**more: Any) -> SettleStock:
    told: dict[str, Any] = {"decision": "confirm", "session": None, "lines": LINES, "reported_by": COLLEAGUE}
    return SettleStock(id=number(1), actor=CLERK, report=REPORT, report_seq=90, desk=DESK, **told | more)


def open_session(last: bool = False) -> OpenSession:
    return OpenSession(id=number(1), actor=CLERK, desk=DESK, last=SESSION if last else None)


def shelved() -> Books:
    """Five mugs until tomorrow, two until the end of the year."""
    known = books({shelf(MUG, TOMORROW): 5, shelf(MUG, YEAR_END): 2})
    known.know_rows("stock_settlement", "report_id", REPORT, [])
    known.know_rows("desk_session", "follows", DESK.id, [])
    return known


def day(*, closes: int = 1, decisions: tuple[str, ...] = ()) -> Books:
    """The desk's first day was counted so often, and this was said of the counts."""
    known = shelved()
    reports = [{"id": invented_id(0x500 + at), "seq": 90 + at} for at in range(closes)]
    settled = [{"report_id": row["id"], "decision": word} for row, word in zip(reports, decisions, strict=False)]
    known.know_rows("stock_report", "session_id", SESSION, reports)
    known.know_rows("stock_settlement", "session_id", SESSION, settled)
    known.know_rows("desk_session", "follows", SESSION, [])
    return known


COMMANDS: dict[Kind, tuple[Command, Books]] = {
    Kind.STOCK_TRANSFER: (transfer(6), shelved()),
    Kind.STOCK_REPORT: (take_stock(mugs(5, "lost")), shelved()),
    Kind.STOCK_SETTLEMENT: (settle(), shelved()),
    Kind.DESK_SESSION: (open_session(), shelved()),
}
GOLDEN: dict[Kind, tuple[str, str]] = {
    Kind.STOCK_TRANSFER: (
        (
            r'{"detail":{},"kind":"result.stock_transfer","moves":[{"amount":5,"credit":"desk:00000000-0000-70'
            r'00-8000-0000000000d3/stock","debit":"desk:00000000-0000-7000-8000-00000000000e/stock","unit":"pr'
            r'ize:3"},{"amount":1,"credit":"desk:00000000-0000-7000-8000-0000000000d3/stock","debit":"desk:000'
            r'00000-0000-7000-8000-00000000000e/stock","unit":"prize:3"}],"on":"2026-03-02","private":"%s","se'
            r'q":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"000000000000700080000000000'
            r'00102","legs":[[1,2,0,3,1,5],[2,2,1,4,1,1]],"why":{"transfer":"00000000000070008000000000000102"'
            r'}}'
        ),
    ),
    Kind.STOCK_REPORT: (
        (
            r'{"detail":{"report":"stocktake"},"kind":"process.stock_report","moves":[],"on":"2026-03-02","pri'
            r'vate":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"000000000000700080000000000'
            r'00102","legs":[],"why":{"report":"00000000000070008000000000000102"}}'
        ),
    ),
    Kind.STOCK_SETTLEMENT: (
        (
            r'{"detail":{"decision":"confirm","report_seq":90},"kind":"result.stock_settlement","moves":[{"amo'
            r'unt":2,"credit":"desk:00000000-0000-7000-8000-00000000000e/written_off","debit":"desk:00000000-0'
            r'000-7000-8000-00000000000e/stock","unit":"prize:3"},{"amount":1,"credit":"desk:00000000-0000-700'
            r'0-8000-00000000000e/stock","debit":"desk:00000000-0000-7000-8000-00000000000e/counted","unit":"p'
            r'rize:3"}],"on":"2026-03-02","private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"000000000000700080000000000'
            r'00102","legs":[[1,2,3,3,1,2],[4,1,-1,2,2,3]],"why":{"report":"000000000000700080000000000004e5"}'
            r'}'
        ),
    ),
    Kind.DESK_SESSION: (
        (
            r'{"detail":{"desk":"00000000-0000-7000-8000-00000000000e"},"kind":"process.desk_session","moves":'
            r'[],"on":"2026-03-02","private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"000000000000700080000000000'
            r'00102","legs":[],"why":{"session":"00000000000070008000000000000102"}}'
        ),
    ),
}  # fmt: skip
"""The public entry and the private opening of each."""
