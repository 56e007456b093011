"""`pioneer` as its users type it: real processes on real databases, both engines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from ledger import rules
from ledger.bank import Bank
from ledger.people import organisations, pins
from ledger.people.throttles import Source
from ledger.prizes import catalogue, desk_sessions, liability, paper_redemptions
from ledger.service import request_reports
from ledger.settings import Settings
from tests.postgres import Postgres

PASSWORD = "correct-horse-示例"
COMMANDS = (
    "init",
    "migrate",
    "grant",
    "organisations",
    "serve",
    "demo",
    "import",
    "check",
    "lapse",
    "export",
    "doctor",
    "bench",
    "devices",
    "volunteers",
    "liability",
)


def pioneer(*arguments: str, url: str | None = None, place: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PIONEER_")}
    if url:
        environment["PIONEER_DATABASE_URL"] = url
    if place:
        environment["PIONEER_DATA_DIR"] = str(place)
    return subprocess.run(
        [str(Path(sys.executable).parent / "pioneer"), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


def told(*arguments: str, url: str | None = None, place: Path | None = None, code: int = 0) -> dict[str, Any]:
    """The one line of JSON that a command ends with."""
    done = pioneer(*arguments, "--json", url=url, place=place)
    assert done.returncode == code, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 1, done.stdout
    return dict(json.loads(lines[0]))


def every(within: list[str], **more: Any) -> dict[str, Any]:
    return {"within": within, "state": None, "after": None, "limit": 99} | more


def root(url: str) -> tuple[int, bytes]:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg") if url.startswith("postgresql") else url)
    with engine.connect() as connection:
        size, hashed = connection.execute(text("SELECT size, hash FROM tree_root ORDER BY size DESC LIMIT 1")).one()
    engine.dispose()
    return int(size), bytes(hashed)


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    done = pioneer(*command, "--help")
    assert done.returncode == 0
    assert "Usage: pioneer" in done.stdout
    assert all(name in pioneer("--help").stdout for name in command)


def test_a_bank_is_founded_examined_and_found_sound(database_url: str, tmp_path: Path) -> None:
    founded = told("init", "--admin-password", PASSWORD, url=database_url, place=tmp_path)
    assert founded["rulebook"] == "example 1"
    assert told("check", url=database_url, place=tmp_path)["transactions"] == 1
    assert told("migrate", url=database_url, place=tmp_path)["applied"] == []
    assert told("lapse", url=database_url, place=tmp_path) == {
        "ok": True,
        "lots": 0,
        "points": 0,
        "carried_over": 0,
        "dry_run": False,
    }
    assert told("doctor", url=database_url, place=tmp_path)["ok"]
    key = next((tmp_path / "token-keys").glob("*.pem"))
    assert key.stat().st_mode & 0o077 == 0


def test_a_bank_is_founded_once(database_url: str, tmp_path: Path) -> None:
    told("init", "--admin-password", PASSWORD, url=database_url, place=tmp_path)
    again = told("init", "--admin-password", PASSWORD, url=database_url, place=tmp_path, code=1)
    assert "already" in again["error"]


def test_the_demo_is_the_same_to_the_last_byte_and_sound(database_url: str, tmp_path: Path) -> None:
    """On this engine and, in another file, on SQLite: one seed, one tree."""
    built = told("demo", "--seed", "7", "--today", "2026-11-22", url=database_url, place=tmp_path)
    assert built["estates"] == 27
    assert built["volunteers"] == 2_400
    assert built["activities"] == 91
    assert built["records"] >= 7_000
    assert built["prizes_redeemed"] == 5_900
    assert built["shared_names"] > 0
    assert (built["requests"], built["requests_closed"], built["wishes_granted"]) == (2_200, 1_900, 12)
    assert min(built[name] for name in ("refused", "reversed", "refunded", "debts", "lapsed_lots")) > 0
    with Bank.open(Settings(data_dir=tmp_path, database_url=database_url)) as bank:
        year, today = date(2025, 11, 1), date(2026, 11, 22)
        everywhere = [organisations.root(bank).path]
        [all_of_it] = request_reports.report(bank, within=everywhere, since=year, until=today, by="all")
        assert (all_of_it.received, all_of_it.closed) == (2_200, 1_900)
        assert 0 < (all_of_it.close_minutes or 0) <= 8 * 60
        for known in built["identities"]:
            for number in (known["volunteer_no"], known["card_no"]):
                assert pins.identified(bank, Source(address="192.0.2.1"), number, known["pin"]), known
        within = [organisations.root(bank).path]
        days = desk_sessions.page(bank, within=within, desk_id=None, after=None, limit=9).items
        assert [day.state for day in days] == ["open", "closed"]
        assert {one.state for one in paper_redemptions.page(bank, **every(within, book_id=None)).items} == {
            *("posted", "debt", "exception", "voided")
        }
        assert {one.picture is None for one in catalogue.prizes(bank, within=within, after=None, limit=99).items} == {
            False
        }
        assert {"ordered", "budget", "committed"} <= {line.kind for line in liability.report(bank, within=within).lines}
    checked = told("check", url=database_url, place=tmp_path)
    assert checked["ok"]
    assert checked["transactions"] == built["transactions"]
    other = f"sqlite:///{tmp_path / 'other.db'}"
    told("demo", "--seed", "7", "--today", "2026-11-22", url=other, place=tmp_path)
    assert root(other) == root(database_url)
    told("demo", "--seed", "8", "--today", "2026-11-22", url=f"sqlite:///{tmp_path / 'third.db'}", place=tmp_path)
    assert root(f"sqlite:///{tmp_path / 'third.db'}") != root(other)


def test_a_demo_never_takes_the_place_of_a_real_bank(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bank.db'}"
    told("init", "--admin-password", PASSWORD, url=url, place=tmp_path)
    assert "stands here already" in told("demo", url=url, place=tmp_path, code=1)["error"]


def test_a_tampered_bank_is_found_out(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bank.db'}"
    told("demo", url=url, place=tmp_path)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER transfer_no_update"))
        connection.execute(text("UPDATE transfer SET amount = amount + 1 WHERE seq = 400 AND leg = 1"))
    engine.dispose()
    found = told("check", url=url, place=tmp_path, code=1)
    codes = {finding["code"] for finding in found["findings"]}
    assert {"guard_missing", "balance_wrong", "leaf_wrong"} <= codes
    words = pioneer("check", url=url, place=tmp_path)
    assert words.returncode == 1
    assert "transaction 400" in words.stdout.replace("\n", " ")


def test_this_machine_is_measured(tmp_path: Path) -> None:
    figures = told("bench", "--awards", "100", place=tmp_path)["figures"]
    assert figures["awards/s in batches of 100"] > 0
    assert list(tmp_path.glob("pioneer-bench-*")) == []


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"url": "mysql://x/y"}, "sqlite:///FILE or postgresql://"),
        ({"url": "sqlite://"}, "give PIONEER_DATABASE_URL a file"),
        ({"url": "postgresql://nobody@/bank?host=/nowhere"}, "the database does not answer"),
        ({"place": Path("/nowhere/at/all")}, "pioneer init"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(environment: dict[str, Any], said: str) -> None:
    done = pioneer("check", **environment)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_what_was_typed_wrongly_is_usage() -> None:
    done = pioneer("export", "--format", "abacus", "somewhere")
    assert done.returncode == 2
    assert "'beancount', 'hledger', 'csv', 'jsonl'" in done.stderr


@pytest.mark.postgresql
def test_the_server_can_run_as_a_role_that_only_adds(postgres_server: Postgres, tmp_path: Path) -> None:
    url = postgres_server.create_database()
    told("init", "--admin-password", PASSWORD, url=url, place=tmp_path)
    role = f"app_{os.urandom(4).hex()}"
    assert told("grant", role, url=url, place=tmp_path)["role"] == role
    restricted = make_url(url).set(username=role).render_as_string(hide_password=False)
    assert told("check", url=restricted, place=tmp_path)["ok"]


def test_a_draft_is_simulated_at_the_terminal(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bank.db'}"
    told("demo", "--seed", "7", "--today", "2026-11-22", url=url, place=tmp_path)
    before = root(url)
    draft = tmp_path / "draft.yaml"
    draft.write_text(rules.book("example").replace("    points: 1\n", "    points: 2\n"), encoding="utf-8")
    file = tmp_path / "table.csv"
    done = told("simulate", str(draft), "--to", "2026-11-21", "--out", str(file), url=url, place=tmp_path)
    assert done["deeds"] > 6_000
    assert done["change"] == done["would_be"] - done["given"] > 0
    assert len(file.read_text(encoding="utf-8-sig").splitlines()) == len(done["persons"]) + 1
    assert root(url) == before
    words = pioneer("simulate", str(draft), "--to", "2026-11-21", url=url, place=tmp_path)
    assert "nothing was posted" in words.stdout
    draft.write_text("code: x\ncode: y\n", encoding="utf-8")
    refused = pioneer("simulate", str(draft), url=url, place=tmp_path)
    assert (refused.returncode, "draft.yaml:2: code: written twice" in refused.stderr) == (1, True)
