"""A copy of one's own data (PIPL 45): everything the bank holds about one person, for that person.

As a JSON object, and as a text that can be read out; both say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger.bank import Bank
from ledger.core.accounts import MINUTES, POINTS
from ledger.people import consents, guardians, organisations, profiles, viewings, volunteers
from ledger.people.volunteers import Volunteer
from ledger.reading import copied_needs
from ledger.reading.copied_rows import SECTIONS, instant, section_of
from ledger.reading.statements import statement

ROWS_AT_ONCE = 500

_HEADINGS = {
    "volunteer": "志愿者 Volunteer",
    "particulars": "个人信息 Particulars",
    "guardians": "监护人 Guardians",
    "consents": "同意记录 Consents",
    "points": "积分明细 Points, newest first",
    "minutes": "服务时长明细 Service time in minutes, newest first",
    **{name: section.heading for name, section in SECTIONS.items()},
    "wishes": "我的心愿 My wishes",
    "wish_claims": "我认领的心愿 Wishes that I took up",
    "requests": "我的需求 My requests, with what was done about them",
    "tasks": "我接的任务 Tasks that I took up",
    "appraisals": "评议 Appraisals in which I spoke; what was said without a name nobody knows",
    "letters": "年度信件 What each year came to: minutes, and points in the smallest unit",
    "viewings": "谁查看过我的信息 Who has looked",
}


def copy_of(bank: Bank, volunteer: Volunteer) -> dict[str, Any]:
    """Everything about this volunteer, and about the numbers that were merged into theirs."""
    merged = [
        found
        for number in volunteers.merged_numbers(bank, volunteer)
        if (found := volunteers.find_registered(bank, number)) is not None
    ]
    everybody = [volunteer, *merged]
    organisation = organisations.find(bank, volunteer.organisation_id)
    rows = {name: section_of(bank, section, everybody) for name, section in SECTIONS.items()}
    return {
        "made_at": instant(bank.world.clock()),
        "volunteer": {
            "volunteer_no": volunteer.volunteer_no,
            "merged_numbers": [one.volunteer_no for one in merged],
            "name": volunteer.name,
            "organisation": organisation.name if organisation else "",
            "registered_at": instant(volunteer.registered_at),
            "closed": volunteer.closed,
        },
        "particulars": {
            field: kept.value for one in reversed(everybody) for field, kept in profiles.of(bank, one).items()
        },
        "guardians": [
            {
                "name": one.name,
                "phone": one.phone,
                "relation": one.relation,
                "recorded_at": instant(one.recorded_at),
                "ended_at": None if one.ended_at is None else instant(one.ended_at),
            }
            for person in everybody
            for one in guardians.of(bank, person)
        ],
        "consents": [
            {
                "purpose": line.purpose,
                "text": consents.text_of(line.purpose, line.text_version),
                "given": line.given,
                "captured": line.captured,
                "by_guardian": line.guardian_id is not None,
                "recorded_at": instant(line.recorded_at),
            }
            for person in everybody
            for line in consents.ledger(bank, person)
        ],
        "points": [entry for person in everybody for entry in _entries(bank, person, POINTS)],
        "minutes": [entry for person in everybody for entry in _entries(bank, person, MINUTES)],
        **rows,
        "wishes": copied_needs.wishes_of(bank, everybody),
        "wish_claims": copied_needs.wish_claims_of(bank, everybody),
        "requests": copied_needs.requests_of(bank, everybody),
        "tasks": copied_needs.tasks_of(bank, everybody),
        "appraisals": copied_needs.voices_of(bank, everybody),
        "letters": copied_needs.letters_of(bank, volunteer, rows["service_records"]),
        "viewings": [
            {
                "recorded_at": instant(seen.recorded_at),
                "by": str(seen.actor_id),
                "what": seen.what,
                "fields": seen.fields,
                "purpose": seen.purpose,
            }
            for person in everybody
            for seen in _viewings(bank, person)
        ],
    }


def as_text(copy: Mapping[str, Any]) -> str:
    """The same, to be read or printed: UTF-8, one line a fact."""
    lines = [f"个人信息副本 Copy of personal data, {copy['made_at']}"]
    for section, heading in _HEADINGS.items():
        lines += ["", f"== {heading}"]
        held = copy[section]
        if not held:
            lines.append("(无 none)")
        elif isinstance(held, Mapping):
            lines += [f"{name}: {_said(value)}" for name, value in held.items()]
        else:
            lines += ["; ".join(f"{name}: {_said(value)}" for name, value in one.items()) for one in held]
    return "\n".join(lines) + "\n"


def _entries(bank: Bank, volunteer: Volunteer, unit: int) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    after = None
    while True:
        found = statement(bank, volunteer.owner, unit, after=after, limit=ROWS_AT_ONCE)
        made += [
            {
                "seq": entry.seq,
                "on": entry.on.isoformat(),
                "kind": entry.kind,
                "amount": entry.amount,
                "balance_after": entry.balance_after,
                "explanation": entry.explanation,
            }
            for entry in found.items
        ]
        if found.after is None:
            return made
        after = (found.after[0], found.after[1], found.after[2])


def _viewings(bank: Bank, volunteer: Volunteer) -> list[viewings.Viewing]:
    made: list[viewings.Viewing] = []
    after: Sequence[Any] | None = None
    while True:
        found = viewings.page(bank, volunteer=volunteer, after=after, limit=ROWS_AT_ONCE)
        made += found.items
        if found.after is None:
            return made
        after = found.after


def _said(value: Any) -> str:
    if isinstance(value, list):
        return " / ".join(str(one["zh"]) if isinstance(one, Mapping) else str(one) for one in value)
    return "-" if value is None else str(value)
