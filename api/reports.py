"""Reports: the figures that a subdistrict asks for, by organisation and month, and the entries behind each of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import Field
from typing_extensions import TypedDict

from api.exports import FormatQuery
from api.fields import Day, Form, Id, WholeParameter
from api.problems import Fault, Problem
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.people import organisations
from ledger.reading import reports
from ledger.reading.books import head_seq
from ledger.reading.figures import Figures, Report
from ledger.reading.spans import DAYS_MAX, Every

routes = Routes("reports")

Level = Literal["district", "subdistrict", "community", "estate", "building", "team", "unit", "social"]


class Asked(Form):
    """Of which days (this year up to today where nothing is said) and organisations (all in reach where none is named).
    At the head of the ledger, or at an earlier seq.
    """

    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")
    organisation_id: Id | None = None
    as_of_seq: WholeParameter | None = None


class AnyFiguresQuery(Asked):
    """Of which days (this year up to today where nothing is said), in which stretches, of which organisations: the one
    that is named, or all in reach, as a whole or each of a level below. At the head of the ledger, or at an
    earlier seq.
    """

    every: Every = "month"
    level: Level | None = None


class FiguresQuery(AnyFiguresQuery, FormatQuery):
    """Of which days (this year up to today where nothing is said), in which stretches, of which organisations: the one
    that is named, or all in reach, as a whole or each of a level below. At the head of the ledger, or at an
    earlier seq.
    """


class MinutesFigure(TypedDict):
    """Minutes of service by how they were recorded."""

    clocked: int
    roster: int
    backfilled: int
    declared: int
    imported: int


class TypeFigure(TypedDict):
    """How many activities of one type."""

    activity_type: str
    activities: int


class PrizeFigureAnswer(TypedDict):
    """How many of one prize were handed out and not given back, and what was paid for them in points."""

    prize_id: str
    title: str
    quantity: int
    points: int


class StarFigure(TypedDict):
    """How many people hold so many stars."""

    star_level: int
    volunteers: int


class ListFigure(TypedDict):
    """How many different people stood on a list that a rulebook asks about."""

    tag: str
    volunteers: int


class FlagFigure(TypedDict):
    """How many flags of one kind were raised."""

    flag: str
    count: int


class PartyFigure(TypedDict):
    """Party members who report here: with both reports confirmed, and with each of the three commitments."""

    members: int
    home: int
    unit: int
    both: int
    team: int
    stairwell: int
    area: int
    all_three: int


class FiguresAnswer(TypedDict):
    """One organisation with all below it, in one stretch of days. `volunteers`, `stars`, `party` and
    `points_outstanding` are of its end, all else of its days. Points are in the smallest unit; those that leave
    people's accounts are below zero, and the opening with all moves makes what is outstanding. `overdue` is null where
    the report is of an earlier seq. `requests_minutes` is what the second clock counted for all that were closed.
    """

    period: str
    first_day: str
    last_day: str
    organisation_id: str
    organisation_name: str
    level: str
    volunteers: int
    volunteers_new: int
    volunteers_left: int
    active: int
    records: int
    minutes: int
    minutes_by_method: MinutesFigure
    activities: int
    activities_by_type: list[TypeFigure]
    points_opening: int
    points_issued: int
    points_redeemed: int
    points_lapsed: int
    points_adjusted: int
    points_donated: int
    points_forfeited: int
    points_moved: int
    points_outstanding: int
    redemptions: int
    prizes: int
    prizes_redeemed: list[PrizeFigureAnswer]
    stars: list[StarFigure]
    records_in_time: int
    records_late: int
    overdue: int | None
    records_undone: int
    records_corrected: int
    certificates_issued: int
    certificates_revoked: int
    wishes: int
    wishes_fulfilled: int
    requests: int
    requests_accepted_late: int
    requests_closed: int
    requests_closed_late: int
    requests_minutes: int
    party: PartyFigure
    listed: list[ListFigure]
    flags: list[FlagFigure]


class ReportAnswer(TypedDict):
    """Every organisation that was asked for, in every stretch of days, as the ledger stood right after `as_of_seq`."""

    as_of_seq: int
    first_day: str
    last_day: str
    every: str
    items: list[FiguresAnswer]


@routes.get("/reports/figures", scope=Scope.REPORTS_READ, query=FiguresQuery, answer=ReportAnswer)
def show(call: Call, query: FiguresQuery) -> ReportAnswer:
    """Report the figures of organisations, month by month."""
    made = made_for(call, query)
    return {
        "as_of_seq": made.as_of_seq,
        "first_day": made.first_day.isoformat(),
        "last_day": made.last_day.isoformat(),
        "every": query.every,
        "items": [_told(one) for one in made.rows],
    }


def made_for(call: Call, query: AnyFiguresQuery) -> Report:
    """The report that is asked for. Refuses what is out of reach, and days that do not follow one another."""
    since, until = days_of(call, query)
    return reports.report(
        call.bank,
        since=since,
        until=until,
        every=query.every,
        within=within(call, query),
        level=query.level,
        as_of_seq=seq_of(call, query),
    )


def seq_of(call: Call, query: Asked) -> int | None:
    """At which seq; None is at the head. Refuses one that is not there yet."""
    if query.as_of_seq is not None and query.as_of_seq > head_seq(call.bank):
        raise Problem("invalid_request", faults=[Fault("as_of_seq", "out_of_range", "parameter")])
    return query.as_of_seq


def within(call: Call, query: Asked) -> tuple[str, ...]:
    """The paths of the organisations it is about."""
    if query.organisation_id is None:
        return call.within
    return (reached(call, organisations.find(call.bank, query.organisation_id), "organisation_id").path,)


def days_of(call: Call, query: Asked) -> tuple[date, date]:
    """From which day to which, up to today."""
    today = call.bank.today()
    until = min(query.until or today, today)
    since = query.since or until.replace(month=1, day=1)
    if until < since:
        raise Problem("invalid_request", faults=[Fault("to", "ends_before_it_begins", "parameter")])
    if until - since > timedelta(days=DAYS_MAX):
        raise Problem("invalid_request", faults=[Fault("from", "out_of_range", "parameter")])
    return since, until


def _told(one: Figures) -> FiguresAnswer:
    points = one.points
    return {
        "period": one.span.label,
        "first_day": one.span.first_day.isoformat(),
        "last_day": one.span.last_day.isoformat(),
        "organisation_id": str(one.organisation.id),
        "organisation_name": one.organisation.name,
        "level": one.organisation.level,
        "volunteers": one.volunteers,
        "volunteers_new": one.volunteers_new,
        "volunteers_left": one.volunteers_left,
        "active": one.active,
        "records": one.records,
        "minutes": one.minutes,
        "minutes_by_method": MinutesFigure(**one.minutes_by_method),  # type: ignore[typeddict-item]
        "activities": one.activities,
        "activities_by_type": [
            {"activity_type": name, "activities": count} for name, count in one.activities_by_type.items()
        ],
        "points_opening": points.opening,
        "points_issued": points.issued,
        "points_redeemed": points.redeemed,
        "points_lapsed": points.lapsed,
        "points_adjusted": points.adjusted,
        "points_donated": points.donated,
        "points_forfeited": points.forfeited,
        "points_moved": points.moved,
        "points_outstanding": points.outstanding,
        "redemptions": one.redemptions,
        "prizes": one.prizes,
        "prizes_redeemed": [
            {"prize_id": str(each.prize_id), "title": each.title, "quantity": each.quantity, "points": each.points}
            for each in one.redeemed_prizes
        ],
        "stars": [{"star_level": level, "volunteers": count} for level, count in one.stars.items()],
        "records_in_time": one.records_in_time,
        "records_late": one.records_late,
        "overdue": one.overdue,
        "records_undone": one.records_undone,
        "records_corrected": one.records_corrected,
        "certificates_issued": one.certificates_issued,
        "certificates_revoked": one.certificates_revoked,
        "wishes": one.wishes,
        "wishes_fulfilled": one.wishes_fulfilled,
        "requests": one.requests,
        "requests_accepted_late": one.requests_accepted_late,
        "requests_closed": one.requests_closed,
        "requests_closed_late": one.requests_closed_late,
        "requests_minutes": one.requests_minutes,
        "party": one.party._asdict(),  # type: ignore[typeddict-item]
        "listed": [{"tag": tag, "volunteers": count} for tag, count in one.listed.items()],
        "flags": [{"flag": flag, "count": count} for flag, count in one.flags.items()],
    }
