"""Sixty-four clients that each post one award at a time over HTTP: does committing together pay?

Two servers, as `pioneer serve` starts them, on one PostgreSQL database, taken in turns: one with the writer as it is,
one whose writer commits every command by itself.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bench.clients import Answered, drive
from bench.ground import District, Line, database, district, quick, report, scratch, told
from ledger.people import keys, organisations, sealing, staff
from tests.postgres import free_port

CLIENTS = 64
PASSWORD = "correct horse battery"


@dataclass(frozen=True, slots=True)
class Server:
    port: int

    def token(self) -> str:
        body = {"grant_type": "password", "username": "bench", "password": PASSWORD}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1/auth/token",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return str(json.load(answer)["access_token"])

    def is_up(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz") as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@contextmanager
def serving(url: str, data_dir: Path, **settings: str) -> Iterator[Server]:
    """`pioneer serve` on a free port, until the end."""
    server = Server(free_port())
    environment = {
        **os.environ,
        "PIONEER_DATABASE_URL": url,
        "PIONEER_DATA_DIR": str(data_dir),
        "PIONEER_PORT": str(server.port),
        **settings,
    }
    with (data_dir / f"log-{server.port}").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", "from ledger.cli import main; main()", "serve"],
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            while not server.is_up():
                assert process.poll() is None, (data_dir / f"log-{server.port}").read_text()
                time.sleep(0.1)
            yield server
        finally:
            process.terminate()
            process.wait()


def requests(place: District, dice: random.Random, token: str, count: int) -> list[bytes]:
    """So many awards as they go over the wire."""
    made = []
    for _ in range(count):
        body = json.dumps(
            {
                "volunteer_no": dice.choice(place.people).volunteer_no,
                "activity_id": str(dice.choice(place.weeks).id),
                "minutes": 60,
                "served_on": place.bank.today().isoformat(),
                "capture_method": "clocked",
            }
        ).encode()
        head = (
            f"POST /api/v1/service-records HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\nIdempotency-Key: {place.bank.world.new_id().hex}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        made.append(head.encode() + body)
    return made


def p99(answered: Answered) -> float:
    return statistics.quantiles(answered.milliseconds, n=100)[98]


def measure(*, sketch: bool) -> list[Line]:
    dice = random.Random(1)
    rounds, count = (3, 600) if sketch else (8, 4_000)
    with ExitStack() as open_until_end:
        enter = open_until_end.enter_context
        url, data_dir = enter(database("postgresql")), enter(scratch())
        place = enter(district(url, people=2_400, weeks=100))
        root = organisations.root(place.bank)
        staff.hire(place.bank, None, username="bench", password=PASSWORD, name="bench", roles=[("organiser", root)])
        keys.ensure(data_dir)
        sealing.ensure(data_dir)
        servers = {
            "together": enter(serving(url, data_dir)),
            "alone": enter(serving(url, data_dir, PIONEER_BATCH_MAX="1")),
        }
        clients = enter(ProcessPoolExecutor(1, get_context("spawn")))

        def load(server: Server, count: int) -> Answered:
            wanted = requests(place, dice, server.token(), count)
            answered = clients.submit(drive, server.port, wanted, CLIENTS).result()
            assert answered.statuses == {201: count}, answered.statuses
            return answered

        for server in servers.values():
            load(server, 300)
        seen: dict[str, list[Answered]] = {name: [] for name in servers}
        order = list(servers)
        for turn in range(rounds):
            told(f"round {turn + 1} of {rounds}")
            for name in order:
                seen[name].append(load(servers[name], count))
            order.reverse()
    return [*compared(seen["together"], seen["alone"], count)]


def compared(together: Sequence[Answered], alone: Sequence[Answered], count: int) -> Iterator[Line]:
    """Throughput and the slowest hundredth, round by round."""

    def line(what: str, ours: list[float], theirs: list[float], unit: str, target: tuple[str, float] | None) -> Line:
        ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
        figure, other = (f"{statistics.median(side):,.0f}{unit}" for side in (ours, theirs))
        return Line(what, figure, other, ratio, target)

    rates = [[count / answered.seconds for answered in side] for side in (together, alone)]
    slowest = [[p99(answered) for answered in side] for side in (together, alone)]
    middle = [[statistics.median(answered.milliseconds) for answered in side] for side in (together, alone)]
    yield line(f"{CLIENTS} clients, awards a second", rates[0], rates[1], "/s", (">=", 1.5))
    yield line("p99 of a request", slowest[0], slowest[1], " ms", ("<=", 0.5))
    yield line("p50 of a request", middle[0], middle[1], " ms", None)


if __name__ == "__main__":
    sketch = quick()
    report("postgresql over HTTP: commits shared by all who wait against one commit each", measure(sketch=sketch))
