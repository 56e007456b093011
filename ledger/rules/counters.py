"""Counters (E9): so many no-shows or so many penalty points in a period raise a flag, for people to act on.

A flag is a reminder with a reason and an end date. The bank never denies a public service by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ledger.rules.conditions import NUMBER_MAX, Condition
from ledger.rules.deeds import DEED_KINDS, FLAGS
from ledger.rules.forms import Choice, Name, Points, Switch, Whole, said
from ledger.rules.history import SUBJECTS
from ledger.rules.parts import Many, Note, Part, Text
from ledger.rules.periods import CALENDAR, bounds, days_later, months_later

RUN_DAYS_MAX = 366
"""Longer runs without a gap are nobody's; each day of one is a question to the past."""
ENDS = ("never", "days", "months", "years", "end_of_period")


@dataclass(frozen=True, slots=True, kw_only=True)
class Raise:
    """What happens when a counter reaches a number: a flag, its words, and when it ends."""

    at: int | None = said(Whole(1, NUMBER_MAX), "第几次", "at which number of deeds", default=None)
    at_points: int | None = said(Points(), "累计扣多少分", "at how many penalty points", default=None)
    flag: str = said(Choice(FLAGS), "标记", "the flag")
    title: Text = said(Part(Text), "说明", "its words")
    ends: str = said(Choice(ENDS), "何时解除", "when it ends", default="never")
    count: int | None = said(Whole(1, 3_660), "多少天、月、年", "how many days, months, years", default=None)

    def check(self, note: Note) -> None:
        if (self.at is None) == (self.at_points is None):
            note("", "请写 at 或 at_points 之一", "write one of at and at_points")
        if (self.count is not None) != (self.ends in ("days", "months", "years")):
            note("count", "days、months、years 必须写, 其他不写", "needed for days, months and years, and only there")

    def last_day(self, on: date, per: str, year_begins: int) -> date | None:
        """The flag's last day; None if it has none."""
        count = self.count or 0
        if self.ends == "never":
            return None
        if self.ends == "days":
            return days_later(on, count)
        if self.ends == "end_of_period":
            return bounds(per, on, year_begins)[1]
        return months_later(on, count * (12 if self.ends == "years" else 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Counts deeds of some kinds in a period, or the points they take."""

    id: str = said(Name(), "编号", "id")
    title: Text = said(Part(Text), "名称", "title")
    deeds: tuple[str, ...] = said(Many(Choice(DEED_KINDS), unique=True), "适用于", "kinds of deed")
    when: Condition | None = said(Part(Condition), "条件", "when", default=None)
    per: str = said(Choice(CALENDAR), "期间", "the period")
    by: str = said(Choice(SUBJECTS), "按谁合计", "whose deeds count together", default="person")
    once_a_day: bool = said(Switch(), "同一天只计一次", "counts a day once, however often it was done", default=False)
    consecutive: bool = said(
        Switch(), "只计不间断的天数", "counts days without a gap, that of the deed the last", default=False
    )
    raises: tuple[Raise, ...] = said(Many(Part(Raise)), "达到后", "what it raises", default=())

    @property
    def by_days(self) -> bool:
        """Whether a day counts once, however often it was done."""
        return self.once_a_day or self.consecutive

    def check(self, note: Note) -> None:
        if self.consecutive and self.per != "lifetime":
            zh, en = "不间断的天数跨越期间, 请写 per: lifetime", "days without a gap cross periods: write per: lifetime"
            note("per", zh, en)
        if self.consecutive and any((raised.at or 0) > RUN_DAYS_MAX for raised in self.raises):
            zh, en = f"最多 {RUN_DAYS_MAX} 天", f"at most {RUN_DAYS_MAX} days"
            note("raises", zh, en)
        if self.once_a_day and self.per == "day":
            zh = "按天计数时, 同一天只计一次就永远只有 1, 请改期间"
            note("once_a_day", zh, "within a day there is then never more than one: choose a longer period")
        if self.by_days and any(raised.at_points is not None for raised in self.raises):
            zh, en = "按分值触发时不能同一天只计一次", "not together with at_points, which adds every point up"
            note("once_a_day", zh, en)


class Flag(NamedTuple):
    """A flag that a deed raised, for people to act on."""

    counter: str
    flag: str
    title: Text
    reached: int
    first_day: date
    last_day: date | None
    """None: until people lift it."""

    def sentence(self, language: str) -> str:
        words = self.title.in_language(language)
        if language == "zh":
            until = f"至 {self.last_day.isoformat()}" if self.last_day else "未定期限"
            return f"{words} (已达 {self.reached}), 自 {self.first_day.isoformat()} 起, {until}, 请人工处理"
        until = f"to {self.last_day.isoformat()}" if self.last_day else "with no end set"
        return f"{words} (reached {self.reached}), from {self.first_day.isoformat()} {until}; for people to act on"
