"""Pick-ups: what the code that somebody reads out is for. Many come with the code alone, and no card."""

from __future__ import annotations

from api import throttling
from api.fields import Form, Id
from api.problems import Fault, Problem
from api.reservations import PickupCode, ReservationAnswer, told
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.prizes import catalogue, pickups

routes = Routes("reservations")


class CodeRead(Form):
    """The code, and at which desk it is read out."""

    desk_id: Id
    pickup_code: PickupCode


@routes.post("/pickups", scope=Scope.REDEMPTIONS_WRITE, body=CodeRead, answer=ReservationAnswer, status=200)
def find(call: Call, form: CodeRead) -> ReservationAnswer:
    """Find the reservation that waits at this desk under a code. A wrong one is 422, and holds up the next try."""
    desk = reached(call, catalogue.find_desk(call.bank, form.desk_id), "/desk_id")
    found = pickups.find(call.bank, throttling.source(call.bank, call.by.device), desk, form.pickup_code)
    if found is None:
        raise Problem("invalid_request", faults=[Fault("/pickup_code", "wrong_pickup_code")])
    return told(call, found)
