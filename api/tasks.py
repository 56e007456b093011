"""Tasks (任务清单): what requests become for a team, a unit, whoever holds a post, or volunteers who take them up."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.askers import ContactAnswer, Disclosing, contact_told
from api.fields import Day, Form, Id, Name, Reason, Text, VolunteerNo, Word
from api.guests import guest_of
from api.need_credits import CreditAnswer, credit_told, refuse_reused
from api.organisations import open_home
from api.pagination import Keyset, PageQuery
from api.problems import unknown
from api.rendering import Answer, instant
from api.routes import Call, Routes, reached, session_of
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.governance import proposals
from ledger.people import posts, volunteers
from ledger.people.masking import masked
from ledger.people.volunteers import Volunteer
from ledger.service import offers, requests, task_results, tasks
from ledger.service.tasks import Asked, Helper, NewTask, Task

routes = Routes("tasks")
_keyset = Keyset(UUID)

State = Literal["dispatched", "done", "cancelled"]
People = Annotated[int, Field(ge=1, le=100)]
Minutes = Annotated[int, Field(ge=1, le=1_440)]
HELPERS_MAX = 100


class NewTaskForm(Form):
    """What is to be done, and by whom: the team or unit, whoever holds a post there, or (`is_open`) any volunteer who
    takes it up. Its words may not tell who asked or where they live. `kind` is a type of activity of the rulebook.
    `proposal_id` is what was decided, by a joint meeting for one, and is carried out by it.
    """

    organisation_id: Id
    kind: Word
    title: Name
    content: Text = ""
    place: Name | None = None
    person_in_charge: Name
    helpers_at_most: People = 1
    is_open: bool = False
    post_id: Id | None = None
    offer_id: Id | None = None
    proposal_id: Id | None = None


class Helping(Form):
    """Who takes it up, or gives it back."""

    volunteer_no: VolunteerNo


class OwnTask(Form):
    """The task that one takes up, or gives back."""

    task_id: Id


class Served(Form):
    """Who did it, in how many minutes."""

    volunteer_no: VolunteerNo
    minutes: Minutes


class Finishing(Form):
    """What came of it, on which day, and which volunteers served how long; none, where others did it."""

    outcome: Reason
    done_on: Day
    served: Annotated[list[Served], Field(max_length=HELPERS_MAX)] = Field(default=[])


class Cancelling(Form):
    """Why nobody needs to do it."""

    reason: Reason


class TaskQuery(PageQuery):
    """Which tasks; with `overdue` only those that were due and nobody has finished."""

    state: State | None = None
    kind: Word | None = None
    request_id: Id | None = None
    proposal_id: Id | None = None
    overdue: Literal["true", "false"] = "false"


class TaskAnswer(TypedDict):
    """A task. `helpers` is how many have taken it up."""

    id: str
    organisation_id: str
    organisation: str
    request_id: str | None
    post_id: str | None
    offer_id: str | None
    proposal_id: str | None
    kind: str
    title: str
    content: str
    place: str
    person_in_charge: str
    helpers_at_most: int
    helpers: int
    is_open: bool
    due_at: str | None
    state: State
    outcome: str
    done_on: str | None
    activity_id: str | None
    created_at: str


class HelperAnswer(TypedDict):
    """Who took it up, the name masked; the minutes once it is done."""

    volunteer_no: str
    name: str
    minutes: int | None


class TaskDetailAnswer(TaskAnswer):
    """A task with who took it up, the first one first."""

    helping: list[HelperAnswer]


class OpenTaskAnswer(TypedDict):
    """A task that is open to whoever takes it up, or one's own."""

    id: str
    organisation: str
    kind: str
    title: str
    content: str
    place: str
    person_in_charge: str
    places_left: int
    due_at: str | None
    state: State
    done_on: str | None


class FinishedAnswer(TypedDict):
    """A task that is done, and the record of each volunteer."""

    task: TaskAnswer
    credits: list[CreditAnswer]


@routes.post("/tasks", scope=Scope.REQUESTS_WRITE, body=NewTaskForm, answer=TaskAnswer)
def create(call: Call, form: NewTaskForm) -> TaskAnswer:
    """Add a task that no request stands behind."""
    return task_told(tasks.dispatch(call.bank, call.by, None, _new(call, form)))


@routes.post("/requests/<id:request_id>/tasks", scope=Scope.REQUESTS_WRITE, body=NewTaskForm, answer=TaskAnswer)
def dispatch(call: Call, request_id: UUID, form: NewTaskForm) -> TaskAnswer:
    """Dispatch a request as a task."""
    found = reached(call, requests.find(call.bank, request_id))
    return task_told(tasks.dispatch(call.bank, call.by, found, _new(call, form)))


@routes.get("/tasks", scope=Scope.REQUESTS_READ, query=TaskQuery, answer=page_of(TaskAnswer))
def page(call: Call, query: TaskQuery) -> Answer:
    """List tasks, the newest first."""
    asked = Asked(
        state=query.state,
        kind=query.kind,
        request_id=query.request_id,
        proposal_id=query.proposal_id,
        overdue_at=call.bank.world.clock() if query.overdue == "true" else None,
    )
    found = tasks.page(call.bank, within=call.within, asked=asked, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, task_told)


@routes.get("/tasks/open", scope=Scope.ANNOUNCEMENTS_READ, own=True, query=PageQuery, answer=page_of(OpenTaskAnswer))
def list_open(call: Call, query: PageQuery) -> Answer:
    """List what any volunteer may take up, of all organisations, the newest first."""
    asked = Asked(state="dispatched", is_open=True)
    found = tasks.page(call.bank, within=None, asked=asked, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _open_told)


@routes.get("/tasks/<id:task_id>", scope=Scope.REQUESTS_READ, answer=TaskDetailAnswer)
def show(call: Call, task_id: UUID) -> TaskDetailAnswer:
    """Look a task up, with who took it up."""
    found = reached(call, tasks.find(call.bank, task_id))
    return {**task_told(found), "helping": [_helping(each) for each in tasks.helpers(call.bank, found)]}


@routes.get(
    "/volunteers/<number:volunteer_no>/tasks",
    scope=Scope.REQUESTS_READ,
    own=True,
    query=PageQuery,
    answer=page_of(OpenTaskAnswer),
)
def of_volunteer(call: Call, volunteer_no: str, query: PageQuery) -> Answer:
    """List what somebody took up, the newest first."""
    volunteer = volunteer_of(call, volunteer_no)
    found = tasks.of_volunteer(call.bank, volunteer, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _open_told)


@routes.post("/tasks/<id:task_id>/helpers", scope=Scope.REQUESTS_WRITE, body=Helping, answer=TaskAnswer)
def take(call: Call, task_id: UUID, form: Helping) -> TaskAnswer:
    """Give a task to somebody, of whatever organisation."""
    found = reached(call, tasks.find(call.bank, task_id))
    volunteer = guest_of(call, form.volunteer_no, "/volunteer_no")
    return task_told(tasks.take(call.bank, call.by, found, volunteer))


@routes.post("/tasks/<id:task_id>/give-back", scope=Scope.REQUESTS_WRITE, body=Helping, answer=TaskAnswer, status=200)
def give_back(call: Call, task_id: UUID, form: Helping) -> TaskAnswer:
    """Take a task back from somebody who cannot do it."""
    found = reached(call, tasks.find(call.bank, task_id))
    volunteer = guest_of(call, form.volunteer_no, "/volunteer_no")
    return task_told(tasks.give_back(call.bank, call.by, found, volunteer))


@routes.post("/me/tasks", scope=Scope.OWN, body=OwnTask, answer=OpenTaskAnswer)
def take_oneself(call: Call, form: OwnTask) -> OpenTaskAnswer:
    """Take an open task up."""
    found = tasks.find(call.bank, form.task_id)
    if found is None or not found.is_open:
        unknown("/task_id")
    return _open_told(tasks.take(call.bank, call.by, found, _me(call)))


@routes.post("/me/tasks/give-back", scope=Scope.OWN, body=OwnTask, answer=OpenTaskAnswer, status=200)
def give_back_oneself(call: Call, form: OwnTask) -> OpenTaskAnswer:
    """Give a task back that one cannot do."""
    return _open_told(tasks.give_back(call.bank, call.by, _mine(call, form.task_id), _me(call)))


@routes.post("/me/tasks/contact", scope=Scope.OWN, body=OwnTask, answer=ContactAnswer)
def contact_oneself(call: Call, form: OwnTask) -> ContactAnswer:
    """See how to reach who asked, of a task that one has taken up and not finished; it is noted."""
    return contact_told(tasks.contact(call.bank, call.by, _mine(call, form.task_id), "contact"))


@routes.post("/tasks/<id:task_id>/contact", scope=Scope.REQUESTS_WRITE, body=Disclosing, answer=ContactAnswer)
def contact(call: Call, task_id: UUID, form: Disclosing) -> ContactAnswer:
    """See how to reach who asked, for those whose task it is, while it is; it is noted."""
    found = reached(call, tasks.find(call.bank, task_id))
    return contact_told(tasks.contact(call.bank, call.by, found, form.purpose))


@routes.post(
    "/tasks/<id:task_id>/finish",
    scope=Scope.REQUESTS_WRITE,
    body=Finishing,
    answer=FinishedAnswer,
    status=200,
    posts=True,
)
def finish(call: Call, task_id: UUID, form: Finishing) -> Answer:
    """Finish a task: whoever did it as a volunteer has a record of service, with nothing keyed in twice."""
    found = reached(call, tasks.find(call.bank, task_id))
    refuse_reused(call, HELPERS_MAX)
    served: dict[str, tuple[Volunteer, int]] = {}
    for at, each in enumerate(form.served):
        volunteer = guest_of(call, each.volunteer_no, f"/served/{at}/volunteer_no")
        served[volunteer.volunteer_no] = (volunteer, each.minutes)
    made, credited = task_results.finish(
        *(call.bank, call.by, call.request, found),
        outcome=form.outcome,
        done_on=form.done_on,
        served=dict(served.values()),
    )
    replayed = bool(credited) and all(each.outcome.replayed for each in credited)
    told = {"task": task_told(made), "credits": [credit_told(each) for each in credited]}
    return Answer(told, 200, {"Idempotent-Replayed": "true"} if replayed else {})


@routes.post("/tasks/<id:task_id>/cancel", scope=Scope.REQUESTS_WRITE, body=Cancelling, answer=TaskAnswer, status=200)
def cancel(call: Call, task_id: UUID, form: Cancelling) -> TaskAnswer:
    """Cancel a task that nobody needs to do."""
    found = reached(call, tasks.find(call.bank, task_id))
    return task_told(tasks.cancel(call.bank, call.by, found, form.reason))


def _new(call: Call, form: NewTaskForm) -> NewTask:
    home = open_home(call, form.organisation_id, "/organisation_id")
    post = reached(call, posts.find(call.bank, form.post_id), "/post_id") if form.post_id else None
    if form.offer_id is not None:
        reached(call, offers.find(call.bank, form.offer_id), "/offer_id")
    proposal = (proposals.find(call.bank, form.proposal_id) or unknown("/proposal_id")) if form.proposal_id else None
    given = form.model_dump(exclude={"organisation_id", "post_id", "proposal_id", "place"})
    return NewTask(organisation=home, post=post, proposal=proposal, place=form.place or "", **given)


def _me(call: Call) -> Volunteer:
    return volunteers.find(call.bank, session_of(call).volunteer_no) or unknown()


def _mine(call: Call, task_id: UUID) -> Task:
    """A task that I have taken up; of others I know nothing."""
    found = tasks.find(call.bank, task_id)
    me = session_of(call).volunteer_id
    if found is None or all(each.volunteer_id != me for each in tasks.helpers(call.bank, found)):
        unknown("/task_id")
    return found


def task_told(made: Task) -> TaskAnswer:
    return {
        "id": str(made.id),
        "organisation_id": str(made.organisation_id),
        "organisation": made.organisation_name,
        "request_id": str(made.request_id) if made.request_id else None,
        "post_id": str(made.post_id) if made.post_id else None,
        "offer_id": str(made.offer_id) if made.offer_id else None,
        "proposal_id": str(made.proposal_id) if made.proposal_id else None,
        "kind": made.kind,
        "title": made.title,
        "content": made.content,
        "place": made.place,
        "person_in_charge": made.person_in_charge,
        "helpers_at_most": made.helpers_at_most,
        "helpers": made.helpers,
        "is_open": made.is_open,
        "due_at": None if made.due_at is None else instant(made.due_at),
        "state": made.state,
        "outcome": made.outcome,
        "done_on": made.done_on.isoformat() if made.done_on else None,
        "activity_id": str(made.activity_id) if made.activity_id else None,
        "created_at": instant(made.created_at),
    }


def _open_told(made: Task) -> OpenTaskAnswer:
    return {
        "id": str(made.id),
        "organisation": made.organisation_name,
        "kind": made.kind,
        "title": made.title,
        "content": made.content,
        "place": made.place,
        "person_in_charge": made.person_in_charge,
        "places_left": max(0, made.helpers_at_most - made.helpers) if made.state == "dispatched" else 0,
        "due_at": None if made.due_at is None else instant(made.due_at),
        "state": made.state,
        "done_on": made.done_on.isoformat() if made.done_on else None,
    }


def _helping(each: Helper) -> HelperAnswer:
    return {"volunteer_no": each.volunteer_no, "name": masked(each.name), "minutes": each.minutes}
