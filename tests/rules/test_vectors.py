"""Awards worked by hand from the published rules: what each bundled rulebook gives for a deed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ledger.rules import (
    Item,
    Standing,
    Tally,
    Wish,
    assess,
    balance_key,
    limit_keys,
    may_redeem,
    notice_ends,
    review_faults,
)
from tests.rules.factories import FACTS, a_deed, an_act, bundled, live, points_of

# rulebook, minutes, what is special about the deed, minutes counted, points
VECTORS: list[tuple[str, int, dict[str, Any], int, int]] = [
    ("hailin", 180, FACTS | {"evaluation": "good"}, 120, 2),
    ("hailin", 180, FACTS, 120, 2),
    ("hailin", 105, FACTS, 60, 1),
    ("hailin", 59, FACTS, 0, 0),
    ("hailin", 0, FACTS, 0, 0),
    ("hailin", 180, FACTS | {"evaluation": "complaint"}, 0, 0),
    ("hailin", 180, FACTS | {"evaluation": "not_as_agreed"}, 0, 0),
    ("hailin", 180, FACTS | {"filed": False}, 0, 0),
    ("hailin", 180, FACTS | {"published": False}, 0, 0),
    ("huangshi", 120, {"capture_method": "clocked"}, 120, 2),
    ("huangshi", 120, {"capture_method": "roster"}, 120, 2),
    ("huangshi", 120, {"capture_method": "backfilled"}, 120, 0),
    ("huangshi", 120, {"capture_method": "declared"}, 120, 0),
    ("huangshi", 120, {"capture_method": "imported"}, 120, 0),
    ("kunshan", 330, {}, 330, 55),
    ("huangyan", 330, {}, 240, 2),
    ("huangyan", 119, {}, 0, 0),
    ("tangshan", 330, {}, 330, 11),
    ("tangshan", 59, {}, 30, 1),
    ("guangzhou", 90, {}, 60, 1),
    ("nanjing", 600, {}, 600, 10),
    ("qishan", 60, {"party_status": "member"}, 60, 1),
    ("qishan", 60, {}, 0, 0),
    ("guangdong", 60, {}, 60, 1),
    ("dongting", 47, {}, 47, 47),
    ("longquanyi", 60, {}, 60, 10),
    ("example", 180, {"activity_type": "cleaning"}, 120, 2),
    ("example", 300, {"activity_type": "patrol"}, 180, 3),
    ("example", 240, {"activity_type": "visiting"}, 240, 6),
    ("example", 20, {"activity_type": "micro_wish"}, 20, 3),
    ("example", 300, {"activity_type": "civility"}, 240, 4),
    ("example", 90, {"activity_type": "teaching"}, 90, 5),
    ("example", 90, {"activity_type": "teaching", "evaluation": "complaint"}, 0, 0),
    ("example", 120, {"activity_type": "cleaning", "capture_method": "backfilled"}, 120, 0),
    ("example", 120, {"activity_type": "unheard_of"}, 0, 0),
]


@pytest.mark.parametrize("points_scale", [0, 1, 2])
@pytest.mark.parametrize(("name", "minutes", "special", "counted_minutes", "points"), VECTORS)
def test_an_award_is_what_the_rulebook_says(
    name: str, minutes: int, special: dict[str, Any], counted_minutes: int, points: int, points_scale: int
) -> None:
    assessment = assess(bundled(name, points_scale), a_deed(minutes=minutes, **special))

    assert assessment.points == points * 10**points_scale
    assert assessment.counted_minutes == counted_minutes
    assert assessment.minutes == minutes
    assert (assessment.rulebook_code, assessment.rulebook_version) == (name, 1)


def test_hailin_adds_activities_up_and_caps_each() -> None:
    deeds = [
        a_deed(minutes=minutes, activity=activity, **FACTS) for minutes, activity in [(120, "a"), (60, "b"), (60, "a")]
    ]

    assert points_of(bundled("hailin"), *deeds) == [2, 1, 0]


def test_hailin_says_why_nothing_counts() -> None:
    rulebook = bundled("hailin")
    rated = assess(rulebook, a_deed(evaluation="complaint", **FACTS)).lines[0]
    unfiled = assess(rulebook, a_deed(**FACTS | {"filed": False})).lines[0]

    assert "评价为“投诉”" in rated.zh
    assert unfiled.zh == "志愿服务 1 小时, 活动没有备案, 按规则计 0 小时, +0 分"
    assert unfiled.en == "Volunteer service 1 h, the activity was not filed, 0 h count, +0 points"


def test_hailin_gives_two_for_each_person_referred_once() -> None:
    deeds = [an_act("referral", key=key, person="ana") for key in ("bo", "chen", "bo", "dai")]
    assessments = live(bundled("hailin"), deeds)

    assert [a.points for a in assessments] == [2, 2, 0, 2]
    assert assessments[2].lines[0].outcome == "repeated"
    assert {(a.minutes, a.counted_minutes) for a in assessments} == {(0, 0)}


def test_hailin_redeems_once_a_quarter() -> None:
    policy = bundled("hailin").redeeming
    used: list[date] = []
    answers = []
    for on in (date(2026, 2, 10), date(2026, 3, 1), date(2026, 4, 1)):
        wish = Wish(on=on, items=(Item(prize="soap", cost=1),), balance=5)
        past = {key: sum(key.first <= day <= key.last for day in used) for key in limit_keys(policy, wish)}
        answers.append(may_redeem(policy, wish, past))
        if answers[-1].allowed:
            used.append(on)

    assert [answer.allowed for answer in answers] == [True, False, True]
    assert answers[1].reasons[0].text.zh == "每人每季度最多 1 次, 已用 1, 这次 1"


def test_huangshi_pays_clocked_hours_only_and_lapses_with_the_year() -> None:
    clocked = a_deed(minutes=120, starts_minute=9 * 60)
    backfilled = a_deed(minutes=120, capture_method="backfilled")

    assert points_of(bundled("huangshi"), clocked, backfilled) == [2, 0]
    assert bundled("huangshi").lapse_day(date(2026, 5, 4)) == date(2026, 12, 31)


def test_guangzhou_counts_whole_hours_and_opens_at_a_hundred() -> None:
    rulebook = bundled("guangzhou")
    deeds = [a_deed(minutes=minutes, person="ana") for minutes in [*[24 * 60] * 4, 210, 30]]
    balances = [sum(points_of(rulebook, *deeds[:count])) for count in (5, 6)]

    def verdict(minutes: int, balance: int) -> bool:
        wish = Wish(on=date(2026, 3, 1), items=(Item(prize="soap", cost=1),), balance=balance, minutes=minutes)
        return may_redeem(rulebook.redeeming, wish, {}).allowed

    assert balances == [99, 100]
    assert not verdict(5970, 99)
    assert verdict(6000, 100)


def test_guangzhou_caps_the_balance() -> None:
    deed = a_deed(minutes=180, person="ana")
    assessment = assess(bundled("guangzhou"), deed, {balance_key(deed, "person"): Tally(points=1499)})

    assert assessment.points == 1
    assert sum(line.capped_points for line in assessment.lines) == 2
    assert assessment.lines[-1].zh == "余额上限 1500 分, 超出 2 分, 超出部分不计, -2 分"


def test_nanjing_keeps_the_surplus_and_group_hours_for_donation() -> None:
    rulebook = bundled("nanjing")
    group = assess(rulebook, a_deed(minutes=600, account="group", group="choir", person="ana"))
    full = a_deed(minutes=600, person="ana")
    over = assess(rulebook, full, {balance_key(full, "person"): Tally(points=1497)})

    assert (group.credited_to("group", "donate_only"), group.credited_to("person")) == (10, 0)
    assert (over.credited_to("person"), over.credited_to("person", "donate_only"), over.points) == (3, 7, 10)


@pytest.mark.parametrize(
    ("relation", "age", "allowed"),
    [("direct_relative", 60, True), ("direct_relative", 59, False), ("friend", 70, False)],
)
def test_nanjing_lets_old_relatives_redeem(relation: str, age: int, allowed: bool) -> None:
    wish = Wish(on=date(2026, 3, 1), items=(), balance=5, beneficiary=relation, beneficiary_age=age)

    assert may_redeem(bundled("nanjing").redeeming, wish, {}).allowed is allowed


def test_longquanyi_asks_hours_and_points_and_demotes() -> None:
    ladder = bundled("longquanyi").ladders[0]
    short = Standing(minutes={"clocked": 6000}, points_gained=990)
    before = Standing(minutes={"clocked": 12000}, points_gained=2100)
    after_penalty = before._replace(points_taken=150)

    assert ladder.level_of(short) == (1, ladder.levels[0].title, {"points": 10})
    assert ladder.next_level(0, before) == 3
    assert ladder.next_level(3, after_penalty) == 2


@pytest.mark.parametrize(("last_on", "flagged"), [(date(2026, 12, 31), True), (date(2027, 1, 1), False)])
def test_longquanyi_flags_the_fifth_no_show_of_a_year(last_on: date, flagged: bool) -> None:
    days = [date(2026, 3, 1) + timedelta(days=n) for n in range(4)] + [last_on]
    deeds = [an_act("any", kind="no_show", tags=frozenset({"unexcused"}), served_on=on, person="ana") for on in days]
    assessments = live(bundled("longquanyi"), deeds)

    assert [bool(a.flags) for a in assessments] == [False] * 4 + [flagged]
    assert not any(a.points for a in assessments)


def test_longquanyi_flags_penalties_of_three_hundred() -> None:
    deeds = [an_act("fraud", kind="penalty", value=value, person="ana") for value in (150, 149, 1, 50)]
    assessments = live(bundled("longquanyi"), deeds)

    assert [a.points for a in assessments] == [-150, -149, -1, -50]
    assert [[flag.flag for flag in a.flags] for a in assessments] == [[], [], ["blacklist"], []]


def test_huangyan_redeems_in_january() -> None:
    policy = bundled("huangyan").redeeming
    opened = [
        may_redeem(policy, Wish(on=date(2027, month, 1), items=(), balance=1), {}).allowed for month in (1, 2, 12)
    ]

    assert opened == [True, False, False]


def test_ninghong_gives_eight_for_six_and_two_for_a_sewer() -> None:
    deeds = [a_deed(person="ana") for _ in range(5)]
    deeds.append(a_deed(person="ana", tags=frozenset({"sewer_repair"})))

    assert points_of(bundled("ninghong"), *deeds, *deeds) == [0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 10]


def test_qishan_counts_goods_for_the_unit() -> None:
    deeds = [
        an_act("goods_donation", account="unit", organisation="school", measures=(("yuan", yuan),))
        for yuan in (950, 50)
    ]
    assessments = live(bundled("qishan"), deeds)

    assert [a.credited_to("unit", "honour") for a in assessments] == [9, 1]
    assert bundled("qishan").targets[0].missing({"points": 9}) == {"points": 1}


def test_the_green_account_is_the_household_s() -> None:
    rulebook = bundled("green_account")
    sorting = an_act("sorting", evaluation="correct", household="h", person="ana")
    code = an_act("top_up", value=30, key="c1", household="h", person="ana")
    assessments = live(rulebook, [sorting, code, code])

    assert [a.credited_to("household") for a in assessments] == [10, 30, 0]
    assert assess(rulebook, an_act("sorting", evaluation="wrong")).points == 0


def test_sorting_is_capped_by_the_day() -> None:
    assessments = live(bundled("generic"), [an_act("sorting", person="ana")] * 6)

    assert sum(a.points for a in assessments) == 10
    assert assessments[-1].points == 0
    assert assessments[-1].lines[0].capped_points == 2
    assert assessments[-1].lines[0].en.endswith("capped 2, +0 points")


def test_generic_rules_have_yearly_caps_and_penalties() -> None:
    rulebook = bundled("generic")
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(8)]

    assert sum(points_of(rulebook, *(an_act("party_study", served_on=on) for on in days))) == 12
    assert sum(points_of(rulebook, *(an_act("three_meetings", served_on=on) for on in days))) == 12
    assert sum(points_of(rulebook, *(an_act("party_day", served_on=on) for on in days))) == 8
    assert points_of(rulebook, an_act("litter", kind="penalty"), an_act("fire_lane", kind="penalty")) == [-5, -10]


def test_dongting_wants_two_different_reviewers() -> None:
    route = bundled("dongting").posting.route(a_deed())

    assert [fault.zh for fault in review_faults(route, "ana", ["bo", "bo"])] == [
        "两次审核是同一个人, 须由不同的人审核",
        "还缺 1 名审核人",
    ]
    assert [fault.en for fault in review_faults(route, "ana", ["ana", "bo"])] == [
        "the recorder cannot review their own record",
        "1 more reviewers needed",
    ]
    assert review_faults(route, "ana", ["bo", "chen"]) == ()


def test_guangdong_waits_five_working_days_over_the_holidays() -> None:
    rest = {date(2026, 9, 25) + timedelta(days=n) for n in range(3)} | {
        date(2026, 10, 1) + timedelta(days=n) for n in range(7)
    }
    worked = {date(2026, 9, 20), date(2026, 10, 10)}
    rulebook = bundled("guangdong")
    route = rulebook.posting.__class__(policy="notice", notice_days=rulebook.ladders[0].notice_days)

    def is_working(on: date) -> bool:
        return on in worked or (on.weekday() < 5 and on not in rest)

    assert notice_ends(route, date(2026, 9, 24), is_working) == date(2026, 10, 9)
    calendar_days = route.__class__(policy="notice", notice_days=5, working_days=False)
    assert notice_ends(calendar_days, date(2026, 9, 24), is_working) == date(2026, 9, 29)


def test_guangdong_bars_falsifiers() -> None:
    flags = [
        a.flags[0] for a in live(bundled("guangdong"), [an_act("falsification", kind="penalty", person="ana")] * 2)
    ]

    assert [(flag.last_day, flag.flag) for flag in flags] == [
        (date(2027, 3, 1), "suspension"),
        (date(2029, 3, 1), "suspension"),
    ]
    assert flags[0].sentence("zh") == "弄虚作假，1 年内不得评星 (已达 1), 自 2026-03-01 起, 至 2027-03-01, 请人工处理"
