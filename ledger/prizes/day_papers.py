"""The day sheet on paper: one prize a line, which stretch of the ledger it is, and room for the ink of both who answer
for it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ledger import papers
from ledger.bank import Bank
from ledger.people import organisations, staff
from ledger.prizes import catalogue
from ledger.prizes.desk_sessions import DeskSession, Sheet, SheetLine, sheet
from ledger.prizes.stock_reports import Line

_REASONS = {
    "expired": "过期",
    "damaged": "破损",
    "lost": "遗失",
    "miscounted": "此前点错",
    "unrecorded": "漏记",
    "found": "盘盈",
}
_STATES = {"open": "营业中", "counted": "待签字", "closed": "已日结"}
_SLIPS = {"posted": "补录", "exception": "待处理", "voided": "作废"}
_COLUMNS = (
    *("期初", "入库", "调拨", "发出", "退回", "报损", "盘点"),
    *("账面", "其中预订", "实点", "差异"),
)


def paper(bank: Bank, session: DeskSession) -> bytes:
    """The day sheet as PDF on A4. Refuses PapersMissing."""
    return papers.render("day", values(bank, session))


def values(bank: Bank, session: DeskSession) -> dict[str, Any]:
    """What is printed."""
    made = sheet(bank, session)
    desk = catalogue.find_desk(bank, session.desk_id)
    organisation = organisations.find(bank, desk.organisation_id) if desk else None
    return {
        "paper": "a4",
        "bank": bank.charter.name,
        "unit": organisation.name if organisation else "",
        "title": f"{session.desk_name} 日结单",
        "dated": (made.close.reported_on if made.close else bank.today()).isoformat(),
        "seq": made.until_seq,
        "facts": _facts(bank, made),
        "columns": [
            {"title": "奖品", "width": 1, "align": "left"},
            *({"title": title, "width": "auto", "align": "right"} for title in _COLUMNS),
        ],
        "rows": [_row(line) for line in made.lines],
        "notes": [
            *_differences(made),
            *_slips(made),
            f"账本第 {made.until_seq} 笔摘要 (SHA-256): {made.leaf_hash.hex()}",
        ],
        "signatures": [
            ["清点签字", _name(bank, made.session.counted_by)],
            ["复核签字", _name(bank, made.session.signed_by)],
        ],
    }


def _facts(bank: Bank, made: Sheet) -> list[list[str]]:
    session, points = made.session, made.points
    return [
        ["营业日", session.opened_on.isoformat()],
        ["状态", _STATES[session.state]],
        ["账本范围", f"第 {made.after_seq + 1} 笔至第 {made.until_seq} 笔"],
        ["兑换", f"{points.redemptions} 笔, {_points(bank, points.redeemed)} 分"],
        ["退兑", f"{points.refunds} 笔, {_points(bank, points.refunded)} 分"],
        ["开台", _name(bank, session.opened_by)],
    ]


def _row(line: SheetLine) -> list[str]:
    moved = (line.received, line.transferred, line.handed_out, line.returned, line.written_off, line.adjusted)
    differs = line.counted is not None and line.counted != line.expected
    return [
        line.title,
        str(line.opening),
        *(f"{amount:+d}" if amount else "" for amount in moved),
        str(line.expected),
        str(line.held or ""),
        "" if line.counted is None else str(line.counted),
        f"{(line.counted or 0) - line.expected:+d}" if differs else "",
    ]


def _differences(made: Sheet) -> list[str]:
    lines = made.close.lines if made.close else ()
    return [_difference(line) for line in lines if line.counted != line.expected]


def _difference(line: Line) -> str:
    batch = f"(保质期至 {line.best_before.isoformat()})" if line.best_before else ""
    reason = _REASONS[line.reason] if line.reason else ""
    return f"差异: {line.title}{batch} 账面 {line.expected} 件, 实点 {line.counted} 件, 原因: {reason}"


def _slips(made: Sheet) -> list[str]:
    """The paper slips of the day, by what they were when they were keyed in."""
    said = []
    for state, words in _SLIPS.items():
        numbers = [number for number, was in made.slips if was == state]
        if numbers:
            said.append(f"纸单{words} {len(numbers)} 张: {' '.join(numbers)}")
    return said


def _points(bank: Bank, amount: int) -> str:
    scale = bank.charter.points_scale
    whole, rest = divmod(amount, 10**scale)
    return f"{whole}.{rest:0{scale}d}" if scale else str(whole)


def _name(bank: Bank, person: UUID | None) -> str:
    found = staff.find(bank, person) if person else None
    return found.name if found else ""
