"""Micro-wishes (微心愿): collected, looked over, hung on the wall, fulfilled and confirmed."""

from __future__ import annotations

from uuid import UUID

from api.answers import page_of
from api.askers import ContactAnswer, Disclosing, asked_by, disclosed, masked_asker
from api.fields import Nothing
from api.need_credits import credit_told, refuse_reused
from api.organisations import open_home
from api.pagination import Keyset, PageQuery
from api.problems import unknown
from api.rendering import Answer, instant
from api.routes import Call, Routes, reached, session_of
from api.scopes import PUBLIC, Scope
from api.volunteers import volunteer_of
from api.wish_forms import (
    HELPERS_MAX,
    ClaimedAnswer,
    ConfirmedAnswer,
    Confirming,
    Fulfilling,
    NewWishForm,
    OnWallAnswer,
    OwnWish,
    Publishing,
    Refusing,
    WallQuery,
    WishAnswer,
    WishDetailAnswer,
    WishQuery,
    Withdrawing,
)
from ledger.people import organisations, volunteers
from ledger.people.masking import masked
from ledger.service import fulfilling, wish_claims, wishes
from ledger.service.wishes import Asked, NewWish, OnWall, Published, Wish

routes = Routes("wishes")
_keyset = Keyset(UUID)


@routes.post("/wishes", scope=Scope.WISHES_WRITE, body=NewWishForm, answer=WishAnswer)
def collect(call: Call, form: NewWishForm) -> WishAnswer:
    """Take a wish in for somebody."""
    home = open_home(call, form.organisation_id, "/organisation_id")
    volunteer, asker = asked_by(call, form.volunteer_no, form.asker)
    new = NewWish(
        organisation=home,
        kind=form.kind,
        channel=form.channel,
        words=form.words,
        volunteer=volunteer,
        asker=asker,
        is_minor=form.is_minor,
    )
    return wish_told(call, wishes.collect(call.bank, call.by, new))


@routes.post("/me/wishes", scope=Scope.OWN, body=OwnWish, answer=WishAnswer)
def wish(call: Call, form: OwnWish) -> WishAnswer:
    """Wish something oneself."""
    me = volunteers.find(call.bank, session_of(call).volunteer_no) or unknown()
    home = organisations.find(call.bank, me.organisation_id) or unknown()
    new = NewWish(organisation=home, kind=form.kind, channel="kiosk", words=form.words, volunteer=me)
    return wish_told(call, wishes.collect(call.bank, call.by, new))


@routes.get("/wishes", scope=Scope.WISHES_READ, query=WishQuery, answer=page_of(WishAnswer))
def page(call: Call, query: WishQuery) -> Answer:
    """List wishes, the newest first."""
    asked = Asked(
        state=query.state,
        kind=query.kind,
        channel=query.channel,
        organisation_path=_path_of(call, query.organisation_id),
    )
    found = wishes.page(call.bank, within=call.within, asked=asked, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, lambda each: wish_told(call, each))


@routes.get("/wishes/wall", scope=PUBLIC, query=WallQuery, answer=page_of(OnWallAnswer))
def wall(call: Call, query: WallQuery) -> Answer:
    """See the wall, the newest wish first."""
    home = None
    if query.organisation_id is not None:
        home = organisations.find(call.bank, query.organisation_id) or unknown()
    asked = Asked(state=query.state, organisation_path=home.path if home else None)
    found = wishes.wall(call.bank, asked=asked, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _on_wall)


@routes.get("/wishes/<id:wish_id>", scope=Scope.WISHES_READ, own=True, answer=WishDetailAnswer)
def show(call: Call, wish_id: UUID) -> WishDetailAnswer:
    """Look a wish up, with who took it up."""
    found = reached(call, wishes.find(call.bank, wish_id))
    return {**wish_told(call, found), "claims": [_claimed(call, each) for each in wish_claims.of(call.bank, found)]}


@routes.get(
    "/volunteers/<number:volunteer_no>/wishes",
    scope=Scope.WISHES_READ,
    own=True,
    query=PageQuery,
    answer=page_of(WishAnswer),
)
def of_volunteer(call: Call, volunteer_no: str, query: PageQuery) -> Answer:
    """List somebody's wishes, the newest first."""
    volunteer = volunteer_of(call, volunteer_no)
    found = wishes.of_volunteer(call.bank, volunteer, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, lambda each: wish_told(call, each))


@routes.post("/wishes/<id:wish_id>/publish", scope=Scope.WISHES_VERIFY, body=Publishing, answer=WishAnswer, status=200)
def publish(call: Call, wish_id: UUID, form: Publishing) -> WishAnswer:
    """Hang a wish on the wall, having looked it over: by another person than who took it in."""
    found = reached(call, wishes.find(call.bank, wish_id))
    return wish_told(call, wishes.publish(call.bank, call.by, found, Published(**form.model_dump())))


@routes.post("/wishes/<id:wish_id>/refuse", scope=Scope.WISHES_VERIFY, body=Refusing, answer=WishAnswer, status=200)
def refuse(call: Call, wish_id: UUID, form: Refusing) -> WishAnswer:
    """Turn a wish down, for a reason that the wisher is told."""
    found = reached(call, wishes.find(call.bank, wish_id))
    return wish_told(call, wishes.refuse(call.bank, call.by, found, form.reason))


@routes.post(
    "/wishes/<id:wish_id>/withdraw",
    scope=Scope.WISHES_WRITE,
    own=True,
    body=Withdrawing,
    answer=WishAnswer,
    status=200,
)
def withdraw(call: Call, wish_id: UUID, form: Withdrawing) -> WishAnswer:
    """Take a wish back that is not fulfilled."""
    found = reached(call, wishes.find(call.bank, wish_id))
    return wish_told(call, wishes.withdraw(call.bank, call.by, found, form.reason))


@routes.post("/wishes/<id:wish_id>/fulfil", scope=Scope.WISHES_WRITE, body=Fulfilling, answer=WishAnswer, status=200)
def fulfil(call: Call, wish_id: UUID, form: Fulfilling) -> WishAnswer:
    """Say that those who hold a wish have fulfilled it."""
    found = reached(call, wishes.find(call.bank, wish_id))
    claims = wish_claims.of(call.bank, found)
    held = {each.volunteer_no: each.id for each in sorted(claims, key=lambda each: each.ended_as is None)}
    for at, each in enumerate(form.served):
        if each.volunteer_no not in held:
            unknown(f"/served/{at}/volunteer_no")
    minutes = {held[each.volunteer_no]: each.minutes for each in form.served}
    made = fulfilling.fulfil(call.bank, call.by, found, proof=form.proof, done_on=form.done_on, minutes=minutes)
    return wish_told(call, made)


@routes.post(
    "/wishes/<id:wish_id>/send-back",
    scope=Scope.WISHES_WRITE,
    own=True,
    body=Nothing,
    answer=WishAnswer,
    status=200,
)
def send_back(call: Call, wish_id: UUID, form: Nothing) -> WishAnswer:  # noqa: ARG001 - an empty body
    """Say for the wisher that it was not fulfilled: it hangs on the wall again."""
    found = reached(call, wishes.find(call.bank, wish_id))
    return wish_told(call, fulfilling.send_back(call.bank, call.by, found))


@routes.post(
    "/wishes/<id:wish_id>/confirm",
    scope=Scope.WISHES_WRITE,
    own=True,
    body=Confirming,
    answer=ConfirmedAnswer,
    status=200,
    posts=True,
)
def confirm(call: Call, wish_id: UUID, form: Confirming) -> Answer:
    """Confirm that a wish was fulfilled: it is off the wall, and its points and hours go to whoever fulfilled it."""
    found = reached(call, wishes.find(call.bank, wish_id))
    refuse_reused(call, HELPERS_MAX)
    made, credited = fulfilling.confirm(call.bank, call.by, call.request, found, form.how)
    replayed = bool(credited) and all(each.outcome.replayed for each in credited)
    told = {"wish": wish_told(call, made), "credits": [credit_told(each) for each in credited]}
    return Answer(told, 200, {"Idempotent-Replayed": "true"} if replayed else {})


@routes.post("/wishes/<id:wish_id>/disclosures", scope=Scope.WISHES_WRITE, body=Disclosing, answer=ContactAnswer)
def disclose(call: Call, wish_id: UUID, form: Disclosing) -> ContactAnswer:
    """See how to reach the wisher, for a purpose."""
    return disclosed(call, reached(call, wishes.find(call.bank, wish_id)).need, form)


def wish_told(call: Call, made: Wish) -> WishAnswer:
    return {
        "id": str(made.id),
        "organisation_id": str(made.organisation_id),
        "organisation": made.organisation_name,
        "channel": made.channel,  # type: ignore[typeddict-item] # the database checks it
        "kind": made.kind,
        "state": made.state,
        "words": made.words,
        "asker": masked_asker(call, "wish", made.id, made.volunteer_name, made.asker),
        "volunteer_no": made.volunteer_no,
        "is_minor": made.is_minor,
        "text": made.shown_text,
        "shown_name": made.shown_name,
        "points": made.points,
        "cost_fen": made.cost_fen,
        "claimers_at_most": made.claimers_at_most,
        "person_in_charge": made.person_in_charge,
        "reason": made.reason,
        "proof": made.proof,
        "done_on": made.done_on.isoformat() if made.done_on else None,
        "confirmed_how": made.confirmed_how,
        "collected_at": instant(made.collected_at),
        "verified_at": _at(made.verified_at),
        "fulfilled_at": _at(made.fulfilled_at),
        "ended_at": _at(made.ended_at),
        "collected_by": str(made.collected_by),
        "verified_by": _id(made.verified_by),
        "fulfilled_by": _id(made.fulfilled_by),
    }


def _claimed(call: Call, each: wish_claims.WishClaim) -> ClaimedAnswer:
    return {
        "id": str(each.id),
        "volunteer_no": each.volunteer_no,
        "name": masked(each.name),
        "state": each.state(call.bank.today()),
        "until_on": each.until_on.isoformat(),
        "minutes": each.minutes,
    }


def _on_wall(shown: OnWall) -> OnWallAnswer:
    made = shown.wish
    return {
        "id": str(made.id),
        "organisation": made.organisation_name,
        "kind": made.kind,
        "state": made.state,
        "text": made.shown_text,
        "name": made.shown_name,
        "points": made.points,
        "claimers_at_most": made.claimers_at_most,
        "places_left": max(0, made.claimers_at_most - shown.claimed) if made.state == "published" else 0,
        "done_on": made.done_on.isoformat() if made.done_on else None,
        "helpers": list(shown.helpers),
    }


def _path_of(call: Call, organisation_id: UUID | None) -> str | None:
    if organisation_id is None:
        return None
    return reached(call, organisations.find(call.bank, organisation_id), "organisation_id").path


def _id(person: UUID | None) -> str | None:
    return None if person is None else str(person)


def _at(moment: int | None) -> str | None:
    return None if moment is None else instant(moment)
