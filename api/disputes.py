"""Disputes (这笔不对): a volunteer says that an entry of theirs is wrong or missing, and a reviewer who had no hand in
it answers (民政部令67 art. 12-13).
"""

from __future__ import annotations

from typing import Literal, NotRequired
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Count, Day, Form, Id, Reason, Text
from api.idempotency import answered
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem, unknown
from api.published_activities import published_activity
from api.rendering import Answer
from api.routes import Call, Routes, reached, session_of
from api.scopes import Scope
from ledger.people import personal_numbers
from ledger.service import disputes
from ledger.service.disputes import Disputed
from ledger.service.disputing import MISSING, Outcome, ReasonCode, Subject

routes = Routes("disputes")
_keyset = Keyset(int)

State = Literal["open", "corrected", "stands", "passed_on"]


class NewDispute(Form):
    """What is wrong: a record of one's own, or any entry of one's statement by its number; with the reason `missing`,
    the activity or the day of which something is not in the list. `words` are shown to nobody but who answers.
    """

    reason_code: ReasonCode
    record_id: Id | None = None
    transaction_seq: Count | None = None
    activity_id: Id | None = None
    day: Day | None = None
    words: Text = ""


class DisputeAnswering(Form):
    """The answer: put right, it stands as it is, or passed on to whom it concerns. The volunteer reads the reason."""

    outcome: Outcome
    reason: Reason


class DisputeQuery(PageQuery):
    """Which disputes: those that wait for an answer, unless it says otherwise."""

    state: Literal["open", "answered", "all"] = "open"


class DisputeMadeAnswer(TypedDict):
    """The number to ask by is `transaction_seq`."""

    id: str
    state: State
    transaction_seq: int
    receipt_token: NotRequired[str]


class OwnDisputeAnswer(TypedDict):
    """A dispute of one's own. It is to be answered by `due_on`; `answer` is null while it is open."""

    id: str
    state: State
    reason_code: ReasonCode
    disputed_seq: int | None
    record_id: str | None
    activity_id: str | None
    day: str | None
    made_on: str
    due_on: str
    answered_on: str | None
    answer: str | None
    transaction_seq: int


class DisputeAnswer(OwnDisputeAnswer):
    """A dispute as a reviewer sees it. `days_left` counts working days, below zero where it is overdue; `words` is null
    where nothing was said, or it was erased with the person.
    """

    organisation_id: str
    volunteer_no: str
    words: str | None
    days_left: int
    is_overdue: bool


@routes.post("/me/disputes", scope=Scope.OWN, body=NewDispute, answer=DisputeMadeAnswer, posts=True)
def make(call: Call, form: NewDispute) -> Answer:
    """Say that something is wrong. What waits is held until somebody has answered."""
    _refuse_numbers("/words", form.words)
    return answered(
        disputes.dispute(
            call.bank, call.by, call.request, _subject(call, form), reason_code=form.reason_code, words=form.words
        )
    )


@routes.get("/me/disputes", scope=Scope.OWN, answer=page_of(OwnDisputeAnswer), query=PageQuery)
def own(call: Call, query: PageQuery) -> Answer:
    """List what one has said is wrong, and the answers, the newest first."""
    found = disputes.page_of(call.bank, session_of(call).volunteer_id, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _own)


@routes.get("/disputes", scope=Scope.DISPUTES_ANSWER, query=DisputeQuery, answer=page_of(DisputeAnswer))
def page(call: Call, query: DisputeQuery) -> Answer:
    """List disputes, those that have waited longest first."""
    is_open = {"open": True, "answered": False, "all": None}[query.state]
    found = disputes.page(call.bank, within=call.within, is_open=is_open, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _told)


@routes.get("/disputes/<id:dispute_id>", scope=Scope.DISPUTES_ANSWER, answer=DisputeAnswer)
def show(call: Call, dispute_id: UUID) -> DisputeAnswer:
    """Read a dispute."""
    return _told(reached(call, disputes.find(call.bank, dispute_id)))


@routes.post(
    "/disputes/<id:dispute_id>/answer",
    scope=Scope.DISPUTES_ANSWER,
    body=DisputeAnswering,
    answer=DisputeMadeAnswer,
    posts=True,
)
def answer(call: Call, dispute_id: UUID, form: DisputeAnswering) -> Answer:
    """Answer a dispute, by somebody who neither recorded nor reviewed what it is about.

    Where the entry stands, a record that was held for it goes on.
    """
    found = reached(call, disputes.find(call.bank, dispute_id))
    _refuse_numbers("/reason", form.reason)
    return answered(disputes.answer(call.bank, call.by, call.request, found, outcome=form.outcome, reason=form.reason))


def _subject(call: Call, form: NewDispute) -> Subject:
    """What it is about. 422 where that is not said, or said twice; 404 where it is not theirs."""
    is_missing = form.reason_code == MISSING
    asked, others = ("activity_id", "day"), ("record_id", "transaction_seq")
    if not is_missing:
        asked, others = others, asked
    given = [name for name in asked if getattr(form, name) is not None]
    strange = [name for name in others if getattr(form, name) is not None]
    if len(given) != 1 or strange:
        names = strange or given or [asked[0]]
        raise Problem("invalid_request", faults=[Fault(f"/{name}", "not_exactly_one") for name in names])
    volunteer_id = session_of(call).volunteer_id
    if is_missing:
        activity = published_activity(call, form.activity_id, "/activity_id") if form.activity_id else None
        return disputes.missing(call.bank, volunteer_id, activity=activity, day=form.day)
    found = disputes.subject(call.bank, volunteer_id, record_id=form.record_id, seq=form.transaction_seq)
    return found or unknown(f"/{given[0]}")


def _refuse_numbers(pointer: str, words: str) -> None:
    if personal_numbers.has_any(words):
        raise Problem("invalid_request", faults=[Fault(pointer, "personal_number")])


def _own(one: Disputed) -> OwnDisputeAnswer:
    return {
        "id": str(one.id),
        "state": one.state,  # type: ignore[typeddict-item]
        "reason_code": one.reason_code,  # type: ignore[typeddict-item]
        "disputed_seq": one.disputed_seq,
        "record_id": str(one.record_id) if one.record_id else None,
        "activity_id": str(one.activity_id) if one.activity_id else None,
        "day": one.day.isoformat() if one.day else None,
        "made_on": one.made_on.isoformat(),
        "due_on": one.due_on.isoformat(),
        "answered_on": one.answered_on.isoformat() if one.answered_on else None,
        "answer": one.answered,
        "transaction_seq": one.seq,
    }


def _told(one: Disputed) -> DisputeAnswer:
    return {
        **_own(one),
        "organisation_id": str(one.organisation_id),
        "volunteer_no": one.volunteer_no,
        "words": one.said,
        "days_left": one.days_left,
        "is_overdue": one.is_overdue,
    }
