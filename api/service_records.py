"""Service records: one person's deed in one activity, alone or as a roster, and its reversal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api import idempotency, problems
from api.answers import ExplanationLine, ReversalAnswer
from api.fields import Count, Day, Form, Id, Name, Reason, TimeOfDay, VolunteerNo
from api.idempotency import answered
from api.problems import Fault, Problem, ProblemAnswer, unknown
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.bank import Outcome, Request
from ledger.core.accounts import OwnerKind
from ledger.people import households, volunteers
from ledger.people.volunteers import Volunteer
from ledger.rules import Rulebook
from ledger.service import activities, attended, records, rulebooks
from ledger.service.records import Claim

routes = Routes("service_records")

State = Literal["submitted", "held", "approved", "on_notice", "rejected", "withdrawn", "void", "posted"]
ListState = Literal[State, "reversed"]
ITEMS_MAX = 1_000
CaptureMethod = Literal["clocked", "roster", "backfilled", "declared", "imported"]


class NewServiceRecord(Form):
    """What an organiser says was done. `evaluation` is a code of the rulebook; `group_id` is the group on whose behalf
    it was done: the volunteer belonged to it on that day. `from_time` is when it began, in the bank's zone: what
    overlaps another record of the same person is held for a reviewer, and without times the same activity on the same
    day is taken for an overlap.
    """

    volunteer_no: VolunteerNo
    activity_id: Id
    minutes: Count
    served_on: Day
    from_time: TimeOfDay | None = None
    capture_method: CaptureMethod
    evaluation: Name | None = None
    group_id: Id | None = None


class Roster(Form):
    """Many records at once."""

    items: Annotated[list[NewServiceRecord], Field(min_length=1, max_length=ITEMS_MAX)]


class Reversing(Form):
    """Why it must be undone."""

    reason: Reason


class ServiceRecordAnswer(TypedDict):
    """A record. Posted, `counted_minutes` of `minutes` earned `points` (smallest unit). Else it waits for
    `reviews_needed` reviewers, of whom `reviews` approved, is held until one releases it (`held_for` says why, where
    the bank itself held it), waits approved for its public notice, or is over: rejected, withdrawn, or void because
    nobody reviewed it in time.
    """

    id: str
    state: State
    minutes: int
    counted_minutes: int
    points: int
    explanation: list[ExplanationLine]
    transaction_seq: int
    receipt_token: NotRequired[str]
    reviews: NotRequired[int]
    reviews_needed: NotRequired[int]
    held_for: NotRequired[str]


class RosterItemAnswer(TypedDict):
    """What became of one item: its record, or the problem."""

    outcome: Literal["posted", "refused"]
    replayed: bool
    record: NotRequired[ServiceRecordAnswer]
    problem: NotRequired[ProblemAnswer]


class RosterAnswer(TypedDict):
    """An outcome for each item, in the order given."""

    items: list[RosterItemAnswer]


@routes.post(
    "/service-records",
    scope=Scope.SERVICE_RECORDS_WRITE,
    body=NewServiceRecord,
    answer=ServiceRecordAnswer,
    posts=True,
)
def record(call: Call, form: NewServiceRecord) -> Answer:
    """Record a deed, of a volunteer of any organisation.

    Hours and points are posted at once, or once the reviewers it needs have approved.
    """
    found = records.subjects(
        call.bank, volunteer_no=form.volunteer_no, activity_id=form.activity_id, served_on=form.served_on
    )
    volunteer = found.volunteer or unknown("/volunteer_no")
    activity = reached(call, found.activity, "/activity_id")
    if form.group_id:
        reached(call, households.find(call.bank, OwnerKind.GROUP, form.group_id), "/group_id")
    claim = Claim(
        volunteer=volunteer,
        activity=activity,
        minutes=form.minutes,
        served_on=form.served_on,
        capture_method=form.capture_method,
        evaluation=form.evaluation,
        attended=attended.from_time(form.served_on, form.from_time, form.minutes, call.bank.zone),
        household=found.household,
        ended=found.ended,
        group=form.group_id,
        is_member=_are_members(call, [(form, volunteer)])[0],
    )
    return answered(records.record(call.bank, call.by, call.request, claim, found.rulebook))


@routes.post(
    "/service-records/batch",
    scope=Scope.SERVICE_RECORDS_WRITE,
    body=Roster,
    answer=RosterAnswer,
    status=200,
    posts=True,
)
def record_all(call: Call, form: Roster) -> Answer:
    """Record a roster. Each item is posted or refused by itself, and sees those before it."""
    claims = _claims(call, form.items)
    requests = [idempotency.item(call.request, at) for at in range(ITEMS_MAX)]
    if records.is_reused(call.bank, requests):
        raise Problem("idempotency_key_reused")
    asked = {(claim.served_on, claim.activity.organisation_path) for claim in claims if isinstance(claim, Claim)}
    books = {(day, path): rulebooks.in_force(call.bank, day, organisation_path=path) for day, path in asked}
    known: list[tuple[int, tuple[Request, Claim, Rulebook | None]]] = [
        (at, (requests[at], claim, books[claim.served_on, claim.activity.organisation_path]))
        for at, claim in enumerate(claims)
        if isinstance(claim, Claim)
    ]
    outcomes = records.record_all(call.bank, call.by, [claim for _, claim in known])
    told = {at: posted_item(outcome) for (at, _), outcome in zip(known, outcomes, strict=True)}
    items = [told[at] if isinstance(claim, Claim) else unknown_item(at, claim) for at, claim in enumerate(claims)]
    replayed = bool(outcomes) and all(outcome.replayed for outcome in outcomes)
    return Answer({"items": items}, 200, {"Idempotent-Replayed": "true"} if replayed else {})


@routes.post(
    "/service-records/<id:record_id>/reverse",
    scope=Scope.SERVICE_RECORDS_REVERSE,
    body=Reversing,
    answer=ReversalAnswer,
    posts=True,
)
def reverse(call: Call, record_id: UUID, form: Reversing) -> Answer:
    """Undo a record: hours and points go back; what is already spent becomes a debt."""
    undone = reached(call, records.find(call.bank, record_id))
    return answered(records.reverse(call.bank, call.by, call.request, undone, form.reason))


def _claims(call: Call, items: Sequence[NewServiceRecord]) -> list[Claim | str]:
    """A claim for each item, or the name of the member that is unknown to this person."""
    people = volunteers.find_all(call.bank, sorted({item.volunteer_no for item in items}))
    deeds = activities.find_all(call.bank, sorted({item.activity_id for item in items}))
    groups = households.find_all(call.bank, OwnerKind.GROUP, sorted({item.group_id for item in items if item.group_id}))
    known = {id for id, group in groups.items() if call.reaches(group.organisation_path)}
    homes = records.homes(
        call.bank, [(people[item.volunteer_no], item.served_on) for item in items if item.volunteer_no in people]
    )
    are_members = _are_members(call, [(item, people.get(item.volunteer_no)) for item in items])
    claims: list[Claim | str] = []
    for item, is_member in zip(items, are_members, strict=True):
        volunteer, activity = people.get(item.volunteer_no), deeds.get(item.activity_id)
        if volunteer is None:
            claims.append("volunteer_no")
        elif activity is None or not call.reaches(activity.organisation_path):
            claims.append("activity_id")
        elif item.group_id and item.group_id not in known:
            claims.append("group_id")
        else:
            claims.append(
                Claim(
                    volunteer=volunteer,
                    activity=activity,
                    minutes=item.minutes,
                    served_on=item.served_on,
                    capture_method=item.capture_method,
                    evaluation=item.evaluation,
                    attended=attended.from_time(item.served_on, item.from_time, item.minutes, call.bank.zone),
                    household=homes.get((volunteer.id, item.served_on)),
                    group=item.group_id,
                    is_member=is_member,
                )
            )
    return claims


def _are_members(call: Call, asked: Sequence[tuple[NewServiceRecord, Volunteer | None]]) -> list[bool]:
    """Whether each volunteer belonged, on the day, to the group that the record names, if it names one."""
    of = records.members(call.bank, [(who, item.served_on) for item, who in asked if who and item.group_id])
    return [
        item.group_id is None or (who is not None and item.group_id in of.get((who.id, item.served_on), ()))
        for item, who in asked
    ]


def posted_item(outcome: Outcome) -> RosterItemAnswer:
    if outcome.refusal is None:
        record: Any = outcome.answer
        return {"outcome": "posted", "replayed": outcome.replayed, "record": record}
    problem = problems.content(Problem(outcome.refusal.code, refusal=outcome.refusal), problems.language())
    return {"outcome": "refused", "replayed": outcome.replayed, "problem": problem}


def unknown_item(at: int, member: str) -> RosterItemAnswer:
    problem = Problem("not_found", faults=[Fault(f"/items/{at}/{member}", "unknown")])
    return {"outcome": "refused", "replayed": False, "problem": problems.content(problem, problems.language())}
