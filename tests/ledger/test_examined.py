"""After every test its bank is examined: this shows that the examination would find something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from ledger.bank import Bank
from ledger.reading.check import check
from ledger.settings import Settings
from ledger.store import founding
from ledger.store.engines import Store
from tests import oracle
from tests.banks import PlayedWorld, Templates, memory
from tests.towns import Town

TAMPERED = {
    "a balance": "UPDATE account SET balance = balance + 1 WHERE purpose = 'wallet'",
    "both sides of a balance": "UPDATE account SET balance = balance * 2 WHERE purpose IN ('wallet', 'adjustment')",
    "a number of entries": "UPDATE account SET entries = entries + 1 WHERE purpose = 'wallet'",
    "an amount": "UPDATE transfer SET amount = amount + 1 WHERE seq = 2 AND leg = 1",
    "a balance in passing": "UPDATE transfer SET credit_balance = credit_balance + 1 WHERE seq = 2 AND leg = 1",
    "whose points they are": "UPDATE account SET owner_id = 'somebody' || id WHERE purpose = 'issuance'",
    "a transaction": "DELETE FROM \"transaction\" WHERE seq = 3",
    "a kind": "UPDATE \"transaction\" SET kind = 'lapse' WHERE kind = 'award'",
    "a date": "UPDATE \"transaction\" SET effective_on = '2020-01-01' WHERE seq = 2",
    "an instant": "UPDATE \"transaction\" SET recorded_at = 1 WHERE seq = 4",
    "a leaf": "UPDATE \"transaction\" SET leaf_hash = zeroblob(32) WHERE seq = 2",
    "a root": "UPDATE tree_root SET hash = zeroblob(32) WHERE size = 3",
    "the last roots": "DELETE FROM tree_root WHERE size > 3",
    "a reason": "UPDATE private SET opening = replace(opening, '示例', '假例') WHERE opening LIKE '%示例%'",
    "a salt": "UPDATE private SET salt = zeroblob(32) WHERE seq = 2",
    "a private part": "DELETE FROM private WHERE seq = 2",
    "a key": "DELETE FROM command WHERE seq = 2",
    "an answer": "UPDATE command SET answer = replace(answer, ':2,', ':9,') WHERE seq = 2",
    "the head": "UPDATE head SET seq = seq + 1",
    "a record": "DELETE FROM service_record",
    "points of a record": "UPDATE service_record SET points = points + 1",
    "a redemption": "DELETE FROM redemption",
    "how many were handed out": "UPDATE redemption_item SET quantity = quantity + 1",
    "how many came in": "UPDATE stock_receipt SET quantity = quantity + 1",
}  # fmt: skip


@pytest.fixture(scope="module")
def lived_in(sqlite_templates: Templates) -> Iterator[Path]:
    """A bank in which everything has happened once, without its guards: the database will not refuse."""
    with memory() as directory, sqlite_templates.copy("sqlite", directory) as url:
        with Bank.open(Settings(database_url=url), world=PlayedWorld().world) as bank:
            town = Town(bank)
            town.award("甲", 120)
            town.receive("mug", 5)
            town.adjust("甲", 30)
            redeemed = town.redeem("甲", ("mug", 1))
            town.adjust("甲", -500)
            assert redeemed.seq is not None
        engine = create_engine(url)
        with engine.begin() as connection:
            for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(text(f'DROP TRIGGER "{name}"'))
        engine.dispose()
        yield Path(engine.url.database or "")


def by_the_oracle(store: Store) -> list[str]:
    return oracle.faults(store)


def by_the_check(store: Store) -> list[str]:
    return [finding.code for finding in check(store, charter=founding.charter(store)) if "guard" not in finding.code]


@pytest.mark.parametrize("judge", [by_the_oracle, by_the_check])
@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED)
def test_both_judges_find_whatever_was_tampered_with(
    judge: Callable[[Store], list[str]], statement: str, lived_in: Path, tmp_path: Path
) -> None:
    file = tmp_path / "tampered.sqlite"
    file.write_bytes(lived_in.read_bytes())
    store = Store(f"sqlite:///{file}")
    before = judge(store)
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        assert connection.exec_driver_sql(statement).rowcount
    engine.dispose()
    assert set(judge(store)) - set(before), f"nobody noticed: {statement}"
    store.close()
