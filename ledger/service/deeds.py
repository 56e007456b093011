"""Deeds other than service: what somebody did, or failed to do, becomes points or a count, or is undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Request, Submission
from ledger.core.reversal import Reverse
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.rules import Deed, Rulebook
from ledger.service import facts, rulebooks
from ledger.service.activities import Activity
from ledger.service.handing_in_deeds import handed_in
from ledger.service.post_deed import PostDeed
from ledger.store import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """What is said to have been done, for which organisation; perhaps in an activity."""

    volunteer: Volunteer
    organisation: Organisation
    """Whose issuance account is the other side."""
    kind: str
    """good_deed, penalty, no_show or opening."""
    deed_type: str
    done_on: date
    activity: Activity | None = None
    evaluation: str | None = None
    count: int = 1
    value: int = 0
    """Points that a determination names, in the smallest unit."""
    measures: tuple[tuple[str, int], ...] = ()
    key: str | None = None
    """What a one-off bonus is given for only once: the person referred, the commendation, the rank."""
    tags: frozenset[str] = frozenset()
    household: UUID | None
    """The volunteer's on the day of the deed."""
    on_behalf: str = "person"
    """person, household, group or unit: who did it through the volunteer. A unit is the organisation of the deed."""
    group: UUID | None = None
    """Which group, where it is a group's."""
    is_member: bool = True
    """Whether the volunteer belonged to that household or group on the day of the deed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedDeed:
    """A deed as it was posted."""

    id: UUID
    seq: int
    kind: str
    deed_type: str
    volunteer_id: UUID
    organisation_id: UUID
    organisation_path: str
    activity_id: UUID | None
    done_on: date
    points: int


def command(bank: Bank, by: By, doing: Doing, rulebook: Rulebook | None) -> PostDeed:
    """The command that posts it under the rulebook in force on its day."""
    id, activity = bank.world.new_id(), doing.activity
    return PostDeed(
        id=id,
        actor=by.actor,
        volunteer=doing.volunteer.owner,
        activity=activity.id if activity else None,
        is_volunteer_service=activity.is_volunteer_service if activity else False,
        is_member=doing.is_member and (doing.on_behalf != "household" or doing.household is not None),
        deed=Deed(
            kind=doing.kind,
            activity_type=doing.deed_type,
            served_on=doing.done_on,
            evaluation=doing.evaluation,
            count=doing.count,
            value=doing.value,
            measures=doing.measures,
            key=doing.key,
            tags=doing.tags,
            person=doing.volunteer.id,
            account=doing.on_behalf,
            household=doing.household,
            group=doing.group,
            organisation=doing.organisation.id,
            activity=activity.id if activity else id,
        ),
        rulebook=rulebook,
    )


def post(bank: Bank, by: By, request: Request, doing: Doing, rulebook: Rulebook | None) -> Outcome:
    """Post one deed, or hand it in to be reviewed and put on notice, as its rulebook asks."""
    return post_all(bank, by, [(request, doing, rulebook)])[0]


def post_all(bank: Bank, by: By, deeds: Sequence[tuple[Request, Doing, Rulebook | None]]) -> list[Outcome]:
    """Post many: each has its own outcome, and sees those before it."""
    made = facts.filled(bank, [command(bank, by, doing, book) for _, doing, book in deeds])
    return bank.submit_all(
        [
            Submission(handed_in(one, bank.world.new_id()), *request)
            for (request, *_), one in zip(deeds, made, strict=True)
        ]
    )


def rulebooks_of(bank: Bank, doings: Sequence[Doing]) -> list[Rulebook | None]:
    """For each the rulebook in force on its day, where it was done."""
    asked = {(doing.done_on, doing.organisation.path) for doing in doings}
    books = {(day, path): rulebooks.in_force(bank, day, organisation_path=path) for day, path in asked}
    return [books[doing.done_on, doing.organisation.path] for doing in doings]


def find(bank: Bank, id: UUID) -> PostedDeed | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "deed", id=id)
    return _from(row) if row else None


def reverse(bank: Bank, by: By, request: Request, deed: PostedDeed, reason: str) -> Outcome:
    """Undo a deed: points go back, a penalty is given back, and its counts and flags fall."""
    return bank.submit(
        Reverse(id=bank.world.new_id(), actor=by.actor, seq=deed.seq, reason=reason, subject=str(deed.id)), request
    )


def _from(row: dict[str, Any]) -> PostedDeed:
    return PostedDeed(**{field: row[field] for field in PostedDeed.__slots__})
