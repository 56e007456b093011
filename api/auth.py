"""Signing in: a password for an access token, and single-use refresh tokens for the next ones."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

from api.fields import Form, Secret
from api.problems import Problem
from api.routes import Call, Routes
from api.scopes import PUBLIC, scopes_of
from api.tokens import SECONDS
from ledger.people import attempts, refresh, staff
from ledger.people.staff import Actor

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


Grant = Annotated[PasswordGrant | RefreshGrant, Field(discriminator="grant_type")]


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
def token(call: Call, form: PasswordGrant | RefreshGrant) -> TokenAnswer:
    """Sign in, or renew."""
    if isinstance(form, PasswordGrant):
        actor = staff.authenticate(call.bank, form.username, form.password)
        if actor is None:
            attempts.note_refused_login(call.bank, form.username)
            raise Problem("credentials_wrong")
        return _answer(call, actor, refresh.issue(call.bank, actor.id))
    renewed = refresh.renew(call.bank, form.refresh_token)
    actor = staff.actor(call.bank, renewed[0]) if renewed else None
    if renewed is None or actor is None:
        raise Problem("refresh_token_invalid")
    return _answer(call, actor, renewed[1])


@root.get("/.well-known/jwks.json", scope=PUBLIC, answer=JwksAnswer)
def jwks(call: Call) -> dict[str, Any]:
    """The public keys of this bank's access tokens."""
    return call.keys.jwks()


def _answer(call: Call, actor: Actor, refresh_token: str) -> TokenAnswer:
    scope = scopes_of(actor)
    return {
        "access_token": call.keys.mint(actor.id, scope, call.bank.world.new_id()),
        "token_type": "Bearer",
        "expires_in": SECONDS,
        "refresh_token": refresh_token,
        "scope": " ".join(scope),
    }
