"""The sessions of an activity: when and where it takes place, and for how many."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.fields import Form, Instant, Name
from api.problems import Fault, Problem
from api.rendering import Answer, instant, refuse_stale, tagged
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.core.refusals.activities import SessionTimesWrong
from ledger.core.refusals.refusal import Refused
from ledger.service import activities, activity_sessions
from ledger.service.activity_sessions import ActivitySession, Timetable

routes = Routes("activity_sessions")

CAPACITY_MAX = 100_000
CapacityField = Annotated[int | None, Field(ge=1, le=CAPACITY_MAX)]


class NewActivitySession(Form):
    """When a session begins and ends, at most a day later. Place and capacity are the activity's unless given."""

    starts_at: Instant
    ends_at: Instant
    place: Name | None = None
    capacity: CapacityField = None


class ActivitySessionChange(Form):
    """What is to be another; what is left out stays. null takes away a place or a capacity of its own."""

    starts_at: Instant | None = None
    ends_at: Instant | None = None
    place: Name | None = None
    capacity: CapacityField = None


class SessionAnswer(TypedDict):
    """A session of an activity. Place and capacity are null where they are the activity's. Once closed, its
    attendance stands.
    """

    id: str
    activity_id: str
    starts_at: str
    ends_at: str
    place: str | None
    capacity: int | None
    closed_at: str | None


@routes.post(
    "/activities/<id:activity_id>/sessions",
    scope=Scope.ACTIVITIES_WRITE,
    body=NewActivitySession,
    answer=SessionAnswer,
)
def add(call: Call, activity_id: UUID, form: NewActivitySession) -> SessionAnswer:
    """Add a session to an activity."""
    activity = reached(call, activities.find(call.bank, activity_id))
    try:
        return session_told(activity_sessions.add(call.bank, call.by, activity, Timetable(**form.model_dump())))
    except Refused as refused:
        raise _placed(refused) from None


@routes.get("/activity-sessions/<id:session_id>", scope=Scope.ACTIVITIES_READ, answer=SessionAnswer, etag=True)
def show(call: Call, session_id: UUID) -> Answer:
    """Look a session up."""
    return tagged(session_told(reached(call, activity_sessions.find(call.bank, session_id))))


@routes.patch(
    "/activity-sessions/<id:session_id>",
    scope=Scope.ACTIVITIES_WRITE,
    body=ActivitySessionChange,
    answer=SessionAnswer,
)
def change(call: Call, session_id: UUID, form: ActivitySessionChange) -> Answer:
    """Change when or where a session takes place, or for how many."""
    session = reached(call, activity_sessions.find(call.bank, session_id))
    refuse_stale(session_told(session))
    sent = form.model_dump(include=form.model_fields_set)
    fields = {name: value for name, value in sent.items() if value is not None or name in ("place", "capacity")}
    try:
        return tagged(session_told(activity_sessions.change_session(call.bank, call.by, session, fields)))
    except Refused as refused:
        raise _placed(refused) from None


def session_told(session: ActivitySession) -> SessionAnswer:
    return {
        "id": str(session.id),
        "activity_id": str(session.activity_id),
        "starts_at": instant(session.starts_at),
        "ends_at": instant(session.ends_at),
        "place": session.place,
        "capacity": session.capacity,
        "closed_at": None if session.closed_at is None else instant(session.closed_at),
    }


def _placed(refused: Refused) -> Problem:
    faults = [Fault("/ends_at", "out_of_range")] if isinstance(refused.refusal, SessionTimesWrong) else []
    return Problem(refused.refusal.code, refusal=refused.refusal, faults=faults)
