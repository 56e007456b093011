"""Consents and guardians: who agreed to what, took it back, and who speaks for a minor."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.fields import Form, Id
from api.particulars import Captured, GuardianForm, Purpose, Relation, guardian
from api.problems import unknown
from api.rendering import instant
from api.routes import Call, Routes
from api.scopes import PUBLIC, Scope
from api.volunteers import volunteer_of
from ledger.people import consents, guardians, viewings
from ledger.people.consents import TEXTS, Consent
from ledger.people.guardians import Guardian
from ledger.people.viewings import viewed
from ledger.people.volunteers import Volunteer

routes = Routes("consents")


class NewConsent(Form):
    """Given, or taken back; it counts at once. `guardian_id` where a guardian speaks."""

    purpose: Purpose
    given: bool
    captured: Captured
    guardian_id: Id | None = None


class ConsentTextAnswer(TypedDict):
    """What somebody is asked, word for word."""

    purpose: Purpose
    version: str
    zh: str
    en: str


class ConsentTextsAnswer(TypedDict):
    """The texts in use now."""

    items: list[ConsentTextAnswer]


class ConsentAnswer(TypedDict):
    """One line of the ledger of consents."""

    id: str
    purpose: Purpose
    text_version: str
    given: bool
    captured: Captured
    guardian_id: str | None
    recorded_at: str


class ConsentsAnswer(TypedDict):
    """What holds now, and every line behind it, the oldest first."""

    in_force: list[Purpose]
    items: list[ConsentAnswer]


class GuardianAnswer(TypedDict):
    """Somebody who speaks for a minor, masked."""

    id: str
    relation: Relation
    masked_name: str
    masked_phone: str
    recorded_at: str
    ended_at: str | None


class GuardiansAnswer(TypedDict):
    """All there ever were, the first one first."""

    items: list[GuardianAnswer]


class GuardianEnd(Form):
    """No longer a guardian."""

    ended: Literal[True]


@routes.get("/consent-texts", scope=PUBLIC, answer=ConsentTextsAnswer)
def texts(_: Call) -> ConsentTextsAnswer:
    """Read what one is asked to agree to."""
    return {
        "items": [
            {"purpose": purpose, "version": text[-1].version, "zh": text[-1].zh, "en": text[-1].en}  # type: ignore[typeddict-item]
            for purpose, text in TEXTS.items()
        ]
    }


@routes.get("/volunteers/<number:volunteer_no>/consents", scope=Scope.VOLUNTEERS_READ, own=True, answer=ConsentsAnswer)
def lines(call: Call, volunteer_no: str) -> ConsentsAnswer:
    """Read what somebody agreed to."""
    volunteer = volunteer_of(call, volunteer_no)
    viewed(call.bank, call.by, viewings.PROFILE, volunteer, fields=["consents"])
    known = consents.ledger(call.bank, volunteer)
    return {"in_force": sorted(consents.in_force(known)), "items": [_told(line) for line in known]}  # type: ignore[arg-type]


@routes.post(
    "/volunteers/<number:volunteer_no>/consents", scope=Scope.CONSENTS_WRITE, body=NewConsent, answer=ConsentAnswer
)
def record(call: Call, volunteer_no: str, form: NewConsent) -> ConsentAnswer:
    """Note a consent, or that it was taken back."""
    volunteer = volunteer_of(call, volunteer_no)
    if form.guardian_id is not None and form.guardian_id not in {
        one.id for one in guardians.of(call.bank, volunteer) if one.ended_at is None
    }:
        unknown("/guardian_id")
    made = consents.record(
        call.bank,
        call.by,
        volunteer,
        purpose=form.purpose,
        given=form.given,
        captured=form.captured,
        guardian_id=form.guardian_id,
    )
    return _told(made)


@routes.get("/volunteers/<number:volunteer_no>/guardians", scope=Scope.VOLUNTEERS_READ, answer=GuardiansAnswer)
def guardians_of(call: Call, volunteer_no: str) -> GuardiansAnswer:
    """Read who speaks for a minor."""
    volunteer = volunteer_of(call, volunteer_no)
    viewed(call.bank, call.by, viewings.PROFILE, volunteer, fields=["guardians"])
    return {"items": [_guardian(one) for one in guardians.of(call.bank, volunteer)]}


@routes.post(
    "/volunteers/<number:volunteer_no>/guardians",
    scope=Scope.VOLUNTEERS_WRITE,
    body=GuardianForm,
    answer=GuardianAnswer,
)
def record_guardian(call: Call, volunteer_no: str, form: GuardianForm) -> GuardianAnswer:
    """Record a guardian."""
    volunteer = volunteer_of(call, volunteer_no)
    given = guardian(form, "/phone")
    return _guardian(guardians.record(call.bank, call.by, volunteer, given))


@routes.post(
    "/volunteers/<number:volunteer_no>/guardians/<id:guardian_id>/end",
    scope=Scope.VOLUNTEERS_WRITE,
    body=GuardianEnd,
    answer=GuardiansAnswer,
    status=200,
)
def end_guardian(call: Call, volunteer_no: str, guardian_id: UUID, form: GuardianEnd) -> GuardiansAnswer:  # noqa: ARG001
    """End a guardian's part."""
    volunteer: Volunteer = volunteer_of(call, volunteer_no)
    if not guardians.end(call.bank, call.by, volunteer, guardian_id):
        unknown()
    return {"items": [_guardian(one) for one in guardians.of(call.bank, volunteer)]}


def _told(line: Consent) -> ConsentAnswer:
    return {
        "id": str(line.id),
        "purpose": line.purpose,  # type: ignore[typeddict-item]
        "text_version": line.text_version,
        "given": line.given,
        "captured": line.captured,  # type: ignore[typeddict-item]
        "guardian_id": None if line.guardian_id is None else str(line.guardian_id),
        "recorded_at": instant(line.recorded_at),
    }


def _guardian(one: Guardian) -> GuardianAnswer:
    shown = guardians.masked(one)
    return {
        "id": str(one.id),
        "relation": one.relation,  # type: ignore[typeddict-item]
        "masked_name": shown["name"],
        "masked_phone": shown["phone"],
        "recorded_at": instant(one.recorded_at),
        "ended_at": None if one.ended_at is None else instant(one.ended_at),
    }
