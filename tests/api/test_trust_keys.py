"""TRUST.md 1 and 15: keys come and go under a running server, and live in files of their owner only."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import jwt
import pytest
from flask import Flask

from api import Keys, create_app
from api.tokens import TokenInvalid
from ledger.people import keys
from ledger.people.keyfiles import KeysUnfit
from ledger.people.keys import KeyRefused
from tests.api.conftest import PASSWORD, Client, Founded

PATH = "/api/v1/organisations"


@pytest.fixture
def app(founded: Founded) -> Flask:
    """As it is served: its keys are looked at while it runs."""
    return server(founded)


def server(founded: Founded) -> Flask:
    watched = keys.watched(founded.settings.data_dir)
    return create_app(founded.bank, Keys(watched, issuer="bank.example", clock=founded.bank.world.clock))


def token(nobody: Client) -> str:
    told = nobody.post("/api/v1/auth/token", {"grant_type": "password", "username": "desk", "password": PASSWORD})
    return str(told.json["access_token"])


def kid(access_token: str) -> str:
    return str(jwt.get_unverified_header(access_token)["kid"])


def published(nobody: Client) -> set[str]:
    return {key["kid"] for key in nobody.get("/.well-known/jwks.json").json["keys"]}


def test_line_1_a_new_key_signs_at_once_and_the_old_one_verifies_until_it_is_retired(
    founded: Founded, nobody: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Client(server(founded).test_client())
    old = token(nobody)
    made = keys.rotate(founded.settings.data_dir)
    new = token(nobody)
    assert kid(old) != kid(new) == made.kid
    for client in (nobody, other):
        for each in (old, new):
            assert replace(client, token=each).get(PATH).status == 200
        assert published(client) == {kid(old), kid(new)}
    keys.retire(founded.settings.data_dir, kid(old), at_once=True)
    assert published(nobody) == {kid(new)}
    assert replace(nobody, token=old).get(PATH).status == 401
    assert replace(nobody, token=new).get(PATH).status == 200
    monkeypatch.setattr("api.tokens.LOOKED_AT_SECONDS", 0)
    assert replace(other, token=old).get(PATH).status == 401


def test_line_1_a_key_is_not_retired_while_its_tokens_hold_nor_while_it_signs(tmp_path: Path) -> None:
    keys.ensure(tmp_path)
    [first] = keys.listed(tmp_path)
    assert (first.signs, first.needed_until) == (True, None)
    with pytest.raises(KeyRefused, match="signs"):
        keys.retire(tmp_path, first.kid, at_once=True)
    second = keys.rotate(tmp_path)
    with pytest.raises(KeyRefused, match="hold for 600 s more"):
        keys.retire(tmp_path, first.kid, now=lambda: second.made_at)
    with pytest.raises(KeyRefused, match="no key"):
        keys.retire(tmp_path, "another")
    keys.retire(tmp_path, first.kid, now=lambda: second.made_at + 600)
    assert [key.kid for key in keys.listed(tmp_path)] == [second.kid]
    assert keys.rotate(tmp_path).file.name == "0003.pem"


def test_line_1_a_key_of_another_bank_is_foreign(founded: Founded, nobody: Client, tmp_path: Path) -> None:
    keys.ensure(tmp_path)
    stranger = Keys(keys.load(tmp_path), issuer="bank.example", clock=founded.bank.world.clock)
    with pytest.raises(TokenInvalid):
        stranger.verify(token(nobody))


def test_line_15_keys_are_files_that_only_their_owner_reads(tmp_path: Path) -> None:
    keys.ensure(tmp_path)
    keys.rotate(tmp_path)
    assert {key.file.stat().st_mode & 0o777 for key in keys.listed(tmp_path)} == {0o600}
    assert (tmp_path / "token-keys").stat().st_mode & 0o777 == 0o700
    keys.listed(tmp_path)[0].file.chmod(0o604)
    with pytest.raises(KeysUnfit, match="chmod 600"):
        keys.load(tmp_path)


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_line_15_no_key_is_in_the_database(founded: Founded, nobody: Client, tmp_path: Path) -> None:
    """Not the token keys, not the sealing keys, not the keys of the log, in no spelling."""
    token(nobody)
    copy = tmp_path / "copy.db"
    with sqlite3.connect(founded.bank.store.url.database or "") as live, sqlite3.connect(copy) as backup:
        live.backup(backup)
    bytes_of = copy.read_bytes()
    data_dir = founded.settings.data_dir
    secrets = [key.private_bytes_raw() for key in keys.load(data_dir)]
    files = sorted(data_dir.glob("*-keys/*"))
    assert {file.parent.name for file in files} == {"log-keys", "sealing-keys", "token-keys"}
    written = [file.read_bytes().strip() for file in files]
    spelled = [form for raw in secrets for form in (raw, raw.hex().encode(), json.dumps(list(raw)).encode())]
    for secret in [*spelled, *written, *(line for pem in written for line in pem.splitlines() if b"-" not in line)]:
        assert secret not in bytes_of
    assert b"organisation" in bytes_of


def test_an_unfinished_key_file_is_no_key(tmp_path: Path) -> None:
    """What a server looks at while another key is being written."""
    keys.ensure(tmp_path)
    (tmp_path / "token-keys" / ".unfinished.pem").write_bytes(os.urandom(9))
    assert len(keys.load(tmp_path)) == 1
