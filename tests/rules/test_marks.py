"""Everything an assessment leaves behind, value by value: marks, credits, cuts, and the keys asked of the past."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ledger.rules import Credit, Cut, HistoryKey, Mark, Tally, assess, balance_key, needs
from ledger.rules.history import history_key
from tests.rules.factories import a_deed, a_rulebook, an_act, live, points_of

ON = date(2026, 3, 1)
HOURLY = "points: 1, per: hour, step_minutes: 60, rounding: floor"
THEME = "themes: [{id: t, title: {zh: 主, en: T}, caps: [{per: week, points: 900}]}]\n"


def test_the_short_way_leaves_one_mark() -> None:
    assessment = assess(a_rulebook(f"{HOURLY}, theme: t", more=THEME), a_deed(minutes=90, key="k"))

    assert assessment.marks == (Mark(ON, Tally(1, 90, 90, 60, 60, 1, 0), "r0", "t", "", "k"),)
    assert assessment.credits == (Credit("person", "spendable", 1, "r0"),)
    assert (assessment.lines[0].rounded, assessment.lines[0].counted, assessment.lines[0].earned) == (60, 60, 1)


def test_the_long_way_leaves_one_mark_for_each_date() -> None:
    rulebook = a_rulebook(f"{HOURLY}, theme: t, accumulate: year", more=THEME, points_scale=1)
    assessment = assess(rulebook, a_deed(minutes=150, starts_minute=23 * 60, key="k"))

    assert assessment.marks == (
        Mark(ON, Tally(1, 60, 60, 60, 60, 10, 0), "r0", "t", "", "k"),
        Mark(date(2026, 3, 2), Tally(0, 90, 90, 60, 60, 10, 0), "r0", "t", "", "k"),
    )
    line = assessment.lines[0]
    assert (line.quantity, line.rounded, line.counted, line.earned, line.points) == (150, 120, 120, 20, 20)
    assert line.zh.endswith("+2 分")


def test_a_deed_that_counts_for_nothing_is_no_record() -> None:
    short = assess(a_rulebook(HOURLY), a_deed(minutes=30))
    long = assess(a_rulebook(f"{HOURLY}, accumulate: year"), a_deed(minutes=30))
    unpaid = assess(a_rulebook("points: 0, per: session"), a_deed())
    penalty = assess(a_rulebook("effect: penalty, points: 0, per: act"), an_act("x", kind="penalty", key="k"))

    assert [a.marks[0].tally.deeds for a in (short, long, unpaid, penalty)] == [0, 0, 1, 1]
    assert [a.credits for a in (short, long, unpaid, penalty)] == [(), (), (), ()]


def test_a_mark_says_what_a_penalty_took_and_no_theme_where_there_is_none() -> None:
    assessment = assess(a_rulebook("effect: penalty, points: 4, per: act"), an_act("x", kind="penalty", count=2))

    assert assessment.marks == (Mark(ON, Tally(1, 2, 2, 2, 0, 0, 8), "r0", "", "", None),)
    assert assessment.credits == (Credit("person", "spendable", -8, "r0"),)


def test_a_counter_leaves_a_mark_of_its_own() -> None:
    more = (
        "counters: [{id: c, title: {zh: 计, en: c}, deeds: [penalty, no_show], per: year, when: {tags: [x]}, raises: "
    )
    more += "[{at: 1, flag: review, title: {zh: 一, en: one}, ends: end_of_period}]}]\nyear_begins: 7\n"
    rulebook = a_rulebook("effect: penalty, points: 4, per: act", more=more)
    deed = an_act("y", kind="penalty", tags=frozenset({"x"}))
    assessment = assess(rulebook, deed)

    assert assessment.marks[-1] == Mark(ON, Tally(deeds=1, taken=4), counter="c")
    (flag,) = assessment.flags
    assert (flag.counter, flag.flag, flag.reached, flag.first_day, flag.last_day) == (
        "c", "review", 1, ON, date(2026, 6, 30),
    )  # fmt: skip
    assert flag.sentence("en") == "one (reached 1), from 2026-03-01 to 2026-06-30; for people to act on"
    assert assess(rulebook, an_act("y", kind="penalty")).flags == ()
    assert needs(rulebook, deed) == (
        HistoryKey("counter", "c", None, "person", "year", date(2025, 7, 1), date(2026, 6, 30)),
    )


def test_the_cut_of_a_ceiling_names_it() -> None:
    more = "ceilings: [{account: person, points: 10, overflow: drop}]\n"
    rulebook = a_rulebook("points: 4, per: session", more=more, points_scale=1)
    deed = a_deed()
    key = HistoryKey("balance", "", None, "person", "lifetime", date.min, date.max, None, None)

    assert balance_key(deed, "person") == key
    assert needs(rulebook, deed) == (key,)
    line = assess(rulebook, deed, {key: Tally(points=95)}).lines[-1]
    assert line.cuts == (Cut("ceiling", "person", "lifetime", "person", "points", 100, 95, 35),)
    assert line.en == "the balance may be at most 10, 3.5 over, the rest does not count, -3.5 points"
    assert line.deed is deed


@pytest.mark.parametrize(
    ("held", "kept", "over"),
    [(96, [40], []), (97, [39], [1]), (98, [38], [2]), (136, [], [40]), (500, [], [40]), (0, [40], [])],
)
def test_a_ceiling_is_reached_to_the_point(held: int, kept: list[int], over: list[int]) -> None:
    more = "ceilings: [{account: person, points: '13.6', overflow: donate_only}]\n"
    deed = a_deed()
    given = assess(
        a_rulebook("points: 4, per: session", more=more, points_scale=1),
        deed,
        {balance_key(deed, "person"): Tally(points=held)},
    )

    assert [c.points for c in given.credits if c.use == "spendable"] == kept
    assert [c.points for c in given.credits if c.use == "donate_only"] == over
    assert len(given.lines) == (2 if over else 1)


def test_a_ceiling_leaves_other_accounts_alone_and_takes_from_several_rules() -> None:
    rulebook = a_rulebook(
        "points: 4, per: session, credits: [{to: person, share: 1/2}, {to: group, share: 1/2}]",
        "adds: true, points: 3, per: session",
        more="ceilings: [{account: person, points: 10, overflow: honour}]\n",
    )
    deed = a_deed(group="g")
    given = assess(rulebook, deed, {balance_key(deed, "person"): Tally(points=9)})

    assert given.credits == (
        Credit("person", "spendable", 1, "r0"),
        Credit("person", "honour", 1, "r0"),
        Credit("group", "spendable", 2, "r0"),
        Credit("person", "honour", 3, "r1"),
    )


@pytest.mark.parametrize(
    ("account", "facts", "to"),
    [
        ("household", {"household": "h"}, "household"),
        ("group", {"group": "g"}, "group"),
        ("unit", {"organisation": "o"}, "unit"),
        ("group", {"household": "h"}, "person"),
    ],
)
def test_points_flow_into_the_account_that_pools_them(account: str, facts: dict[str, Any], to: str) -> None:
    more = f"accounts: [{{account: {account}, title: {{zh: 户, en: account}}, pools: true}}]\n"
    plain = a_rulebook("points: 1, per: session", more=more)
    shared = a_rulebook(
        "points: 2, per: session, credits: [{to: person, share: 1/2}, {to: person, use: honour, share: 1/2}]", more=more
    )
    penalty = a_rulebook("effect: penalty, points: 1, per: act", more=more)

    assert assess(plain, a_deed(**facts)).credits == (Credit(to, "spendable", 1, "r0"),)
    assert assess(shared, a_deed(**facts)).credits == (
        Credit(to, "spendable", 1, "r0"),
        Credit("person", "honour", 1, "r0"),
    )
    assert assess(penalty, an_act("x", kind="penalty", **facts)).credits == (Credit("person", "spendable", -1, "r0"),)


def test_a_share_of_nothing_is_no_credit() -> None:
    rulebook = a_rulebook("points: 1, per: session, credits: [{to: person, share: 1/2}, {to: household, share: 1/2}]")

    assert assess(rulebook, a_deed()).credits == (Credit("household", "spendable", 1, "r0"),)


@pytest.mark.parametrize(("held", "taken"), [(0, [0, 0]), (1, [-1, 0]), (8, [-8, 0]), (9, [-8, -1]), (20, [-8, -3])])
def test_a_penalty_that_drops_takes_no_more_than_is_held(held: int, taken: list[int]) -> None:
    rulebook = a_rulebook(
        "effect: penalty, points: 8, per: act",
        "effect: penalty, adds: true, points: 3, per: act",
        more="penalties: drop\n",
    )
    deed = an_act("x", kind="penalty")
    assessment = assess(rulebook, deed, {balance_key(deed, "person"): Tally(points=held)})

    assert [line.points for line in assessment.lines] == taken
    assert needs(rulebook, deed) == (balance_key(deed, "person"),)
    if held == 9:
        assert assessment.lines[1].cuts == (Cut("balance", "", "lifetime", "person", "points", 9, 8, 2),)
        assert "only 1 left in the balance" in assessment.lines[1].en


def test_penalties_are_capped_by_what_penalties_took() -> None:
    rulebook = a_rulebook(
        "effect: penalty, points: 4, per: act, theme: t",
        "deeds: [good_deed], points: 5, per: act, theme: t",
        more="themes: [{id: t, title: {zh: 主, en: T}, caps: [{per: year, points: 6}]}]\n",
    )

    assert points_of(
        rulebook, an_act("x"), an_act("x", kind="penalty"), an_act("x", kind="penalty"), an_act("x"), an_act("x")
    ) == [5, -4, -2, 1, 0]


def test_a_night_shift_is_one_record_under_a_cap_on_records() -> None:
    rulebook = a_rulebook("points: 1, per: minute, rounding: floor, caps: [{per: month, deeds: 1}]")
    night = a_deed(minutes=120, starts_minute=23 * 60)

    assert points_of(rulebook, night, night) == [120, 0]
    quiet = a_rulebook("points: 0, per: minute, rounding: floor, caps: [{per: month, deeds: 1}]")
    assert [a.counted_minutes for a in live(quiet, [night, night])] == [120, 0]


def test_a_book_may_void_any_award_and_no_penalty() -> None:
    more = "voids: [{title: {zh: 投诉, en: complained of}, when: {evaluations: [complaint]}}]\n"
    rulebook = a_rulebook("points: 1, per: session", "effect: penalty, points: 2, per: act", more=more)

    assert points_of(rulebook, a_deed(), a_deed(evaluation="complaint"), a_deed(evaluation="good")) == [1, 0, 1]
    assert points_of(rulebook, an_act("x", kind="penalty", evaluation="complaint")) == [-2]


def test_a_void_leaves_no_mark_and_names_its_reason() -> None:
    more = "voids: [{title: {zh: 投诉, en: complained of}, when: {evaluations: [complaint]}}]\n"
    assessment = assess(a_rulebook(HOURLY, more=more, points_scale=1), a_deed(evaluation="complaint"))

    assert (assessment.marks, assessment.counted_minutes, assessment.rule_id) == ((), 0, "r0")
    line = assessment.lines[0]
    assert (line.outcome, line.quantity, line.points_scale) == ("void", 60, 1)
    assert line.en == "Cleaning 1 h, complained of, 0 h count, +0 points"


def test_the_keys_asked_of_the_past_are_those_that_may_be_looked_up() -> None:
    rulebook = a_rulebook(
        "occurrence: {counter: c, at_least: 2}, points: 9, per: session, caps: [{per: week, points: 99}]",
        "points: 1, per: hour, rounding: floor, threshold: {per: day, minutes: 30, counts: all}, accumulate: month, "
        "caps: [{per: activity, by: household, minutes: 90}, {per: deed, points: 3}], once: {per: year}, theme: t",
        more=THEME + "counters: [{id: c, title: {zh: 计, en: c}, deeds: [service], per: year}]\n",
    )
    deed = a_deed(person="ana", household="h", activity="a", starts_minute=23 * 60 + 30)
    second = date(2026, 3, 2)

    def key(of: str, name: str, per: str, on: date = ON, by: str = "person") -> HistoryKey:
        return history_key(of, name, per, by, deed, on)

    assert set(needs(rulebook, deed)) == {
        key("rule", "r0", "week"),
        key("rule", "r1", "activity", by="household"),
        key("theme", "t", "week"),
        key("theme", "t", "week", second),
        key("rule", "r1", "day"),
        key("rule", "r1", "day", second),
        key("rule", "r1", "month"),
        key("rule", "r1", "year"),
        key("counter", "c", "year"),
    }
    assert key("rule", "r1", "activity", by="household").subject == "h"
    assert key("rule", "r1", "activity").activity == "a"
    assert key("rule", "r1", "day").activity is None
    assert key("theme", "t", "week") == HistoryKey(
        "theme", "t", None, "person", "week", date(2026, 2, 23), date(2026, 3, 1), "ana", None
    )


def test_each_key_of_a_bonus_is_asked_for_by_itself() -> None:
    rulebook = a_rulebook("deeds: [good_deed], points: 1, per: act, once: {per: year, each_key: true}")

    assert needs(rulebook, an_act("x", key="k")) == (
        HistoryKey("unique", "r0", "k", "person", "year", date(2026, 1, 1), date(2026, 12, 31)),
    )


def test_what_one_rule_took_another_of_the_same_theme_or_book_sees_at_once() -> None:
    rulebook = a_rulebook(
        "points: 4, per: session, theme: t",
        "adds: true, points: 4, per: session, theme: t",
        "adds: true, points: 4, per: session",
        more="themes: [{id: t, title: {zh: 主, en: T}, caps: [{per: day, points: 6}]}]\n"
        "caps: [{per: day, points: 9}]\n",
    )

    assert [line.points for line in assess(rulebook, a_deed()).lines] == [4, 2, 3]


def test_coefficients_are_named_in_the_line() -> None:
    more = "coefficients: [{id: c, title: {zh: 系, en: c}, levels: [{factor: '0.5', title: {zh: 半, en: half}}]}]\n"
    (line,) = assess(
        a_rulebook("points: 3, per: session, rounding: floor, coefficients: [c]", more=more), a_deed()
    ).lines

    assert [(f.table, f.title.en, f.factor) for f in line.factors] == [("c", "half", Fraction(1, 2))]
    assert (line.earned, line.points, line.coefficient) == (1, 1, Fraction(1, 2))


@pytest.mark.parametrize(("factors", "points"), [(["0.2", "0.3"], 0), (["0.5", "0.7"], 2), (["2"], 20)])
def test_extras_that_are_added_up_never_fall_below_nothing(factors: list[str], points: int) -> None:
    tables = "".join(
        f"  - {{id: c{n}, title: {{zh: 系, en: c}}, levels: [{{factor: '{f}', title: {{zh: 级, en: l}}}}]}}\n"
        for n, f in enumerate(factors)
    )
    names = ", ".join(f"c{n}" for n in range(len(factors)))
    rule = f"points: 10, per: session, rounding: floor, coefficients: [{names}], stacking: sum"

    assert points_of(a_rulebook(rule, more="coefficients:\n" + tables), a_deed()) == [points]


def test_an_empty_balance_gives_nothing() -> None:
    rulebook = a_rulebook("deeds: [opening], points: 1, per: balance")
    deed = an_act("x", kind="opening")

    assert assess(rulebook, deed, {balance_key(deed, "person"): Tally(points=-5)}).points == 0
    assert assess(rulebook, deed).points == 0
    assert needs(rulebook, deed) == (balance_key(deed, "person"),)


def test_the_nearest_rule_explains_why_it_did_not_apply() -> None:
    rulebook = a_rulebook(
        "when: {filed: true, published: true}, points: 1, per: session",
        "when: {age: {at_least: 60}}, points: 2, per: session",
        "when: {team_member: true}, points: 3, per: session",
    )

    assert "age at least 60" in assess(rulebook, a_deed()).lines[0].en
    assert "“清洁”要求年龄不少于 60" in assess(rulebook, a_deed()).lines[0].zh
    assert assess(rulebook, an_act("x")).lines[0].zh == "事项 x, 没有适用的规则 (x), +0 分"
    assert assess(rulebook, an_act("x")).lines[0].en == "x, no rule speaks of it (x), +0 points"
