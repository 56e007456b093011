"""The result of an appraisal as it is pinned up: what was asked, how often each score was given, and the stars."""

from __future__ import annotations

from typing import Any

from ledger import papers
from ledger.bank import Bank
from ledger.governance.appraisals import FEW, Answered, Result

KINDS = {
    "property_company": "物业服务企业",
    "owners_committee": "业主委员会",
    "activity": "活动",
    "request": "需求办理",
    "self": "自评",
    "other": "其他",
}
VOICES = {"person": "每人一票", "household": "每户一票"}


def paper(bank: Bank, result: Result, *, size: str, page_url: str) -> bytes:
    """The result as PDF on "a4" or "a3". Refuses PapersMissing."""
    return papers.render("list", values(bank, result, size=size, page_url=page_url))


def values(bank: Bank, result: Result, *, size: str, page_url: str) -> dict[str, Any]:
    """What is printed."""
    form = result.form
    scores = range(1, form.score_max + 1)
    columns = [
        ("评议项目", 4, "left"),
        ("平均分", "auto", "right"),
        *((f"{one} 分", "auto", "right") for one in scores),
    ]
    voices = f"{result.voices} 票" + (f" (其中纸质 {result.on_paper} 票)" if result.on_paper else "")
    how = "无记名, 不保存任何人的打分" if form.is_anonymous else "记名"
    return {
        "paper": size,
        "bank": bank.charter.name,
        "unit": form.organisation_name,
        "title": f"评议结果: {form.title}",
        "dated": form.until_on.isoformat(),
        "seq": None,
        "facts": [
            ["评议对象", KINDS[form.kind]],
            ["组织单位", form.organisation_name],
            ["评议时间", f"{form.from_on} 至 {form.until_on}"],
            ["方式", f"{VOICES[form.voice]}, {how}"],
            ["参加", voices],
            ["得分", "—" if result.percent is None else f"{result.percent}% (满分 {form.score_max} 分)"],
            ["星级", "—" if result.stars is None else "★" * result.stars + "☆" * (5 - result.stars)],
        ],
        "columns": [{"title": title, "width": width, "align": align} for title, width, align in columns],
        "rows": [_row(each, form.score_max) for each in result.questions],
        "notes": [] if result.percent is not None else [f"无记名评议不足 {FEW} 票, 为保护参加者, 不公布打分。"],
        "codes": [{"svg": papers.qr(page_url), "says": f"全部评议结果\n{page_url}"}],
    }


def _row(each: Answered, score_max: int) -> list[str]:
    if each.given is None or each.average_hundredths is None:
        return [each.question, *["—"] * (score_max + 1)]
    average = f"{each.average_hundredths // 100}.{each.average_hundredths % 100:02}"
    return [each.question, average, *(str(count) for count in each.given.values())]
