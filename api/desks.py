"""Desks: where prizes are handed over."""

from __future__ import annotations

from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Form, Id, Name
from api.organisations import open_home
from api.pagination import Keyset, PageQuery
from api.rendering import Answer, tagged
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.prizes import catalogue
from ledger.prizes.catalogue import Desk

routes = Routes("desks")
_keyset = Keyset(UUID)


class NewDesk(Form):
    """A redemption desk."""

    organisation_id: Id
    name: Name


class DeskAnswer(TypedDict):
    """One desk."""

    id: str
    organisation_id: str
    name: str


@routes.post("/desks", scope=Scope.PRIZES_WRITE, body=NewDesk, answer=DeskAnswer)
def open(call: Call, form: NewDesk) -> DeskAnswer:  # noqa: A001 - the bank's own word
    """Open a desk."""
    organisation = open_home(call, form.organisation_id, "/organisation_id")
    return _told(catalogue.open_desk(call.bank, call.by, organisation=organisation, name=form.name))


@routes.get("/desks", scope=Scope.PRIZES_READ, query=PageQuery, answer=page_of(DeskAnswer))
def page(call: Call, query: PageQuery) -> Answer:
    """List desks, the oldest first."""
    found = catalogue.desks(call.bank, within=call.within, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _told)


@routes.get("/desks/<id:desk_id>", scope=Scope.PRIZES_READ, answer=DeskAnswer, etag=True)
def show(call: Call, desk_id: UUID) -> Answer:
    """Look a desk up."""
    return tagged(_told(reached(call, catalogue.find_desk(call.bank, desk_id))))


def _told(desk: Desk) -> DeskAnswer:
    return {"id": str(desk.id), "organisation_id": str(desk.organisation_id), "name": desk.name}
