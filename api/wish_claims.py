"""Claims of wishes (认领): who takes a wish up, gives it back, or has fulfilled it; and who stays with the wisher."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Day, Form, Id, Nothing, Reason
from api.guests import guest_of
from api.pagination import Keyset, PageQuery
from api.problems import unknown
from api.rendering import Answer, instant
from api.routes import Call, Routes, reached, session_of
from api.scopes import Scope
from api.volunteers import volunteer_of
from api.wish_forms import Claiming, Minutes
from ledger.people import volunteers
from ledger.people.masking import masked
from ledger.service import companionships, fulfilling, wish_claims, wishes
from ledger.service.companionships import Companionship
from ledger.service.wish_claims import WishClaim

routes = Routes("wish_claims")
companionship_routes = Routes("companionships")
_keyset = Keyset(UUID)
_ending = Keyset(date, UUID)

State = Literal["open", "expired", "fulfilled", "given_back", "over"]


class OwnClaim(Form):
    """The wish that one means to fulfil."""

    wish_id: Id


class OwnFulfilment(Form):
    """What proves it, in words, on which day; and how long it took, where it was service."""

    proof: Reason
    done_on: Day
    minutes: Minutes | None = None


class WishClaimAnswer(TypedDict):
    """Somebody's claim of a wish: it counts until `until_on`, that day included."""

    id: str
    wish_id: str
    volunteer_no: str
    text: str | None
    state: State
    until_on: str
    minutes: int | None
    claimed_at: str


class HeldAnswer(WishClaimAnswer):
    """A claim among those that staff look after, with whose it is; the name masked."""

    name: str


class CompanionshipAnswer(TypedDict):
    """Who is paired with the wisher of which wish; the name masked."""

    id: str
    wish_id: str
    volunteer_no: str
    name: str
    from_on: str
    until_on: str | None


@routes.post("/wishes/<id:wish_id>/claims", scope=Scope.WISHES_WRITE, body=Claiming, answer=WishClaimAnswer)
def claim(call: Call, wish_id: UUID, form: Claiming) -> WishClaimAnswer:
    """Claim a wish for somebody who stands there, of whatever organisation."""
    found = reached(call, wishes.find(call.bank, wish_id))
    volunteer = guest_of(call, form.volunteer_no, "/volunteer_no")
    return _told(call, wish_claims.claim(call.bank, call.by, found, volunteer))


@routes.get("/wish-claims", scope=Scope.WISHES_READ, query=PageQuery, answer=page_of(HeldAnswer))
def held(call: Call, query: PageQuery) -> Answer:
    """List the wishes that somebody holds today, the soonest to run out first."""
    found = wish_claims.held(call.bank, within=call.within, after=_ending.after(query), limit=query.limit)
    return _ending.answer(found, lambda each: {**_told(call, each), "name": masked(each.name)})


@routes.post("/me/wish-claims", scope=Scope.OWN, body=OwnClaim, answer=WishClaimAnswer)
def claim_oneself(call: Call, form: OwnClaim) -> WishClaimAnswer:
    """Claim a wish from the wall."""
    found = wishes.find(call.bank, form.wish_id)
    if found is None or found.shown_text is None:
        unknown("/wish_id")
    volunteer = volunteers.find(call.bank, session_of(call).volunteer_no) or unknown()
    return _told(call, wish_claims.claim(call.bank, call.by, found, volunteer))


@routes.get(
    "/volunteers/<number:volunteer_no>/wish-claims",
    scope=Scope.VOLUNTEERS_READ,
    own=True,
    query=PageQuery,
    answer=page_of(WishClaimAnswer),
)
def of_volunteer(call: Call, volunteer_no: str, query: PageQuery) -> Answer:
    """List what somebody claimed, the newest first."""
    volunteer = volunteer_of(call, volunteer_no)
    found = wish_claims.of_volunteer(call.bank, volunteer, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, lambda each: _told(call, each))


@routes.post(
    "/wish-claims/<id:claim_id>/give-back",
    scope=Scope.WISHES_WRITE,
    own=True,
    body=Nothing,
    answer=WishClaimAnswer,
    status=200,
)
def give_back(call: Call, claim_id: UUID, form: Nothing) -> WishClaimAnswer:  # noqa: ARG001 - an empty body
    """Give a wish back to the wall."""
    found = reached(call, wish_claims.find(call.bank, claim_id))
    return _told(call, wish_claims.give_back(call.bank, call.by, found))


@routes.post(
    "/wish-claims/<id:claim_id>/fulfil",
    scope=Scope.WISHES_WRITE,
    own=True,
    body=OwnFulfilment,
    answer=WishClaimAnswer,
    status=200,
)
def fulfil(call: Call, claim_id: UUID, form: OwnFulfilment) -> WishClaimAnswer:
    """Say that one has fulfilled the wish; the wisher confirms it."""
    found = reached(call, wish_claims.find(call.bank, claim_id))
    held = wishes.find(call.bank, found.wish_id) or unknown()
    minutes = {found.id: form.minutes} if form.minutes else {}
    fulfilling.fulfil(call.bank, call.by, held, proof=form.proof, done_on=form.done_on, minutes=minutes, claimed=found)
    return _told(call, wish_claims.find(call.bank, claim_id) or found)


@companionship_routes.post(
    "/wishes/<id:wish_id>/companionships", scope=Scope.WISHES_WRITE, body=Claiming, answer=CompanionshipAnswer
)
def pair(call: Call, wish_id: UUID, form: Claiming) -> CompanionshipAnswer:
    """Pair somebody with the wisher, beyond the wish (结对帮扶)."""
    found = reached(call, wishes.find(call.bank, wish_id))
    volunteer = guest_of(call, form.volunteer_no, "/volunteer_no")
    return _paired(companionships.pair(call.bank, call.by, found, volunteer))


@companionship_routes.get(
    "/companionships", scope=Scope.WISHES_READ, query=PageQuery, answer=page_of(CompanionshipAnswer)
)
def page(call: Call, query: PageQuery) -> Answer:
    """List who is paired with whose wish, the newest first."""
    found = companionships.page(call.bank, within=call.within, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _paired)


@companionship_routes.post(
    "/companionships/<id:companionship_id>/end",
    scope=Scope.WISHES_WRITE,
    own=True,
    body=Nothing,
    answer=CompanionshipAnswer,
    status=200,
)
def end(call: Call, companionship_id: UUID, form: Nothing) -> CompanionshipAnswer:  # noqa: ARG001 - an empty body
    """End a companionship today."""
    found = reached(call, companionships.find(call.bank, companionship_id))
    return _paired(companionships.end(call.bank, call.by, found))


def _told(call: Call, made: WishClaim) -> WishClaimAnswer:
    return {
        "id": str(made.id),
        "wish_id": str(made.wish_id),
        "volunteer_no": made.volunteer_no,
        "text": made.shown_text,
        "state": made.state(call.bank.today()),
        "until_on": made.until_on.isoformat(),
        "minutes": made.minutes,
        "claimed_at": instant(made.claimed_at),
    }


def _paired(made: Companionship) -> CompanionshipAnswer:
    return {
        "id": str(made.id),
        "wish_id": str(made.wish_id),
        "volunteer_no": made.volunteer_no,
        "name": masked(made.name),
        "from_on": made.from_on.isoformat(),
        "until_on": made.until_on.isoformat() if made.until_on else None,
    }
