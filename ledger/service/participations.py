"""Participations: what somebody's part in an activity was on a day, beside the time it took. Who led, how many kilos
came together, whom it was for: facts that a rulebook may ask about a service record.

They are looked up when the record is posted; a later change concerns later records only. Of whom it was for nothing is
kept by which somebody could be found.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Page
from ledger.people.volunteers import Volunteer
from ledger.service.activities import Activity
from ledger.store import participations as store


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is said of it; words are those of the rulebook."""

    role: str | None = None
    tags: tuple[str, ...] = ()
    measures: Mapping[str, int] = field(default_factory=dict)
    value: int = 0
    """Points that it carries, in the smallest unit."""
    beneficiary: str | None = None
    beneficiary_age: int | None = None
    beneficiary_tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """Somebody's part in an activity on a day."""

    id: UUID
    activity_id: UUID
    volunteer_no: str
    organisation_path: str
    """That of the activity."""
    on_day: date
    part: Part


def say(bank: Bank, by: By, activity: Activity, volunteer: Volunteer, on_day: date, part: Part) -> Participation:
    """This was their part; what was said before is replaced."""
    row = {
        "role": part.role,
        "tags": json.dumps(sorted(set(part.tags))),
        "measures": json.dumps(dict(sorted(part.measures.items()))),
        "value": part.value,
        "beneficiary": part.beneficiary,
        "beneficiary_age": part.beneficiary_age,
        "beneficiary_tags": json.dumps(sorted(set(part.beneficiary_tags))),
        "recorded_by": by.actor,
    }
    of = {"activity_id": activity.id, "volunteer_id": volunteer.id, "on_day": on_day}
    with bank.changing(by) as change:
        change.hold("activity", activity.id)
        before = change.find("participation", **of)
        id = before["id"] if before else change.new_id()
        said = row | {"recorded_at": change.now}
        if before:
            change.change("participation", id, said)
        else:
            change.add("participation", {"id": id} | of | said)
        told = {"activity_id": activity.id, "volunteer_id": volunteer.id, "value": part.value, "role": part.role}
        change.audit("say", "participation", id, organisation=activity.organisation_id, after=told)
    return Participation(
        id=id,
        activity_id=activity.id,
        volunteer_no=volunteer.volunteer_no,
        organisation_path=activity.organisation_path,
        on_day=on_day,
        part=part,
    )


def page(bank: Bank, activity: Activity, *, after: Sequence[Any] | None, limit: int) -> Page[Participation]:
    """What was said of everybody's part in an activity, the earliest first."""
    with bank.store.reading() as connection:
        found = store.page(connection, activity.id, after=after, limit=limit)
    return Page([_from(row, activity) for row in found.items], found.after)


def _from(row: Mapping[str, Any], activity: Activity) -> Participation:
    return Participation(
        id=row["id"],
        activity_id=activity.id,
        volunteer_no=row["volunteer_no"],
        organisation_path=activity.organisation_path,
        on_day=row["on_day"],
        part=part_of(row),
    )


def part_of(row: Mapping[str, Any]) -> Part:
    """What a row says."""
    return Part(
        role=row["role"],
        tags=tuple(json.loads(row["tags"])),
        measures=json.loads(row["measures"]),
        value=row["value"],
        beneficiary=row["beneficiary"],
        beneficiary_age=row["beneficiary_age"],
        beneficiary_tags=tuple(json.loads(row["beneficiary_tags"])),
    )
