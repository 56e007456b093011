"""Closing sessions and activities: from then on attendance stands, and is handed in as service records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.activities import ActivityAnswer, current
from api.activity_sessions import SessionAnswer, session_told
from api.deeds import DeedAnswer
from api.fields import Nothing
from api.problems import Problem, ProblemAnswer, content, language
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.service_records import ServiceRecordAnswer
from ledger.people import masking
from ledger.service import activities, activity_sessions, hand_in
from ledger.service.hand_in import HandedIn

routes = Routes("hand_ins")


class HandedInAnswer(TypedDict):
    """What became of one day of somebody's attendance: its record, posted or waiting; the good deed, where the activity
    is no volunteer service; the problem; or `nothing`, where nobody checked them out and nothing counts until the
    organiser says when they left.
    """

    attendance_id: str
    volunteer_no: str
    name: str
    on: str | None
    minutes: int
    outcome: Literal["posted", "submitted", "refused", "nothing"]
    replayed: bool
    record: ServiceRecordAnswer | None
    deed: DeedAnswer | None
    problem: ProblemAnswer | None


class ClosedSessionAnswer(TypedDict):
    """A closed session, and what became of everybody's attendance."""

    session: SessionAnswer
    handed_in: list[HandedInAnswer]


class ClosedActivityAnswer(ActivityAnswer):
    """A closed activity, and what became of everybody's attendance."""

    handed_in: list[HandedInAnswer]


@routes.post(
    "/activity-sessions/<id:session_id>/close",
    scope=Scope.ACTIVITIES_WRITE,
    body=Nothing,
    answer=ClosedSessionAnswer,
    status=200,
    posts=True,
)
def close_session(call: Call, session_id: UUID, form: Nothing) -> Answer:  # noqa: ARG001 - an empty body
    """Close a session and hand its attendance in; done again, what is missing is handed in."""
    session = reached(call, activity_sessions.find(call.bank, session_id))
    closed = hand_in.close(call.bank, call.by, session)
    handed_in = hand_in.hand_in(call.bank, call.by, closed)
    told: ClosedSessionAnswer = {
        "session": session_told(closed),
        "handed_in": [_told(call, each) for each in handed_in],
    }
    return Answer(told, 200, _replayed(handed_in))


@routes.post(
    "/activities/<id:activity_id>/close",
    scope=Scope.ACTIVITIES_WRITE,
    body=Nothing,
    answer=ClosedActivityAnswer,
    status=200,
    posts=True,
)
def close_activity(call: Call, activity_id: UUID, form: Nothing) -> Answer:  # noqa: ARG001 - an empty body
    """Close an activity with all its sessions, which have begun, and hand their attendance in."""
    activity = reached(call, activities.find(call.bank, activity_id))
    activities.refuse_cancelled(activity)
    sessions = activity_sessions.of(call.bank, [activity.id])[activity.id]
    hand_in.refuse_not_begun(call.bank, sessions)
    closed = [hand_in.close(call.bank, call.by, each) for each in sessions]
    made = hand_in.close_activity(call.bank, call.by, activity)
    handed_in = [one for each in closed for one in hand_in.hand_in(call.bank, call.by, each)]
    told: ClosedActivityAnswer = {**current(call, made), "handed_in": [_told(call, each) for each in handed_in]}
    return Answer(told, 200, _replayed(handed_in))


def _replayed(handed_in: Sequence[HandedIn]) -> dict[str, str]:
    outcomes = [each.outcome for each in handed_in if each.outcome is not None]
    return {"Idempotent-Replayed": "true"} if outcomes and all(one.replayed for one in outcomes) else {}


def _told(call: Call, each: HandedIn) -> HandedInAnswer:
    came, outcome = each.attendance, each.outcome
    told: HandedInAnswer = {
        "attendance_id": str(came.id),
        "volunteer_no": came.volunteer_no,
        "name": came.name if call.reaches(came.home_path) else masking.masked(came.name),
        "on": each.span.day.isoformat() if each.span else None,
        "minutes": each.span.minutes if each.span else 0,
        "outcome": "nothing",
        "replayed": outcome.replayed if outcome else False,
        "record": None,
        "deed": None,
        "problem": None,
    }
    if outcome is not None and outcome.refusal is not None:
        problem = content(Problem(outcome.refusal.code, refusal=outcome.refusal), language())
        told |= {"outcome": "refused", "problem": problem}
    elif outcome is not None:
        answer: Any = outcome.answer
        told |= {"outcome": "posted" if answer["state"] == "posted" else "submitted"}
        told |= {"record": answer} if "minutes" in answer else {"deed": answer}
    return told
