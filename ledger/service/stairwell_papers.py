"""The sheet that hangs in a stairwell: its code opens the form by which anybody asks for something, at that estate."""

from __future__ import annotations

from typing import Any

from ledger import papers
from ledger.bank import Bank
from ledger.people.organisations import Organisation


def paper(bank: Bank, organisation: Organisation, *, size: str, link: str) -> bytes:
    """The sheet as PDF on "a4" or "a5". Refuses PapersMissing."""
    return papers.render("stairwell", values(bank, organisation, size=size, link=link))


def values(bank: Bank, organisation: Organisation, *, size: str, link: str) -> dict[str, Any]:
    """What is printed."""
    return {
        "paper": size,
        "bank": bank.charter.name,
        "unit": organisation.name,
        "title": "有需要, 扫一扫",
        "dated": bank.today().isoformat(),
        "seq": None,
        "svg": papers.qr(link),
        "lines": [
            organisation.name,
            "灯不亮、水管漏、楼道堵、想请人帮忙, 都可以扫码告诉我们。",
            "不用登录, 可以不留姓名; 扫码后能看到办理情况。",
        ],
        "link": link,
        "danger": "有人身危险时, 请先拨打 110、119 或 120。",
    }
