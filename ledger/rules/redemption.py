"""Redemption policy (E15) as data, and a pure check that gives every reason for a no.

A flag (suspension, blacklist) is a matter for people: it is told as a reason to ask, never as a refusal by the bank.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ledger.rules.conditions import NUMBER_MAX, Hours, Season, Span
from ledger.rules.deeds import WEEKDAYS
from ledger.rules.forms import Choice, Name, Points, Switch, Whole, said
from ledger.rules.parts import Many, Note, Part, Text
from ledger.rules.periods import CALENDAR

LIMITED = ("redemptions", "items", "points")
DAYS_AHEAD = 367
"""How far ahead people are told when redemption opens."""
BY = ("person", "household", "item", "everybody")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When the desk is open: all that is written must hold."""

    season: Season | None = said(Part(Season), "每年时段", "every year between", default=None)
    days: Span | None = said(Part(Span), "日期", "between", default=None)
    months: tuple[int, ...] | None = said(Many(Whole(1, 12), unique=True), "月份", "months", default=None)
    month_days: tuple[int, ...] | None = said(
        Many(Whole(1, 31), unique=True), "每月几号", "days of the month", default=None
    )
    weekdays: tuple[str, ...] | None = said(Many(Choice(WEEKDAYS), unique=True), "星期", "weekdays", default=None)
    time_of_day: Hours | None = said(Part(Hours), "时刻", "time of day", default=None)

    def check(self, note: Note) -> None:
        if not any((self.season, self.days, self.months, self.month_days, self.weekdays, self.time_of_day)):
            note("", "请至少写一个条件", "write at least one condition")

    def open(self, on: date, minute: int | None) -> bool:
        """Whether it is open. `minute` is the local time of day in minutes; None: any time of that day."""
        return (
            (self.season is None or self.season.holds(on))
            and (self.days is None or self.days.holds(on))
            and (self.months is None or on.month in self.months)
            and (self.month_days is None or on.day in self.month_days)
            and (self.weekdays is None or WEEKDAYS[on.weekday()] in self.weekdays)
            and (self.time_of_day is None or minute is None or self.time_of_day.holds(minute))
        )

    def begins(self, on: date) -> int | None:
        """The minute of that day at which it opens; None if it does not."""
        if not self.open(on, None):
            return None
        return self.time_of_day.begins if self.time_of_day else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The most that may be redeemed in a period: times, items or points; of some classes of goods, or of all."""

    per: str = said(Choice(CALENDAR), "期间", "the period")
    by: str = said(Choice(BY), "按谁合计", "whose redemptions count together", default="person")
    classes: tuple[str, ...] | None = said(Many(Name(), unique=True), "奖品类别", "classes of prizes", default=None)
    redemptions: int | None = said(Whole(1, NUMBER_MAX), "最多几次", "most redemptions", default=None)
    items: int | None = said(Whole(1, NUMBER_MAX), "最多几件", "most items", default=None)
    points: int | None = said(Points(), "最多多少分", "most points", default=None)

    def check(self, note: Note) -> None:
        if sum(getattr(self, name) is not None for name in LIMITED) != 1:
            note("", "请写且只写一项: redemptions, items, points", "write one of: redemptions, items, points")

    @property
    def unit(self) -> str:
        return next(name for name in LIMITED if getattr(self, name) is not None)

    @property
    def most(self) -> int:
        return int(getattr(self, self.unit))

    def speaks_of(self, item_class: str | None) -> bool:
        return self.classes is None or item_class in self.classes


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """Which goods ask for more than their price: a balance, hours or stars that must be had and are not spent."""

    title: Text = said(Part(Text), "名称", "title")
    classes: tuple[str, ...] = said(Many(Name(), unique=True), "奖品类别", "classes of prizes")
    balance_points: int = said(Points(), "积分满", "a balance of at least", default=0)
    hours: int = said(Whole(0, NUMBER_MAX), "时长满(小时)", "hours of at least", default=0)
    star_level: int = said(Whole(0, 20), "星级不低于", "a star level of at least", default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Privilege:
    """What a balance, hours or stars open without being spent."""

    id: str = said(Name(), "编号", "id")
    title: Text = said(Part(Text), "名称", "title")
    balance_points: int = said(Points(), "积分满", "a balance of at least", default=0)
    hours: int = said(Whole(0, NUMBER_MAX), "时长满(小时)", "hours of at least", default=0)
    star_level: int = said(Whole(0, 20), "星级不低于", "a star level of at least", default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beneficiary:
    """For whom else points may be used."""

    relation: str = said(Name(), "关系", "the relation")
    title: Text = said(Part(Text), "名称", "title")
    age_at_least: int = said(Whole(0, 150), "年满", "of at least this age", default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionPolicy:
    """When, by whom and how much may be redeemed."""

    allowed: bool = said(Switch(), "可以兑换", "points can be redeemed", default=True)
    windows: tuple[Window, ...] = said(Many(Part(Window)), "开放时间(任一)", "open in any of", default=())
    base_points: int = said(Points(), "不可动用的基础分", "a base score that cannot be spent", default=0)
    balance_at_least: int = said(Points(), "余额满多少分才可兑换", "balance from which it opens", default=0)
    hours_at_least: int = said(Whole(0, NUMBER_MAX), "时长满多少小时才可兑换", "hours from which it opens", default=0)
    star_level_at_least: int = said(Whole(0, 20), "星级不低于", "star level from which it opens", default=0)
    cost_at_least: int = said(Points(), "每次至少多少分", "least points at a time", default=0)
    limits: tuple[Limit, ...] = said(Many(Part(Limit)), "限额", "limits", default=())
    tiers: tuple[Tier, ...] = said(Many(Part(Tier)), "分级", "tiers", default=())
    privileges: tuple[Privilege, ...] = said(Many(Part(Privilege)), "权益", "privileges", default=())
    beneficiaries: tuple[Beneficiary, ...] = said(
        Many(Part(Beneficiary)), "可为谁使用(本人之外)", "for whom beside the holder", default=()
    )
    refundable: bool = said(Switch(), "可退", "can be given back", default=True)
    refund_within_days: int | None = said(Whole(0, 366), "几天内可退", "within so many days", default=None)
    pickup_within_days: int | None = said(Whole(1, 366), "几天内领取", "to be picked up within", default=None)
    unclaimed: str = said(Choice(("refund", "forfeit")), "逾期未领", "what is not picked up", default="refund")
    prices_decided: bool = said(
        Switch(), "奖品价格须经价目表公开决定", "only price lists say what prizes cost", default=False
    )
    price_in_budget: str | None = said(Name(), "奖品预算来源", "whose budget pays for prizes", default=None)

    def check(self, note: Note) -> None:
        if self.refund_within_days is not None and not self.refundable:
            note("refund_within_days", "不可退时不写, 请删去", "nothing can be given back: remove it")

    def opens_next(self, on: date, minute: int | None) -> tuple[date, int] | None:
        """The next day and minute at which a window opens; None if none does within a year."""
        for ahead in range(DAYS_AHEAD):
            day = on + timedelta(days=ahead)
            opening = [begins for window in self.windows if (begins := window.begins(day)) is not None]
            later = [begins for begins in opening if ahead or (minute is not None and begins > minute)]
            if later:
                return day, min(later)
        return None

    def redeemable(self, balance: int) -> int:
        """What of a balance may be spent, in the smallest unit."""
        return max(0, balance - self.base_points) if self.allowed else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """So many of one prize; `cost` is for all of them, in the smallest unit."""

    prize: str
    cost: int
    quantity: int = 1
    item_class: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asks for at the desk. Balances in the smallest unit, hours in minutes."""

    on: date
    items: tuple[Item, ...]
    balance: int
    minutes: int = 0
    star_level: int = 0
    minute_of_day: int | None = None
    beneficiary: str | None = None
    beneficiary_age: int | None = None
    flags: tuple[str, ...] = ()


def privileges_of(policy: RedemptionPolicy, balance: int, minutes: int, star_level: int) -> tuple[Privilege, ...]:
    """The privileges that are open, without anything being spent."""
    return tuple(p for p in policy.privileges if not lacking(p, balance, minutes, star_level))


def lacking(asked: Tier | Privilege, balance: int, minutes: int, star_level: int) -> bool:
    return balance < asked.balance_points or minutes < asked.hours * 60 or star_level < asked.star_level
