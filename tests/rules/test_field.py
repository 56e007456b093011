"""Trial books: rules found written down elsewhere, which no list of ours named. Each is said with the fields there are.

What a source leaves open is ours to assume; each book says what its source says in a sentence, as a fact.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ledger.rules import Deed, Item, Rulebook, Wish, load, may_redeem, sentences
from tests.rules.factories import a_deed, an_act, points_of

FIELD = Path(__file__).parent / "field"
BOOKS = sorted(file.stem for file in FIELD.glob("*.yaml"))


def a_book(name: str) -> Rulebook:
    return load((FIELD / f"{name}.yaml").read_text(encoding="utf-8"), points_scale=0)


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_can_be_said_and_read_aloud(name: str, language: str) -> None:
    told = sentences(a_book(name), language)
    assert len(told) > len(a_book(name).rules)


AIDED = frozenset({"aided"})
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
    ("customs", [an_act("clean", person=p, household="h") for p in "abab"], [5, 5, 5, 0]),
    ("customs", [an_act("clean", person="a"), an_act("feast", kind="penalty", person="a")], [5, -5]),
]


@pytest.mark.parametrize(("name", "deeds", "points"), VECTORS)
def test_each_gives_what_its_source_says(name: str, deeds: list[Deed], points: list[int]) -> None:
    assert points_of(a_book(name), *deeds) == points


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
