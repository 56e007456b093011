"""`pioneer staff` and `pioneer keys`: whoever has only a terminal keeps a bank from being locked out of itself."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api import Keys, create_app
from ledger.bank import Bank
from ledger.people import keys
from ledger.settings import Settings
from tests.api.conftest import Client
from tests.cli.test_pioneer import PASSWORD, pioneer, told

TOKEN = "/api/v1/auth/token"


@pytest.fixture
def place(database_url: str, tmp_path: Path) -> Path:
    """The data directory of a bank with one administrator."""
    told("init", "--admin-password", PASSWORD, url=database_url, place=tmp_path)
    return tmp_path


@pytest.fixture
def ask(database_url: str, place: Path) -> Any:
    return lambda *words, code=0: told(*words, url=database_url, place=place, code=code)


def typed(url: str, place: Path, *words: str, password: str) -> subprocess.CompletedProcess[str]:
    """The command, with a password on its standard input."""
    return subprocess.run(
        [str(Path(sys.executable).parent / "pioneer"), *words],
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("PIONEER_")},
            "PIONEER_DATABASE_URL": url,
            "PIONEER_DATA_DIR": str(place),
        },
        input=password + "\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", ["staff", "keys"])
def test_every_command_explains_itself(command: str) -> None:
    assert command in pioneer("--help").stdout
    done = pioneer(command, "--help")
    assert (done.returncode, f"Usage: pioneer {command}" in done.stdout) == (0, True)


def test_a_person_is_hired_given_roles_and_disabled_from_the_terminal(database_url: str, place: Path, ask: Any) -> None:
    done = typed(database_url, place, "staff", "hire", "clerk", "organiser", "--name", "范某", password=PASSWORD)
    assert done.returncode == 0, done.stderr
    assert PASSWORD not in done.stdout + done.stderr
    listed = ask("staff", "list")["staff"]
    assert [each["username"] for each in listed] == ["admin", "clerk"]
    root = listed[0]["roles"][0]["organisation_id"]
    given = ask("staff", "role", "add", "clerk", "reviewer", "--at", root)
    assert sorted(each["role"] for each in given["roles"]) == ["organiser", "reviewer"]
    assert [each["role"] for each in ask("staff", "role", "remove", "clerk", "organiser")["roles"]] == ["reviewer"]
    assert ask("staff", "disable", "clerk")["enabled"] is False
    assert ask("staff", "enable", "clerk")["enabled"] is True
    assert "范某" in pioneer("staff", "list", url=database_url, place=place).stdout


def test_what_cannot_be_is_told_in_a_sentence(database_url: str, place: Path, ask: Any) -> None:
    assert "last administrator" in ask("staff", "disable", "admin", code=1)["error"]
    assert "last administrator" in ask("staff", "role", "remove", "admin", "admin", code=1)["error"]
    assert "does not hold" in ask("staff", "role", "remove", "admin", "desk", code=1)["error"]
    assert "nobody" in ask("staff", "reset-password", "stranger", code=1)["error"]
    assert "no organisation" in ask("staff", "role", "add", "admin", "desk", "--at", "elsewhere", code=1)["error"]
    done = typed(database_url, place, "staff", "hire", "clerk", "organiser", password="short")
    assert (done.returncode, "at least 10" in done.stderr) == (1, True)
    done = typed(database_url, place, "staff", "hire", "admin", "desk", password=PASSWORD)
    assert (done.returncode, "taken" in done.stderr) == (1, True)


def test_an_administrator_who_lost_everything_is_let_in_again(database_url: str, place: Path, ask: Any) -> None:
    settings = Settings(database_url=database_url, data_dir=place)
    with Bank.open(settings) as bank:
        signing = Keys(keys.watched(place), issuer=bank.charter.origin, clock=bank.world.clock)
        nobody = Client(create_app(bank, signing).test_client())

        def signed_in(password: str) -> Client:
            body = {"grant_type": "password", "username": "admin", "password": password}
            return replace(nobody, token=nobody.post(TOKEN, body).json["access_token"])

        assert signed_in(PASSWORD).get("/api/v1/staff").json["code"] == "otp_required"
        assert ask("staff", "admin-totp", "optional")["policy"] == "optional"
        assert signed_in(PASSWORD).get("/api/v1/staff").status == 200
        fresh = ask("staff", "reset-password", "admin")["temporary_password"]
        assert signed_in(fresh).get("/api/v1/staff").json["code"] == "password_change_required"
        assert ask("staff", "reset-totp", "admin")["totp"] is False


def test_keys_come_and_go_from_the_terminal(place: Path, ask: Any) -> None:
    [first] = ask("keys", "list")["keys"]
    assert first["signs"] is True
    second = ask("keys", "rotate")
    assert second["kid"] != first["kid"]
    assert [key["signs"] for key in ask("keys", "list")["keys"]] == [False, True]
    assert "hold for" in ask("keys", "retire", "0001.pem", code=1)["error"]
    assert ask("keys", "retire", "0001.pem", "--at-once")["kid"] == first["kid"]
    assert "signs" in ask("keys", "retire", "0002.pem", "--at-once", code=1)["error"]
    assert [key["kid"] for key in ask("keys", "create")["keys"]] == [second["kid"]]
    assert ask("keys", "rotate", "sealing")["file"].endswith("0002.key")
    assert {file.stat().st_mode & 0o777 for file in place.glob("*-keys/*")} == {0o600}
    assert "signs" in pioneer("keys", "list", place=place).stdout
