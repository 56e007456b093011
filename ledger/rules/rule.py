"""One rule of a rulebook, and what may stand beside it: caps, thresholds, coefficients, one-off keys, credits."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ledger.rules.conditions import NUMBER_MAX, Condition
from ledger.rules.deeds import ACCOUNTS, DEED_KINDS
from ledger.rules.forms import Choice, Name, Points, Rate, Ratio, Switch, Whole, said
from ledger.rules.history import SUBJECTS
from ledger.rules.lapse import LapsePolicy
from ledger.rules.parts import Many, Note, Part, Text
from ledger.rules.periods import CALENDAR, PERIODS

MINUTES_PER = {"hour": 60, "half_hour": 30, "minute": 1}
"""The timed bases of a rate; their quantity is minutes."""
BASES = (*MINUTES_PER, "session", "act", "month", "measure", "value", "balance", "fixed")
"""What a rate is for: time; one session however long; each act, person or month in post (the deed's count); a measured
quantity; each point of the value a wish carries; each point of the balance held; or once (fixed).
"""
ROUNDINGS = ("floor", "half_up", "ceil")
STACKINGS = ("product", "sum", "max", "first")
USES = ("spendable", "donate_only", "honour")
CREDITED = (*ACCOUNTS, "doer")
LIMITS = ("minutes", "count", "points", "deeds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """The most that counts in a period. What is over it is recorded as capped."""

    per: str = said(Choice(PERIODS), "期间", "the period")
    by: str = said(Choice(SUBJECTS), "按谁合计", "whose deeds count together", default="person")
    minutes: int | None = said(Whole(1, NUMBER_MAX), "最多计多少分钟", "most minutes counted", default=None)
    count: int | None = said(
        Whole(1, NUMBER_MAX), "最多计多少次(量)", "most counted, of what is not time", default=None
    )
    points: int | None = said(Points(), "最多得多少分", "most points", default=None)
    deeds: int | None = said(Whole(1, NUMBER_MAX), "最多计多少条记录", "most records that count", default=None)

    def check(self, note: Note) -> None:
        if len(self.limits()) != 1:
            note("", "请写且只写一项: minutes, count, points, deeds", "write one of: minutes, count, points, deeds")
        if self.points == 0:
            note(
                "points", "封顶为 0 就永远不得分, 请改分值", "a cap of 0 lets nothing through: change the rate instead"
            )

    def limits(self) -> list[tuple[str, int]]:
        return [(name, value) for name in LIMITS if (value := getattr(self, name)) is not None]

    @property
    def unit(self) -> str:
        return self.limits()[0][0]

    @property
    def most(self) -> int:
        return self.limits()[0][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """Nothing counts until so much was done in the period; then `all` of it counts, or only what is `beyond`."""

    per: str = said(Choice(PERIODS), "期间", "the period")
    minutes: int | None = said(Whole(1, NUMBER_MAX), "满多少分钟", "minutes", default=None)
    count: int | None = said(Whole(1, NUMBER_MAX), "满多少次(量)", "how many, of what is not time", default=None)
    counts: str = said(Choice(("all", "beyond")), "达到后计全部还是超出部分", "what counts then")

    def check(self, note: Note) -> None:
        if (self.minutes is None) == (self.count is None):
            note("", "请写 minutes 或 count 之一", "write one of minutes and count")

    @property
    def least(self) -> int:
        return self.minutes or self.count or 0

    def passes(self, quantity: int) -> int:
        """How much of a running total counts."""
        if self.counts == "beyond":
            return max(0, quantity - self.least)
        return quantity if quantity >= self.least else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """A bonus given once in a period; with `each_key`, once for each person referred, commendation or rank."""

    per: str = said(Choice(CALENDAR), "期间", "the period")
    by: str = said(Choice(SUBJECTS), "对谁一次", "for whom", default="person")
    each_key: bool = said(Switch(), "每个对象(被推荐人、表彰、星级)一次", "once for each key", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """Applies only when the deed is the so-manieth of a counter, this deed included."""

    counter: str = said(Name(), "计数器编号", "the counter's id")
    at_least: int = said(Whole(1, NUMBER_MAX), "从第几次起", "from which on")
    at_most: int | None = said(Whole(1, NUMBER_MAX), "到第几次止", "up to which", default=None)

    def check(self, note: Note) -> None:
        if self.at_most is not None and self.at_most < self.at_least:
            note("at_most", "小于 at_least, 永远不成立", "less than at_least: it can never hold")

    def holds(self, number: int) -> bool:
        return self.at_least <= number and (self.at_most is None or number <= self.at_most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Void:
    """When a deed counts for nothing, and the words for why. Its hours stay on record as evidence."""

    title: Text = said(Part(Text), "原因", "why")
    when: Condition = said(Part(Condition), "条件", "when")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditTo:
    """Which account points go to, what they may be used for, and which share of them."""

    to: str = said(Choice(CREDITED), "记入账户", "the account; doer is the one on whose behalf it was done")
    use: str = said(Choice(USES), "用途", "what they may be used for", default="spendable")
    share: Fraction = said(Ratio(), "份额", "the share", default=Fraction(1))

    def check(self, note: Note) -> None:
        if not 0 < self.share <= 1:
            note("share", "份额须大于 0 且不大于 1", "must be more than 0 and at most 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One line of a coefficient table."""

    factor: Fraction = said(Ratio(), "系数", "the multiplier")
    title: Text = said(Part(Text), "名称", "title")
    when: Condition | None = said(Part(Condition), "条件; 不写即其余全部", "when; left out: all others", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoefficientTable:
    """A table of multipliers: the first level whose condition holds gives the factor; 1 if none does."""

    id: str = said(Name(), "编号", "id")
    title: Text = said(Part(Text), "名称", "title")
    levels: tuple[Level, ...] = said(Many(Part(Level)), "各级", "levels")

    def check(self, note: Note) -> None:
        for index, level in enumerate(self.levels[:-1]):
            if level.when is None:
                note(
                    f"levels[{index + 1}]",
                    "前一级已包括其余全部, 这一级永远用不到",
                    "never reached: the level before takes all",
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Rules counted together, with caps of their own."""

    id: str = said(Name(), "编号", "id")
    title: Text = said(Part(Text), "名称", "title")
    caps: tuple[Cap, ...] = said(Many(Part(Cap)), "封顶", "caps", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Points for what meets `when` and none of `unless`. The first rule that applies decides; one that `adds` comes on
    top. Minutes are rounded to steps, points to whole smallest units or `points_step`, both by `rounding`.
    """

    id: str = said(Name(), "编号", "id")
    title: Text = said(Part(Text), "名称", "title")
    effect: str = said(Choice(("award", "penalty")), "加分还是减分", "gives or takes points", default="award")
    adds: bool = said(Switch(), "在其他规则之外另加", "comes on top of what other rules give", default=False)
    deeds: tuple[str, ...] | None = said(
        Many(Choice(DEED_KINDS), unique=True),
        "适用于",
        "kinds of deed; service, or penalty for a penalty",
        default=None,
    )
    when: Condition | None = said(Part(Condition), "条件", "when", default=None)
    unless: tuple[Condition, ...] = said(Many(Part(Condition)), "除外", "but not when any of", default=())
    occurrence: Occurrence | None = said(Part(Occurrence), "第几次", "which occurrence", default=None)
    points: Fraction = said(Rate(), "分值", "points for each")
    per: str = said(Choice(BASES), "按什么计", "for each what")
    per_count: int = said(Whole(1, 100_000), "每多少个计一次", "for each how many", default=1)
    measure: str | None = said(Name(), "计量名称", "which measured quantity", default=None)
    step_minutes: int = said(Whole(1, 24 * 60), "计时单位(分钟)", "minutes count in steps of", default=1)
    step_count: int = said(Whole(1, 100_000), "计数单位", "counts in steps of", default=1)
    rounding: str | None = said(Choice(ROUNDINGS), "舍入", "rounding", default=None)
    points_step: int | None = said(Points(), "分值取整到", "points are rounded to steps of", default=None)
    accumulate: str = said(Choice(PERIODS), "零头在多长期间内累计", "how long remainders add up", default="deed")
    threshold: Threshold | None = said(Part(Threshold), "起算线", "nothing counts before", default=None)
    caps: tuple[Cap, ...] = said(Many(Part(Cap)), "封顶", "caps", default=())
    theme: str | None = said(Name(), "所属主题", "theme", default=None)
    coefficients: tuple[str, ...] = said(Many(Name(), unique=True), "系数表", "coefficient tables", default=())
    stacking: str = said(Choice(STACKINGS), "多个系数如何合用", "how several coefficients join", default="product")
    once: Once | None = said(Part(Once), "只计一次", "given once", default=None)
    voids: tuple[Void, ...] = said(Many(Part(Void)), "不计情形", "counts for nothing when", default=())
    credits: tuple[CreditTo, ...] = said(Many(Part(CreditTo)), "记入", "credited to", default=())
    lapse: LapsePolicy | None = said(Part(LapsePolicy), "有效期", "its own lapse policy", default=None)

    @property
    def timed(self) -> bool:
        return self.per in MINUTES_PER

    @property
    def step(self) -> int:
        return self.step_minutes if self.timed else self.step_count

    @property
    def deed_kinds(self) -> tuple[str, ...]:
        return self.deeds or (("penalty",) if self.effect == "penalty" else ("service",))

    def check(self, note: Note) -> None:
        if self.timed and self.rounding is None:
            note("rounding", "缺少这个字段, 请补上", "missing: add it")
        if self.timed and self.deed_kinds != ("service",):
            note("per", "只有志愿服务才有时长, 请改 deeds 或 per", "only service has hours: change deeds or per")
        if (self.per == "measure") != (self.measure is not None):
            note("measure", "per 为 measure 时才写, 并且必须写", "needed for per: measure, and only there")
        self._check_step(note)
        for index, cap in enumerate(self.caps):
            self._check_limit(cap, f"caps[{index}]", note)
        if self.threshold is not None:
            self._check_limit(self.threshold, "threshold", note)
        if self.credits and sum(credit.share for credit in self.credits) != 1:
            note("credits", "各份额之和必须是 1", "the shares must add up to 1")
        if self.effect == "penalty" and (self.credits or self.once):
            note("effect", "减分不写 credits 和 once", "a penalty has no credits and no once")
        if self.points_step == 0:
            note("points_step", "不能是 0", "must not be 0")

    def _check_step(self, note: Note) -> None:
        if self.timed and self.step_count != 1:
            note("step_count", "按时间计分时请写 step_minutes", "a timed rate has step_minutes")
        if not self.timed and self.step_minutes != 1:
            note("step_minutes", "不按时间计分时请写 step_count", "only for a timed rate; write step_count")
        if self.per in ("session", "fixed") and self.accumulate == "deed" and max(self.per_count, self.step_count) > 1:
            note(
                "accumulate",
                "每次只有 1 个, 请写在多长期间内累计",
                "one deed is only one: say over which period it adds up",
            )

    def _check_limit(self, limit: Cap | Threshold, path: str, note: Note) -> None:
        if limit.minutes is not None and not self.timed:
            note(f"{path}.minutes", "不按时间计分, 请写 count 或 points", "not a timed rate: write count or points")
        if limit.count is not None and self.timed:
            note(f"{path}.count", "按时间计分, 请写 minutes 或 points", "a timed rate: write minutes or points")
        if isinstance(limit, Cap) and limit.unit in ("minutes", "count") and limit.most % self.step:
            note(
                f"{path}.{limit.unit}",
                f"必须是计量单位 {self.step} 的整数倍",
                f"must be a multiple of the step {self.step}",
            )
