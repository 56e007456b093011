"""Records that wait for reviewers: the queue, the oldest first, and each reviewer's word."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Form, Reason
from api.idempotency import answered
from api.pagination import Keyset, PageQuery
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.service_records import ServiceRecordAnswer
from ledger.service import reviews
from ledger.service.reviews import Claim

routes = Routes("reviews")
_keyset = Keyset(int)


class ClaimQuery(PageQuery):
    """Which claims: those that wait, unless it says otherwise."""

    state: Literal["submitted", "approved", "on_notice", "rejected", "posted"] = "submitted"


class Reviewing(Form):
    """A reviewer's word. A rejection says why; the reason is private to those concerned."""

    decision: Literal["approve", "reject"]
    reason: Reason | None = None


class ClaimAnswer(TypedDict):
    """A record that needs reviewers. Who recorded it, and whoever reviewed it, cannot review it."""

    id: str
    state: Literal["submitted", "approved", "on_notice", "rejected", "posted"]
    notice_id: str | None
    volunteer_no: str
    organisation_id: str
    activity_id: str
    served_on: str
    minutes: int
    capture_method: str
    evaluation: str | None
    recorded_by: str
    reviews: int
    reviews_needed: int
    transaction_seq: int


@routes.get("/service-records", scope=Scope.SERVICE_RECORDS_REVIEW, query=ClaimQuery, answer=page_of(ClaimAnswer))
def page(call: Call, query: ClaimQuery) -> Answer:
    """Records that need reviewers, those that have waited longest first."""
    found = reviews.page(
        call.bank, within=call.within, state=query.state, after=_keyset.after(query), limit=query.limit
    )
    return _keyset.answer(found, _told)


@routes.post(
    "/service-records/<id:record_id>/review",
    scope=Scope.SERVICE_RECORDS_REVIEW,
    body=Reviewing,
    answer=ServiceRecordAnswer,
    posts=True,
)
def review(call: Call, record_id: UUID, form: Reviewing) -> Answer:
    """Approve or reject a record. The last approval that it needs posts it."""
    claim = reached(call, reviews.find(call.bank, record_id))
    return answered(
        reviews.review(call.bank, call.by, call.request, claim, decision=form.decision, reason=form.reason or "")
    )


def _told(claim: Claim) -> ClaimAnswer:
    return {
        "id": str(claim.id),
        "state": claim.state,
        "notice_id": str(claim.notice_id) if claim.notice_id else None,
        "volunteer_no": claim.volunteer_no,
        "organisation_id": str(claim.organisation_id),
        "activity_id": str(claim.activity_id),
        "served_on": claim.served_on.isoformat(),
        "minutes": claim.minutes,
        "capture_method": claim.capture_method,
        "evaluation": claim.evaluation,
        "recorded_by": str(claim.recorded_by),
        "reviews": claim.approvals,
        "reviews_needed": claim.reviews_needed,
        "transaction_seq": claim.seq if claim.posted_seq is None else claim.posted_seq,
    }
