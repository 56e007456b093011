"""Imports: a file is uploaded and checked, its report is read, and then it is committed, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from api import idempotency, problems
from api.import_forms import Committing, ImportAnswer, NewImport, told
from api.organisations import open_home
from api.problems import Fault, Problem
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope, reach
from ledger.bank import Note
from ledger.people import imports, volunteer_imports
from ledger.people.imports import COMMITTED, Run
from ledger.service import roster_imports, roster_outcomes, roster_posting
from ledger.tables import TableRefused, writing

routes = Routes("imports")

WORKBOOK_OF = {volunteer_imports.KIND: volunteer_imports.workbook, roster_imports.KIND: roster_outcomes.workbook}


@routes.get(
    "/imports/volunteers/template.xlsx",
    scope=Scope.VOLUNTEERS_WRITE,
    answer=bytes,
    media_type=writing.XLSX,
)
def template(call: Call) -> Answer:
    """Download an empty roster of volunteers, whose columns are text."""
    return as_file(volunteer_imports.template(call.bank), "volunteers.xlsx")


@routes.post("/imports/volunteers", scope=Scope.VOLUNTEERS_WRITE, body=NewImport, answer=ImportAnswer, uploads=True)
def check_volunteers(call: Call, form: NewImport, content: bytes) -> Answer:
    """Upload a roster of volunteers and read what was found in it."""
    organisation = open_home(call, form.organisation_id, "/organisation_id")
    return checked(lambda: volunteer_imports.check(call.bank, call.by, organisation, content))


@routes.get("/imports/<id:import_id>", scope=Scope.VOLUNTEERS_WRITE, answer=ImportAnswer)
def show(call: Call, import_id: UUID) -> ImportAnswer:
    """Read the report of an import again, and how far its commit has come."""
    return told(run_of(call, import_id))


@routes.get("/imports/<id:import_id>/report.xlsx", scope=Scope.VOLUNTEERS_WRITE, answer=bytes, media_type=writing.XLSX)
def report(call: Call, import_id: UUID) -> Answer:
    """Download the file as it was brought, with what is wrong said where it is wrong."""
    run = run_of(call, import_id)
    seen = Note(action="view", kind=f"import_{run.kind}", subject=run.id, change={"rows": run.rows})
    call.bank.noted(call.by, seen)
    return as_file(WORKBOOK_OF[run.kind](call.bank, run), "report.xlsx")


@routes.post(
    "/imports/<id:import_id>/commit",
    scope=Scope.VOLUNTEERS_WRITE,
    body=Committing,
    answer=ImportAnswer,
    status=200,
)
def commit(call: Call, import_id: UUID, form: Committing) -> Answer:
    """Commit an import that was checked. Of service records it posts to the ledger, under an Idempotency-Key."""
    run = run_of(call, import_id)
    if run.kind == roster_imports.KIND:
        return _commit_roster(call, run, form)
    answers = {one.row: one.answer for one in form.answers}
    done = volunteer_imports.commit(call.bank, call.by, run, answers=answers, leave_out_faulty=form.is_partial)
    return Answer(told(done))


def _commit_roster(call: Call, run: Run, form: Committing) -> Answer:
    asked = idempotency.keyed(call.by, form.model_dump(mode="json", exclude_unset=True))
    if imports.is_reused(call.bank, run, asked):
        raise Problem("idempotency_key_reused")
    faults = [
        Fault(f"/choices/{at}/choice", "not_one_of")
        for at, one in enumerate(form.choices)
        if roster_posting.is_unfit(run, one.row, one.choice)
    ]
    if faults:
        raise Problem("invalid_request", faults=faults)
    choices: dict[int, list[str]] = {}
    for one in form.choices:
        choices.setdefault(one.row, []).append(one.choice)
    mode = "partial" if form.is_partial else "all"
    done = roster_posting.commit(call.bank, call.by, run, mode=mode, choices=choices, request=asked)  # type: ignore[arg-type]
    return Answer(told(done), headers={"Idempotent-Replayed": "true"} if run.state == COMMITTED else {})


def run_of(call: Call, import_id: UUID) -> Run:
    """The run of this id, if this person could have brought it in; else 404. Who registers volunteers somewhere need
    not be who records service there.
    """
    run = reached(call, imports.find(call.bank, import_id))
    recording = reach(call.actor, Scope.SERVICE_RECORDS_WRITE)
    if run.kind == roster_imports.KIND and not run.organisation_path.startswith(recording):
        problems.unknown()
    return run


def checked(check: Callable[[], Run]) -> Answer:
    """The report of a file: 201, or 200 where the very same one was committed. 422 for what is no table."""
    try:
        run = check()
    except TableRefused as no:
        raise Problem("table_unreadable", detail=(no.zh, no.en), faults=[Fault("/file", "unreadable")]) from None
    return Answer(told(run), 200 if run.state == COMMITTED else 201)


def as_file(content: bytes, name: str) -> Answer:
    """A workbook to be kept by whoever asked, and by nobody on the way."""
    headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"}
    return Answer(content, headers=headers, media_type=writing.XLSX)
