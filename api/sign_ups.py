"""Sign-ups (报名): who means to come. Volunteers sign up for what is published, organisers for whoever asks them."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Form, Id, Nothing, Reason, VolunteerNo
from api.guests import guest_of
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem, unknown
from api.published_activities import published_activity
from api.rendering import Answer, instant
from api.routes import Call, Routes, reached, session_of
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.people import masking, volunteers
from ledger.service import activities, activity_sessions, sign_ups
from ledger.service.activities import Activity
from ledger.service.activity_sessions import ActivitySession
from ledger.service.sign_ups import SignUp

routes = Routes("sign_ups")
_by_asking = Keyset(int, int, UUID)

State = Literal["confirmed", "waiting", "cancelled"]
NoShow = Literal["excused", "unexcused", "malicious"]


class NewSignUp(Form):
    """Whom the organiser signs up; for which session, where the activity has several. `override_reason` is why
    somebody is taken whom the limits of the activity would turn away.
    """

    volunteer_no: VolunteerNo
    session_id: Id | None = None
    override_reason: Reason | None = None


class OwnSignUp(Form):
    """The session that oneself means to come to."""

    session_id: Id


class Confirming(Form):
    """Why somebody gets a place out of turn."""

    reason: Reason


class SignUpQuery(PageQuery):
    """Which sign-ups of an activity."""

    session_id: Id | None = None
    state: State | None = None


class SignUpAnswer(TypedDict):
    """A sign-up. `place` is that in the line of those who wait, 1 comes next. The name of who belongs elsewhere is
    masked. `warnings` are for the organiser: overlap, too_young, age_unknown, over_capacity.
    """

    id: str
    activity_id: str
    session_id: str
    title: str
    is_called_off: bool
    starts_at: str
    ends_at: str
    volunteer_no: str
    name: str
    state: State
    place: int | None
    warnings: list[str]
    asked_at: str
    cancelled_at: str | None
    is_late: bool | None
    came: bool
    no_show: NoShow | None


@routes.post("/activities/<id:activity_id>/sign-ups", scope=Scope.ACTIVITIES_WRITE, body=NewSignUp, answer=SignUpAnswer)
def sign_up(call: Call, activity_id: UUID, form: NewSignUp) -> SignUpAnswer:
    """Sign somebody up, of whatever organisation."""
    activity = reached(call, activities.find(call.bank, activity_id))
    session = session_in(call, activity, form.session_id)
    volunteer = guest_of(call, form.volunteer_no, "/volunteer_no")
    made = sign_ups.sign_up(call.bank, call.by, activity, session, volunteer, override=form.override_reason)
    return sign_up_told(call, made)


@routes.get(
    "/activities/<id:activity_id>/sign-ups",
    scope=Scope.ACTIVITIES_WRITE,
    query=SignUpQuery,
    answer=page_of(SignUpAnswer),
)
def page(call: Call, activity_id: UUID, query: SignUpQuery) -> Answer:
    """List the sign-ups of an activity in the order in which people asked."""
    activity = reached(call, activities.find(call.bank, activity_id))
    found = sign_ups.of_activity(
        call.bank,
        activity,
        session_id=query.session_id,
        state=query.state,
        after=_by_asking.after(query),
        limit=query.limit,
    )
    return _by_asking.answer(found, lambda each: sign_up_told(call, each))


@routes.post(
    "/sign-ups/<id:sign_up_id>/cancel",
    scope=Scope.ACTIVITIES_WRITE,
    body=Nothing,
    answer=SignUpAnswer,
    status=200,
    own=True,
)
def cancel(call: Call, sign_up_id: UUID, form: Nothing) -> SignUpAnswer:  # noqa: ARG001 - an empty body
    """Cancel a sign-up; in time, whoever waits longest moves up."""
    found = reached(call, sign_ups.find(call.bank, sign_up_id))
    return sign_up_told(call, sign_ups.cancel(call.bank, call.by, found))


@routes.post(
    "/sign-ups/<id:sign_up_id>/confirm",
    scope=Scope.ACTIVITIES_WRITE,
    body=Confirming,
    answer=SignUpAnswer,
    status=200,
)
def confirm(call: Call, sign_up_id: UUID, form: Confirming) -> SignUpAnswer:
    """Give somebody who waits a place, out of turn or beyond the last one."""
    found = reached(call, sign_ups.find(call.bank, sign_up_id))
    return sign_up_told(call, sign_ups.confirm(call.bank, call.by, found, form.reason))


@routes.get(
    "/volunteers/<number:volunteer_no>/sign-ups",
    scope=Scope.VOLUNTEERS_READ,
    own=True,
    query=PageQuery,
    answer=page_of(SignUpAnswer),
)
def of_volunteer(call: Call, volunteer_no: str, query: PageQuery) -> Answer:
    """List somebody's sign-ups, the last one first."""
    volunteer = volunteer_of(call, volunteer_no)
    found = sign_ups.of_volunteer(call.bank, volunteer, after=_by_asking.after(query), limit=query.limit)
    return _by_asking.answer(found, lambda each: sign_up_told(call, each))


@routes.post("/me/sign-ups", scope=Scope.OWN, body=OwnSignUp, answer=SignUpAnswer)
def sign_oneself_up(call: Call, form: OwnSignUp) -> SignUpAnswer:
    """Sign oneself up for a session of a published activity."""
    session = activity_sessions.find(call.bank, form.session_id) or unknown("/session_id")
    activity = published_activity(call, session.activity_id, "/session_id")
    volunteer = volunteers.find(call.bank, session_of(call).volunteer_no) or unknown()
    return sign_up_told(call, sign_ups.sign_up(call.bank, call.by, activity, session, volunteer))


def session_in(call: Call, activity: Activity, session_id: UUID | None) -> ActivitySession:
    """That session of the activity; the only one where none is named. Refuses 404, and 422 where one must be named."""
    sessions = activity_sessions.of(call.bank, [activity.id])[activity.id]
    if session_id is None:
        if len(sessions) != 1:
            raise Problem("invalid_request", faults=[Fault("/session_id", "missing")])
        return sessions[0]
    return next((each for each in sessions if each.id == session_id), None) or unknown("/session_id")


def sign_up_told(call: Call, signed_up: SignUp) -> SignUpAnswer:
    is_known = call.caller.own == signed_up.volunteer_id or call.reaches(signed_up.home_path)
    return {
        "id": str(signed_up.id),
        "activity_id": str(signed_up.activity_id),
        "session_id": str(signed_up.session_id),
        "title": signed_up.title,
        "is_called_off": signed_up.is_called_off,
        "starts_at": instant(signed_up.starts_at),
        "ends_at": instant(signed_up.ends_at),
        "volunteer_no": signed_up.volunteer_no,
        "name": signed_up.name if is_known else masking.masked(signed_up.name),
        "state": signed_up.state,
        "place": signed_up.place,
        "warnings": list(signed_up.warnings),
        "asked_at": instant(signed_up.asked_at),
        "cancelled_at": None if signed_up.cancelled_at is None else instant(signed_up.cancelled_at),
        "is_late": signed_up.is_late,
        "came": signed_up.came,
        "no_show": signed_up.no_show,
    }
