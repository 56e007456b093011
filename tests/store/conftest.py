"""Banks with something in every table of the ledger, each test with a copy of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from ledger.bank import Bank, Charter
from ledger.settings import Settings
from tests.postgres import Postgres
from tests.store.lived import use


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Of a bank that stands in an empty database of each kind."""
    made = Settings(database_url=database_url)
    Bank.found(made, Charter(name="先锋银行", origin="pioneer.example"))
    return made


@pytest.fixture(scope="session")
def lived_in_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite bank that has been lived in. To be copied."""
    file = tmp_path_factory.mktemp("lived-in") / "bank.sqlite"
    live_in(URL.create("sqlite", database=str(file)).render_as_string())
    return file


@pytest.fixture(scope="session")
def lived_in_template(postgres_server: Postgres) -> Iterator[str]:
    """A PostgreSQL bank that has been lived in. To be copied."""
    url = postgres_server.create_database()
    live_in(url)
    yield url
    postgres_server.drop_database(url)


@pytest.fixture
def lived_in_sqlite(lived_in_file: Path, tmp_path: Path) -> Path:
    """The file of a SQLite bank with rows in every table of the ledger."""
    return Path(shutil.copy(lived_in_file, tmp_path / "lived-in.sqlite"))


@pytest.fixture
def lived_in_postgresql(lived_in_template: str, postgres_server: Postgres) -> Iterator[str]:
    """The URL of a PostgreSQL bank with rows in every table of the ledger."""
    url = postgres_server.create_database(lived_in_template)
    yield url
    postgres_server.drop_database(url)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def lived_in_url(request: pytest.FixtureRequest) -> str:
    """The URL of a bank with rows in every table of the ledger, of each kind in turn."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("lived_in_postgresql"))
    return URL.create("sqlite", database=str(request.getfixturevalue("lived_in_sqlite"))).render_as_string()


def live_in(url: str) -> None:
    """Found a bank and use it: awards, stock, a redemption, a reversal."""
    settings = Settings(database_url=url)
    Bank.found(settings, Charter(name="先锋银行", origin="pioneer.example"))
    with Bank.open(settings) as bank:
        use(bank)
