"""Records of service: where each stands, everything that was done with it, and each reviewer's word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api import idempotency
from api.answers import page_of
from api.fields import Day, Form, Id, Reason, VolunteerNo
from api.idempotency import answered
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem
from api.rendering import Answer, instant
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.service_records import ListState, Reversing, RosterAnswer, ServiceRecordAnswer, posted_item, unknown_item
from ledger.people import masking, organisations, viewings, volunteers
from ledger.people.viewings import viewed
from ledger.service import record_lists, records, reviews
from ledger.service.claim_states import SERVICE
from ledger.service.record_lists import Recorded, Sought, Step
from ledger.service.reviews import Claim, Said
from ledger.service.suspicions import Suspicion, suspicions

routes = Routes("reviews")
_keyset = Keyset(int)

ITEMS_MAX = 200


class RecordQuery(PageQuery):
    """Which records: those that wait for reviewers, unless it says otherwise. `from` and `to` are days of service."""

    state: ListState | Literal["all"] = "submitted"
    organisation: Id | None = None
    activity: Id | None = None
    volunteer: VolunteerNo | None = None
    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")


class Reviewing(Form):
    """A reviewer's word. A rejection says why, and so does who alone lets a held record pass; the reason is private to
    those concerned.
    """

    decision: Literal["approve", "reject"]
    reason: Reason | None = None


class ReviewItem(Reviewing):
    """The word on one of many."""

    record_id: Id


class ManyReviews(Form):
    """Many words at once."""

    items: Annotated[list[ReviewItem], Field(min_length=1, max_length=ITEMS_MAX)]


class RecordAnswer(TypedDict):
    """A record of service. Who recorded it, and whoever reviewed it, cannot review it. `overlaps` is the record it is
    held for, `review_by` the last day on which it can be reviewed, `corrects` the record that it stands for, and
    `corrected_by` the one that stands for it. Minutes counted and points are there once it is posted.
    """

    id: str
    state: ListState
    notice_id: str | None
    volunteer_no: str
    organisation_id: str
    activity_id: str
    activity_title: str
    served_on: str
    began_at: str | None
    ended_at: str | None
    minutes: int
    capture_method: str
    evaluation: str | None
    recorded_by: str
    reviews: int
    reviews_needed: int
    review_by: str | None
    overlaps: str | None
    corrects: str | None
    corrected_by: str | None
    counted_minutes: int | None
    points: int | None
    transaction_seq: int


class StepAnswer(TypedDict):
    """One thing that was done with a record: what, when, by whom, why. `code` is there where the bank itself did it."""

    what: str
    at: str
    by: str
    reason: str | None
    code: str | None
    transaction_seq: int


class FlagAnswer(TypedDict):
    """What a reviewer should look at: a code, a sentence and the numbers. Nothing is refused for it."""

    code: str
    zh: str
    en: str
    numbers: dict[str, int]


class FlaggedRecordAnswer(RecordAnswer):
    """A record, whose it is, what a reviewer should look at before approving it, and who of the staff has reviewed it.
    The name of a guest is masked; it is null where the person was erased.
    """

    volunteer_name: str | None
    flags: list[FlagAnswer]
    reviewed_by: list[str]


class RecordHistoryAnswer(FlaggedRecordAnswer):
    """A record with everything that was done with it, in order."""

    history: list[StepAnswer]


@routes.get(
    "/service-records", scope=Scope.SERVICE_RECORDS_READ, query=RecordQuery, answer=page_of(FlaggedRecordAnswer)
)
def page(call: Call, query: RecordQuery) -> Answer:
    """List records: those that wait, the longest first; all others, the newest first."""
    sought = Sought(
        state=None if query.state == "all" else query.state,
        within=call.within,
        organisation=_path(call, query.organisation),
        activity_id=query.activity,
        volunteer_no=query.volunteer,
        since=query.since,
        until=query.until,
    )
    found = record_lists.page(call.bank, sought, after=_keyset.after(query), limit=query.limit)
    seen = suspicions(call.bank, found.items)
    names, steps = _names(call, found.items), record_lists.histories(call.bank, found.items)
    return _keyset.answer(found, lambda record: _flagged(record, names, seen[record.id], steps[record.id]))


@routes.get("/service-records/<id:record_id>", scope=Scope.SERVICE_RECORDS_READ, answer=RecordHistoryAnswer)
def show(call: Call, record_id: UUID) -> RecordHistoryAnswer:
    """Look a record up, with everything that was done with it."""
    record = reached(call, record_lists.find(call.bank, record_id))
    steps = record_lists.histories(call.bank, [record])[record.id]
    seen = suspicions(call.bank, [record])[record.id]
    return {**_flagged(record, _names(call, [record]), seen, steps), "history": [_step(step) for step in steps]}


@routes.post(
    "/service-records/<id:record_id>/review",
    scope=Scope.SERVICE_RECORDS_REVIEW,
    body=Reviewing,
    answer=ServiceRecordAnswer,
    posts=True,
)
def review(call: Call, record_id: UUID, form: Reviewing) -> Answer:
    """Approve or reject a record. The last approval that it needs posts it."""
    claim = _claim(call, record_id)
    return answered(
        reviews.review(call.bank, call.by, call.request, claim, decision=form.decision, reason=form.reason or "")
    )


@routes.post(
    "/service-records/review",
    scope=Scope.SERVICE_RECORDS_REVIEW,
    body=ManyReviews,
    answer=RosterAnswer,
    status=200,
    posts=True,
)
def review_all(call: Call, form: ManyReviews) -> Answer:
    """Approve or reject many records. Each item has an outcome of its own, and sees those before it."""
    requests = [idempotency.item(call.request, at) for at in range(ITEMS_MAX)]
    if records.is_reused(call.bank, requests):
        raise Problem("idempotency_key_reused")
    found = reviews.find_all(call.bank, sorted({item.record_id for item in form.items}))
    known = {
        id: claim for id, claim in found.items() if claim.kind == SERVICE and call.reaches(claim.organisation_path)
    }
    said = [
        (at, Said(requests[at], known[item.record_id], item.decision, item.reason or ""))
        for at, item in enumerate(form.items)
        if item.record_id in known
    ]
    outcomes = reviews.review_all(call.bank, call.by, [one for _, one in said])
    items = {at: posted_item(outcome) for (at, _), outcome in zip(said, outcomes, strict=True)}
    replayed = bool(outcomes) and all(outcome.replayed for outcome in outcomes)
    return Answer(
        {"items": [items.get(at) or unknown_item(at, "record_id") for at in range(len(form.items))]},
        200,
        {"Idempotent-Replayed": "true"} if replayed else {},
    )


@routes.post(
    "/service-records/<id:record_id>/hold",
    scope=Scope.SERVICE_RECORDS_REVIEW,
    body=Reversing,
    answer=ServiceRecordAnswer,
    posts=True,
)
def hold(call: Call, record_id: UUID, form: Reversing) -> Answer:
    """Hold a record: it is not posted before somebody releases it."""
    return _step_taken(call, record_id, reviews.HOLD, form)


@routes.post(
    "/service-records/<id:record_id>/release",
    scope=Scope.SERVICE_RECORDS_REVIEW,
    body=Reversing,
    answer=ServiceRecordAnswer,
    posts=True,
)
def release(call: Call, record_id: UUID, form: Reversing) -> Answer:
    """Release a held record, by somebody who did not record it. With all its approvals it is posted."""
    return _step_taken(call, record_id, reviews.RELEASE, form)


@routes.post(
    "/service-records/<id:record_id>/withdraw",
    scope=Scope.SERVICE_RECORDS_WRITE,
    body=Reversing,
    answer=ServiceRecordAnswer,
    posts=True,
)
def withdraw(call: Call, record_id: UUID, form: Reversing) -> Answer:
    """Withdraw a record that was handed in by mistake, while it waits."""
    return _step_taken(call, record_id, reviews.WITHDRAW, form)


def _step_taken(call: Call, record_id: UUID, step: str, form: Reversing) -> Answer:
    claim = _claim(call, record_id)
    return answered(reviews.take_step(call.bank, call.by, call.request, claim, step, form.reason))


def _claim(call: Call, record_id: UUID) -> Claim:
    """A claim of service; other deeds have ways of their own."""
    found = reviews.find(call.bank, record_id)
    return reached(call, found if found is not None and found.kind == SERVICE else None)


def _path(call: Call, organisation_id: UUID | None) -> str | None:
    """Where that organisation hangs; 422 where this person may not know of it."""
    if organisation_id is None:
        return None
    found = organisations.find(call.bank, organisation_id)
    if found is None or not call.reaches(found.path):
        raise Problem("invalid_request", faults=[Fault("organisation", "unknown", "parameter")])
    return found.path


def _names(call: Call, records: Sequence[Recorded]) -> dict[str, str]:
    """What they are called, by their numbers; who belongs elsewhere is masked. That it was seen is noted first."""
    viewed(call.bank, call.by, viewings.SEARCH, fields=["name"])
    people = volunteers.find_all(call.bank, sorted({record.volunteer_no for record in records}))
    return {
        number: one.name if call.reaches(one.organisation_path) else masking.masked(one.name)
        for number, one in people.items()
    }


def _flagged(
    record: Recorded, names: Mapping[str, str], seen: Sequence[Suspicion], steps: Sequence[Step]
) -> FlaggedRecordAnswer:
    flags: list[FlagAnswer] = [
        {"code": one.code, "zh": one.sentence("zh"), "en": one.sentence("en"), "numbers": dict(one.numbers)}
        for one in seen
    ]
    reviewers = [str(step.by) for step in steps if step.what in record_lists.REVIEWED]
    return {
        **told(record),
        "volunteer_name": names.get(record.volunteer_no),
        "flags": flags,
        "reviewed_by": reviewers,
    }


def told(record: Recorded) -> RecordAnswer:
    attended = record.attended
    return {
        "id": str(record.id),
        "state": record.standing,
        "notice_id": str(record.notice_id) if record.notice_id else None,
        "volunteer_no": record.volunteer_no,
        "organisation_id": str(record.organisation_id),
        "activity_id": str(record.activity_id),
        "activity_title": record.activity_title,
        "served_on": record.served_on.isoformat(),
        "began_at": None if attended.began_at is None else instant(attended.began_at),
        "ended_at": None if attended.ended_at is None else instant(attended.ended_at),
        "minutes": record.minutes,
        "capture_method": record.capture_method,
        "evaluation": record.evaluation,
        "recorded_by": str(record.recorded_by),
        "reviews": record.approvals,
        "reviews_needed": record.reviews_needed,
        "review_by": record.review_by.isoformat() if record.review_by else None,
        "overlaps": str(record.overlapped) if record.overlapped else None,
        "corrects": str(record.corrects) if record.corrects else None,
        "corrected_by": str(record.corrected_by) if record.corrected_by else None,
        "counted_minutes": record.counted_minutes,
        "points": record.points,
        "transaction_seq": record.seq if record.posted_seq is None else record.posted_seq,
    }


def _step(step: Step) -> StepAnswer:
    return {
        "what": step.what,
        "at": instant(step.at),
        "by": str(step.by),
        "reason": step.reason,
        "code": step.code,
        "transaction_seq": step.seq,
    }
