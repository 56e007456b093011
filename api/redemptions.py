"""Redemptions: prizes for points, and back."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api import throttling
from api.answers import ExplanationLine, ReversalAnswer
from api.commons import is_known
from api.fields import Count, Form, Id, VolunteerNo, Word
from api.goods import answered_of_goods
from api.households import collective_of
from api.idempotency import answered
from api.problems import Fault, Problem, unknown
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.service_records import Reversing
from api.sessions import Pin, volunteer_here
from ledger.core.accounts import OwnerKind
from ledger.people import agents, pins
from ledger.people.agents import Agency
from ledger.people.households import Collective
from ledger.people.volunteers import Volunteer
from ledger.prizes import catalogue, redemptions
from ledger.prizes.catalogue import Prize
from ledger.prizes.redemptions import Beneficiary

routes = Routes("redemptions")

ITEMS_MAX = 100


class Wanted(Form):
    """So many of one prize."""

    prize_id: Id
    quantity: Count


class For(Form):
    """For whom else the points are used, as the rulebook calls the relation."""

    relation: Word
    age: Annotated[int, Field(ge=0, le=150)] | None = None


class Paid(Form):
    """The household or group whose points are spent; neither: the volunteer's own."""

    household_id: Id | None = None
    group_id: Id | None = None


class NewRedemption(Paid):
    """Who gets what, at which desk. A volunteer of another organisation types their PIN at the desk.

    A member who spends from a household or group names it. `collected_by` is the authorisation of an agent who stands
    there for the volunteer, and spends the volunteer's own points.
    """

    volunteer_no: VolunteerNo
    pin: Pin | None = None
    desk_id: Id
    items: Annotated[list[Wanted], Field(min_length=1, max_length=ITEMS_MAX)]
    beneficiary: For | None = None
    collected_by: Id | None = None


class RedeemedAnswer(TypedDict):
    """So many of one prize, at the price of the moment."""

    prize_id: str
    title: str
    quantity: int
    cost_points: int


class ReceiptAnswer(TypedDict):
    """What stands on the slip."""

    number: str
    on: str


class NoticeAnswer(TypedDict):
    """What people should look at first: a flag against the holder, or that what is left will be reset to zero. It
    refuses nothing.
    """

    code: str
    zh: str
    en: str


class RedemptionAnswer(TypedDict):
    """Handed over: points and goods in one transaction. Told only where it is so: which household or group paid,
    under which authorisation it was collected, which reservation it was, and how many points left were reset to zero.
    """

    id: str
    points: int
    items: list[RedeemedAnswer]
    receipt: ReceiptAnswer
    household_id: NotRequired[str]
    group_id: NotRequired[str]
    collected_by: NotRequired[str]
    reservation_id: NotRequired[str]
    reset_points: NotRequired[int]
    explanation: NotRequired[list[ExplanationLine]]
    notices: NotRequired[list[NoticeAnswer]]
    transaction_seq: int
    receipt_token: str


class Refunding(Reversing):
    """Why it comes back, and whether somebody else may still have it."""

    goods: Literal["sellable", "damaged"] = "sellable"


@routes.post("/redemptions", scope=Scope.REDEMPTIONS_WRITE, body=NewRedemption, answer=RedemptionAnswer, posts=True)
def redeem(call: Call, form: NewRedemption) -> Answer:
    """Hand prizes over for points."""
    payer = payer_of(call, form)
    volunteer = spender(call, form.volunteer_no, form.pin)
    return answered_of_goods(
        call,
        redemptions.redeem(
            call.bank,
            call.by,
            call.request,
            volunteer=volunteer,
            desk=reached(call, catalogue.find_desk(call.bank, form.desk_id), "/desk_id"),
            items=prizes_wanted(call, form.items),
            beneficiary=Beneficiary(form.beneficiary.relation, form.beneficiary.age) if form.beneficiary else None,
            payer=payer,
            agency=agency_of(call, volunteer.id, form.collected_by) if form.collected_by else None,
        ),
    )


class ObjectionAnswer(TypedDict):
    """One reason for a no, to be read out. `prize_id` is what it is about; null: the whole."""

    code: str
    zh: str
    en: str
    prize_id: str | None


class CheckAnswer(TypedDict):
    """What would come of it now: `possible` where there is no reason for a no. Points in the smallest unit."""

    possible: bool
    points: int
    available: int
    reasons: list[ObjectionAnswer]
    notices: list[NoticeAnswer]


@routes.post("/redemptions/check", scope=Scope.REDEMPTIONS_WRITE, body=NewRedemption, answer=CheckAnswer, status=200)
def check(call: Call, form: NewRedemption) -> CheckAnswer:
    """Ask what would come of a redemption, with every reason for a no at once. Nothing is posted."""
    payer = payer_of(call, form)
    volunteer = spender(call, form.volunteer_no, form.pin)
    found = redemptions.check(
        call.bank,
        call.by,
        volunteer=volunteer,
        desk=reached(call, catalogue.find_desk(call.bank, form.desk_id), "/desk_id"),
        items=prizes_wanted(call, form.items),
        beneficiary=Beneficiary(form.beneficiary.relation, form.beneficiary.age) if form.beneficiary else None,
        payer=payer,
        agency=agency_of(call, volunteer.id, form.collected_by) if form.collected_by else None,
    )
    return {
        "possible": not found.objections,
        "points": found.points,
        "available": found.available,
        "reasons": [
            {"code": one.code, "zh": one.zh, "en": one.en, "prize_id": str(one.prize) if one.prize else None}
            for one in found.objections
        ],
        "notices": [{"code": one.code, "zh": one.text.zh, "en": one.text.en} for one in found.notices],
    }


@routes.post(
    "/redemptions/<id:redemption_id>/reverse",
    scope=Scope.REDEMPTIONS_REVERSE,
    body=Refunding,
    answer=ReversalAnswer,
    posts=True,
)
def reverse(call: Call, redemption_id: UUID, form: Refunding) -> Answer:
    """Take prizes back: points and goods return to where they came from.

    Another person does it than handed them over, in the days that the rulebook allows. What is damaged is written off.
    """
    undone = redemptions.find(call.bank, redemption_id)
    if undone is None:
        unknown()
    reached(call, catalogue.find_desk(call.bank, undone.desk_id))
    return answered(redemptions.reverse(call.bank, call.by, call.request, undone, form.reason, goods=form.goods))


def spender(call: Call, volunteer_no: str, pin: str | None) -> Volunteer:
    """Whose points go: a volunteer within reach by number, any other by number and PIN, or after identifying themselves
    at this very desk. Refuses 404, and 422 for a wrong PIN and an unknown number alike; 429 where too many were tried.
    """
    if pin is None:
        return volunteer_here(call, volunteer_no, "/volunteer_no")
    found = pins.identified(call.bank, throttling.source(call.bank, call.by.device), volunteer_no, pin)
    if found is None:
        raise Problem("invalid_request", faults=[Fault("/pin", "wrong_pin")])
    return found


def payer_of(call: Call, form: Paid) -> Collective | None:
    """Who pays, if not the volunteer; 422 where two are named, or an agent would spend what belongs to several."""
    named = [name for name in ("household_id", "group_id", "collected_by") if getattr(form, name, None) is not None]
    if len(named) > 1:
        raise Problem("invalid_request", faults=[Fault(f"/{name}", "not_together") for name in named])
    if form.household_id is not None:
        return collective_of(call, OwnerKind.HOUSEHOLD, form.household_id, "/household_id")
    if form.group_id is not None:
        return collective_of(call, OwnerKind.GROUP, form.group_id, "/group_id")
    return None


def agency_of(call: Call, volunteer: UUID, id: UUID) -> Agency:
    """The authorisation of this volunteer with this id; 404 where it is another's."""
    found = agents.find(call.bank, id)
    return found if found is not None and found.volunteer_id == volunteer else unknown("/collected_by")


def prizes_wanted(call: Call, items: list[Wanted]) -> list[tuple[Prize, int]]:
    """The prizes wanted; 404 naming all those that this person does not know."""
    found = catalogue.find_prizes(call.bank, sorted({item.prize_id for item in items}))
    offered = {id: prize for id, prize in found.items() if is_known(call, prize.organisation_path)}
    faults = [
        Fault(f"/items/{at}/prize_id", "unknown") for at, item in enumerate(items) if item.prize_id not in offered
    ]
    if faults:
        raise Problem("not_found", faults=faults)
    return [(offered[item.prize_id], item.quantity) for item in items]
