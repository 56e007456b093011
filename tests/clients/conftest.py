"""A served bank and a browser for each test of the clients: one browser a session, a fresh context each."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from ledger.settings import Settings
from tests.api.conftest import copy_of
from tests.banks import ENGINES, examine_at
from tests.clients import organiser
from tests.clients.admin import Office, at_work
from tests.clients.ground import Ground, copied, lay, on
from tests.clients.shop import ServedShop, furnish
from tests.postgres import Postgres

PORTRAIT: ViewportSize = {"width": 1080, "height": 1920}
LANDSCAPE: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
HALL: ViewportSize = {"width": 1920, "height": 1080}
ZOOMED: ViewportSize = {"width": 683, "height": 384}
"""The landscape screen at 200 %."""
WAIT_MS = 15_000


def keeping(kept: dict[str, str]) -> str:
    """A script with which a browser holds this, as if it had been there before."""
    return f"""if (location.protocol === "http:" && !localStorage.length)
      for (const [name, kept] of Object.entries({json.dumps(kept)})) localStorage.setItem(name, kept);"""


@dataclass(frozen=True)
class Served:
    """A bank that is served, and what is in it."""

    address: str
    ground: Ground


Opened = Callable[..., Page]
"""Opens a client in a context of its own: `opened(address, viewport=PORTRAIT, kept={...})`;
with `clock=True` its time is the test's to move."""


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """The one browser of this session."""
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def sqlite_ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    directory = tmp_path_factory.mktemp("ground")
    return lay(Settings(data_dir=directory, database_url=f"sqlite:///{directory / 'bank.db'}"))


@pytest.fixture(scope="session")
def postgresql_ground(tmp_path_factory: pytest.TempPathFactory, postgres_server: Postgres) -> Ground:
    directory = tmp_path_factory.mktemp("ground")
    return lay(Settings(data_dir=directory, database_url=postgres_server.create_database()))


@pytest.fixture(scope="session")
def sqlite_served(
    sqlite_ground: Ground, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Served]:
    yield from _served(sqlite_ground, tmp_path_factory.mktemp("served") / "bank", request)


@pytest.fixture(scope="session")
def postgresql_served(
    postgresql_ground: Ground, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Served]:
    yield from _served(postgresql_ground, tmp_path_factory.mktemp("served") / "bank", request)


def _served(made: Ground, directory: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    with _copied(made, directory, request) as ground, on(ground) as address:
        yield Served(address, ground)


@contextmanager
def _copied(made: Ground, directory: Path, request: pytest.FixtureRequest) -> Iterator[Ground]:
    """A copy, `check`ed in the end. The ground itself is never served: PostgreSQL copies only what nobody uses."""
    shutil.copytree(made.settings.data_dir, directory)
    with copy_of(made.settings.database_url, directory, request) as url:
        yield copied(made, directory, url)
        assert examine_at(url) == []


@pytest.fixture
def shared(sqlite_served: Served) -> Served:
    """A bank for all tests to look at; none changes what another sees in it."""
    return sqlite_served


@pytest.fixture(params=ENGINES)
def either(request: pytest.FixtureRequest) -> Served:
    """The same on each engine in turn."""
    served: Served = request.getfixturevalue(f"{request.param}_served")
    return served


@pytest.fixture(scope="session")
def sqlite_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    directory = tmp_path_factory.mktemp("office")
    yield from _working(Settings(data_dir=directory, database_url=f"sqlite:///{directory / 'bank.db'}"))


@pytest.fixture(scope="session")
def postgresql_office(tmp_path_factory: pytest.TempPathFactory, postgres_server: Postgres) -> Iterator[Office]:
    directory = tmp_path_factory.mktemp("office")
    yield from _working(Settings(data_dir=directory, database_url=postgres_server.create_database()))


def _working(settings: Settings) -> Iterator[Office]:
    with at_work(settings) as office:
        yield office
    assert examine_at(settings.database_url) == []


@pytest.fixture(params=ENGINES)
def office(request: pytest.FixtureRequest) -> Office:
    """An office on each engine in turn. Tests add what they need to it, and look at nothing else."""
    working: Office = request.getfixturevalue(f"{request.param}_office")
    return working


@pytest.fixture(scope="session")
def shop(
    sqlite_ground: Ground, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[ServedShop]:
    """A desk on a working day, for all tests that look at it; what they hand over is milk, for a point each."""
    with _copied(sqlite_ground, tmp_path_factory.mktemp("shop") / "bank", request) as ground:
        furnished = furnish(ground)
        with on(furnished) as address:
            yield ServedShop(address, furnished)


@pytest.fixture(params=ENGINES)
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ground]:
    """A copy of the ground for one test, on each engine in turn; nobody serves it yet."""
    made: Ground = request.getfixturevalue(f"{request.param}_ground")
    with _copied(made, tmp_path / "bank", request) as copy:
        yield copy


@dataclass(frozen=True)
class Furnished(Served):
    """A bank that is served, where an organiser has much to do."""

    scenes: organiser.Scenes


@pytest.fixture(scope="session")
def organised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    """A bank for all who look at the organiser's screens; none changes what another sees in it."""
    directory = tmp_path_factory.mktemp("organised")
    ground = lay(Settings(data_dir=directory, database_url=f"sqlite:///{directory / 'bank.db'}"))
    with on(ground) as address:
        yield Furnished(address, ground, organiser.furnish(address, ground))
    assert examine_at(ground.settings.database_url) == []


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """How a test opens a client. Whatever the page complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        address: str, *, viewport: ViewportSize = LANDSCAPE, kept: dict[str, str] | None = None, clock: bool = False
    ) -> Page:
        context = browser.new_context(viewport=viewport, locale="zh-CN", timezone_id="America/New_York")
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        context.add_init_script(keeping(kept or {}))
        page = context.new_page()
        if clock:
            page.clock.install()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if "Content Security" in told.text else None)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
