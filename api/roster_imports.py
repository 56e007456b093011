"""Rosters of service (名册) as organisers keep them in Excel or WPS: the template, the upload, and what became of each
row. The report and the commit are those of every import.
"""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Form, Id
from api.import_forms import ImportAnswer, NewRosterImport, State
from api.imports import as_file, checked
from api.organisations import open_home
from api.pagination import Keyset, PageQuery
from api.rendering import Answer, instant
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.people import imports, organisations, viewings
from ledger.people.imports import Run
from ledger.people.viewings import viewed
from ledger.service import activities, roster_imports, roster_outcomes, roster_template
from ledger.service.roster_outcomes import RowOutcome
from ledger.tables import writing

routes = Routes("roster_imports")
_keyset = Keyset(int)
_by_time = Keyset(UUID)


class TemplateQuery(Form):
    """For whom: then its rulebook's evaluations are offered, and with `activities=yes` the titles of its activities."""

    organisation_id: Id | None = None
    activities: Literal["yes", "no"] = "no"


class RowOutcomeAnswer(TypedDict):
    """What became of a row: its record posted, or waiting for reviewers (`submitted`); or refused, and why."""

    row: int
    state: str
    record_id: str | None
    transaction_seq: int | None
    minutes: int | None
    points: int | None
    code: str | None
    message: dict[str, str] | None


@routes.get(
    "/imports/templates/service-records.xlsx",
    scope=Scope.SERVICE_RECORDS_WRITE,
    query=TemplateQuery,
    answer=bytes,
    media_type=writing.XLSX,
)
def template(call: Call, query: TemplateQuery) -> Answer:
    """Download an empty roster of service records, whose columns are text."""
    organisation = None
    if query.organisation_id is not None:
        organisation = reached(call, organisations.find(call.bank, query.organisation_id))
    offers = query.activities == "yes"
    return as_file(roster_template.template(call.bank, organisation, offers_activities=offers), "service-records.xlsx")


class PastImportAnswer(TypedDict):
    """A roster that was brought in. `made` of `total` rows were posted or wait for reviewers; `refused` of those that
    were tried, and `left_out` of the others, were not.
    """

    id: str
    organisation_id: str
    organisation_name: str
    state: State
    rows: int
    total: int
    done: int
    made: int
    refused: int
    left_out: int
    faults_count: int
    questions_count: int
    created_at: str
    settled_at: str | None


@routes.get(
    "/imports/service-records",
    scope=Scope.SERVICE_RECORDS_WRITE,
    query=PageQuery,
    answer=page_of(PastImportAnswer),
)
def past(call: Call, query: PageQuery) -> Answer:
    """List the rosters that were brought in, the newest first."""
    found = imports.page(
        call.bank, roster_imports.KIND, within=call.within, after=_by_time.after(query), limit=query.limit
    )
    names = organisations.find_all(call.bank, [run.organisation_id for run in found.items])
    return _by_time.answer(found, lambda run: _summary(run, names[run.organisation_id].name))


@routes.post(
    "/imports/service-records",
    scope=Scope.SERVICE_RECORDS_WRITE,
    body=NewRosterImport,
    answer=ImportAnswer,
    uploads=True,
)
def check(call: Call, form: NewRosterImport, content: bytes) -> Answer:
    """Upload a roster of service records and read what was found in it."""
    organisation = open_home(call, form.organisation_id, "/organisation_id")
    activity = None
    if form.activity_id is not None:
        activity = reached(call, activities.find(call.bank, form.activity_id), "/activity_id")
    viewed(call.bank, call.by, viewings.SEARCH, fields=["name"])
    return checked(
        lambda: roster_imports.check(call.bank, call.by, organisation, content, within=call.within, activity=activity)
    )


@routes.get(
    "/imports/<id:import_id>/rows",
    scope=Scope.SERVICE_RECORDS_WRITE,
    query=PageQuery,
    answer=page_of(RowOutcomeAnswer),
)
def rows(call: Call, import_id: UUID, query: PageQuery) -> Answer:
    """Read what became of the rows of a roster, in the order of the file."""
    run = reached(call, imports.find(call.bank, import_id))
    after = _keyset.after(query)
    found = roster_outcomes.page(call.bank, run, after=after[0] if after else None, limit=query.limit)
    return _keyset.answer(found, _told)


def _summary(run: Run, organisation_name: str) -> PastImportAnswer:
    return {
        "id": str(run.id),
        "organisation_id": str(run.organisation_id),
        "organisation_name": organisation_name,
        "state": run.state,  # type: ignore[typeddict-item]
        "rows": run.rows,
        "total": run.total,
        "done": run.done,
        "made": run.made,
        "refused": run.refused,
        "left_out": run.left_out,
        "faults_count": len(run.report.faults),
        "questions_count": len(run.report.questions),
        "created_at": instant(run.created_at),
        "settled_at": None if run.settled_at is None else instant(run.settled_at),
    }


def _told(one: RowOutcome) -> RowOutcomeAnswer:
    no = one.refusal
    return {
        "row": one.row,
        "state": one.state,
        "record_id": one.record_id,
        "transaction_seq": one.transaction_seq,
        "minutes": one.minutes,
        "points": one.points,
        "code": None if no is None else no.code,
        "message": None if no is None else {"zh": no.sentence("zh"), "en": no.sentence("en")},
    }
