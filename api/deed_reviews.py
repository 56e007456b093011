"""Deeds other than service that reviewers or a public notice come before: which wait, and each reviewer's word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.deeds import DeedAnswer
from api.idempotency import answered
from api.pagination import Keyset, PageQuery
from api.rendering import Answer
from api.reviews import Reviewing
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.service_records import Reversing, State
from ledger.service import claimed_deeds, reviews
from ledger.service.claimed_deeds import ClaimedDeed

routes = Routes("deed_reviews")
_keyset = Keyset(int)


class ClaimedDeedQuery(PageQuery):
    """Which of them: those that wait for reviewers, unless it says otherwise."""

    state: State | Literal["all"] = "submitted"


class ClaimedDeedAnswer(TypedDict):
    """A deed as it was handed in. Who recorded it, and whoever reviewed it, cannot review it; `review_by` is the last
    day on which it can be. `transaction_seq` is that of its posting, until then that of its being handed in.
    """

    id: str
    state: State
    notice_id: str | None
    volunteer_no: str
    organisation_id: str
    activity_id: str | None
    kind: str
    deed_type: str
    done_on: str
    evaluation: str | None
    count: int
    value: int
    measures: dict[str, int]
    tags: list[str]
    key: str | None
    on_behalf: str
    group_id: str | None
    recorded_by: str
    reviewed_by: list[str]
    reviews: int
    reviews_needed: int
    review_by: str | None
    transaction_seq: int


@routes.get("/deeds", scope=Scope.SERVICE_RECORDS_READ, query=ClaimedDeedQuery, answer=page_of(ClaimedDeedAnswer))
def page(call: Call, query: ClaimedDeedQuery) -> Answer:
    """List deeds that wait, or waited, for reviewers or a notice: the longest first."""
    state = None if query.state == "all" else query.state
    after = _keyset.after(query)
    found = claimed_deeds.page(call.bank, within=call.within, state=state, after=after, limit=query.limit)
    given = claimed_deeds.reviewers(call.bank, found.items)
    return _keyset.answer(found, lambda deed: told(deed, given[deed.claim.id]))


@routes.get("/deeds/<id:deed_id>", scope=Scope.SERVICE_RECORDS_READ, answer=ClaimedDeedAnswer)
def show(call: Call, deed_id: UUID) -> ClaimedDeedAnswer:
    """Look such a deed up."""
    deed = _reached(call, deed_id)
    return told(deed, claimed_deeds.reviewers(call.bank, [deed])[deed.claim.id])


@routes.post(
    "/deeds/<id:deed_id>/review",
    scope=Scope.SERVICE_RECORDS_REVIEW,
    body=Reviewing,
    answer=DeedAnswer,
    posts=True,
)
def review(call: Call, deed_id: UUID, form: Reviewing) -> Answer:
    """Approve or reject a deed. The last approval that it needs posts it, if no notice comes first."""
    claim = _reached(call, deed_id).claim
    return answered(
        reviews.review(call.bank, call.by, call.request, claim, decision=form.decision, reason=form.reason or "")
    )


@routes.post(
    "/deeds/<id:deed_id>/hold", scope=Scope.SERVICE_RECORDS_REVIEW, body=Reversing, answer=DeedAnswer, posts=True
)
def hold(call: Call, deed_id: UUID, form: Reversing) -> Answer:
    """Hold a deed: it is not posted before somebody releases it."""
    return _step_taken(call, deed_id, reviews.HOLD, form)


@routes.post(
    "/deeds/<id:deed_id>/release", scope=Scope.SERVICE_RECORDS_REVIEW, body=Reversing, answer=DeedAnswer, posts=True
)
def release(call: Call, deed_id: UUID, form: Reversing) -> Answer:
    """Release a held deed, by somebody who did not record it. With all its approvals it is posted."""
    return _step_taken(call, deed_id, reviews.RELEASE, form)


@routes.post("/deeds/<id:deed_id>/withdraw", scope=Scope.DEEDS_WRITE, body=Reversing, answer=DeedAnswer, posts=True)
def withdraw(call: Call, deed_id: UUID, form: Reversing) -> Answer:
    """Withdraw a deed that was handed in by mistake, while it waits."""
    return _step_taken(call, deed_id, reviews.WITHDRAW, form)


def _step_taken(call: Call, deed_id: UUID, step: str, form: Reversing) -> Answer:
    claim = _reached(call, deed_id).claim
    return answered(reviews.take_step(call.bank, call.by, call.request, claim, step, form.reason))


def _reached(call: Call, deed_id: UUID) -> ClaimedDeed:
    return reached(call, claimed_deeds.find(call.bank, deed_id))


def told(deed: ClaimedDeed, reviewers: Sequence[UUID]) -> ClaimedDeedAnswer:
    claim = deed.claim
    return {
        "id": str(claim.id),
        "state": claim.state,
        "notice_id": str(claim.notice_id) if claim.notice_id else None,
        "volunteer_no": claim.volunteer_no,
        "organisation_id": str(claim.organisation_id),
        "activity_id": str(claim.activity_id) if claim.activity_id else None,
        "kind": claim.kind,
        "deed_type": claim.activity_type,
        "done_on": claim.served_on.isoformat(),
        "evaluation": claim.evaluation,
        "count": deed.count,
        "value": deed.value,
        "measures": dict(deed.measures),
        "tags": sorted(deed.tags),
        "key": deed.key,
        "on_behalf": deed.on_behalf,
        "group_id": str(claim.group_id) if claim.group_id else None,
        "recorded_by": str(claim.recorded_by),
        "reviewed_by": [str(by) for by in reviewers],
        "reviews": claim.approvals,
        "reviews_needed": claim.reviews_needed,
        "review_by": claim.review_by.isoformat() if claim.review_by else None,
        "transaction_seq": claim.seq if claim.posted_seq is None else claim.posted_seq,
    }
