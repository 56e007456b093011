"""How an award is matched, rounded, capped, multiplied, credited and explained."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from ledger.rules import (
    CAPTURE_METHODS,
    HONORARY_METHODS,
    Deed,
    Tally,
    after,
    assess,
    balance_key,
    days_of,
    inputs_from,
    needs,
    recorded_inputs,
)
from tests.rules.factories import a_deed, a_rulebook, an_act, live, points_of

HOURLY = "points: 1, per: hour, step_minutes: 60, rounding: floor"
MINUTELY = "points: 1, per: minute, rounding: floor"


@pytest.mark.parametrize(
    ("rate", "points_scale", "minutes", "units"),
    [
        ("points: 1, per: hour, rounding: floor", 0, 119, 1),
        ("points: 1, per: hour, rounding: half_up", 0, 89, 1),
        ("points: 1, per: hour, rounding: half_up", 0, 90, 2),
        ("points: 1, per: hour, rounding: ceil", 0, 61, 2),
        ("points: 1, per: hour, rounding: ceil", 0, 60, 1),
        ("points: 1, per: hour, rounding: floor", 2, 20, 33),
        ("points: 1, per: hour, rounding: ceil", 2, 20, 34),
        ("points: 1/3, per: minute, rounding: floor", 0, 3, 1),
        ("points: '0.1', per: minute, rounding: floor", 1, 3, 3),
        ("points: 1, per: hour, per_count: 2, rounding: floor", 0, 330, 2),
        ("points: 1, per: half_hour, rounding: floor", 0, 330, 11),
        ("points: 1, per: hour, step_minutes: 15, rounding: half_up", 2, 22, 25),
        ("points: 1, per: hour, step_minutes: 15, rounding: half_up", 2, 23, 50),
        ("points: 1, per: hour, step_minutes: 15, rounding: ceil", 2, 1, 25),
        ("points: 1, per: hour, points_step: '0.5', rounding: floor", 2, 59, 50),
        ("points: 1, per: hour, points_step: 1, rounding: half_up", 2, 90, 200),
        ("points: '2.5', per: session", 1, 7, 25),
        ("points: '2.5', per: session, rounding: ceil", 0, 7, 3),
        ("points: 4, per: fixed", 2, 7, 400),
    ],
)
def test_rates_are_exact_and_rounded_as_the_rule_says(rate: str, points_scale: int, minutes: int, units: int) -> None:
    assert assess(a_rulebook(rate, points_scale=points_scale), a_deed(minutes=minutes)).points == units


@pytest.mark.parametrize(
    ("rule", "facts", "units"),
    [
        ("per: act, points: 3", {"count": 4}, 1200),
        ("per: month, points: 3", {"count": 2}, 600),
        ("per: measure, measure: kg, points: 1/2", {"measures": (("kg", 5),)}, 250),
        (
            "per: measure, measure: kg, points: 1, step_count: 10, per_count: 10, rounding: floor",
            {"measures": (("kg", 29),)},
            200,
        ),
        ("per: measure, measure: kg, points: 1", {"measures": (("g", 5),)}, 0),
        ("per: value, points: 1", {"value": 350}, 350),
        ("per: value, points: 1/2, rounding: ceil", {"value": 351}, 176),
    ],
)
def test_what_is_counted_need_not_be_time(rule: str, facts: dict[str, Any], units: int) -> None:
    rulebook = a_rulebook(f"deeds: [good_deed], {rule}", points_scale=2)
    assessment = assess(rulebook, an_act("x", **facts))

    assert assessment.points == units
    assert (assessment.minutes, assessment.counted_minutes) == (0, 0)


CONDITIONS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("activity_types: [a, b]", {"activity_type": "b"}, {"activity_type": "c"}),
    ("activity_classes: [a]", {"activity_class": "a"}, {}),
    ("activity_levels: [a]", {"activity_level": "a"}, {"activity_level": "b"}),
    ("tags: [a, b]", {"tags": frozenset("bz")}, {"tags": frozenset("z")}),
    ("all_tags: [a, b]", {"tags": frozenset("abz")}, {"tags": frozenset("a")}),
    ("organisers: [north]", {"organisers": frozenset({"north", "team"})}, {"organisers": frozenset({"south"})}),
    ("organiser_levels: [estate]", {"organiser_level": "estate"}, {"organiser_level": "team"}),
    ("filed: true", {"filed": True}, {"filed": None}),
    ("filed: false", {"filed": False}, {"filed": None}),
    ("published: true", {"published": True}, {"published": False}),
    ("capture_methods: [clocked]", {}, {"capture_method": "declared"}),
    ("evaluations: [good]", {"evaluation": "good"}, {}),
    ("roles: [leader]", {"role": "leader"}, {"role": "helper"}),
    ("minutes: {at_least: 60}", {"minutes": 60}, {"minutes": 59}),
    ("counts: {at_most: 2}", {"count": 2}, {"count": 3}),
    ("measures: {kg: {at_least: 5, at_most: 9}}", {"measures": (("kg", 9),)}, {"measures": (("kg", 10),)}),
    ("persons: ['1001']", {"person_no": "1001"}, {"person_no": "1002"}),
    ("person_tags: [disabled]", {"person_tags": frozenset({"disabled"})}, {}),
    ("posts: [building_head]", {"posts": frozenset({"building_head"})}, {}),
    ("party_statuses: [member]", {"party_status": "member"}, {"party_status": "none"}),
    ("age: {at_least: 60}", {"age": 60}, {"age": None}),
    ("age: {at_least: 18, at_most: 60}", {"age": 18}, {"age": 61}),
    ("residences: [local]", {"residences": frozenset({"local"})}, {"residences": frozenset({"outside"})}),
    ("party_reports: [home_report]", {"party_reports": frozenset({"home_report"})}, {}),
    ("flags: [warning]", {"flags": frozenset({"warning", "review"})}, {"flags": frozenset({"review"})}),
    ("tenure_days: {at_least: 365}", {"tenure_days": 365}, {"tenure_days": 364}),
    ("team_member: true", {"team_member": True}, {"team_member": False}),
    ("star_level: {at_least: 3}", {"star_level": 3}, {"star_level": 2}),
    ("weekdays: [sunday]", {}, {"served_on": date(2026, 3, 2)}),
    ("day_kinds: [rest_day]", {}, {"day_kind": "workday"}),
    ("day_kinds: [workday]", {"served_on": date(2026, 3, 6)}, {"served_on": date(2026, 3, 7)}),
    ("day_kinds: [holiday]", {"day_kind": "holiday"}, {}),
    ("time_of_day: {begins: '08:00', ends: '09:30'}", {"starts_minute": 569}, {"starts_minute": 570}),
    ("time_of_day: {begins: '22:00', ends: '06:00'}", {"starts_minute": 0}, {"starts_minute": 360}),
    ("time_of_day: {begins: '22:00', ends: '06:00'}", {"starts_minute": 1320}, {}),
    ("season: {first_day: 03-01, last_day: 03-31}", {}, {"served_on": date(2026, 4, 1)}),
    ("season: {first_day: 12-01, last_day: 03-01}", {}, {"served_on": date(2026, 3, 2)}),
    ("days: {first_day: 2026-03-01, last_day: 2026-03-02}", {}, {"served_on": date(2026, 2, 28)}),
    ("beneficiaries: [elderly]", {"beneficiary": "elderly"}, {"beneficiary": "self"}),
    ("beneficiary_age: {at_least: 80}", {"beneficiary_age": 80}, {"beneficiary_age": 79}),
    ("beneficiary_tags: [alone]", {"beneficiary_tags": frozenset({"alone"})}, {}),
    ("accounts: [group]", {"account": "group"}, {}),
]


@pytest.mark.parametrize(("when", "yes", "no"), CONDITIONS)
def test_a_condition_holds_or_does_not(when: str, yes: dict[str, Any], no: dict[str, Any]) -> None:
    rulebook = a_rulebook(f"when: {{{when}}}, points: 1, per: session")
    exception = a_rulebook(f"unless: [{{{when}}}], points: 1, per: session")

    assert assess(rulebook, a_deed(**yes)).points == 1
    refused = assess(rulebook, a_deed(**no))
    assert (refused.points, refused.rule_id) == (0, None)
    assert ("“清洁”要求" in refused.lines[0].zh) == (not when.startswith("activity_types"))
    assert (assess(exception, a_deed(**yes)).points, assess(exception, a_deed(**no)).points) == (0, 1)


def test_the_first_rule_that_applies_wins_and_others_may_add() -> None:
    rulebook = a_rulebook(
        "when: {activity_types: [patrol], capture_methods: [clocked]}, points: 9, per: session",
        "when: {capture_methods: [backfilled]}, points: 0, per: session",
        "when: {activity_types: [patrol, cleaning]}, points: 3, per: session",
        "adds: true, when: {weekdays: [sunday]}, points: 20, per: session",
        "points: 1, per: session",
    )

    def given(activity_type: str, capture_method: str, on: date) -> tuple[str | None, int]:
        deed = a_deed(activity_type=activity_type, capture_method=capture_method, served_on=on)
        assessment = assess(rulebook, deed)
        return assessment.rule_id, assessment.points

    sunday, monday = date(2026, 3, 1), date(2026, 3, 2)
    assert given("patrol", "clocked", sunday) == ("r0", 29)
    assert given("patrol", "clocked", monday) == ("r0", 9)
    assert given("patrol", "backfilled", sunday) == ("r1", 20)
    assert given("patrol", "roster", monday) == ("r2", 3)
    assert given("cleaning", "clocked", sunday) == ("r2", 23)
    assert given("anything", "clocked", monday) == ("r4", 1)


@pytest.mark.parametrize(
    ("rule", "minutes", "facts", "zh", "en"),
    [
        (HOURLY, 120, {}, "清洁 2 小时, +2 分", "Cleaning 2 h, +2 points"),
        (HOURLY, 60, {}, "清洁 1 小时, +1 分", "Cleaning 1 h, +1 point"),
        (
            f"{HOURLY}, caps: [{{per: activity, minutes: 120}}]",
            180,
            {},
            "清洁 3 小时, 按规则每次最多计 2 小时, +2 分",
            "Cleaning 3 h, at most 2 h count per activity, +2 points",
        ),
        (
            HOURLY,
            105,
            {},
            "清洁 1 小时 45 分钟, 零头不足 1 小时不计, 计 1 小时, +1 分",
            "Cleaning 1 h 45 min, every full 1 h counts, 1 h counted, +1 point",
        ),
        (
            "points: 1, per: half_hour, step_minutes: 30, rounding: ceil",
            40,
            {},
            "清洁 40 分钟, 零头不足 30 分钟按 30 分钟计, 计 1 小时, +2 分",
            "Cleaning 40 min, every 30 min begun counts, 1 h counted, +2 points",
        ),
        (
            "points: 1, per: hour, step_minutes: 60, rounding: half_up",
            90,
            {},
            "清洁 1 小时 30 分钟, 按 1 小时 四舍五入, 计 2 小时, +2 分",
            "Cleaning 1 h 30 min, to the nearest 1 h, 2 h counted, +2 points",
        ),
        (
            "points: 1, per: hour, rounding: half_up",
            90,
            {},
            "清洁 1 小时 30 分钟, 分值四舍五入, +2 分",
            "Cleaning 1 h 30 min, points rounded to nearest, +2 points",
        ),
        (
            "points: 8, per: session, caps: [{per: activity, points: 5}]",
            60,
            {},
            "清洁 1 次 (1 小时), 应得 8 分, 按规则每次最多 5 分, 封顶不计 3 分, +5 分",
            "Cleaning, 1 session (1 h), worth 8, at most 5 per activity, capped 3, +5 points",
        ),
        (
            "points: 0, per: hour, rounding: floor",
            120,
            {},
            "清洁 2 小时, 按规则不计积分, +0 分",
            "Cleaning 2 h, earns no points under this rule, +0 points",
        ),
        (
            f"{HOURLY}, voids: [{{title: {{zh: 投诉, en: complaint}}, when: {{evaluations: [complaint]}}}}]",
            120,
            {"evaluation": "complaint"},
            "清洁 2 小时, 投诉, 按规则计 0 小时, +0 分",
            "Cleaning 2 h, complaint, 0 h count, +0 points",
        ),
        (
            f"when: {{activity_types: [patrol]}}, {HOURLY}",
            120,
            {},
            "服务 2 小时, 没有适用的规则 (cleaning / clocked), 时长照实留存, +0 分",
            "2 h served, no rule speaks of it (cleaning / clocked), the hours stay on record, +0 points",
        ),
        (
            f"when: {{age: {{at_least: 60}}}}, {HOURLY}",
            120,
            {},
            (
                "服务 2 小时, 没有适用的规则 (cleaning / clocked), “清洁”要求年龄不少于 60, "
                "时长照实留存, 年龄未登记, 有关条件按不符合计, +0 分"
            ),
            "2 h served, no rule speaks of it (cleaning / clocked), “Cleaning” asks for age at least 60, "
            "the hours stay on record, age is not known and counts as not met, +0 points".replace("“", '"').replace(
                "”", '"'
            ),
        ),
        (
            f"{MINUTELY}, threshold: {{per: deed, minutes: 90, counts: all}}",
            60,
            {},
            "清洁 1 小时, 每条记录满 1 小时 30 分钟起全部才计 0 小时, +0 分",
            "Cleaning 1 h, from 1 h 30 min per record all counts, 0 h counted, +0 points",
        ),
        (
            f"{MINUTELY}, threshold: {{per: deed, minutes: 30, counts: beyond}}",
            60,
            {},
            "清洁 1 小时, 每条记录满 30 分钟后超出部分才计 30 分钟, +30 分",
            "Cleaning 1 h, from 30 min per record only what is beyond counts, 30 min counted, +30 points",
        ),
        (
            "deeds: [penalty], effect: penalty, points: 1, per: act",
            0,
            {"kind": "penalty"},
            "清洁 1 次, -1 分",
            "Cleaning, 1 time, -1 point",
        ),
        (
            "effect: penalty, points: 5, per: act, caps: [{per: month, points: 12}]",
            0,
            {"kind": "penalty", "count": 3},
            "清洁 3 次, 应扣 15 分, 按规则每月最多 12 分, 封顶不计 3 分, -12 分",
            "Cleaning, 3 times, worth 15, at most 12 per month, capped 3, -12 points",
        ),
        (
            "deeds: [good_deed], points: 1/2, per: value, rounding: floor",
            0,
            {"kind": "good_deed", "value": 5},
            "清洁 5 分, 分值零头舍去, +2 分",
            "Cleaning, 5 points, points rounded down, +2 points",
        ),
        (
            "deeds: [good_deed], points: 1, per: measure, measure: kg",
            0,
            {"kind": "good_deed", "measures": (("kg", 2),)},
            "清洁 2 kg, +2 分",
            "Cleaning, 2 kg, +2 points",
        ),
        (
            "deeds: [opening], points: 60, per: fixed, once: {per: lifetime, each_key: true}",
            0,
            {"kind": "opening"},
            "清洁, 没有写明对象, 无法核对是否重复, 不计, +0 分",
            "Cleaning, nobody said for whom or what, so a repetition could not be seen; not given, +0 points",
        ),
    ],
)
def test_an_award_explains_itself_in_both_languages(
    rule: str, minutes: int, facts: dict[str, Any], zh: str, en: str
) -> None:
    assessment = assess(a_rulebook(rule), a_deed(minutes=minutes, **facts))

    (line,) = assessment.explanation()
    assert (line["rule"], line["zh"], line["en"], line["points"]) == (
        assessment.rule_id, zh, en, assessment.points
    )  # fmt: skip


def test_an_explanation_says_what_counted_before_and_can_be_read_by_machines() -> None:
    rulebook = a_rulebook(f"{HOURLY}, caps: [{{per: activity, minutes: 120}}, {{per: activity, points: 1}}]")
    first, second = live(rulebook, [a_deed(activity="a"), a_deed(minutes=180, activity="a")])

    assert first.points == 1
    assert second.lines[0].zh == (
        "清洁 3 小时, 按规则每次最多计 2 小时, 此前已计 1 小时, 本次计 1 小时, "
        "应得 1 分, 按规则每次最多 1 分, 此前已得 1 分, 封顶不计 1 分, +0 分"
    )
    assert second.lines[0].en == (
        "Cleaning 3 h, at most 2 h count per activity, 1 h counted before, 1 h now, "
        "worth 1, at most 1 per activity, 1 given before, capped 1, +0 points"
    )
    facts = second.workings()[0]
    assert (facts["quantity"], facts["counted"], facts["rate"]) == (180, 60, "1/60")
    assert facts["capped"][0] == {
        "of": "rule", "name": "r0", "per": "activity", "by": "person", "unit": "minutes", "most": 120, "before": 60,
        "cut": 120,
    }  # fmt: skip
    assert json.dumps(facts)


@pytest.mark.parametrize(
    ("per", "same", "other"),
    [
        ("day", date(2026, 3, 4), date(2026, 3, 5)),
        ("week", date(2026, 3, 8), date(2026, 3, 9)),
        ("month", date(2026, 3, 31), date(2026, 4, 1)),
        ("quarter", date(2026, 1, 1), date(2026, 4, 1)),
        ("half_year", date(2026, 6, 30), date(2026, 7, 1)),
        ("year", date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_a_cap_holds_for_its_period_and_no_longer(per: str, same: date, other: date) -> None:
    rulebook = a_rulebook(f"points: 3, per: session, caps: [{{per: {per}, points: 5}}]")
    days = [date(2026, 3, 4), same, other]

    assert points_of(rulebook, *(a_deed(served_on=on, person="ana") for on in days)) == [3, 2, 3]


def test_a_year_may_begin_in_another_month() -> None:
    rulebook = a_rulebook("points: 3, per: session, caps: [{per: year, points: 5}]", more="year_begins: 7\n")
    days = [date(2026, 6, 30), date(2026, 7, 1), date(2027, 6, 30), date(2027, 7, 1)]

    assert points_of(rulebook, *(a_deed(served_on=on) for on in days)) == [3, 3, 2, 3]


@pytest.mark.parametrize(
    ("by", "points"),
    [
        ("person", [3, 2, 3, 3]),
        ("household", [3, 2, 0, 3]),
        ("organisation", [3, 2, 0, 3]),
        ("everybody", [3, 2, 0, 0]),
    ],
)
def test_a_cap_counts_a_person_a_household_an_organiser_or_all(by: str, points: list[int]) -> None:
    rulebook = a_rulebook(f"points: 3, per: session, caps: [{{per: month, by: {by}, points: 5}}]")
    ana = a_deed(person="ana", household="h", organisation="x")
    bo, chen = a_deed(person="bo", household="h", organisation="x"), a_deed(person="chen", organisation="y")

    assert points_of(rulebook, ana, ana, bo, chen) == points


def test_caps_in_records_counts_themes_and_on_everything_together() -> None:
    rulebook = a_rulebook(
        "when: {activity_types: [a]}, points: 3, per: session, theme: t, caps: [{per: day, deeds: 2}]",
        "when: {activity_types: [b]}, points: 2, per: hour, rounding: floor, theme: t",
        "points: 4, per: session",
        more="themes: [{id: t, title: {zh: 主题, en: Theme}, caps: [{per: day, points: 8}]}]\n"
        "caps: [{per: day, points: 11}]\n",
    )
    deeds = [a_deed(activity_type=name) for name in "aaabbcc"]
    assessments = live(rulebook, deeds)

    assert [a.points for a in assessments] == [3, 3, 0, 2, 0, 3, 0]
    assert "按规则每天最多计 2 条记录, 此前已计 2 条" in assessments[2].lines[0].zh
    assert "按规则同一主题每天最多 8 分, 此前已得 8 分, 封顶不计 2 分" in assessments[4].lines[0].zh
    assert "at most 11 of all rules together per day, 8 given before, capped 1" in assessments[5].lines[0].en


def test_a_theme_caps_minutes_of_its_timed_rules_only() -> None:
    rulebook = a_rulebook(
        f"when: {{activity_types: [a]}}, {MINUTELY}, theme: t",
        "points: 5, per: session, theme: t",
        more="themes: [{id: t, title: {zh: 主题, en: Theme}, caps: [{per: day, minutes: 100}]}]\n",
    )

    assert points_of(rulebook, *(a_deed(activity_type=name, minutes=60) for name in "aba")) == [60, 5, 40]


def test_counts_are_capped_in_whole_steps() -> None:
    rulebook = a_rulebook("deeds: [good_deed], points: 1, per: act, caps: [{per: month, count: 5}]")

    assert points_of(rulebook, an_act("x", count=3), an_act("x", count=3)) == [3, 2]


def test_room_smaller_than_a_step_earns_nothing() -> None:
    rulebook = a_rulebook(f"{HOURLY}, caps: [{{per: activity, minutes: 120}}]")
    (key,) = [key for key in needs(rulebook, a_deed()) if key.per == "activity"]

    assert assess(rulebook, a_deed(minutes=180), {key: Tally(counted=90, minutes=90)}).counted_minutes == 0
    assert assess(rulebook, a_deed(minutes=180), {key: Tally(minutes=60)}).counted_minutes == 60
    assert assess(rulebook, a_deed(minutes=180), {key: Tally(minutes=600)}).counted_minutes == 0


@pytest.mark.parametrize(
    ("threshold", "points"),
    [
        ("{per: deed, minutes: 30, counts: all}", [0, 30, 20 * 0, 45]),
        ("{per: deed, minutes: 30, counts: beyond}", [0, 0, 0, 15]),
        ("{per: day, minutes: 60, counts: all}", [0, 0, 70, 45]),
        ("{per: lifetime, minutes: 60, counts: beyond}", [0, 0, 10, 45]),
    ],
)
def test_nothing_counts_before_a_threshold(threshold: str, points: list[int]) -> None:
    rulebook = a_rulebook(f"{MINUTELY}, threshold: {threshold}")

    assert points_of(rulebook, *(a_deed(minutes=minutes) for minutes in (20, 30, 20, 45))) == points


def test_remainders_add_up_over_a_period_and_are_lost_after_it() -> None:
    rulebook = a_rulebook("points: 1, per: hour, step_minutes: 60, rounding: floor, accumulate: month")
    deeds = [a_deed(minutes=40, served_on=date(2026, month, 1)) for month in (3, 3, 3, 4, 4)]
    assessments = live(rulebook, deeds)

    assert [a.points for a in assessments] == [0, 1, 1, 0, 1]
    assert [a.counted_minutes for a in assessments] == [0, 60, 60, 0, 60]


TABLES = """
coefficients:
  - id: level
    title: {zh: 级别, en: level}
    levels:
      - {factor: 2, title: {zh: 区级, en: district}, when: {activity_levels: [district]}}
      - {factor: '1.5', title: {zh: 街道级, en: subdistrict}, when: {activity_levels: [subdistrict]}}
  - id: role
    title: {zh: 角色, en: role}
    levels:
      - {factor: '1.5', title: {zh: 负责人, en: leader}, when: {roles: [leader]}}
      - {factor: '0.5', title: {zh: 其他, en: others}}
"""


@pytest.mark.parametrize(
    ("stacking", "points"),
    [("product", [15, 30, 5]), ("sum", [15, 25, 5]), ("max", [15, 20, 5]), ("first", [15, 20, 5])],
)
def test_coefficients_are_joined_as_the_rule_says(stacking: str, points: list[int]) -> None:
    rulebook = a_rulebook(
        f"points: 10, per: session, rounding: floor, coefficients: [level, role], stacking: {stacking}", more=TABLES
    )
    leader = a_deed(role="leader")
    district = a_deed(role="leader", activity_level="district")

    assert points_of(rulebook, leader, district, a_deed()) == points
    line = assess(rulebook, district).lines[0]
    assert "区级系数 2, 负责人系数 1.5" in line.zh
    assert "district × 2, leader × 1.5" in line.en


def test_a_coefficient_is_rounded_with_the_points() -> None:
    rulebook = a_rulebook("points: 1, per: session, rounding: half_up, coefficients: [level, role]", more=TABLES)
    line = assess(rulebook, a_deed(activity_level="subdistrict")).lines[0]

    assert (line.points, str(line.coefficient)) == (1, "3/4")
    assert line.facts()["coefficient"] == "3/4"
    assert "分值四舍五入" in line.zh


def test_a_bonus_is_given_once_in_its_period() -> None:
    rulebook = a_rulebook("deeds: [good_deed], points: 5, per: act, once: {per: year, by: household}")
    ana, bo = an_act("tidy", person="ana", household="h"), an_act("tidy", person="bo", household="h")
    later = an_act("tidy", person="bo", household="h", served_on=date(2027, 1, 1))
    assessments = live(rulebook, [ana, bo, later])

    assert [a.points for a in assessments] == [5, 0, 5]
    assert "只计一次, 此前已计" in assessments[1].lines[0].zh
    assert "given only once" in assessments[1].lines[0].en


COUNTER = """
counters:
  - id: late
    title: {zh: 迟到, en: late}
    deeds: [penalty]
    when: {activity_types: [late]}
    per: month
    raises: [{at: 3, flag: warning, title: {zh: 三次, en: three}, ends: days, count: 30}]
"""


def test_penalties_grow_with_their_number_in_a_counter() -> None:
    rulebook = a_rulebook(
        "effect: penalty, occurrence: {counter: late, at_least: 3}, points: 10, per: act",
        "effect: penalty, occurrence: {counter: late, at_least: 2, at_most: 2}, points: 5, per: act",
        "effect: penalty, points: 0, per: act",
        more=COUNTER,
    )
    days = [date(2026, 3, 1)] * 4 + [date(2026, 4, 1)]
    assessments = live(rulebook, [an_act("late", kind="penalty", served_on=on) for on in days])

    assert [a.points for a in assessments] == [0, -5, -10, -10, 0]
    assert [len(a.flags) for a in assessments] == [0, 0, 1, 0, 0]
    assert assessments[2].flags[0].last_day == date(2026, 3, 31)


@pytest.mark.parametrize(("penalties", "points"), [("debt", -8), ("drop", -3)])
def test_a_penalty_beyond_the_balance_is_a_debt_or_dropped(penalties: str, points: int) -> None:
    rulebook = a_rulebook("effect: penalty, points: 8, per: act", more=f"penalties: {penalties}\n")
    deed = an_act("litter", kind="penalty", person="ana")
    assessment = assess(rulebook, deed, {balance_key(deed, "person"): Tally(points=3)})

    assert assessment.points == points
    assert [credit.points for credit in assessment.credits] == [points]
    assert ("余额只有 3 分" in assessment.lines[0].zh) == (penalties == "drop")


def test_a_share_of_the_balance_can_be_taken_or_given() -> None:
    rulebook = a_rulebook(
        "effect: penalty, points: 1/2, per: balance, rounding: floor",
        "deeds: [opening], points: 1/10, per: balance, rounding: floor",
        points_scale=1,
    )
    for kind, points in (("penalty", -7), ("opening", 1)):
        deed = an_act("fraud", kind=kind, person="ana")
        assert assess(rulebook, deed, {balance_key(deed, "person"): Tally(points=15)}).points == points


@pytest.mark.parametrize(
    ("minutes", "by_day", "points"),
    [
        (240, [(date(2026, 3, 1), 120), (date(2026, 3, 2), 120)], 240),
        (300, [(date(2026, 3, 1), 120), (date(2026, 3, 2), 180)], 270),
        (120, [(date(2026, 3, 1), 120)], 120),
    ],
)
def test_a_night_shift_is_split_by_the_date(minutes: int, by_day: list[tuple[date, int]], points: int) -> None:
    deed = a_deed(minutes=minutes, starts_minute=22 * 60)
    rulebook = a_rulebook(f"{MINUTELY}, caps: [{{per: day, minutes: 150}}]")

    assert list(days_of(deed)) == by_day
    assert assess(rulebook, deed).points == points
    first, second = live(rulebook, [deed, a_deed(minutes=100, served_on=date(2026, 3, 2))])
    assert second.points == min(100, 150 - (first.points - 120))


def test_splitting_at_midnight_loses_no_remainder() -> None:
    rulebook = a_rulebook(f"{HOURLY}, caps: [{{per: day, minutes: 120}}]")

    assert assess(rulebook, a_deed(minutes=60, starts_minute=23 * 60 + 30)).points == 1
    assert assess(rulebook, a_deed(minutes=60, starts_minute=23 * 60 + 30)).counted_minutes == 60
    assert len(assess(a_rulebook(MINUTELY), a_deed(minutes=60, starts_minute=23 * 60 + 30)).marks) == 2


def test_points_go_where_the_rule_says_in_shares() -> None:
    rulebook = a_rulebook(
        "points: 7, per: session, credits: [{to: person, share: 1/2}, {to: household, share: 1/2, use: honour}]"
    )
    assessment = assess(rulebook, a_deed(person="ana", household="h"))

    assert [(c.to, c.use, c.points, c.rule) for c in assessment.credits] == [
        ("person", "spendable", 3, "r0"),
        ("household", "honour", 4, "r0"),
    ]


def test_a_household_pools_the_points_of_its_members() -> None:
    rulebook = a_rulebook(
        "points: 7, per: session",
        more="accounts: [{account: household, title: {zh: 家庭, en: household}, pools: true}]\n",
    )

    assert assess(rulebook, a_deed(person="ana", household="h")).credited_to("household") == 7
    assert assess(rulebook, a_deed(person="ana")).credited_to("person") == 7


def test_points_may_go_to_whoever_it_was_done_for() -> None:
    rulebook = a_rulebook("points: 7, per: session, credits: [{to: doer}]")

    assert assess(rulebook, a_deed(account="unit")).credited_to("unit") == 7


def test_exclusions_bar_awards_for_their_time() -> None:
    rulebook = a_rulebook(
        "points: 7, per: session",
        more="exclusions: [{title: {zh: 受薪人员, en: paid staff}, when: {posts: [paid]}, bars: [awards], "
        "days: {first_day: 2026-03-01, last_day: 2026-03-31}}]\n",
    )
    paid = a_deed(posts=frozenset({"paid"}))

    assert assess(rulebook, paid).lines[0].zh == "清洁 1 小时, 受薪人员, 按规则不计分, +0 分"
    assert assess(rulebook, a_deed()).points == 7
    assert assess(rulebook, a_deed(posts=frozenset({"paid"}), served_on=date(2026, 4, 1))).points == 7


def test_an_overflow_takes_the_latest_credit_first() -> None:
    rulebook = a_rulebook(
        "points: 4, per: session",
        "adds: true, points: 3, per: session",
        more="ceilings: [{account: person, points: 10, overflow: honour}]\n",
    )
    deed = a_deed(person="ana")
    assessment = assess(rulebook, deed, {balance_key(deed, "person"): Tally(points=5)})

    assert [(c.use, c.points, c.rule) for c in assessment.credits] == [
        ("spendable", 4, "r0"),
        ("spendable", 1, "r1"),
        ("honour", 2, "r1"),
    ]
    assert assessment.points == 7
    assert assess(rulebook, deed, {balance_key(deed, "person"): Tally(points=12)}).credited_to("person") == 0
    assert assess(rulebook, deed).credited_to("person") == 7


def test_after_shows_the_next_deed_what_was_given() -> None:
    rulebook = a_rulebook(
        f"{MINUTELY}, caps: [{{per: day, minutes: 90}}]",
        more="ceilings: [{account: person, points: 100, overflow: drop}]\n",
    )
    deed = a_deed(person="ana", minutes=80)
    history = {key: Tally() for key in needs(rulebook, deed)}
    first = assess(rulebook, deed, history)
    seen = after(history, first)

    assert assess(rulebook, deed, seen).points == 10
    assert seen[balance_key(deed, "person")].points == 80
    other = {key: Tally() for key in needs(rulebook, a_deed(person="bo"))}
    assert after(other, first) == other


def test_the_plain_deed_asks_nothing_of_the_past() -> None:
    assert needs(a_rulebook(HOURLY), a_deed()) == ()


def test_recorded_inputs_are_plain_json_and_complete() -> None:
    rulebook = a_rulebook(
        f"{HOURLY}, caps: [{{per: activity, minutes: 120}}, {{per: month, by: household, points: 9}}]"
    )
    deed = a_deed(
        minutes=120,
        evaluation="good",
        tags=frozenset({"b", "a"}),
        measures=(("kg", 3),),
        age=70,
        filed=True,
        person="ana",
        household="h",
        activity="x",
    )
    _, assessment = live(rulebook, [deed, deed])
    history = after({key: Tally() for key in needs(rulebook, deed)}, live(rulebook, [deed])[0])

    recorded = json.loads(json.dumps(recorded_inputs(deed, history)))
    again, past = inputs_from(recorded)
    assert "ana" not in json.dumps(recorded)
    assert assess(rulebook, again, past)[:6] == assessment[:6]
    assert recorded["tags"] == ["a", "b"]
    assert again.anonymous() == deed.anonymous()


@pytest.mark.parametrize(
    "change",
    [
        {"minutes": "60"},
        {"minutes": True},
        {"minutes": -1},
        {"served_on": "yesterday"},
        {"evaluation": None},
        {"history": None},
        {"history": [1]},
        {"history": [{"of": "rule"}]},
        {"history": [{"of": "rule", "name": "r", "by": "person", "per": "day", "first": "2026-01-01", "last": 3}]},
        {"weather": "fine"},
        {"tags": "a"},
        {"tags": [1]},
        {"measures": {"kg": 1}},
        {"filed": "yes"},
        {"belongs_to": ["nobody"]},
        {"belongs_to": "person"},
    ],
)
def test_inputs_that_were_not_recorded_by_the_bank_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        inputs_from(recorded_inputs(a_deed(), {}) | change)


@pytest.mark.parametrize(
    "facts",
    [
        {"minutes": -1},
        {"capture_method": "guessed"},
        {"kind": "dream"},
        {"account": "nobody"},
        {"count": -1},
        {"value": -1},
        {"starts_minute": 1440},
        {"starts_minute": -1},
    ],
)
def test_a_deed_cannot_be_impossible(facts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        a_deed(**facts)
    with pytest.raises(ValueError, match="only service has minutes"):
        Deed(activity_type="x", served_on=date(2026, 3, 1), minutes=1, kind="good_deed")


def test_hours_are_clocked_or_honorary() -> None:
    assert set(CAPTURE_METHODS) - HONORARY_METHODS == {"clocked", "roster"}
    assert set(CAPTURE_METHODS) > HONORARY_METHODS


def test_a_week_begins_on_monday_at_either_end_of_the_calendar() -> None:
    rulebook = a_rulebook("points: 3, per: session, caps: [{per: week, points: 5}]")
    for on in (date.min, date.max, date.max - timedelta(days=7)):
        assert points_of(rulebook, a_deed(served_on=on), a_deed(served_on=on)) == [3, 2]
