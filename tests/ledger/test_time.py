"""The clock of a machine jumps; the time of the books does not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from sqlalchemy import text

from ledger.bank import Bank
from ledger.store.writer import business_day
from tests.banks import SHANGHAI, Clock
from tests.towns import Town


def recorded(bank: Bank) -> list[int]:
    with bank.store.reading() as connection:
        return [row[0] for row in connection.execute(text('SELECT recorded_at FROM "transaction" ORDER BY seq'))]


def test_recorded_at_increases_though_the_clock_stands_or_goes_back(bank: Bank, clock: Clock) -> None:
    town = Town(bank, rulebook=None)
    town.adjust("甲", 1)
    town.adjust("甲", 1)
    clock.forward(days=-400)
    town.adjust("甲", 1)
    clock.forward(hours=1)
    town.adjust("甲", 1)
    clock.forward(days=500)
    town.adjust("甲", 1)
    instants = recorded(bank)
    assert [later - earlier for earlier, later in pairwise(instants[:4])] == [1, 1, 1]
    assert instants[4] == clock()


def test_the_business_day_does_not_go_back_with_the_clock(bank: Bank, clock: Clock) -> None:
    """Else points that lapsed could be spent again by turning the clock back."""
    town = Town(bank, rulebook=None)
    town.prize("mug", 5)
    town.receive("mug", 1)
    town.adjust("甲", 5, expires_on=date(2026, 3, 2))
    clock.set("2026-03-03")
    town.adjust("乙", 1)
    clock.set("2026-03-02")
    assert town.redeem("甲", ("mug", 1)).answer["code"] == "insufficient_points"


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-12-31T15:59:59.999999Z", date(2026, 12, 31)),
        ("2026-12-31T16:00:00Z", date(2027, 1, 1)),
        ("2026-02-28T15:59:59Z", date(2026, 2, 28)),
        ("2026-02-28T16:00:00Z", date(2026, 3, 1)),
        ("1970-01-01T00:00:00Z", date(1970, 1, 1)),
        ("1969-12-31T15:59:59.999999Z", date(1969, 12, 31)),
    ],
)
def test_a_business_day_is_a_day_in_shanghai(instant: str, day: date) -> None:
    since = datetime.fromisoformat(instant) - datetime(1970, 1, 1, tzinfo=UTC)
    microseconds = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    assert business_day(microseconds, SHANGHAI) == day


def test_a_deed_of_today_is_not_of_tomorrow_one_second_before_midnight(bank: Bank, clock: Clock) -> None:
    town = Town(bank)
    clock.set("2026-03-10", "23:59:59")
    assert town.award("甲", 60, on=date(2026, 3, 11)).answer["code"] == "future_day"
    clock.set("2026-03-11", "00:00:00")
    assert town.award("甲", 60, on=date(2026, 3, 11)).posted


def test_a_lot_is_good_until_midnight_in_shanghai(bank: Bank, clock: Clock) -> None:
    town = Town(bank, rulebook=None)
    town.prize("mug", 5)
    town.receive("mug", 2)
    for name in ("甲", "乙"):
        town.adjust(name, 5, expires_on=date(2026, 12, 31))
    clock.set("2026-12-31", "23:59:59")
    assert town.lapse().lots == 0
    assert town.redeem("甲", ("mug", 1)).posted
    clock.set("2027-01-01", "00:00:00")
    assert town.redeem("乙", ("mug", 1)).answer["code"] == "insufficient_points"
    assert (town.lapse().lots, town.lapse().lots) == (1, 0)


def test_a_lapse_run_of_a_future_day_lapses_nothing_that_is_still_good(bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    town.adjust("甲", 5, expires_on=date(2026, 12, 31))
    assert town.lapse(date(2030, 1, 1)).lots == 0
    assert town.points("甲") == 5
