"""Star ladders (E11): which level hours, points and other metrics are worth, and what a promotion or demotion asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from ledger.rules.conditions import NUMBER_MAX, Condition
from ledger.rules.deeds import CAPTURE_METHODS, Deed
from ledger.rules.forms import Choice, Name, Points, Switch, Whole, said
from ledger.rules.parts import Many, Note, Part, Text
from ledger.rules.periods import bounds
from ledger.rules.wording import points_text

STAR_LADDER_HOURS = (100, 300, 600, 1000, 1500)
"""Hours for one to five stars, from the 2012 draft of the Ministry of Civil Affairs (民政部). A default, not law."""
STAR_NOTICE_DAYS = 5
"""Working days a change of stars is on notice, as provinces do. A default, not law."""
METRICS = ("hours", "points", "services", "commendations", "tenure_days")
METRICS_SAID = {
    "hours": ("服务时长 {} 小时", "{} h of service"),
    "points": ("积分 {}", "{} points"),
    "services": ("服务 {} 次", "{} services"),
    "commendations": ("表彰 {} 次", "{} commendations"),
    "tenure_days": ("注册满 {} 天", "registered for {} days"),
}
NO_STAR = ("无星级", "no star")
_DIGITS = "零一二三四五六七八九十"


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

    def windows(self, on: date, year_begins: int = 1) -> tuple[tuple[date, date], ...]:
        """From which day to which the ladder looks, for somebody judged on `on`; the best of these counts.

        A year's stars are earned in the year so far or in the last full one: nobody loses theirs on New Year's Day.
        """
        if self.over == "lifetime":
            return ((date.min, on),)
        first, _ = bounds("year", on, year_begins)
        return (first, on), bounds("year", first - timedelta(days=1), year_begins)

    def best(self, standings: Sequence[Standing]) -> Standing:
        """Of what somebody has in each window, what reaches the highest level; on a tie the latest."""
        return max(standings, key=lambda standing: self.level_of(standing).level)

    def lacking(self, held: int, standing: Standing) -> dict[str, int]:
        """What the level after `held` still asks for, by metric; empty when it is reached, or there is none."""
        if held >= len(self.levels):
            return {}
        has = self.metrics(standing)
        return {name: value - has[name] for name, value in self.levels[held].asked().items() if has[name] < value}

    def is_for(self, person: Deed) -> bool:
        """Whether the ladder is for somebody of whom these facts are known."""
        return self.who is None or self.who.holds(person)

    def approver(self, held: int, level: int) -> str | None:
        """The level of organisation that decides about a way from `held` to `level`; None: whoever may."""
        return self.levels[max(held, level) - 1].approved_by or self.approved_by

    def title_of(self, level: int) -> Text:
        return self.levels[level - 1].title if level else Text(zh=NO_STAR[0], en=NO_STAR[1])

    def because(self, held: int, level: int, standing: Standing, points_scale: int) -> Text:
        """Why somebody who holds `held` is due for `level`, in plain words."""
        has = self.metrics(standing)
        judged = max(held, level)
        asked = self.levels[judged - 1].asked()
        if level < held:
            asked = {metric: value for metric, value in asked.items() if has[metric] < value}
        shown = {
            metric: (_shown(metric, has[metric], points_scale), _shown(metric, value, points_scale))
            for metric, value in asked.items()
        }
        zh = ", ".join(f"{METRICS_SAID[metric][0].format(own)}(应满 {most})" for metric, (own, most) in shown.items())
        en = ", ".join(f"{METRICS_SAID[metric][1].format(own)} ({most} asked)" for metric, (own, most) in shown.items())
        title, after = self.title_of(judged), self.title_of(level)
        if level > held:
            return Text(zh=f"{zh}, 达到“{title.zh}”标准", en=f"{en}: reaches {title.en}")
        return Text(
            zh=f"{zh}, 不再达到“{title.zh}”标准, 应为“{after.zh}”",
            en=f"{en}: no longer reaches {title.en}, now {after.en}",
        )


def _shown(metric: str, value: int, points_scale: int) -> str:
    return points_text(value, points_scale) if metric == "points" else str(value)


def default_ladder(hours: Sequence[int] = STAR_LADDER_HOURS, notice_days: int = STAR_NOTICE_DAYS) -> Ladder:
    """The ladder where no rulebook has one: whole hours, which must rise, and nobody is demoted."""
    if not hours or any(lower >= upper for lower, upper in pairwise((0, *hours))):
        raise ValueError(f"a star ladder must rise: {list(hours)}")
    levels = tuple(Rung(title=_stars(number), hours=asked) for number, asked in enumerate(hours, 1))
    return Ladder(
        id="stars", title=Text(zh="星级志愿者", en="star-rated volunteer"), levels=levels, notice_days=notice_days
    )


def _stars(number: int) -> Text:
    zh = _DIGITS[number] if number < len(_DIGITS) else str(number)
    return Text(zh=f"{zh}星", en=f"{number} star{'' if number == 1 else 's'}")


def held_level(granted: Iterable[tuple[str, int]], ladder: str, ladders: Iterable[str]) -> int:
    """The level somebody holds on a ladder. `granted`: (ladder, level) of every decision, the earliest first; `ladders`
    are those in force. What was granted on a ladder that is gone counts until the new one has spoken.
    """
    known = frozenset(ladders)
    own = gone = None
    for on, level in granted:
        if on == ladder:
            own = level
        elif on not in known:
            gone = level
    return next((level for level in (own, gone) if level is not None), 0)


def standing_recorded(standing: Standing) -> dict[str, int | dict[str, int]]:
    """A standing as it is kept beside what it led to."""
    return {**standing._asdict(), "minutes": {name: standing.minutes[name] for name in sorted(standing.minutes)}}


def standing_from(recorded: Mapping[str, Any]) -> Standing:
    """The standing that was kept. Raises TypeError, ValueError where it is none."""
    return Standing(**recorded)
