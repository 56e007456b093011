"""Cards and PINs, as staff hand them out: issued, printed, replaced, reported lost; a PIN is set in person."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.fields import Form, Id
from api.problems import Fault, Problem, unknown
from api.rendering import Answer, instant
from api.routes import Call, Routes
from api.scopes import Scope
from api.sessions import Pin, PinAnswer
from api.volunteers import volunteer_of
from ledger.people import cards, pins, printing
from ledger.people.cards import Card
from ledger.people.volunteers import Volunteer

routes = Routes("cards")

Reason = Literal["lost", "replaced", "revoked"]
SVG = "image/svg+xml"
PNG = "image/png"


class NewCard(Form):
    """A card to hand out; the one it replaces opens nothing from then on."""

    replaces: Id | None = None


class CardEnd(Form):
    """Why a card opens nothing any more."""

    reason: Reason


class NewPin(Form):
    """Six digits that the volunteer has chosen."""

    pin: Pin


class CardAnswer(TypedDict):
    """A card. `ended_at` is null while it is good."""

    id: str
    card_no: str
    issued_at: str
    ended_at: str | None
    ended_for: Reason | None


class CardsAnswer(TypedDict):
    """All cards of a volunteer, the oldest first."""

    items: list[CardAnswer]


@routes.post("/volunteers/<number:volunteer_no>/cards", scope=Scope.CARDS_WRITE, body=NewCard, answer=CardAnswer)
def issue(call: Call, volunteer_no: str, form: NewCard) -> CardAnswer:
    """Issue a card."""
    volunteer = volunteer_of(call, volunteer_no)
    replaced = _card(call, volunteer, form.replaces, "/replaces") if form.replaces else None
    return _told(cards.issue(call.bank, call.by, volunteer, replaces=replaced))


@routes.get("/volunteers/<number:volunteer_no>/cards", scope=Scope.CARDS_WRITE, own=True, answer=CardsAnswer)
def show(call: Call, volunteer_no: str) -> CardsAnswer:
    """List a volunteer's cards."""
    return {"items": [_told(card) for card in cards.of(call.bank, volunteer_of(call, volunteer_no))]}


@routes.post(
    "/volunteers/<number:volunteer_no>/cards/<id:card_id>/end",
    scope=Scope.CARDS_WRITE,
    own=True,
    body=CardEnd,
    answer=CardAnswer,
    status=200,
)
def end(call: Call, volunteer_no: str, card_id: UUID, form: CardEnd) -> CardAnswer:
    """Report a card lost, or revoke it."""
    card = _card(call, volunteer_of(call, volunteer_no), card_id)
    return _told(cards.end(call.bank, call.by, card, form.reason))


@routes.get(
    "/volunteers/<number:volunteer_no>/cards/<id:card_id>/qr.svg",
    scope=Scope.CARDS_WRITE,
    answer=str,
    media_type=SVG,
)
def qr_svg(call: Call, volunteer_no: str, card_id: UUID) -> Answer:
    """Print a card's number as a QR code, to be scaled."""
    card = _card(call, volunteer_of(call, volunteer_no), card_id)
    return Answer(printing.svg(card.card_no), media_type=SVG)


@routes.get(
    "/volunteers/<number:volunteer_no>/cards/<id:card_id>/qr.png",
    scope=Scope.CARDS_WRITE,
    answer=bytes,
    media_type=PNG,
)
def qr_png(call: Call, volunteer_no: str, card_id: UUID) -> Answer:
    """Print a card's number as a QR code, in dots."""
    card = _card(call, volunteer_of(call, volunteer_no), card_id)
    return Answer(printing.png(card.card_no), media_type=PNG)


@routes.get(
    "/volunteers/<number:volunteer_no>/cards/<id:card_id>/face.svg",
    scope=Scope.CARDS_WRITE,
    answer=str,
    media_type=SVG,
)
def face(call: Call, volunteer_no: str, card_id: UUID) -> Answer:
    """Print a whole card: name, number and QR code."""
    volunteer = volunteer_of(call, volunteer_no)
    card = _card(call, volunteer, card_id)
    shown = printing.card_face(card.card_no, bank=call.bank.charter.name, name=volunteer.name)
    return Answer(shown, media_type=SVG)


@routes.post("/volunteers/<number:volunteer_no>/pin", scope=Scope.PINS_WRITE, body=NewPin, answer=PinAnswer, status=200)
def set_pin(call: Call, volunteer_no: str, form: NewPin) -> PinAnswer:
    """Set a volunteer's PIN who stands before you, or reset it."""
    if not pins.set_pin(call.bank, call.by, volunteer_of(call, volunteer_no), form.pin):
        raise Problem("invalid_request", faults=[Fault("/pin", "easily_guessed")])
    return {"volunteer_no": volunteer_no}


def _card(call: Call, volunteer: Volunteer, card_id: UUID, pointer: str | None = None) -> Card:
    """A card of this volunteer, and of nobody else."""
    card = cards.find(call.bank, card_id)
    if card is None or card.volunteer_id != volunteer.id:
        unknown(pointer)
    return card


def _told(card: Card) -> CardAnswer:
    return {
        "id": str(card.id),
        "card_no": card.card_no,
        "issued_at": instant(card.issued_at),
        "ended_at": instant(card.ended_at) if card.ended_at is not None else None,
        "ended_for": card.ended_for,  # type: ignore[typeddict-item]
    }
