"""Organisations: the tree that everything belongs to."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Form, Id, Name
from api.pagination import Keyset, PageQuery
from api.rendering import Answer, tagged
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.people import organisations
from ledger.people.organisations import Organisation

routes = Routes("organisations")
_keyset = Keyset(str)

Level = Literal["district", "subdistrict", "community", "estate", "building", "team", "unit", "social"]


class NewOrganisation(Form):
    """An organisation below another."""

    parent_id: Id
    level: Level
    name: Name


class OrganisationAnswer(TypedDict):
    """One organisation; the root has no parent."""

    id: str
    parent_id: str | None
    level: Level
    name: str


@routes.post("/organisations", scope=Scope.ORGANISATIONS_WRITE, body=NewOrganisation, answer=OrganisationAnswer)
def create(call: Call, form: NewOrganisation) -> OrganisationAnswer:
    """Add an organisation."""
    parent = reached(call, organisations.find(call.bank, form.parent_id), "/parent_id")
    return _told(organisations.create(call.bank, call.by, parent=parent, level=form.level, name=form.name))


@routes.get("/organisations", scope=Scope.ORGANISATIONS_READ, query=PageQuery, answer=page_of(OrganisationAnswer))
def page(call: Call, query: PageQuery) -> Answer:
    """List organisations, parents before children."""
    found = organisations.page(call.bank, within=call.within, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _told)


@routes.get("/organisations/<id:organisation_id>", scope=Scope.ORGANISATIONS_READ, answer=OrganisationAnswer, etag=True)
def show(call: Call, organisation_id: UUID) -> Answer:
    """Look an organisation up."""
    return tagged(_told(reached(call, organisations.find(call.bank, organisation_id))))


def _told(organisation: Organisation) -> OrganisationAnswer:
    return {
        "id": str(organisation.id),
        "parent_id": None if organisation.parent_id is None else str(organisation.parent_id),
        "level": organisation.level,  # type: ignore[typeddict-item]
        "name": organisation.name,
    }
