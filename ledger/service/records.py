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
from ledger.service import activities, facts, rulebooks
from ledger.service.activities import Activity
from ledger.service.attended import UNKNOWN, Attended
from ledger.service.awards import Award
from ledger.service.claims import hand_in
from ledger.service.handing_in import HandIn
from ledger.store import claims as stored
from ledger.store import commands as remembered
from ledger.store import rows
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
    group_id: UUID | None
    recorded_by: UUID
    session_id: UUID | None
    began_at: int | None
    ended_at: int | None
    corrects: UUID | None
    """The record that this one stands for."""


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
    remark: str = ""
    """What a volunteer says about what they declare; private."""
    ended: frozenset[UUID] | None = None
    """The volunteer's claims and records around that day that do not stand any more; None: to be looked up."""


class Subjects(NamedTuple):
    """Who and what a claim is about; None where there is none."""

    volunteer: Volunteer | None
    activity: Activity | None
    rulebook: Rulebook | None
    """In force on the day of the deed."""
    household: UUID | None
    """The volunteer's on the day of the deed."""
    ended: frozenset[UUID]
    """Their claims and records around that day that do not stand any more."""


def subjects(bank: Bank, *, volunteer_no: str, activity_id: UUID, served_on: date) -> Subjects:
    """What a claim names, looked up in one trip to the database."""
    with bank.store.reading() as connection:
        found = stored.subjects(connection, volunteer_no, activity_id, served_on)
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
        found.ended,
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


def commands(bank: Bank, by: By, claimed: Sequence[tuple[Claim, Rulebook | None]]) -> list[HandIn]:
    """The commands that post these claims, or let them wait for the reviewers that they need."""
    awards = facts.filled(bank, [award(bank, by, claim, rulebook) for claim, rulebook in claimed])
    unknown = [(claim.volunteer.id, claim.served_on) for claim, _ in claimed if claim.ended is None]
    ended = _ended(bank, unknown)
    return [
        handed_in(bank, made, ended=ended if claim.ended is None else claim.ended, reason=claim.remark)
        for made, (claim, _) in zip(awards, claimed, strict=True)
    ]


def handed_in(bank: Bank, made: Award, **more: Any) -> HandIn:
    """The command that takes an award the way its rulebook asks for: `more` as `HandIn` has it."""
    policy = made.rulebook.posting if made.rulebook else None
    needed = max(reviewers_needed(policy, made.deed), more.pop("reviews_at_least", 0))
    route = policy.route(made.deed) if policy else None
    return hand_in(made, id=bank.world.new_id(), reviews_needed=needed, route=route, **more)


def record(bank: Bank, by: By, request: Request, claim: Claim, rulebook: Rulebook | None) -> Outcome:
    """Post one claim, or hand it in to be reviewed."""
    return record_all(bank, by, [(request, claim, rulebook)])[0]


def record_all(bank: Bank, by: By, roster: Sequence[tuple[Request, Claim, Rulebook | None]]) -> list[Outcome]:
    """A roster: each claim has its own outcome, and sees those before it."""
    made = commands(bank, by, [(claim, rulebook) for _, claim, rulebook in roster])
    return bank.submit_all([Submission(one, *request) for one, (request, *_) in zip(made, roster, strict=True)])


def _ended(bank: Bank, asked: Sequence[tuple[UUID, date]]) -> frozenset[UUID]:
    if not asked:
        return frozenset()
    with bank.store.reading() as connection:
        return stored.ended(connection, asked)


def is_reused(bank: Bank, requests: Sequence[Request]) -> bool:
    """Whether one of these keys, all of one client and one roster, already belongs to another roster."""
    with bank.store.reading() as connection:
        return remembered.is_reused(
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
