"""Stock receipts: goods come to a desk's shelf."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.commons import known
from api.fields import Count, Day, Form, Id, Name
from api.idempotency import answered
from api.organisations import refuse_closed
from api.problems import Fault, Problem
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.people import organisations
from ledger.prizes import catalogue, purchases, stock
from ledger.prizes.catalogue import Prize
from ledger.prizes.purchases import Purchase

routes = Routes("stock_receipts")


class NewStockReceipt(Form):
    """What came, from whom, and on which document. `best_before` is the last day it may be handed over, `batch` what
    the maker calls the lot, `purchase_id` what it was ordered with.
    """

    desk_id: Id
    prize_id: Id
    quantity: Count
    source: Name
    best_before: Day | None = None
    source_kind: Literal["donor", "unit", "purchase"] | None = None
    document: Name | None = None
    batch: Name | None = None
    purchase_id: Id | None = None


class StockReceiptAnswer(TypedDict):
    """Taken in."""

    id: str
    prize_id: str
    quantity: int
    transaction_seq: int
    receipt_token: str


@routes.post("/stock-receipts", scope=Scope.STOCK_WRITE, body=NewStockReceipt, answer=StockReceiptAnswer, posts=True)
def receive(call: Call, form: NewStockReceipt) -> Answer:
    """Take goods in at a desk."""
    desk = reached(call, catalogue.find_desk(call.bank, form.desk_id), "/desk_id")
    refuse_closed(organisations.find(call.bank, desk.organisation_id), "/desk_id")
    prize = known(call, catalogue.find_prize(call.bank, form.prize_id), "/prize_id")
    return answered(
        stock.receive(
            call.bank,
            call.by,
            call.request,
            desk=desk,
            prize=prize,
            quantity=form.quantity,
            source=form.source,
            best_before=form.best_before,
            source_kind=form.source_kind,
            document=form.document,
            batch=form.batch,
            purchase=_purchase(call, form.purchase_id, prize) if form.purchase_id else None,
        )
    )


def _purchase(call: Call, id: UUID, prize: Prize) -> Purchase:
    """What it was ordered with; 404 where nobody may know it, 422 where something else was ordered."""
    found = known(call, purchases.find(call.bank, id), "/purchase_id")
    if found.prize_id != prize.id:
        raise Problem("invalid_request", faults=[Fault("/purchase_id", "another_prize")])
    return found
