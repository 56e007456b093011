"""Disclosures: particulars in full, for a purpose that is noted; and a copy of everything for the person themselves."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

from api.fields import Form
from api.particulars import Field_
from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.people import profiles, viewings
from ledger.people.viewings import viewed
from ledger.reading import copies

routes = Routes("disclosures")

TEXT = "text/plain; charset=utf-8"

DisclosurePurpose = Literal["contact", "verify_identity", "certificate", "emergency", "correction", "legal_duty"]


class NewDisclosure(Form):
    """Which particulars, and what for. Both are noted with who asked."""

    fields: Annotated[list[Field_], Field(min_length=1, max_length=6)]
    purpose: DisclosurePurpose


class DisclosureAnswer(TypedDict):
    """The particulars asked for; null what is not kept."""

    fields: dict[str, str | None]


class CopyAnswer(TypedDict):
    """Everything held about one person (PIPL 45). Points in the smallest unit."""

    made_at: str
    volunteer: dict[str, Any]
    particulars: dict[str, str]
    guardians: list[dict[str, Any]]
    consents: list[dict[str, Any]]
    points: list[dict[str, Any]]
    minutes: list[dict[str, Any]]
    service_records: list[dict[str, Any]]
    redemptions: list[dict[str, Any]]
    closings: list[dict[str, Any]]
    viewings: list[dict[str, Any]]


@routes.post(
    "/volunteers/<number:volunteer_no>/disclosures",
    scope=Scope.VOLUNTEERS_DISCLOSE,
    body=NewDisclosure,
    answer=DisclosureAnswer,
)
def disclose(call: Call, volunteer_no: str, form: NewDisclosure) -> DisclosureAnswer:
    """See particulars unmasked, for a purpose."""
    volunteer = volunteer_of(call, volunteer_no)
    asked = sorted(set(form.fields))
    viewed(call.bank, call.by, viewings.DISCLOSURE, volunteer, fields=asked, purpose=form.purpose)
    kept = profiles.of(call.bank, volunteer)
    return {"fields": {field: kept[field].value if field in kept else None for field in asked}}


@routes.get("/volunteers/<number:volunteer_no>/copy", scope=Scope.VOLUNTEERS_COPY, own=True, answer=CopyAnswer)
def copy(call: Call, volunteer_no: str) -> Answer:
    """Hand somebody a copy of everything held about them."""
    return Answer(_copied(call, volunteer_no), headers=_as_file(volunteer_no, "json"))


@routes.get(
    "/volunteers/<number:volunteer_no>/copy/text",
    scope=Scope.VOLUNTEERS_COPY,
    own=True,
    answer=str,
    media_type=TEXT,
)
def copy_text(call: Call, volunteer_no: str) -> Answer:
    """Hand somebody the same copy as a text, to be read out or printed."""
    made = copies.as_text(_copied(call, volunteer_no))
    return Answer(made.encode(), headers=_as_file(volunteer_no, "txt"), media_type=TEXT)


def _copied(call: Call, volunteer_no: str) -> dict[str, Any]:
    volunteer = volunteer_of(call, volunteer_no)
    viewed(call.bank, call.by, viewings.COPY, volunteer, purpose="own_request")
    return copies.copy_of(call.bank, volunteer)


def _as_file(volunteer_no: str, suffix: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename={volunteer_no}.{suffix}"}
