"""README cannot lie: its commands are run as they stand, against a demo made and served by its own first command."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.demo import PASSWORD, STAFF
from ledger.log.publication import head_of, resources
from tests.log import strangers

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")
SERVED_SECONDS = 240


def blocks(readme: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", (ROOT / readme).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """`make demo`, on a port and in a directory of the test's own."""
    place = tmp_path_factory.mktemp("demo")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = _environment() | {"PIONEER_DATA_DIR": str(place), "PIONEER_PORT": str(port)}
    with (place / "output").open("w+") as output:
        server = subprocess.Popen(
            ["make", "demo"], cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
        try:
            _await(f"http://127.0.0.1:{port}/readyz", server, place / "output")
            yield place, port
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=30)


def test_both_languages_give_the_same_commands() -> None:
    english, chinese = (blocks(readme) for readme in READMES)
    assert english == chinese
    assert english[:2] == ["make demo\n", "make test\n"]


def test_ci_runs_the_second_command() -> None:
    assert re.search(r"^(exec )?make test$", (ROOT / ".ci/run").read_text(), re.MULTILINE)


def test_the_demo_says_where_to_look_and_whom_to_log_in_as(served: tuple[Path, int]) -> None:
    told = (served[0] / "output").read_text(encoding="utf-8")
    for path in ("/ leads", "/docs", "/kiosk"):
        assert f"http://127.0.0.1:{served[1]}{path}" in told
    for login in ("admin", "organiser", "reviewer", "desk", "auditor", "pioneer-demo"):
        assert login in told


TYPICAL = {
    "admin": "/api/v1/staff",
    "organiser": "/api/v1/volunteers?limit=5",
    "reviewer": "/api/v1/service-records",
    "desk": "/api/v1/prizes",
    "auditor": "/api/v1/audit?limit=5",
}
"""What somebody of each role looks at first."""


def test_everybody_of_the_demo_logs_in_and_does_what_they_came_for(served: tuple[Path, int]) -> None:
    base = f"http://127.0.0.1:{served[1]}"
    assert set(TYPICAL) == {role for _, _, role in STAFF}
    for username, _, role in STAFF:
        asked = {"grant_type": "password", "username": username, "password": PASSWORD}
        token = _asked(f"{base}/api/v1/auth/token", asked)["access_token"]
        assert _asked(f"{base}{TYPICAL[role]}", token=token)["items"] is not None, role


def _asked(url: str, body: dict[str, str] | None = None, token: str = "") -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(url, data, headers)  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
        return dict(json.load(answer))


def test_every_command_works_as_it_stands(served: tuple[Path, int]) -> None:
    place, port = served
    script = "set -euo pipefail\n" + "".join(blocks("README.md")[2:])
    script = script.replace(":8000/", f":{port}/").replace("var/", f"{place}/")
    done = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, env=_environment(), capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for told in (
        '"counted_minutes":120',
        '"kind":"award"',
        '"kind":"redemption"',
        '"kind":"reversal"',
        '"receipt"',
        "Clean.",
        "valid 有效:demo.pioneer.example",
        "valid 有效:entry ",
    ):
        assert told in done.stdout.replace(": ", ":"), done.stdout


def test_strangers_accept_the_log_of_the_demo(served: tuple[Path, int], sumdb: Path, tmp_path: Path) -> None:
    """Read over HTTP as anybody reads it, and judged by three programs that nobody here wrote."""
    _await(f"http://127.0.0.1:{served[1]}/log/checkpoint")  # the first head comes a moment after the first answer
    fetched = {name: _fetched(served[1], name) for name in ("checkpoint", "vkey")}
    size = head_of(fetched["checkpoint"].decode())[0]
    assert size > 10_000
    fetched |= {one.path: _fetched(served[1], one.path) for one in resources(size)}
    vkey = fetched["vkey"].decode().strip()
    assert strangers.aics_accepts(fetched, vkey)
    assert strangers.scales_accepts(fetched, vkey, every=97)
    assert strangers.go_accepts(sumdb, fetched, vkey, tmp_path / "log")
    name = next(path for path in fetched if path.startswith("tile/entries/x") or path.endswith("/007"))
    fetched[name] = fetched[name].replace(b'"v":1}', b'"v":2}', 1)
    assert not strangers.aics_accepts(fetched, vkey)
    assert not strangers.go_accepts(sumdb, fetched, vkey, tmp_path / "spoiled")


def _fetched(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/log/{path}", timeout=30) as answer:
        return bytes(answer.read())


def test_a_command_that_fails_would_be_noticed(served: tuple[Path, int]) -> None:
    """The check above can fail: a script with one wrong path does."""
    script = f'set -euo pipefail\ncurl -sS --fail "http://127.0.0.1:{served[1]}/api/v1/no-such-thing"'
    assert subprocess.run(["bash", "-c", script], capture_output=True, check=False).returncode != 0


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PIONEER_")}


def _await(url: str, server: subprocess.Popen[bytes] | None = None, output: Path | None = None) -> None:
    deadline = time.monotonic() + SERVED_SECONDS
    while time.monotonic() < deadline:
        assert server is None or server.poll() is None, output.read_text() if output else ""
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"{url} did not answer in {SERVED_SECONDS} s: {output.read_text() if output else ''}")
