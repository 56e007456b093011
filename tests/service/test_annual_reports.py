"""The annual report counts what was kept, objected to and disputed in its year, and as of its seq."""

from __future__ import annotations

from uuid import UUID

import pytest

from ledger.bank import Bank, By
from ledger.reading import annual_reports
from ledger.service import disputes, dossiers, objections
from tests.banks import SECOND, STAFF, Clock
from tests.service.test_notices import objected, published
from tests.towns import Town

BY, OTHER = By(actor=STAFF), By(actor=SECOND)


@pytest.fixture
def town(bank: Bank) -> Town:
    """Under a rulebook that asks for three working days of notice."""
    return Town(bank, "guangdong")


def told(town: Town, year: int, seq: int) -> list[str]:
    return annual_reports.said(town.bank, town.district, year, seq=seq)[4:7]


def test_dossiers_objections_and_disputes_of_a_year_stand_in_its_report(bank: Bank, town: Town, clock: Clock) -> None:
    ana = town.volunteer("ana")
    _, wrong = (
        dossiers.keep(bank, BY, ana, kind="training", on_day=bank.today(), title=title, given_by="示例")
        for title in ("示例甲", "示例乙")
    )
    dossiers.withdraw(bank, BY, wrong)
    town.award("ana", 60)
    town.award("bo", 60)
    notice = published(town)
    first, _ = objected(town, notice), objected(town, notice, 2)
    request = town.request("resolve", None)
    assert objections.resolve(bank, OTHER, request, first, outcome="dismissed", reason="示例").posted
    lack = disputes.missing(bank, ana.id, activity=None, day=bank.today())
    asked = town.request("dispute", None)
    made = disputes.dispute(bank, By(actor=ana.id), asked, lack, reason_code="missing", words="示例")
    assert made.seq is not None
    found = disputes.find(bank, UUID(str(made.answer["id"])))
    assert found is not None
    answer = disputes.answer(bank, OTHER, town.request("answer", None), found, outcome="corrected", reason="示例")
    assert answer.seq is not None
    kept_now = "四、培训、表彰与评价。培训 1 人次, 表彰奖励 0 人次, 评价 0 人次。"
    told_then = "五、公示异议。公示收到异议 2 件, 成立 0 件, 不成立 1 件, 未答复 1 件。"
    waiting = "六、更正请求。请求更正 1 件: 已更正 0, 维持 0, 转交 0, 未答复 1。"
    assert told(town, 2026, made.seq) == [kept_now, told_then, waiting]
    assert told(town, 2026, answer.seq)[2] == waiting.replace("已更正 0", "已更正 1").replace("未答复 1", "未答复 0")
    clock.set("2027-01-04")
    assert "收到异议 0 件" in told(town, 2027, answer.seq)[1]
