"""Attendance codes: what the organiser's screen shows, for a few seconds each."""

from __future__ import annotations

from uuid import UUID

from typing_extensions import TypedDict

from api.rendering import Answer, instant
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.people import printing
from ledger.service import activity_sessions, attendance_codes
from ledger.service.attendance_codes import ShownCode

routes = Routes("attendance_codes")


class CodeAnswer(TypedDict):
    """What the organiser's screen shows: a QR code, its digits, and eight digits to type beside the session."""

    code: str
    svg: str
    short_code: str
    expires_at: str


class CodesAnswer(TypedDict):
    """The codes of this moment; the next ones are due before these expire."""

    session_id: str
    check_in: CodeAnswer
    check_out: CodeAnswer


@routes.get("/activity-sessions/<id:session_id>/codes", scope=Scope.ATTENDANCE_WRITE, answer=CodesAnswer)
def show(call: Call, session_id: UUID) -> Answer:
    """Get the codes that the organiser's screen shows now."""
    session = reached(call, activity_sessions.find(call.bank, session_id))
    told: CodesAnswer = {
        "session_id": str(session.id),
        "check_in": _told(attendance_codes.shown(call.bank, session.id, "check_in")),
        "check_out": _told(attendance_codes.shown(call.bank, session.id, "check_out")),
    }
    return Answer(told, headers={"Cache-Control": "no-store"})


def _told(shown: ShownCode) -> CodeAnswer:
    return {
        "code": shown.code,
        "svg": printing.svg(shown.code).decode(),
        "short_code": shown.short_code,
        "expires_at": instant(shown.expires_at),
    }
