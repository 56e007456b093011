"""Signing in: a password for an access token, and single-use refresh tokens for the next ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api import throttling
from api.callers import Kind
from api.fields import Form, Secret
from api.problems import Problem
from api.routes import Call, Routes, device_here
from api.scopes import DEVICE_SCOPES, PUBLIC, scopes_of
from api.tokens import SECONDS
from ledger.people import attempts, devices, pairing, refresh, staff, throttles
from ledger.people.pairing import NotYet
from ledger.people.refresh import Holder
from ledger.people.throttles import Act

routes = Routes("auth")
root = Routes("auth", prefix="")


class PasswordGrant(Form):
    """Sign in."""

    grant_type: Literal["password"]
    username: Secret
    password: Secret


class RefreshGrant(Form):
    """Go on without the password."""

    grant_type: Literal["refresh_token"]
    refresh_token: Secret


class DeviceGrant(Form):
    """Fetch the tokens of a device that an administrator has approved (RFC 8628, 3.4)."""

    grant_type: Literal["urn:ietf:params:oauth:grant-type:device_code"]
    device_code: Secret


Grant = Annotated[PasswordGrant | RefreshGrant | DeviceGrant, Field(discriminator="grant_type")]


class TokenAnswer(TypedDict):
    """Tokens: the first for every request, the second to get the next pair, once."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    refresh_token: str
    scope: str


class Jwk(TypedDict):
    """A public key after RFC 8037."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: str
    kid: str
    use: Literal["sig"]
    alg: Literal["EdDSA"]


class JwksAnswer(TypedDict):
    """The keys that verify access tokens."""

    keys: list[Jwk]


@routes.post("/auth/token", scope=PUBLIC, body=Grant, answer=TokenAnswer, status=200)
def token(call: Call, form: PasswordGrant | RefreshGrant | DeviceGrant) -> TokenAnswer:
    """Sign in, renew, or fetch the tokens of a device. Sent with a desk's token, a password signs in at that desk."""
    if isinstance(form, PasswordGrant):
        device = device_here(call)
        at = device.id if device else None
        attempt = throttles.attempt(call.bank, Act.LOGIN, throttling.source(call.bank, at), form.username)
        actor = staff.authenticate(call.bank, form.username, form.password)
        if actor is None:
            attempts.note_refused_login(call.bank, form.username)
            raise Problem("credentials_wrong")
        attempt.succeeded()
        holder = Holder(actor.id, at)
        return _answer(call, holder, scopes_of(actor), refresh.issue(call.bank, holder))
    if isinstance(form, DeviceGrant):
        paired = pairing.poll(call.bank, form.device_code)
        if isinstance(paired, NotYet):
            raise Problem(paired.value)
        holder = Holder(None, paired.id)
        return _answer(call, holder, sorted(DEVICE_SCOPES), refresh.issue(call.bank, holder))
    renewed = refresh.renew(call.bank, form.refresh_token)
    scope = _scopes_now(call, renewed[0]) if renewed else None
    if renewed is None or scope is None:
        raise Problem("refresh_token_invalid")
    return _answer(call, renewed[0], scope, renewed[1])


@root.get("/.well-known/jwks.json", scope=PUBLIC, answer=JwksAnswer)
def jwks(call: Call) -> dict[str, Any]:
    """The public keys of this bank's access tokens."""
    return call.keys.jwks()


def _scopes_now(call: Call, holder: Holder) -> Sequence[str] | None:
    """What its holder may do by now; None for a person who was disabled, and at or of a device that was revoked."""
    if holder.staff_id is not None:
        actor = staff.actor(call.bank, holder.staff_id, device=holder.device_id)
        return scopes_of(actor) if actor else None
    device = devices.standing(call.bank, holder.device_id) if holder.device_id else None
    return sorted(DEVICE_SCOPES) if device else None


def _answer(call: Call, holder: Holder, scope: Sequence[str], refresh_token: str) -> TokenAnswer:
    jti = call.bank.world.new_id()
    if holder.staff_id is not None:
        access_token = call.keys.mint(holder.staff_id, scope, jti, device_id=holder.device_id)
    else:
        access_token = call.keys.mint(cast(UUID, holder.device_id), scope, jti, client=Kind.DEVICE)
    return {
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": SECONDS,
        "refresh_token": refresh_token,
        "scope": " ".join(scope),
    }
