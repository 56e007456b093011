"""Desk sessions: a desk's day is opened, counted, signed by a second person, and then it does not change."""

from __future__ import annotations

from typing import Annotated, NotRequired
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Form, Id
from api.goods import answered_of_goods
from api.idempotency import answered
from api.organisations import refuse_closed
from api.pagination import Keyset, PageQuery
from api.problems import Problem
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.stock_reports import CountOf, LineAnswer, StockReportPosted, counted, line_told
from ledger.papers import PapersMissing
from ledger.people import organisations
from ledger.prizes import catalogue, day_papers, desk_sessions
from ledger.prizes.desk_sessions import DeskSession, SheetLine
from ledger.prizes.report_stock import LINES_MAX

routes = Routes("desk_sessions")
_keyset = Keyset(int)


class NewDeskSession(Form):
    """Which desk opens its day: on what the last close left, or with a count of what stands there now."""

    desk_id: Id
    counts: Annotated[list[CountOf], Field(min_length=1, max_length=LINES_MAX)] | None = None


class Closing(Form):
    """Everything that stands on the shelf, prize by prize. What the book still has must be there, if only as 0."""

    counts: Annotated[list[CountOf], Field(max_length=LINES_MAX)]


class DeskSessionPosted(TypedDict):
    """The day is open. `count`: what was counted with it; its differences wait for a second person."""

    id: str
    desk_id: str
    state: str
    count: NotRequired[StockReportPosted]
    transaction_seq: int
    receipt_token: str


class DeskSessionAnswer(TypedDict):
    """A day of a desk: open, counted (it waits for the second person to confirm the report), or closed."""

    id: str
    desk_id: str
    state: str
    opened_on: str
    opened_by: str
    report_id: str | None
    counted_by: str | None
    signed_by: str | None
    transaction_seq: int


class SheetLineAnswer(TypedDict):
    """One prize in a day. The columns from `opening` to `adjusted` add up to `expected`, of which `held` are set aside
    for reservations. `counted` is null while nobody has counted.
    """

    prize_id: str
    title: str
    opening: int
    received: int
    transferred: int
    handed_out: int
    returned: int
    written_off: int
    adjusted: int
    expected: int
    held: int
    counted: int | None


class SheetPoints(TypedDict):
    """Points in the smallest unit, and in how many transactions."""

    redeemed: int
    redemptions: int
    refunded: int
    refunds: int


class SheetSlip(TypedDict):
    """A paper slip, and what it was when it was keyed in: posted, exception or voided."""

    slip_no: str
    state: str


class DaySheetAnswer(TypedDict):
    """The day as the ledger tells it: everything at the desk in the transactions from `from_seq` to `until_seq`;
    `leaf_hash` is that of the last one. Of a closed day it never changes.
    """

    session: DeskSessionAnswer
    desk_name: str
    from_seq: int
    until_seq: int
    leaf_hash: str
    lines: list[SheetLineAnswer]
    differences: list[LineAnswer]
    slips: list[SheetSlip]
    points: SheetPoints


class SessionsQuery(PageQuery):
    """Of one desk, or of all."""

    desk_id: Id | None = None


@routes.post("/desk-sessions", scope=Scope.STOCK_WRITE, body=NewDeskSession, answer=DeskSessionPosted, posts=True)
def open(call: Call, form: NewDeskSession) -> Answer:  # noqa: A001 - the bank's own word
    """Open a desk's day.

    From the first time on, the desk hands nothing over after a day was closed and before the next one is open.
    """
    desk = reached(call, catalogue.find_desk(call.bank, form.desk_id), "/desk_id")
    refuse_closed(organisations.find(call.bank, desk.organisation_id), "/desk_id")
    if form.counts is None:
        return answered(desk_sessions.open_session(call.bank, call.by, call.request, desk=desk))
    counts = counted(call, form.counts)
    opened = desk_sessions.open_with_count(call.bank, call.by, call.request, desk=desk, counts=counts)
    made = answered_of_goods(call, opened.day)
    return Answer({**opened.day.answer, "count": opened.count.answer if opened.count else None}, 201, made.headers)


@routes.post(
    "/desk-sessions/<id:session_id>/close", scope=Scope.STOCK_WRITE, body=Closing, answer=StockReportPosted, posts=True
)
def close(call: Call, session_id: UUID, form: Closing) -> Answer:
    """Count everything and end the day here.

    It is closed when a second person confirms the report; until then it can be counted again. What is posted after the
    count belongs to the next day.
    """
    session = reached(call, desk_sessions.find(call.bank, session_id))
    desk = reached(call, catalogue.find_desk(call.bank, session.desk_id))
    counts = counted(call, form.counts)
    return answered_of_goods(call, desk_sessions.close(call.bank, call.by, call.request, session, desk, counts))


@routes.get("/desk-sessions", scope=Scope.STOCK_READ, query=SessionsQuery, answer=page_of(DeskSessionAnswer))
def page(call: Call, query: SessionsQuery) -> Answer:
    """List the days of desks, the newest first."""
    if query.desk_id is not None:
        reached(call, catalogue.find_desk(call.bank, query.desk_id), "/desk_id")
    found = desk_sessions.page(
        call.bank, within=call.within, desk_id=query.desk_id, after=_keyset.after(query), limit=query.limit
    )
    return _keyset.answer(found, _told)


@routes.get("/desk-sessions/<id:session_id>", scope=Scope.STOCK_READ, answer=DeskSessionAnswer)
def show(call: Call, session_id: UUID) -> DeskSessionAnswer:
    """Look a day up."""
    return _told(reached(call, desk_sessions.find(call.bank, session_id)))


@routes.get("/desk-sessions/<id:session_id>/sheet", scope=Scope.STOCK_READ, answer=DaySheetAnswer)
def sheet(call: Call, session_id: UUID) -> DaySheetAnswer:
    """The day sheet: what was there, what moved, what was counted. Of an open day as it stands now."""
    made = desk_sessions.sheet(call.bank, reached(call, desk_sessions.find(call.bank, session_id)))
    return {
        "session": _told(made.session),
        "desk_name": made.session.desk_name,
        "from_seq": made.after_seq + 1,
        "until_seq": made.until_seq,
        "leaf_hash": made.leaf_hash.hex(),
        "lines": [_line(line) for line in made.lines],
        "differences": [
            line_told(line) for line in (made.close.lines if made.close else ()) if line.counted != line.expected
        ],
        "slips": [{"slip_no": number, "state": state} for number, state in made.slips],
        "points": {
            "redeemed": made.points.redeemed,
            "redemptions": made.points.redemptions,
            "refunded": made.points.refunded,
            "refunds": made.points.refunds,
        },
    }


@routes.get(
    "/desk-sessions/<id:session_id>/sheet.pdf", scope=Scope.STOCK_READ, answer=str, media_type="application/pdf"
)
def paper(call: Call, session_id: UUID) -> Answer:
    """Have the day sheet on paper, to be signed and filed."""
    session = reached(call, desk_sessions.find(call.bank, session_id))
    try:
        made = day_papers.paper(call.bank, session)
    except PapersMissing as missing:
        raise Problem("papers_missing", detail=("请先安装: pip install pioneer-bank[pdf]", str(missing))) from None
    name = f"day-{session.opened_on.isoformat()}-{session.seq}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return Answer(made, headers=headers, media_type="application/pdf")


def _line(line: SheetLine) -> SheetLineAnswer:
    return {
        "prize_id": str(line.prize_id),
        "title": line.title,
        "opening": line.opening,
        "received": line.received,
        "transferred": line.transferred,
        "handed_out": line.handed_out,
        "returned": line.returned,
        "written_off": line.written_off,
        "adjusted": line.adjusted,
        "expected": line.expected,
        "held": line.held,
        "counted": line.counted,
    }


def _told(session: DeskSession) -> DeskSessionAnswer:
    return {
        "id": str(session.id),
        "desk_id": str(session.desk_id),
        "state": session.state,
        "opened_on": session.opened_on.isoformat(),
        "opened_by": str(session.opened_by),
        "report_id": str(session.report_id) if session.report_id else None,
        "counted_by": str(session.counted_by) if session.counted_by else None,
        "signed_by": str(session.signed_by) if session.signed_by else None,
        "transaction_seq": session.seq,
    }
