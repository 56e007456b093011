"""Trial books: rules found written down elsewhere, which no list of ours named. Each is said with the fields there are.

What a source leaves open is ours to assume; each book says what its source says in a sentence, as a fact.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ledger.rules import Deed, Item, Rulebook, Tally, Wish, assess, balance_key, load, may_redeem, sentences
from tests.rules.factories import a_deed, an_act, live, points_of

FIELD = Path(__file__).parent / "field"
BOOKS = sorted(file.stem for file in FIELD.glob("*.yaml"))


SCALES = {"green_kilos": 1}
"""Decimals of the points, where a book has any."""


def a_book(name: str) -> Rulebook:
    return load((FIELD / f"{name}.yaml").read_text(encoding="utf-8"), points_scale=SCALES.get(name, 0))


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_can_be_said_and_read_aloud(name: str, language: str) -> None:
    told = sentences(a_book(name), language)
    assert len(told) > len(a_book(name).rules)


AIDED = frozenset({"aided"})
MISSED = frozenset({"unexcused"})
REPORTED: dict[str, Any] = {"party_status": "member", "party_reports": frozenset({"home_report"})}
DAYS = [date(2026, 3, 1) + timedelta(days=n) for n in range(25)]
WEEKS = DAYS[1:22:7]
VECTORS: list[tuple[str, list[Deed], list[int]]] = [
    ("university", [a_deed(minutes=3000, person_tags=AIDED, person="a")], [0]),
    (
        "university",
        [a_deed(minutes=m, person_tags=AIDED, person="a") for m in (1440, 1440, 240)],
        [0, 0, 8],
    ),
    ("university", [a_deed(minutes=60, activity_level="district", person="a")], [10]),
    ("university", [a_deed(minutes=300, activity_level="district", person="a")], [52]),
    ("university", [an_act("star_three", person="a")] * 2, [25, 0]),
    ("office", [an_act("wish", person="a"), a_deed(activity_type="visit", person="a")], [5, 2]),
    ("office", [an_act("wish", person="a", person_tags=frozenset({"in_arrears"}))], [0]),
    ("village", [an_act("judged", measures=(("score", 27),), person=p, household="h") for p in "ab"], [27, 13]),
    ("village", [an_act("yearly", person=p, household="h") for p in "ab"], [50, 0]),
    ("patrol", [a_deed(activity_type="patrol", minutes=90, person="a", starts_minute=22 * 60)], [6]),
    ("patrol", [a_deed(activity_type="patrol", minutes=90, person="a", day_kind="holiday", starts_minute=1320)], [9]),
    ("patrol", [a_deed(activity_type="patrol", minutes=240, person="a")] * 3, [8, 8, 4]),
    ("classes", [a_deed(minutes=90, activity_class="care", person="a")], [4]),
    ("classes", [a_deed(minutes=1440, activity_class="rescue", person="a")] * 5, [144, 144, 144, 144, 24]),
    ("moral_bank", [an_act("base", kind="opening", person=p, household="h") for p in "ab"], [100, 0]),
    ("moral_bank", [an_act("neighbour", person=p, household="h") for p in "abab"], [5, 5, 5, 0]),
    (
        "moral_bank",
        [
            an_act(deed, person="a", household="h", served_on=WEEKS[at // 3])
            for at, deed in enumerate(["neighbour"] * 7)
        ],
        [5, 5, 5, 5, 5, 5, 0],
    ),
    (
        "moral_bank",
        [an_act("commendation", person="a", household="h", activity_level="city", key=key) for key in ("1", "2", "1")],
        [50, 50, 0],
    ),
    ("moral_bank", [an_act("crime", kind="penalty", person="a", household="h")], [0]),
    ("green_kilos", [an_act("paper", measures=(("paper_kg", kilos),), person="a") for kilos in (12, 12)], [60, 40]),
    ("green_kilos", [an_act("plastic", measures=(("plastic_kg", 3),), person="a")], [24]),
    ("green_kilos", [an_act("sorting", evaluation="correct", person=p, household="h") for p in "ab"], [2, 0]),
    (
        "green_kilos",
        [an_act("sorting", evaluation="correct", person="a", served_on=on) for on in DAYS for _ in "12"][38:42],
        [2, 0, 2, 0],
    ),
    ("green_kilos", [an_act("sorting", evaluation="wrong", person="a")] * 5, [0] * 5),
    ("party_points", [an_act("base", kind="opening", person="a", party_status=s) for s in ("member", "none")], [60, 0]),
    ("party_points", [an_act("study", person="a", party_status="member")] * 11, [2] * 10 + [0]),
    ("party_points", [a_deed(minutes=75, person="a", **REPORTED)], [3]),
    ("party_points", [a_deed(minutes=75, person="a", posts=frozenset({"building_head"}), **REPORTED)], [4]),
    ("party_points", [a_deed(minutes=135, person="a", posts=frozenset({"building_head"}), **REPORTED)], [6]),
    ("party_points", [an_act("any", kind="no_show", tags=MISSED, person="a", age=age) for age in (40, 70)], [-3, 0]),
    ("customs", [an_act("clean", person=p, household="h") for p in "abab"], [5, 5, 5, 0]),
    ("customs", [an_act("clean", person="a"), an_act("feast", kind="penalty", person="a")], [5, -5]),
]


@pytest.mark.parametrize(("name", "deeds", "points"), VECTORS)
def test_each_gives_what_its_source_says(name: str, deeds: list[Deed], points: list[int]) -> None:
    assert points_of(a_book(name), *deeds) == points


def test_the_twentieth_day_of_a_month_is_rewarded_once() -> None:
    twice_a_day = [an_act("sorting", evaluation="correct", person="a", served_on=on) for on in DAYS for _ in "12"]
    given = points_of(a_book("green_kilos"), *twice_a_day)
    assert given[38] == 2 + 50
    assert sum(given) == 25 * 2 + 50


def test_the_fourth_wrong_sorting_of_a_month_costs_and_the_first_warns() -> None:
    wrong = [an_act("sorting", evaluation="wrong", person="a") for _ in range(5)]
    done = live(a_book("green_kilos"), [an_act("paper", measures=(("paper_kg", 10),), person="a"), *wrong])
    assert [one.points for one in done] == [50, 0, 0, 0, -10, -10]
    assert [[flag.flag for flag in one.flags] for one in done] == [[], ["warning"], [], [], [], []]


def test_a_veto_takes_all_there_is() -> None:
    veto = an_act("crime", kind="penalty", person="a")
    assert assess(a_book("moral_bank"), veto, {balance_key(veto, "person"): Tally(points=37)}).points == -37


def test_three_absences_in_half_a_year_are_to_be_talked_about() -> None:
    days = [date(2026, 1, 5), date(2026, 6, 29), date(2026, 6, 30), date(2026, 7, 1)]
    missed = [an_act("any", kind="no_show", tags=MISSED, person="a", served_on=on) for on in days]
    assert [bool(one.flags) for one in live(a_book("party_points"), missed)] == [False, False, True, False]


@pytest.mark.parametrize(
    ("balance", "item_class", "may"), [(60, "silver", True), (60, "gold", False), (100, "gold", True)]
)
def test_a_card_asks_for_its_balance(balance: int, item_class: str, may: bool) -> None:
    card = Item(prize="card", cost=50, item_class=item_class)
    wish = Wish(on=date(2026, 3, 25), items=(card,), balance=balance)
    assert may_redeem(a_book("office").redeeming, wish, {}).allowed is may


@pytest.mark.parametrize(
    ("on", "may"), [(date(2026, 3, 25), True), (date(2026, 3, 24), False), (date(2026, 4, 25), False)]
)
def test_a_quarterly_market_is_open_on_its_days(on: date, may: bool) -> None:
    wish = Wish(on=on, items=(Item(prize="soap", cost=1),), balance=9)
    assert may_redeem(a_book("village").redeeming, wish, {}).allowed is may
