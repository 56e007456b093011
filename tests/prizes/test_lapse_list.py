"""The list to publish before a lapse run: it names what the run then takes, and posts nothing."""

from __future__ import annotations

from datetime import date

from ledger.bank import Bank
from ledger.prizes import lapses
from ledger.prizes.lapses import Due
from tests.banks import Clock
from tests.towns import Town


def test_the_list_says_person_by_person_what_the_run_then_takes(bank: Bank, clock: Clock) -> None:
    clock.set(date(2026, 3, 2))
    town = Town(bank)
    town.adjust("甲", 30, expires_on=date(2026, 3, 10))
    town.adjust("甲", 5, expires_on=date(2026, 12, 31))
    town.adjust("乙", 7, expires_on=date(2026, 3, 11))
    clock.set(date(2026, 3, 11))
    first = Due("volunteer", town.volunteer("甲").volunteer_no, date(2026, 3, 10), 30, 0)
    assert list(lapses.due(bank, on=bank.today())) == [first]
    clock.set(date(2026, 3, 12))
    second = Due("volunteer", town.volunteer("乙").volunteer_no, date(2026, 3, 11), 7, 0)
    found = list(lapses.due(bank, on=bank.today()))
    assert sorted(found, key=lambda one: one.on) == [first, second]
    assert town.lapse().points == sum(one.points - one.carried_over for one in found)
    assert list(lapses.due(bank, on=bank.today())) == []
