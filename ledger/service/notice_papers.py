"""A notice as it is printed and pinned up: its lines as they were frozen, a code that leads to its page, and the head
of the log at that moment, by which anybody can tell later that nothing before it was changed.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, NamedTuple

from ledger import papers
from ledger.bank import Bank
from ledger.core.notes import note_of
from ledger.log import publication
from ledger.service.notice_lines import LINES_MAX
from ledger.service.notices import AFTER, CORRECTION, Notice, NoticeLine, lines_of
from ledger.store import log

_ERASED = "(已删除)"
_UNNAMED = "(未同意公示姓名)"


class Head(NamedTuple):
    """How far the log had come: its size and root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """As a checkpoint begins (C2SP tlog-checkpoint)."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def paper(bank: Bank, notice: Notice, *, size: str, page_url: str) -> bytes:
    """The notice as PDF on "a4" or "a3". Refuses PapersMissing."""
    return papers.render("list", values(bank, notice, size=size, page_url=page_url))


def values(bank: Bank, notice: Notice, *, size: str, page_url: str) -> dict[str, Any]:
    """What is printed."""
    head = _head(bank)
    shows_points = notice.stage == AFTER and notice.kind != CORRECTION
    lines = lines_of(bank, notice, after=None, limit=LINES_MAX).items
    columns = [
        _column("序号", "auto", "right"),
        _column("志愿者", 4),
        _column("活动", 6),
        _column("日期", "auto"),
        _column("分钟", "auto", "right"),
        *([_column("积分", "auto", "right")] if shows_points else []),
        *([_column("更正", 4)] if notice.kind == CORRECTION else []),
    ]
    return {
        "paper": size,
        "bank": bank.charter.name,
        "unit": notice.organisation_name,
        "title": notice.title,
        "dated": notice.published_on.isoformat(),
        "seq": notice.seq,
        "facts": _facts(notice),
        "columns": columns,
        "rows": [_row(bank, notice, line, shows_points=shows_points) for line in lines],
        "notes": [
            "对任何一行有异议的,可在公示期内扫码提出,或到公示单位提出,无须登录。只有被提出异议的一行暂缓入账。",
            f"本公示内容摘要 (SHA-256): {notice.digest.hex()}",
            f"打印时账本头: 共 {head.size} 笔, 根 {base64.b64encode(head.root).decode()}",
        ],
        "codes": [
            {"svg": papers.qr(page_url), "says": f"本公示网页\n{page_url}"},
            {"svg": papers.qr(head.text), "says": f"账本头\n{head.origin}"},
        ],
    }


def _facts(notice: Notice) -> list[list[str]]:
    unit = "个工作日" if notice.in_working_days else "天"
    facts = [
        ["公示单位", notice.organisation_name],
        ["公示编号", str(notice.seq)],
        ["公示期", f"{notice.begins_on} 至 {notice.ends_on} ({notice.days} {unit})"],
    ]
    if notice.from_on is not None:
        facts.append(["入账期间", f"{notice.from_on} 至 {notice.until_on}"])
    if notice.remark:
        facts.append(["说明", notice.remark])
    return facts


def _row(bank: Bank, notice: Notice, line: NoticeLine, *, shows_points: bool) -> list[str]:
    shown = line.shown
    if shown is None:
        rest = [_ERASED, "", "", ""] + [""] * (shows_points + (notice.kind == CORRECTION))
        return [str(line.line), *rest]
    row = [str(line.line), who(shown), str(shown.get("activity", "")), str(shown.get("on", ""))]
    row.append(str(shown.get("minutes", "")))
    if shows_points:
        row.append(points_told(int(shown["points"]), bank.charter.points_scale) if "points" in shown else "")
    if notice.kind == CORRECTION:
        row.append(f"撤销第 {shown['corrects_notice']} 号公示第 {shown['corrects_line']} 行")
    return row


def who(shown: Mapping[str, Any]) -> str:
    """Somebody as a notice names them."""
    name = shown.get("name", _UNNAMED)
    return f"{name} 尾号 {shown['tail']}" if "tail" in shown else str(name)


def points_told(points: int, scale: int) -> str:
    """Points as people read them, from the smallest unit."""
    whole, rest = divmod(abs(points), 10**scale)
    return ("-" if points < 0 else "") + (f"{whole}.{rest:0{scale}}" if scale else str(whole))


def _column(title: str, width: int | str, align: str = "left") -> dict[str, Any]:
    return {"title": title, "width": width, "align": align}


def _head(bank: Bank) -> Head:
    """The newest signed head; where none was signed yet, the committed one."""
    signed = publication.checkpoint(bank.store, bank.log_origin)
    if signed is None:
        with bank.store.reading() as connection:
            committed = log.head(connection)
        return Head(bank.log_origin, committed.size, committed.root())
    origin, size, root = note_of(signed.encode()).text.splitlines()[:3]
    return Head(origin, int(size), base64.b64decode(root))
