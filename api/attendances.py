"""Attendance (签到、签退) as organisers and kiosks take it: by card, screen, hand or list; and how it is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, NoReturn
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api import throttling
from api.answers import page_of
from api.fields import Form, Id, Instant, Reason, VolunteerNo
from api.guests import guest_of
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem, ProblemAnswer, content, language, unknown
from api.rendering import Answer, instant
from api.routes import NOT_POSTING, Call, Routes, reached
from api.scopes import Scope
from api.sessions import CardNo, ScreenNo
from api.sign_ups import session_in
from api.volunteers import volunteer_of
from ledger.bank import Request
from ledger.core.refusals.refusal import Refusal
from ledger.people import cards, masking, screens, volunteers
from ledger.people.throttles import Act
from ledger.people.volunteers import Volunteer
from ledger.service import activities, activity_sessions, attendances
from ledger.service.activities import Activity
from ledger.service.activity_sessions import ActivitySession
from ledger.service.attendances import Attendance, Shown, Way

routes = Routes("attendances")
_keyset = Keyset(UUID)

ROSTER_MAX = 1_000
CaptureMethod = Literal["clocked", "roster"]


class WhoIsHere(Form):
    """Who comes or goes: by their card, by the code on their screen, or by their number, as the organiser writes it
    down, who may say when it was. The session, where the activity has several.
    """

    session_id: Id | None = None
    card: CardNo | None = None
    screen_code: ScreenNo | None = None
    volunteer_no: VolunteerNo | None = None
    at: Instant | None = None


class RosterLine(Form):
    """Somebody who was there; the whole session, unless it says from when and until when."""

    volunteer_no: VolunteerNo
    checked_in_at: Instant | None = None
    checked_out_at: Instant | None = None


class AttendanceRoster(Form):
    """Everybody who was there; at which session, where the activity has several."""

    session_id: Id | None = None
    items: Annotated[list[RosterLine], Field(min_length=1, max_length=ROSTER_MAX)]


class Voiding(Form):
    """Why it is taken back."""

    reason: Reason


class AttendanceQuery(PageQuery):
    """Which attendances of an activity."""

    session_id: Id | None = None


class ServedAnswer(TypedDict):
    """What counts of an attendance on one day."""

    on: str
    began_at: str
    ended_at: str
    minutes: int


class AttendanceAnswer(TypedDict):
    """Somebody's attendance. `clocked` is what cards and codes showed at both ends. `no_check_out` says that nobody
    checked them out although the session has ended. `served` is what counts, day by day.
    """

    id: str
    activity_id: str
    session_id: str
    title: str
    volunteer_no: str
    name: str
    capture_method: CaptureMethod
    checked_in_at: str
    checked_in_by: Way
    checked_out_at: str | None
    checked_out_by: Way | None
    no_check_out: bool
    is_signed_up: bool
    is_void: bool
    minutes: int
    served: list[ServedAnswer]


class RosterLineAnswer(TypedDict):
    """What became of one line: the attendance, or the problem."""

    outcome: Literal["written", "refused"]
    attendance: AttendanceAnswer | None
    problem: ProblemAnswer | None


class AttendanceRosterAnswer(TypedDict):
    """An outcome for each line, in the order given."""

    items: list[RosterLineAnswer]


@routes.post(
    "/activities/<id:activity_id>/check-ins",
    scope=Scope.ATTENDANCE_WRITE,
    body=WhoIsHere,
    answer=AttendanceAnswer,
    repeats=True,
)
def check_in(call: Call, activity_id: UUID, form: WhoIsHere) -> Answer:
    """Check somebody in, of whatever organisation."""
    return _taken(call, activity_id, form, "check_in")


@routes.post(
    "/activities/<id:activity_id>/check-outs",
    scope=Scope.ATTENDANCE_WRITE,
    body=WhoIsHere,
    answer=AttendanceAnswer,
    repeats=True,
)
def check_out(call: Call, activity_id: UUID, form: WhoIsHere) -> Answer:
    """Check somebody out; by hand also who forgot it, until their attendance is handed in."""
    return _taken(call, activity_id, form, "check_out")


@routes.post(
    "/activities/<id:activity_id>/attendance-roster",
    scope=Scope.ACTIVITIES_WRITE,
    body=AttendanceRoster,
    answer=AttendanceRosterAnswer,
    status=200,
)
def write_down(call: Call, activity_id: UUID, form: AttendanceRoster) -> AttendanceRosterAnswer:
    """Write down a list of who was there."""
    activity = reached(call, activities.find(call.bank, activity_id))
    session = session_in(call, activity, form.session_id)
    people = volunteers.find_all(call.bank, sorted({line.volunteer_no for line in form.items}))
    known = [line for line in form.items if line.volunteer_no in people]
    lines = [(people[line.volunteer_no], line.checked_in_at, line.checked_out_at) for line in known]
    outcomes = iter(attendances.write_down(call.bank, call.by, session, lines))
    return {
        "items": [
            _line(call, activity, session, next(outcomes)) if line.volunteer_no in people else _stranger(at)
            for at, line in enumerate(form.items)
        ]
    }


@routes.get(
    "/activities/<id:activity_id>/attendances",
    scope=Scope.ACTIVITIES_WRITE,
    query=AttendanceQuery,
    answer=page_of(AttendanceAnswer),
)
def page(call: Call, activity_id: UUID, query: AttendanceQuery) -> Answer:
    """List who came to an activity, the last one first."""
    activity = reached(call, activities.find(call.bank, activity_id))
    found = attendances.page(
        call.bank,
        after=_keyset.after(query),
        limit=query.limit,
        activity_id=activity.id,
        session_id=query.session_id,
    )
    return _keyset.answer(found, _teller(call, found.items))


@routes.get(
    "/volunteers/<number:volunteer_no>/attendances",
    scope=Scope.VOLUNTEERS_READ,
    own=True,
    query=PageQuery,
    answer=page_of(AttendanceAnswer),
)
def of_volunteer(call: Call, volunteer_no: str, query: PageQuery) -> Answer:
    """List what somebody came to, the last one first."""
    volunteer = volunteer_of(call, volunteer_no)
    found = attendances.page(call.bank, after=_keyset.after(query), limit=query.limit, volunteer_id=volunteer.id)
    return _keyset.answer(found, _teller(call, found.items))


@routes.post(
    "/attendances/<id:attendance_id>/void",
    scope=Scope.ACTIVITIES_WRITE,
    body=Voiding,
    answer=AttendanceAnswer,
    status=200,
)
def void(call: Call, attendance_id: UUID, form: Voiding) -> AttendanceAnswer:
    """Take an attendance back that was none, before its session is closed."""
    found = reached(call, attendances.find(call.bank, attendance_id))
    made = attendances.void(call.bank, call.by, found, form.reason)
    return _teller(call, [made])(made)


def told(call: Call, activity: Activity, session: ActivitySession, attendance: Attendance) -> AttendanceAnswer:
    """An attendance; the name of who belongs elsewhere is masked, and every name at a device."""
    is_known = call.caller.device is None and call.reaches(attendance.home_path)
    is_known = is_known or call.caller.own == attendance.volunteer_id
    served = attendances.served(call.bank, activity, session, attendance)
    has_ended = session.closed_at is not None or call.bank.world.clock() >= session.ends_at
    return {
        "id": str(attendance.id),
        "activity_id": str(attendance.activity_id),
        "session_id": str(attendance.session_id),
        "title": attendance.title,
        "volunteer_no": attendance.volunteer_no,
        "name": attendance.name if is_known else masking.masked(attendance.name),
        "capture_method": attendance.capture_method,
        "checked_in_at": instant(attendance.in_at),
        "checked_in_by": attendance.in_way,
        "checked_out_at": None if attendance.out_at is None else instant(attendance.out_at),
        "checked_out_by": attendance.out_way,
        "no_check_out": has_ended and attendance.out_at is None,
        "is_signed_up": attendance.is_signed_up,
        "is_void": attendance.voided_at is not None,
        "minutes": sum(span.minutes for span in served),
        "served": [
            {
                "on": span.day.isoformat(),
                "began_at": instant(span.began_at),
                "ended_at": instant(span.ended_at),
                "minutes": span.minutes,
            }
            for span in served
        ],
    }


def offered(call: Call) -> Request | None:
    """The key that came with a request which may do without one."""
    return None if call.request is NOT_POSTING else call.request


def answer_of(call: Call, attendance: Attendance, *, replayed: bool) -> Answer:
    """The attendance as it stands; whether it was asked for before says the header."""
    body = _teller(call, [attendance])(attendance)
    return Answer(body, 201, {"Idempotent-Replayed": "true"} if replayed else {})


def _taken(call: Call, activity_id: UUID, form: WhoIsHere, purpose: str) -> Answer:
    activity = reached(call, activities.find(call.bank, activity_id))
    _refuse_unclear(call, form)
    request = offered(call)
    if repeated := attendances.repeated(call.bank, request):
        return answer_of(call, repeated, replayed=True)
    session = session_in(call, activity, form.session_id)
    volunteer, way = _who(call, form)
    act = attendances.check_in if purpose == "check_in" else attendances.check_out
    made = act(call.bank, call.by, session, volunteer, Shown(way=way, at=form.at, request=request))
    return answer_of(call, made, replayed=False)


def _refuse_unclear(call: Call, form: WhoIsHere) -> None:
    """422 where it is not said, or said twice, who it is; 403 where a device would write down what it did not see."""
    given = [name for name in ("card", "screen_code", "volunteer_no") if getattr(form, name) is not None]
    if len(given) != 1:
        pointers = given or ["card"]
        raise Problem("invalid_request", faults=[Fault(f"/{name}", "not_exactly_one") for name in pointers])
    if form.at is not None and form.volunteer_no is None:
        raise Problem("invalid_request", faults=[Fault("/at", "not_together")])
    if form.volunteer_no is not None and call.caller.device is not None:
        raise Problem(
            "insufficient_scope",
            detail=("只有工作人员可以手工登记", "only people of the staff write down who was there"),
        )


def _who(call: Call, form: WhoIsHere) -> tuple[Volunteer, Way]:
    """Whose card, screen or number it is. Refuses 404, and 429 where too many were nobody's: a hundred people with
    their cards may come within a minute.
    """
    if form.card is not None:
        return cards.holder(call.bank, form.card) or _nobody(call, "/card"), "card"
    if form.screen_code is not None:
        shown = screens.spend(call.bank, form.screen_code)
        found = cards.standing(call.bank, shown.volunteer_no) if shown else None
        return found or _nobody(call, "/screen_code"), "screen_code"
    return guest_of(call, form.volunteer_no or "", "/volunteer_no"), "hand"


def _nobody(call: Call, pointer: str) -> NoReturn:
    throttling.admit(
        call.bank, Act.SEARCH, account=None if call.caller.device else call.actor.id, device=call.by.device
    )
    unknown(pointer)


class _Teller:
    """Tells attendances of several activities, each looked up once."""

    def __init__(self, call: Call, found: Sequence[Attendance]) -> None:
        ids = sorted({each.activity_id for each in found})
        self._call = call
        self._activities = activities.find_all(call.bank, ids)
        self._sessions: Mapping[UUID, ActivitySession] = {
            session.id: session for sessions in activity_sessions.of(call.bank, ids).values() for session in sessions
        }

    def __call__(self, attendance: Attendance) -> AttendanceAnswer:
        activity, session = self._activities[attendance.activity_id], self._sessions[attendance.session_id]
        return told(self._call, activity, session, attendance)


def _teller(call: Call, found: Sequence[Attendance]) -> _Teller:
    return _Teller(call, found)


def _line(call: Call, activity: Activity, session: ActivitySession, outcome: Attendance | Refusal) -> RosterLineAnswer:
    if isinstance(outcome, Refusal):
        problem = content(Problem(outcome.code, refusal=outcome), language())
        return {"outcome": "refused", "attendance": None, "problem": problem}
    return {"outcome": "written", "attendance": told(call, activity, session, outcome), "problem": None}


def _stranger(at: int) -> RosterLineAnswer:
    problem = Problem("not_found", faults=[Fault(f"/items/{at}/volunteer_no", "unknown")])
    return {"outcome": "refused", "attendance": None, "problem": content(problem, language())}
