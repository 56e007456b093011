"""The main job over real HTTP, with the servers that operators use."""

from __future__ import annotations

import contextlib
import json
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
import requests

from tests.api.conftest import ACTIVITY, PASSWORD, Template
from tests.api.served import served

GRANIAN = (
    *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", "{port}", "--blocking-threads", "16"),
    *("--no-ws", "--log-level", "warning", "wsgi:app"),
)
GUNICORN = ("gunicorn", "--bind", "127.0.0.1:{port}", "--threads", "8", "--workers", "2", "wsgi:app")


class Session:
    """Somebody at a served bank."""

    def __init__(self, address: str, username: str, password: str = PASSWORD) -> None:
        self.address = f"{address}/api/v1"
        self.headers: dict[str, str] = {}
        told = self.post("/auth/token", {"grant_type": "password", "username": username, "password": password})
        self.headers = {"Authorization": f"Bearer {told['access_token']}"}

    def get(self, path: str) -> Any:
        answer = requests.get(self.address + path, headers=self.headers, timeout=30)
        assert answer.ok, answer.text
        return answer.json()

    def post(self, path: str, body: Any, key: str | None = None) -> Any:
        headers = self.headers | {"Idempotency-Key": key or uuid4().hex}
        answer = requests.post(self.address + path, json=body, headers=headers, timeout=30)
        assert answer.ok, answer.text
        return answer.json()


def main_job(address: str, template: Template) -> None:
    organiser, desk, admin, auditor = (Session(address, role) for role in ("organiser", "desk", "admin", "auditor"))
    of = {"organisation_id": str(template.here.id)}
    number = organiser.post("/volunteers", of | {"name": "王秀英"})["volunteer_no"]
    record = {
        "volunteer_no": number,
        "activity_id": organiser.post("/activities", of | ACTIVITY)["id"],
        "minutes": 120,
        "served_on": "2026-03-01",
        "capture_method": "clocked",
    }
    points = organiser.post("/service-records", record)["points"]
    prize = admin.post("/prizes", of | {"title": "大米", "cost_points": points})["id"]
    at = admin.post("/desks", of | {"name": "服务台"})["id"]
    desk.post("/stock-receipts", {"desk_id": at, "prize_id": prize, "quantity": 1, "source": "爱心超市"})
    wanted = {"volunteer_no": number, "desk_id": at, "items": [{"prize_id": prize, "quantity": 1}]}
    assert desk.post("/redemptions", wanted)["points"] == points
    assert desk.get(f"/volunteers/{number}/balance")["points"]["available"] == 0
    key = uuid4().hex
    with ThreadPoolExecutor(16) as threads:
        told = list(threads.map(lambda _: organiser.post("/service-records", record | {"minutes": 30}, key), range(32)))
    assert len({json.dumps(each, sort_keys=True) for each in told}) == 1
    assert auditor.get("/ledger/trial-balance")["as_of_seq"] == 5


def test_the_main_job_over_granian(template: Template) -> None:
    with served(template.settings, *GRANIAN) as address:
        main_job(address, template)


@pytest.mark.parametrize("more", [(), ("--preload",)])
def test_the_main_job_over_gunicorn_with_two_workers(template: Template, more: tuple[str, ...]) -> None:
    with served(template.settings, *GUNICORN[:1], *more, *GUNICORN[1:]) as address:
        main_job(address, template)


def test_what_is_no_http_is_refused_and_the_server_goes_on(template: Template) -> None:
    with served(template.settings, *GRANIAN) as address:
        port = int(address.rpartition(":")[2])
        for nonsense in (
            b"\x00" * 200,
            b"GET / HTTP/9.9\r\n\r\n",
            b"POST /api/v1/volunteers HTTP/1.1\r\nHost: x\r\n\r\n",
        ):
            with socket.create_connection(("127.0.0.1", port), timeout=5) as raw:
                raw.sendall(nonsense)
                raw.settimeout(2)
                with contextlib.suppress(TimeoutError, ConnectionResetError):
                    assert b"500" not in raw.recv(4_096)[:20]
        body = (chunk for chunk in [b" " * 600_000, b" " * 600_000])
        answer = requests.post(f"{address}/api/v1/auth/token", data=body, headers=JSON, timeout=30)
        assert answer.status_code in (400, 413), answer.text
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert requests.get(f"{address}/readyz", timeout=5).status_code == 200


JSON = {"Content-Type": "application/json"}
