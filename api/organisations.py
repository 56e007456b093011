"""Organisations: the tree that everything belongs to."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.commons import ABOVE
from api.fields import Form, Id, Name, Nothing, Search
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem
from api.rendering import Answer, instant, refuse_stale, tagged
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.core.refusals.organisations import BelowItself, LevelNotBelow, OrganisationClosed
from ledger.core.refusals.refusal import Refused
from ledger.people import organisations
from ledger.people.organisations import Organisation

routes = Routes("organisations")
_by_path = Keyset(str)
_by_name = Keyset(str, UUID)

Level = Literal["district", "subdistrict", "community", "estate", "building", "team", "unit", "social"]


class NewOrganisation(Form):
    """An organisation below another."""

    parent_id: Id
    level: Level
    name: Name


class OrganisationChange(Form):
    """Its new name."""

    name: Name


class NewParent(Form):
    """Below which organisation it goes, with all that lies below it."""

    parent_id: Id


class OrganisationQuery(PageQuery):
    """Those right below `parent_id`; with `q`, those whose name begins so, in characters or pinyin."""

    parent_id: Id | None = None
    q: Search | None = None


class OrganisationAnswer(TypedDict):
    """One organisation; the root has no parent. One that is closed takes up nothing new."""

    id: str
    parent_id: str | None
    level: Level
    name: str
    closed_at: str | None


@routes.post("/organisations", scope=Scope.ORGANISATIONS_WRITE, body=NewOrganisation, answer=OrganisationAnswer)
def create(call: Call, form: NewOrganisation) -> OrganisationAnswer:
    """Add an organisation."""
    parent = open_home(call, form.parent_id, "/parent_id")
    try:
        return _told(organisations.create(call.bank, call.by, parent=parent, level=form.level, name=form.name))
    except Refused as refused:
        raise _placed(refused, "/level") from None


@routes.get(
    "/organisations", scope=Scope.ORGANISATIONS_READ, query=OrganisationQuery, answer=page_of(OrganisationAnswer)
)
def page(call: Call, query: OrganisationQuery) -> Answer:
    """List organisations, parents before children; or find them by name."""
    keyset = _by_path if query.q is None else _by_name
    found = organisations.page(
        call.bank,
        within=call.within,
        after=keyset.after(query),
        limit=query.limit,
        parent_id=query.parent_id,
        q=query.q,
    )
    return keyset.answer(found, _told)


@routes.get("/organisations/<id:organisation_id>", scope=Scope.ORGANISATIONS_READ, answer=OrganisationAnswer, etag=True)
def show(call: Call, organisation_id: UUID) -> Answer:
    """Look an organisation up."""
    return tagged(_told(reached(call, organisations.find(call.bank, organisation_id))))


@routes.patch(
    "/organisations/<id:organisation_id>",
    scope=Scope.ORGANISATIONS_WRITE,
    body=OrganisationChange,
    answer=OrganisationAnswer,
)
def rename(call: Call, organisation_id: UUID, form: OrganisationChange) -> Answer:
    """Rename an organisation."""
    organisation = reached(call, organisations.find(call.bank, organisation_id))
    refuse_stale(_told(organisation))
    return tagged(_told(organisations.rename(call.bank, call.by, organisation, form.name)))


@routes.post(
    "/organisations/<id:organisation_id>/move",
    scope=Scope.ORGANISATIONS_WRITE,
    body=NewParent,
    answer=OrganisationAnswer,
    status=200,
)
def move(call: Call, organisation_id: UUID, form: NewParent) -> OrganisationAnswer:
    """Move an organisation, and all below it, under another parent."""
    organisation = _from_above(call, organisation_id)
    parent = open_home(call, form.parent_id, "/parent_id")
    try:
        return _told(organisations.move(call.bank, call.by, organisation, parent))
    except Refused as refused:
        raise _placed(refused, "/parent_id") from None


@routes.post(
    "/organisations/<id:organisation_id>/close",
    scope=Scope.ORGANISATIONS_WRITE,
    body=Nothing,
    answer=OrganisationAnswer,
    status=200,
)
def close(call: Call, organisation_id: UUID, form: Nothing) -> OrganisationAnswer:  # noqa: ARG001 - an empty body
    """Close an organisation that holds nothing alive any more."""
    return _told(organisations.close(call.bank, call.by, _from_above(call, organisation_id)))


@routes.post(
    "/organisations/<id:organisation_id>/reopen",
    scope=Scope.ORGANISATIONS_WRITE,
    body=Nothing,
    answer=OrganisationAnswer,
    status=200,
)
def reopen(call: Call, organisation_id: UUID, form: Nothing) -> OrganisationAnswer:  # noqa: ARG001 - an empty body
    """Take a closing back."""
    return _told(organisations.reopen(call.bank, call.by, _from_above(call, organisation_id)))


def open_home(call: Call, id: UUID, pointer: str) -> Organisation:
    """The organisation to which something new is to belong: within reach, else 404, and open, else 409."""
    organisation = reached(call, organisations.find(call.bank, id), pointer)
    refuse_closed(organisation, pointer)
    return organisation


def refuse_closed(organisation: Organisation | None, pointer: str) -> None:
    """409 where this organisation takes up nothing new; `pointer` names the member that leads to it."""
    try:
        if organisation is not None:
            organisations.refuse_closed(organisation)
    except Refused as refused:
        raise _placed(refused, pointer) from None


def _from_above(call: Call, organisation_id: UUID) -> Organisation:
    """An organisation whose place is this person's to change: they have rights over its parent, not only in it.
    Refuses 404, and 403 to whom it is known but only from within.
    """
    organisation = reached(call, organisations.find(call.bank, organisation_id))
    if organisation.parent_id is not None and not call.reaches(organisation.parent_path):
        raise Problem("insufficient_scope", detail=ABOVE)
    return organisation


def _placed(refused: Refused, pointer: str) -> Problem:
    """A refusal that one member of the body brought about, naming it."""
    faults = {LevelNotBelow: "not_one_of", BelowItself: "not_one_of", OrganisationClosed: "closed"}
    code = faults.get(type(refused.refusal))
    faulty = [Fault(pointer, code)] if code else []
    return Problem(refused.refusal.code, refusal=refused.refusal, faults=faulty)


def _told(organisation: Organisation) -> OrganisationAnswer:
    return {
        "id": str(organisation.id),
        "parent_id": None if organisation.parent_id is None else str(organisation.parent_id),
        "level": organisation.level,  # type: ignore[typeddict-item]
        "name": organisation.name,
        "closed_at": None if organisation.closed_at is None else instant(organisation.closed_at),
    }
