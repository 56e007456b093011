"""Versions in force, lapse, stars, targets, posting and redemption."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import ledger.rules
from ledger.rules import (
    BOOKS,
    Item,
    Standing,
    Wish,
    book,
    in_force,
    limit_keys,
    load,
    may_redeem,
    privileges_of,
    sentences,
)
from ledger.rules.desk import LimitKey
from tests.rules.factories import a_deed, a_rulebook

RULEBOOK = a_rulebook("points: 1, per: session")


def test_the_rulebook_in_force_is_the_latest_that_has_begun_and_not_ended() -> None:
    first = replace(RULEBOOK, effective_from=date(2026, 1, 1))
    second = replace(RULEBOOK, version=2, effective_from=date(2026, 7, 1))
    mended = replace(RULEBOOK, version=3, effective_from=date(2026, 7, 1))
    pilot = replace(RULEBOOK, version=4, effective_from=date(2026, 8, 1), effective_to=date(2026, 8, 31))
    rulebooks = [mended, first, second, pilot]

    assert in_force(rulebooks, date(2025, 12, 31)) is None
    assert in_force(rulebooks, date(2026, 1, 1)) == first
    assert in_force(rulebooks, date(2026, 6, 30)) == first
    assert in_force(rulebooks, date(2026, 7, 1)) == mended
    assert in_force(rulebooks, date(2026, 8, 31)) == pilot
    assert in_force(rulebooks, date(2026, 9, 1)) == mended
    assert in_force([], date(2026, 7, 1)) is None


@pytest.mark.parametrize(
    ("lapse", "earned_on", "last_day"),
    [
        ("policy: never", date(2026, 1, 31), None),
        ("policy: after_days, count: 30", date(2026, 1, 31), date(2026, 3, 2)),
        ("policy: after_months, count: 1", date(2026, 1, 31), date(2026, 2, 28)),
        ("policy: after_years, count: 2", date(2024, 2, 29), date(2026, 2, 28)),
        ("policy: end_of_month", date(2026, 2, 1), date(2026, 2, 28)),
        ("policy: end_of_month, periods_after: 1", date(2026, 12, 1), date(2027, 1, 31)),
        ("policy: end_of_quarter", date(2026, 2, 1), date(2026, 3, 31)),
        ("policy: end_of_quarter, periods_after: 3", date(2026, 2, 1), date(2026, 12, 31)),
        ("policy: end_of_half_year", date(2026, 7, 1), date(2026, 12, 31)),
        ("policy: end_of_year", date(2026, 1, 1), date(2026, 12, 31)),
        ("policy: end_of_year", date(2026, 12, 31), date(2026, 12, 31)),
        ("policy: end_of_year, periods_after: 3", date(2026, 1, 1), date(2029, 12, 31)),
        ("policy: end_of_year, grace_days: 31", date(2026, 1, 1), date(2027, 1, 31)),
        ("policy: end_of_year", date.max, date.max),
        ("policy: after_years, count: 1", date.max, date.max),
        ("policy: after_days, count: 1", date.max, date.max),
    ],
)
def test_points_are_valid_to_their_last_day(lapse: str, earned_on: date, last_day: date | None) -> None:
    document = (Path(str(ledger.rules.__file__)).parent / "books" / "kunshan.yaml").read_text(encoding="utf-8")
    rulebook = load(document.replace("policy: never", lapse), points_scale=0)

    assert rulebook.lapse_day(earned_on) == last_day


def test_a_rule_may_have_a_lapse_of_its_own() -> None:
    rulebook = a_rulebook("points: 1, per: session, lapse: {policy: end_of_month}")

    assert rulebook.lapse_day(date(2026, 1, 5), "r0") == date(2026, 1, 31)
    assert rulebook.lapse_day(date(2026, 1, 5)) is None


def test_a_lapse_year_begins_when_the_rulebook_says() -> None:
    document = book("kunshan").replace("policy: never", "policy: end_of_year") + "year_begins: 7\n"

    assert load(document, points_scale=0).lapse_day(date(2026, 7, 1)) == date(2027, 6, 30)


@pytest.mark.parametrize(
    ("carry", "rest", "carried"),
    [
        ("carry_over_points: 5", 9, 5),
        ("carry_over_points: 5", 3, 3),
        ("carry_over_share: 1/2", 9, 4),
        ("grace_days: 1", 9, 0),
    ],
)
def test_part_of_a_lot_may_be_carried_over(carry: str, rest: int, carried: int) -> None:
    document = book("kunshan").replace("policy: never", f"policy: end_of_year, warn_days: [7, 30], {carry}")
    lapse = load(document, points_scale=0).lapse

    assert lapse.carried_over(rest) == carried
    assert lapse.warnings(date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 24))


LADDER = """
ladders:
  - id: stars
    title: {zh: 星级, en: stars}
    hours_counted: [clocked, roster]
    points_counted: POINTS
    levels:
      - {title: {zh: 一星, en: one}, hours: 10, services: 2, tenure_days: 30}
      - {title: {zh: 二星, en: two}, hours: 20, services: 2, tenure_days: 30, points: 100, commendations: 1}
"""


@pytest.mark.parametrize(("counted", "level"), [("gained", 2), ("net", 1), ("balance", 1)])
def test_a_ladder_says_which_hours_and_points_count(counted: str, level: int) -> None:
    (ladder,) = a_rulebook("points: 1, per: session", more=LADDER.replace("POINTS", counted)).ladders
    standing = Standing(
        minutes={"clocked": 660, "roster": 540, "backfilled": 6000},
        points_gained=100,
        points_taken=1,
        balance=20,
        services=2,
        commendations=1,
        tenure_days=30,
    )

    assert ladder.metrics(standing)["hours"] == 20
    assert ladder.level_of(standing).level == level
    assert ladder.level_of(standing._replace(services=1)) == (0, None, {"services": 1})
    assert ladder.next_level(2, Standing()) == 2
    assert replace(ladder, demotes=True).next_level(2, Standing()) == 0


def test_a_target_says_what_is_missing() -> None:
    more = (
        "targets: [{id: t, title: {zh: 目标, en: target}, owner: unit, per: year, hours: 8, points: 5, rate: '0.5'}]\n"
    )
    (target,) = a_rulebook("points: 1, per: session", more=more, points_scale=1).targets

    assert target.missing({"hours": 8, "points": 20}) == {"points": 30, "rate": Fraction(1, 2)}
    assert target.missing({"hours": 9, "points": 50, "rate": Fraction(1, 2)}) == {}


def test_some_deeds_take_another_way_to_be_posted() -> None:
    document = book("kunshan").replace(
        "posting: {policy: at_once}",
        "posting: {policy: at_once, exceptions: [{policy: two_reviews, when: {capture_methods: [backfilled]}}]}",
    )
    posting = load(document, points_scale=0).posting

    assert posting.route(a_deed()).reviewers == 0
    assert posting.route(a_deed(capture_method="backfilled")).reviewers == 2


POLICY = """
redemption:
  windows:
    - {weekdays: [saturday], time_of_day: {begins: '09:00', ends: '11:00'}}
    - {month_days: [15]}
    - {season: {first_day: 12-20, last_day: 01-10}}
    - {days: {first_day: 2026-05-01, last_day: 2026-05-03}}
    - {months: [8]}
  base_points: 60
  balance_at_least: 100
  hours_at_least: 10
  star_level_at_least: 1
  cost_at_least: 5
  limits:
    - {per: month, redemptions: 1}
    - {per: year, by: item, items: 2}
    - {per: year, by: household, points: 50, classes: [food]}
  tiers:
    - {title: {zh: 大件, en: large}, classes: [large], star_level: 3, hours: 20, balance_points: 150}
  privileges:
    - {id: hall, title: {zh: 活动室, en: hall}, balance_points: 200}
    - {id: bench, title: {zh: 长椅, en: bench}, hours: 20, star_level: 2}
  beneficiaries:
    - {relation: parent, title: {zh: 父母, en: a parent}, age_at_least: 60}
    - {relation: child, title: {zh: 子女, en: a child}}
"""
REDEMPTION = a_rulebook("points: 1, per: session", more=POLICY).redeeming
RICE = Item(prize="rice", cost=10, item_class="food")
LARGE = (replace(RICE, item_class="large"),)


def a_wish(**facts: Any) -> Wish:
    return replace(Wish(on=date(2026, 3, 15), items=(RICE,), balance=120, minutes=600, star_level=1), **facts)


def codes(wish: Wish, past: dict[LimitKey, int] | None = None) -> list[str]:
    return [reason.code for reason in may_redeem(REDEMPTION, wish, past or {}).reasons]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"on": date(2026, 3, 16)}, ["window_closed"]),
        ({"on": date(2026, 3, 14), "minute_of_day": 540}, []),
        ({"on": date(2026, 3, 14), "minute_of_day": 660}, ["window_closed"]),
        ({"on": date(2026, 3, 14)}, []),
        ({"on": date(2026, 12, 20)}, []),
        ({"on": date(2027, 1, 10)}, []),
        ({"on": date(2027, 1, 11)}, ["window_closed"]),
        ({"on": date(2026, 5, 3)}, []),
        ({"on": date(2027, 5, 3)}, ["window_closed"]),
        ({"on": date(2026, 8, 31)}, []),
        ({"balance": 99}, ["balance_too_low"]),
        ({"minutes": 599}, ["hours_too_few"]),
        ({"star_level": 0}, ["star_level_too_low"]),
        ({"items": (replace(RICE, cost=4),)}, ["cost_too_low"]),
        ({"items": (replace(RICE, cost=50, item_class="tool"),), "balance": 110}, []),
        ({"items": (replace(RICE, cost=51, item_class="tool"),), "balance": 110}, ["insufficient_points"]),
        ({"items": (replace(RICE, cost=51),), "balance": 111}, ["limit_reached"]),
        ({"items": (replace(RICE, quantity=3),)}, ["limit_reached"]),
        ({"items": (RICE, replace(RICE, prize="oil"), replace(RICE, prize="salt"))}, []),
        ({"items": LARGE}, ["tier_not_reached"]),
        ({"items": LARGE, "star_level": 3, "minutes": 1200, "balance": 150}, []),
        ({"items": LARGE, "star_level": 3, "minutes": 1199, "balance": 150}, ["tier_not_reached"]),
        ({"items": LARGE, "star_level": 3, "minutes": 1200, "balance": 149}, ["tier_not_reached"]),
        ({"beneficiary": "parent", "beneficiary_age": 60}, []),
        ({"beneficiary": "parent", "beneficiary_age": 59}, ["beneficiary_too_young"]),
        ({"beneficiary": "parent"}, ["beneficiary_too_young"]),
        ({"beneficiary": "child"}, []),
        ({"beneficiary": "friend"}, ["beneficiary_not_allowed"]),
        ({"flags": ("suspension",)}, ["flagged"]),
        (
            {"on": date(2026, 3, 16), "balance": 5, "minutes": 0},
            ["window_closed", "balance_too_low", "hours_too_few", "insufficient_points"],
        ),
    ],
)  # fmt: skip
def test_a_redemption_is_allowed_or_refused_with_every_reason(facts: dict[str, Any], expected: list[str]) -> None:
    assert codes(a_wish(**facts)) == expected


def test_a_flag_is_for_people_to_decide() -> None:
    verdict = may_redeem(REDEMPTION, a_wish(flags=("suspension",)), {})

    assert verdict.allowed
    assert verdict.reasons[0].text.zh == "有“suspension”标记, 请人工决定"


def test_limits_count_what_was_redeemed_before() -> None:
    wish = a_wish()
    by_unit = {key.unit: key for key in limit_keys(REDEMPTION, wish)}

    assert codes(wish, {by_unit["redemptions"]: 1}) == ["limit_reached"]
    assert codes(wish, {by_unit["items"]: 1}) == []
    assert codes(wish, {by_unit["items"]: 2}) == ["limit_reached"]
    assert codes(wish, {by_unit["points"]: 40}) == []
    assert codes(wish, {by_unit["points"]: 41}) == ["limit_reached"]
    assert (by_unit["items"].prize, by_unit["points"].classes) == ("rice", ("food",))
    assert (by_unit["redemptions"].first, by_unit["redemptions"].last) == (date(2026, 3, 1), date(2026, 3, 31))


def test_what_cannot_be_redeemed_says_so() -> None:
    policy = replace(REDEMPTION, allowed=False)

    assert policy.redeemable(500) == 0
    assert "not_redeemable" in [reason.code for reason in may_redeem(policy, a_wish(), {}).reasons]


@pytest.mark.parametrize(("balance", "redeemable"), [(59, 0), (60, 0), (61, 1), (160, 100)])
def test_a_base_score_cannot_be_spent(balance: int, redeemable: int) -> None:
    assert REDEMPTION.redeemable(balance) == redeemable


def test_privileges_open_without_being_spent() -> None:
    def opened(*standing: int) -> list[str]:
        return [privilege.id for privilege in privileges_of(REDEMPTION, *standing)]

    assert opened(200, 0, 0) == ["hall"]
    assert opened(199, 1200, 2) == ["bench"]
    assert opened(199, 1199, 2) == []
    assert opened(199, 1200, 1) == []


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


ALL_ASKED = """\
ladders: [{id: l, title: {zh: 星, en: stars}, levels: [{title: {zh: 一星, en: one}, hours: 9}], over: year,
  hours_counted: [clocked, roster], demotes: true, notice_days: 5, working_days: false, approved_by: town}]
redemption:
  windows: [{weekdays: [monday]}]
  balance_at_least: 20
  hours_at_least: 10
  star_level_at_least: 1
  cost_at_least: 5
  base_points: 10
  limits: [{per: day, items: 1}, {per: month, points: 4000, classes: [large]}]
  tiers: [{title: {zh: 大件, en: large}, classes: [large], hours: 30}]
  beneficiaries: [{relation: parent, title: {zh: 父母, en: a parent}, age_at_least: 60}]
"""
REASONS = [
    (
        "window_closed",
        "2026-03-01 不在兑换时间内, 下次开放 2026-03-02",
        "redemption is not open on 2026-03-01; it opens next on 2026-03-02",
    ),
    ("balance_too_low", "余额满 20 分才可兑换", "redemption opens at a balance of 20"),
    ("hours_too_few", "服务满 10 小时才可兑换", "redemption opens at 10 hours of service"),
    ("star_level_too_low", "1 星及以上才可兑换", "redemption asks for 1 star or more"),
    ("cost_too_low", "每次至少兑换 5 分", "at least 5 points are redeemed at a time"),
    ("insufficient_points", "可兑换 0 分, 需要 4 分", "0 points can be redeemed, 4 are needed"),
    ("tier_not_reached", "“大件”须服务满 30 小时", '"large" asks for 30 hours of service'),
    ("limit_reached", "每人每天最多 1 件, 已用 0, 这次 2", "at most 1 item per day, each person: 0 had, 2 asked"),
    (
        "limit_reached",
        "每人每月“large”类最多 4000 分, 已用 3997, 这次 4",
        "at most 4000 points of large per month, each person: 3997 had, 4 asked",
    ),
    ("beneficiary_too_young", "父母须年满 60 岁", "a parent must be at least 60"),
    ("flagged", "有“review”标记, 请人工决定", "flagged review: people must decide"),
]


def test_every_reason_is_given_at_once_in_both_languages() -> None:
    policy = a_rulebook("points: 1, per: session", more=ALL_ASKED).redeeming
    wish = Wish(
        on=date(2026, 3, 1),
        items=(Item(prize="soap", cost=4, quantity=2, item_class="large"),),
        balance=3,
        minutes=59 * 10,
        beneficiary="parent",
        beneficiary_age=59,
        flags=("review",),
    )
    past = {key: 3997 for key in limit_keys(policy, wish) if key.unit == "points"}
    verdict = may_redeem(policy, wish, past)
    assert [(one.code, one.text.zh, one.text.en) for one in verdict.reasons] == REASONS
    assert not verdict.allowed
    assert [one.code for one in verdict.reasons if not one.refuses] == ["flagged"]


def test_a_ladder_is_read_aloud_with_what_it_counts_and_who_decides() -> None:
    book = a_rulebook("points: 1, per: session", more=ALL_ASKED)
    assert [said for said in sentences(book, "zh") if said.startswith("星")] == [
        "星(当年, 只计打卡、签到表时长): 一星 时长 9 小时。",
        "星不达标则降级，公示 5 天，由town认定。",
    ]
    assert [said for said in sentences(book, "en") if said.startswith("stars")] == [
        "stars within a year, counting clocked, roster hours only: one 9 h.",
        "stars: demoted when below, 5 days of notice, approved by the town.",
    ]


@pytest.mark.parametrize(
    ("windows", "on", "minute", "opens"),
    [
        ("{weekdays: [monday]}", date(2026, 3, 1), 600, (date(2026, 3, 2), 0)),
        (
            "{weekdays: [monday], time_of_day: {begins: '14:00', ends: '16:00'}}",
            date(2026, 3, 2),
            600,
            (date(2026, 3, 2), 840),
        ),
        (
            "{weekdays: [monday], time_of_day: {begins: '14:00', ends: '16:00'}}",
            date(2026, 3, 2),
            960,
            (date(2026, 3, 9), 840),
        ),
        ("{month_days: [1, 15]}, {weekdays: [friday]}", date(2026, 3, 11), 600, (date(2026, 3, 13), 0)),
        ("{time_of_day: {begins: '22:00', ends: '02:00'}}", date(2026, 3, 11), 600, (date(2026, 3, 11), 1320)),
        ("{days: {first_day: 2026-01-01, last_day: 2026-01-31}}", date(2026, 3, 11), 600, None),
    ],
)
def test_whoever_comes_at_the_wrong_time_is_told_when_to_come(
    windows: str, on: date, minute: int, opens: tuple[date, int] | None
) -> None:
    policy = a_rulebook("points: 1, per: session", more=f"redemption: {{windows: [{windows}]}}\n").redeeming
    assert policy.opens_next(on, minute) == opens
