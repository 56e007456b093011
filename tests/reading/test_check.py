"""An honest bank is clean; whatever an insider changes is found, and named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

import ledger.reading
from ledger.bank import Bank
from ledger.core.adjustment import Adjust
from ledger.core.entries import Kind
from ledger.reading.check import check
from ledger.reading.findings import SENTENCES, Finding
from ledger.store import guards
from ledger.store.streams import view
from ledger.store.writer import Submission
from tests.reading.cases import CASES, WORDS
from tests.reading.conftest import founded
from tests.reading.scenario import Scenario
from tests.reading.tamper import tamper

HASH = {"sqlite": f"x'{'ab' * 32}'", "postgresql": rf"'\x{'ab' * 32}'"}


def findings(bank: Bank, from_seq: int = 1) -> list[Finding]:
    return list(check(bank.store, charter=bank.charter, from_seq=from_seq))


def codes(bank: Bank, from_seq: int = 1) -> set[str]:
    return {finding.code for finding in findings(bank, from_seq)}


def test_a_bank_in_which_everything_happened_once_is_clean(bank: Bank) -> None:
    assert findings(bank) == []


def test_the_scenario_plays_every_kind_of_transaction(bank: Bank) -> None:
    with view(bank.store) as rows:
        assert {row.kind for row in rows.transactions()} == set(Kind)


def test_a_bank_in_which_nothing_happened_is_clean(database_url: str) -> None:
    with founded(database_url) as scenario:
        assert findings(scenario.bank) == []


def test_an_honest_bank_is_clean_from_wherever_one_begins(scenario: Scenario) -> None:
    for from_seq in range(1, scenario.seqs["last"] + 5):
        assert findings(scenario.bank, from_seq) == []


def test_progress_ends_at_the_head(scenario: Scenario) -> None:
    told: list[tuple[int, int]] = []
    assert list(check(scenario.bank.store, charter=scenario.bank.charter, progress=lambda *n: told.append(n))) == []
    assert told[-1] == (scenario.seqs["last"], scenario.seqs["last"])


@pytest.mark.parametrize("name", CASES)
def test_a_changed_row_is_found(scenario: Scenario, database_url: str, name: str) -> None:
    case = CASES[name]
    words = {**scenario.seqs, **WORDS, "hash": HASH[scenario.bank.store.dialect]}
    tamper(database_url, case.sql.format_map(words))
    found = findings(scenario.bank)
    for code, where in case.codes.items():
        seq = None if where is None else int(scenario.seqs.get(where, where))
        assert (code, seq) in {(finding.code, finding.seq) for finding in found}
    for finding in found:
        assert finding.sentence("zh") != finding.sentence("en")


def test_each_guard_that_was_dropped_is_found(scenario: Scenario, database_url: str) -> None:
    tamper(database_url, restore=False)
    missing = {finding.facts["guard"] for finding in findings(scenario.bank) if finding.code == "guard_missing"}
    assert missing == set(guards.guards(scenario.bank.store.dialect))


def test_a_second_outcome_of_a_key_is_found(scenario: Scenario, database_url: str) -> None:
    again = "INSERT INTO command SELECT * FROM command WHERE seq = {last}".format_map(scenario.seqs)
    tamper(database_url, *without_keys(scenario.bank, "command"), again)
    assert codes(scenario.bank) == {"key_twice", "command_twice"}


def test_a_second_reversal_is_found(scenario: Scenario, database_url: str) -> None:
    again = 'UPDATE "transaction" SET reverses = {redemption} WHERE seq = {debt}'.format_map(scenario.seqs)
    tamper(database_url, *without_keys(scenario.bank, "transaction"), again)
    assert "reversed_twice" in codes(scenario.bank)


def without_keys(bank: Bank, table: str) -> list[str]:
    """What takes a table's unique keys away where `tamper` cannot drop them."""
    if bank.store.dialect == "postgresql":
        return []
    copied = 'CREATE TABLE copy AS SELECT * FROM "{0}"; DROP TABLE "{0}"; ALTER TABLE copy RENAME TO "{0}"'
    return copied.format(table).split("; ")


def test_with_a_later_beginning_what_stands_before_it_is_trusted(scenario: Scenario, database_url: str) -> None:
    seq = scenario.seqs["award"]
    tamper(database_url, CASES["record_points"].sql.format_map(scenario.seqs))
    assert codes(scenario.bank, seq) == {"award_wrong"}
    assert codes(scenario.bank, seq + 1) == set()


def test_with_a_later_beginning_a_changed_balance_is_found(scenario: Scenario, database_url: str) -> None:
    tamper(database_url, "UPDATE account SET balance = balance + 1 WHERE id = 3")
    assert codes(scenario.bank, scenario.seqs["last"]) == {
        "account_balance_wrong",
        "unit_sum_not_zero",
        "stock_wrong",
    }


@pytest.fixture
def tall(database_url: str) -> Iterator[Scenario]:
    """A bank with more than a tile of transactions."""
    with founded(database_url) as scenario:
        bank, world = scenario.bank, scenario.community
        given = [
            Adjust(
                id=uuid4(),
                actor=scenario.staff,
                second=scenario.second,
                owner=scenario.volunteers["ana"],
                organisation=world,
                amount=1 + at,
                reason="test",
            )
            for at in range(300)
        ]
        for at in range(0, len(given), 50):
            bank.submit_all([Submission.own(command) for command in given[at : at + 50]])
        yield scenario


def test_a_tall_tree_is_clean_from_wherever_one_begins(tall: Scenario) -> None:
    for from_seq in (1, 2, 255, 256, 257, 258, 300, 301):
        assert findings(tall.bank, from_seq) == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE tree_node SET hash = {hash}", "node_wrong"),
        ("DELETE FROM tree_node", "node_missing"),
        ("UPDATE tree_node SET position = 1", "node_astray"),
    ],
)
def test_a_changed_tile_node_is_found(tall: Scenario, database_url: str, statement: str, code: str) -> None:
    tamper(database_url, statement.format(hash=HASH[tall.bank.store.dialect]))
    assert code in codes(tall.bank)
    assert codes(tall.bank, 290) & {"root_wrong", "node_missing"}  # from a later beginning the node is built upon


def test_every_finding_has_a_sentence_and_every_sentence_a_finding() -> None:
    sources = Path(ledger.reading.__file__).parent.rglob("*.py")
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    noted = set(re.findall(r'note\(\s*"(\w+)"', text)) | {
        "node_astray",
        "node_wrong",
        "command_twice",
        "command_missing",
    }
    assert noted == set(SENTENCES)
