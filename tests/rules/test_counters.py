"""Counters number deeds, days, or days without a gap; a rule for the so-manieth and a flag follow that number."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ledger.rules import Deed, Rulebook, sentences
from tests.rules.factories import a_rulebook, an_act, live

FIRST = date(2026, 3, 28)


def a_book(more: str, rule: str = "at_least: 3, at_most: 3") -> Rulebook:
    act = "deeds: [good_deed], points: 1, per: act"
    bonus = f"adds: true, deeds: [good_deed], points: 10, per: fixed, occurrence: {{counter: c, {rule}}}"
    flag = "raises: [{at: 3, flag: reward, title: {zh: 奖, en: reward}}]"
    counter = f"{{id: c, title: {{zh: 打卡, en: check-ins}}, deeds: [good_deed], {more}, {flag}}}"
    return a_rulebook(act, bonus, more=f"counters: [{counter}]\n")


def done(*days: int) -> list[Deed]:
    return [an_act("sorting", person="a", served_on=FIRST + timedelta(days=n)) for n in days]


@pytest.mark.parametrize(
    ("more", "days", "bonus_at"),
    [
        ("per: lifetime", (0, 0, 0, 0), [2]),
        ("per: month", (0, 1, 4, 5, 6), [4]),
        ("per: lifetime, once_a_day: true", (0, 0, 1, 1, 1, 5, 5), [5]),
        ("per: lifetime, consecutive: true", (0, 1, 2, 3), [2]),
        ("per: lifetime, consecutive: true", (0, 1, 3, 4, 5, 6), [4]),
        ("per: lifetime, consecutive: true", (0, 1, 1, 2, 2), [3]),
        ("per: lifetime, consecutive: true", (0, 1, 2, 4, 5, 6), [2, 5]),
        ("per: lifetime, consecutive: true", (2, 3), []),
    ],
)
def test_the_so_manieth_is_rewarded_and_flagged(more: str, days: tuple[int, ...], bonus_at: list[int]) -> None:
    assessments = live(a_book(more), done(*days))
    assert [at for at, one in enumerate(assessments) if one.points > 10] == bonus_at
    assert [at for at, one in enumerate(assessments) if one.flags] == bonus_at


def test_from_the_so_manieth_day_on_a_run_goes_on_being_rewarded() -> None:
    book = a_book("per: lifetime, consecutive: true", rule="at_least: 3")
    assert [one.points for one in live(book, done(0, 1, 2, 3, 4, 6, 7))] == [1, 1, 11, 11, 11, 1, 1]


def test_each_household_has_a_run_of_its_own() -> None:
    book = a_book("per: lifetime, by: household, consecutive: true")
    days = [FIRST + timedelta(days=n) for n in range(3)]
    acts = [
        an_act("sorting", person=p, household=h, served_on=on)
        for p, h, on in (("a", "h", days[0]), ("b", "h", days[1]), ("c", None, days[2]), ("b", "h", days[2]))
    ]
    assert [one.points for one in live(book, acts)] == [1, 1, 1, 11]


def test_it_is_read_aloud_how_days_are_counted() -> None:
    once, run = (
        " ".join(sentences(a_book(f"per: lifetime, {how}: true"), "zh")) for how in ("once_a_day", "consecutive")
    )
    assert once.count("(同一天只计一次)") == run.count("(只计不间断的天数)") == 2
    assert " ".join(sentences(a_book("per: lifetime, consecutive: true"), "en")).count("(days without a gap)") == 2
