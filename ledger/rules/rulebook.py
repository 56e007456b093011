"""A rulebook as frozen values: what the loader makes of the text, what `assess` reads and `sentences` reads aloud.

A deed is assessed under the rulebook in force on the day of the deed; a new version never changes what was awarded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ledger.rules.conditions import Condition, Span
from ledger.rules.counters import Counter
from ledger.rules.deeds import ACCOUNTS
from ledger.rules.forms import Choice, Day, Name, Points, Switch, Whole, Words, said
from ledger.rules.lapse import LapsePolicy
from ledger.rules.parts import Many, Named, Note, Part, Text
from ledger.rules.redemption import RedemptionPolicy
from ledger.rules.reviews import PostingPolicy
from ledger.rules.rule import Cap, CoefficientTable, Rule, Theme, Void
from ledger.rules.selection import Selection
from ledger.rules.stars import Ladder
from ledger.rules.targets import Target

VERSION_MAX = 999_999_999
BARRED = ("awards", "redemptions", "stars")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """The most an account may hold. What an award brings beyond it is dropped, or kept for another use."""

    account: str = said(Choice(ACCOUNTS), "账户", "the account")
    points: int = said(Points(), "余额上限", "the most it may hold")
    overflow: str = said(
        Choice(("drop", "honour", "donate_only")),
        "超出部分",
        "what becomes of the rest: dropped, honour, donation only",
    )

    def check(self, note: Note) -> None:
        if not self.points:
            note(
                "points", "上限为 0 就什么也不能存, 请删去或改分值", "a ceiling of 0 holds nothing: change or remove it"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPolicy:
    """A household, group or unit account: who spends from it, and whether its members' points go into it."""

    account: str = said(Choice(ACCOUNTS), "账户", "the account")
    title: Text = said(Part(Text), "名称", "title")
    pools: bool = said(Switch(), "成员积分汇入", "its members' spendable points go into it", default=False)
    spends: str = said(Choice(("anyone", "head", "nobody")), "谁可动用", "who may spend from it", default="anyone")
    members_at_most: int | None = said(Whole(1, 100_000), "成员最多", "most members", default=None)

    def check(self, note: Note) -> None:
        if self.pools and self.account == "person":
            note("pools", "个人账户没有成员", "a person's account has no members")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Whose deeds earn nothing, who may not redeem or be given stars, when and why."""

    title: Text = said(Part(Text), "原因", "why")
    when: Condition = said(Part(Condition), "谁、何事", "who or what")
    days: Span | None = said(Part(Span), "期间", "between", default=None)
    bars: tuple[str, ...] = said(Many(Choice(BARRED), unique=True), "排除", "from what")

    def holds(self, on: date) -> bool:
        return self.days is None or self.days.holds(on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inherited:
    """The rulebook this one builds on."""

    code: str = said(Name(), "上级规则代码", "its code")
    version: int = said(Whole(1, VERSION_MAX), "版本", "its version")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """One version of a bank's rules. Amounts are in the bank's smallest unit: 10**points_scale of them are a point."""

    code: str = said(Name(), "代码", "code")
    version: int = said(Whole(1, VERSION_MAX), "版本", "version")
    title: Text = said(Part(Text), "名称", "title")
    source: tuple[Text, ...] = said(Many(Part(Text)), "依据(事实)", "facts it rests on", default=())
    assumptions: tuple[Text, ...] = said(Many(Part(Text)), "假定", "what was assumed", default=())
    effective_from: date = said(Day(), "生效日", "in force from")
    effective_to: date | None = said(Day(), "失效日(当天仍有效)", "in force to, that day included", default=None)
    inherits: Inherited | None = said(Part(Inherited), "承接", "builds on", default=None)
    locked: tuple[str, ...] = said(
        Many(Words(), unique=True), "下级不得改动", "what those below may not change", default=()
    )
    terms: tuple[tuple[str, Text], ...] = said(
        Named(Part(Text)), "用语", "the words for names used in conditions", default=()
    )
    year_begins: int = said(Whole(1, 12), "年度从几月开始", "the month a year begins with", default=1)
    posting: PostingPolicy = said(Part(PostingPolicy), "入账办法", "how awards are posted")
    lapse: LapsePolicy = said(Part(LapsePolicy), "有效期", "when points lapse")
    penalties: str = said(
        Choice(("debt", "drop")), "余额不够扣时", "what of a penalty goes beyond the balance", default="debt"
    )
    rules: tuple[Rule, ...] = said(Many(Part(Rule)), "规则", "rules")
    themes: tuple[Theme, ...] = said(Many(Part(Theme)), "主题", "themes", default=())
    coefficients: tuple[CoefficientTable, ...] = said(
        Many(Part(CoefficientTable)), "系数表", "coefficient tables", default=()
    )
    caps: tuple[Cap, ...] = said(Many(Part(Cap)), "总封顶", "caps on everything together", default=())
    voids: tuple[Void, ...] = said(Many(Part(Void)), "一律不计情形", "no deed counts when", default=())
    exclusions: tuple[Exclusion, ...] = said(Many(Part(Exclusion)), "排除名单", "exclusions", default=())
    ceilings: tuple[Ceiling, ...] = said(Many(Part(Ceiling)), "余额上限", "balance ceilings", default=())
    accounts: tuple[AccountPolicy, ...] = said(Many(Part(AccountPolicy)), "账户", "accounts", default=())
    counters: tuple[Counter, ...] = said(Many(Part(Counter)), "计数", "counters", default=())
    ladders: tuple[Ladder, ...] = said(Many(Part(Ladder)), "星级", "star ladders", default=())
    redemption: RedemptionPolicy | None = said(Part(RedemptionPolicy), "兑换", "redemption", default=None)
    targets: tuple[Target, ...] = said(Many(Part(Target)), "目标", "targets", default=())
    points_scale: int = field(default=0)
    _selection: Selection = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_selection", Selection(self))

    @property
    def selection(self) -> Selection:
        return self._selection

    @property
    def redeeming(self) -> RedemptionPolicy:
        """The redemption policy; an open one where none is written."""
        return self.redemption or RedemptionPolicy()

    def term(self, name: str, language: str) -> str:
        """The words for a name, or the name itself."""
        text = self.selection.terms.get(name)
        return text.in_language(language) if text else name

    def lapse_day(self, earned_on: date, rule_id: str | None = None) -> date | None:
        """The last day on which points earned on `earned_on` are valid; None means that they never lapse."""
        rule = self.rule(rule_id)
        policy = rule.lapse if rule is not None and rule.lapse is not None else self.lapse
        return policy.last_day(earned_on, self.year_begins)

    def rule(self, rule_id: str | None) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def account(self, kind: str) -> AccountPolicy | None:
        return next((account for account in self.accounts if account.account == kind), None)

    def check(self, note: Note) -> None:
        if self.effective_to is not None and self.effective_to < self.effective_from:
            note("effective_to", "失效日早于生效日", "before the day it comes into force")


def in_force(rulebooks: Sequence[Rulebook], on: date) -> Rulebook | None:
    """The rulebook with the latest `effective_from` not after `on` that has not ended, on a tie the highest version;
    None if there is none.
    """
    begun = [book for book in rulebooks if book.effective_from <= on and (book.effective_to or on) >= on]
    return max(begun, key=lambda book: (book.effective_from, book.version, book.code), default=None)
