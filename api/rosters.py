"""Rosters as they stand: who is recorded in which activity. Taken away as a table, it can be brought in again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Day, Id
from api.pagination import Keyset, PageQuery
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.people import viewings
from ledger.people.viewings import viewed
from ledger.service import activities, rosters
from ledger.service.rosters import RosterLine

routes = Routes("rosters")
_keyset = Keyset(date, UUID)


class RosterQuery(PageQuery):
    """Of one activity, or of business days from and to these, both included."""

    activity_id: Id | None = None
    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")


class RosterLineAnswer(TypedDict):
    """One record, posted or waiting for reviewers (`submitted`). The name of a guest is masked. `points` in the
    smallest unit.
    """

    id: str
    state: str
    volunteer_no: str
    volunteer_name: str
    activity_id: str
    activity_title: str
    served_on: str
    minutes: int
    capture_method: str
    evaluation: str | None
    points: int
    recorded_by: str
    transaction_seq: int


@routes.get("/rosters", scope=Scope.VOLUNTEERS_READ, query=RosterQuery, answer=page_of(RosterLineAnswer))
def page(call: Call, query: RosterQuery) -> Answer:
    """Read who is recorded in which activity, the latest day first."""
    if query.activity_id is not None:
        reached(call, activities.find(call.bank, query.activity_id), "activity_id")
    viewed(call.bank, call.by, viewings.SEARCH, fields=["activity"])
    found = rosters.page(
        call.bank,
        within=call.within,
        activity_id=query.activity_id,
        since=query.since,
        until=query.until,
        after=_keyset.after(query),
        limit=query.limit,
    )
    return _keyset.answer(found, _told)


def _told(line: RosterLine) -> RosterLineAnswer:
    return {
        "id": str(line.id),
        "state": line.state,
        "volunteer_no": line.volunteer_no,
        "volunteer_name": line.name,
        "activity_id": str(line.activity_id),
        "activity_title": line.activity_title,
        "served_on": line.served_on.isoformat(),
        "minutes": line.minutes,
        "capture_method": line.capture_method,
        "evaluation": line.evaluation,
        "points": line.points,
        "recorded_by": str(line.recorded_by),
        "transaction_seq": line.seq,
    }
