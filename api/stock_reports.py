"""Stocktakes and write-offs: one person says, another confirms, and only then anything moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.commons import is_known
from api.fields import Count, Day, Form, Id, Reason
from api.goods import answered_of_goods
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.core.posting import AMOUNT_MAX
from ledger.prizes import catalogue, stock_reports
from ledger.prizes.catalogue import Prize
from ledger.prizes.day_books import CONFIRM, REJECT
from ledger.prizes.report_stock import LINES_MAX
from ledger.prizes.shelves import Counted, Gone
from ledger.prizes.stock_reports import Line, StockReport

routes = Routes("stock_reports")
_keyset = Keyset(int)

ReasonOfDifference = Literal["expired", "damaged", "lost", "miscounted", "unrecorded", "found"]


class CountOf(Form):
    """How many of a prize stand there: of the batch with that day, or of all batches where none is said."""

    prize_id: Id
    counted: Annotated[int, Field(ge=0, le=AMOUNT_MAX)]
    best_before: Day | None = None
    reason: ReasonOfDifference | None = None


class NewStocktake(Form):
    """What somebody counted at a desk. A difference needs a reason that fits it."""

    desk_id: Id
    counts: Annotated[list[CountOf], Field(min_length=1, max_length=LINES_MAX)]


class Lost(Form):
    """So many of a prize are gone, of the batch with that day, or of what expires first where none is said."""

    prize_id: Id
    quantity: Count
    reason: Literal["expired", "damaged", "lost"]
    best_before: Day | None = None


class NewWriteOff(Form):
    """What is to be written off at a desk."""

    desk_id: Id
    items: Annotated[list[Lost], Field(min_length=1, max_length=LINES_MAX)]


class Settling(Form):
    """Nothing to say: the goods are as reported."""


class Rejecting(Form):
    """Why the report is not right."""

    reason: Reason


class StockReportPosted(TypedDict):
    """Reported: it waits for a second person. `differences` are batches that are not as expected."""

    id: str
    kind: str
    state: str
    differences: int
    transaction_seq: int
    receipt_token: str


class SettledAnswer(TypedDict):
    """What became of the report."""

    id: str
    state: str
    transaction_seq: int
    receipt_token: str


class LineAnswer(TypedDict):
    """One batch: what the book expected, and what was there."""

    prize_id: str
    title: str
    best_before: str | None
    expected: int
    counted: int
    reason: str | None


class StockReportAnswer(TypedDict):
    """What somebody said of a shelf, and what became of it. `kind` is stocktake, write_off or day_close; `state`
    reported, confirmed or rejected.
    """

    id: str
    kind: str
    state: str
    desk_id: str
    desk_session_id: str | None
    reported_on: str
    reported_by: str
    settled_by: str | None
    lines: list[LineAnswer]
    transaction_seq: int


class ReportsQuery(PageQuery):
    """Those that wait for a second person, those that are settled, or all."""

    state: Literal["reported", "settled"] | None = None


@routes.post("/stocktakes", scope=Scope.STOCK_WRITE, body=NewStocktake, answer=StockReportPosted, posts=True)
def take_stock(call: Call, form: NewStocktake) -> Answer:
    """Hand in what was counted at a desk."""
    desk = reached(call, catalogue.find_desk(call.bank, form.desk_id), "/desk_id")
    counts = counted(call, form.counts)
    return answered_of_goods(call, stock_reports.take_stock(call.bank, call.by, call.request, desk=desk, counts=counts))


@routes.post("/write-offs", scope=Scope.STOCK_WRITE, body=NewWriteOff, answer=StockReportPosted, posts=True)
def write_off(call: Call, form: NewWriteOff) -> Answer:
    """Propose to write goods off."""
    desk = reached(call, catalogue.find_desk(call.bank, form.desk_id), "/desk_id")
    prizes = _named(call, form.items, "items")
    goods = [
        Gone(prizes[one.prize_id].id, prizes[one.prize_id].unit_id, one.quantity, one.reason, one.best_before)
        for one in form.items
    ]
    return answered_of_goods(
        call, stock_reports.propose_write_off(call.bank, call.by, call.request, desk=desk, goods=goods)
    )


@routes.get("/stock-reports", scope=Scope.STOCK_READ, query=ReportsQuery, answer=page_of(StockReportAnswer))
def page(call: Call, query: ReportsQuery) -> Answer:
    """List stocktakes, write-offs and day closes, the newest first."""
    found = stock_reports.page(
        call.bank,
        within=call.within,
        is_settled=None if query.state is None else query.state == "settled",
        after=_keyset.after(query),
        limit=query.limit,
    )
    return _keyset.answer(found, told)


@routes.get("/stock-reports/<id:report_id>", scope=Scope.STOCK_READ, answer=StockReportAnswer)
def show(call: Call, report_id: UUID) -> StockReportAnswer:
    """Look a report up."""
    return told(reached(call, stock_reports.find(call.bank, report_id)))


@routes.post(
    "/stock-reports/<id:report_id>/confirm", scope=Scope.STOCK_WRITE, body=Settling, answer=SettledAnswer, posts=True
)
def confirm(call: Call, report_id: UUID, form: Settling) -> Answer:  # noqa: ARG001 - it holds nothing
    """Confirm as the second person: the differences are posted; a day that it closes is closed."""
    report = reached(call, stock_reports.find(call.bank, report_id))
    return answered_of_goods(call, stock_reports.settle(call.bank, call.by, call.request, report, decision=CONFIRM))


@routes.post(
    "/stock-reports/<id:report_id>/reject", scope=Scope.STOCK_WRITE, body=Rejecting, answer=SettledAnswer, posts=True
)
def reject(call: Call, report_id: UUID, form: Rejecting) -> Answer:
    """Reject as the second person: nothing moves; a day must be counted again."""
    report = reached(call, stock_reports.find(call.bank, report_id))
    return answered_of_goods(
        call, stock_reports.settle(call.bank, call.by, call.request, report, decision=REJECT, reason=form.reason)
    )


def counted(call: Call, counts: Sequence[CountOf]) -> list[Counted]:
    """What was counted, of prizes that this person knows; 422 where something was counted twice."""
    prizes = _named(call, counts, "counts")
    return [
        Counted(prizes[one.prize_id].id, prizes[one.prize_id].unit_id, one.counted, one.reason, one.best_before)
        for one in counts
    ]


def told(report: StockReport) -> StockReportAnswer:
    return {
        "id": str(report.id),
        "kind": report.kind,
        "state": report.state,
        "desk_id": str(report.desk_id),
        "desk_session_id": str(report.session_id) if report.session_id else None,
        "reported_on": report.reported_on.isoformat(),
        "reported_by": str(report.reported_by),
        "settled_by": str(report.settled_by) if report.settled_by else None,
        "lines": [line_told(line) for line in report.lines],
        "transaction_seq": report.seq,
    }


def line_told(line: Line) -> LineAnswer:
    return {
        "prize_id": str(line.prize_id),
        "title": line.title,
        "best_before": line.best_before.isoformat() if line.best_before else None,
        "expected": line.expected,
        "counted": line.counted,
        "reason": line.reason,
    }


def _named(call: Call, said: Sequence[Any], pointer: str) -> dict[UUID, Prize]:
    """The prizes of these lines. 404 naming all those that this person does not know; 422 where a prize is named twice
    for one batch, or for one batch and for all of them.
    """
    found = catalogue.find_prizes(call.bank, sorted({one.prize_id for one in said}))
    unknown = [
        Fault(f"/{pointer}/{at}/prize_id", "unknown")
        for at, one in enumerate(said)
        if one.prize_id not in found or not is_known(call, found[one.prize_id].organisation_path)
    ]
    if unknown:
        raise Problem("not_found", faults=unknown)
    twice: list[Fault] = []
    seen: dict[UUID, set[Any]] = {}
    for at, one in enumerate(said):
        batches = seen.setdefault(one.prize_id, set())
        if batches and (one.best_before is None or None in batches or one.best_before in batches):
            twice.append(Fault(f"/{pointer}/{at}/prize_id", "twice"))
        batches.add(one.best_before)
    if twice:
        raise Problem("invalid_request", faults=twice)
    return found
