"""What a copy of somebody's data takes from which table, row by row; and what it does not take, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ledger.bank import Bank
from ledger.people.volunteers import Volunteer
from ledger.store import rows

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a copy that is the rows of a table."""

    table: str
    heading: str
    columns: tuple[str, ...]
    order: str = "id"


def _section(table: str, heading: str, columns: str, order: str = "id") -> Section:
    return Section(table=table, heading=heading, columns=tuple(columns.split()), order=order)


SECTIONS: Mapping[str, Section] = {
    "service_records": _section(
        "service_record",
        "志愿服务记录 Service records",
        "id seq activity_id served_on minutes capture_method evaluation points inputs",
        "seq",
    ),
    "deeds": _section(
        "deed", "其他行为 Other deeds", "id seq kind deed_type activity_id done_on evaluation points inputs", "seq"
    ),
    "claims": _section(
        "service_claim",
        "申报 Claims",
        "id seq kind activity_id served_on minutes capture_method evaluation",
        "seq",
    ),
    "redemptions": _section(
        "redemption", "兑换 Redemptions", "id seq desk_id points collective_id collected_by", "seq"
    ),
    "reservations": _section(
        "reservation", "预约 Reservations", "id seq desk_id reserved_on due_on beneficiary points", "seq"
    ),
    "slips": _section("slip_entry", "纸质凭单 Paper slips", "id seq slip_no state given_on refusal keyed_on", "seq"),
    "closings": _section("closing", "账户注销或合并 Closings and mergers", "id seq reason points", "seq"),
    "stars": _section(
        "star_change", "星级 Stars proposed", "id seq from_level to_level measured_on inputs notice_until", "seq"
    ),
    "star_decisions": _section(
        "star_decision", "星级认定 Stars decided", "id seq decision level star_level measured_on inputs", "seq"
    ),
    "flags": _section(
        "flag", "规则提示 Counters reached", "id seq counter flag title_zh title_en reached first_day last_day", "seq"
    ),
    "disputes": _section(
        "dispute",
        "本人异议 Entries that I disputed",
        "id seq about disputed_seq record_id activity_id day reason_code",
        "seq",
    ),
    "dispute_answers": _section("dispute_answer", "异议答复 Answers to them", "seq dispute_id about outcome", "seq"),
    "notice_lines": _section("notice_line", "公示 Lines on public notices", "id seq notice_id line record_id"),
    "certificates": _section(
        "certificate",
        "志愿服务记录证明 Certificates",
        "id seq certificate_no first_day last_day minutes records",
        "seq",
    ),
    "dossier": _section(
        "dossier_entry",
        "志愿者档案 Training, commendations, evaluations",
        "id kind on_day title given_by detail minutes recorded_at withdrawn_at",
    ),
    "sign_ups": _section(
        "sign_up",
        "报名 Sign-ups",
        "id activity_id session_id state asked_at confirmed_at override_reason cancelled_at is_late no_show",
    ),
    "attendances": _section(
        "attendance",
        "签到签退 Attendances",
        "id activity_id capture_method in_at in_way out_at out_way voided_at void_reason",
    ),
    "participations": _section(
        "participation",
        "参与情况 Parts in activities",
        "id activity_id on_day role tags measures value beneficiary beneficiary_age beneficiary_tags",
    ),
    "memberships": _section("membership", "家庭与团体 Households and groups", "id collective_id role from_on until_on"),
    "posts": _section("term", "岗位 Posts held", "id post_id from_on until_on"),
    "party": _section(
        "party_tie", "双报到与三个一 Party ties", "id kind organisation_id area status from_on until_on confirmed_at"
    ),
    "listings": _section("listing", "名单 Lists", "id tag from_on until_on reason recorded_at"),
    "agents": _section(
        "agency", "代办授权 Whom I let act for me", "id agent_id scope captured from_on until_on revoked_at"
    ),
    "cards": _section("card", "积分卡 Cards", "id card_no issued_at ended_at ended_for"),
    "identifications": _section(
        "volunteer_session",
        "身份核验 Where I identified myself",
        "id device_id identified_by purpose opened_at ended_at",
    ),
    "companionships": _section("companionship", "结对帮扶 Companionships", "id wish_id from_on until_on"),
    "need_credits": _section("need_credit", "心愿与任务的记账 What answering needs earned", "id seq need_id"),
}
"""The parts of a copy that are rows of a table, by their names; the other parts are read in `copies`."""

ELSEWHERE = {
    "volunteer_field": "as particulars",
    "guardian": "as guardians",
    "consent": "as consents",
    "viewing": "as viewings",
    "wish": "as wishes",
    "wish_claim": "as wish claims",
    "request": "as requests",
    "task_helper": "as tasks",
}
"""Tables of a person that the other parts of a copy read."""

LEFT_OUT = {
    "volunteer_pin": "a keyed hash, of which nobody learns anything",
    "attendance_code_use": "that a code was used once, until it expires",
    "certificate_text": "the words of certificates, which stand on the certificates themselves",
    "mark": "what the records and deeds above left for caps: sums of the same",
    "possible_duplicate": "who else may be the same person: somebody else's number",
}
"""Tables of a person that are in no copy, and why."""


def rows_of(bank: Bank, table: str, volunteer: Volunteer, *, order: str = "id") -> list[dict[str, Any]]:
    """All rows of a table that are of this very number, in order."""
    made: list[dict[str, Any]] = []
    after = None
    while True:
        with bank.store.reading() as connection:
            found = rows.page(
                connection, table, order=(order,), after=after, limit=ROWS_AT_ONCE, volunteer_id=volunteer.id
            )
        made += found.items
        if found.after is None:
            return made
        after = found.after


def section_of(bank: Bank, section: Section, people: list[Volunteer]) -> list[dict[str, Any]]:
    """One part of a copy, of all numbers of one person."""
    return [
        {name: plain(name, row[name]) for name in section.columns}
        for person in people
        for row in rows_of(bank, section.table, person, order=section.order)
    ]


def plain(name: str, value: Any) -> Any:
    """As JSON says it; what a column whose name ends in _at holds are microseconds."""
    if name.endswith("_at") and isinstance(value, int):
        return instant(value)
    return value if value is None or isinstance(value, int | str) else str(value)


def instant(microseconds: int) -> str:
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
