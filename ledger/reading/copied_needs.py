"""What a copy of somebody's data says of wishes, requests and tasks, of appraisals, and of each year: things that are
told by more than one table.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from ledger.bank import Bank
from ledger.people.volunteers import Volunteer
from ledger.reading import letters
from ledger.reading.copied_rows import instant, plain, rows_of
from ledger.service import askers
from ledger.store import appraisals, requests, rows

_WISH = (
    *("id", "channel", "kind", "words", "shown_text", "shown_name", "points", "state", "reason", "proof", "done_on"),
    *("collected_at", "verified_at", "fulfilled_at", "ended_at"),
)
_REQUEST = (
    *("id", "channel", "kind", "priority", "words", "place", "state", "answer", "score", "reopened"),
    *("received_at", "accepted_at", "closed_at"),
)


def wishes_of(bank: Bank, people: list[Volunteer]) -> list[dict[str, Any]]:
    """What they wished for, in full as far as it is still kept."""
    return [
        _told(row, _WISH) | {"said_in_full": _said(bank, "wish", row)}
        for person in people
        for row in rows_of(bank, "wish", person)
    ]


def wish_claims_of(bank: Bank, people: list[Volunteer]) -> list[dict[str, Any]]:
    """Whose wishes they took up, as the wall showed them."""
    held = [row for person in people for row in rows_of(bank, "wish_claim", person)]
    with bank.store.reading() as connection:
        wishes = rows.find_all(connection, "wish", [row["wish_id"] for row in held])
    columns = ("id", "wish_id", "until_on", "minutes", "claimed_at", "ended_at", "ended_as")
    return [_told(row, columns) | {"shown_text": wishes[row["wish_id"]]["shown_text"]} for row in held]


def requests_of(bank: Bank, people: list[Volunteer]) -> list[dict[str, Any]]:
    """What they asked for, and everything that was done about it."""
    asked = [row for person in people for row in rows_of(bank, "request", person)]
    with bank.store.reading() as connection:
        steps = {row["id"]: requests.steps(connection, row["id"]) for row in asked}
    return [
        _told(row, _REQUEST)
        | {
            "said_in_full": _said(bank, "request", row),
            "steps": [f"{instant(step['recorded_at'])} {step['step']} {step['words']}" for step in steps[row["id"]]],
        }
        for row in asked
    ]


def tasks_of(bank: Bank, people: list[Volunteer]) -> list[dict[str, Any]]:
    """What they took up, given back or not."""
    helped = [row for person in people for row in rows_of(bank, "task_helper", person)]
    with bank.store.reading() as connection:
        tasks = rows.find_all(connection, "task", [row["task_id"] for row in helped])
    return [
        _told(row, ("id", "task_id", "minutes", "taken_at", "given_back_at"))
        | _told(tasks[row["task_id"]], ("kind", "title", "state", "done_on"))
        for row in helped
    ]


def voices_of(bank: Bank, people: list[Volunteer]) -> list[dict[str, Any]]:
    """Where they spoke in an appraisal; what they said, unless nobody knows it."""
    with bank.store.reading() as connection:
        spoken = appraisals.voices_of(connection, [person.id for person in people])
    return [
        {
            "appraisal_id": str(row["id"]),
            "title": row["title"],
            "questions": json.loads(row["questions"]),
            "scores": None if row["scores"] is None else json.loads(row["scores"]),
        }
        for row in spoken
    ]


def letters_of(bank: Bank, volunteer: Volunteer, served: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What each year came to, from the first one of which there is anything; merged numbers too. `served` are the
    records as the copy has them.
    """
    days = [str(row["served_on"]) for row in served]
    first = min([date.fromisoformat(day).year for day in days] + [int(instant(volunteer.registered_at)[:4])])
    made = []
    for year in range(first, bank.today().year + 1):
        [letter] = letters.letters(bank, [volunteer], year)
        made.append(
            {
                "year": year,
                "records": letter.records,
                "activities": letter.activities,
                "minutes": sum(letter.minutes.values()),
                "opening": letter.opening,
                "closing": letter.closing,
            }
        )
    return made


def _told(row: dict[str, Any], columns: tuple[str, ...]) -> dict[str, Any]:
    return {name: plain(name, row[name]) for name in columns}


def _said(bank: Bank, kind: str, row: dict[str, Any]) -> str | None:
    """What is sealed of their own words, where some of them are cut for others."""
    known = askers.opened(bank, kind, row["id"], row["asker"])
    return known.words if known and known.words else None
