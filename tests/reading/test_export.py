"""Others check our books with their own programs: they accept an honest export, and reject a tampered one."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ledger.core.cells import neutralised
from ledger.core.merkle import leaf_hash, root_of
from ledger.reading.export import FORMATS, BooksBroken, Exported, FolderInUse, Format, export
from tests.reading.cases import CASES, WORDS
from tests.reading.conftest import CHARTER, founded
from tests.reading.scenario import Scenario
from tests.reading.tamper import tamper

Judge = Callable[[Path], list[str]]


@pytest.fixture(params=["beancount", "hledger"])
def judged(request: pytest.FixtureRequest) -> tuple[Format, Judge]:
    """A journal's form, and the program that gives its complaints about one."""
    if request.param == "beancount":
        return "beancount", beancount_says
    program: Path = request.getfixturevalue("hledger")
    return "hledger", lambda folder: complaints([str(program), "-f", str(folder / "bank.journal"), "check", "--strict"])


def beancount_says(folder: Path) -> list[str]:
    check = "from beancount.scripts.check import main; main()"
    return complaints([sys.executable, "-c", check, "--no-cache", str(folder / "bank.beancount")])


def complaints(command: list[str]) -> list[str]:
    """What a program says about a journal; nothing where it accepts it."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"LC_ALL": "C.UTF-8"})
    return (done.stdout + done.stderr).splitlines() or (["failed silently"] if done.returncode else [])


def written(scenario: Scenario, form: Format, folder: Path) -> Exported:
    return export(scenario.bank.store, scenario.bank.charter, form, folder)


def test_their_own_checker_accepts_the_journal(
    scenario: Scenario, judged: tuple[Format, Judge], tmp_path: Path
) -> None:
    form, judge = judged
    written(scenario, form, tmp_path / "books")
    assert judge(tmp_path / "books") == []


def test_an_empty_bank_is_a_valid_journal(database_url: str, judged: tuple[Format, Judge], tmp_path: Path) -> None:
    form, judge = judged
    with founded(database_url) as scenario:
        exported = written(scenario, form, tmp_path / "books")
    assert exported.seq == 1  # the founding of its rules, which moves nothing
    assert judge(tmp_path / "books") == []


@pytest.mark.parametrize("case", ["amount", "transfer_deleted", "transfer_to_another", "account_balance"])
def test_their_own_checker_rejects_books_that_were_tampered_with(
    scenario: Scenario, database_url: str, judged: tuple[Format, Judge], tmp_path: Path, case: str
) -> None:
    form, judge = judged
    tamper(database_url, CASES[case].sql.format_map({**scenario.seqs, **WORDS}))
    written(scenario, form, tmp_path / "books")
    assert judge(tmp_path / "books") != []


@pytest.mark.parametrize("points_scale", [0, 2])
def test_not_even_the_smallest_unit_is_forgiven(
    database_url: str, judged: tuple[Format, Judge], tmp_path: Path, points_scale: int
) -> None:
    form, judge = judged
    with founded(database_url, charter=replace(CHARTER, points_scale=points_scale)) as scenario:
        scenario.award("ana", 60, kind="teaching")
        written(scenario, form, tmp_path / "honest")
        tamper(database_url, "UPDATE account SET balance = balance + 1 WHERE purpose = 'wallet'")
        written(scenario, form, tmp_path / "tampered")
    assert judge(tmp_path / "honest") == []
    assert judge(tmp_path / "tampered") != []


def test_a_month_that_is_over_is_asserted_by_its_business_dates(
    scenario: Scenario, judged: tuple[Format, Judge], tmp_path: Path
) -> None:
    form, judge = judged
    (name,) = written(scenario, form, tmp_path / "books").files
    text = (tmp_path / "books" / name).read_text(encoding="utf-8")
    # Three talks back-dated into January, posted in March: 15 points of January, whatever was posted before them.
    (asserted,) = [line for line in text.splitlines() if " 15.0" in line and ("~ 0" in line or "==" in line)]
    (tmp_path / "books" / name).write_text(text.replace(asserted, asserted.replace("15.0", "15.1")), encoding="utf-8")
    assert judge(tmp_path / "books") != []


def test_each_line_is_the_entry_whose_hash_is_its_leaf(scenario: Scenario, tmp_path: Path) -> None:
    exported = written(scenario, "jsonl", tmp_path / "books")
    lines = (tmp_path / "books" / "entries.jsonl").read_bytes().splitlines()
    leaves = []
    for seq, line in enumerate(lines, 1):
        entry, rest = line.removeprefix(b'{"entry":').split(b',"leaf_hash":"')
        leaves.append(leaf_hash(entry))
        assert rest.decode() == f'{leaves[-1].hex()}","seq":{seq}}}'
        assert json.loads(line)["entry"]["seq"] == seq
    assert len(lines) == exported.seq == scenario.seqs["last"]
    assert root_of(leaves).hex() == exported.root


def test_the_tables_add_up(scenario: Scenario, tmp_path: Path) -> None:
    written(scenario, "csv", tmp_path / "books")
    balances: defaultdict[str, int] = defaultdict(int)
    for transfer in rows(tmp_path / "books" / "transfers.csv"):
        balances[transfer["debit_account_id"]] -= int(transfer["amount"])
        balances[transfer["credit_account_id"]] += int(transfer["amount"])
    accounts = list(rows(tmp_path / "books" / "accounts.csv"))
    assert {row["id"]: int(row["balance"]) for row in accounts} == {row["id"]: balances[row["id"]] for row in accounts}
    assert [int(row["seq"]) for row in rows(tmp_path / "books" / "transactions.csv")] == [
        *range(1, scenario.seqs["next"])
    ]


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_words_that_a_spreadsheet_would_run_are_made_harmless(begins: str) -> None:
    assert neutralised(f"{begins}1+1") == f"'{begins}1+1"
    assert neutralised("award") == "award"
    assert neutralised(-5) == -5


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_personal_leaves_the_bank(scenario: Scenario, tmp_path: Path, form: Format) -> None:
    exported = written(scenario, form, tmp_path / "books")
    text = "".join((exported.directory / name).read_text(encoding="utf-8") for name in exported.files).lower()
    private = ["补发", "登记有误", "=cmd()", "王主任", "幸福社区", scenario.staff, scenario.second, scenario.activity]
    for secret in (*private, "salt", 'opening":', '"legs"'):
        assert str(secret) not in text
    if form == "jsonl":
        assert not any(str(owner.id) in text for owner in scenario.volunteers.values())


def test_a_folder_with_something_in_it_is_left_alone(scenario: Scenario, tmp_path: Path) -> None:
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "diary.txt").write_text("mine")
    with pytest.raises(FolderInUse):
        written(scenario, "csv", tmp_path / "books")
    assert [path.name for path in tmp_path.rglob("*.txt")] == ["diary.txt"]
    assert list((tmp_path / "books").iterdir()) == [tmp_path / "books" / "diary.txt"]


def test_an_empty_folder_is_taken(scenario: Scenario, tmp_path: Path) -> None:
    (tmp_path / "books").mkdir()
    exported = written(scenario, "csv", tmp_path / "books")
    books = {"accounts.csv", "transactions.csv", "transfers.csv"}
    registers = ("organisations", "owners", "records", "redemptions", "stars", "closings", "certificates")
    assert set(exported.files) == books | {f"{name}.csv" for name in registers}


def test_an_export_that_breaks_off_leaves_nothing_behind(scenario: Scenario, database_url: str, tmp_path: Path) -> None:
    target = tmp_path / "exports" / "books"
    tamper(database_url, CASES["account_deleted"].sql.format_map({**scenario.seqs, **WORDS}))
    with pytest.raises(BooksBroken):
        written(scenario, "beancount", target)
    assert list(target.parent.iterdir()) == []
