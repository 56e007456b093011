"""Purchases: what was ordered and has not all come. For budgets alone: no volunteer sees what anything costs."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.commons import known
from api.fields import Count, Day, Form, Id, Name, Nothing
from api.organisations import open_home
from api.pagination import Keyset, PageQuery
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.core.posting import AMOUNT_MAX
from ledger.prizes import catalogue, purchases
from ledger.prizes.purchases import Purchase
from ledger.prizes.redeem import QUANTITY_MAX

routes = Routes("purchases")
_keyset = Keyset(UUID)


class NewPurchase(Form):
    """So many of one prize, from whom, on which order, and when they should come. `cost_fen` is for all of them."""

    organisation_id: Id
    prize_id: Id
    quantity: Annotated[Count, Field(le=QUANTITY_MAX)]
    supplier: Name
    document: Name | None = None
    cost_fen: Annotated[int, Field(ge=0, le=AMOUNT_MAX)] | None = None
    expected_on: Day | None = None


class PurchaseAnswer(TypedDict):
    """An order: open, received, or ended before all of it came. `received` counts what was taken in with it."""

    id: str
    organisation_id: str
    prize_id: str
    title: str
    quantity: int
    received: int
    state: str
    supplier: str
    document: str | None
    cost_fen: int | None
    ordered_on: str
    expected_on: str | None
    ordered_by: str
    ended_on: str | None


class PurchasesQuery(PageQuery):
    """`open`: something is still to come; `done`: nothing is."""

    state: Literal["open", "done"] | None = None


@routes.post("/purchases", scope=Scope.PRIZES_WRITE, body=NewPurchase, answer=PurchaseAnswer)
def order(call: Call, form: NewPurchase) -> PurchaseAnswer:
    """Say that prizes were ordered. They are on no shelf before somebody takes them in."""
    organisation = open_home(call, form.organisation_id, "/organisation_id")
    prize = known(call, catalogue.find_prize(call.bank, form.prize_id), "/prize_id")
    return _told(
        purchases.order(
            call.bank,
            call.by,
            organisation=organisation,
            prize=prize,
            quantity=form.quantity,
            supplier=form.supplier,
            document=form.document,
            cost_fen=form.cost_fen,
            expected_on=form.expected_on,
        )
    )


@routes.get("/purchases", scope=Scope.STOCK_READ, query=PurchasesQuery, answer=page_of(PurchaseAnswer))
def page(call: Call, query: PurchasesQuery) -> Answer:
    """List purchases, the newest first."""
    is_open = None if query.state is None else query.state == "open"
    found = purchases.page(
        call.bank, within=call.within, is_open=is_open, after=_keyset.after(query), limit=query.limit
    )
    return _keyset.answer(found, _told)


@routes.get("/purchases/<id:purchase_id>", scope=Scope.STOCK_READ, answer=PurchaseAnswer)
def show(call: Call, purchase_id: UUID) -> PurchaseAnswer:
    """Look a purchase up."""
    return _told(reached(call, purchases.find(call.bank, purchase_id)))


@routes.post("/purchases/<id:purchase_id>/end", scope=Scope.PRIZES_WRITE, body=Nothing, answer=PurchaseAnswer)
def end(call: Call, purchase_id: UUID, form: Nothing) -> PurchaseAnswer:  # noqa: ARG001 - it holds nothing
    """Say that nothing more of it will come, so that the budget is free of it."""
    return _told(purchases.end(call.bank, call.by, reached(call, purchases.find(call.bank, purchase_id))))


def _told(one: Purchase) -> PurchaseAnswer:
    return {
        "id": str(one.id),
        "organisation_id": str(one.organisation_id),
        "prize_id": str(one.prize_id),
        "title": one.title,
        "quantity": one.quantity,
        "received": one.received,
        "state": one.state,
        "supplier": one.supplier,
        "document": one.document,
        "cost_fen": one.cost_fen,
        "ordered_on": one.ordered_on.isoformat(),
        "expected_on": one.expected_on.isoformat() if one.expected_on else None,
        "ordered_by": str(one.ordered_by),
        "ended_on": one.ended_on.isoformat() if one.ended_on else None,
    }
