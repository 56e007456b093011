"""Appraisals (评议): forms put out by staff, answered by volunteers at a kiosk, and their results, for everybody."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from flask import request
from pydantic import Field
from typing_extensions import TypedDict

from api import throttling
from api.answers import page_of
from api.fields import Day, Form, Id, Name, VolunteerNo
from api.notices import PaperQuery
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem, unknown
from api.rendering import Answer
from api.routes import Call, Routes, reached, session_of
from api.scopes import PUBLIC, Scope
from ledger.governance import appraisal_papers, appraisals
from ledger.governance.appraisals import STAR_THRESHOLDS, Result
from ledger.papers import PapersMissing
from ledger.people import organisations, volunteers
from ledger.people.throttles import Act
from ledger.people.volunteers import Volunteer
from ledger.service import activities, requests

routes = Routes("appraisals")
_keyset = Keyset(UUID)

Kind = Literal["property_company", "owners_committee", "activity", "request", "self", "other"]
Score = Annotated[int, Field(ge=1, le=10)]
Percent = Annotated[int, Field(ge=1, le=100)]


class NewForm(Form):
    """Who or what is appraised, by whose voices, in which days, and by which questions; each is answered by a score
    from one to `score_max`. `subject_id` is the activity or the closed request, and left out for all else. From which
    percentages of the highest score on there are one to five stars.
    """

    organisation_id: Id
    kind: Kind
    subject_id: Id | None = None
    title: Name
    questions: Annotated[list[Name], Field(min_length=1, max_length=10)]
    from_on: Day
    until_on: Day
    voice: Literal["person", "household"] = "person"
    is_anonymous: bool = True
    score_max: Annotated[int, Field(ge=2, le=10)] = 5
    star_thresholds: Annotated[list[Percent], Field(min_length=5, max_length=5)] | None = None


class Speaking(Form):
    """A score for each question, in their order."""

    scores: Annotated[list[Score], Field(min_length=1, max_length=10)]


class Ballot(Speaking):
    """A ballot on paper: whose it is, and a score for each question, in their order."""

    volunteer_no: VolunteerNo


class FormAnswer(TypedDict):
    """A form. `state`: it has not begun, is open, or is over."""

    id: str
    organisation_id: str
    organisation_name: str
    kind: str
    subject_id: str | None
    title: str
    questions: list[str]
    score_max: int
    voice: str
    is_anonymous: bool
    from_on: str
    until_on: str
    state: Literal["planned", "open", "over"]


class OpenFormsAnswer(TypedDict):
    """The forms that still ask this volunteer, the soonest to end first."""

    items: list[FormAnswer]


class QuestionAnswer(TypedDict):
    """How one question was answered: the average in hundredths, and how often each score was given, from one on. Both
    are null where an anonymous form has so few voices that they would tell who said what.
    """

    question: str
    average_hundredths: int | None
    given: list[int] | None


class ResultAnswer(TypedDict):
    """What came of a form that is over. `on_paper` of the voices were keyed in from ballots. `percent` is of the
    highest score; null where nothing can be said.
    """

    id: str
    organisation_name: str
    kind: str
    title: str
    from_on: str
    until_on: str
    voice: str
    is_anonymous: bool
    score_max: int
    voices: int
    on_paper: int
    percent: int | None
    stars: int | None
    questions: list[QuestionAnswer]


class SpokenAnswer(TypedDict):
    """Thank you: it was counted."""

    id: str
    state: Literal["counted"]


@routes.post("/appraisals", scope=Scope.NOTICES_WRITE, body=NewForm, answer=FormAnswer)
def put_out(call: Call, form: NewForm) -> FormAnswer:
    """Put a form out."""
    organisation = reached(call, organisations.find(call.bank, form.organisation_id), "/organisation_id")
    if form.kind == "activity":
        reached(call, activities.find(call.bank, form.subject_id) if form.subject_id else None, "/subject_id")
    elif form.kind == "request":
        asked = reached(call, requests.find(call.bank, form.subject_id) if form.subject_id else None, "/subject_id")
        if asked.closed_at is None:
            raise Problem("invalid_request", faults=[Fault("/subject_id", "unknown")])
    elif form.subject_id is not None:
        raise Problem("invalid_request", faults=[Fault("/subject_id", "unknown")])
    said = form.model_dump(exclude={"organisation_id", "star_thresholds"})
    said["star_thresholds"] = form.star_thresholds or STAR_THRESHOLDS
    return _told(call, appraisals.put_out(call.bank, call.by, organisation, **said))


@routes.get("/appraisals", scope=Scope.NOTICES_WRITE, query=PageQuery, answer=page_of(FormAnswer))
def page(call: Call, query: PageQuery) -> Answer:
    """List forms, the newest first."""
    found = appraisals.page(call.bank, within=call.within, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, lambda one: _told(call, one))


@routes.get("/me/appraisals", scope=Scope.OWN, answer=OpenFormsAnswer)
def own(call: Call) -> OpenFormsAnswer:
    """List the forms that still ask one."""
    return {"items": [_told(call, one) for one in appraisals.open_to(call.bank, _self(call))]}


@routes.post("/me/appraisals/<id:appraisal_id>", scope=Scope.OWN, body=Speaking, answer=SpokenAnswer)
def speak(call: Call, appraisal_id: UUID, form: Speaking) -> SpokenAnswer:
    """Answer a form, once. Of an anonymous one nobody's scores are kept."""
    found = appraisals.find(call.bank, appraisal_id)
    volunteer = _self(call)
    if found is None or not volunteer.organisation_path.startswith(found.organisation_path):
        unknown()
    _refuse_unfit(found, form)
    appraisals.speak(call.bank, call.by, found, volunteer, form.scores)
    return {"id": str(found.id), "state": "counted"}


@routes.post("/appraisals/<id:appraisal_id>/voices", scope=Scope.NOTICES_WRITE, body=Ballot, answer=SpokenAnswer)
def key_in(call: Call, appraisal_id: UUID, form: Ballot) -> SpokenAnswer:
    """Key a ballot on paper in, within the days of the form. Whoever gave it has spoken."""
    found = reached(call, appraisals.find(call.bank, appraisal_id))
    volunteer = reached(call, volunteers.find(call.bank, form.volunteer_no), "/volunteer_no")
    _refuse_unfit(found, form)
    appraisals.key_in(call.bank, call.by, found, volunteer, form.scores)
    return {"id": str(found.id), "state": "counted"}


@routes.get(
    "/appraisals/<id:appraisal_id>.pdf", scope=PUBLIC, query=PaperQuery, answer=str, media_type="application/pdf"
)
def paper(call: Call, appraisal_id: UUID, query: PaperQuery) -> Answer:
    """Have what came of a form as a paper for the board."""
    found = appraisals.find(call.bank, appraisal_id) or unknown()
    result = appraisals.result(call.bank, found) or unknown()
    throttling.admit(call.bank, Act.PAPER)
    try:
        made = appraisal_papers.paper(call.bank, result, size=query.paper, page_url=f"{request.url_root}board")
    except PapersMissing as missing:
        raise Problem("papers_missing", detail=("请先安装: pip install pioneer-bank[pdf]", str(missing))) from None
    headers = {"Content-Disposition": f'inline; filename="appraisal-{query.paper}.pdf"'}
    return Answer(made, headers=headers, media_type="application/pdf")


@routes.get("/appraisals/results", scope=PUBLIC, query=PageQuery, answer=page_of(ResultAnswer))
def results(call: Call, query: PageQuery) -> Answer:
    """List what came of the forms that are over, the newest first."""
    return _keyset.answer(appraisals.results(call.bank, after=_keyset.after(query), limit=query.limit), _result)


@routes.get("/appraisals/results/<id:appraisal_id>", scope=PUBLIC, answer=ResultAnswer)
def result(call: Call, appraisal_id: UUID) -> ResultAnswer:
    """See what came of one form, once it is over: the notice of its result."""
    found = appraisals.find(call.bank, appraisal_id) or unknown()
    return _result(appraisals.result(call.bank, found) or unknown())


def _refuse_unfit(found: appraisals.Form, form: Speaking) -> None:
    if len(form.scores) != len(found.questions) or max(form.scores) > found.score_max:
        raise Problem("invalid_request", faults=[Fault("/scores", "out_of_range")])


def _self(call: Call) -> Volunteer:
    return volunteers.find_by_id(call.bank, session_of(call).volunteer_id) or unknown()


def _told(call: Call, one: appraisals.Form) -> FormAnswer:
    today = call.bank.today()
    return {
        "id": str(one.id),
        "organisation_id": str(one.organisation_id),
        "organisation_name": one.organisation_name,
        "kind": one.kind,
        "subject_id": str(one.subject_id) if one.subject_id else None,
        "title": one.title,
        "questions": list(one.questions),
        "score_max": one.score_max,
        "voice": one.voice,
        "is_anonymous": one.is_anonymous,
        "from_on": one.from_on.isoformat(),
        "until_on": one.until_on.isoformat(),
        "state": "planned" if today < one.from_on else "open" if today <= one.until_on else "over",
    }


def _result(one: Result) -> ResultAnswer:
    form = one.form
    return {
        "id": str(form.id),
        "organisation_name": form.organisation_name,
        "kind": form.kind,
        "title": form.title,
        "from_on": form.from_on.isoformat(),
        "until_on": form.until_on.isoformat(),
        "voice": form.voice,
        "is_anonymous": form.is_anonymous,
        "score_max": form.score_max,
        "voices": one.voices,
        "on_paper": one.on_paper,
        "percent": one.percent,
        "stars": one.stars,
        "questions": [
            {
                "question": each.question,
                "average_hundredths": each.average_hundredths,
                "given": None if each.given is None else list(each.given.values()),
            }
            for each in one.questions
        ],
    }
