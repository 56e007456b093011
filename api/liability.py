"""Liability: the points outstanding, by the month in which they lapse, and what stands against them."""

from __future__ import annotations

from datetime import date

from typing_extensions import TypedDict

from api.exports import FormatQuery
from api.fields import Day, Form
from api.problems import Fault, Problem
from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import Scope
from ledger.papers import PapersMissing
from ledger.prizes import liability
from ledger.prizes.liability import Liability

routes = Routes("liability")


class LiabilityQuery(FormatQuery):
    """At the end of which day; now, where nothing is said."""

    on: Day | None = None


class LiabilityPaperQuery(Form):
    """At the end of which day; now, where nothing is said."""

    on: Day | None = None


class OutstandingLine(TypedDict):
    """One figure: points (smallest unit) of one kind and lapse month, a prize at the desks, or the budget. `value_fen`
    is a reference value for budgeting; null where the bank has set none for a point.
    """

    kind: str
    lapse_month: str | None
    prize_id: str | None
    title: str | None
    quantity: int | None
    points: int | None
    value_fen: int | None


class OutstandingAnswer(TypedDict):
    """What is outstanding right after the transaction `seq`."""

    on: str
    seq: int
    reference_fen_per_point: int
    items: list[OutstandingLine]


@routes.get("/reports/liability", scope=Scope.STOCK_READ, query=LiabilityQuery, answer=OutstandingAnswer)
def report(call: Call, query: LiabilityQuery) -> OutstandingAnswer:
    """Show the points outstanding against stock, reservations and budget."""
    made = _made(call, query.on)
    return {
        "on": made.on.isoformat(),
        "seq": made.seq,
        "reference_fen_per_point": made.reference_fen_per_point,
        "items": [
            {
                "kind": line.kind,
                "lapse_month": line.lapse_month,
                "prize_id": str(line.prize_id) if line.prize_id else None,
                "title": line.title,
                "quantity": line.quantity,
                "points": line.points,
                "value_fen": line.value_fen,
            }
            for line in made.lines
        ],
    }


@routes.get(
    "/reports/liability.pdf",
    scope=Scope.STOCK_READ,
    query=LiabilityPaperQuery,
    answer=str,
    media_type="application/pdf",
)
def paper(call: Call, query: LiabilityPaperQuery) -> Answer:
    """Have the report on paper."""
    made = _made(call, query.on)
    try:
        content = liability.paper(call.bank, made, "")
    except PapersMissing as missing:
        raise Problem("papers_missing", detail=("请先安装: pip install pioneer-bank[pdf]", str(missing))) from None
    headers = {
        "Content-Disposition": f'inline; filename="liability-{made.on.isoformat()}.pdf"',
        "Cache-Control": "no-store",
    }
    return Answer(content, headers=headers, media_type="application/pdf")


def _made(call: Call, on: date | None) -> Liability:
    if on is not None and on > call.bank.today():
        raise Problem("invalid_request", faults=[Fault("on", "out_of_range", "parameter")])
    return liability.report(call.bank, on=on, within=call.within)
