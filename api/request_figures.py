"""The figures of requests for everybody: how much is asked for, and how soon it is settled."""

from __future__ import annotations

from typing_extensions import TypedDict

from api.routes import Call, Routes
from api.scopes import PUBLIC
from ledger.service import request_figures
from ledger.service.request_reports import Line

routes = Routes("request_figures")


class PublicLineAnswer(TypedDict):
    """One line: an estate, a kind, or all. `counted_minutes` is how long it took on average as the clock counts that
    holds for it, null where nothing is closed.
    """

    of: str
    received: int
    closed: int
    counted_minutes: int | None


class PublicFiguresAnswer(TypedDict):
    """Of what came in on these days, both included. Lines about very few are left out; `all` is null where even that
    would be one.
    """

    first_day: str
    last_day: str
    all: PublicLineAnswer | None
    by_estate: list[PublicLineAnswer]
    by_kind: list[PublicLineAnswer]


@routes.get("/requests/figures", scope=PUBLIC, answer=PublicFiguresAnswer)
def show(call: Call) -> PublicFiguresAnswer:
    """See how requests are doing, in sums."""
    found = request_figures.published(call.bank)
    return {
        "first_day": found.first_day.isoformat(),
        "last_day": found.last_day.isoformat(),
        "all": None if found.whole is None else _told(found.whole),
        "by_estate": [_told(line) for line in found.estates],
        "by_kind": [_told(line) for line in found.kinds],
    }


def _told(line: Line) -> PublicLineAnswer:
    return {
        "of": line.of,
        "received": line.received,
        "closed": line.closed,
        "counted_minutes": line.counted_minutes,
    }
