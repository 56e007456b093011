"""Stock transfers: goods go from one desk to another."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from api.fields import Form, Id
from api.goods import answered_of_goods
from api.organisations import refuse_closed
from api.redemptions import ITEMS_MAX, Wanted, prizes_wanted
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.people import organisations
from ledger.prizes import catalogue, stock

routes = Routes("stock_transfers")


class NewStockTransfer(Form):
    """What goes from which desk to which. What expires first goes first; what has expired stays."""

    from_desk_id: Id
    to_desk_id: Id
    items: Annotated[list[Wanted], Field(min_length=1, max_length=ITEMS_MAX)]


class TransferredAnswer(TypedDict):
    """So many of one prize."""

    prize_id: str
    quantity: int


class StockTransferAnswer(TypedDict):
    """Left there and arrived here, in one transaction."""

    id: str
    items: list[TransferredAnswer]
    transaction_seq: int
    receipt_token: str


@routes.post("/stock-transfers", scope=Scope.STOCK_WRITE, body=NewStockTransfer, answer=StockTransferAnswer, posts=True)
def transfer(call: Call, form: NewStockTransfer) -> Answer:
    """Send goods from one desk to another."""
    giver = reached(call, catalogue.find_desk(call.bank, form.from_desk_id), "/from_desk_id")
    receiver = reached(call, catalogue.find_desk(call.bank, form.to_desk_id), "/to_desk_id")
    refuse_closed(organisations.find(call.bank, receiver.organisation_id), "/to_desk_id")
    goods = prizes_wanted(call, form.items)
    return answered_of_goods(
        call, stock.transfer(call.bank, call.by, call.request, giver=giver, receiver=receiver, goods=goods)
    )
