"""The working-day calendar: which days of a year are worked, as the library or an administrator knows it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from api.commons import ABOVE
from api.fields import Day, Form, Reason, Year
from api.problems import Fault, Problem
from api.routes import Call, Routes
from api.scopes import Scope
from ledger.people import organisations
from ledger.service import working_days
from ledger.service.working_days import Override

routes = Routes("working_days")

DAYS_MAX = 100


class YearQuery(Form):
    """Which year."""

    year: Year


class DayOverride(Form):
    """Whether a day is worked; null takes back what was written before."""

    day: Day
    works: bool | None


class NewOverride(Form):
    """What the notice says of days of one year, and where it stands (`source`). `announced`: whether the whole
    arrangement of the year is known with this.
    """

    year: Annotated[int, Field(ge=2001, le=2099)]
    days: Annotated[list[DayOverride], Field(max_length=DAYS_MAX)]
    announced: bool | None = None
    source: Reason
    note: Reason | None = None


class SpecialDayAnswer(TypedDict):
    """A day that is not as other weeks have it: a holiday, a day off in lieu, or a weekend day that is worked. A
    `source` where an administrator wrote it down.
    """

    day: str
    works: bool
    name_zh: str
    name_en: str
    source: str | None
    note: str


class YearAnswer(TypedDict):
    """A year. Not `announced`: the official arrangement is not known yet, and what stands here is an estimate."""

    year: int
    announced: bool
    source: str | None
    working_days: int
    days: list[SpecialDayAnswer]


@routes.get("/working-days", scope=Scope.WORKING_DAYS_READ, query=YearQuery, answer=YearAnswer)
def show(call: Call, query: YearQuery) -> YearAnswer:
    """Look a year of the calendar up."""
    return _told(working_days.year_of(call.bank, query.year))


@routes.post("/working-days", scope=Scope.WORKING_DAYS_WRITE, body=NewOverride, answer=YearAnswer)
def override(call: Call, form: NewOverride) -> YearAnswer:
    """Write down days of a year that the calendar does not know.

    It is the whole bank's, so it takes an administrator at the root.
    """
    if not call.reaches(organisations.root(call.bank).path):
        raise Problem("insufficient_scope", detail=ABOVE)
    faults = [Fault(f"/days/{at}/day", "out_of_range") for at, one in enumerate(form.days) if one.day.year != form.year]
    if faults:
        raise Problem("invalid_request", faults=faults)
    return _told(
        working_days.override(
            call.bank,
            call.by,
            form.year,
            [Override(day=one.day, works=one.works) for one in form.days],
            source=form.source,
            note=form.note or "",
            announced=form.announced,
        )
    )


def _told(year: working_days.Year) -> YearAnswer:
    return {
        "year": year.year,
        "announced": year.announced,
        "source": year.source,
        "working_days": year.working_days,
        "days": [
            {
                "day": day.day.isoformat(),
                "works": day.works,
                "name_zh": day.name_zh,
                "name_en": day.name_en,
                "source": day.source,
                "note": day.note,
            }
            for day in year.days
        ],
    }
