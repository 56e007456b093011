"""The entries behind the figures of reports, for whoever wants to see what one is made of."""

from __future__ import annotations

from functools import partial
from typing import Literal

from typing_extensions import TypedDict

from api.answers import page_of
from api.pagination import Keyset, PageQuery
from api.rendering import Answer
from api.reports import Asked, days_of, seq_of, within
from api.routes import Call, Routes
from api.scopes import Scope
from ledger.reading.behind_figures import Behind, behind

routes = Routes("report_entries")
_keyset = Keyset(int, int, int)


class EntriesQuery(Asked, PageQuery):
    """Behind which figure; of the same days and organisations, and at the same seq, as the report."""

    figure: Literal[
        "minutes",
        "prizes",
        "points_issued",
        "points_redeemed",
        "points_lapsed",
        "points_adjusted",
        "points_donated",
        "points_forfeited",
        "points_moved",
    ]


class EntryBehind(TypedDict):
    """One entry behind a figure. Whose it is stands in the ledger, for its auditor."""

    seq: int
    leg: int
    on: str
    kind: str
    what: str
    minutes: int | None
    quantity: int | None
    points: int | None


@routes.get("/reports/entries", scope=Scope.REPORTS_READ, query=EntriesQuery, answer=page_of(EntryBehind))
def page(call: Call, query: EntriesQuery) -> Answer:
    """List the entries behind a figure of a report, newest first: what they come to is the figure."""
    since, until = days_of(call, query)
    found = behind(
        call.bank,
        figure=query.figure,
        since=since,
        until=until,
        within=within(call, query),
        as_of_seq=seq_of(call, query),
        after=_keyset.after(query),
        limit=query.limit,
    )
    return _keyset.answer(found, partial(_entry, query.figure))


def _entry(figure: str, one: Behind) -> EntryBehind:
    return {
        "seq": one.seq,
        "leg": one.leg,
        "on": one.on.isoformat(),
        "kind": one.kind,
        "what": one.what,
        "minutes": one.amount if figure == "minutes" else None,
        "quantity": one.amount if figure == "prizes" else None,
        "points": one.amount if figure.startswith("points_") else None,
    }
