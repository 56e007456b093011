"""Versions in force, lapse, stars and the bundled books."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import ledger.rules
from ledger.rules import BOOKS, LapsePolicy, book, in_force, load, star_level
from tests.rules.factories import a_rulebook

RULEBOOK = a_rulebook("points: 1, per: session")


def test_the_rulebook_in_force_is_the_latest_that_has_begun() -> None:
    first = replace(RULEBOOK, effective_from=date(2026, 1, 1))
    second = replace(RULEBOOK, version=2, effective_from=date(2026, 7, 1))
    mended = replace(RULEBOOK, version=3, effective_from=date(2026, 7, 1))
    rulebooks = [mended, first, second]

    assert in_force(rulebooks, date(2025, 12, 31)) is None
    assert in_force(rulebooks, date(2026, 1, 1)) == first
    assert in_force(rulebooks, date(2026, 6, 30)) == first
    assert in_force(rulebooks, date(2026, 7, 1)) == mended
    assert in_force([], date(2026, 7, 1)) is None


@pytest.mark.parametrize(
    ("policy", "last_day"),
    [
        (LapsePolicy(policy="never"), None),
        (LapsePolicy(policy="end_of_year"), date(2026, 12, 31)),
        (LapsePolicy(policy="end_of_year", years_after=1), date(2027, 12, 31)),
        (LapsePolicy(policy="end_of_year", years_after=3), date(2029, 12, 31)),
    ],
)
@pytest.mark.parametrize("earned_on", [date(2026, 1, 1), date(2026, 12, 31)])
def test_points_are_valid_to_the_end_of_a_year(policy: LapsePolicy, last_day: date | None, earned_on: date) -> None:
    assert replace(RULEBOOK, lapse=policy).lapse_day(earned_on) == last_day


@pytest.mark.parametrize(
    ("hours", "stars"), [(0, 0), (99, 0), (100, 1), (299, 1), (300, 2), (600, 3), (1000, 4), (1500, 5), (9999, 5)]
)
def test_stars_follow_the_ladder(hours: int, stars: int) -> None:
    assert star_level(hours * 60) == stars
    assert star_level(hours * 60 + 59) == stars


def test_a_ladder_is_a_setting_and_must_rise() -> None:
    assert star_level(60, [1, 2]) == 1
    assert star_level(60, []) == 0
    with pytest.raises(ValueError, match="rise"):
        star_level(60, [2, 1])


def test_every_book_in_the_folder_is_bundled_and_named_after_its_code() -> None:
    folder = Path(str(ledger.rules.__file__)).parent / "books"

    assert sorted(BOOKS) == sorted(path.stem for path in folder.iterdir())
    assert [load(book(name), points_scale=0).code for name in BOOKS] == list(BOOKS)


def test_the_example_calls_itself_one() -> None:
    title = load(book("example"), points_scale=0).title

    assert "示例" in title.zh
    assert "example" in title.en


@pytest.mark.parametrize("name", ["", "../books/hailin", "nowhere"])
def test_only_bundled_books_are_opened(name: str) -> None:
    with pytest.raises(KeyError):
        book(name)
