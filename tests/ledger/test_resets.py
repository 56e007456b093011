"""Resets and renewals: what is left after a redemption is gone, each award starts the time anew, insiders are found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ledger.bank import Bank, By
from ledger.prizes import redemptions
from ledger.reading.check import check
from tests.banks import STAFF, Clock
from tests.reading.tamper import tamper
from tests.towns import Town

BOOKS = Path(__file__).parents[1] / "stories" / "rulebooks"


def _town(bank: Bank, book: str) -> Town:
    return Town(bank, (BOOKS / f"{book}.yaml").read_text(encoding="utf-8"))


def _codes(town: Town) -> set[str]:
    return {finding.code for finding in check(town.bank.store, charter=town.bank.charter)}


@pytest.fixture
def reset(bank: Bank) -> Town:
    """Ana had eight points and redeemed a soap of three: the other five are gone."""
    town = _town(bank, "reset")
    town.prize("soap", 3)
    assert town.receive("soap", 5).posted
    assert town.award("ana", 8 * 60).posted
    return town


def test_the_receipt_says_what_was_reset(reset: Town) -> None:
    answer = reset.redeem("ana", ("soap", 1)).answer
    assert (answer["points"], answer["reset_points"]) == (3, 5)
    assert [line["points"] for line in answer["explanation"]] == [-3, -5]
    assert [notice["code"] for notice in answer["notices"]] == ["reset"]


def test_what_is_reset_lapses_to_the_organisation_whose_rulebook_says_so(reset: Town, bank: Bank) -> None:
    reset.redeem("ana", ("soap", 1))
    with bank.store.reading() as connection:
        sink = connection.exec_driver_sql("SELECT owner_id, balance FROM account WHERE purpose = 'lapsed'").all()
    assert [(str(owner).replace("-", ""), left) for owner, left in sink] == [(reset.district.id.hex, 5)]


@pytest.mark.tampers
@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE transfer SET amount = amount - 1 WHERE seq = {last} AND leg = 3", "balance_wrong"),
        ("DELETE FROM transfer WHERE seq = {last} AND leg = 3", "redemption_wrong"),
        (
            'UPDATE "transaction" SET rulebook_code = NULL, rulebook_version = NULL WHERE seq = {last}',
            "redemption_wrong",
        ),
        (
            "UPDATE account SET owner_id = '00000000-0000-4000-8000-000000000000' WHERE purpose = 'lapsed'",
            "redemption_wrong",
        ),
    ],
)
def test_what_was_reset_is_proven_from_the_rows(reset: Town, bank_url: str, statement: str, code: str) -> None:
    assert reset.redeem("ana", ("soap", 1)).posted
    assert _codes(reset) == set()
    tamper(bank_url, statement.format(last=_last(reset)))
    assert code in _codes(reset)


@pytest.mark.tampers
def test_a_redemption_that_leaves_what_the_rulebook_resets_is_found(reset: Town) -> None:
    bank, wanted = reset.bank, [(reset.prize("soap"), 1)]
    ana = reset.volunteer("ana")
    asked = redemptions.command(bank, By(actor=STAFF), volunteer=ana, desk=reset.desk, items=wanted)
    assert bank.submit(replace(asked, reset=None), reset.request("gentle", None)).posted
    assert reset.points("ana") == 5
    assert _codes(reset) == {"redemption_wrong"}


@pytest.fixture
def renewed(bank: Bank, clock: Clock) -> Town:
    """Ana's eight points of January were renewed by an award in June."""
    town = _town(bank, "renew")
    clock.set("2026-01-10")
    assert town.award("ana", 8 * 60).posted
    clock.set("2026-06-20")
    assert town.award("ana", 2 * 60).posted
    return town


@pytest.mark.tampers
@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE transfer SET amount = amount - 1 WHERE seq = {last} AND leg = 3", "balance_wrong"),
        ("DELETE FROM transfer WHERE seq = {last} AND leg = 3", "award_wrong"),
        ("UPDATE account SET expires_on = '2027-12-20' WHERE expires_on = '2026-12-20'", "award_wrong"),
        ("UPDATE account SET expires_on = '2026-06-19' WHERE expires_on = '2026-07-10'", "award_wrong"),
        (
            "UPDATE account SET owner_id = '00000000-0000-4000-8000-000000000000' WHERE expires_on = '2026-07-10'",
            "award_wrong",
        ),
    ],
)
def test_what_was_renewed_is_proven_from_the_rows(renewed: Town, bank_url: str, statement: str, code: str) -> None:
    assert _codes(renewed) == set()
    tamper(bank_url, statement.format(last=_last(renewed)))
    assert code in _codes(renewed)


def test_points_that_were_renewed_many_times_are_found_in_one_step(renewed: Town, clock: Clock) -> None:
    """However many awards came since: the entry of a reversal stays short."""
    for day in range(21, 29):
        clock.set(f"2026-06-{day}")
        assert renewed.award("ana", 60).posted
    clock.set("2026-12-29")
    assert renewed.lapse().points == 18
    undone = renewed.reverse(_first_award(renewed))
    assert (undone.posted, undone.answer["debt_points"]) == (True, 0)
    with renewed.bank.store.reading() as connection:
        moved = connection.exec_driver_sql("SELECT seq FROM transfer").scalars().all()
    assert moved.count(_last(renewed)) == 4  # the hours; out of what lapsed, into the lot of the award, out of it


def _last(town: Town) -> int:
    with town.bank.store.reading() as connection:
        return int(connection.exec_driver_sql('SELECT MAX(seq) FROM "transaction"').scalar_one())


def _first_award(town: Town) -> int:
    with town.bank.store.reading() as connection:
        return int(connection.exec_driver_sql("SELECT MIN(seq) FROM \"transaction\" WHERE kind = 'award'").scalar_one())
