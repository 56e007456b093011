"""Volunteers' short sessions: opened at a paired device or with the help of staff, renewed while in use, ended by a
touch.
"""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from api.callers import Kind
from api.fields import Form, VolunteerNo
from api.rendering import instant
from api.routes import Call, Routes
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.people import sessions
from ledger.people.sessions import Session

routes = Routes("auth")


class Assistance(Form):
    """Whom to act for, and what for."""

    volunteer_no: VolunteerNo
    purpose: Literal["card_missing", "pin_missing", "needs_help", "by_agent"]


class Nothing(Form):
    """An empty object: the token says it all."""


class VolunteerTokenAnswer(TypedDict):
    """A volunteer's token. It cannot be refreshed: POST /auth/volunteer/renew while it holds."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    scope: str
    volunteer_no: str


class SessionAnswer(TypedDict):
    """Who is here, and until when."""

    volunteer_no: str
    assisted: bool
    closes_at: str


@routes.post(
    "/auth/volunteer/assist", scope=Scope.VOLUNTEERS_ASSIST, body=Assistance, answer=VolunteerTokenAnswer, status=200
)
def assist(call: Call, form: Assistance) -> VolunteerTokenAnswer:
    """Open a session for a volunteer who needs help; what is done in it is done by whoever asks for it."""
    volunteer = volunteer_of(call, form.volunteer_no, "/volunteer_no")
    return token_of(call, sessions.assist(call.bank, call.by, volunteer, form.purpose))


@routes.post("/auth/volunteer/renew", scope=Scope.OWN, body=Nothing, answer=VolunteerTokenAnswer, status=200)
def renew(call: Call, form: Nothing) -> VolunteerTokenAnswer:  # noqa: ARG001 - that it is empty was checked
    """Stay signed in while the screen is in use."""
    return token_of(call, sessions.renew(call.bank, session_of(call)))


@routes.post("/auth/volunteer/sign-out", scope=Scope.OWN, body=Nothing, answer=SessionAnswer, status=200)
def sign_out(call: Call, form: Nothing) -> SessionAnswer:  # noqa: ARG001 - that it is empty was checked
    """Sign out, at once."""
    return _told(sessions.end(call.bank, session_of(call)))


@routes.get("/auth/volunteer", scope=Scope.OWN, answer=SessionAnswer)
def show(call: Call) -> SessionAnswer:
    """Ask who is signed in."""
    return _told(session_of(call))


def session_of(call: Call) -> Session:
    """The session that calls; for routes of the scope OWN."""
    if call.caller.session is None:
        raise LookupError("this route's scope is not OWN")
    return call.caller.session


def token_of(call: Call, session: Session) -> VolunteerTokenAnswer:
    """A token that lasts as long as the session does."""
    seconds = (session.closes_at - call.bank.world.clock()) // 1_000_000
    token = call.keys.mint(
        session.volunteer_id,
        [Scope.OWN],
        call.bank.world.new_id(),
        client=Kind.VOLUNTEER,
        session_id=session.id,
        seconds=max(1, seconds),
    )
    return {
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": max(1, seconds),
        "scope": Scope.OWN.value,
        "volunteer_no": session.volunteer_no,
    }


def _told(session: Session) -> SessionAnswer:
    return {
        "volunteer_no": session.volunteer_no,
        "assisted": session.staff_id is not None,
        "closes_at": instant(session.closes_at),
    }
