"""Guests: a volunteer of another organisation who came to help or to redeem, as a stranger may see them
(docs/decisions/0008).
"""

from __future__ import annotations

from typing_extensions import TypedDict

from api import throttling
from api.problems import unknown
from api.routes import Call, Routes
from api.scopes import Scope
from ledger.bank import Note
from ledger.people import masking, volunteers
from ledger.people.throttles import Act
from ledger.people.volunteers import Volunteer

routes = Routes("guests")


class GuestAnswer(TypedDict):
    """Enough to see that the number is that of the person who stands there, and nothing more."""

    volunteer_no: str
    masked_name: str


@routes.get("/guests/<number:volunteer_no>", scope=Scope.VOLUNTEERS_READ, answer=GuestAnswer)
def show(call: Call, volunteer_no: str) -> GuestAnswer:
    """Confirm a volunteer of any organisation by the whole of their number."""
    throttling.admit(call.bank, Act.SEARCH, account=call.actor.id, device=call.by.device)
    volunteer = guest_of(call, volunteer_no)
    call.bank.noted(
        call.by, Note(action="view", kind="volunteer", subject=volunteer.id, change={"fields": ["masked_name"]})
    )
    return {"volunteer_no": volunteer.volunteer_no, "masked_name": masking.masked(volunteer.name)}


def guest_of(call: Call, volunteer_no: str, pointer: str | None = None) -> Volunteer:
    """The volunteer with this number, wherever they belong; else 404. Whoever types the whole number (nine digits at
    random and one to check them) was told it by its owner.
    """
    found = volunteers.find(call.bank, volunteer_no) if volunteers.is_number(volunteer_no) else None
    if found is None:
        unknown(pointer)
    return found
