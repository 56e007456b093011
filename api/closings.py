"""Closings: an account ends (left, died), two numbers of one person become one, and either is undone."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import ReversalAnswer
from api.fields import Form, VolunteerNo
from api.idempotency import answered
from api.problems import unknown
from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import Scope
from api.service_records import Reversing
from api.volunteers import registered_as, volunteer_of
from ledger.people import closings

routes = Routes("closings")


class NewClosing(Form):
    """Why the account ends; to whom the points go, where the bank's privacy rules give them to somebody."""

    reason: Literal["left", "died"]
    heir_no: VolunteerNo | None = None


class NewMerge(Form):
    """The number of the same person that remains."""

    survivor_no: VolunteerNo


class ClosingAnswer(TypedDict):
    """An account that ended. `points` (smallest unit) were disposed of."""

    id: str
    points: int
    transaction_seq: int


@routes.post(
    "/volunteers/<number:volunteer_no>/closing",
    scope=Scope.VOLUNTEERS_CLOSE,
    body=NewClosing,
    answer=ClosingAnswer,
    posts=True,
)
def close(call: Call, volunteer_no: str, form: NewClosing) -> Answer:
    """Close an account: what is left goes where the privacy rules say."""
    volunteer = registered_as(call, volunteer_no)
    heir = None if form.heir_no is None else volunteer_of(call, form.heir_no, "/heir_no").owner
    return answered(closings.close(call.bank, call.by, call.request, volunteer, reason=form.reason, heir=heir))


@routes.post(
    "/volunteers/<number:volunteer_no>/merge",
    scope=Scope.VOLUNTEERS_CLOSE,
    body=NewMerge,
    answer=ClosingAnswer,
    posts=True,
)
def merge(call: Call, volunteer_no: str, form: NewMerge) -> Answer:
    """Merge a number into another of the same person; it leads there from now on."""
    merged = registered_as(call, volunteer_no)
    survivor = volunteer_of(call, form.survivor_no, "/survivor_no")
    return answered(closings.merge(call.bank, call.by, call.request, merged, survivor))


@routes.post(
    "/volunteers/<number:volunteer_no>/closings/<id:closing_id>/reverse",
    scope=Scope.VOLUNTEERS_CLOSE,
    body=Reversing,
    answer=ReversalAnswer,
    posts=True,
)
def reverse(call: Call, volunteer_no: str, closing_id: UUID, form: Reversing) -> Answer:
    """Undo a closing or a merge: what was moved comes back."""
    volunteer = registered_as(call, volunteer_no)
    closing = closings.find(call.bank, closing_id)
    if closing is None or closing.volunteer_id != volunteer.id:
        unknown()
    return answered(closings.undo(call.bank, call.by, call.request, volunteer, closing.seq, form.reason))
