"""What every test may ask for: real databases of both kinds, and the programs of the machine."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sqlalchemy.engine import URL

from tests.postgres import Postgres, PostgresMissing, PostgresServer, find_programs, memory_directory

pytest_plugins = ["tests.banks", "tests.factories"]

SHARED_SERVER = pytest.StashKey[Postgres]()


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> Postgres:
    """The one PostgreSQL of this test run, shared by all workers. To kill one, `PostgresServer.start()` your own."""
    try:
        return shared_server(pytestconfig)
    except PostgresMissing as missing:
        unavailable(str(missing))


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A server that may be killed."""
    try:
        find_programs()
    except PostgresMissing as missing:
        unavailable(str(missing))
    with PostgresServer.start(memory_directory()) as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The SQLAlchemy URL of a fresh empty database, of each kind in turn."""
    if request.param == "sqlite":
        yield URL.create("sqlite", database=str(tmp_path / "bank.sqlite")).render_as_string()
    else:
        server: Postgres = request.getfixturevalue("postgres_server")
        url = server.create_database()
        yield url
        server.drop_database(url)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser that drives the clients."""
    return program("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def sumdb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A judge of the transparency log made of Go's own code, built once."""
    from tests.log.strangers import sumdb_built  # it imports this module in turn

    return sumdb_built(tmp_path_factory.mktemp("sumdb"))


@pytest.fixture(scope="session")
def hledger() -> Path:
    """The accounting program that checks our exports."""
    return program("hledger")


def program(*names: str) -> Path:
    """The first of these programs on the PATH; a test that needs a missing one is skipped, in CI failed."""
    found = next(filter(None, map(shutil.which, names)), None)
    return Path(found) if found else unavailable(f"{names[0]} is not installed")


def unavailable(what: str) -> NoReturn:
    """Ends the test that needs what this machine lacks: skipped at a desk, failed in CI, where all must be seen."""
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(f"{what} (and CI is set)", pytrace=False)
    pytest.skip(what)


def shared_server(config: pytest.Config) -> Postgres:
    """The controller's server when we are an xdist worker, else one started now and stopped when pytest ends."""
    if SHARED_SERVER not in config.stash:
        given = getattr(config, "workerinput", {}).get("postgres_url") or os.environ.get("TEST_POSTGRES_URL")
        config.stash[SHARED_SERVER] = Postgres(given) if given else started_server(config)
    return config.stash[SHARED_SERVER]


def started_server(config: pytest.Config) -> Postgres:
    """A server that lives as long as this pytest, in memory where the machine has room for it."""
    running = ExitStack()
    config.add_cleanup(running.close)
    return running.enter_context(PostgresServer.start(memory_directory()))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tells each xdist worker where the one server is."""
    with contextlib.suppress(PostgresMissing):  # the tests that need it say so themselves
        node.workerinput["postgres_url"] = shared_server(node.config).url()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
    """Says how to run a failed run again in the same random order, which -q would hide."""
    if exitstatus == pytest.ExitCode.TESTS_FAILED:
        seed = terminalreporter.config.getoption("randomly_seed", None)
        terminalreporter.write_line(f'same order again: make test ARGS="--randomly-seed={seed}"')
