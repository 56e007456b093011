"""Signing in: a password for an access token, and single-use refresh tokens for the next ones; and signing out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from api import throttling
from api.callers import Kind
from api.fields import Form, Secret
from api.problems import Problem
from api.routes import Call, Routes, device_here
from api.scopes import DEVICE_SCOPES, PUBLIC, scopes_of
from api.tokens import CHARACTERS_MAX, SECONDS, TokenInvalid
from ledger.people import attempts, devices, pairing, sign_ins, signing_in, staff
from ledger.people.pairing import NotYet
from ledger.people.sign_ins import Holder, Standing
from ledger.people.signing_in import NotLetIn

routes = Routes("auth")
root = Routes("auth", prefix="")

Otp = Annotated[str, StringConstraints(min_length=6, max_length=6, pattern="^[0-9]+$")]
"""A one-time code of an authenticator app."""


class PasswordGrant(Form):
    """Sign in. `otp` is for whoever has enrolled for one-time codes."""

    grant_type: Literal["password"]
    username: Secret
    password: Secret
    otp: Otp | None = None


class RefreshGrant(Form):
    """Go on without the password."""

    grant_type: Literal["refresh_token"]
    refresh_token: Secret


class DeviceGrant(Form):
    """Fetch the tokens of a device that an administrator has approved (RFC 8628, 3.4)."""

    grant_type: Literal["urn:ietf:params:oauth:grant-type:device_code"]
    device_code: Secret


Grant = Annotated[PasswordGrant | RefreshGrant | DeviceGrant, Field(discriminator="grant_type")]


class Revocation(Form):
    """Sign out what this token was given for; `everywhere` signs its owner out wherever they are signed in."""

    token: Annotated[str, StringConstraints(min_length=1, max_length=CHARACTERS_MAX, pattern=r"^[A-Za-z0-9._-]+$")]
    token_type_hint: Literal["access_token", "refresh_token"] | None = None
    everywhere: bool = False


class TokenAnswer(TypedDict):
    """Tokens: the first for every request, the second to get the next pair, once."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    refresh_token: str
    scope: str


class RevocationAnswer(TypedDict):
    """What was signed in with this token is signed out now, if it was."""


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
        who = signing_in.sign_in(call.bank, throttling.source(call.bank, at), *_shown(form))
        if who in (NotLetIn.CREDENTIALS_WRONG, NotLetIn.OTP_WRONG):
            attempts.note_refused_login(call.bank, form.username, device=at)
        actor = let_in(who)
        return tokens(call, sign_ins.begin(call.bank, Holder(actor.id, at)), scopes_of(actor))
    if isinstance(form, DeviceGrant):
        paired = pairing.poll(call.bank, form.device_code)
        if isinstance(paired, NotYet):
            raise Problem(paired.value)
        return tokens(call, sign_ins.begin(call.bank, Holder(None, paired.id)), sorted(DEVICE_SCOPES))
    renewed = sign_ins.renew(call.bank, form.refresh_token)
    scope = _scopes_now(call, renewed.holder) if renewed else None
    if renewed is None or scope is None:
        raise Problem("refresh_token_invalid")
    return tokens(call, renewed, scope)


@routes.post("/auth/revoke", scope=PUBLIC, body=Revocation, answer=RevocationAnswer, status=200)
def revoke(call: Call, form: Revocation) -> RevocationAnswer:
    """Sign out (RFC 7009): the same answer for every token, and nothing it was given for holds any more."""
    try:
        claims = call.keys.verify(form.token)
    except TokenInvalid:
        sign_ins.end(call.bank, token=form.token, everywhere=form.everywhere)
    else:
        if claims.client != Kind.VOLUNTEER:
            sign_ins.end(call.bank, id=claims.session_id, everywhere=form.everywhere)
    return {}


@root.get("/.well-known/jwks.json", scope=PUBLIC, answer=JwksAnswer)
def jwks(call: Call) -> dict[str, Any]:
    """The public keys of this bank's access tokens."""
    return call.keys.jwks()


def let_in(who: staff.Actor | NotLetIn) -> staff.Actor:
    """The person; else 401 with the reason."""
    if isinstance(who, NotLetIn):
        raise Problem(who.value)
    return who


def tokens(call: Call, standing: Standing, scope: Sequence[str]) -> TokenAnswer:
    """A pair of tokens of this sign-in, which die with it."""
    jti, (staff_id, device_id) = call.bank.world.new_id(), standing.holder
    if staff_id is not None:
        access_token = call.keys.mint(staff_id, scope, jti, device_id=device_id, session_id=standing.id)
    else:
        access_token = call.keys.mint(cast(UUID, device_id), scope, jti, client=Kind.DEVICE, session_id=standing.id)
    return {
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": SECONDS,
        "refresh_token": standing.refresh_token,
        "scope": " ".join(scope),
    }


def _shown(form: PasswordGrant) -> tuple[str, str, str | None]:
    return form.username, form.password, form.otp


def _scopes_now(call: Call, holder: Holder) -> Sequence[str] | None:
    """What its holder may do by now; None for a person who was disabled, and at or of a device that was revoked."""
    if holder.staff_id is not None:
        device = devices.standing(call.bank, holder.device_id) if holder.device_id else None
        actor = staff.actor(call.bank, holder.staff_id) if device or not holder.device_id else None
        return scopes_of(actor) if actor else None
    device = devices.standing(call.bank, holder.device_id) if holder.device_id else None
    return sorted(DEVICE_SCOPES) if device else None
