"""A copy of one's own data (PIPL 45): everything the bank holds about one person, for that person.

As a JSON object, and as a text that can be read out; both say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ledger.bank import Bank
from ledger.core.accounts import MINUTES, POINTS
from ledger.people import consents, guardians, organisations, profiles, viewings, volunteers
from ledger.people.volunteers import Volunteer
from ledger.reading.statements import statement
from ledger.store import rows

ROWS_AT_ONCE = 500

_HEADINGS = {
    "volunteer": "志愿者 Volunteer",
    "particulars": "个人信息 Particulars",
    "guardians": "监护人 Guardians",
    "consents": "同意记录 Consents",
    "points": "积分明细 Points, newest first",
    "minutes": "服务时长明细 Service time in minutes, newest first",
    "service_records": "志愿服务记录 Service records",
    "redemptions": "兑换 Redemptions",
    "closings": "账户注销或合并 Closings and mergers",
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
    return {
        "made_at": _instant(bank.world.clock()),
        "volunteer": {
            "volunteer_no": volunteer.volunteer_no,
            "merged_numbers": [one.volunteer_no for one in merged],
            "name": volunteer.name,
            "organisation": organisation.name if organisation else "",
            "registered_at": _instant(volunteer.registered_at),
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
                "recorded_at": _instant(one.recorded_at),
                "ended_at": None if one.ended_at is None else _instant(one.ended_at),
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
                "recorded_at": _instant(line.recorded_at),
            }
            for person in everybody
            for line in consents.ledger(bank, person)
        ],
        "points": [entry for person in everybody for entry in _entries(bank, person, POINTS)],
        "minutes": [entry for person in everybody for entry in _entries(bank, person, MINUTES)],
        "service_records": [
            {name: _plain(row[name]) for name in _RECORD}
            for person in everybody
            for row in _rows(bank, "service_record", person)
        ],
        "redemptions": [
            {name: _plain(row[name]) for name in _REDEMPTION}
            for person in everybody
            for row in _rows(bank, "redemption", person)
        ],
        "closings": [
            {name: _plain(row[name]) for name in _CLOSING}
            for person in everybody
            for row in _rows(bank, "closing", person)
        ],
        "viewings": [
            {
                "recorded_at": _instant(seen.recorded_at),
                "by": str(seen.actor_id),
                "what": seen.what,
                "fields": seen.fields,
                "purpose": seen.purpose,
            }
            for person in everybody
            for seen in _viewings(bank, person)
        ],
    }


_RECORD = ("id", "seq", "activity_id", "served_on", "minutes", "capture_method", "evaluation", "points", "inputs")
_REDEMPTION = ("id", "seq", "desk_id", "points", "collective_id", "collected_by")
_CLOSING = ("id", "seq", "reason", "points")


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


def _rows(bank: Bank, table: str, volunteer: Volunteer) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    after: Sequence[Any] | None = None
    while True:
        with bank.store.reading() as connection:
            found = rows.page(
                connection, table, order=("seq",), after=after, limit=ROWS_AT_ONCE, volunteer_id=volunteer.id
            )
        made += found.items
        if found.after is None:
            return made
        after = found.after


def _viewings(bank: Bank, volunteer: Volunteer) -> list[viewings.Viewing]:
    made: list[viewings.Viewing] = []
    after: Sequence[Any] | None = None
    while True:
        found = viewings.page(bank, volunteer=volunteer, after=after, limit=ROWS_AT_ONCE)
        made += found.items
        if found.after is None:
            return made
        after = found.after


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)


def _said(value: Any) -> str:
    if isinstance(value, list):
        return " / ".join(str(one["zh"]) if isinstance(one, Mapping) else str(one) for one in value)
    return "-" if value is None else str(value)


def _instant(microseconds: int) -> str:
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
