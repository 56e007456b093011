"""Pairing over HTTP: what a kiosk or desk asks, and what an administrator decides (RFC 8628)."""

from __future__ import annotations

from typing import Annotated, Literal

from flask import request
from pydantic import AfterValidator, Field, StringConstraints
from typing_extensions import TypedDict

from api import throttling
from api.devices import DeviceAnswer, DeviceKind, told
from api.fields import Form, Id, Name
from api.organisations import open_home
from api.problems import Fault, Problem, unknown
from api.rendering import instant
from api.routes import Call, Routes, reached
from api.scopes import PUBLIC, Scope
from ledger.people import pairing
from ledger.people.codes import PAIRING_DIGITS, grouped, is_code, ungrouped
from ledger.people.pairing import Pairing
from ledger.people.throttles import Act
from ledger.prizes import catalogue

routes = Routes("pairing")

GROUP_DIGITS = 3

UserCode = Annotated[
    str,
    StringConstraints(min_length=9, max_length=11, pattern="^[0-9]{3}[- ]?[0-9]{3}[- ]?[0-9]{3}$"),
    AfterValidator(ungrouped),
]
"""As the screen shows it, 123-456-789, or without what stands between."""


class NewPairing(Form):
    """What asks to be paired. `name` says to the administrator which one it is."""

    kind: DeviceKind
    name: Name


class KioskApproval(Form):
    """A kiosk, and whose it is. Without `name` it keeps the one it gave itself."""

    kind: Literal["kiosk"]
    user_code: UserCode
    organisation_id: Id
    name: Name | None = None


class DeskApproval(Form):
    """A desk, whose it is, and at which desk it stands. Without `name` it keeps the one it gave itself."""

    kind: Literal["desk"]
    user_code: UserCode
    organisation_id: Id
    desk_id: Id
    name: Name | None = None


Approval = Annotated[KioskApproval | DeskApproval, Field(discriminator="kind")]


class Denial(Form):
    """Which one to turn away."""

    user_code: UserCode


class DeviceAuthorizationAnswer(TypedDict):
    """RFC 8628, 3.2: a secret to poll with, and a code to show."""

    device_code: str
    user_code: str
    verification_uri: str
    expires_in: int
    interval: int


class PairingAnswer(TypedDict):
    """What asks to be paired: look at it before you approve it."""

    user_code: str
    kind: DeviceKind
    name: str
    address: str
    asked_at: str
    expires_at: str


@routes.post("/auth/device_authorization", scope=PUBLIC, body=NewPairing, answer=DeviceAuthorizationAnswer, status=200)
def ask(call: Call, form: NewPairing) -> DeviceAuthorizationAnswer:
    """Ask to be paired."""
    throttling.admit(call.bank, Act.PAIRING)
    try:
        asked = pairing.ask(call.bank, kind=form.kind, name=form.name, address=throttling.source(call.bank).address)
    except pairing.TooManyWaiting:
        raise Problem("too_many_requests") from None
    return {
        "device_code": asked.device_code,
        "user_code": grouped(asked.pairing.user_code, GROUP_DIGITS),
        "verification_uri": f"{request.url_root}pair",
        "expires_in": pairing.SECONDS,
        "interval": pairing.INTERVAL_SECONDS,
    }


@routes.get("/auth/devices/waiting/<number:user_code>", scope=Scope.DEVICES_WRITE, answer=PairingAnswer)
def show(call: Call, user_code: str) -> PairingAnswer:
    """See what asks to be paired under a code, and from where."""
    throttling.admit(call.bank, Act.PAIRING, account=call.actor.id)
    found = pairing.find(call.bank, user_code) if is_code(user_code, PAIRING_DIGITS) else None
    return _told(found or unknown())


@routes.post("/auth/devices/approve", scope=Scope.DEVICES_WRITE, body=Approval, answer=DeviceAnswer)
def approve(call: Call, form: KioskApproval | DeskApproval) -> DeviceAnswer:
    """Pair what shows this code."""
    throttling.admit(call.bank, Act.PAIRING, account=call.actor.id)
    organisation = open_home(call, form.organisation_id, "/organisation_id")
    desk_id = None
    if isinstance(form, DeskApproval):
        desk = reached(call, catalogue.find_desk(call.bank, form.desk_id), "/desk_id")
        if not desk.organisation_path.startswith(organisation.path):
            raise Problem("invalid_request", faults=[Fault("/desk_id", "unknown")])
        desk_id = desk.id
    made = pairing.approve(
        call.bank, call.by, form.user_code, kind=form.kind, name=form.name, organisation=organisation, desk_id=desk_id
    )
    return told(made or unknown("/user_code"))


@routes.post("/auth/devices/deny", scope=Scope.DEVICES_WRITE, body=Denial, answer=PairingAnswer, status=200)
def deny(call: Call, form: Denial) -> PairingAnswer:
    """Turn away what shows this code."""
    throttling.admit(call.bank, Act.PAIRING, account=call.actor.id)
    return _told(pairing.deny(call.bank, call.by, form.user_code) or unknown("/user_code"))


def _told(asked: Pairing) -> PairingAnswer:
    return {
        "user_code": grouped(asked.user_code, GROUP_DIGITS),
        "kind": asked.kind,  # type: ignore[typeddict-item]
        "name": asked.name,
        "address": asked.address,
        "asked_at": instant(asked.asked_at),
        "expires_at": instant(asked.expires_at),
    }
