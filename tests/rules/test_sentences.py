# ruff: noqa: E501, ISC004 - whole sentences, as they are read aloud
"""A rulebook read aloud."""

from __future__ import annotations

import re

import pytest

from ledger.rules import BOOKS, load, sentences
from tests.rules.factories import a_document, bundled

WHOLE = """\
effective_to: 2027-12-31
inherits: {code: district, version: 2}
locked: [lapse]
year_begins: 7
source: [{zh: 依据一, en: fact one}]
assumptions: [{zh: 假定一, en: guess one}]
terms: {patrol: {zh: 巡逻, en: patrol}}
penalties: drop
themes: [{id: t, title: {zh: 主题, en: Theme}, caps: [{per: week, minutes: 300}]}]
caps: [{per: month, by: household, points: 99}]
voids: [{title: {zh: 投诉, en: complained of}, when: {evaluations: [complaint]}}]
exclusions: [{title: {zh: 受薪, en: paid}, when: {posts: [paid]}, bars: [awards, stars],
  days: {first_day: 2026-01-01, last_day: 2026-12-31}}]
ceilings: [{account: household, points: 500, overflow: honour}]
accounts: [{account: household, title: {zh: 家庭账户, en: Household account}, pools: true, spends: head, members_at_most: 9}]
coefficients:
  - {id: c, title: {zh: 级别, en: level}, levels: [{factor: '1.5', title: {zh: 区级, en: district}, when: {activity_levels: [d]}}]}
  - {id: d, title: {zh: 角色, en: role}, levels: [{factor: 2, title: {zh: 一律, en: all}}]}
counters:
  - {id: k, title: {zh: 爽约, en: no-shows}, deeds: [no_show, penalty], per: quarter, raises: [
      {at: 3, flag: suspension, title: {zh: 暂停, en: suspended}, ends: months, count: 2},
      {at_points: 30, flag: blacklist, title: {zh: 失信, en: listed}, ends: end_of_period}]}
ladders:
  - {id: l, title: {zh: 星级, en: Stars}, over: year, hours_counted: [clocked], demotes: true, notice_days: 5,
     approved_by: district, levels: [{title: {zh: 一星, en: one}, hours: 5, points: 10, services: 2, approved_by: estate}]}
targets: [{id: g, title: {zh: 目标, en: Goal}, owner: unit, per: year, hours: 8, deeds: 3, rate: 1/2, who: {posts: [head]}}]
redemption:
  windows: [{month_days: [1, 15], weekdays: [monday]}, {months: [1], time_of_day: {begins: '09:00', ends: '11:00'}},
    {season: {first_day: 12-01, last_day: 01-31}}, {days: {first_day: 2026-05-01, last_day: 2026-05-03}}]
  base_points: 60
  balance_at_least: 100
  hours_at_least: 10
  star_level_at_least: 1
  cost_at_least: 5
  limits: [{per: month, redemptions: 1}, {per: year, by: household, points: 50, classes: [food]}, {per: year, items: 2}]
  tiers: [{title: {zh: 大件, en: large}, classes: [large], hours: 20, star_level: 1}]
  privileges: [{id: p, title: {zh: 活动室, en: hall}, balance_points: 200}]
  beneficiaries: [{relation: parent, title: {zh: 父母, en: parents}, age_at_least: 60}]
  refund_within_days: 7
  pickup_within_days: 3
  unclaimed: forfeit
  prices_decided: true
"""
RULES = (
    "when: {activity_types: [patrol], age: {at_least: 18, at_most: 60}, filed: false, measures: {kg: {at_least: 2}}}, "
    "unless: [{team_member: false}], points: '1.5', per: hour, per_count: 2, step_minutes: 30, rounding: half_up, "
    "points_step: '0.5', accumulate: month, threshold: {per: day, minutes: 60, counts: all}, theme: t, "
    "caps: [{per: day, points: 9}, {per: year, by: everybody, deeds: 4}], coefficients: [c, d], stacking: max, "
    "voids: [{title: {zh: 迟到, en: late}, when: {tags: [late]}}], "
    "credits: [{to: person, share: 2/5}, {to: household, share: 3/5, use: honour}], "
    "lapse: {policy: after_months, count: 3, grace_days: 2, carry_over_share: 1/2, renews_on_award: true, warn_days: [7]}",
    "adds: true, deeds: [good_deed], when: {time_of_day: {begins: '22:00', ends: '06:00'}, "
    "season: {first_day: 06-01, last_day: 08-31}}, points: 2, per: act, once: {per: year, by: household, each_key: true}",
    "effect: penalty, occurrence: {counter: k, at_least: 2, at_most: 3}, points: 1, per: value",
    "effect: penalty, when: {tags: [x]}, occurrence: {counter: k, at_least: 2, at_most: 2}, points: 1, per: balance",
    "deeds: [good_deed], points: 1, per: measure, measure: kg, per_count: 10, rounding: floor, "
    "threshold: {per: month, count: 5, counts: beyond}, lapse: {policy: end_of_quarter, periods_after: 1, carry_over_points: 3}",
    "points: 0, per: session",
)


def whole(language: str) -> list[str]:
    document = a_document(*RULES, more=WHOLE).replace(
        "{policy: at_once}",
        "{policy: two_reviews, review_within_days: 9, notice_days: 3, exceptions: [{policy: one_review, when: {filed: true}}]}",
    )
    document = document.replace("lapse: {policy: never}", "lapse: {policy: end_of_year, resets_on_redeem: true}")
    return list(sentences(load(document, points_scale=1), language))


def test_every_part_of_a_rulebook_is_read_in_chinese() -> None:
    assert whole("zh") == [
        "《测试》第 1 版，自 2026-01-01 起施行，至 2027-12-31 止。",
        "承接 district 第 2 版。",
        "下级不得改动: lapse。",
        "年度自 7 月开始。",
        "依据: 依据一。",
        "假定: 假定一。",
        "【清洁】志愿服务，活动类型为 巡逻, 且未备案, 且kg不少于 2, 且年龄在 18 至 60 之间，但未志愿队成员的除外，每 2 小时计 1.5 分，以 30 分钟为单位，分值取整到 0.5 分，四舍五入，零头每月累计，每天满 1 小时 才计, 满后全部计入，每天最多 9 分，全体每年最多 4 条记录，归入“主题”，乘以系数(级别、角色)取最高，迟到的不计， 40%记入个人账户(可兑换)， 60%记入家庭账户(荣誉)，另有有效期: 得分之日起 3 个月内有效，宽限 2 天，结转 50%，再次得分则重新起算，提前 7 天提醒。",
        "【清洁】其他好事，开始时刻在 22:00 至 06:00, 且每年时段在 06-01 至 08-31，每次另加 2 分，每个对象对家庭每年只计一次。",
        "【清洁】扣分事项，每季度“爽约”的第 2 次起至第 3 次，每所载 1 分扣 1 分。",
        "【清洁】扣分事项，活动标签为 x，每季度“爽约”的第 2 次，每余额 1 分扣 1 分。",
        "【清洁】其他好事，每 10 kg计 1 分，舍去零头，每月最初 5 不计，另有有效期: 有效至得分之后第 1 个期间的季度末，最多结转 3 分。",
        "【清洁】志愿服务，不计分。",
        "系数“级别”: 区级 (活动级别为 d) × 1.5；其余 × 1。",
        "系数“角色”: 一律 × 2；其余 × 1。",
        "“主题”合计每周最多 5 小时。",
        "全部规则合计每家庭每月最多 99 分。",
        "投诉的, 一律不计。",
        "担任职务为 paid的 在 2026-01-01 至 2026-12-31不得得分、评星: 受薪。",
        "家庭账户余额最多 500 分, 超出部分计为荣誉积分。",
        "家庭账户: 户主或负责人可动用，成员积分汇入，成员最多 9 人。",
        "余额不够扣的, 扣完为止。",
        "入账: 经 2 名不同的审核人审核，9 天内未审完作废，公示 3 个工作日无异议。",
        "已备案的, 经 1 名审核人审核。",
        "有效期: 有效至当期年末，兑换后剩余清零。",
        "每季度“爽约”满 3 次: 暂停(暂停, 2 个月), 由人工处理。",
        "每季度“爽约”扣分满 30 分: 失信(失信名单, 至本期末), 由人工处理。",
        "星级(当年, 只计打卡时长): 一星 时长 5 小时且 10 分且 服务 2 次, 由estate认定。",
        "星级不达标则降级，公示 5 个工作日，由district认定。",
        "兑换时间: 每月 1、15 日，周一；或在 09:00 至 11:00，1 月；或在 12-01 至 01-31；或在 2026-05-01 至 2026-05-03。",
        "余额满 100 分，且服务满 10 小时，且1 星及以上才可兑换。",
        "基础分 60 分不可动用。",
        "每次至少兑换 5 分。",
        "每人每月最多兑换 1 次。",
        "每户每年最多兑换 50 分(food)。",
        "每人每年最多兑换 2 件。",
        "“大件”要求服务满 20 小时，且1 星及以上(不扣分)。",
        "“活动室”要求余额满 200 分(不扣分)。",
        "积分可以为父母(年满 60 岁)使用。",
        "兑换后7 天内可退。",
        "3 天内领取, 逾期作废。",
        "奖品价格由公开的价目表决定。",
        "目标“目标”: 单位 (担任职务为 户主或负责人)每年 时长 8 小时且 3 次且 50%。",
    ]


def test_every_part_of_a_rulebook_is_read_in_english() -> None:
    assert whole("en") == [
        "Test, version 1, in force from 2026-01-01 to 2027-12-31.",
        "Builds on district, version 2.",
        "Those below may not change: lapse.",
        "A year begins with month 7.",
        "Source: fact one.",
        "Assumed: guess one.",
        "[Cleaning] service; activity type: patrol and not filed beforehand and kg at least 2 and age from 18 to 60; but not if not member of a team; each 2 hours gives 1.5 points, in steps of 30 min, to 0.5 points, rounded to the nearest, remainders add up per month; nothing counts below 1 h per day, then all of it; at most 9 points per day; at most 4 records per year for all together; counted under Theme; times the multiplier (level, role) the highest counts; nothing if late; 40% credited to the person account (spendable); 60% credited to the household account (honour); its own lapse: valid for 3 months, 2 days of grace, 50% carried over, each award starts the time anew, warnings 7 days before.",
        "[Cleaning] good deed; beginning between 22:00 to 06:00 and every year between 06-01 to 08-31; each act adds 2 points; given once for each subject per year for household.",
        "[Cleaning] penalty; from number 2 to 3 of no-shows per quarter; each point stated takes 1 point.",
        "[Cleaning] penalty; activity tag: x; number 2 of no-shows per quarter; each point of the balance takes 1 point.",
        "[Cleaning] good deed; each 10 kg gives 1 point, rounded down; the first 5 per month do not count; its own lapse: valid to the end of the quarter, 1 quarters later, at most 3 points carried over.",
        "[Cleaning] service; no points.",
        "Multiplier level: district (activity level: d) × 1.5; else × 1.",
        "Multiplier role: all × 2; else × 1.",
        "Theme, all together: at most 5 h per week.",
        "All rules together: at most 99 points per month for each household.",
        "No deed counts if complained of.",
        "If post held: paid  2026-01-01 to 2026-12-31: no awards, stars (paid).",
        "The household account holds at most 500 points; what is over is kept as honour.",
        "Household account: head may spend from it; members' points go into it; at most 9 members.",
        "A penalty takes no more than the balance holds.",
        "Posting: after review by 2 different persons, void unless reviewed within 9 days, after 3 working days of notice without objection.",
        "If filed beforehand: after review by 1 person.",
        "Lapse: valid to the end of the year, what a redemption leaves is reset to zero.",
        "3 of no-shows per quarter: suspended (suspension, 2 months); people act on it.",
        "30 points taken by no-shows per quarter: listed (blacklist, to the end of the period); people act on it.",
        "Stars within a year, counting clocked hours only: one 5 h and 10 points and 2 services, approved by the estate.",
        "Stars: demoted when below, 5 working days of notice, approved by the district.",
        "Redemption is open on day 1, 15 of the month, monday; or 09:00 to 11:00, in month 1; or 12-01 to 01-31; or 2026-05-01 to 2026-05-03.",
        "Redemption asks for a balance of 100 points and 10 h of service and 1 star or more.",
        "A base of 60 points cannot be spent.",
        "At least 5 points at a time.",
        "At most 1 redemption per month, each person.",
        "At most 50 points of food per year, each household.",
        "At most 2 items per year, each person.",
        "large asks for 20 h of service and 1 star or more, which is not spent.",
        "hall asks for a balance of 200 points, which is not spent.",
        "Points may be used for parents (of 60 or more).",
        "A redemption can be given back within 7 days.",
        "Picked up within 3 days; otherwise forfeit.",
        "What prizes cost is decided by price lists.",
        "Target, Goal: unit (post held: head), 8 h and 3 deeds and 50% per year.",
    ]


@pytest.mark.parametrize("name", BOOKS)
def test_every_bundled_book_can_be_read_aloud(name: str) -> None:
    rulebook = bundled(name)
    zh, en = sentences(rulebook, "zh"), sentences(rulebook, "en")

    assert len(zh) == len(en)
    assert all(sentence.endswith("。") for sentence in zh)
    assert all(re.fullmatch(r"[ -~–−¥×≥]+\.", sentence) for sentence in en)
    assert not [s for s in zh if re.search(r"\b(None|True|False|_)\b", s)]
