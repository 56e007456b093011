"""Desks: where prizes are handed over."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Form, Id, Name, whole
from api.organisations import open_home
from api.pagination import Keyset, PageQuery
from api.rendering import Answer, tagged
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.prizes import catalogue, stock
from ledger.prizes.catalogue import Desk
from ledger.prizes.stock import Shelf

routes = Routes("desks")
_keyset = Keyset(UUID)


class NewDesk(Form):
    """A redemption desk."""

    organisation_id: Id
    name: Name


class DeskAnswer(TypedDict):
    """One desk."""

    id: str
    organisation_id: str
    name: str


@routes.post("/desks", scope=Scope.PRIZES_WRITE, body=NewDesk, answer=DeskAnswer)
def open(call: Call, form: NewDesk) -> DeskAnswer:  # noqa: A001 - the bank's own word
    """Open a desk."""
    organisation = open_home(call, form.organisation_id, "/organisation_id")
    return _told(catalogue.open_desk(call.bank, call.by, organisation=organisation, name=form.name))


@routes.get("/desks", scope=Scope.PRIZES_READ, query=PageQuery, answer=page_of(DeskAnswer))
def page(call: Call, query: PageQuery) -> Answer:
    """List desks, the oldest first."""
    found = catalogue.desks(call.bank, within=call.within, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _told)


@routes.get("/desks/<id:desk_id>", scope=Scope.PRIZES_READ, answer=DeskAnswer, etag=True)
def show(call: Call, desk_id: UUID) -> Answer:
    """Look a desk up."""
    return tagged(_told(reached(call, catalogue.find_desk(call.bank, desk_id))))


class BatchAnswer(TypedDict):
    """One batch on the shelf. `best_before` is the last day it may be handed over."""

    best_before: str | None
    quantity: int
    has_expired: bool
    expires_soon: bool


class ShelfAnswer(TypedDict):
    """One prize at the desk: `quantity` may be handed over, what has `expired` may not, and what is `held` waits for
    whoever reserved it. Whoever counts sees all three.
    """

    prize_id: str
    title: str
    quantity: int
    expired: int
    held: int
    low_at: int | None
    is_low: bool
    batches: list[BatchAnswer]


class DeskStockAnswer(TypedDict):
    """What stands on the shelves of a desk today."""

    desk_id: str
    on: str
    items: list[ShelfAnswer]


class SoonQuery(Form):
    """How many days before its last one a batch expires soon; 30 where nothing is said."""

    days: Annotated[int, Field(ge=0, le=366), BeforeValidator(whole)] = stock.SOON_DAYS


@routes.get("/desks/<id:desk_id>/stock", scope=Scope.STOCK_READ, query=SoonQuery, answer=DeskStockAnswer)
def show_stock(call: Call, desk_id: UUID, query: SoonQuery) -> DeskStockAnswer:
    """Show what stands on the shelves of a desk.

    Batch by batch, what expires first, first; what is low, and what expires soon.
    """
    desk = reached(call, catalogue.find_desk(call.bank, desk_id))
    items = [_shelf(shelf) for shelf in stock.at_desk(call.bank, desk, soon_days=query.days)]
    return {"desk_id": str(desk.id), "on": call.bank.today().isoformat(), "items": items}


def _shelf(shelf: Shelf) -> ShelfAnswer:
    return {
        "prize_id": str(shelf.prize_id),
        "title": shelf.title,
        "quantity": shelf.quantity,
        "expired": shelf.expired,
        "held": shelf.held,
        "low_at": shelf.low_at,
        "is_low": shelf.is_low,
        "batches": [
            {
                "best_before": batch.best_before.isoformat() if batch.best_before else None,
                "quantity": batch.quantity,
                "has_expired": batch.has_expired,
                "expires_soon": batch.expires_soon,
            }
            for batch in shelf.batches
        ],
    }


def _told(desk: Desk) -> DeskAnswer:
    return {"id": str(desk.id), "organisation_id": str(desk.organisation_id), "name": desk.name}
