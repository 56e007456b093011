"""`pioneer stars`: who is due, listed and proposed by the operator of the night."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.bank import Bank, By
from ledger.core.accounts import MINUTES, Owner, OwnerKind, Purpose
from ledger.core.adjustment import Adjust
from ledger.people import organisations, volunteers
from ledger.rules import STAR_LADDER_HOURS, STAR_NOTICE_DAYS
from ledger.settings import SettingInvalid, Settings, read_settings
from tests.banks import SECOND, STAFF
from tests.cli.test_pioneer import PASSWORD, pioneer, told


@pytest.fixture
def url(database_url: str, tmp_path: Path) -> str:
    """A bank with somebody who served 300 hours."""
    assert pioneer("init", "--admin-password", PASSWORD, url=database_url, place=tmp_path).returncode == 0
    with Bank.open(Settings(database_url=database_url, data_dir=tmp_path)) as bank:
        root = organisations.root(bank)
        volunteer = volunteers.register(bank, By(actor=STAFF), organisation=root, name="示例甲")
        hours = Adjust(
            id=bank.world.new_id(),
            actor=STAFF,
            second=SECOND,
            owner=volunteer.owner,
            organisation=Owner(OwnerKind.ORGANISATION, root.id),
            unit=MINUTES,
            purpose=Purpose.CLOCKED,
            amount=18_000,
            reason="示例",
        )
        assert bank.submit(hours).posted
    return database_url


def test_the_run_lists_proposes_and_proposes_nothing_twice(url: str) -> None:
    dry = told("stars", "--dry-run", url=url)
    [due] = dry["due"]
    assert (dry["proposed"], due["from_level"], due["to_level"], due["held_up"]) == (0, 0, 2, "")
    assert due["because_en"] == "300 h of service (300 asked): reaches 2 stars"
    assert told("stars", url=url)["proposed"] == 1
    again = told("stars", url=url)
    assert (again["proposed"], again["due"][0]["held_up"]) == (0, "under way 办理中")
    words = pioneer("stars", "--dry-run", url=url).stdout
    assert "服务时长 300 小时(应满 300)" in words
    assert "Would propose 0 changes of 1 due; 0 bonuses caught up." in words
    assert pioneer("check", url=url).returncode == 0


def test_a_day_that_has_not_come_is_refused(url: str) -> None:
    assert "has not come yet" in told("stars", "--on", "2999-01-01", url=url, code=1)["error"]


def test_the_banks_own_ladder_is_a_setting() -> None:
    assert read_settings({}).star_hours == STAR_LADDER_HOURS
    assert read_settings({}).star_notice_days == STAR_NOTICE_DAYS
    own = read_settings({"PIONEER_STAR_LADDER_HOURS": "50, 120", "PIONEER_STAR_NOTICE_DAYS": "7"})
    assert (own.star_hours, own.star_notice_days) == ((50, 120), 7)


@pytest.mark.parametrize("hours", ["", "100,100", "300,100", "0,100", "-1", "a", "100,,300", "9" * 10])
def test_a_ladder_that_does_not_rise_is_no_setting(hours: str) -> None:
    with pytest.raises(SettingInvalid, match="write hours that rise"):
        read_settings({"PIONEER_STAR_LADDER_HOURS": hours})
