"""Star ladders (E11): which level hours, points and other metrics are worth, and what a promotion or demotion asks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ledger.rules.conditions import NUMBER_MAX, Condition
from ledger.rules.deeds import CAPTURE_METHODS
from ledger.rules.forms import Choice, Name, Points, Switch, Whole, said
from ledger.rules.parts import Many, Note, Part, Text

STAR_LADDER_HOURS = (100, 300, 600, 1000, 1500)
"""Hours for one to five stars, from the 2012 draft of the Ministry of Civil Affairs (民政部). A default, not law."""
METRICS = ("hours", "points", "services", "commendations", "tenure_days")


def star_level(minutes: int, ladder: Sequence[int] = STAR_LADDER_HOURS) -> int:
    """The stars (0 to `len(ladder)`) reached with that many minutes; `ladder` is in whole hours and must rise."""
    if any(lower >= upper for lower, upper in pairwise(ladder)):
        raise ValueError(f"a star ladder must rise: {list(ladder)}")
    return bisect_right(ladder, minutes // 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One level. All metrics that are written must be reached."""

    title: Text = said(Part(Text), "名称", "title")
    hours: int | None = said(Whole(0, NUMBER_MAX), "时长(小时)", "hours", default=None)
    points: int | None = said(Points(), "积分", "points", default=None)
    services: int | None = said(Whole(0, NUMBER_MAX), "服务次数", "number of services", default=None)
    commendations: int | None = said(Whole(0, NUMBER_MAX), "表彰次数", "commendations", default=None)
    tenure_days: int | None = said(Whole(0, NUMBER_MAX), "注册满(天)", "days since registration", default=None)
    approved_by: str | None = said(Name(), "由哪一级认定", "approved at which level", default=None)

    def asked(self) -> dict[str, int]:
        return {metric: value for metric in METRICS if (value := getattr(self, metric)) is not None}

    def check(self, note: Note) -> None:
        if not self.asked():
            note("", f"请至少写一项: {', '.join(METRICS)}", f"write at least one of: {', '.join(METRICS)}")


class Standing(NamedTuple):
    """What a person has, over the time the ladder looks at. Points in the smallest unit."""

    minutes: Mapping[str, int] = {}
    """Minutes counted, by capture method."""
    points_gained: int = 0
    points_taken: int = 0
    balance: int = 0
    services: int = 0
    commendations: int = 0
    tenure_days: int = 0


class StarLevel(NamedTuple):
    """The level reached (0: none), and what the next one still lacks, by metric."""

    level: int
    title: Text | None
    lacking: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """A ladder of levels, lowest first."""

    id: str = said(Name(), "编号", "id")
    title: Text = said(Part(Text), "名称", "title")
    levels: tuple[Rung, ...] = said(Many(Part(Rung)), "各级", "levels, lowest first")
    over: str = said(
        Choice(("lifetime", "year")), "累计还是按年", "over a lifetime or within a year", default="lifetime"
    )
    hours_counted: tuple[str, ...] | None = said(
        Many(Choice(CAPTURE_METHODS), unique=True), "哪些时长计入", "which hours count", default=None
    )
    points_counted: str = said(
        Choice(("gained", "net", "balance")), "哪些积分计入", "gained; net of penalties; or the balance", default="net"
    )
    demotes: bool = said(Switch(), "不达标则降级", "demotes who falls below", default=False)
    notice_days: int = said(Whole(0, 365), "公示天数", "days of public notice", default=0)
    working_days: bool = said(Switch(), "按工作日计", "counted in working days", default=True)
    approved_by: str | None = said(Name(), "由哪一级认定", "approved at which level", default=None)
    who: Condition | None = said(Part(Condition), "适用对象", "for whom", default=None)

    def check(self, note: Note) -> None:
        for index, (lower, upper) in enumerate(pairwise(self.levels), 1):
            below, above = lower.asked(), upper.asked()
            if any(above.get(metric, -1) < value for metric, value in below.items()) or below == above:
                note(
                    f"levels[{index}]",
                    "每一级都不得低于前一级, 且至少一项更高",
                    "must ask no less than the level before, and more of something",
                )

    def metrics(self, standing: Standing) -> dict[str, int]:
        """The standing in the ladder's own terms."""
        methods = self.hours_counted or CAPTURE_METHODS
        points = {
            "gained": standing.points_gained,
            "net": standing.points_gained - standing.points_taken,
            "balance": standing.balance,
        }
        return {
            "hours": sum(standing.minutes.get(method, 0) for method in methods) // 60,
            "points": points[self.points_counted],
            "services": standing.services,
            "commendations": standing.commendations,
            "tenure_days": standing.tenure_days,
        }

    def level_of(self, standing: Standing) -> StarLevel:
        """The highest level all of whose metrics are reached."""
        has = self.metrics(standing)
        level = 0
        for number, rung in enumerate(self.levels, 1):
            if all(has[metric] >= value for metric, value in rung.asked().items()):
                level = number
        lacking: dict[str, int] = {}
        if level < len(self.levels):
            asked = self.levels[level].asked()
            lacking = {metric: value - has[metric] for metric, value in asked.items() if has[metric] < value}
        return StarLevel(level, self.levels[level - 1].title if level else None, lacking)

    def next_level(self, held: int, standing: Standing) -> int:
        """The level due to somebody who holds `held`: up when reached, down only where the ladder demotes."""
        reached = self.level_of(standing).level
        return reached if self.demotes else max(held, reached)
