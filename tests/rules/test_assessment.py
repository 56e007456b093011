"""How an award is rounded, capped, matched and explained."""

import json
from datetime import date

import pytest

from ledger.rules import CAPTURE_METHODS, HONORARY_METHODS, Deed, PastDeed, assess, inputs_from, recorded_inputs
from tests.rules.factories import a_deed, a_rulebook

HOURLY = "points: 1, per: hour, step_minutes: 60, rounding: floor"


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
        ("points: '0.1', per: minute, rounding: floor", 0, 10, 1),
        ("points: '0.1', per: minute, rounding: floor", 1, 3, 3),
        ("points: 1, per: hour, per_count: 2, rounding: floor", 0, 330, 2),
        ("points: 1, per: half_hour, rounding: floor", 0, 330, 11),
        ("points: 1, per: hour, step_minutes: 15, rounding: half_up", 2, 22, 25),
        ("points: 1, per: hour, step_minutes: 15, rounding: half_up", 2, 23, 50),
        ("points: 1, per: hour, step_minutes: 15, rounding: ceil", 2, 1, 25),
        ("points: '2.5', per: session", 1, 7, 25),
        ("points: '2.5', per: session, rounding: ceil", 0, 7, 3),
    ],
)
def test_rates_are_exact_and_rounded_as_the_rule_says(rate: str, points_scale: int, minutes: int, units: int) -> None:
    assert assess(a_rulebook(rate, points_scale=points_scale), a_deed(minutes=minutes), ()).points == units


def test_the_first_matching_rule_in_document_order_wins() -> None:
    rulebook = a_rulebook(
        "activity_types: [patrol], capture_methods: [clocked], points: 9, per: session",
        "capture_methods: [backfilled], points: 0, per: session",
        "activity_types: [patrol, cleaning], points: 3, per: session",
        "points: 1, per: session",
    )

    def rule_of(activity_type: str, capture_method: str) -> str | None:
        return assess(rulebook, a_deed(activity_type=activity_type, capture_method=capture_method), ()).rule_id

    assert rule_of("patrol", "clocked") == "r0"
    assert rule_of("patrol", "backfilled") == "r1"
    assert rule_of("patrol", "roster") == "r2"
    assert rule_of("cleaning", "clocked") == "r2"
    assert rule_of("anything", "clocked") == "r3"
    assert rule_of("anything", "backfilled") == "r1"


@pytest.mark.parametrize(
    ("rule", "minutes", "evaluation", "zh", "en"),
    [
        (HOURLY, 120, None, "清洁 2 小时, +2 分", "Cleaning 2 h, +2 points"),
        (HOURLY, 60, None, "清洁 1 小时, +1 分", "Cleaning 1 h, +1 point"),
        (
            f"{HOURLY}, cap: {{per: activity, minutes: 120}}",
            180,
            None,
            "清洁 3 小时, 按规则每次最多计 2 小时, +2 分",
            "Cleaning 3 h, at most 2 h count per activity, +2 points",
        ),
        (
            HOURLY,
            105,
            None,
            "清洁 1 小时 45 分钟, 零头不足 1 小时不计, 计 1 小时, +1 分",
            "Cleaning 1 h 45 min, every full 1 h counts, 1 h counted, +1 point",
        ),
        (
            "points: 1, per: half_hour, step_minutes: 30, rounding: ceil",
            40,
            None,
            "清洁 40 分钟, 零头不足 30 分钟按 30 分钟计, 计 1 小时, +2 分",
            "Cleaning 40 min, every 30 min begun counts, 1 h counted, +2 points",
        ),
        (
            "points: 1, per: hour, rounding: half_up",
            90,
            None,
            "清洁 1 小时 30 分钟, 分值四舍五入, +2 分",
            "Cleaning 1 h 30 min, points rounded to nearest, +2 points",
        ),
        (
            "points: 8, per: session, cap: {per: activity, points: 5}",
            60,
            None,
            "清洁 1 次 (1 小时), 应得 8 分, 按规则每次最多 5 分, +5 分",
            "Cleaning, 1 session (1 h), worth 8, at most 5 per activity, +5 points",
        ),
        (
            "points: 0, per: hour, rounding: floor",
            120,
            None,
            "清洁 2 小时, 按规则不计积分, +0 分",
            "Cleaning 2 h, earns no points under this rule, +0 points",
        ),
        (
            f"{HOURLY}, zero_when_evaluated: {{complaint: {{zh: 投诉, en: complaint}}}}",
            120,
            "complaint",
            "清洁 2 小时, 评价为“投诉”, 按规则计 0 小时, +0 分",
            'Cleaning 2 h, rated "complaint", 0 h count, +0 points',
        ),
        (
            f"activity_types: [patrol], {HOURLY}",
            120,
            None,
            "服务 2 小时, 没有适用的规则 (cleaning / clocked), 时长照实留存, +0 分",
            "2 h served, no rule speaks of it (cleaning / clocked), the hours stay on record, +0 points",
        ),
    ],
)
def test_an_award_explains_itself_in_both_languages(
    rule: str, minutes: int, evaluation: str | None, zh: str, en: str
) -> None:
    assessment = assess(a_rulebook(rule), a_deed(minutes=minutes, evaluation=evaluation), ())

    assert assessment.explanation() == [
        {"rule": assessment.rule_id, "zh": zh, "en": en, "points": assessment.points},
    ]


def test_an_explanation_says_what_counted_before() -> None:
    rulebook = a_rulebook(f"{HOURLY}, cap: {{per: activity, minutes: 120, points: 1}}")
    before = PastDeed(rule_id="r0", counted_minutes=60, points=1)

    (line,) = assess(rulebook, a_deed(minutes=180), (before,)).lines

    assert line.zh == (
        "清洁 3 小时, 按规则每次最多计 2 小时, 此前已计 1 小时, 本次计 1 小时, "
        "应得 1 分, 按规则每次最多 1 分, 此前已得 1 分, +0 分"
    )
    assert line.en == (
        "Cleaning 3 h, at most 2 h count per activity, 1 h counted before, 1 h now, "
        "worth 1, at most 1 per activity, 1 given before, +0 points"
    )


@pytest.mark.parametrize(("minutes", "shown"), [(60, "+1 分"), (90, "+1.5 分"), (3, "+0.05 分"), (600, "+10 分")])
def test_points_are_shown_without_needless_zeros(minutes: int, shown: str) -> None:
    rulebook = a_rulebook("points: 1, per: hour, rounding: floor", points_scale=2)

    assert assess(rulebook, a_deed(minutes=minutes), ()).lines[0].zh.endswith(shown)


def test_recorded_inputs_are_plain_json() -> None:
    deed = a_deed(evaluation="good")
    history = (PastDeed(rule_id="r0", counted_minutes=60, points=1),)

    recorded = recorded_inputs(deed, history)

    assert json.dumps(recorded) == (
        '{"activity_type": "cleaning", "served_on": "2026-03-01", "minutes": 60, "capture_method": "clocked", '
        '"history": [{"rule_id": "r0", "counted_minutes": 60, "points": 1}], "evaluation": "good"}'
    )
    assert inputs_from(json.loads(json.dumps(recorded))) == (deed, history)


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
        {"history": [{"rule_id": "r0", "counted_minutes": 60}]},
        {"weather": "fine"},
    ],
)
def test_inputs_that_were_not_recorded_by_the_bank_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        inputs_from(recorded_inputs(a_deed(), ()) | change)


def test_a_deed_cannot_be_impossible() -> None:
    with pytest.raises(ValueError, match="minutes"):
        a_deed(minutes=-1)
    with pytest.raises(ValueError, match="capture method"):
        Deed(activity_type="cleaning", served_on=date(2026, 3, 1), minutes=60, capture_method="guessed")


def test_hours_are_clocked_or_honorary() -> None:
    assert set(CAPTURE_METHODS) - HONORARY_METHODS == {"clocked", "roster"}
    assert set(CAPTURE_METHODS) > HONORARY_METHODS
