"""Paper slips as they are printed beforehand: to be filled in by hand when power or network are gone."""

from __future__ import annotations

from typing import Any

from ledger import papers
from ledger.bank import Bank
from ledger.people import organisations
from ledger.people.volunteers import NUMBER_DIGITS
from ledger.prizes.slip_books import SlipBook

LINES = 4
"""How many prizes fit on one slip."""


def paper(bank: Bank, book: SlipBook) -> bytes:
    """A book of slips as PDF on A4. Refuses PapersMissing."""
    return papers.render("slips", values(bank, book))


def values(bank: Bank, book: SlipBook) -> dict[str, Any]:
    """What is printed."""
    organisation = organisations.find(bank, book.organisation_id)
    return {
        "paper": "a4",
        "bank": bank.charter.name,
        "unit": organisation.name if organisation else "",
        "title": f"{book.desk_name} 应急兑换纸单",
        "dated": book.printed_on.isoformat(),
        "seq": None,
        "notes": [
            f"共 {book.slips} 张, 号码 {book.first_no} 至 {book.last_no}。",
            "停电断网时手写, 恢复后逐张录入; 每个号码只算一次。写坏的纸单也要保留并作废。",
        ],
        "desk": book.desk_name,
        "slip_title": "纸单",
        "labels": {
            "volunteer": "志愿者编号 ",
            "given_on": "日期 ",
            "holder": "领取人签字 ",
            "clerk": "经办人签字 ",
        },
        "head": ["奖品", "数量", "备注"],
        "lines": LINES,
        "digits": NUMBER_DIGITS,
        "slips": [{"no": number, "svg": papers.qr(number)} for number in book.numbers],
    }
