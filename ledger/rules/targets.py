"""Targets (E17) for persons and units, and how far they are met."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ledger.rules.conditions import NUMBER_MAX, Condition
from ledger.rules.deeds import ACCOUNTS
from ledger.rules.forms import Choice, Name, Points, Ratio, Whole, said
from ledger.rules.parts import Note, Part, Text
from ledger.rules.periods import CALENDAR

MEASURES = ("hours", "points", "deeds", "rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """So much of something for each of some owners in a period. A rate is a share of those who could."""

    id: str = said(Name(), "编号", "id")
    title: Text = said(Part(Text), "名称", "title")
    owner: str = said(Choice(ACCOUNTS), "对象", "whose target")
    who: Condition | None = said(Part(Condition), "适用对象", "for whom", default=None)
    per: str = said(Choice(CALENDAR), "期间", "the period")
    hours: int | None = said(Whole(1, NUMBER_MAX), "小时", "hours", default=None)
    points: int | None = said(Points(), "积分", "points", default=None)
    deeds: int | None = said(Whole(1, NUMBER_MAX), "次数", "deeds", default=None)
    rate: Fraction | None = said(Ratio(), "比率(不超过 1)", "a rate, at most 1", default=None)

    def check(self, note: Note) -> None:
        if not self.asked():
            note("", f"请至少写一项: {', '.join(MEASURES)}", f"write at least one of: {', '.join(MEASURES)}")
        if self.rate is not None and self.rate > 1:
            note("rate", "比率不能超过 1", "must be at most 1")

    def asked(self) -> dict[str, int | Fraction]:
        return {measure: value for measure in MEASURES if (value := getattr(self, measure)) is not None}

    def missing(self, done: dict[str, int | Fraction]) -> dict[str, int | Fraction]:
        """What is still missing, by measure; empty when the target is met. Hours and deeds whole, points in units."""
        return {
            measure: value - done.get(measure, 0)
            for measure, value in self.asked().items()
            if done.get(measure, 0) < value
        }
