"""Banks for tests: founded once a session on each engine, copied for each test, and examined after every one of them.

A plugin of pytest (see conftest.py). The world is played: the clock stands until a test moves it; ids and salts come
from a seed.
"""

from __future__ import annotations

import base64
import os
import random
import secrets
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import make_url
from sqlalchemy.engine import URL

from ledger.bank import Bank, World
from ledger.reading.check import check
from ledger.settings import Settings
from ledger.store import founding
from ledger.store.engines import Store
from tests import oracle
from tests.postgres import Postgres, memory_directory

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENED = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
"""When a played world begins: a Monday morning."""
CHARTER = founding.Charter(name="示例先锋银行", origin="bank.example")
STAFF = UUID("00000000-0000-7000-8000-00000000c1e4")
"""The clerk who acts in tests."""
SECOND = UUID("00000000-0000-7000-8000-00000000c1e5")
"""The other clerk, where two persons are needed."""

SEALING_KEY = base64.b64encode(b"an invented key, for tests only.").decode()
"""What seals personal fields in tests."""

LONG = bool(os.environ.get("PIONEER_LONG"))
"""Whether to run the tests that seek for as long as one lets them: PIONEER_LONG=1."""

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "tampers: leaves its bank unsound on purpose, so that it is not examined after it"
    )


class Clock:
    """The time of a played world: it stands still until it is moved."""

    def __init__(self, now: datetime = OPENED) -> None:
        self.now = now

    def __call__(self) -> int:
        return int(self.now.timestamp()) * 1_000_000 + self.now.microsecond

    def set(self, day: date | str, at: str = "09:00:00") -> None:
        """Put the clock to a day in the bank's zone, forward or back."""
        day = date.fromisoformat(day) if isinstance(day, str) else day
        self.now = datetime.combine(day, time.fromisoformat(at), SHANGHAI)

    def forward(self, **lapse: int) -> None:
        """Let time pass: `forward(days=1)`."""
        self.now += timedelta(**lapse)


@dataclass(frozen=True, slots=True)
class PlayedWorld:
    """A world whose every id and salt follows from a seed."""

    clock: Clock = field(default_factory=Clock)
    seed: int = 1
    _dice: random.Random = field(init=False, repr=False)
    _lock: threading.Lock = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_dice", random.Random(self.seed))
        object.__setattr__(self, "_lock", threading.Lock())

    def new_id(self) -> UUID:
        """A UUIDv7 of the played instant."""
        with self._lock:
            number = (self.clock() // 1_000) << 80 | self._dice.getrandbits(80)
        return UUID(int=number & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)

    def random_bytes(self, count: int) -> bytes:
        with self._lock:
            return self._dice.randbytes(count)

    @property
    def world(self) -> World:
        return World(clock=self.clock, new_id=self.new_id, random_bytes=self.random_bytes)


def found_bank(url: str) -> None:
    """An empty database becomes a bank in which nothing has happened yet."""
    Bank.found(Settings(database_url=url), CHARTER, world=World(clock=Clock()))


class Templates:
    """A founded bank for each engine, to be copied: quicker than founding one for every test."""

    def __init__(self, directory: Path, server: Postgres | None = None) -> None:
        self._directory, self.server = directory, server
        self._made: dict[str, str] = {}

    def url(self, engine: str) -> str:
        """The template itself; nobody may be connected to it."""
        if engine not in self._made:
            if engine == "sqlite":
                url = sqlite_url(self._directory / "template.sqlite")
            else:
                assert self.server is not None
                url = self.server.create_database()
            found_bank(url)
            self._made[engine] = url
        return self._made[engine]

    @contextmanager
    def copy(self, engine: str, directory: Path, of: str | None = None) -> Iterator[str]:
        """The URL of a fresh copy, of the template or of another bank that nobody has open; gone afterwards."""
        template = of or self.url(engine)
        if engine == "sqlite":
            file = directory / f"bank-{secrets.token_hex(4)}.sqlite"
            shutil.copyfile(make_url(template).database or "", file)
            yield sqlite_url(file)
            for left in (file, Path(f"{file}-wal"), Path(f"{file}-shm"), Path(f"{file}-journal")):
                left.unlink(missing_ok=True)
        else:
            assert self.server is not None
            url = self.server.create_database(template)
            yield url
            self.server.drop_database(url)


@contextmanager
def memory() -> Iterator[Path]:
    """A directory in memory where the machine has room for it: for tests that open hundreds of banks."""
    with tempfile.TemporaryDirectory(prefix="pioneer-banks-", dir=memory_directory()) as made:
        yield Path(made)


def sqlite_url(file: Path) -> str:
    return URL.create("sqlite", database=str(file)).render_as_string()


def examine(store: Store) -> list[str]:
    """What is wrong with the bank in this database, by both judges: the bank's own `check`, and the second opinion."""
    found = [finding.sentence("en") for finding in check(store, charter=founding.charter(store))]
    return [*found, *oracle.faults(store)]


def examine_at(url: str) -> list[str]:
    """What is wrong with the bank at this URL, which nobody needs to have open."""
    store = Store(url)
    try:
        return examine(store)
    finally:
        store.close()


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return Templates(tmp_path_factory.mktemp("templates"))


@pytest.fixture(scope="session")
def postgresql_templates(tmp_path_factory: pytest.TempPathFactory, postgres_server: Postgres) -> Templates:
    return Templates(tmp_path_factory.mktemp("templates"), postgres_server)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of each engine in turn."""
    return str(request.param)


@pytest.fixture
def templates(request: pytest.FixtureRequest, engine: str) -> Templates:
    found: Templates = request.getfixturevalue(f"{engine}_templates")
    return found


@pytest.fixture
def bank_url(request: pytest.FixtureRequest, engine: str, templates: Templates) -> Iterator[str]:
    """The URL of a bank in which nothing has happened yet. Whatever a test does to it, it must be sound afterwards."""
    with memory() as directory, templates.copy(engine, directory) as url:
        yield url
        if request.node.get_closest_marker("tampers") is None:
            assert examine_at(url) == []


@pytest.fixture
def play() -> PlayedWorld:
    """The world of this test's bank."""
    return PlayedWorld()


@pytest.fixture
def clock(play: PlayedWorld) -> Clock:
    """The clock of this test's bank: a Monday morning that stands until the test moves it."""
    return play.clock


@pytest.fixture
def bank(bank_url: str, play: PlayedWorld) -> Iterator[Bank]:
    """A bank in which nothing has happened yet, on each engine."""
    with Bank.open(Settings(database_url=bank_url, sealing_keys=SEALING_KEY), world=play.world) as opened:
        yield opened
