"""The duty to record within ten working days: what is due, what is overdue, by organisation; and its settings."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.commons import ABOVE
from api.fields import Form
from api.pagination import Keyset, PageQuery
from api.problems import Problem
from api.rendering import Answer, refuse_stale, tagged
from api.routes import Call, Routes
from api.scopes import Scope
from ledger.people import organisations
from ledger.service import duty, record_settings
from ledger.service.duty import Due
from ledger.service.record_settings import MOST

routes = Routes("duty")
_keyset = Keyset(date, UUID)

Setting = Annotated[int, Field(ge=1, le=MOST)]


class DutyQuery(PageQuery):
    """All that is due, or only what is overdue."""

    overdue: Literal["true", "false"] = "false"


class DueAnswer(TypedDict):
    """A session, or an activity without sessions, that was held and is not settled. `days_left` counts working days,
    below zero where it is overdue. Where `calendar_announced` is false, the official working days of a year it rests on
    are not known yet, and `due_on` may move.
    """

    activity_id: str
    session_id: str | None
    organisation_id: str
    organisation_name: str
    title: str
    held_on: str
    due_on: str
    days_left: int
    is_overdue: bool
    state: Literal["not_recorded", "waiting"]
    posted: int
    waiting: int
    calendar_announced: bool


class OverdueAnswer(TypedDict):
    """How one organisation stands."""

    organisation_id: str
    organisation_name: str
    due: int
    overdue: int
    oldest_due_on: str


class ReportAnswer(TypedDict):
    """Every organisation of which something is due, the oldest first."""

    on: str
    organisations: list[OverdueAnswer]


class SettingsChange(Form):
    """What is to hold from now on."""

    duty_working_days: Setting | None = None
    long_day_minutes: Setting | None = None
    same_second_people: Setting | None = None
    same_device_people: Setting | None = None
    same_reviewer_times: Setting | None = None
    same_pair_times: Setting | None = None
    backfill_times: Setting | None = None
    weeks_alike: Setting | None = None
    period_days: Setting | None = None


class RecordSettingsAnswer(TypedDict):
    """Within how many working days a record is made, and from when on a reviewer's attention is drawn to something."""

    duty_working_days: int
    long_day_minutes: int
    same_second_people: int
    same_device_people: int
    same_reviewer_times: int
    same_pair_times: int
    backfill_times: int
    weeks_alike: int
    period_days: int


@routes.get("/duty", scope=Scope.SERVICE_RECORDS_READ, query=DutyQuery, answer=page_of(DueAnswer))
def page(call: Call, query: DutyQuery) -> Answer:
    """List what is to be recorded, the soonest first."""
    after: Any = _keyset.after(query)
    found = duty.page(
        call.bank, within=call.within, overdue_only=query.overdue == "true", after=after, limit=query.limit
    )
    return _keyset.answer(found, _told)


@routes.get("/duty/report", scope=Scope.SERVICE_RECORDS_READ, answer=ReportAnswer)
def report(call: Call) -> ReportAnswer:
    """Report how much is due and overdue, by organisation."""
    return {
        "on": call.bank.today().isoformat(),
        "organisations": [
            {
                "organisation_id": str(one.organisation_id),
                "organisation_name": one.organisation_name,
                "due": one.due,
                "overdue": one.overdue,
                "oldest_due_on": one.oldest_due_on.isoformat(),
            }
            for one in duty.report(call.bank, within=call.within)
        ],
    }


@routes.get("/record-settings", scope=Scope.WORKING_DAYS_READ, answer=RecordSettingsAnswer, etag=True)
def show_settings(call: Call) -> Answer:
    """Read the settings of records."""
    return tagged(asdict(record_settings.settings(call.bank)))


@routes.patch("/record-settings", scope=Scope.WORKING_DAYS_WRITE, body=SettingsChange, answer=RecordSettingsAnswer)
def change_settings(call: Call, form: SettingsChange) -> Answer:
    """Change the settings of records.

    They are the whole bank's, so it takes an administrator at the root.
    """
    if not call.reaches(organisations.root(call.bank).path):
        raise Problem("insufficient_scope", detail=ABOVE)
    refuse_stale(asdict(record_settings.settings(call.bank)))
    changed = {name: value for name, value in form.model_dump().items() if value is not None}
    return tagged(asdict(record_settings.change_settings(call.bank, call.by, changed)))


def _told(one: Due) -> DueAnswer:
    return {
        "activity_id": str(one.activity_id),
        "session_id": str(one.session_id) if one.session_id else None,
        "organisation_id": str(one.organisation_id),
        "organisation_name": one.organisation_name,
        "title": one.title,
        "held_on": one.held_on.isoformat(),
        "due_on": one.due_on.isoformat(),
        "days_left": one.days_left,
        "is_overdue": one.is_overdue,
        "state": one.state,
        "posted": one.posted,
        "waiting": one.waiting,
        "calendar_announced": not one.unannounced,
    }
