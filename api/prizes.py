"""Prizes: what can be had, and for how many points."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.commons import known, theirs
from api.fields import Form, Id, Name, Word
from api.organisations import open_home
from api.pagination import Keyset, PageQuery
from api.problems import Problem
from api.rendering import Answer, refuse_stale, tagged
from api.routes import Call, Routes
from api.scopes import Scope
from ledger.core.posting import AMOUNT_MAX
from ledger.prizes import catalogue
from ledger.prizes.catalogue import PriceDecided, Prize

routes = Routes("prizes")
_keyset = Keyset(int)

CostPoints = Annotated[int, Field(ge=1, le=AMOUNT_MAX)]


class NewPrize(Form):
    """A prize; it is on the shelf from now on."""

    organisation_id: Id
    title: Name
    cost_points: CostPoints
    prize_class: Word | None = None


class PrizeChange(Form):
    """What changes; what is left out stays. What was redeemed keeps the price of its day."""

    cost_points: CostPoints | None = None
    on_shelf: bool | None = None
    low_at: Annotated[int, Field(ge=0, le=AMOUNT_MAX)] | None = None


class PrizeAnswer(TypedDict):
    """A prize. `cost_points` of one, in the smallest unit. A desk with `low_at` of it or fewer is low of it."""

    id: str
    organisation_id: str
    title: str
    prize_class: str | None
    cost_points: int
    on_shelf: bool
    low_at: int | None


@routes.post("/prizes", scope=Scope.PRIZES_WRITE, body=NewPrize, answer=PrizeAnswer)
def add(call: Call, form: NewPrize) -> PrizeAnswer:
    """Add a prize."""
    organisation = open_home(call, form.organisation_id, "/organisation_id")
    return _told(
        catalogue.add_prize(
            call.bank,
            call.by,
            organisation=organisation,
            title=form.title,
            cost_points=form.cost_points,
            prize_class=form.prize_class or "",
        )
    )


@routes.get("/prizes", scope=Scope.PRIZES_READ, own=True, query=PageQuery, answer=page_of(PrizeAnswer))
def page(call: Call, query: PageQuery) -> Answer:
    """List prizes in the order they were added: one's own, and those that organisations above offer to all."""
    found = catalogue.prizes(call.bank, within=call.caller.sees, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _told)


@routes.get("/prizes/<id:prize_id>", scope=Scope.PRIZES_READ, answer=PrizeAnswer, etag=True)
def show(call: Call, prize_id: UUID) -> Answer:
    """Look a prize up."""
    return tagged(_told(known(call, catalogue.find_prize(call.bank, prize_id))))


@routes.patch("/prizes/<id:prize_id>", scope=Scope.PRIZES_WRITE, body=PrizeChange, answer=PrizeAnswer)
def change(call: Call, prize_id: UUID, form: PrizeChange) -> Answer:
    """Reprice a prize, take it off the shelf, or say how few of it are few."""
    prize = theirs(call, catalogue.find_prize(call.bank, prize_id))
    refuse_stale(_told(prize))
    try:
        changed = catalogue.change_prize(
            *(call.bank, call.by, prize),
            cost_points=form.cost_points,
            on_shelf=form.on_shelf,
            low_at=form.low_at,
        )
    except PriceDecided:
        raise Problem("price_is_decided") from None
    return tagged(_told(changed))


def _told(prize: Prize) -> PrizeAnswer:
    return {
        "id": str(prize.id),
        "organisation_id": str(prize.organisation_id),
        "title": prize.title,
        "prize_class": prize.prize_class or None,
        "cost_points": prize.cost_points,
        "on_shelf": prize.on_shelf,
        "low_at": prize.low_at,
    }
