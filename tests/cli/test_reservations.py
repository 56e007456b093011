"""`pioneer reservations`: whom to remind, and what nobody fetched, by whoever has only a terminal."""

from __future__ import annotations

from pathlib import Path

from ledger.bank import Bank, By
from ledger.people import organisations
from ledger.prizes import reservations
from ledger.settings import Settings
from tests.banks import STAFF
from tests.cli.test_pioneer import PASSWORD, pioneer, told
from tests.towns import Town


def test_whom_to_remind_is_listed_and_a_run_finds_nothing_before_the_day(database_url: str, tmp_path: Path) -> None:
    told("init", "--admin-password", PASSWORD, url=database_url, place=tmp_path)
    with Bank.open(Settings(database_url=database_url, data_dir=tmp_path)) as bank:
        town = Town(bank, rulebook=None, district=organisations.root(bank))
        town.receive("mug", 1)
        town.adjust("甲", 20)
        person, items = town.volunteer("甲"), [(town.prize("mug"), 1)]
        by, request = By(actor=STAFF), town.request("reserve")
        made = reservations.reserve(bank, by, request, volunteer=person, desk=town.desk, items=items)
        assert made.posted
    soon = told("reservations", "remind", url=database_url, place=tmp_path)
    assert soon["reservations"] == []
    later = told("reservations", "remind", "--days", "14", url=database_url, place=tmp_path)
    assert [one["volunteer_no"] for one in later["reservations"]] == [person.volunteer_no]
    run = told("reservations", "expire", url=database_url, place=tmp_path)
    assert (run["expired"], run["forfeited"], run["points_back"]) == (0, 0, 0)
    words = pioneer("reservations", "expire", "--dry-run", url=database_url, place=tmp_path)
    assert words.stdout.startswith("Would give up 0 reservations")
