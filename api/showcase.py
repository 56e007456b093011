"""The showcase: prizes and where they lie, for everybody. What one is worth, and when to buy more, is nobody else's."""

from __future__ import annotations

from typing_extensions import TypedDict

from api.answers import page_of
from api.pagination import Keyset, PageQuery
from api.prizes import TermsAnswer, told
from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import PUBLIC
from ledger.core.entries import unit_name
from ledger.prizes import showcase
from ledger.prizes.showcase import Shown

routes = Routes("showcase")
_keyset = Keyset(int)


class AtDeskAnswer(TypedDict):
    """How many can be had today at one desk."""

    desk: str
    organisation: str
    quantity: int


class ShowcaseAnswer(TypedDict):
    """A prize on the shelf: who offers it, what it costs, who may have it, how many there are in all and at which
    desk. What is set aside for somebody, or has expired, is not counted. `unit` is what the log calls it.
    """

    id: str
    unit: str
    organisation: str
    title: str
    kind: str
    cost_points: int
    picture: str | None
    terms: TermsAnswer
    quantity: int
    desks: list[AtDeskAnswer]


@routes.get("/showcase", scope=PUBLIC, query=PageQuery, answer=page_of(ShowcaseAnswer))
def page(call: Call, query: PageQuery) -> Answer:
    """List what can be had for points, and where."""
    return _keyset.answer(showcase.page(call.bank, after=_keyset.after(query), limit=query.limit), _told)


def _told(shown: Shown) -> ShowcaseAnswer:
    prize = told(shown.prize)
    return {
        "id": prize["id"],
        "unit": unit_name(shown.prize.unit_id),
        "organisation": shown.organisation,
        "title": prize["title"],
        "kind": prize["kind"],
        "cost_points": prize["cost_points"],
        "picture": prize["picture"],
        "terms": prize["terms"],
        "quantity": sum(one.quantity for one in shown.free),
        "desks": [{"desk": one.desk, "organisation": one.organisation, "quantity": one.quantity} for one in shown.free],
    }
