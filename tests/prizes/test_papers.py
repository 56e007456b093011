"""The papers of a desk: what a phone or a scanner reads of them is what was printed, and both who answer can sign."""

from __future__ import annotations

import io
from uuid import UUID

import zxingcpp
from PIL import Image

from ledger import papers
from ledger.bank import Bank, By
from ledger.people import staff
from ledger.prizes import day_papers, desk_sessions, slip_books, slip_papers, stock_reports
from ledger.prizes.shelves import Counted
from tests.banks import STAFF
from tests.towns import Town

SLIPS = 7
"""On three pages."""


def test_each_slip_of_a_book_is_read_by_a_scanner_as_its_own_number(bank: Bank) -> None:
    town = Town(bank)
    book = slip_books.prepare(bank, By(actor=STAFF), desk=town.desk, slips=SLIPS)
    read: list[str] = []
    for page in papers.pictures("slips", slip_papers.values(bank, book), ppi=96):
        found = zxingcpp.read_barcodes(Image.open(io.BytesIO(page)).convert("L"))
        read += [code.text for code in sorted(found, key=lambda code: code.position.top_left.y)]
    assert read == book.numbers


def test_a_day_sheet_is_signed_by_two_and_says_which_stretch_of_the_ledger_it_is(bank: Bank) -> None:
    town = Town(bank)
    names = ("示例职员甲", "示例职员乙")
    roles = [("desk", town.district)]
    first, second = (
        By(actor=staff.hire(bank, None, username=f"clerk-{at}", password="correct horse", name=name, roles=roles).id)
        for at, name in enumerate(names)
    )
    cup = town.prize("杯", 5)
    town.receive("杯", 9)
    opened = desk_sessions.open_session(bank, first, town.request("open"), desk=town.desk)
    session = desk_sessions.find(bank, UUID(str(opened.answer["id"])))
    assert session is not None
    assert [who for _, who in day_papers.values(bank, session)["signatures"]] == ["", ""]
    said = desk_sessions.close(
        *(bank, first, town.request("close"), session, town.desk), [Counted(cup.id, cup.unit_id, 8, "lost")]
    )
    report = stock_reports.find(bank, UUID(str(said.answer["id"])))
    assert report is not None
    assert stock_reports.settle(bank, second, town.request("sign"), report).posted
    closed = desk_sessions.find(bank, session.id)
    assert closed is not None
    made = day_papers.values(bank, closed)
    assert [who for _, who in made["signatures"]] == list(names)
    assert ["账本范围", f"第 1 笔至第 {said.seq} 笔"] in made["facts"]
    assert made["rows"][0][-3:] == ["", "8", "-1"]
    assert "原因: 遗失" in made["notes"][0]
    assert day_papers.paper(bank, closed) == day_papers.paper(bank, closed)
