"""The office that every test of rosters works in."""

from __future__ import annotations

import pytest

from ledger.bank import Bank
from tests.rosters.given import Office
from tests.towns import Town


@pytest.fixture
def office(bank: Bank) -> Office:
    return Office(bank, Town(bank))
