"""What tests of rosters share: a town with a few people and an activity, and rosters about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.bank import Bank, By
from ledger.people.imports import Run
from ledger.service import roster_imports, roster_posting
from ledger.service.activities import Activity
from ledger.tables import Fault
from tests.banks import STAFF
from tests.towns import Town

BY = By(actor=STAFF)
HEADER = ("姓名", "活动名称", "日期", "时长(小时)")
Rows = Sequence[Sequence[Any]]


@dataclass
class Office:
    """Where rosters are brought in."""

    bank: Bank
    town: Town

    def __post_init__(self) -> None:
        self.activity: Activity = self.town.activity("cleaning")
        for name in ("甲", "乙", "丙"):
            self.town.volunteer(name)

    def row(self, name: str, hours: Any = 2, **more: Any) -> list[Any]:
        """One row below `HEADER`, about today's cleaning."""
        day = more.get("day", self.bank.today().isoformat())
        return [f"示例{name}", more.get("activity", self.activity.title), day, hours]

    def check(self, content: bytes, *, activity: Activity | None = None) -> Run:
        district = self.town.district
        return roster_imports.check(self.bank, BY, district, content, within=[district.path], activity=activity)

    def commit(self, run: Run, *, mode: Any = "all", choices: Mapping[int, Sequence[str]] | None = None) -> Run:
        return roster_posting.commit(self.bank, BY, run, mode=mode, choices=choices)

    def minutes(self, name: str) -> int:
        balance = self.town.balance(name)
        return balance.minutes_clocked + balance.minutes_honorary


def csv(rows: Rows, *, encoding: str = "utf-8") -> bytes:
    """A plain text table."""
    return "".join(",".join(map(str, row)) + "\r\n" for row in rows).encode(encoding)


def codes(faults: Sequence[Fault]) -> list[tuple[int | None, str | None, str]]:
    return [(fault.row, fault.column, fault.code) for fault in faults]
