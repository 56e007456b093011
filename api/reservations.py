"""Reservations: set aside, collected with a code, cancelled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal, NotRequired
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints
from typing_extensions import TypedDict

from api import throttling
from api.answers import page_of
from api.commons import offered
from api.fields import Form, Id, Nothing, VolunteerNo, whole
from api.goods import answered_of_goods
from api.idempotency import answered
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem, unknown
from api.redemptions import ITEMS_MAX, For, Paid, RedeemedAnswer, RedemptionAnswer, Wanted, agency_of, payer_of, spender
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.sessions import Pin
from api.volunteers import volunteer_of
from ledger.people import volunteers
from ledger.people.volunteers import Volunteer
from ledger.prizes import catalogue, pickup_codes, reservations
from ledger.prizes.catalogue import Prize
from ledger.prizes.redemptions import Beneficiary
from ledger.prizes.reservations import Reservation

routes = Routes("reservations")
_keyset = Keyset(date, UUID)

PickupCode = Annotated[str, StringConstraints(min_length=9, max_length=9, pattern="^[0-9]{9}$")]


class NewReservation(Paid):
    """What is to be set aside, and at which desk. A volunteer reserves for themselves; the desk names them, and a
    volunteer of another organisation types their PIN there. A member who spends from a household or group names it at
    the desk.
    """

    volunteer_no: VolunteerNo | None = None
    pin: Pin | None = None
    desk_id: Id
    items: Annotated[list[Wanted], Field(min_length=1, max_length=ITEMS_MAX)]
    beneficiary: For | None = None


class Collecting(Form):
    """The code that the volunteer shows. `collected_by` is the authorisation of who stands there for them."""

    pickup_code: PickupCode
    collected_by: Id | None = None


class ReservationPosted(TypedDict):
    """Set aside until the end of `due_on`, at this price."""

    id: str
    desk_id: str
    points: int
    items: list[RedeemedAnswer]
    due_on: str
    pickup_code: str
    household_id: NotRequired[str]
    group_id: NotRequired[str]
    notices: NotRequired[list[dict[str, str]]]
    transaction_seq: int
    receipt_token: str


class ReleasedAnswer(TypedDict):
    """Given up; so many points came back, in the smallest unit."""

    id: str
    state: str
    points: int
    transaction_seq: int
    receipt_token: str


class ReservationAnswer(TypedDict):
    """A reservation: reserved, collected, cancelled, expired or forfeited. Only its owner is told the code, while it
    stands.
    """

    id: str
    volunteer_no: str
    desk_id: str
    state: str
    reserved_on: str
    due_on: str
    points: int
    items: list[RedeemedAnswer]
    redemption_id: str | None
    pickup_code: NotRequired[str]
    transaction_seq: int


class ReservationsQuery(PageQuery):
    """Of one volunteer, at one desk, in one state; to be collected within so many days."""

    volunteer_no: VolunteerNo | None = None
    desk_id: Id | None = None
    state: Literal["reserved", "ended"] | None = None
    due_within: Annotated[int, Field(ge=0, le=366), BeforeValidator(whole)] | None = None


@routes.post(
    "/reservations",
    scope=Scope.REDEMPTIONS_WRITE,
    own=True,
    body=NewReservation,
    answer=ReservationPosted,
    posts=True,
)
def reserve(call: Call, form: NewReservation) -> Answer:
    """Set prizes aside for points.

    The price is that of the moment, whatever happens to it until they are collected.
    """
    payer = payer_of(call, form)
    volunteer = _reserver(call, form)
    desk = offered(call, catalogue.find_desk(call.bank, form.desk_id), "/desk_id")
    outcome = reservations.reserve(
        call.bank,
        call.by,
        call.request,
        volunteer=volunteer,
        desk=desk,
        items=_prizes(call, form.items),
        beneficiary=Beneficiary(form.beneficiary.relation, form.beneficiary.age) if form.beneficiary else None,
        payer=payer,
    )
    made, body = answered_of_goods(call, outcome), dict(outcome.answer)
    code = reservations.code_of(call.bank, UUID(body["id"]), volunteer=volunteer.id, desk=desk.id)
    return Answer(body | {"pickup_code": code}, made.status, made.headers)


@routes.get(
    "/reservations",
    scope=Scope.REDEMPTIONS_WRITE,
    own=True,
    query=ReservationsQuery,
    answer=page_of(ReservationAnswer),
)
def page(call: Call, query: ReservationsQuery) -> Answer:
    """List reservations, the nearest deadline first: whom to remind, or one's own."""
    own = call.caller.own
    if own is None and query.volunteer_no is not None:
        own = volunteer_of(call, query.volunteer_no).id
    if query.desk_id is not None and not call.caller.own:
        reached(call, catalogue.find_desk(call.bank, query.desk_id), "/desk_id")
    days = query.due_within
    found = reservations.page(
        call.bank,
        within=None if call.caller.own else call.within,
        volunteer_id=own,
        desk_id=query.desk_id,
        is_open=None if query.state is None else query.state == "reserved",
        due_by=None if days is None else call.bank.today() + timedelta(days=days),
        after=_keyset.after(query),
        limit=query.limit,
    )
    return _keyset.answer(found, lambda one: told(call, one))


@routes.get("/reservations/<id:reservation_id>", scope=Scope.REDEMPTIONS_WRITE, own=True, answer=ReservationAnswer)
def show(call: Call, reservation_id: UUID) -> ReservationAnswer:
    """Look a reservation up."""
    return told(call, reached(call, reservations.find(call.bank, reservation_id)))


@routes.post(
    "/reservations/<id:reservation_id>/collect",
    scope=Scope.REDEMPTIONS_WRITE,
    body=Collecting,
    answer=RedemptionAnswer,
    posts=True,
)
def collect(call: Call, reservation_id: UUID, form: Collecting) -> Answer:
    """Hand over what was reserved.

    The code is of this reservation, its person and its desk. A wrong one is 422, and holds up the next try.
    """
    reservation = reached(call, reservations.find(call.bank, reservation_id))
    desk = reached(call, catalogue.find_desk(call.bank, reservation.desk_id))
    source = throttling.source(call.bank, call.by.device)
    owner = {"volunteer": reservation.volunteer_id, "desk": desk.id}
    if not pickup_codes.is_right(call.bank, source, form.pickup_code, reservation.id, **owner):
        raise Problem("invalid_request", faults=[Fault("/pickup_code", "wrong_pickup_code")])
    agency = agency_of(call, reservation.volunteer_id, form.collected_by) if form.collected_by else None
    return answered(reservations.collect(call.bank, call.by, call.request, reservation, desk, agency=agency))


@routes.post(
    "/reservations/<id:reservation_id>/cancel",
    scope=Scope.REDEMPTIONS_WRITE,
    own=True,
    body=Nothing,
    answer=ReleasedAnswer,
    posts=True,
)
def cancel(call: Call, reservation_id: UUID, form: Nothing) -> Answer:  # noqa: ARG001 - it holds nothing
    """Give a reservation up: points go back to their lots, goods to the shelf."""
    reservation = reached(call, reservations.find(call.bank, reservation_id))
    return answered(reservations.cancel(call.bank, call.by, call.request, reservation))


def _reserver(call: Call, form: NewReservation) -> Volunteer:
    """Who reserves: the volunteer who calls, or whom the desk names."""
    own = call.caller.own
    if own is not None:
        found = volunteers.find_by_id(call.bank, own)
        return found if found and form.volunteer_no in (None, found.volunteer_no) else unknown("/volunteer_no")
    if form.volunteer_no is None:
        raise Problem("invalid_request", faults=[Fault("/volunteer_no", "missing")])
    return spender(call, form.volunteer_no, form.pin)


def _prizes(call: Call, items: list[Wanted]) -> list[tuple[Prize, int]]:
    """The prizes wanted; 404 naming all those that this caller does not know."""
    found = catalogue.find_prizes(call.bank, sorted({item.prize_id for item in items}))
    for at, item in enumerate(items):
        offered(call, found.get(item.prize_id), f"/items/{at}/prize_id")
    return [(found[item.prize_id], item.quantity) for item in items]


def told(call: Call, one: Reservation) -> ReservationAnswer:
    answer: ReservationAnswer = {
        "id": str(one.id),
        "volunteer_no": one.volunteer_no,
        "desk_id": str(one.desk_id),
        "state": one.state,
        "reserved_on": one.reserved_on.isoformat(),
        "due_on": one.due_on.isoformat(),
        "points": one.points,
        "items": [
            {
                "prize_id": str(item.prize_id),
                "title": item.title,
                "quantity": item.quantity,
                "cost_points": item.cost_points,
            }
            for item in one.items
        ],
        "redemption_id": str(one.redemption_id) if one.redemption_id else None,
        "transaction_seq": one.seq,
    }
    if call.caller.own and one.state == "reserved":
        answer["pickup_code"] = reservations.code_of(call.bank, one.id, volunteer=one.volunteer_id, desk=one.desk_id)
    return answer
