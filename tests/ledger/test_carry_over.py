"""Carry-over: what goes on into the next lot is what the rulebook of the last day says, and insiders are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.bank import Bank, By
from ledger.prizes.lapses import Carrying, lapse
from ledger.reading.check import check
from tests.banks import STAFF, Clock
from tests.reading.tamper import tamper
from tests.towns import Town

BOOK = (Path(__file__).parents[1] / "stories" / "rulebooks" / "carry.yaml").read_text(encoding="utf-8")


@pytest.fixture
def town(bank: Bank, clock: Clock) -> Town:
    """Ana's eight points of last year are due; the rulebook carries five of them over."""
    town = Town(bank, BOOK)
    assert town.award("ana", 8 * 60).posted
    clock.set("2027-01-01")
    return town


def test_a_dry_run_says_what_the_run_then_does(town: Town) -> None:
    dry = lapse(town.bank, By(actor=STAFF), town.owner, on=town.bank.today(), dry_run=True)
    assert town.points("ana") == 8
    assert town.lapse() == dry
    assert (dry.lots, dry.points, dry.carried_over) == (1, 3, 5)


def test_a_debt_is_paid_before_anything_goes_on(town: Town) -> None:
    assert town.deed("ana", "falsified", kind="penalty", value=2).answer["debt_points"] == 2  # the lot is past its day
    run = town.lapse()
    assert (run.points, run.carried_over) == (3, 5)
    assert (town.points("ana"), town.balance("ana").debt) == (3, 0)


def test_who_is_warned_is_told_how_much_goes_on(town: Town) -> None:
    carrying = Carrying(town.bank)
    day = town.bank.today()
    assert carrying.any
    assert (carrying.over(town.district.path, day, 8), carrying.over(town.district.path, day, 3)) == (5, 3)
    assert carrying.over(None, day, 8) == 0


def test_a_book_that_lapses_everything_carries_nothing_over(bank: Bank) -> None:
    carrying = Carrying(Town(bank, "huangshi").bank)
    assert not carrying.any
    assert carrying.over("anywhere/", bank.today(), 8) == 0


@pytest.mark.tampers
@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE mark SET taken = 4 WHERE counter = 'carried.2026-12-31'", "mark_wrong"),
        ("DELETE FROM mark WHERE counter = 'carried.2026-12-31'", "mark_wrong"),
        ("UPDATE transfer SET amount = amount + 1 WHERE seq = {lapse} AND leg = 1", "lapse_wrong"),
        ("DELETE FROM transfer WHERE seq = {lapse} AND leg = 1", "lapse_wrong"),
        ("UPDATE account SET expires_on = '2028-12-31' WHERE expires_on = '2027-12-31'", "lapse_wrong"),
        (
            "UPDATE account SET owner_id = '00000000-0000-4000-8000-000000000000' WHERE expires_on = '2027-12-31'",
            "lapse_wrong",
        ),
    ],
)
def test_what_was_carried_over_is_proven_from_the_rows(town: Town, bank_url: str, statement: str, code: str) -> None:
    assert town.lapse().carried_over == 5
    with town.bank.store.reading() as connection:
        lapse = connection.exec_driver_sql("SELECT MAX(seq) FROM \"transaction\" WHERE kind = 'lapse'").scalar_one()
    assert list(check(town.bank.store, charter=town.bank.charter)) == []
    tamper(bank_url, statement.format(lapse=lapse))
    assert code in {finding.code for finding in check(town.bank.store, charter=town.bank.charter)}
