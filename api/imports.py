"""Imports: a file is uploaded and checked, its report is read, and then it is committed, all of it or nothing."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.fields import INTEGER_MAX, Form, Id
from api.organisations import open_home
from api.problems import Fault, Problem
from api.rendering import Answer, instant
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.people import imports, volunteer_imports
from ledger.people.imports import COMMITTED, Run
from ledger.tables import TableRefused, writing

routes = Routes("imports")

ANSWERS_MAX = 20_000


class NewImport(Form):
    """For which organisation; the file is the part named `file`."""

    organisation_id: Id


class RowAnswer(Form):
    """What a row in doubt is: somebody new, or somebody registered already, who is skipped."""

    row: Annotated[int, Field(ge=1, le=INTEGER_MAX)]
    answer: Literal["new", "skip"]


class Committing(Form):
    """Answers to the questions of the report, and whether rows with faults are left out."""

    answers: Annotated[list[RowAnswer], Field(max_length=ANSWERS_MAX, default_factory=list)]
    leave_out_faulty: bool = False


class TableFaultAnswer(TypedDict):
    """What is wrong, and where: the row as the spreadsheet counts it, the column by its letters and its header."""

    row: int | None
    column: str | None
    header: str | None
    code: str
    message: dict[str, str]


class QuestionAnswer(TypedDict):
    """What nobody guesses: `candidates` are volunteer numbers, `rows` other rows, that may be the same person."""

    row: int
    code: str
    message: dict[str, str]
    candidates: list[str]
    rows: list[int]


class ImportAnswer(TypedDict):
    """A file that was brought in. `rows` could be read; `made` is what they became once it was committed."""

    id: str
    kind: str
    organisation_id: str
    state: Literal["checked", "committed", "expired"]
    rows: int
    made: int
    faults: list[TableFaultAnswer]
    questions: list[QuestionAnswer]
    ignored_columns: list[str]
    created_at: str
    settled_at: NotRequired[str]


@routes.get(
    "/imports/volunteers/template.xlsx",
    scope=Scope.VOLUNTEERS_WRITE,
    answer=bytes,
    media_type=writing.XLSX,
)
def template(call: Call) -> Answer:
    """Download an empty roster of volunteers, whose columns are text."""
    headers = {"Content-Disposition": "attachment; filename=volunteers.xlsx", "Cache-Control": "no-store"}
    return Answer(volunteer_imports.template(call.bank), headers=headers, media_type=writing.XLSX)


@routes.post("/imports/volunteers", scope=Scope.VOLUNTEERS_WRITE, body=NewImport, answer=ImportAnswer, uploads=True)
def check_volunteers(call: Call, form: NewImport, content: bytes) -> Answer:
    """Upload a roster of volunteers and read what was found in it."""
    organisation = open_home(call, form.organisation_id, "/organisation_id")
    try:
        run = volunteer_imports.check(call.bank, call.by, organisation, content)
    except TableRefused as no:
        raise Problem("table_unreadable", detail=(no.zh, no.en), faults=[Fault("/file", "unreadable")]) from None
    return Answer(_told(run), 200 if run.state == COMMITTED else 201)


@routes.get("/imports/<id:import_id>", scope=Scope.VOLUNTEERS_WRITE, answer=ImportAnswer)
def show(call: Call, import_id: UUID) -> ImportAnswer:
    """Read the report of an import again."""
    return _told(reached(call, imports.find(call.bank, import_id)))


@routes.post(
    "/imports/<id:import_id>/commit",
    scope=Scope.VOLUNTEERS_WRITE,
    body=Committing,
    answer=ImportAnswer,
    status=200,
)
def commit(call: Call, import_id: UUID, form: Committing) -> ImportAnswer:
    """Commit an import that was checked."""
    run = reached(call, imports.find(call.bank, import_id))
    answers = {one.row: one.answer for one in form.answers}
    return _told(
        volunteer_imports.commit(call.bank, call.by, run, answers=answers, leave_out_faulty=form.leave_out_faulty)
    )


def _told(run: Run) -> ImportAnswer:
    told: ImportAnswer = {
        "id": str(run.id),
        "kind": run.kind,
        "organisation_id": str(run.organisation_id),
        "state": run.state,  # type: ignore[typeddict-item]
        "rows": run.rows,
        "made": run.made,
        "faults": [
            {
                "row": fault.row,
                "column": fault.column,
                "header": fault.header,
                "code": fault.code,
                "message": {"zh": fault.zh, "en": fault.en},
            }
            for fault in run.report.faults
        ],
        "questions": [
            {
                "row": question.row,
                "code": question.code,
                "message": {"zh": question.zh, "en": question.en},
                "candidates": list(question.candidates),
                "rows": list(question.rows),
            }
            for question in run.report.questions
        ],
        "ignored_columns": list(run.report.ignored),
        "created_at": instant(run.created_at),
    }
    if run.settled_at is not None:
        told["settled_at"] = instant(run.settled_at)
    return told
