"""TRUST.md 1 (and RFC 8725, RFC 9068): every known attack on a token, by its name. The same over HTTP is in
test_tokens.py.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from api.tokens import AUDIENCE, SECONDS, SKEW_SECONDS, Keys, TokenInvalid
from ledger.people.keys import kid_of

NOW = 1_772_413_200
KEY = Ed25519PrivateKey.from_private_bytes(b"an invented key, for tests only.")
STRANGER = Ed25519PrivateKey.from_private_bytes(b"a stranger's key, for tests only")
SOMEBODY = UUID("00000000-0000-7000-8000-0000000000aa")
HEADER = {"alg": "EdDSA", "kid": kid_of(KEY.public_key()), "typ": "at+jwt"}
CLAIMS = {
    "iss": "bank.example",
    "aud": AUDIENCE,
    "sub": str(SOMEBODY),
    "client_id": "staff",
    "iat": NOW,
    "exp": NOW + SECONDS,
    "jti": str(SOMEBODY),
    "scope": "organisations:read",
    "sid": str(SOMEBODY),
}


@pytest.fixture
def keys() -> Keys:
    return Keys([KEY], issuer="bank.example", clock=lambda: NOW * 1_000_000)


def segment(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def written(header: str, claims: str, key: Ed25519PrivateKey = KEY) -> str:
    """A token of exactly these words, signed."""
    first = f"{segment(header.encode())}.{segment(claims.encode())}"
    return f"{first}.{segment(key.sign(first.encode()))}"


def token(header: dict[str, Any] = HEADER, claims: dict[str, Any] = CLAIMS, key: Ed25519PrivateKey = KEY) -> str:
    return written(json.dumps(header), json.dumps(claims), key)


def without(name: str, given: dict[str, Any]) -> dict[str, Any]:
    return {other: value for other, value in given.items() if other != name}


def refused(keys: Keys, attack: str) -> None:
    with pytest.raises(TokenInvalid):
        keys.verify(attack)


def test_line_1_a_good_token_holds_in_any_order_of_its_members(keys: Keys) -> None:
    assert keys.verify(token()).subject == SOMEBODY
    assert keys.verify(token(dict(reversed(HEADER.items())), dict(reversed(CLAIMS.items())))).subject == SOMEBODY
    assert keys.verify(keys.mint(SOMEBODY, ["own"], SOMEBODY, session_id=SOMEBODY)).session_id == SOMEBODY


@pytest.mark.parametrize(
    "alg", ["none", "None", "NONE", "nOnE", "eddsa", "EDDSA", "Ed25519", "HS256", "RS256", "ES256", "", None, ["EdDSA"]]
)
def test_line_1_no_other_algorithm_and_no_other_spelling_of_ours(keys: Keys, alg: Any) -> None:
    refused(keys, token(HEADER | {"alg": alg}))
    refused(keys, f"{segment(json.dumps(HEADER | {'alg': alg}).encode())}.{segment(json.dumps(CLAIMS).encode())}.")


def test_line_1_a_token_without_a_signature(keys: Keys) -> None:
    head, body, _ = token().split(".")
    for attack in (f"{head}.{body}.", f"{head}.{body}", f"{head}..", "..", "."):
        refused(keys, attack)


@pytest.mark.parametrize("alg", ["HS256", "HS384", "HS512"])
def test_line_1_hmac_with_our_public_key_as_the_secret(keys: Keys, alg: str) -> None:
    public = KEY.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    for secret in (pem, pem.strip(), raw, segment(raw).encode()):
        for said in (alg, "EdDSA"):
            first = f"{segment(json.dumps(HEADER | {'alg': said}).encode())}.{segment(json.dumps(CLAIMS).encode())}"
            mac = hmac.digest(secret, first.encode(), getattr(hashlib, f"sha{alg[2:]}"))
            refused(keys, f"{first}.{segment(mac)}")


def test_line_1_a_stranger_s_key_of_our_kind_or_another(keys: Keys) -> None:
    refused(keys, token(key=STRANGER))
    refused(keys, token(HEADER | {"kid": kid_of(STRANGER.public_key())}, key=STRANGER))
    for alg, key in (
        ("RS256", rsa.generate_private_key(65_537, 2_048)),
        ("ES256", ec.generate_private_key(ec.SECP256R1())),
    ):
        refused(keys, jwt.encode(CLAIMS, key, algorithm=alg, headers={"kid": HEADER["kid"], "typ": "at+jwt"}))


@pytest.mark.parametrize(
    "kid", ["somebody-else", "", None, 7, ["a"], {"a": 1}, "../../token-keys/0001.pem", "' OR 1=1 --", "x" * 3_000]
)
def test_line_1_a_foreign_kid(keys: Keys, kid: Any) -> None:
    refused(keys, token(HEADER | {"kid": kid}))
    refused(keys, token(without("kid", HEADER)))


@pytest.mark.parametrize(
    "more",
    [
        {"jku": "https://example.com/keys"},
        {"x5u": "https://example.com/certificate"},
        {"x5c": ["AA=="]},
        {"x5t": "AA"},
        {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": segment(b"\x00" * 32)}},
        {"crit": ["exp"]},
        {"crit": []},
        {"b64": False, "crit": ["b64"]},
        {"cty": "JWT"},
        {"zip": "DEF"},
        {"enc": "A256GCM"},
        {"unheard-of": 1},
    ],
    ids=lambda more: next(iter(more)),
)
def test_line_1_a_header_that_brings_its_own_key_or_rules(keys: Keys, more: dict[str, Any]) -> None:
    refused(keys, token(HEADER | more))


@pytest.mark.parametrize("typ", ["JWT", "jwt", "AT+JWT", "application/at+jwt", "id+jwt", "", None, 7])
def test_line_1_another_typ(keys: Keys, typ: Any) -> None:
    refused(keys, token(HEADER | {"typ": typ}))
    refused(keys, token(without("typ", HEADER)))


@pytest.mark.parametrize("name", sorted(HEADER))
def test_line_1_a_header_member_said_twice(keys: Keys, name: str) -> None:
    """Two readers of it could each believe another one."""
    for twice in (f'"{name}": "none", ', f'"{name}": {json.dumps(HEADER[name])}, '):
        refused(keys, written("{" + twice + json.dumps(HEADER)[1:], json.dumps(CLAIMS)))
        refused(keys, written(json.dumps(HEADER)[:-1] + ", " + twice[:-2] + "}", json.dumps(CLAIMS)))


@pytest.mark.parametrize("name", sorted(CLAIMS))
def test_line_1_a_claim_said_twice(keys: Keys, name: str) -> None:
    twice = f'"{name}": {json.dumps(CLAIMS[name])}, '
    refused(keys, written(json.dumps(HEADER), "{" + twice + json.dumps(CLAIMS)[1:]))


@pytest.mark.parametrize("name", sorted(without("sid", CLAIMS)))
def test_line_1_a_claim_missing_or_null(keys: Keys, name: str) -> None:
    refused(keys, token(claims=without(name, CLAIMS)))
    refused(keys, token(claims=CLAIMS | {name: None}))


def test_line_1_expired_not_yet_issued_or_living_too_long(keys: Keys) -> None:
    for claims in (
        {"exp": NOW},
        {"iat": NOW - SECONDS - 1, "exp": NOW - 1},
        {"iat": NOW + SKEW_SECONDS + 1, "exp": NOW + SECONDS},
        {"exp": NOW + SECONDS + 1},
        {"iat": NOW - 1},
        {"iat": NOW + 60, "exp": NOW + 30},
        {"nbf": NOW + 60},
    ):
        refused(keys, token(claims=CLAIMS | claims))
    assert keys.verify(token(claims=CLAIMS | {"iat": NOW + SKEW_SECONDS})).issued_at == NOW + SKEW_SECONDS


@pytest.mark.parametrize("odd", [1e309, -1, 0, 2**53, 2**64, "1772413800", True, 1772413800.0, [], {}])
def test_line_1_times_that_are_no_whole_numbers_of_this_age(keys: Keys, odd: Any) -> None:
    for name in ("iat", "exp"):
        refused(keys, token(claims=CLAIMS | {name: odd}))


def test_line_1_another_bank_s_token_or_one_for_another_use(keys: Keys) -> None:
    for claims in (
        {"iss": "other.example"},
        {"iss": "bank.example."},
        {"iss": ["bank.example"]},
        {"aud": "other"},
        {"aud": [AUDIENCE, "other"]},
        {"aud": [AUDIENCE]},
        {"client_id": "operator"},
        {"sub": "nobody"},
        {"sub": 7},
        {"scope": ["organisations:read"]},
        {"sid": "7"},
        {"device_id": 7},
    ):
        refused(keys, token(claims=CLAIMS | claims))


def test_line_1_a_token_that_was_changed_anywhere(keys: Keys) -> None:
    good = token()
    for at in range(0, len(good), 3):
        changed = "A" if good[at] != "A" else "B"
        refused(keys, good[:at] + changed + good[at + 1 :])


def test_line_1_the_same_bytes_in_another_spelling(keys: Keys) -> None:
    head, body, signature = token().split(".")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = alphabet[alphabet.index(signature[-1]) ^ 1]
    for attack in (
        f"{head}.{body}.{signature[:-1]}{other}",
        f"{head}.{body}.{signature}==",
        f"{head}.{body}.{signature} ",
        f" {head}.{body}.{signature}",
        f"{head}.\n{body}.{signature}",
        f"{head}.{body}.{signature}.",
        f"{head}.{body}.{signature}.{head}.{body}",
        f"{head}.{body}.{signature}".replace("-", "+").replace("_", "/") + "=",
        "示例",
        "",
    ):
        refused(keys, attack)


def test_line_1_what_is_no_object_or_no_json(keys: Keys) -> None:
    good = json.dumps(HEADER), json.dumps(CLAIMS)
    for odd in ("[]", '"x"', "7", "null", "{", "", "\x00", "[" * 1_200, '{"a":' * 400 + "1" + "}" * 400, "\ud800"):
        spelled = odd.encode("utf-8", "surrogatepass").decode("latin-1")
        refused(keys, written(spelled, good[1]))
        refused(keys, written(good[0], spelled))


def test_line_1_a_token_too_long_to_be_one_of_ours(keys: Keys) -> None:
    refused(keys, token(claims=CLAIMS | {"more": "x" * 4_096}))
    refused(keys, "a" * 1_000_000)


def test_line_1_a_token_is_not_remembered_beyond_its_time() -> None:
    now = [NOW]
    keys = Keys([KEY], issuer="bank.example", clock=lambda: now[0] * 1_000_000)
    held = token()
    keys.verify(held)
    now[0] += SECONDS
    refused(keys, held)
