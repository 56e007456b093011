"""Activities: what volunteers are asked to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.activity_sessions import CapacityField, NewActivitySession, SessionAnswer, session_told
from api.answers import page_of
from api.fields import Day, Form, Id, Name, Nothing, Reason, Search, Text, Word
from api.organisations import open_home
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem
from api.rendering import Answer, instant, refuse_stale, tagged
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.core.refusals.activities import ActivityInUse, InsuranceMissing, SessionTimesWrong
from ledger.core.refusals.refusal import Refused
from ledger.people import organisations
from ledger.people.organisations import Organisation
from ledger.service import activities, activity_sessions
from ledger.service.activities import Activity, Asked
from ledger.service.activity_sessions import ActivitySession, Timetable

routes = Routes("activities")
_keyset = Keyset(date, UUID)

TAGS_MAX = 20
SESSIONS_MAX = 100
DAY_MINUTES = 24 * 60
MONTH_MINUTES = 31 * DAY_MINUTES

State = Literal["draft", "filed", "published", "closed", "cancelled"]
Overlap = Literal["refuse", "warn"]
NoCheckOut = Literal["nothing", "session"]
Tags = Annotated[list[Name], Field(max_length=TAGS_MAX)]
Age = Annotated[int, Field(ge=1, le=120)]
BeforeStart = Annotated[int, Field(ge=0, le=MONTH_MINUTES)]
WithinDay = Annotated[int, Field(ge=0, le=DAY_MINUTES)]


class NewActivity(Form):
    """What the law wants to know of an activity (民政部令67 art. 7), and more; what is not volunteer service earns no
    hours. `held_on` may be left out where `sessions` are given: it is then the day of the first.

    `capacity` is that of each session which has none of its own; null is without limit. `minimum_age` is in years at
    the beginning of a session. A sign-up is cancelled in time until `cancel_before_minutes` before a session; people
    may check in from `check_in_before_minutes` before it; `grace_minutes` before and after it still count.
    `overlap`: a sign-up that overlaps another one of the same person is refused, or taken with a warning.
    `no_check_out`: who did not check out gets nothing until the organiser confirms, or all to the session's end.
    """

    organisation_id: Id
    title: Name
    activity_type: Word
    held_on: Day | None = None
    place: Name
    content: Text = ""
    person_in_charge: Name
    is_volunteer_service: bool = True
    tags: Tags = Field(default=[])
    capacity: CapacityField = None
    minimum_age: Age | None = None
    is_dangerous: bool = False
    risk_note: Text = ""
    insurance_reference: Name | None = None
    cancel_before_minutes: BeforeStart = 120
    check_in_before_minutes: WithinDay = 60
    grace_minutes: WithinDay = 0
    overlap: Overlap = "refuse"
    no_check_out: NoCheckOut = "nothing"
    sessions: Annotated[list[NewActivitySession], Field(max_length=SESSIONS_MAX)] = Field(default=[])


class ActivityChange(Form):
    """What is to be another; what is left out stays. null takes away a capacity, a minimum age or an insurance."""

    title: Name | None = None
    activity_type: Word | None = None
    held_on: Day | None = None
    place: Name | None = None
    content: Text | None = None
    person_in_charge: Name | None = None
    tags: Tags | None = None
    capacity: CapacityField = None
    minimum_age: Age | None = None
    is_dangerous: bool | None = None
    risk_note: Text | None = None
    insurance_reference: Name | None = None
    cancel_before_minutes: BeforeStart | None = None
    check_in_before_minutes: WithinDay | None = None
    grace_minutes: WithinDay | None = None
    overlap: Overlap | None = None
    no_check_out: NoCheckOut | None = None
    is_volunteer_service: bool | None = None


class Cancelling(Form):
    """Why it does not take place."""

    reason: Reason


class ActivityQuery(PageQuery):
    """Which activities: `q` is somewhere in the title; held from and to these days, both included; those of one
    organisation and all below it.
    """

    q: Search | None = None
    type: Word | None = None
    tag: Name | None = None
    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")
    state: State | None = None
    organisation_id: Id | None = None


class ActivityAnswer(TypedDict):
    """One activity. `state` is the furthest it has come; whether it is on file says `filed_at`."""

    id: str
    organisation_id: str
    title: str
    activity_type: str
    held_on: str
    place: str
    content: str
    person_in_charge: str
    is_volunteer_service: bool
    state: State
    tags: list[str]
    capacity: int | None
    minimum_age: int | None
    is_dangerous: bool
    risk_note: str
    insurance_reference: str | None
    cancel_before_minutes: int
    check_in_before_minutes: int
    grace_minutes: int
    overlap: Overlap
    no_check_out: NoCheckOut
    filed_at: str | None
    filed_by: str | None
    published_at: str | None
    published_by: str | None
    closed_at: str | None
    closed_by: str | None
    cancelled_at: str | None
    cancelled_by: str | None
    cancel_reason: str | None
    sessions: list[SessionAnswer]


@routes.post("/activities", scope=Scope.ACTIVITIES_WRITE, body=NewActivity, answer=ActivityAnswer)
def create(call: Call, form: NewActivity) -> ActivityAnswer:
    """Add an activity, with its sessions if they are known."""
    organisation = open_home(call, form.organisation_id, "/organisation_id")
    timetables = [Timetable(**each.model_dump()) for each in form.sessions]
    fields = form.model_dump(exclude={"organisation_id", "sessions"})
    fields["held_on"] = _held_on(call, form.held_on, timetables)
    try:
        made, sessions = activity_sessions.announce(
            call.bank, call.by, organisation=organisation, timetables=timetables, fields=fields
        )
    except Refused as refused:
        raise _placed(refused) from None
    return _told(made, sessions)


@routes.get("/activities", scope=Scope.ACTIVITIES_READ, query=ActivityQuery, answer=page_of(ActivityAnswer))
def page(call: Call, query: ActivityQuery) -> Answer:
    """List activities, the newest first."""
    found = activities.page(
        call.bank, within=call.within, after=_keyset.after(query), limit=query.limit, asked=_asked(call, query)
    )
    sessions = activity_sessions.of(call.bank, [each.id for each in found.items])
    return _keyset.answer(found, lambda each: _told(each, sessions[each.id]))


@routes.get("/activities/<id:activity_id>", scope=Scope.ACTIVITIES_READ, answer=ActivityAnswer, etag=True)
def show(call: Call, activity_id: UUID) -> Answer:
    """Look an activity up."""
    return tagged(current(call, reached(call, activities.find(call.bank, activity_id))))


@routes.patch("/activities/<id:activity_id>", scope=Scope.ACTIVITIES_WRITE, body=ActivityChange, answer=ActivityAnswer)
def change(call: Call, activity_id: UUID, form: ActivityChange) -> Answer:
    """Change an activity that is not over."""
    activity = reached(call, activities.find(call.bank, activity_id))
    now = current(call, activity)
    refuse_stale(now)
    fields = _said(form)
    if now["sessions"] and fields.get("held_on", activity.held_on) != activity.held_on:
        raise Problem("invalid_request", faults=[Fault("/held_on", "not_the_first_day")])
    try:
        changed = activities.change_activity(call.bank, call.by, activity, fields)
    except Refused as refused:
        raise _placed(refused) from None
    return tagged(current(call, changed))


@routes.post(
    "/activities/<id:activity_id>/file",
    scope=Scope.ACTIVITIES_WRITE,
    body=Nothing,
    answer=ActivityAnswer,
    status=200,
)
def file(call: Call, activity_id: UUID, form: Nothing) -> ActivityAnswer:  # noqa: ARG001 - an empty body
    """Say that an activity is on file (备案) with whoever supervises the organiser."""
    activity = reached(call, activities.find(call.bank, activity_id))
    return current(call, activities.file(call.bank, call.by, activity))


@routes.post(
    "/activities/<id:activity_id>/publish",
    scope=Scope.ACTIVITIES_WRITE,
    body=Nothing,
    answer=ActivityAnswer,
    status=200,
)
def publish(call: Call, activity_id: UUID, form: Nothing) -> ActivityAnswer:  # noqa: ARG001 - an empty body
    """Let everybody see an activity and sign up."""
    activity = reached(call, activities.find(call.bank, activity_id))
    return current(call, activities.publish(call.bank, call.by, activity))


@routes.post(
    "/activities/<id:activity_id>/cancel",
    scope=Scope.ACTIVITIES_WRITE,
    body=Cancelling,
    answer=ActivityAnswer,
    status=200,
)
def cancel(call: Call, activity_id: UUID, form: Cancelling) -> ActivityAnswer:
    """Cancel an activity, with the reason. What was recorded in it stays."""
    activity = reached(call, activities.find(call.bank, activity_id))
    return current(call, activities.cancel(call.bank, call.by, activity, form.reason))


def _asked(call: Call, query: ActivityQuery) -> Asked:
    organisation: Organisation | None = None
    if query.organisation_id is not None:
        organisation = reached(call, organisations.find(call.bank, query.organisation_id), "organisation_id")
    return Asked(
        q=query.q,
        activity_type=query.type,
        tag=query.tag,
        since=query.since,
        until=query.until,
        state=query.state,
        organisation_path=organisation.organisation_path if organisation else None,
    )


def _held_on(call: Call, held_on: date | None, timetables: Sequence[Timetable]) -> date:
    """The day of the activity, that of its first session where it has any. Refuses 422 a day that is neither."""
    first = min((each.starts_at for each in timetables), default=None)
    if first is None:
        if held_on is None:
            raise Problem("invalid_request", faults=[Fault("/held_on", "missing")])
        return held_on
    day = activity_sessions.day_of(call.bank, first)
    if held_on not in (None, day):
        raise Problem("invalid_request", faults=[Fault("/held_on", "not_the_first_day")])
    return day


_NULL_TAKES_AWAY = {"capacity", "minimum_age", "insurance_reference"}


def _said(form: ActivityChange) -> dict[str, Any]:
    """The members that were sent."""
    sent = form.model_dump(include=form.model_fields_set)
    return {name: value for name, value in sent.items() if value is not None or name in _NULL_TAKES_AWAY}


_MEMBERS: Mapping[type, tuple[str, str]] = {
    InsuranceMissing: ("/insurance_reference", "missing"),
    SessionTimesWrong: ("/sessions", "out_of_range"),
}


def _placed(refused: Refused) -> Problem:
    """A refusal that members of the body brought about, naming them."""
    faults = [Fault(*_MEMBERS[type(refused.refusal)])] if type(refused.refusal) in _MEMBERS else []
    if isinstance(refused.refusal, ActivityInUse):
        faults = [Fault(f"/{name}", "in_use") for name in refused.refusal.fields.split(", ")]
    return Problem(refused.refusal.code, refusal=refused.refusal, faults=faults)


def current(call: Call, activity: Activity) -> ActivityAnswer:
    return _told(activity, activity_sessions.of(call.bank, [activity.id])[activity.id])


def _told(activity: Activity, sessions: Sequence[ActivitySession]) -> ActivityAnswer:
    return {
        "id": str(activity.id),
        "organisation_id": str(activity.organisation_id),
        "title": activity.title,
        "activity_type": activity.activity_type,
        "held_on": activity.held_on.isoformat(),
        "place": activity.place,
        "content": activity.content,
        "person_in_charge": activity.person_in_charge,
        "is_volunteer_service": activity.is_volunteer_service,
        "state": activity.state,
        "tags": list(activity.tags),
        "capacity": activity.capacity,
        "minimum_age": activity.minimum_age,
        "is_dangerous": activity.is_dangerous,
        "risk_note": activity.risk_note,
        "insurance_reference": activity.insurance_reference,
        "cancel_before_minutes": activity.cancel_before_minutes,
        "check_in_before_minutes": activity.check_in_before_minutes,
        "grace_minutes": activity.grace_minutes,
        "overlap": activity.overlap,
        "no_check_out": activity.no_check_out,
        "filed_at": _at(activity.filed_at),
        "filed_by": _who(activity.filed_by),
        "published_at": _at(activity.published_at),
        "published_by": _who(activity.published_by),
        "closed_at": _at(activity.closed_at),
        "closed_by": _who(activity.closed_by),
        "cancelled_at": _at(activity.cancelled_at),
        "cancelled_by": _who(activity.cancelled_by),
        "cancel_reason": activity.cancel_reason,
        "sessions": [session_told(each) for each in sessions],
    }


def _at(moment: int | None) -> str | None:
    return None if moment is None else instant(moment)


def _who(actor: UUID | None) -> str | None:
    return None if actor is None else str(actor)
