"""A certificate of service as it is printed: A4, Chinese, with English beside it for those who ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ledger import papers
from ledger.people.codes import grouped
from ledger.service.certificates import Certificate

NUMBER_GROUP = 4

METHODS = {
    "clocked": ("签到签退计时", "checked in and out"),
    "roster": ("签到表登记", "on the attendance list"),
    "backfilled": ("补录(两人审核)", "recorded later, reviewed by two"),
    "declared": ("本人申报(两人审核)", "declared, reviewed by two"),
    "imported": ("原系统导入", "imported"),
}
"""How hours came to be known, as whoever reads the paper must be told."""


KINDS = {
    "training": ("培训", "training"),
    "commendation": ("表彰奖励", "commendations"),
    "evaluation": ("评价", "evaluations"),
}
"""What is kept of a volunteer beside their service (令67 art. 8-10)."""


class Shown(NamedTuple):
    """A certificate, where it is verified, the proof that its entry is in the log, once there is one, and the seal of
    the unit as SVG, where it has one.
    """

    certificate: Certificate
    link: str
    proof: str | None
    seal: str | None = None


def hours(minutes: int) -> str:
    """150 is 2 小时 30 分."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole} 小时"] if whole else []
    return " ".join(parts + ([f"{rest} 分"] if rest or not whole else []))


def hours_en(minutes: int) -> str:
    """150 is 2 h 30 min."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole} h"] if whole else []
    return " ".join(parts + ([f"{rest} min"] if rest or not whole else []))


def paper(bank_name: str, shown: Sequence[Shown], *, english: bool) -> bytes:
    """These certificates as one PDF, each from a page of its own. Those of erased persons cannot be printed again.
    Refuses PapersMissing.
    """
    first = shown[0].certificate
    return papers.render("certificate", values(bank_name, first.issued_on.isoformat(), shown, english=english))


def values(bank_name: str, dated: str, shown: Sequence[Shown], *, english: bool) -> dict[str, Any]:
    def both(zh: str, en: str) -> str:
        return f"{zh} {en}" if english else zh

    def column(zh: str, en: str, width: int | str, align: str = "left") -> dict[str, Any]:
        return {"title": both(zh, en), "width": width, "align": align}

    return {
        "paper": "a4",
        "bank": bank_name,
        "unit": both("免费出具", "free of charge"),
        "title": both("志愿服务记录证明", "Certificate of Volunteer Service"),
        "dated": dated,
        "seq": shown[0].certificate.seq if len(shown) == 1 else None,
        "seal": both("盖章处", "seal"),
        "methods": [
            column("记录方式", "how recorded", 1),
            column("时长", "time", 1, "right"),
        ],
        "columns": [
            column("序号", "No.", "auto", "right"),
            column("日期", "date", "auto"),
            column("活动与地点", "activity, place", 3),
            column("记录单位 / 负责人", "recorded by", 2),
            column("时长", "time", "auto", "right"),
        ],
        "kept": [
            column("日期", "date", "auto"),
            column("名称", "name", 3),
            column("单位", "given by", 2),
            column("说明", "detail", 2),
        ],
        "certificates": [_one(each, both) for each in shown],
    }


def _one(shown: Shown, both: Any) -> dict[str, Any]:
    certificate, content = shown.certificate, shown.certificate.content
    if content is None:
        raise ValueError("an erased certificate has nothing to print")
    number = grouped(certificate.certificate_no, NUMBER_GROUP)

    def time(minutes: int) -> str:
        zh, en = hours(minutes), hours_en(minutes)
        return zh if both(zh, en) == zh else f"{zh}\n{en}"

    proof = {
        "name": f"certificate-{certificate.certificate_no}.tlog-proof",
        "text": shown.proof,
        "type": "text/plain",
        "says": both("账本凭证", "proof that this is in the public log"),
    }
    return {
        "facts": [
            [both("证明编号", "number"), number],
            [both("姓名", "name"), content["name"]],
            [both("志愿者编号", "volunteer number"), content["volunteer_no"]],
            [both("起止日期", "period"), f"{content['from']} — {content['until']}"],
        ],
        "said": _said(content, both),
        "methods": [[both(*METHODS[method]), time(part)] for method, part in sorted(content["by_method"].items())],
        "records": [_line(at, record, time(record["minutes"])) for at, record in enumerate(content["records"], 1)],
        "dossier": [
            {"title": both(*words), "rows": rows}
            for kind, words in KINDS.items()
            if (rows := [_kept(one, time) for one in content.get("dossier", ()) if one["kind"] == kind])
        ],
        "seal": shown.seal,
        "svg": papers.qr(shown.link),
        "verify": [
            both("扫码或登录下址, 输入编号核验:", "Scan, or enter the number at:"),
            shown.link.partition("#")[0],
            both("核验结果为“有效”方为有效。", "It holds while the answer is “valid”."),
            both(f"账本第 {certificate.seq} 笔", f"entry {certificate.seq} of the public log"),
        ],
        "unit": certificate.organisation,
        "issued": content["issued_on"],
        "attachments": [] if shown.proof is None else [proof],
    }


def _said(content: Mapping[str, Any], both: Any) -> list[str]:
    records, minutes = len(content["records"]), content["minutes"]
    zh = f"兹证明 {content['name']} 在上述期间参加志愿服务 {records} 次, 累计 {hours(minutes)}。"
    services = "service" if records == 1 else "services"
    en = f"This certifies {records} voluntary {services} by the above, {hours_en(minutes)} in all."
    told: str = both(zh, en)
    return [zh, en] if told != zh else [zh]


def _kept(one: Mapping[str, Any], time: Callable[[int], str]) -> list[str]:
    detail = [one["detail"]] if "detail" in one else []
    said = detail + ([time(one["minutes"])] if "minutes" in one else [])
    return [one["on"], one["title"], one["by"], "\n".join(said)]


def _line(at: int, record: Mapping[str, Any], time: str) -> list[str]:
    return [
        str(at),
        record["on"],
        " · ".join(part for part in (record["title"], record["place"]) if part),
        " / ".join(part for part in (record["organisation"], record["person_in_charge"]) if part),
        time,
    ]
