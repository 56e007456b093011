"""Seals of units: the picture printed on the certificates they issue."""

from __future__ import annotations

from uuid import UUID

from typing_extensions import TypedDict

from api.fields import Form
from api.problems import Problem, unknown
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.people import organisations
from ledger.service import seals
from ledger.service.seals import SealRefused

routes = Routes("seals")


class NewSeal(Form):
    """A PNG or JPEG of at most 300,000 bytes, as `file`."""


class SealAnswer(TypedDict):
    """Whether the unit's certificates are printed with its seal."""

    organisation_id: str
    has_seal: bool


@routes.post(
    "/organisations/<id:organisation_id>/seal",
    scope=Scope.ORGANISATIONS_WRITE,
    body=NewSeal,
    answer=SealAnswer,
    status=200,
    uploads=True,
)
def put(call: Call, organisation_id: UUID, form: NewSeal, content: bytes) -> SealAnswer:  # noqa: ARG001 - no fields
    """Print this seal on the unit's certificates from now on."""
    organisation = reached(call, organisations.find(call.bank, organisation_id))
    try:
        seals.put(call.bank, call.by, organisation, content)
    except SealRefused as refused:
        raise Problem("attachment_refused", detail=(refused.zh, refused.en)) from None
    return {"organisation_id": str(organisation.id), "has_seal": True}


@routes.delete("/organisations/<id:organisation_id>/seal", scope=Scope.ORGANISATIONS_WRITE, answer=SealAnswer)
def remove(call: Call, organisation_id: UUID) -> SealAnswer:
    """Leave room for a stamp on the unit's certificates again."""
    organisation = reached(call, organisations.find(call.bank, organisation_id))
    seals.remove(call.bank, call.by, organisation)
    return {"organisation_id": str(organisation.id), "has_seal": False}


@routes.get(
    "/organisations/<id:organisation_id>/seal", scope=Scope.ORGANISATIONS_READ, answer=bytes, media_type="image/png"
)
def show(call: Call, organisation_id: UUID) -> Answer:
    """Have the seal of a unit, as PNG or JPEG."""
    organisation = reached(call, organisations.find(call.bank, organisation_id))
    found = seals.find(call.bank, organisation.id)
    if found is None:
        unknown()
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Answer(found.content, headers=headers, media_type=found.media_type)
