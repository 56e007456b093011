"""Checking oneself in and out: by the code on the organiser's screen, scanned or typed."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from api import throttling
from api.attendances import AttendanceAnswer, answer_of, offered
from api.fields import Form, Id
from api.problems import Fault, Problem, unknown
from api.rendering import Answer
from api.routes import Call, Routes, session_of
from api.scopes import Scope
from ledger.people import volunteers
from ledger.people.throttles import Act
from ledger.service import activity_sessions, attendance_codes, attendances
from ledger.service.attendance_codes import CODE_DIGITS, SHORT_DIGITS, Purpose, ReadCode
from ledger.service.attendances import Shown, Way

routes = Routes("check_ins")

Scanned = Annotated[str, StringConstraints(min_length=CODE_DIGITS, max_length=CODE_DIGITS, pattern="^[0-9]+$")]
Typed = Annotated[str, StringConstraints(min_length=SHORT_DIGITS, max_length=SHORT_DIGITS, pattern="^[0-9]+$")]


class CodeSeen(Form):
    """The code on the organiser's screen: scanned, or its eight digits typed beside the session that was chosen."""

    code: Scanned | None = None
    session_id: Id | None = None
    short_code: Typed | None = None


@routes.post("/check-ins", scope=Scope.OWN, body=CodeSeen, answer=AttendanceAnswer, repeats=True)
def check_in(call: Call, form: CodeSeen) -> Answer:
    """Check oneself in."""
    return _done(call, form, "check_in")


@routes.post("/check-outs", scope=Scope.OWN, body=CodeSeen, answer=AttendanceAnswer, repeats=True)
def check_out(call: Call, form: CodeSeen) -> Answer:
    """Check oneself out."""
    return _done(call, form, "check_out")


def _done(call: Call, form: CodeSeen, purpose: Purpose) -> Answer:
    if (form.code is None) == (form.short_code is None):
        raise Problem("invalid_request", faults=[Fault("/code", "not_exactly_one")])
    if (form.short_code is None) != (form.session_id is None):
        raise Problem("invalid_request", faults=[Fault("/session_id", "not_together" if form.code else "missing")])
    request = offered(call)
    if repeated := attendances.repeated(call.bank, request):
        return answer_of(call, repeated, replayed=True)
    read, way = _read(call, form, purpose)
    session = activity_sessions.find(call.bank, read.session_id) or unknown("/code")
    volunteer = volunteers.find(call.bank, session_of(call).volunteer_no) or unknown()
    act = attendances.check_in if purpose == "check_in" else attendances.check_out
    made = act(call.bank, call.by, session, volunteer, Shown(way=way, code=read, request=request))
    return answer_of(call, made, replayed=False)


def _read(call: Call, form: CodeSeen, purpose: Purpose) -> tuple[ReadCode, Way]:
    if form.code is not None:
        return attendance_codes.read(call.bank, form.code, purpose), "screen"
    throttling.admit(call.bank, Act.SEARCH, account=session_of(call).volunteer_id, device=call.by.device)
    session_id: UUID = form.session_id or unknown("/session_id")
    return attendance_codes.typed(call.bank, session_id, form.short_code or "", purpose), "typed"
