"""Identifications: who stands before a clerk, by what they show. What a clerk may look up by number or name anyway, a
card or a code on a screen opens as well; with the PIN it opens for whoever belongs elsewhere.
"""

from __future__ import annotations

from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from api import throttling
from api.balances import PointsAnswer, balance_of
from api.fields import Form, VolunteerNo
from api.problems import Fault, Problem
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.sessions import CardNo, Pin, ScreenNo
from api.volunteers import volunteer_of
from ledger.people import cards, pins, screens, viewings
from ledger.people.throttles import Act
from ledger.people.viewings import viewed
from ledger.people.volunteers import Volunteer

routes = Routes("identifications")


class Showing(Form):
    """Exactly one of a volunteer number, a card and a code on a screen; the PIN with a number or a card."""

    volunteer_no: VolunteerNo | None = None
    card: CardNo | None = None
    code: ScreenNo | None = None
    pin: Pin | None = None

    @model_validator(mode="after")
    def shows_one(self) -> Self:
        if sum(each is not None for each in (self.volunteer_no, self.card, self.code)) != 1:
            raise PydanticCustomError("one_shown", "give one of volunteer_no, card and code")
        if self.code is not None and self.pin is not None:
            raise PydanticCustomError("one_shown", "a code needs no PIN")
        return self


class ShownAnswer(TypedDict):
    """Who it is. A guest belongs to another organisation: their points go with their PIN only."""

    volunteer_no: str
    name: str
    is_guest: bool
    points: PointsAnswer


@routes.post("/identifications", scope=Scope.REDEMPTIONS_WRITE, body=Showing, answer=ShownAnswer, status=200)
def identify(call: Call, form: Showing) -> ShownAnswer:
    """See who stands at the desk. Who belongs elsewhere is known by number or card, and PIN: else 404."""
    volunteer = _proven(call, form) if form.pin else _shown(call, form)
    viewed(call.bank, call.by, viewings.BALANCE, volunteer)
    return {
        "volunteer_no": volunteer.volunteer_no,
        "name": volunteer.name,
        "is_guest": not call.reaches(volunteer.organisation_path),
        "points": balance_of(call, volunteer.owner, volunteer.organisation_path)["points"],
    }


def _proven(call: Call, form: Showing) -> Volunteer:
    """Whoever has this number or card, and this PIN; 422 for a wrong PIN and for nobody alike."""
    source = throttling.source(call.bank, call.by.device)
    found = pins.identified(call.bank, source, form.card or form.volunteer_no or "", form.pin or "")
    if found is None:
        raise Problem("invalid_request", faults=[Fault("/pin", "wrong_pin")])
    return found


def _shown(call: Call, form: Showing) -> Volunteer:
    if form.volunteer_no is not None:
        return volunteer_of(call, form.volunteer_no, "/volunteer_no")
    throttling.admit(call.bank, Act.SEARCH, account=call.actor.id, device=call.by.device)
    if form.card is not None:
        return reached(call, cards.holder(call.bank, form.card), "/card")
    shown = screens.spend(call.bank, form.code or "")
    return reached(call, cards.standing(call.bank, shown.volunteer_no) if shown else None, "/code")
