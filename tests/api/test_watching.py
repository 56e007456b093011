"""Those who watch the server see that it lives, what it does and why it failed, and nobody's data."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from structlog.testing import capture_logs

from api import Keys, create_app
from ledger.bank import Bank, Charter
from ledger.people import keys
from ledger.settings import Settings
from tests.api.conftest import PASSWORD, Client, Founded, People, Scene
from tests.postgres import Postgres

TRACE = "0af7651916cd43dd8448eb211c80319c"


def test_a_request_is_one_line_with_its_ids(nobody: Client) -> None:
    with capture_logs() as lines:
        told = nobody.get("/healthz", traceparent=f"00-{TRACE}-b7ad6b7169203331-01")
    [line] = lines
    assert line["request_id"] == told.headers["X-Request-Id"]
    assert line["trace_id"] == TRACE
    assert (line["route"], line["status"], line["method"]) == ("/healthz", 200, "GET")
    for bad in ("", "00-" + "0" * 32 + "-b7ad6b7169203331-01", "x" * 500):
        with capture_logs() as lines:
            nobody.get("/healthz", traceparent=bad)
        assert "trace_id" not in lines[0]


def test_no_line_holds_anybody_s_data(people: People, scene: Scene, nobody: Client) -> None:
    with capture_logs() as lines:
        people.organiser.get(f"/api/v1/volunteers/{scene.volunteer_no}")
        people.organiser.get("/api/v1/volunteers?q=王秀英")
        people.organiser.get("/api/v1/volunteers?q=王&nonsense=canary-in-query")
        nobody.get("/api/v1/canary-in-path")
        nobody.post("/api/v1/auth/token", {"grant_type": "password", "username": "canary-name", "password": PASSWORD})
    assert len(lines) >= 5
    text = json.dumps(lines, ensure_ascii=False)
    for canary in (scene.volunteer_no, "王", "canary", PASSWORD, people.organiser.token or "?"):
        assert canary not in text


def test_metrics_count_by_route_not_by_person(people: People, scene: Scene, nobody: Client) -> None:
    people.organiser.get(f"/api/v1/volunteers/{scene.volunteer_no}")
    told = nobody.get("/metrics")
    assert told.headers["Content-Type"].startswith("text/plain")
    assert 'pioneer_http_requests_total{method="GET",route="/api/v1/volunteers/<number:volunteer_no>"' in told.text
    assert scene.volunteer_no not in told.text


def test_alive_and_ready(nobody: Client) -> None:
    assert nobody.get("/healthz").json == nobody.get("/readyz").json == {"status": "ok"}


@pytest.mark.postgresql
def test_without_a_database_it_is_alive_but_not_ready(
    postgres_server: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Everything fails closed: 503 with Retry-After, and no word of the database."""
    directory = tmp_path_factory.mktemp("away")
    settings = Settings(data_dir=directory, database_url=postgres_server.create_database())
    Bank.found(settings, Charter(name="示例银行", origin="bank.example"))
    keys.ensure(directory)
    with Bank.open(settings) as bank:
        signing = Keys(keys.load(directory), issuer="bank.example", clock=bank.world.clock)
        unasked = bank.world.new_id()
        nobody = Client(create_app(bank, signing).test_client(), signing.mint(unasked, [], unasked, session_id=unasked))
        postgres_server.drop_database(settings.database_url)
        assert nobody.get("/healthz").status == 200
        for path in ("/readyz", "/api/v1/volunteers"):
            told = nobody.get(path)
            assert (told.status, told.json["code"]) == (503, "unavailable")
            assert told.headers["Retry-After"] == "2"
            assert "psycopg" not in told.text
            assert "detail" not in told.json


def test_a_bug_is_told_to_the_log_and_to_nobody_else(founded: Founded, app: Flask, people: People) -> None:
    client = people.auditor
    founded.bank.charter = None  # type: ignore[assignment]
    with capture_logs() as lines:
        told = client.get("/api/v1/bank", Accept_Language="en")
    assert (told.status, told.json["code"]) == (500, "broken")
    assert "NoneType" not in told.text
    assert "detail" not in told.json
    assert lines[0]["error"] == "AttributeError"
    assert lines[0]["request_id"] == told.headers["X-Request-Id"]
