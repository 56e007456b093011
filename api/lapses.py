"""What will lapse, ahead of the day: a list to tell people by."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import whole
from api.pagination import Keyset, PageQuery
from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import Scope
from ledger.prizes import lapses
from ledger.prizes.lapses import Upcoming
from ledger.service import rulebooks

routes = Routes("lapses")
_keyset = Keyset(date, int)

DAYS_MAX = 366


class UpcomingQuery(PageQuery):
    """How many days ahead; as far as the rulebook in force warns, where nothing is said."""

    days: Annotated[int, Field(ge=0, le=DAYS_MAX), BeforeValidator(whole)] | None = None


class UpcomingAnswer(TypedDict):
    """Points (smallest unit) of a volunteer whose last day is `on`; `carried_over` of them go on, the others lapse."""

    volunteer_no: str
    on: str
    points: int
    days_left: int
    carried_over: int


@routes.get("/lapses/upcoming", scope=Scope.LAPSES_READ, query=UpcomingQuery, answer=page_of(UpcomingAnswer))
def upcoming(call: Call, query: UpcomingQuery) -> Answer:
    """List the points that will lapse, the nearest first."""
    days = query.days
    if days is None:
        days = lapses.warning_days(rulebooks.in_force(call.bank, call.bank.today()))[0]
    found = lapses.upcoming(call.bank, days=days, within=call.within, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _told)


def _told(lot: Upcoming) -> UpcomingAnswer:
    return {
        "volunteer_no": lot.volunteer_no,
        "on": lot.on.isoformat(),
        "points": lot.points,
        "days_left": lot.days_left,
        "carried_over": lot.carried_over,
    }
