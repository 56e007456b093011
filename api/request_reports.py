"""How requests are doing, live: how many, what is overdue, and how long it takes."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.exports import FormatQuery
from api.fields import Day, Id
from api.problems import Fault, Problem
from api.rendering import Answer
from api.requests import Channel, Priority
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.people import organisations
from ledger.service import request_reports
from ledger.service.request_reports import Line
from ledger.service.requests import Asked

routes = Routes("request_reports")


class ReportQuery(FormatQuery):
    """Of what came in from and to these days, both included; by estate, kind, channel or priority, or all in one."""

    since: Day = Field(alias="from")
    until: Day = Field(alias="to")
    by: Literal["all", "estate", "kind", "channel", "priority"] = "estate"
    organisation_id: Id | None = None
    channel: Channel | None = None
    priority: Priority | None = None


class RequestCountAnswer(TypedDict):
    """One line: an estate (then with its id), a kind, a channel, a priority, or all. Averages in minutes: round the
    clock, and as the second clock counts them; null where there is nothing to take them of. The score is 100 to 500.
    """

    of: str
    organisation_id: str | None
    received: int
    accepted: int
    closed: int
    open: int
    turned_away: int
    escalated: int
    reopened: int
    accept_overdue: int
    close_overdue: int
    closed_late: int
    accept_minutes: int | None
    close_minutes: int | None
    counted_minutes: int | None
    score_hundredths: int | None


@routes.get("/requests/report", scope=Scope.REQUESTS_REPORT, query=ReportQuery, answer=page_of(RequestCountAnswer))
def report(call: Call, query: ReportQuery) -> Answer:
    """Report how requests are doing."""
    if query.until < query.since:
        raise Problem("invalid_request", faults=[Fault("to", "ends_before_it_begins", "parameter")])
    found = request_reports.report(
        call.bank,
        within=_within(call, query),
        since=query.since,
        until=min(query.until, date.max.replace(year=9_000)),
        by=query.by,
        asked=Asked(channel=query.channel, priority=query.priority),
    )
    return Answer({"items": [_told(line) for line in found], "next_cursor": None})


def _within(call: Call, query: ReportQuery) -> tuple[str, ...]:
    if query.organisation_id is None:
        return call.within
    return (reached(call, organisations.find(call.bank, query.organisation_id), "organisation_id").path,)


def _told(line: Line) -> RequestCountAnswer:
    return {
        "of": line.of,
        "organisation_id": str(line.organisation_id) if line.organisation_id else None,
        "received": line.received,
        "accepted": line.accepted,
        "closed": line.closed,
        "open": line.open,
        "turned_away": line.turned_away,
        "escalated": line.escalated,
        "reopened": line.reopened,
        "accept_overdue": line.accept_overdue,
        "close_overdue": line.close_overdue,
        "closed_late": line.closed_late,
        "accept_minutes": line.accept_minutes,
        "close_minutes": line.close_minutes,
        "counted_minutes": line.counted_minutes,
        "score_hundredths": line.score_hundredths,
    }
