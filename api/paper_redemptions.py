"""Paper redemptions: slips keyed in after the power came back, and the list of those that a person has to settle."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Day, Form, Id, Reason, VolunteerNo
from api.goods import answered_of_goods
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem, refused
from api.redemptions import Wanted, prizes_wanted
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.core.refusals.prizes import SlipUsed
from ledger.prizes import paper_redemptions, slip_books
from ledger.prizes.paper_redemptions import PaperRedemption
from ledger.prizes.slip_books import SlipBook
from ledger.prizes.slip_numbers import is_number
from ledger.prizes.slip_papers import LINES

routes = Routes("paper_redemptions")
_keyset = Keyset(str)


def _checked(number: str) -> str:
    if not is_number(number):
        raise PydanticCustomError("wrong_check_digit", "the digits do not check")
    return number


SlipNo = Annotated[str, StringConstraints(min_length=9, max_length=9, pattern="^[0-9]{9}$"), AfterValidator(_checked)]
"""As printed on the slip: its last digit checks the others."""


class NewPaperRedemption(Form):
    """What a slip says, and on which day it was filled in."""

    slip_no: SlipNo
    volunteer_no: VolunteerNo
    items: Annotated[list[Wanted], Field(min_length=1, max_length=LINES)]
    given_on: Day


class VoidedSlip(Form):
    """The number of a slip that was spoilt."""

    slip_no: SlipNo


class SlipSettling(Form):
    """What is made of it, and why: `posted` after all, whatever limits say; a `debt` of what is missing; or the goods
    as a `loss`, which is then to be confirmed as every write-off is.
    """

    outcome: Literal["posted", "debt", "loss"]
    reason: Reason


class SlipItemAnswer(TypedDict):
    """So many of one prize."""

    prize_id: str
    title: str
    quantity: int


class PaperRedemptionAnswer(TypedDict):
    """A slip that came back: posted, exception (it waits for a person), voided, debt or loss. `refusal` is the code of
    why it could not be posted; `transaction_seq` is that of the redemption or of the write-off.
    """

    id: str
    slip_no: str
    slip_book_id: str
    desk_id: str
    state: str
    volunteer_no: str | None
    items: list[SlipItemAnswer]
    given_on: str | None
    refusal: str | None
    keyed_on: str
    keyed_by: str
    settled_on: str | None
    settled_by: str | None
    transaction_seq: int | None


class PaperRedemptionPosted(PaperRedemptionAnswer):
    """The same, with its receipt where it was posted just now."""

    receipt_token: NotRequired[str]


class SlipSettledAnswer(TypedDict):
    """What it became."""

    id: str
    slip_no: str
    state: str
    transaction_seq: int
    receipt_token: str


class SlipsQuery(PageQuery):
    """Of one book, or in one state."""

    slip_book_id: Id | None = None
    state: Literal["posted", "exception", "voided", "debt", "loss"] | None = None


@routes.post(
    "/paper-redemptions",
    scope=Scope.REDEMPTIONS_WRITE,
    body=NewPaperRedemption,
    answer=PaperRedemptionPosted,
    posts=True,
)
def key_in(call: Call, form: NewPaperRedemption) -> Answer:
    """Key a slip in.

    It is checked against balance and stock of now. What cannot be posted is kept as an exception: the goods are gone.
    """
    book = _book(call, form.slip_no)
    volunteer = volunteer_of(call, form.volunteer_no, "/volunteer_no")
    items = prizes_wanted(call, form.items)
    if not book.printed_on <= form.given_on <= call.bank.today():
        raise Problem("invalid_request", faults=[Fault("/given_on", "out_of_range")])
    keyed = paper_redemptions.key_in(
        call.bank,
        call.by,
        call.request,
        book=book,
        slip_no=form.slip_no,
        volunteer=volunteer,
        items=items,
        given_on=form.given_on,
    )
    if keyed.entry is None:
        assert keyed.refusal is not None  # noqa: S101 - one or the other
        refused(keyed.refusal, replayed=keyed.replayed)
    told: dict[str, Any] = {**_told(keyed.entry)}
    if keyed.posted is not None:
        told["receipt_token"] = str(keyed.posted["receipt_token"])
    return Answer(told, 201, {"Idempotent-Replayed": "true"} if keyed.replayed else {})


@routes.post("/paper-redemptions/void", scope=Scope.REDEMPTIONS_WRITE, body=VoidedSlip, answer=PaperRedemptionAnswer)
def void(call: Call, form: VoidedSlip) -> PaperRedemptionAnswer:
    """Void a slip on which nothing was handed out."""
    made = paper_redemptions.void(call.bank, call.by, _book(call, form.slip_no), form.slip_no)
    if isinstance(made, SlipUsed):
        refused(made)
    return _told(made)


@routes.get(
    "/paper-redemptions", scope=Scope.REDEMPTIONS_WRITE, query=SlipsQuery, answer=page_of(PaperRedemptionAnswer)
)
def page(call: Call, query: SlipsQuery) -> Answer:
    """List slips that came back, by number; with `state=exception` those that wait for a person."""
    if query.slip_book_id is not None:
        reached(call, slip_books.find(call.bank, query.slip_book_id), "/slip_book_id")
    found = paper_redemptions.page(
        call.bank,
        within=call.within,
        state=query.state,
        book_id=query.slip_book_id,
        after=_keyset.after(query),
        limit=query.limit,
    )
    return _keyset.answer(found, _told)


@routes.get("/paper-redemptions/<id:paper_id>", scope=Scope.REDEMPTIONS_WRITE, answer=PaperRedemptionAnswer)
def show(call: Call, paper_id: UUID) -> PaperRedemptionAnswer:
    """Look a slip up."""
    return _told(reached(call, paper_redemptions.find(call.bank, paper_id)))


@routes.post(
    "/paper-redemptions/<id:paper_id>/settle",
    scope=Scope.REDEMPTIONS_REVERSE,
    body=SlipSettling,
    answer=SlipSettledAnswer,
    posts=True,
)
def settle(call: Call, paper_id: UUID, form: SlipSettling) -> Answer:
    """Settle an exception, as another person than who keyed it in."""
    entry = reached(call, paper_redemptions.find(call.bank, paper_id))
    outcome = paper_redemptions.settle(call.bank, call.by, call.request, entry, form.outcome, form.reason)
    made = answered_of_goods(call, outcome)
    told: SlipSettledAnswer = {
        "id": outcome.answer["paper_redemption_id"],
        "slip_no": entry.slip_no,
        "state": outcome.answer["outcome"],
        "transaction_seq": outcome.answer["transaction_seq"],
        "receipt_token": outcome.answer["receipt_token"],
    }
    return Answer(told, made.status, made.headers)


def _book(call: Call, slip_no: str) -> SlipBook:
    """The book of this number; 404 where no such slip was printed within reach."""
    return reached(call, slip_books.of_number(call.bank, slip_no), "/slip_no")


def _told(entry: PaperRedemption) -> PaperRedemptionAnswer:
    return {
        "id": str(entry.id),
        "slip_no": entry.slip_no,
        "slip_book_id": str(entry.book_id),
        "desk_id": str(entry.desk_id),
        "state": entry.state,
        "volunteer_no": entry.volunteer_no,
        "items": [{"prize_id": str(one.prize_id), "title": one.title, "quantity": one.quantity} for one in entry.items],
        "given_on": entry.given_on.isoformat() if entry.given_on else None,
        "refusal": entry.refusal,
        "keyed_on": entry.keyed_on.isoformat(),
        "keyed_by": str(entry.keyed_by),
        "settled_on": entry.settled_on.isoformat() if entry.settled_on else None,
        "settled_by": str(entry.settled_by) if entry.settled_by else None,
        "transaction_seq": entry.transaction_seq,
    }
