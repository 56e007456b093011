"""Ladders of stars: what is reached, what is due, what is lacking, and why, in plain words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ledger.rules import Standing, default_ladder, held_level, standing_from, standing_recorded
from tests.rules.factories import a_deed, a_rulebook, bundled

NATIONAL = default_ladder()
LONGQUANYI = bundled("longquanyi").ladders[0]


def clocked(hours: int, points: int = 0, taken: int = 0) -> Standing:
    return Standing(minutes={"clocked": hours * 60}, points_gained=points, points_taken=taken)


@pytest.mark.parametrize(
    ("hours", "stars"), [(0, 0), (99, 0), (100, 1), (299, 1), (300, 2), (600, 3), (1000, 4), (1500, 5), (9999, 5)]
)
def test_stars_follow_the_ladder(hours: int, stars: int) -> None:
    assert NATIONAL.level_of(clocked(hours)).level == stars
    assert NATIONAL.level_of(Standing(minutes={"clocked": hours * 60 + 59})).level == stars


def test_the_banks_own_ladder_is_a_setting_and_must_rise() -> None:
    own = default_ladder((1, 2), 0)
    assert (own.level_of(clocked(1)).level, own.notice_days) == (1, 0)
    assert (NATIONAL.notice_days, NATIONAL.working_days, NATIONAL.demotes) == (5, True, False)
    for wrong in ((2, 1), (0, 1), (), (3, 3)):
        with pytest.raises(ValueError, match="rise"):
            default_ladder(wrong)


def test_the_banks_own_stars_have_names() -> None:
    titles = [rung.title for rung in default_ladder(range(1, 12)).levels]
    assert [title.zh for title in titles[::5]] == ["一星", "六星", "11星"]
    assert [title.en for title in titles[:2]] == ["1 star", "2 stars"]


@pytest.mark.parametrize(
    ("hours", "points", "level"),
    [(100, 990, 1), (49, 5000, 0), (50, 499, 0), (100, 1000, 2), (200, 2100, 3), (2000, 21_000, 7)],
)
def test_longquanyi_asks_for_hours_and_points(hours: int, points: int, level: int) -> None:
    assert LONGQUANYI.level_of(clocked(hours, points)).level == level


def test_a_penalty_takes_a_star_in_longquanyi_and_none_elsewhere() -> None:
    after = clocked(200, 2100, taken=150)
    assert LONGQUANYI.next_level(3, after) == 2
    assert replace(LONGQUANYI, demotes=False).next_level(3, after) == 3
    assert replace(LONGQUANYI, points_counted="gained").next_level(3, after) == 3


def test_what_is_lacking_is_told_of_the_level_after_the_one_that_was_granted() -> None:
    assert LONGQUANYI.lacking(1, clocked(90, 990)) == {"hours": 10, "points": 10}
    assert LONGQUANYI.lacking(1, clocked(200, 2100)) == {}
    assert LONGQUANYI.lacking(7, clocked(0)) == {}


def test_why_is_said_in_plain_words() -> None:
    up = LONGQUANYI.because(0, 1, clocked(100, 990), 0)
    assert up.zh == "服务时长 100 小时(应满 50), 积分 990(应满 500), 达到“一星”标准"
    assert up.en == "100 h of service (50 asked), 990 points (500 asked): reaches one star"
    down = LONGQUANYI.because(3, 2, clocked(200, 2100, 150), 0)
    assert down.zh == "积分 1950(应满 2100), 不再达到“三星”标准, 应为“二星”"
    assert down.en == "1950 points (2100 asked): no longer reaches three stars, now two stars"
    gone = LONGQUANYI.because(1, 0, clocked(0), 0)
    assert (gone.zh[-7:], gone.en[-11:]) == ("应为“无星级”", "now no star")


def test_points_are_said_as_people_count_them() -> None:
    ladder = replace(LONGQUANYI.levels[0], hours=None, points=50_000)
    assert "499.9 points (500 asked)" in replace(LONGQUANYI, levels=(ladder,)).because(1, 0, clocked(0, 49_990), 2).en


def test_a_lifetime_is_one_window() -> None:
    assert LONGQUANYI.windows(date(2026, 3, 2)) == ((date.min, date(2026, 3, 2)),)


def test_a_years_stars_stand_until_the_next_full_year_has_been_judged() -> None:
    yearly = replace(LONGQUANYI, over="year")
    assert yearly.windows(date(2026, 3, 2)) == (
        (date(2026, 1, 1), date(2026, 3, 2)),
        (date(2025, 1, 1), date(2025, 12, 31)),
    )
    assert yearly.windows(date(2026, 3, 2), 7)[1] == (date(2024, 7, 1), date(2025, 6, 30))
    this, last = clocked(3, 30), clocked(100, 1000)
    assert yearly.best([this, last]) is last
    assert yearly.best([last, this]) is last
    assert yearly.best([this, clocked(4, 40)]) is this


def test_a_ladder_may_be_for_some() -> None:
    ladder = a_rulebook(
        "points: 1, per: session",
        more="ladders: [{id: s, title: {zh: 星, en: s}, who: {tenure_days: {at_least: 365}}, "
        "levels: [{title: {zh: 一, en: one}, hours: 1}]}]\n",
    ).ladders[0]
    assert ladder.is_for(a_deed(tenure_days=365))
    assert not ladder.is_for(a_deed(tenure_days=364))
    assert NATIONAL.is_for(a_deed())


@pytest.mark.parametrize(
    ("granted", "ladders", "level"),
    [
        ([], {"a"}, 0),
        ([("a", 1), ("a", 3)], {"a"}, 3),
        ([("a", 3), ("a", 0)], {"a"}, 0),
        ([("old", 4)], {"a"}, 4),
        ([("old", 4), ("a", 2)], {"a"}, 2),
        ([("a", 2), ("old", 4)], {"a"}, 2),
        ([("b", 4)], {"a", "b"}, 0),
    ],
)
def test_the_level_held_is_the_one_that_was_granted_last(
    granted: list[tuple[str, int]], ladders: set[str], level: int
) -> None:
    assert held_level(granted, "a", ladders) == level


def test_a_standing_is_kept_to_the_letter() -> None:
    had = Standing(minutes={"roster": 5, "clocked": 60}, points_gained=7, services=2, tenure_days=9)
    kept = standing_recorded(had)
    assert list(kept["minutes"]) == ["clocked", "roster"]  # type: ignore[arg-type]
    assert standing_from(kept) == had
    with pytest.raises(TypeError):
        standing_from({"other": 1})
