"""Refund requests: a refund that one person prepares and another countersigns; nothing is posted in between."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import ReversalAnswer, page_of
from api.fields import Nothing
from api.idempotency import answered
from api.pagination import Keyset, PageQuery
from api.problems import unknown
from api.redemptions import Refunding
from api.rendering import Answer, instant
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.prizes import past_redemptions, redemptions, refund_requests
from ledger.prizes.refund_requests import RefundRequest, State

routes = Routes("refund_requests")
_keyset = Keyset(UUID)


class RefundRequestAnswer(TypedDict):
    """What is to be given back, why, and what became of it: waiting, refunded, withdrawn or expired. `until_on` is the
    last day on which it can be countersigned. Points in the smallest unit.
    """

    id: str
    redemption_id: str
    receipt: str
    volunteer_no: str
    desk_id: str
    redeemed_on: str
    points: int
    goods: Literal["sellable", "damaged"]
    reason: str
    requested_by: str
    requested_at: str
    until_on: str
    state: State


class RefundRequestsQuery(PageQuery):
    """Those that wait, or all."""

    state: Literal["waiting"] | None = None


@routes.post(
    "/redemptions/<id:redemption_id>/refund-requests",
    scope=Scope.REDEMPTIONS_REVERSE,
    body=Refunding,
    answer=RefundRequestAnswer,
)
def prepare(call: Call, redemption_id: UUID, form: Refunding) -> RefundRequestAnswer:
    """Prepare a refund that a second person countersigns. Nothing moves; one prepared before is withdrawn."""
    redemption = reached(call, past_redemptions.find(call.bank, redemption_id))
    made = refund_requests.prepare(call.bank, call.by, redemption, goods=form.goods, reason=form.reason)
    return _told(call, made)


@routes.get(
    "/refund-requests",
    scope=Scope.REDEMPTIONS_REVERSE,
    query=RefundRequestsQuery,
    answer=page_of(RefundRequestAnswer),
)
def page(call: Call, query: RefundRequestsQuery) -> Answer:
    """List refunds that were prepared, the newest first."""
    found = refund_requests.page(
        call.bank,
        within=call.within,
        is_waiting=query.state == "waiting",
        after=_keyset.after(query),
        limit=query.limit,
    )
    return _keyset.answer(found, lambda one: _told(call, one))


@routes.post(
    "/refund-requests/<id:request_id>/countersign",
    scope=Scope.REDEMPTIONS_REVERSE,
    body=Nothing,
    answer=ReversalAnswer,
    posts=True,
)
def countersign(call: Call, request_id: UUID, form: Nothing) -> Answer:  # noqa: ARG001 - it holds nothing
    """Refund as the second person: points and goods return as prepared."""
    asked = reached(call, refund_requests.find(call.bank, request_id))
    redemption = redemptions.find(call.bank, asked.redemption_id)
    if redemption is None:
        unknown()
    return answered(refund_requests.countersign(call.bank, call.by, call.request, asked, redemption))


@routes.post(
    "/refund-requests/<id:request_id>/withdraw",
    scope=Scope.REDEMPTIONS_REVERSE,
    body=Nothing,
    answer=RefundRequestAnswer,
)
def withdraw(call: Call, request_id: UUID, form: Nothing) -> RefundRequestAnswer:  # noqa: ARG001 - it holds nothing
    """Withdraw what was prepared: nothing is given back."""
    asked = reached(call, refund_requests.find(call.bank, request_id))
    return _told(call, refund_requests.withdraw(call.bank, call.by, asked))


def _told(call: Call, one: RefundRequest) -> RefundRequestAnswer:
    return {
        "id": str(one.id),
        "redemption_id": str(one.redemption_id),
        "receipt": one.receipt,
        "volunteer_no": one.volunteer_no,
        "desk_id": str(one.desk_id),
        "redeemed_on": one.redeemed_on.isoformat(),
        "points": one.points,
        "goods": one.goods,
        "reason": one.reason,
        "requested_by": str(one.requested_by),
        "requested_at": instant(one.requested_at),
        "until_on": one.until_on.isoformat(),
        "state": one.state(call.bank.today()),
    }
