"""The annual report (民政部令67 art. 18): what an organisation recorded and certified in a year, in words and months,
for those who supervise it and for the public.
"""

from __future__ import annotations

from datetime import date

from ledger.bank import Bank
from ledger.people.organisations import Organisation
from ledger.reading import report_papers, reports
from ledger.reading.figures import Report
from ledger.reading.passbooks import minutes_text, points_text
from ledger.reading.spans import Every
from ledger.service import dossiers
from ledger.store import annual_figures as store


def months(bank: Bank, organisation: Organisation, year: int, *, as_of_seq: int | None = None) -> Report:
    """The year of one organisation with all below it, month by month."""
    return _report(bank, organisation, year, "month", as_of_seq)


def paper(bank: Bank, organisation: Organisation, year: int, *, as_of_seq: int | None = None) -> bytes:
    """The report as PDF; its words and its months stand at one seq. Refuses PapersMissing."""
    made = months(bank, organisation, year, as_of_seq=as_of_seq)
    title = f"{year} 年度志愿服务记录与证明出具情况报告"
    return report_papers.paper(
        bank, made, organisation.name, said=said(bank, organisation, year, seq=made.as_of_seq), title=title
    )


SAID = (
    "一、志愿者。期末登记 {volunteers} 人 (新增 {new} 人, 退出 {left} 人), 其中 {active} 人参与服务。",
    "二、服务记录。有服务记录的活动 {activities} 项; 记录 {records} 条, 共 {hours} (时:分), 其中补录 {backfilled}。",
    "在服务后规定的工作日内记录 {in_time} 条, 逾期 {late} 条; 更正 {corrected} 条, 撤销 {undone} 条。",
    "三、证明出具。开具志愿服务记录证明 {issued} 份, 撤销 {revoked} 份, 均未收取费用。",
    "四、培训、表彰与评价。培训 {training} 人次, 表彰奖励 {commendation} 人次, 评价 {evaluation} 人次。",
    "五、公示异议。公示收到异议 {objections} 件, 成立 {upheld} 件, 不成立 {dismissed} 件, 未答复 {unanswered} 件。",
    "六、更正请求。请求更正 {disputes} 件: 已更正 {mended}, 维持 {stands}, 转交 {passed_on}, 未答复 {waiting}。",
    "七、积分。发放 {given}, 兑换 {redeemed}, 失效 {lapsed}; 期末未兑 {outstanding}。积分不得买卖, 不兑现金。",
)


def said(bank: Bank, organisation: Organisation, year: int, *, seq: int) -> list[str]:
    """The year in sentences, as of this seq; dossiers as they are kept now."""
    [whole] = _report(bank, organisation, year, "whole", seq).rows
    days = date(year, 1, 1), date(year, 12, 31)
    with bank.store.snapshot() as connection:
        kept = store.dossiers(connection, organisation.path, *days)
        objections = store.objections(connection, organisation.path, *days, seq)
        disputes = store.disputes(connection, organisation.path, *days, seq)
    points, scale = whole.points, bank.charter.points_scale
    told = {
        "volunteers": whole.volunteers,
        "new": whole.volunteers_new,
        "left": whole.volunteers_left,
        "active": whole.active,
        "activities": whole.activities,
        "records": whole.records,
        "hours": minutes_text(whole.minutes),
        "backfilled": minutes_text(whole.minutes_by_method["backfilled"]),
        "in_time": whole.records_in_time,
        "late": whole.records_late,
        "corrected": whole.records_corrected,
        "undone": whole.records_undone,
        "issued": whole.certificates_issued,
        "revoked": whole.certificates_revoked,
        "given": points_text(points.issued, scale),
        "redeemed": points_text(-points.redeemed, scale),
        "lapsed": points_text(-points.lapsed, scale),
        "outstanding": points_text(points.outstanding, scale),
    }
    told |= {kind: kept.get(kind, 0) for kind in dossiers.KINDS}
    told |= {"objections": sum(objections.values()), "disputes": sum(disputes.values())}
    told |= {name: objections.get(name, 0) for name in ("upheld", "dismissed")}
    told |= {"unanswered": objections.get("open", 0), "waiting": disputes.get("open", 0)}
    told |= {"mended": disputes.get("corrected", 0)} | {name: disputes.get(name, 0) for name in ("stands", "passed_on")}
    return [sentence.format_map(told) for sentence in SAID]


def _report(bank: Bank, organisation: Organisation, year: int, every: Every, seq: int | None) -> Report:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return reports.report(bank, since=first, until=last, every=every, within=[organisation.path], as_of_seq=seq)
