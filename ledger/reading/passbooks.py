"""A passbook (存折): what the ledger entered for one person from one day to another, between the balance before and the
balance after, as it is printed.

Its days are those of entry: then every line follows from the one above it, and the last balance from the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from ledger import papers
from ledger.bank import Bank
from ledger.core.accounts import MINUTES, POINTS, Owner
from ledger.reading.statements import Entry, statement
from ledger.store.writer import business_day

PAGE = 200
TITLES = {
    "award": "服务得分",
    "deed": "其他事项得分",
    "redemption": "兑换",
    "reversal": "冲正",
    "adjustment": "人工调整",
    "lapse": "到期失效",
    "pooling": "归集",
    "donation": "捐赠",
    "closing": "注销",
    "merge": "并户",
    "opening": "开户",
    "reservation": "预订",
    "reservation_release": "取消预订",
}
"""What an entry is called where it brought no reason of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One unit of a passbook: entries the oldest first, each following from the one before."""

    unit: int
    opening: int
    closing: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passbook:
    """What was entered from the first to the last day, both included."""

    first_day: date
    last_day: date
    as_of_seq: int
    """The last transaction it knows of."""
    parts: tuple[Part, ...]


def passbook(bank: Bank, owner: Owner, *, since: date, until: date) -> Passbook:
    """Points and minutes of one person."""
    parts = tuple(_part(bank, owner, unit, since, until) for unit in (POINTS, MINUTES))
    seqs = [part.entries[-1].seq for part in parts if part.entries]
    return Passbook(first_day=since, last_day=until, as_of_seq=max(seqs, default=0), parts=parts)


def _part(bank: Bank, owner: Owner, unit: int, since: date, until: date) -> Part:
    entries: list[Entry] = []
    after: Any = None
    opening = closing = 0
    is_first, is_over = True, False
    while not is_over:
        page = statement(bank, owner, unit, after=after, limit=PAGE)
        for entry in page.items:
            on = entered_on(entry, bank.zone)
            if is_first and on <= until:
                closing, is_first = entry.balance_after, False
            if on < since:
                is_over = True
                opening = entry.balance_after
                break
            if on <= until:
                entries.append(entry)
            opening = entry.balance_after - entry.amount
        after = page.after
        is_over = is_over or after is None
    if is_first:
        closing = opening
    return Part(unit=unit, opening=opening, closing=closing, entries=tuple(reversed(entries)))


def entered_on(entry: Entry, zone: ZoneInfo) -> date:
    """The business day on which it was entered, which may be later than the day of the deed."""
    return business_day(entry.recorded_at, zone)


def paper(
    bank: Bank, book: Passbook, *, name: str, volunteer_no: str, link: str, statement_bundle: str | None
) -> bytes:
    """The passbook as PDF, with the receipts that show that none is missing attached. Refuses PapersMissing."""
    return papers.render(
        "passbook", values(bank, book, name=name, volunteer_no=volunteer_no, link=link, bundle=statement_bundle)
    )


def values(
    bank: Bank, book: Passbook, *, name: str, volunteer_no: str, link: str, bundle: str | None
) -> dict[str, Any]:
    scale = bank.charter.points_scale
    return {
        "paper": "a4",
        "bank": bank.charter.name,
        "unit": "积分存折",
        "title": "积分存折",
        "dated": bank.today().isoformat(),
        "seq": book.as_of_seq,
        "facts": [
            ["姓名", name],
            ["志愿者编号", volunteer_no],
            ["起止日期", f"{book.first_day.isoformat()} — {book.last_day.isoformat()} (按入账日)"],
        ],
        "columns": [
            {"title": "入账日", "width": "auto", "align": "left"},
            {"title": "事由", "width": 1, "align": "left"},
            {"title": "账本笔号", "width": "auto", "align": "right"},
            {"title": "收支", "width": "auto", "align": "right"},
            {"title": "余额", "width": "auto", "align": "right"},
        ],
        "parts": [_told(part, bank.zone, scale) for part in book.parts],
        "notes": [
            "每一行的余额都由上一行推出; 账本笔号可在公开账本中查到。",
            "本件所附凭证(statement.json)可离线核对: 运行号不断、余额相接, 说明一笔不少。"
            if bundle is not None
            else "账本尚未签名, 稍后重新打印即附凭证。",
        ],
        "codes": [{"svg": papers.qr(link), "says": f"自己核对: {link}"}],
        "attachments": [
            {"name": "statement.json", "text": bundle, "type": "application/json", "says": "全部凭证 all receipts"}
        ]
        if bundle is not None
        else [],
    }


def _told(part: Part, zone: ZoneInfo, scale: int) -> dict[str, Any]:
    def shown(amount: int) -> str:
        return points_text(amount, scale) if part.unit == POINTS else minutes_text(amount)

    return {
        "title": "积分" if part.unit == POINTS else "服务时长",
        "opening": shown(part.opening),
        "closing": shown(part.closing),
        "rows": [
            [
                entered_on(entry, zone).isoformat(),
                _why(entry, zone),
                str(entry.seq),
                ("+" if entry.amount > 0 else "") + shown(entry.amount),
                shown(entry.balance_after),
            ]
            for entry in part.entries
        ],
    }


def _why(entry: Entry, zone: ZoneInfo) -> str:
    """The plain reason, with the day of the deed where it was entered later."""
    said = "; ".join(line["zh"] for line in entry.explanation) or TITLES.get(entry.kind, entry.kind)
    return said if entry.on == entered_on(entry, zone) else f"{entry.on.isoformat()} {said}"


def points_text(amount: int, scale: int) -> str:
    """Smallest units as people read them: 125 at scale 1 is 12.5."""
    sign, whole = ("-" if amount < 0 else ""), abs(amount)
    if not scale:
        return f"{sign}{whole}"
    return f"{sign}{whole // 10**scale}.{whole % 10**scale:0{scale}}"


def minutes_text(amount: int) -> str:
    """Minutes as people read them: -150 is -2:30."""
    return f"{'-' if amount < 0 else ''}{abs(amount) // 60}:{abs(amount) % 60:02}"
