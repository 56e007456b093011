"""Standing offers (服务清单): what there is for whoever needs it, and what meets a request."""

from __future__ import annotations

from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Form, Id, Name, Nothing, Text, Word
from api.organisations import open_home
from api.pagination import Keyset, PageQuery
from api.problems import unknown
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import PUBLIC, Scope
from ledger.people import organisations
from ledger.service import offers, requests
from ledger.service.offers import Offer

routes = Routes("offers")
_keyset = Keyset(UUID)


class NewOffer(Form):
    """What is offered to an organisation and all below it; requests of this kind may be met by it."""

    organisation_id: Id
    kind: Word
    title: Name
    content: Text = ""
    place: Name
    hours: Name


class OfferQuery(PageQuery):
    """What is offered to those of this organisation: there, above and below it; to all, where it is left out."""

    organisation_id: Id | None = None


class OfferAnswer(TypedDict):
    """A standing offer; `hours` is when, in words."""

    id: str
    organisation_id: str
    kind: str
    title: str
    content: str
    place: str
    hours: str
    is_ended: bool


class MatchesAnswer(TypedDict):
    """What meets a request, the first one first."""

    offers: list[OfferAnswer]


@routes.post("/offers", scope=Scope.REQUESTS_WRITE, body=NewOffer, answer=OfferAnswer)
def create(call: Call, form: NewOffer) -> OfferAnswer:
    """Offer something from now on."""
    home = open_home(call, form.organisation_id, "/organisation_id")
    given = form.model_dump(exclude={"organisation_id"})
    return _told(offers.create(call.bank, call.by, organisation=home, **given))


@routes.get("/offers", scope=PUBLIC, query=OfferQuery, answer=page_of(OfferAnswer))
def page(call: Call, query: OfferQuery) -> Answer:
    """List what is offered."""
    home = organisations.root(call.bank)
    if query.organisation_id is not None:
        home = organisations.find(call.bank, query.organisation_id) or unknown()
    found = offers.page(call.bank, within=[home.path], after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _told)


@routes.post("/offers/<id:offer_id>/end", scope=Scope.REQUESTS_WRITE, body=Nothing, answer=OfferAnswer, status=200)
def end(call: Call, offer_id: UUID, form: Nothing) -> OfferAnswer:  # noqa: ARG001 - an empty body
    """Offer something no more."""
    return _told(offers.end(call.bank, call.by, reached(call, offers.find(call.bank, offer_id))))


@routes.get("/requests/<id:request_id>/offers", scope=Scope.REQUESTS_READ, answer=MatchesAnswer)
def matching(call: Call, request_id: UUID) -> MatchesAnswer:
    """See what is offered that meets a request."""
    found = reached(call, requests.find(call.bank, request_id))
    return {"offers": [_told(each) for each in offers.matching(call.bank, found)]}


def _told(made: Offer) -> OfferAnswer:
    return {
        "id": str(made.id),
        "organisation_id": str(made.organisation_id),
        "kind": made.kind,
        "title": made.title,
        "content": made.content,
        "place": made.place,
        "hours": made.hours,
        "is_ended": made.ended_at is not None,
    }
