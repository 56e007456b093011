"""The working-day calendar of the bank: the library's, and what an administrator wrote over it."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.bank import Bank, By
from ledger.service.working_days import Override, override, working_days, year_of
from tests.banks import STAFF

ADMIN = By(actor=STAFF)
SOURCE = "示例通知"


def test_five_working_days_from_24_september_2026_end_on_9_october(bank: Bank) -> None:
    # 中秋 on Friday 25 September, 国庆 from 1 to 7 October: 28, 29, 30 September, 8 and 9 October.
    assert working_days(bank).later(date(2026, 9, 24), 5) == date(2026, 10, 9)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-01-26", True),  # a Sunday for the Spring Festival
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-01-02", False),
        ("2026-01-04", True),
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2026-02-28", True),
        ("2026-05-05", False),
        ("2026-05-09", True),
        ("2026-09-20", True),  # a Sunday for 国庆
        ("2026-09-25", False),
        ("2026-10-07", False),
        ("2026-10-10", True),  # a Saturday for 国庆
        ("2026-10-17", False),
        ("2026-10-19", True),
    ],
)
def test_days_are_worked_as_the_state_council_has_announced(bank: Bank, day: str, works: bool) -> None:
    assert working_days(bank).is_working(date.fromisoformat(day)) is works


def test_a_year_that_is_not_announced_is_said_to_be_so(bank: Bank) -> None:
    found = working_days(bank)
    assert found.unannounced(date(2025, 12, 1), date(2026, 12, 31)) == ()
    assert found.unannounced(date(2026, 12, 28), date(2027, 1, 8)) == (2027,)
    assert (year_of(bank, 2026).announced, year_of(bank, 2027).announced) == (True, False)


def test_each_special_day_has_its_name(bank: Bank) -> None:
    named = {day.day: day for day in year_of(bank, 2026).days}
    assert (named[date(2026, 9, 25)].name_zh, named[date(2026, 9, 25)].name_en) == ("中秋节", "Mid-Autumn Festival")
    assert (named[date(2026, 10, 10)].works, named[date(2026, 10, 10)].name_zh) == (True, "上班")
    assert not named[date(2026, 10, 6)].works
    # 261 days from Monday to Friday, 19 of them off, and 6 days of weekends worked
    assert year_of(bank, 2026).working_days == 248


def test_the_latest_word_about_a_day_holds(bank: Bank) -> None:
    day = date(2026, 3, 4)
    for works, holds in ((False, False), (True, True), (False, False), (None, True)):
        override(bank, ADMIN, 2026, [Override(day=day, works=works)], source=SOURCE)
        assert working_days(bank).is_working(day) is holds
        told = {one.day: one for one in year_of(bank, 2026).days}.get(day)
        assert (told.source if told else None) == (SOURCE if works is not None else None)


def test_an_administrator_announces_a_year_and_may_take_it_back(bank: Bank) -> None:
    off = Override(day=date(2027, 1, 4), works=False)
    assert override(bank, ADMIN, 2027, [off], source=SOURCE, announced=True).announced
    assert working_days(bank).unannounced(date(2026, 12, 31), date(2027, 1, 31)) == ()
    assert working_days(bank).later(date(2026, 12, 31), 1) == date(2027, 1, 5)
    told = override(bank, ADMIN, 2027, [], source=SOURCE, announced=False)
    assert (told.announced, told.source) == (False, None)
