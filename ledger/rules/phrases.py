"""Conditions, caps and amounts as phrases, for `sentences` and for saying why no rule applied."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ledger.rules.conditions import WORDS, Condition, Hours, Range, Season, Span
from ledger.rules.parts import Text
from ledger.rules.periods import PERIODS_EN, PERIODS_ZH
from ledger.rules.wording import hours_en, hours_zh, points_text, ratio_text

if TYPE_CHECKING:
    from ledger.rules.counters import Counter
    from ledger.rules.lapse import LapsePolicy
    from ledger.rules.rule import Cap, Rule
    from ledger.rules.rulebook import Rulebook

NAMES_ZH = {
    "clocked": "打卡", "roster": "签到表", "backfilled": "补录", "declared": "自报", "imported": "导入",
    "service": "志愿服务", "good_deed": "其他好事", "penalty": "扣分事项", "no_show": "爽约", "opening": "开户",
    "person": "个人", "household": "家庭", "group": "团体", "unit": "单位", "organisation": "组织单位",
    "everybody": "全体", "workday": "工作日", "rest_day": "休息日", "holiday": "节假日",
    "monday": "周一", "tuesday": "周二", "wednesday": "周三", "thursday": "周四", "friday": "周五",
    "saturday": "周六", "sunday": "周日", "spendable": "可兑换", "donate_only": "只能捐赠", "honour": "荣誉",
    "doer": "行动者本身", "warning": "提醒", "suspension": "暂停", "cancellation": "注销登记",
    "blacklist": "失信名单", "reward": "奖励", "review": "复核", "awards": "得分", "redemptions": "兑换",
    "stars": "评星", "local": "本地", "outside": "外地", "member": "党员", "probationary": "预备党员",
    "applicant": "入党积极分子", "league_member": "共青团员", "none": "群众", "home_report": "居住地报到",
    "unit_report": "单位报到", "joined_team": "加入志愿队", "linked_stairwell": "联系楼栋", "adopted_area": "认领区域",
    "anyone": "任一成员", "head": "户主或负责人", "nobody": "不可动用",
}  # fmt: skip
"""Chinese for the bank's own words. English is the word itself, with spaces."""
ROUNDINGS_ZH = {"floor": "舍去零头", "half_up": "四舍五入", "ceil": "零头进一"}
ROUNDINGS_EN = {"floor": "rounded down", "half_up": "rounded to the nearest", "ceil": "rounded up"}


class Phrases:
    """Phrases of one rulebook in one language."""

    def __init__(self, book: Rulebook, language: str) -> None:
        self.book = book
        self.zh = language == "zh"
        self.language = language

    def pick(self, zh: str, en: str) -> str:
        return zh if self.zh else en

    def of(self, text: Text) -> str:
        return text.in_language(self.language)

    def name(self, name: str) -> str:
        """The words for a name: the book's own terms first, then the bank's."""
        own = self.book.selection.terms.get(name)
        if own is not None:
            return self.of(own)
        return NAMES_ZH.get(name, name) if self.zh else name.replace("_", " ")

    def names(self, names: Any) -> str:
        return self.pick("、", ", ").join(self.name(name) for name in names)

    def points(self, units: int) -> str:
        shown = points_text(units, self.book.points_scale)
        return f"{shown} 分" if self.zh else f"{shown} point{'' if shown == '1' else 's'}"

    def rate(self, units: Fraction) -> str:
        return ratio_text(units / 10**self.book.points_scale)

    def period(self, per: str) -> str:
        return (PERIODS_ZH if self.zh else PERIODS_EN)[per]

    def minutes(self, minutes: int) -> str:
        return hours_zh(minutes) if self.zh else hours_en(minutes)

    def condition(self, when: Condition) -> str:
        """All that must hold, as one phrase."""
        joined = self.pick(", 且", " and ")
        return joined.join(self.fact(name, value) for name, value in when.asked())

    def fact(self, name: str, value: Any) -> str:
        """One condition."""
        words = WORDS[name][0 if self.zh else 1]
        if isinstance(value, bool):
            return words if value else self.pick(f"未{words.removeprefix('已')}", f"not {words}")
        if name == "measures":
            return self.pick(", 且", " and ").join(
                f"{self.name(key)}{self.fact_value(wanted)}" for key, wanted in value
            )
        if isinstance(value, tuple):
            return f"{words}{self.pick('为 ', ': ')}{self.names(value)}"
        return f"{words}{self.fact_value(value)}"

    def fact_value(self, value: Range | Season | Span | Hours) -> str:
        if isinstance(value, Range):
            if value.at_most is None:
                return self.pick(f"不少于 {value.low}", f" at least {value.low}")
            if value.at_least is None:
                return self.pick(f"不多于 {value.at_most}", f" at most {value.at_most}")
            return self.pick(f"在 {value.low} 至 {value.at_most} 之间", f" from {value.low} to {value.at_most}")
        if isinstance(value, Hours):
            first, last = (f"{m // 60:02}:{m % 60:02}" for m in (value.begins, value.ends))
        elif isinstance(value, Season):
            first, last = (f"{m:02}-{d:02}" for m, d in (value.first_day, value.last_day))
        else:
            first, last = value.first_day.isoformat(), value.last_day.isoformat()
        return self.pick(f"在 {first} 至 {last}", f" {first} to {last}")

    def cap(self, cap: Cap, measure: str | None = None) -> str:
        """The most that counts, of what is measured in `measure`."""
        counted = self.name(measure) if measure else self.pick("次(量)", "counted")
        most = {
            "minutes": lambda: self.minutes(cap.most),
            "points": lambda: self.points(cap.most),
            "count": lambda: f"{cap.most} {counted}",
            "deeds": lambda: self.pick(f"{cap.most} 条记录", f"{cap.most} records"),
        }[cap.unit]()
        whose = "" if cap.by == "person" else self.pick(f"每{self.name(cap.by)}", f" for each {self.name(cap.by)}")
        if cap.by == "everybody":
            whose = self.pick("全体", " for all together")
        return self.pick(f"{whose}{self.period(cap.per)}最多 {most}", f"at most {most} {self.period(cap.per)}{whose}")

    def lapse(self, policy: LapsePolicy) -> str:
        """When points lapse."""
        if policy.policy == "never":
            parts = [self.pick("积分永久有效", "points never lapse")]
        elif policy.policy.startswith("after_"):
            unit = policy.policy.removeprefix("after_")
            zh = {"days": "天", "months": "个月", "years": "年"}[unit]
            parts = [self.pick(f"得分之日起 {policy.count} {zh}内有效", f"valid for {policy.count} {unit}")]
        else:
            period = policy.policy.removeprefix("end_of_")
            zh = {"month": "月末", "quarter": "季度末", "half_year": "半年末", "year": "年末"}[period]
            later, name = policy.periods_after, period.replace("_", "-")
            zh = f"当期{zh}" if not later else f"得分之后第 {later} 个期间的{zh}"
            en = f"valid to the end of the {name}" + (f", {later} {name}s later" if later else "")
            parts = [self.pick(f"有效至{zh}", en)]
        if policy.grace_days:
            parts.append(self.pick(f"宽限 {policy.grace_days} 天", f"{policy.grace_days} days of grace"))
        if policy.carry_over_points is not None:
            most = self.points(policy.carry_over_points)
            parts.append(self.pick(f"最多结转 {most}", f"at most {most} carried over"))
        if policy.carry_over_share is not None:
            share = ratio_text(policy.carry_over_share * 100)
            parts.append(self.pick(f"结转 {share}%", f"{share}% carried over"))
        if policy.resets_on_redeem:
            parts.append(self.pick("兑换后剩余清零", "what a redemption leaves is reset to zero"))
        if policy.renews_on_award:
            parts.append(self.pick("再次得分则重新起算", "each award starts the time anew"))
        if policy.warn_days:
            days = "、".join(map(str, policy.warn_days)) if self.zh else ", ".join(map(str, policy.warn_days))
            parts.append(self.pick(f"提前 {days} 天提醒", f"warnings {days} days before"))
        return self.pick("，", ", ").join(parts)


def days_counted(counter: Counter, language: str) -> str:
    """What is said of a counter that counts days."""
    if counter.consecutive:
        return "(只计不间断的天数)" if language == "zh" else " (days without a gap)"
    if counter.once_a_day:
        return "(同一天只计一次)" if language == "zh" else " (a day counts once)"
    return ""


def unmet(book: Rulebook, rule: Rule, failing: list[str]) -> Text:
    """Why a rule that came near did not apply."""
    when = rule.when
    zh, en = Phrases(book, "zh"), Phrases(book, "en")
    facts = [(name, getattr(when, name)) for name in failing]
    return Text(
        zh=f"“{rule.title.zh}”要求" + ", 且".join(zh.fact(*fact) for fact in facts),
        en=f'"{rule.title.en}" asks for ' + " and ".join(en.fact(*fact) for fact in facts),
    )
