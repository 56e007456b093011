"""Access tokens: short-lived JWTs signed with Ed25519 (RFC 9068, RFC 8037). One algorithm, our keys, nothing the token
says about either.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.types import Options

from ledger.people.keys import TOKEN_SECONDS, jwk_of, kid_of

ALGORITHM = "EdDSA"
TYPE = "at+jwt"
AUDIENCE = "pioneer-bank-api"
SECONDS = TOKEN_SECONDS
"""How long an access token lives, at the most."""
SKEW_SECONDS = 5
CHARACTERS_MAX = 4_096
LOOKED_AT_SECONDS = 1
"""A key that is retired verifies for no longer than this."""
REQUIRED = ["iss", "aud", "exp", "iat", "sub", "jti", "scope", "client_id"]
KNOWN = {*REQUIRED, "device_id", "sid"}
"""No token of ours says anything else; what we do not know, such as nbf, we could not keep to."""
_OPTIONS: Options = {
    "require": REQUIRED,
    "strict_aud": True,
    # PyJWT would look at a clock of its own.
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}
CLIENTS = ("staff", "device", "volunteer")
"""Whom a token may speak for."""


class TokenInvalid(Exception):
    """This is no token of ours, or not any more."""


class Claims(NamedTuple):
    """What a token of ours says."""

    client: str
    """What kind of caller it speaks for: staff, device or volunteer."""
    subject: UUID
    """Which one: the id of the person, device or volunteer."""
    scope: frozenset[str]
    issued_at: int
    expires_at: int
    device_id: UUID | None
    """The paired device it was given at, and dies with; None elsewhere."""
    session_id: UUID | None
    """A volunteer's session, which can end before its time."""


class _Ring:
    """The keys of one moment: verified tokens are remembered as long as no key comes or goes."""

    def __init__(self, keys: Sequence[Ed25519PrivateKey], issuer: str) -> None:
        self.given = keys
        self.signing = keys[-1]
        self.public = {kid_of(key.public_key()): key.public_key() for key in keys}
        self.kid = kid_of(self.signing.public_key())
        self._issuer = issuer
        self.verified = lru_cache(maxsize=4_096)(self._signed)

    def _signed(self, token: str) -> Claims:
        """The claims of a token that one of these keys signed, whatever its time."""
        try:
            header, written = _opened(token)
            if set(header) != {"alg", "kid", "typ"} or header["alg"] != ALGORITHM or header["typ"] != TYPE:
                raise TokenInvalid
            claims = jwt.decode(
                token,
                self.public[header["kid"]],
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=self._issuer,
                options=_OPTIONS,
            )
            if claims != written or not claims.keys() <= KNOWN:
                raise TokenInvalid
            return _claims(claims)
        except (jwt.PyJWTError, KeyError, TypeError, ValueError, RecursionError):
            raise TokenInvalid from None


class Keys:
    """Signs with the newest key; verifies with each."""

    def __init__(
        self,
        keys: Sequence[Ed25519PrivateKey] | Callable[[], Sequence[Ed25519PrivateKey]],
        *,
        issuer: str,
        clock: Callable[[], int],
    ) -> None:
        """`keys` oldest first: fixed, or asked for as they are now. `clock` in microseconds since 1970 UTC."""
        self._source = keys if callable(keys) else lambda: keys
        self._issuer, self._clock = issuer, clock
        self._ring = _Ring(self._source(), issuer)
        self._looked_at = time.monotonic()

    def mint(
        self,
        subject: UUID,
        scope: Sequence[str],
        jti: UUID,
        *,
        client: str = "staff",
        device_id: UUID | None = None,
        session_id: UUID | None = None,
        seconds: int = SECONDS,
    ) -> str:
        """An access token for this person or device with these scopes, which dies with the sign-in or session."""
        ring, now = self._current(look=True), self._clock() // 1_000_000
        claims = {
            "iss": self._issuer,
            "aud": AUDIENCE,
            "sub": str(subject),
            "client_id": client,
            "iat": now,
            "exp": now + seconds,
            "jti": str(jti),
            "scope": " ".join(scope),
        }
        claims |= {name: str(id) for name, id in (("device_id", device_id), ("sid", session_id)) if id is not None}
        return jwt.encode(claims, ring.signing, algorithm=ALGORITHM, headers={"kid": ring.kid, "typ": TYPE})

    def verify(self, token: str) -> Claims:
        """What the token says, if we signed it and its time has not passed. Refuses TokenInvalid."""
        if len(token) > CHARACTERS_MAX:
            raise TokenInvalid
        try:
            claims = self._current().verified(token)
        except TokenInvalid:
            before, now = self._ring, self._current(look=True)
            if before is now:
                raise
            claims = now.verified(token)  # another process may sign with a new key already
        moment = self._clock() // 1_000_000
        if claims.issued_at > moment + SKEW_SECONDS or claims.expires_at <= moment:
            raise TokenInvalid
        return claims

    def jwks(self) -> dict[str, Any]:
        """The public keys that verify, as RFC 7517 writes them."""
        public = self._current(look=True).public
        return {"keys": [{**jwk_of(key), "kid": kid, "use": "sig", "alg": ALGORITHM} for kid, key in public.items()]}

    def _current(self, *, look: bool = False) -> _Ring:
        """The keys as they are: `look` now, else as they were a second ago at the most."""
        now = time.monotonic()
        if look or now - self._looked_at > LOOKED_AT_SECONDS:
            given = self._source()
            if given is not self._ring.given:
                self._ring = _Ring(given, self._issuer)
            self._looked_at = now
        return self._ring


def _opened(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims as they are written. Refuses what can be spelled in two ways: ValueError, TypeError."""
    header, claims, signature = (_decoded(part) for part in token.split("."))
    if not signature:
        raise ValueError
    told = [json.loads(part, object_pairs_hook=_members) for part in (header, claims)]
    if not all(isinstance(part, dict) for part in told):
        raise TypeError
    return told[0], told[1]


def _decoded(part: str) -> bytes:
    raw = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != part:
        raise ValueError
    return raw


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)


def _claims(claims: dict[str, Any]) -> Claims:
    issued_at, expires_at = claims["iat"], claims["exp"]
    if type(issued_at) is not int or type(expires_at) is not int or not 0 < expires_at - issued_at <= SECONDS:
        raise TokenInvalid
    if not isinstance(claims["sub"], str) or not isinstance(claims["scope"], str):
        raise TokenInvalid
    if claims["client_id"] not in CLIENTS:
        raise TokenInvalid
    return Claims(
        client=claims["client_id"],
        subject=UUID(claims["sub"]),
        scope=frozenset(claims["scope"].split()),
        issued_at=issued_at,
        expires_at=expires_at,
        device_id=_id(claims, "device_id"),
        session_id=_id(claims, "sid"),
    )


def _id(claims: dict[str, Any], name: str) -> UUID | None:
    return UUID(str(claims[name])) if name in claims else None
