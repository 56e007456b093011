"""The yearly return of a party member to the unit (双报到反馈): where they reported, what they committed themselves to,
and each service they gave in the year, on paper, for the unit to file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger import papers
from ledger.bank import Bank
from ledger.people import party
from ledger.people.codes import grouped
from ledger.people.party import STATUS_ZH, Tie
from ledger.people.volunteers import Volunteer
from ledger.reading.passbooks import minutes_text
from ledger.store import certificates, letters, shelves

NUMBER_GROUP = 4
KINDS = {
    "unit": "单位报到",
    "home": "居住地报到",
    "team": "加入志愿队",
    "stairwell": "联系楼栋",
    "area": "认领区域",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberReturn:
    """One member's year; `services` are (day, activity, unit, minutes)."""

    volunteer: Volunteer
    year: int
    as_of_seq: int
    ties: tuple[Tie, ...]
    services: tuple[tuple[date, str, str, int], ...]

    @property
    def minutes(self) -> int:
        return sum(service[-1] for service in self.services)


def member_return(bank: Bank, volunteer: Volunteer, year: int) -> MemberReturn:
    """What the unit is told of this member's year: ties that held in it, and service that stands."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    with bank.store.snapshot() as connection:
        seq = shelves.head_seq(connection)
        ids = list(letters.merged(connection, [volunteer.id]))
        found = certificates.records(connection, ids, first, last)
    rows = sorted((row for rows in found.values() for row in rows), key=lambda row: (row["served_on"], row["seq"]))
    ties = [
        tie
        for tie in party.ties_of(bank, volunteer)
        if tie.from_on <= last and (tie.until_on is None or tie.until_on >= first)
    ]
    return MemberReturn(
        volunteer=volunteer,
        year=year,
        as_of_seq=seq,
        ties=tuple(ties),
        services=tuple((row["served_on"], row["title"], row["organisation"], row["minutes"]) for row in rows),
    )


def paper(bank: Bank, made: MemberReturn) -> bytes:
    """The return as PDF. Refuses PapersMissing."""
    return papers.render("list", values(bank, made))


def values(bank: Bank, made: MemberReturn) -> dict[str, Any]:
    columns = [("日期", "auto", "left"), ("服务", 3, "left"), ("组织单位", 2, "left"), ("时长(时:分)", "auto", "right")]
    return {
        "paper": "a4",
        "bank": bank.charter.name,
        "unit": "双报到",
        "title": f"党员双报到年度情况反馈 · {made.year}",
        "dated": bank.today().isoformat(),
        "seq": made.as_of_seq,
        "facts": [
            ["姓名", made.volunteer.name],
            ["志愿者编号", grouped(made.volunteer.volunteer_no, NUMBER_GROUP)],
            *[[KINDS[tie.kind], _spelled(tie)] for kind in KINDS for tie in made.ties if tie.kind == kind],
            ["服务合计", f"{len(made.services)} 次, {minutes_text(made.minutes)} (时:分)"],
        ],
        "columns": [{"title": title, "width": width, "align": align} for title, width, align in columns],
        "rows": [[on.isoformat(), what, unit, minutes_text(part)] for on, what, unit, part in made.services],
        "notes": ["本件内容属个人信息, 仅供所在单位党组织使用。", "居住地党组织 (盖章):"],
        "codes": [],
    }


def _spelled(tie: Tie) -> str:
    area = f" · {tie.area}" if tie.area else ""
    until = f" 至 {tie.until_on.isoformat()}" if tie.until_on else ""
    return f"{tie.organisation_name}{area}, {STATUS_ZH[tie.status]}, {tie.from_on.isoformat()}{until}"
