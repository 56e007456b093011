"""Dossiers: training, commendations and evaluations of volunteers (民政部令67 art. 8-10), kept, withdrawn and read."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.fields import Day, Form, Name, Nothing, Reason
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.people import viewings
from ledger.people.viewings import viewed
from ledger.service import dossiers
from ledger.service.dossiers import Entry

routes = Routes("dossiers")

MINUTES_MAX = 60 * 24 * 365


class NewEntry(Form):
    """What it was and on which day, who trained, commended or evaluated, and what more there is to say."""

    kind: Literal["training", "commendation", "evaluation"]
    on_day: Day
    title: Name
    given_by: Name
    detail: Reason | None = None
    minutes: Annotated[int, Field(ge=1, le=MINUTES_MAX)] | None = None


class EntryAnswer(TypedDict):
    """A training, commendation or evaluation that stands."""

    id: str
    volunteer_no: str
    kind: str
    on_day: str
    title: str
    given_by: str
    detail: str | None
    minutes: int | None


class EntriesAnswer(TypedDict):
    """All that stands of a volunteer, the earliest first."""

    items: list[EntryAnswer]


@routes.post(
    "/volunteers/<number:volunteer_no>/dossier", scope=Scope.SERVICE_RECORDS_WRITE, body=NewEntry, answer=EntryAnswer
)
def keep(call: Call, volunteer_no: str, form: NewEntry) -> EntryAnswer:
    """Keep a training, commendation or evaluation of a volunteer."""
    return _told(dossiers.keep(call.bank, call.by, volunteer_of(call, volunteer_no), **form.model_dump()))


@routes.get("/volunteers/<number:volunteer_no>/dossier", scope=Scope.CERTIFICATES_READ, own=True, answer=EntriesAnswer)
def of_volunteer(call: Call, volunteer_no: str) -> EntriesAnswer:
    """Read what is kept of a volunteer beside their service."""
    volunteer = volunteer_of(call, volunteer_no)
    viewed(call.bank, call.by, viewings.PROFILE, volunteer, fields=["dossier"])
    return {"items": [_told(one) for one in dossiers.of_volunteer(call.bank, volunteer)]}


@routes.post(
    "/dossier-entries/<id:entry_id>/withdraw",
    scope=Scope.SERVICE_RECORDS_WRITE,
    body=Nothing,
    answer=EntryAnswer,
    status=200,
)
def withdraw(call: Call, entry_id: UUID, form: Nothing) -> EntryAnswer:  # noqa: ARG001 - an empty body
    """Withdraw what was not so: certificates that say it are superseded."""
    return _told(dossiers.withdraw(call.bank, call.by, reached(call, dossiers.find(call.bank, entry_id))))


def _told(one: Entry) -> EntryAnswer:
    return {
        "id": str(one.id),
        "volunteer_no": one.volunteer_no,
        "kind": one.kind,
        "on_day": one.on_day.isoformat(),
        "title": one.title,
        "given_by": one.given_by,
        "detail": one.detail,
        "minutes": one.minutes,
    }
