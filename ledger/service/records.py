"""Service records: one person's deed in one activity becomes hours and points, or is undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from ledger.bank import Bank, By, Request
from ledger.core.reversal import Reverse
from ledger.people import households, volunteers
from ledger.people.volunteers import Volunteer
from ledger.rules import Deed, Rulebook, reviewers_needed
from ledger.service import activities, facts, reviews, rulebooks
from ledger.service.activities import Activity
from ledger.service.attended import UNKNOWN, Attended
from ledger.service.awards import Award
from ledger.service.reviewing import HandIn
from ledger.store import claims, commands, rows
from ledger.store.writer import Outcome, Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRecord:
    id: UUID
    seq: int
    volunteer_id: UUID
    organisation_id: UUID
    organisation_path: str
    activity_id: UUID
    served_on: date
    minutes: int
    capture_method: str
    evaluation: str | None
    counted_minutes: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What an organiser says was done."""

    volunteer: Volunteer
    activity: Activity
    minutes: int
    served_on: date
    capture_method: str
    evaluation: str | None = None
    household: UUID | None
    """The volunteer's on the day of the deed."""
    group: UUID | None = None
    """On whose behalf it was done; None: their own."""
    is_member: bool = True
    """Whether the volunteer belonged to that group on the day of the deed."""
    attended: Attended = UNKNOWN
    """When, as far as it is known."""


class Subjects(NamedTuple):
    """Who and what a claim is about; None where there is none."""

    volunteer: Volunteer | None
    activity: Activity | None
    rulebook: Rulebook | None
    """In force on the day of the deed."""
    household: UUID | None
    """The volunteer's on the day of the deed."""


def subjects(bank: Bank, *, volunteer_no: str, activity_id: UUID, served_on: date) -> Subjects:
    """What a claim names, looked up in one trip to the database."""
    with bank.store.reading() as connection:
        found = claims.subjects(connection, volunteer_no, activity_id, served_on)
    return Subjects(
        volunteers.from_subject(bank, found.volunteer),
        activities.from_row(found.activity) if found.activity else None,
        rulebooks.in_force(
            bank,
            served_on,
            organisation_path=found.activity["organisation_path"] if found.activity else None,
            count=found.rulebooks,
        ),
        found.household,
    )


def homes(bank: Bank, asked: Iterable[tuple[Volunteer, date]]) -> dict[tuple[UUID, date], UUID]:
    """The household of each (volunteer id, day) that has one, looked up in one trip for a whole roster."""
    found = households.households_of(bank, [(volunteer.id, on) for volunteer, on in asked])
    return {of: household.id for of, household in found.items()}


def members(bank: Bank, asked: Iterable[tuple[Volunteer, date]]) -> dict[tuple[UUID, date], set[UUID]]:
    """The groups of each (volunteer id, day) that is in any, likewise."""
    found = households.groups_of(bank, [(volunteer.id, on) for volunteer, on in asked])
    return {of: {group.id for group in theirs} for of, theirs in found.items()}


def award(bank: Bank, by: By, claim: Claim, rulebook: Rulebook | None) -> Award:
    """The command that posts a claim under the rulebook in force on its day."""
    return Award(
        id=bank.world.new_id(),
        actor=by.actor,
        volunteer=claim.volunteer.owner,
        organisation=claim.activity.organiser,
        activity=claim.activity.id,
        is_volunteer_service=claim.activity.is_volunteer_service,
        group=claim.group,
        is_member=claim.is_member,
        attended=claim.attended,
        deed=Deed(
            activity_type=claim.activity.activity_type,
            served_on=claim.served_on,
            minutes=claim.minutes,
            capture_method=claim.capture_method,
            starts_minute=claim.attended.starts_minute(bank.zone),
            evaluation=claim.evaluation,
            account="group" if claim.group else "person",
            person=claim.volunteer.id,
            household=claim.household,
            group=claim.group,
            organisation=claim.activity.organisation_id,
            activity=claim.activity.id,
        ),
        rulebook=rulebook,
    )


def command(bank: Bank, by: By, claim: Claim, rulebook: Rulebook | None) -> Award | HandIn:
    """The command that posts a claim, or lets it wait for the reviewers that it needs."""
    (made,) = facts.filled(bank, [award(bank, by, claim, rulebook)])
    return _waiting(bank, made) or made


def _waiting(bank: Bank, made: Award) -> HandIn | None:
    """The command that lets it wait for the reviewers or the notice that it needs; None if it needs neither."""
    posting = made.rulebook.posting if made.rulebook else None
    needed, route = reviewers_needed(posting, made.deed), posting.route(made.deed) if posting else None
    if not needed and not (route and route.notice_days):
        return None
    return reviews.hand_in(made, id=bank.world.new_id(), reviews_needed=needed, route=route)


def record(bank: Bank, by: By, request: Request, claim: Claim, rulebook: Rulebook | None) -> Outcome:
    """Post one claim, or hand it in to be reviewed."""
    return bank.submit(command(bank, by, claim, rulebook), request)


def record_all(bank: Bank, by: By, roster: Sequence[tuple[Request, Claim, Rulebook | None]]) -> list[Outcome]:
    """A roster: each claim has its own outcome, and sees those before it."""
    made = facts.filled(bank, [award(bank, by, claim, rulebook) for _, claim, rulebook in roster])
    return bank.submit_all(
        [Submission(_waiting(bank, one) or one, *request) for (request, *_), one in zip(roster, made, strict=True)]
    )


def is_reused(bank: Bank, requests: Sequence[Request]) -> bool:
    """Whether one of these keys, all of one client and one roster, already belongs to another roster."""
    with bank.store.reading() as connection:
        return commands.is_reused(
            connection, requests[0].client, [request.key for request in requests], requests[0].digest
        )


def find(bank: Bank, id: UUID) -> ServiceRecord | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "service_record", id=id)
    return _from(row) if row else None


def reverse(bank: Bank, by: By, request: Request, record: ServiceRecord, reason: str) -> Outcome:
    """Undo a posted record: hours and points go back, what is already spent becomes a debt."""
    return bank.submit(
        Reverse(id=bank.world.new_id(), actor=by.actor, seq=record.seq, reason=reason, subject=str(record.id)), request
    )


def _from(row: dict[str, Any]) -> ServiceRecord:
    return ServiceRecord(**{field: row[field] for field in ServiceRecord.__slots__})
