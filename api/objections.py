"""Objections to public notices: made by anybody without signing in, answered by a reviewer who had no hand in it."""

from __future__ import annotations

from typing import Literal, NotRequired
from uuid import UUID

from typing_extensions import TypedDict

from api import throttling
from api.answers import page_of
from api.fields import Count, Form, Name, Reason
from api.idempotency import answered
from api.notices import notice_of
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem, unknown
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import PUBLIC, Scope
from ledger.bank import Note
from ledger.people import personal_numbers
from ledger.people.throttles import Act
from ledger.service import notices, objections
from ledger.service.objections import Objection

routes = Routes("objections")
_keyset = Keyset(int)

State = Literal["open", "upheld", "dismissed"]


class NewObjection(Form):
    """Which line is wrong, and why. `contact` is a telephone number or the like, for the answer: it is sealed, shown to
    nobody but who answers, and forgotten with the answer.
    """

    line: Count
    reason: Reason
    contact: Name | None = None


class Resolving(Form):
    """The answer: upheld, and the record falls; or dismissed, and it goes on. Whoever objected reads the reason."""

    outcome: Literal["upheld", "dismissed"]
    reason: Reason


class ObjectionQuery(PageQuery):
    """Which objections: those that wait for an answer, unless it says otherwise."""

    state: Literal["open", "answered", "all"] = "open"


class ObjectionMadeAnswer(TypedDict):
    """The number to ask by. `is_late`: the notice had ended; it is looked at all the same."""

    receipt_no: str
    state: Literal["open"]
    is_late: bool
    transaction_seq: int
    receipt_token: NotRequired[str]


class ObjectionStatusAnswer(TypedDict):
    """How an objection stands, for whoever holds its number; `answer` is null while it is open."""

    receipt_no: str
    state: State
    notice_id: str
    line: int
    made_on: str
    is_late: bool
    answer: str | None
    is_reversed: bool
    transaction_seq: int


class ObjectionAnswer(TypedDict):
    """An objection as a reviewer sees it. `reason` is null where it was erased with the person it was about.
    `record_id` is the service record, which is posted where `posted_seq` says so.
    """

    id: str
    state: State
    organisation_id: str
    notice_id: str
    line: int
    record_id: str | None
    posted_seq: int | None
    made_on: str
    is_late: bool
    reason: str | None
    answer: str | None
    has_contact: bool
    transaction_seq: int


class ObjectionDetailAnswer(ObjectionAnswer):
    """The same, with how to reach whoever objected, as long as they wait for the answer."""

    contact: str | None


class ObjectionResolvedAnswer(TypedDict):
    """What was answered."""

    id: str
    state: Literal["upheld", "dismissed"]
    transaction_seq: int
    receipt_token: NotRequired[str]


@routes.post(
    "/notices/<id:notice_id>/objections", scope=PUBLIC, body=NewObjection, answer=ObjectionMadeAnswer, posts=True
)
def make(call: Call, notice_id: UUID, form: NewObjection) -> Answer:
    """Object to a line of a notice. Only that line waits."""
    throttling.admit(call.bank, Act.OBJECTION)
    notice = notice_of(call, notice_id)
    line = notices.line_of(call.bank, notice, form.line) or unknown("/line")
    return answered(
        objections.object_to(call.bank, call.by, call.request, notice, line, reason=form.reason, contact=form.contact)
    )


@routes.get("/objections/<number:receipt_no>", scope=PUBLIC, answer=ObjectionStatusAnswer)
def status(call: Call, receipt_no: str) -> ObjectionStatusAnswer:
    """Ask how an objection stands, by its number."""
    throttling.admit(call.bank, Act.RECEIPT)
    found = objections.with_receipt(call.bank, receipt_no) or unknown()
    return {
        "receipt_no": found.receipt_no,
        "state": found.state,  # type: ignore[typeddict-item]
        "notice_id": str(found.notice_id),
        "line": found.line,
        "made_on": found.made_on.isoformat(),
        "is_late": found.is_late,
        "answer": found.answered,
        "is_reversed": found.is_reversed,
        "transaction_seq": found.seq,
    }


@routes.get("/objections", scope=Scope.OBJECTIONS_RESOLVE, query=ObjectionQuery, answer=page_of(ObjectionAnswer))
def page(call: Call, query: ObjectionQuery) -> Answer:
    """List objections, those that have waited longest first."""
    is_open = {"open": True, "answered": False, "all": None}[query.state]
    found = objections.page(
        call.bank, within=call.within, is_open=is_open, after=_keyset.after(query), limit=query.limit
    )
    return _keyset.answer(found, _told)


@routes.get("/objections/<id:objection_id>", scope=Scope.OBJECTIONS_RESOLVE, answer=ObjectionDetailAnswer)
def show(call: Call, objection_id: UUID) -> ObjectionDetailAnswer:
    """Read an objection, with how to reach whoever made it. That it was looked at is noted."""
    found = reached(call, objections.find(call.bank, objection_id))
    if found.sealed is not None:
        call.bank.noted(
            call.by,
            Note(
                action="view",
                kind="objection",
                subject=found.id,
                organisation=found.organisation_id,
                change={"fields": ["contact"]},
            ),
        )
    return {**_told(found), "contact": objections.contact_of(call.bank, found)}


@routes.post(
    "/objections/<id:objection_id>/resolve",
    scope=Scope.OBJECTIONS_RESOLVE,
    body=Resolving,
    answer=ObjectionResolvedAnswer,
    posts=True,
)
def resolve(call: Call, objection_id: UUID, form: Resolving) -> Answer:
    """Answer an objection. Upheld, the record is rejected, or reversed where it was posted."""
    found = reached(call, objections.find(call.bank, objection_id))
    if personal_numbers.has_any(form.reason):
        raise Problem("invalid_request", faults=[Fault("/reason", "personal_number")])
    return answered(
        objections.resolve(call.bank, call.by, call.request, found, outcome=form.outcome, reason=form.reason)
    )


def _told(objection: Objection) -> ObjectionAnswer:
    return {
        "id": str(objection.id),
        "state": objection.state,  # type: ignore[typeddict-item]
        "organisation_id": str(objection.organisation_id),
        "notice_id": str(objection.notice_id),
        "line": objection.line,
        "record_id": str(objection.record_id) if objection.record_id else None,
        "posted_seq": objection.posted_seq,
        "made_on": objection.made_on.isoformat(),
        "is_late": objection.is_late,
        "reason": objection.said,
        "answer": objection.answered,
        "has_contact": objection.sealed is not None,
        "transaction_seq": objection.seq,
    }
