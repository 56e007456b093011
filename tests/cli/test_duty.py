"""`pioneer duty` and `pioneer post-ready`: what is to be recorded, and the posting of what nothing hinders."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.bank import Bank, By
from ledger.people import organisations
from ledger.service import activities
from ledger.settings import Settings
from tests.banks import STAFF
from tests.cli.test_pioneer import PASSWORD, pioneer, told


@pytest.fixture
def url(database_url: str, tmp_path: Path) -> str:
    """A bank with an activity of today of which nothing was recorded."""
    assert pioneer("init", "--admin-password", PASSWORD, url=database_url, place=tmp_path).returncode == 0
    with Bank.open(Settings(database_url=database_url, data_dir=tmp_path)) as bank:
        root = organisations.root(bank)
        activities.create(
            bank,
            By(actor=STAFF),
            organisation=root,
            title="示例清洁",
            activity_type="cleaning",
            held_on=bank.today(),
            place="示例地点",
            content="",
            person_in_charge="示例乙",
        )
    return database_url


def test_what_was_held_is_due_after_ten_working_days(url: str) -> None:
    assert told("duty", url=url)["due"] == []
    [due] = told("duty", "--on", "2999-01-01", url=url)["due"]
    assert (due["title"], due["state"], due["calendar_announced"]) == ("示例清洁", "not_recorded", False)
    assert told("duty", "--on", "2999-01-01", "--overdue", url=url)["due"] == [due]
    assert "1 due on 2999-01-01, 1 overdue" in pioneer("duty", "--on", "2999-01-01", url=url).stdout


def test_posting_what_is_ready_may_be_asked_for_at_any_time(url: str) -> None:
    assert told("post-ready", url=url) == {"ok": True, "posted": 0, "void": 0}
    assert "0 records posted, 0 void" in pioneer("post-ready", url=url).stdout
