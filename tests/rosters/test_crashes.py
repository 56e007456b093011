"""kill -9 of whoever commits a roster: committed again, each row is posted exactly once."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from ledger.bank import Bank
from ledger.people import imports, volunteers
from ledger.people.imports import Run
from ledger.service import roster_imports, roster_outcomes, roster_posting
from ledger.settings import Settings
from tests.banks import LONG, SEALING_KEY, examine_at
from tests.rosters.committer import committing
from tests.rosters.given import BY, csv
from tests.towns import Town

ROWS = 300
KILLS = 30 if LONG else 3

pytestmark = pytest.mark.timeout(0 if LONG else 120)


@pytest.fixture
def run(bank_url: str) -> Run:
    """A roster of many rows, checked, in a bank that nobody has open."""
    with Bank.open(Settings(database_url=bank_url, sealing_keys=SEALING_KEY)) as bank:
        town = Town(bank)
        names = [f"示例{number:03}" for number in range(ROWS)]
        volunteers.register_all(bank, BY, organisation=town.district, names=names)
        held = town.activity("cleaning")
        rows = [("姓名", "活动", "日期", "小时"), *((name, held.title, held.held_on, 1) for name in names)]
        district = town.district
        checked = roster_imports.check(bank, BY, district, csv(rows), within=[district.path])
        assert checked.rows == ROWS
    return checked


def posted(bank: Bank) -> list[int]:
    """How many records each volunteer has, of those who have any."""
    with bank.store.reading() as connection:
        counted = connection.execute(text("SELECT count(*) FROM service_record GROUP BY volunteer_id")).scalars()
        return list(counted)


def waiting(bank: Bank) -> int:
    """How many records wait for somebody to look at them."""
    with bank.store.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM service_claim")).scalar() or 0)


def test_a_killed_commit_goes_on_and_posts_each_row_exactly_once(bank_url: str, run: Run) -> None:
    for kill in range(KILLS):
        with committing(bank_url, run.id, chunk_rows=10) as heard:
            seen = [heard.recv() for _ in range(1 + kill)]
        assert seen[-1] > 0
        assert examine_at(bank_url) == []
    with Bank.open(Settings(database_url=bank_url, sealing_keys=SEALING_KEY)) as bank:
        halfway = imports.find(bank, run.id)
        assert halfway is not None
        assert (halfway.state, halfway.total) == ("committing", ROWS)
        assert 0 < halfway.done < ROWS
        assert set(posted(bank)) == {1}
        done = roster_posting.commit(bank, BY, halfway)
        assert (done.state, done.made, done.done, done.refused) == ("committed", ROWS, ROWS, 0)
        assert posted(bank) == [1] * ROWS
        assert roster_posting.commit(bank, BY, done) == done
        assert [one.state for one in roster_outcomes.outcomes(bank, done)] == ["posted"] * ROWS


def test_rows_under_fresh_keys_would_be_handed_in_twice(
    bank_url: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: with keys that are not the row's own, a commit that goes on hands them in again."""
    with committing(bank_url, run.id, chunk_rows=10) as heard:
        heard.recv()
    key_of = roster_posting.key_of
    monkeypatch.setattr(roster_posting, "key_of", lambda of, row: f"{key_of(of, row)}x")
    with Bank.open(Settings(database_url=bank_url, sealing_keys=SEALING_KEY)) as bank:
        assert waiting(bank) == 0
        roster_posting.commit(bank, BY, run)
        assert waiting(bank) > 0, "handed in again, and held only because it overlaps"


def test_two_who_commit_at_once_post_each_row_once(bank_url: str, run: Run) -> None:
    with Bank.open(Settings(database_url=bank_url, sealing_keys=SEALING_KEY)) as bank:
        with committing(bank_url, run.id, chunk_rows=10) as heard:
            heard.recv()
            done = roster_posting.commit(bank, BY, run)
        assert done.made == ROWS
        assert posted(bank) == [1] * ROWS
