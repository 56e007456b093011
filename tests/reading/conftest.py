"""A small bank to read from, founded on each kind of database."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ledger.bank import Bank, World
from ledger.settings import Settings
from ledger.store import founding
from ledger.store.engines import Store
from ledger.store.migrating import migrate
from tests.reading.beginning import Clock
from tests.reading.scenario import Scenario

CHARTER = founding.Charter(name="先锋银行 Pioneer", origin="pioneer.example", points_scale=1)


@contextmanager
def founded(url: str, *, charter: founding.Charter = CHARTER) -> Iterator[Scenario]:
    """A bank with nothing posted, its clock in our hands."""
    clock = Clock()
    store = Store(url)
    migrate(store)
    founding.found(store, charter, now=clock.now)
    store.close()
    with Bank.open(Settings(database_url=url), world=World(clock=clock)) as bank:
        yield Scenario(bank, clock)


@pytest.fixture
def scenario(database_url: str) -> Iterator[Scenario]:
    """A bank on which everything has happened once: awards, redemptions, reversals, debts, lapses, an erasure."""
    with founded(database_url) as scenario:
        scenario.play()
        yield scenario


@pytest.fixture
def bank(scenario: Scenario) -> Bank:
    return scenario.bank
