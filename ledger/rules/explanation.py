"""The sentence of one line of an assessment, for the volunteer who asks why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.rules.conditions import WORDS
from ledger.rules.periods import PERIODS_EN, PERIODS_ZH
from ledger.rules.wording import (
    POINTS_ROUNDED_EN,
    POINTS_ROUNDED_ZH,
    award_en,
    hours_en,
    hours_zh,
    points_text,
    ratio_text,
    rounded_en,
    rounded_zh,
)

if TYPE_CHECKING:
    from ledger.rules.lines import Cut, Line

COUNTED_ZH = {"act": "次", "month": "个月", "session": "次"}
COUNTED_EN = {"act": "time", "month": "month", "session": "session"}


def chinese(line: Line) -> str:
    """The line in Chinese, ending with its points."""
    unknown = [f"{WORDS[name][0]}未登记, 有关条件按不符合计" for name in line.unknown]
    return f"{', '.join([*_parts_zh(line), *unknown])}, {_result(line)} 分"


def english(line: Line) -> str:
    """The line in English, ending with its points."""
    result = _result(line)
    points = award_en(result[1:]) if result[0] == "+" else f"{result} point{'' if result == '-1' else 's'}"
    unknown = [f"{WORDS[name][1]} is not known and counts as not met" for name in line.unknown]
    return f"{', '.join([*_parts_en(line), *unknown])}, {points}"


def _result(line: Line) -> str:
    shown = points_text(line.points, line.points_scale)
    return shown if line.points < 0 else f"+{shown}"


def _parts_zh(line: Line) -> list[str]:
    deed, rule = line.deed, line.rule
    if line.outcome == "ceiling":
        return [_cut_zh(line, cut) for cut in line.cuts] + ([line.why.zh] if line.why else [])
    if rule is None:
        kind = f"{deed.activity_type} / {deed.capture_method}" if deed.kind == "service" else deed.activity_type
        done = f"服务 {hours_zh(deed.minutes)}" if deed.kind == "service" else f"事项 {deed.activity_type}"
        why = [line.why.zh] if line.why else []
        kept = ["时长照实留存"] if deed.minutes else []
        return [done, f"没有适用的规则 ({kind})", *why, *kept]
    parts = [_done_zh(line)]
    if line.outcome == "void":
        return [*parts, f"{line.why.zh if line.why else ''}", "按规则计 0 小时" if rule.timed else "按规则不计分"]
    if line.outcome == "repeated":
        return [*parts, "只计一次, 此前已计"]
    if line.outcome == "no_key":
        return [*parts, "没有写明对象, 无法核对是否重复, 不计"]
    if rule.timed and rule.step > 1 and line.rounded != line.quantity and rule.threshold is None:
        parts.append(rounded_zh(rule.rounding or "floor", rule.step, line.rounded))
    elif line.rounded != line.quantity:
        parts.append(f"{_threshold_zh(line)}计 {_amount_zh(line, line.rounded)}")
    parts += [_cut_zh(line, cut) for cut in line.cuts if cut.unit != "points"]
    parts += [f"{factor.title.zh}系数 {ratio_text(factor.factor)}" for factor in line.factors]
    if len(line.factors) > 1:
        parts.append(f"合计系数 {ratio_text(line.coefficient)}")
    if _inexact(line):
        parts.append(POINTS_ROUNDED_ZH[rule.rounding or "floor"])
    capped = [_cut_zh(line, cut) for cut in line.cuts if cut.unit == "points"]
    if capped:
        parts += [f"应{'扣' if line.points < 0 else '得'} {points_text(line.earned, line.points_scale)} 分", *capped]
    if not line.rate:
        parts.append("按规则不计积分")
    return parts


def _parts_en(line: Line) -> list[str]:
    deed, rule = line.deed, line.rule
    if line.outcome == "ceiling":
        return [_cut_en(line, cut) for cut in line.cuts] + ([line.why.en] if line.why else [])
    if rule is None:
        kind = f"{deed.activity_type} / {deed.capture_method}" if deed.kind == "service" else deed.activity_type
        done = f"{hours_en(deed.minutes)} served" if deed.kind == "service" else f"{deed.activity_type}"
        why = [line.why.en] if line.why else []
        kept = ["the hours stay on record"] if deed.minutes else []
        return [done, f"no rule speaks of it ({kind})", *why, *kept]
    parts = [_done_en(line)]
    if line.outcome == "void":
        return [*parts, f"{line.why.en if line.why else ''}", "0 h count" if rule.timed else "it does not count"]
    if line.outcome == "repeated":
        return [*parts, "given only once, and given before"]
    if line.outcome == "no_key":
        return [*parts, "nobody said for whom or what, so a repetition could not be seen; not given"]
    if rule.timed and rule.step > 1 and line.rounded != line.quantity and rule.threshold is None:
        parts.append(rounded_en(rule.rounding or "floor", rule.step, line.rounded))
    elif line.rounded != line.quantity:
        parts.append(f"{_threshold_en(line)}{_amount_en(line, line.rounded)} counted")
    parts += [_cut_en(line, cut) for cut in line.cuts if cut.unit != "points"]
    parts += [f"{factor.title.en} × {ratio_text(factor.factor)}" for factor in line.factors]
    if len(line.factors) > 1:
        parts.append(f"together × {ratio_text(line.coefficient)}")
    if _inexact(line):
        parts.append(POINTS_ROUNDED_EN[rule.rounding or "floor"])
    capped = [_cut_en(line, cut) for cut in line.cuts if cut.unit == "points"]
    if capped:
        parts += [f"worth {points_text(line.earned, line.points_scale)}", *capped]
    if not line.rate:
        parts.append("earns no points under this rule")
    return parts


def _inexact(line: Line) -> bool:
    rate, coefficient = line.rate, line.coefficient
    denominator = rate.denominator * coefficient.denominator
    return line.counted * rate.numerator * coefficient.numerator != line.earned * denominator


def _done_zh(line: Line) -> str:
    deed, rule = line.deed, line.rule
    title = rule.title.zh if rule else ""
    if rule is None or rule.per == "fixed":
        return title
    if rule.timed or (line.outcome == "void" and deed.minutes):
        return f"{title} {hours_zh(deed.minutes)}"
    if rule.per == "session" and deed.minutes:
        return f"{title} 1 次 ({hours_zh(deed.minutes)})"
    return f"{title} {_amount_zh(line, line.quantity)}" if line.outcome in ("award", "penalty") else title


def _done_en(line: Line) -> str:
    deed, rule = line.deed, line.rule
    title = rule.title.en if rule else ""
    if rule is None or rule.per == "fixed":
        return title
    if rule.timed or (line.outcome == "void" and deed.minutes):
        return f"{title} {hours_en(deed.minutes)}"
    if rule.per == "session" and deed.minutes:
        return f"{title}, 1 session ({hours_en(deed.minutes)})"
    return f"{title}, {_amount_en(line, line.quantity)}" if line.outcome in ("award", "penalty") else title


def _amount_zh(line: Line, quantity: int) -> str:
    rule = line.rule
    if rule is None or rule.timed:
        return hours_zh(quantity)
    if rule.per in ("value", "balance"):
        return f"{points_text(quantity, line.points_scale)} 分"
    return f"{quantity} {rule.measure or COUNTED_ZH.get(rule.per, '次')}"


def _amount_en(line: Line, quantity: int) -> str:
    rule = line.rule
    if rule is None or rule.timed:
        return hours_en(quantity)
    if rule.per in ("value", "balance"):
        return award_en(points_text(quantity, line.points_scale))[1:]
    if rule.measure:
        return f"{quantity} {rule.measure}"
    return f"{quantity} {COUNTED_EN.get(rule.per, 'time')}{'' if quantity == 1 else 's'}"


def _threshold_zh(line: Line) -> str:
    threshold = line.rule.threshold if line.rule else None
    if threshold is None:
        return "连同此前累计, "
    least = _amount_zh(line, threshold.least)
    return f"{PERIODS_ZH[threshold.per]}满 {least}{'起全部' if threshold.counts == 'all' else '后超出部分'}才"


def _threshold_en(line: Line) -> str:
    threshold = line.rule.threshold if line.rule else None
    if threshold is None:
        return "together with what was left over, "
    least = _amount_en(line, threshold.least)
    what = "all counts" if threshold.counts == "all" else "only what is beyond counts"
    return f"from {least} {PERIODS_EN[threshold.per]} {what}, "


def _cut_zh(line: Line, cut: Cut) -> str:
    if cut.of == "ceiling":
        most, over = points_text(cut.most, line.points_scale), points_text(cut.cut, line.points_scale)
        return f"余额上限 {most} 分, 超出 {over} 分"
    if cut.of == "balance":
        return f"余额只有 {points_text(cut.most - cut.before, line.points_scale)} 分"
    which = {"rule": "", "theme": "同一主题", "book": "全部规则合计"}[cut.of]
    whose = {"person": "", "household": "每户", "organisation": "每个组织单位", "everybody": "全体"}[cut.by]
    head = f"按规则{which}{whose}{PERIODS_ZH[cut.per]}最多"
    if cut.unit == "deeds":
        return f"{head}计 {cut.most} 条记录, 此前已计 {cut.before} 条"
    if cut.unit == "points":
        had = f", 此前已{'扣' if line.points < 0 else '得'} {points_text(cut.before, line.points_scale)} 分"
        most, over = points_text(cut.most, line.points_scale), points_text(cut.cut, line.points_scale)
        return f"{head} {most} 分{had if cut.before else ''}, 封顶不计 {over} 分"
    had = f", 此前已计 {_amount_zh(line, cut.before)}, 本次计 {_amount_zh(line, line.counted)}" if cut.before else ""
    return f"{head}计 {_amount_zh(line, cut.most)}{had}"


def _cut_en(line: Line, cut: Cut) -> str:
    if cut.of == "ceiling":
        most, over = points_text(cut.most, line.points_scale), points_text(cut.cut, line.points_scale)
        return f"the balance may be at most {most}, {over} over"
    if cut.of == "balance":
        return f"only {points_text(cut.most - cut.before, line.points_scale)} left in the balance"
    which = {"rule": "", "theme": " of this theme", "book": " of all rules together"}[cut.of]
    whose = {"person": "", "household": " and household", "organisation": " and organiser", "everybody": " for all"}[
        cut.by
    ]
    tail = f"{which} {PERIODS_EN[cut.per]}{whose}"
    if cut.unit == "deeds":
        return f"at most {cut.most} records count{tail}, {cut.before} counted before"
    if cut.unit == "points":
        had = f", {points_text(cut.before, line.points_scale)} {'taken' if line.points < 0 else 'given'} before"
        most, over = points_text(cut.most, line.points_scale), points_text(cut.cut, line.points_scale)
        return f"at most {most}{tail}{had if cut.before else ''}, capped {over}"
    had = f", {_amount_en(line, cut.before)} counted before, {_amount_en(line, line.counted)} now" if cut.before else ""
    return f"at most {_amount_en(line, cut.most)} count{tail}{had}"
