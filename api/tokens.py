"""Access tokens: short-lived JWTs signed with Ed25519 (RFC 9068, RFC 8037). One algorithm, our keys, nothing the token
says about either.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ALGORITHM = "EdDSA"
TYPE = "at+jwt"
AUDIENCE = "pioneer-bank-api"
SECONDS = 600
"""How long an access token lives, at the most."""
SKEW_SECONDS = 5
CHARACTERS_MAX = 4_096
REQUIRED = ["iss", "aud", "exp", "iat", "sub", "jti", "scope", "client_id"]
CLIENTS = ("staff", "device", "volunteer")
"""Whom a token may speak for."""


class TokenInvalid(Exception):
    """This is no token of ours, or not any more."""


class Claims(NamedTuple):
    """What a token of ours says."""

    client: str
    """What kind of caller it speaks for: staff, device or volunteer."""
    subject: UUID
    """Which one: the id of the person or the device."""
    scope: frozenset[str]
    issued_at: int
    expires_at: int
    device_id: UUID | None
    """The paired device it was given at, and dies with; None elsewhere."""
    session_id: UUID | None
    """A volunteer's session, which can end before its time."""


class Keys:
    """Signs with the newest key; verifies with each. Verified tokens are remembered, and only their time is looked at
    again.
    """

    def __init__(self, keys: Sequence[Ed25519PrivateKey], *, issuer: str, clock: Callable[[], int]) -> None:
        """`keys` oldest first; `clock` in microseconds since 1970 UTC."""
        self._signing = keys[-1]
        self._public = {kid_of(key.public_key()): key.public_key() for key in keys}
        self._kid = kid_of(self._signing.public_key())
        self._issuer, self._clock = issuer, clock
        self._verified = lru_cache(maxsize=4_096)(self._signed)

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
        """An access token for this person or device with these scopes."""
        now = self._clock() // 1_000_000
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
        return jwt.encode(claims, self._signing, algorithm=ALGORITHM, headers={"kid": self._kid, "typ": TYPE})

    def verify(self, token: str) -> Claims:
        """What the token says, if we signed it and its time has not passed. Refuses TokenInvalid."""
        if len(token) > CHARACTERS_MAX:
            raise TokenInvalid
        claims = self._verified(token)
        now = self._clock() // 1_000_000
        if claims.issued_at > now + SKEW_SECONDS or claims.expires_at <= now:
            raise TokenInvalid
        return claims

    def jwks(self) -> dict[str, Any]:
        """The public keys, as RFC 7517 writes them."""
        return {
            "keys": [{**_jwk(key), "kid": kid, "use": "sig", "alg": ALGORITHM} for kid, key in self._public.items()]
        }

    def _signed(self, token: str) -> Claims:
        """The claims of a token that one of our keys signed, whatever its time."""
        try:
            header = jwt.get_unverified_header(token)
            if set(header) != {"alg", "kid", "typ"} or header["alg"] != ALGORITHM or header["typ"] != TYPE:
                raise TokenInvalid
            claims = jwt.decode(
                token,
                self._public[header["kid"]],
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=self._issuer,
                options={"require": REQUIRED, "verify_exp": False, "verify_iat": False, "strict_aud": True},
            )
            return _claims(claims)
        except (jwt.PyJWTError, KeyError, TypeError, ValueError, RecursionError):
            raise TokenInvalid from None


def kid_of(key: Ed25519PublicKey) -> str:
    """The key's name: its thumbprint after RFC 7638."""
    return _base64url(hashlib.sha256(json.dumps(_jwk(key), sort_keys=True, separators=(",", ":")).encode()).digest())


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


def _jwk(key: Ed25519PublicKey) -> dict[str, str]:
    return {"crv": "Ed25519", "kty": "OKP", "x": _base64url(key.public_bytes(Encoding.Raw, PublicFormat.Raw))}


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
