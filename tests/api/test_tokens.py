"""Nobody gets in with a token that we did not sign for this bank, for now, and for this use."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask

from api import Keys, create_app
from api.tokens import AUDIENCE
from ledger.bank import World
from ledger.people import keys, sign_ins
from ledger.people.keys import kid_of
from ledger.people.sign_ins import Holder
from tests.api.conftest import PASSWORD, Client, Founded, People

PATH = "/api/v1/organisations"


@pytest.fixture
def key(founded: Founded) -> Ed25519PrivateKey:
    return keys.load(founded.settings.data_dir)[-1]


@pytest.fixture
def claims(founded: Founded) -> dict[str, Any]:
    """Those of a good token."""
    person = founded.hire("bearer", ("organiser", founded.district))
    signed_in = sign_ins.begin(founded.bank, Holder(person.id, None))
    now = founded.bank.world.clock() // 1_000_000
    return {
        "iss": "bank.example",
        "aud": AUDIENCE,
        "sub": str(person.id),
        "client_id": "staff",
        "iat": now,
        "exp": now + 600,
        "jti": str(uuid4()),
        "scope": "organisations:read",
        "sid": str(signed_in.id),
    }


@pytest.fixture
def header(key: Ed25519PrivateKey) -> dict[str, Any]:
    return {"alg": "EdDSA", "kid": kid_of(key.public_key()), "typ": "at+jwt"}


def signed(key: Ed25519PrivateKey, header: dict[str, Any], claims: dict[str, Any]) -> str:
    """A token with exactly this header, whatever it says."""
    first = ".".join(encoded(json.dumps(part).encode()) for part in (header, claims))
    return f"{first}.{encoded(key.sign(first.encode()))}"


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.fixture
def status(nobody: Client) -> Callable[[str], int]:
    def asked(token: str) -> int:
        told = replace(nobody, token=token).get(PATH)
        if told.status == 401:
            assert told.json["code"] == "token_invalid"
            assert told.headers["WWW-Authenticate"] == 'Bearer realm="pioneer-bank", error="invalid_token"'
        return told.status

    return asked


def test_a_good_token_is_let_in(status: Any, key: Any, header: Any, claims: Any) -> None:
    assert status(signed(key, header, claims)) == 200


ODD_HEADERS: list[dict[str, Any]] = [
    {"alg": "none"},
    {"alg": "None"},
    {"alg": "eddsa"},
    {"alg": "EDDSA"},
    {"alg": "Ed25519"},
    {"alg": "HS256"},
    {"typ": "JWT"},
    {"typ": None},
    {"kid": "somebody-else"},
    {"kid": None},
    {"kid": ["a"]},
    {"jku": "https://example.com/keys"},
    {"x5u": "https://example.com/cert"},
    {"jwk": {"kty": "OKP"}},
    {"crit": ["exp"]},
    {"b64": False},
]


def test_a_header_that_says_anything_else_is_refused(status: Any, key: Any, header: Any, claims: Any) -> None:
    for said in ODD_HEADERS:
        assert status(signed(key, header | said, claims)) == 401, said


def test_every_claim_is_required(status: Any, key: Any, header: Any, claims: Any) -> None:
    for name in ["iss", "aud", "sub", "iat", "exp", "jti", "scope", "client_id"]:
        assert status(signed(key, header, {other: value for other, value in claims.items() if other != name})) == 401


def test_claims_of_other_banks_times_and_kinds_are_refused(status: Any, key: Any, header: Any, claims: Any) -> None:
    now = claims["iat"]
    for said in (
        {"iss": "other.example"},
        {"aud": "other"},
        {"aud": [AUDIENCE]},
        {"exp": now},
        {"exp": now - 1, "iat": now - 601},
        {"exp": now + 601},
        {"exp": float(now + 60)},
        {"exp": str(now + 60)},
        {"exp": True},
        {"iat": now + 60, "exp": now + 600},
        {"iat": now - 10_000},
        {"sub": 7},
        {"sub": "nobody"},
        {"sub": str(uuid4())},
        {"scope": 7},
        {"scope": None},
        {"jti": None},
        {"client_id": "device"},
        {"client_id": "volunteer"},
        {"client_id": "somebody"},
        {"client_id": None},
        {"client_id": ["staff"]},
        {"device_id": str(uuid4())},
        {"device_id": 7},
        {"client_id": "volunteer", "sid": str(uuid4())},
        {"sid": "7"},
    ):
        assert status(signed(key, header, claims | said)) == 401, said


def test_the_public_key_is_no_secret_to_sign_with(status: Any, key: Any, header: Any, claims: Any) -> None:
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    for secret in (public, encoded(public).encode()):
        token = jwt.encode(claims, secret.ljust(32), algorithm="HS256", headers={"kid": header["kid"], "typ": "at+jwt"})
        assert status(token) == 401


def test_a_stranger_s_key_and_a_changed_token_are_refused(status: Any, key: Any, header: Any, claims: Any) -> None:
    assert status(signed(Ed25519PrivateKey.generate(), header, claims)) == 401
    good = signed(key, header, claims)
    head, body, signature = good.split(".")
    more = encoded(json.dumps(claims | {"scope": "ledger:read"}).encode())
    unsigned = encoded(json.dumps({"alg": "none", "typ": "at+jwt"}).encode())
    for bad in (
        f"{head}.{more}.{signature}",
        f"{unsigned}.{body}.",
        f"{head}.{body}.",
        "",
        "x",
        good + "x",
        "a" * 9_000,
    ):
        assert status(bad) == 401, bad


def test_a_token_dies_with_its_ten_minutes(founded: Founded) -> None:
    now = [founded.bank.world.clock()]
    bank = founded.bank
    bank.world = World(clock=lambda: now[0])
    signing = Keys(keys.load(founded.settings.data_dir), issuer="bank.example", clock=bank.world.clock)
    client = Client(create_app(bank, signing).test_client())
    answer = client.post("/api/v1/auth/token", {"grant_type": "password", "username": "desk", "password": PASSWORD})
    client.token = answer.json["access_token"]
    assert answer.json["expires_in"] == 600
    now[0] += 599_000_000
    assert client.get(PATH).status == 200
    now[0] += 1_000_000
    assert client.get(PATH).status == 401
    renewed = client.post("/api/v1/auth/token", renewal(answer.json["refresh_token"]))
    client.token = renewed.json["access_token"]
    assert client.get(PATH).status == 200


def renewal(token: str) -> dict[str, str]:
    return {"grant_type": "refresh_token", "refresh_token": token}


def test_known_and_unknown_names_are_told_the_same(nobody: Client) -> None:
    told = [
        nobody.post("/api/v1/auth/token", {"grant_type": "password", "username": name, "password": "wrong password"})
        for name in ("desk", "nobody-of-this-name")
    ]
    assert [each.status for each in told] == [401, 401]
    first, second = ({**each.json, "instance": None} for each in told)
    assert first == second
    assert first["code"] == "credentials_wrong"


def test_who_is_disabled_is_out_at_once(founded: Founded, sign_in: Callable[[str], Client], nobody: Client) -> None:
    person = founded.hire("leaver", ("organiser", founded.district))
    client = sign_in("leaver")
    refresh = nobody.post(
        "/api/v1/auth/token", {"grant_type": "password", "username": "leaver", "password": PASSWORD}
    ).json["refresh_token"]
    assert client.get(PATH).status == 200
    founded.disable(person)
    assert client.get(PATH).status == 401
    assert nobody.post("/api/v1/auth/token", renewal(refresh)).status == 401
    assert (
        nobody.post("/api/v1/auth/token", {"grant_type": "password", "username": "leaver", "password": PASSWORD}).status
        == 401
    )


def test_jwks_verifies_our_tokens(nobody: Client, people: People) -> None:
    [published] = nobody.get("/.well-known/jwks.json").json["keys"]
    assert set(published) == {"kty", "crv", "x", "kid", "use", "alg"}
    key = jwt.PyJWK(published)
    told = jwt.decode(people.desk.token or "", key, algorithms=["EdDSA"], audience=AUDIENCE, issuer="bank.example")
    assert told["exp"] - told["iat"] == 600


def test_after_a_new_key_the_old_one_still_verifies(founded: Founded, app: Flask, people: People) -> None:
    old = keys.load(founded.settings.data_dir)
    signing = Keys([*old, Ed25519PrivateKey.generate()], issuer="bank.example", clock=founded.bank.world.clock)
    client = Client(create_app(founded.bank, signing).test_client(), people.desk.token)
    assert client.get(PATH).status == 200
    assert len(client.get("/.well-known/jwks.json").json["keys"]) == 2
