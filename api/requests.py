"""Requests (需求清单): what residents ask for, with two clocks, until who asked says that it is well."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.askers import AskerForm, ContactAnswer, Disclosing, asked_by, disclosed, masked_asker
from api.fields import Form, Id, Name, Nothing, Reason, VolunteerNo, Word
from api.organisations import open_home
from api.pagination import Keyset, PageQuery
from api.problems import unknown
from api.rendering import Answer, instant
from api.routes import Call, Routes, reached, session_of
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.people import organisations, volunteers
from ledger.service import request_steps, requests
from ledger.service.requests import Asked, NewRequest, ResidentRequest

routes = Routes("requests")
_keyset = Keyset(UUID)

State = Literal["received", "accepted", "dispatched", "closed", "settled", "declined", "withdrawn"]
Channel = Literal["kiosk", "phone", "visit", "qr", "mobile_desk", "online"]
Priority = Literal["danger", "utilities", "normal", "complex"]
Target = Literal["joint_meeting", "subdistrict"]
Score = Annotated[int, Field(ge=1, le=5)]


class NewRequestForm(Form):
    """What somebody asks for, and how it came in: of a volunteer, of a neighbour by name, or of nobody who said who
    they are. `place` is where everybody who works on it may know it is: a stairwell, never a flat.
    """

    organisation_id: Id
    kind: Word
    channel: Channel
    words: Reason
    place: Name | None = None
    priority: Priority = "normal"
    volunteer_no: VolunteerNo | None = None
    asker: AskerForm | None = None


class OwnRequest(Form):
    """What I ask for."""

    kind: Word
    words: Reason
    place: Name | None = None
    priority: Priority = "normal"


class Accepting(Form):
    """What it is and how urgent, where that was not right."""

    kind: Word | None = None
    priority: Priority | None = None


class Words(Form):
    """What was found, promised or answered."""

    words: Reason


class Escalating(Form):
    """Where it goes, and what they are asked."""

    to: Target
    words: Reason


class Feedback(Form):
    """How it was, by who asked: satisfied it is settled, else it is open again. A score from 1 to 5."""

    is_satisfied: bool
    score: Score
    words: Reason | None = None


class RequestQuery(PageQuery):
    """Which requests; with `overdue` only those of which a clock has run out."""

    state: State | None = None
    kind: Word | None = None
    priority: Priority | None = None
    channel: Channel | None = None
    organisation_id: Id | None = None
    overdue: Literal["true", "false"] = "false"


class RequestAnswer(TypedDict):
    """A request. The asker's name is masked; how to reach them is disclosed for a purpose. `taken_minutes` is what the
    second clock counted until it was closed, all rounds together.
    """

    id: str
    organisation_id: str
    organisation: str
    channel: Channel
    kind: str
    priority: Priority
    state: State
    words: str
    place: str
    asker: str | None
    volunteer_no: str | None
    answer: str | None
    score: int | None
    reopened: int
    escalated_to: Target | None
    is_overdue: bool
    received_at: str
    accept_due_at: str
    accepted_at: str | None
    close_due_at: str
    closed_at: str | None
    taken_minutes: int


class StepAnswer(TypedDict):
    """Something that was done about it."""

    step: str
    words: str
    recorded_at: str


class RequestDetailAnswer(RequestAnswer):
    """A request with everything that was done about it, in order."""

    steps: list[StepAnswer]


@routes.post("/requests", scope=Scope.REQUESTS_WRITE, body=NewRequestForm, answer=RequestAnswer)
def receive(call: Call, form: NewRequestForm) -> RequestAnswer:
    """Take a request in for somebody."""
    home = open_home(call, form.organisation_id, "/organisation_id")
    volunteer, asker = None, None
    if form.volunteer_no is not None or form.asker is not None:
        volunteer, asker = asked_by(call, form.volunteer_no, form.asker)
    new = NewRequest(
        organisation=home,
        kind=form.kind,
        channel=form.channel,
        words=form.words,
        place=form.place or "",
        priority=form.priority,
        volunteer=volunteer,
        asker=asker,
    )
    return request_told(call, requests.receive(call.bank, call.by, new))


@routes.post("/me/requests", scope=Scope.OWN, body=OwnRequest, answer=RequestAnswer)
def ask(call: Call, form: OwnRequest) -> RequestAnswer:
    """Ask for something oneself."""
    me = volunteers.find(call.bank, session_of(call).volunteer_no) or unknown()
    home = organisations.find(call.bank, me.organisation_id) or unknown()
    new = NewRequest(
        organisation=home,
        kind=form.kind,
        channel="kiosk",
        words=form.words,
        place=form.place or "",
        priority=form.priority,
        volunteer=me,
    )
    return request_told(call, requests.receive(call.bank, call.by, new))


@routes.get("/requests", scope=Scope.REQUESTS_READ, query=RequestQuery, answer=page_of(RequestAnswer))
def page(call: Call, query: RequestQuery) -> Answer:
    """List requests, the newest first."""
    home = None
    if query.organisation_id is not None:
        home = reached(call, organisations.find(call.bank, query.organisation_id), "organisation_id")
    asked = Asked(
        state=query.state,
        kind=query.kind,
        priority=query.priority,
        channel=query.channel,
        organisation_path=home.path if home else None,
        overdue_at=call.bank.world.clock() if query.overdue == "true" else None,
    )
    found = requests.page(call.bank, within=call.within, asked=asked, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, lambda each: request_told(call, each))


@routes.get("/requests/<id:request_id>", scope=Scope.REQUESTS_READ, own=True, answer=RequestDetailAnswer)
def show(call: Call, request_id: UUID) -> RequestDetailAnswer:
    """Look a request up, with everything that was done about it."""
    found = reached(call, requests.find(call.bank, request_id))
    done = requests.steps(call.bank, found)
    steps: list[StepAnswer] = [
        {"step": each.step, "words": each.words, "recorded_at": instant(each.recorded_at)} for each in done
    ]
    return {**request_told(call, found), "steps": steps}


@routes.get(
    "/volunteers/<number:volunteer_no>/requests",
    scope=Scope.REQUESTS_READ,
    own=True,
    query=PageQuery,
    answer=page_of(RequestAnswer),
)
def of_volunteer(call: Call, volunteer_no: str, query: PageQuery) -> Answer:
    """List somebody's requests, the newest first."""
    volunteer = volunteer_of(call, volunteer_no)
    found = requests.of_volunteer(call.bank, volunteer, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, lambda each: request_told(call, each))


_step = partial(routes.post, scope=Scope.REQUESTS_WRITE, answer=RequestAnswer, status=200)
"""How every step of a request is declared."""


@_step("/requests/<id:request_id>/accept", body=Accepting)
def accept(call: Call, request_id: UUID, form: Accepting) -> RequestAnswer:
    """Answer for a request from now on: the first clock stops."""
    found = reached(call, requests.find(call.bank, request_id))
    made = request_steps.accept(call.bank, call.by, found, kind=form.kind, priority=form.priority)
    return request_told(call, made)


@_step("/requests/<id:request_id>/decline", body=Words)
def decline(call: Call, request_id: UUID, form: Words) -> RequestAnswer:
    """Turn a request away that is not for this organisation; who asked is told why."""
    found = reached(call, requests.find(call.bank, request_id))
    return request_told(call, request_steps.decline(call.bank, call.by, found, form.words))


@_step("/requests/<id:request_id>/withdraw", body=Nothing, own=True)
def withdraw(call: Call, request_id: UUID, form: Nothing) -> RequestAnswer:  # noqa: ARG001 - an empty body
    """Take a request back."""
    found = reached(call, requests.find(call.bank, request_id))
    return request_told(call, request_steps.withdraw(call.bank, call.by, found))


@_step("/requests/<id:request_id>/follow-ups", body=Words)
def follow_up(call: Call, request_id: UUID, form: Words) -> RequestAnswer:
    """Write down what was found or promised."""
    found = reached(call, requests.find(call.bank, request_id))
    return request_told(call, request_steps.follow_up(call.bank, call.by, found, form.words))


@_step("/requests/<id:request_id>/escalate", body=Escalating)
def escalate(call: Call, request_id: UUID, form: Escalating) -> RequestAnswer:
    """Send a request up to the joint meeting or the subdistrict (街道吹哨)."""
    found = reached(call, requests.find(call.bank, request_id))
    return request_told(call, request_steps.escalate(call.bank, call.by, found, form.to, form.words))


@_step("/requests/<id:request_id>/answer-escalation", body=Words)
def answer_escalation(call: Call, request_id: UUID, form: Words) -> RequestAnswer:
    """Write down what those above answered: it goes on below."""
    found = reached(call, requests.find(call.bank, request_id))
    return request_told(call, request_steps.answer_escalation(call.bank, call.by, found, form.words))


@_step("/requests/<id:request_id>/close", body=Words)
def close(call: Call, request_id: UUID, form: Words) -> RequestAnswer:
    """Close a request and tell who asked how it was settled: the second clock stops."""
    found = reached(call, requests.find(call.bank, request_id))
    return request_told(call, request_steps.close(call.bank, call.by, found, form.words))


@_step("/requests/<id:request_id>/feedback", body=Feedback, own=True)
def judge(call: Call, request_id: UUID, form: Feedback) -> RequestAnswer:
    """Say for who asked how it was; not satisfied, it is open again."""
    found = reached(call, requests.find(call.bank, request_id))
    made = request_steps.judge(
        call.bank, call.by, found, is_satisfied=form.is_satisfied, score=form.score, words=form.words or ""
    )
    return request_told(call, made)


@routes.post("/requests/<id:request_id>/disclosures", scope=Scope.REQUESTS_WRITE, body=Disclosing, answer=ContactAnswer)
def disclose(call: Call, request_id: UUID, form: Disclosing) -> ContactAnswer:
    """See how to reach who asked, for a purpose."""
    return disclosed(call, reached(call, requests.find(call.bank, request_id)).need, form)


def request_told(call: Call, made: ResidentRequest) -> RequestAnswer:
    return {
        "id": str(made.id),
        "organisation_id": str(made.organisation_id),
        "organisation": made.organisation_name,
        "channel": made.channel,  # type: ignore[typeddict-item] # the database checks it
        "kind": made.kind,
        "priority": made.priority,  # type: ignore[typeddict-item] # of the settings
        "state": made.state,
        "words": made.words,
        "place": made.place,
        "asker": masked_asker(call, "request", made.id, made.volunteer_name, made.asker),
        "volunteer_no": made.volunteer_no,
        "answer": made.answer,
        "score": made.score,
        "reopened": made.reopened,
        "escalated_to": made.escalated_to,  # type: ignore[typeddict-item] # of a closed set
        "is_overdue": made.is_overdue(call.bank.world.clock()),
        "received_at": instant(made.received_at),
        "accept_due_at": instant(made.accept_due_at),
        "accepted_at": None if made.accepted_at is None else instant(made.accepted_at),
        "close_due_at": instant(made.close_due_at),
        "closed_at": None if made.closed_at is None else instant(made.closed_at),
        "taken_minutes": made.taken_minutes,
    }
