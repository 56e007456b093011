"""What a deed earns under a rulebook, and why, in words a volunteer can check.

Pure and exact: integers and fractions only, and the same answer for the same rulebook, deed and history for ever. The
bank asks on every posting, so the common deed takes the short way through and the sentences are plain f-strings.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.rules.deeds import Deed, PastDeed
from ledger.rules.rulebook import Rule, Rulebook, Text
from ledger.rules.wording import (
    POINTS_ROUNDED_EN,
    POINTS_ROUNDED_ZH,
    award_en,
    hours_en,
    hours_zh,
    points_text,
    rounded_en,
    rounded_zh,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One part of an award and its reason. `points` of all lines, in the smallest unit, add up to the award."""

    rule_id: str | None
    zh: str
    en: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The award for one deed. `points` is in the smallest unit.

    `minutes` is the time given and stays evidence whatever the rules say. `counted_minutes` is what the points were
    worked out from, after rounding and caps: 0 when no rule matches or the evaluation says so, more than `minutes` if
    the rulebook rounds up. `rule_id` is None when no rule matches.
    """

    rulebook_code: str
    rulebook_version: int
    rule_id: str | None
    minutes: int
    counted_minutes: int
    points: int
    lines: tuple[Line, ...]

    def explanation(self) -> list[dict[str, object]]:
        """The lines as the API shows them."""
        return [{"rule": line.rule_id, "zh": line.zh, "en": line.en, "points": line.points} for line in self.lines]


def assess(rulebook: Rulebook, deed: Deed, history: Sequence[PastDeed]) -> Assessment:
    """The award for `deed` under the first rule that matches it.

    `history` holds the volunteer's earlier, unreversed deeds in the same activity. Only rules with a cap look at it:
    what the same rule gave before leaves less room. Always an answer; nothing is refused. Whether the rulebook was in
    force on the day is the caller's question, so that a draft can be simulated over past deeds.
    """
    rule = rulebook.rule_for(deed)
    if rule is None:
        return _nothing(rulebook, deed, None, _no_rule(deed))
    if deed.evaluation is not None and rule.zero_when_evaluated:
        rating = rule.zeroing(deed.evaluation)
        if rating is not None:
            return _nothing(rulebook, deed, rule.id, _zeroed(rule, deed, rating))
    rounded = _rounded_minutes(rule, deed.minutes)
    counted, minutes_before = rounded, 0
    if rule.cap.minutes is not None:
        minutes_before = sum(past.counted_minutes for past in history if past.rule_id == rule.id)
        # A remainder smaller than a step earns nothing, also when an earlier version of the rule used another step.
        room = max(0, rule.cap.minutes - minutes_before)
        counted = min(rounded, room - room % rule.step_minutes)
    quantity = 1 if rule.per == "session" else counted
    numerator, denominator = quantity * rule.rate.numerator, rule.rate.denominator
    earned = _rounded(rule.rounding, numerator, denominator)
    points, points_before = earned, 0
    if rule.cap.points is not None:
        points_before = sum(past.points for past in history if past.rule_id == rule.id)
        points = min(earned, max(0, rule.cap.points - points_before))

    zh, en = _served(rule, deed.minutes)
    if rounded != deed.minutes:
        zh += f", {rounded_zh(rule.rounding, rule.step_minutes, rounded)}"
        en += f", {rounded_en(rule.rounding, rule.step_minutes, rounded)}"
    if counted < rounded:
        zh, en = _capped_minutes(rule, zh, en, minutes_before, counted)
    if numerator % denominator:
        zh, en = f"{zh}, {POINTS_ROUNDED_ZH[rule.rounding]}", f"{en}, {POINTS_ROUNDED_EN[rule.rounding]}"
    if points < earned:
        zh, en = _capped_points(rulebook, rule, zh, en, points_before, earned)
    if not rule.rate:
        zh, en = f"{zh}, 按规则不计积分", f"{en}, earns no points under this rule"
    award = points_text(points, rulebook.points_scale)
    line = Line(rule_id=rule.id, zh=f"{zh}, +{award} 分", en=f"{en}, {award_en(award)}", points=points)
    return Assessment(
        rulebook_code=rulebook.code,
        rulebook_version=rulebook.version,
        rule_id=rule.id,
        minutes=deed.minutes,
        counted_minutes=counted,
        points=points,
        lines=(line,),
    )


def _rounded_minutes(rule: Rule, minutes: int) -> int:
    step = rule.step_minutes
    return minutes if step == 1 else _rounded(rule.rounding, minutes, step) * step


def _rounded(rounding: str, numerator: int, denominator: int) -> int:
    """The whole number that `numerator / denominator` (never negative) rounds to."""
    if rounding == "floor":
        return numerator // denominator
    if rounding == "ceil":
        return -(-numerator // denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def _nothing(rulebook: Rulebook, deed: Deed, rule_id: str | None, words: tuple[str, str]) -> Assessment:
    zh, en = words
    return Assessment(
        rulebook_code=rulebook.code,
        rulebook_version=rulebook.version,
        rule_id=rule_id,
        minutes=deed.minutes,
        counted_minutes=0,
        points=0,
        lines=(Line(rule_id=rule_id, zh=f"{zh}, +0 分", en=f"{en}, +0 points", points=0),),
    )


def _no_rule(deed: Deed) -> tuple[str, str]:
    kind = f"{deed.activity_type} / {deed.capture_method}"
    return (
        f"服务 {hours_zh(deed.minutes)}, 没有适用的规则 ({kind}), 时长照实留存",
        f"{hours_en(deed.minutes)} served, no rule speaks of it ({kind}), the hours stay on record",
    )


def _zeroed(rule: Rule, deed: Deed, rating: Text) -> tuple[str, str]:
    zh, en = _served(rule, deed.minutes)
    return f"{zh}, 评价为“{rating.zh}”, 按规则计 0 小时", f'{en}, rated "{rating.en}", 0 h count'


def _served(rule: Rule, minutes: int) -> tuple[str, str]:
    zh, en = hours_zh(minutes), hours_en(minutes)
    if rule.per == "session":
        return f"{rule.title.zh} 1 次 ({zh})", f"{rule.title.en}, 1 session ({en})"
    return f"{rule.title.zh} {zh}", f"{rule.title.en} {en}"


def _capped_minutes(rule: Rule, zh: str, en: str, before: int, counted: int) -> tuple[str, str]:
    most = rule.cap.minutes or 0
    zh, en = f"{zh}, 按规则每次最多计 {hours_zh(most)}", f"{en}, at most {hours_en(most)} count per activity"
    if before:
        zh = f"{zh}, 此前已计 {hours_zh(before)}, 本次计 {hours_zh(counted)}"
        en = f"{en}, {hours_en(before)} counted before, {hours_en(counted)} now"
    return zh, en


def _capped_points(rulebook: Rulebook, rule: Rule, zh: str, en: str, before: int, earned: int) -> tuple[str, str]:
    most, full = (points_text(units, rulebook.points_scale) for units in (rule.cap.points or 0, earned))
    zh, en = f"{zh}, 应得 {full} 分, 按规则每次最多 {most} 分", f"{en}, worth {full}, at most {most} per activity"
    if before:
        had = points_text(before, rulebook.points_scale)
        zh, en = f"{zh}, 此前已得 {had} 分", f"{en}, {had} given before"
    return zh, en
