"""Slip books: numbered paper slips for a redemption day without power or network."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Form, Id
from api.organisations import refuse_closed
from api.pagination import Keyset, PageQuery
from api.problems import Problem
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.papers import PapersMissing
from ledger.people import organisations
from ledger.prizes import catalogue, slip_books, slip_papers
from ledger.prizes.slip_books import SLIPS_MAX, SlipBook

routes = Routes("slip_books")
_keyset = Keyset(int)


class NewSlipBook(Form):
    """How many slips, and for which desk."""

    desk_id: Id
    slips: Annotated[int, Field(ge=1, le=SLIPS_MAX)]


class SlipBookAnswer(TypedDict):
    """A book of slips. `back` were keyed in or voided, the others are missing; `exceptions` wait for a person."""

    id: str
    desk_id: str
    first_no: str
    last_no: str
    slips: int
    printed_on: str
    printed_by: str
    back: int
    voided: int
    exceptions: int
    missing: int


class WholeSlipBookAnswer(SlipBookAnswer):
    """The same, with each number that is missing."""

    missing_numbers: list[str]


class SlipBooksQuery(PageQuery):
    """Of one desk, or of all."""

    desk_id: Id | None = None


@routes.post("/slip-books", scope=Scope.STOCK_WRITE, body=NewSlipBook, answer=SlipBookAnswer)
def prepare(call: Call, form: NewSlipBook) -> SlipBookAnswer:
    """Have numbered slips for a desk, to be printed before they are needed."""
    desk = reached(call, catalogue.find_desk(call.bank, form.desk_id), "/desk_id")
    refuse_closed(organisations.find(call.bank, desk.organisation_id), "/desk_id")
    return _told(slip_books.prepare(call.bank, call.by, desk=desk, slips=form.slips))


@routes.get("/slip-books", scope=Scope.STOCK_READ, query=SlipBooksQuery, answer=page_of(SlipBookAnswer))
def page(call: Call, query: SlipBooksQuery) -> Answer:
    """List the books, the newest first."""
    if query.desk_id is not None:
        reached(call, catalogue.find_desk(call.bank, query.desk_id), "/desk_id")
    found = slip_books.page(
        call.bank, within=call.within, desk_id=query.desk_id, after=_keyset.after(query), limit=query.limit
    )
    return _keyset.answer(found, _told)


@routes.get("/slip-books/<id:book_id>", scope=Scope.STOCK_READ, answer=WholeSlipBookAnswer)
def show(call: Call, book_id: UUID) -> WholeSlipBookAnswer:
    """Look a book up: which of its numbers are missing."""
    book = reached(call, slip_books.find(call.bank, book_id))
    return {**_told(book), "missing_numbers": slip_books.missing(call.bank, book)}


@routes.get("/slip-books/<id:book_id>/slips.pdf", scope=Scope.STOCK_READ, answer=str, media_type="application/pdf")
def paper(call: Call, book_id: UUID) -> Answer:
    """Have the slips on paper."""
    book = reached(call, slip_books.find(call.bank, book_id))
    try:
        made = slip_papers.paper(call.bank, book)
    except PapersMissing as missing:
        raise Problem("papers_missing", detail=("请先安装: pip install pioneer-bank[pdf]", str(missing))) from None
    headers = {
        "Content-Disposition": f'inline; filename="slips-{book.first_no}-{book.last_no}.pdf"',
        "Cache-Control": "no-store",
    }
    return Answer(made, headers=headers, media_type="application/pdf")


def _told(book: SlipBook) -> SlipBookAnswer:
    return {
        "id": str(book.id),
        "desk_id": str(book.desk_id),
        "first_no": book.first_no,
        "last_no": book.last_no,
        "slips": book.slips,
        "printed_on": book.printed_on.isoformat(),
        "printed_by": str(book.printed_by),
        "back": book.back,
        "voided": book.voided,
        "exceptions": book.exceptions,
        "missing": book.missing,
    }
