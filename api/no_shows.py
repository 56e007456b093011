"""No-shows (爽约): who had a place and did not come."""

from __future__ import annotations

from typing import Any, Literal, NotRequired
from uuid import UUID

from api.fields import Form, Reason
from api.idempotency import answered
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.service_records import State
from api.sign_ups import SignUpAnswer, sign_up_told
from ledger.bank import Outcome
from ledger.service import no_shows, sign_ups
from ledger.service.sign_ups import SignUp

routes = Routes("no_shows")


class NotComing(Form):
    """Why they did not come: excused is noted; the others are counted as the rulebook says."""

    kind: Literal["excused", "unexcused", "malicious"]


class Lifting(Form):
    """Why it is taken back."""

    reason: Reason


class NoShowAnswer(SignUpAnswer):
    """A sign-up, and the transaction of the deed that was posted, handed in to be reviewed, or undone for it, if any;
    `deed_state` says how far that is.
    """

    transaction_seq: NotRequired[int]
    deed_state: NotRequired[State | Literal["reversed"]]


@routes.post(
    "/sign-ups/<id:sign_up_id>/no-show",
    scope=Scope.DEEDS_WRITE,
    body=NotComing,
    answer=NoShowAnswer,
    status=200,
    posts=True,
)
def record(call: Call, sign_up_id: UUID, form: NotComing) -> Answer:
    """Say that somebody did not come, once the session is closed."""
    found = reached(call, sign_ups.find(call.bank, sign_up_id))
    return _told(call, *no_shows.record(call.bank, call.by, found, form.kind))


@routes.post(
    "/sign-ups/<id:sign_up_id>/no-show/lift",
    scope=Scope.DEEDS_REVERSE,
    body=Lifting,
    answer=NoShowAnswer,
    status=200,
    posts=True,
)
def lift(call: Call, sign_up_id: UUID, form: Lifting) -> Answer:
    """Take a no-show back: what was counted falls."""
    found = reached(call, sign_ups.find(call.bank, sign_up_id))
    return _told(call, *no_shows.lift(call.bank, call.by, found, form.reason))


def _told(call: Call, signed_up: SignUp, outcome: Outcome | None) -> Answer:
    if outcome is None:
        return Answer(sign_up_told(call, signed_up))
    posted = answered(outcome)
    state: Any = outcome.answer.get("state", "reversed")
    told: NoShowAnswer = {**sign_up_told(call, signed_up), "transaction_seq": outcome.seq or 0, "deed_state": state}
    return Answer(told, 200, posted.headers)
