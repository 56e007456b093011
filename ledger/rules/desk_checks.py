"""What a rulebook promises at the desk, in ladders and in targets, and nobody ever gets: windows that never open, tiers
above the ceiling, stars that no ladder has, warnings older than the points.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.rules.asking import conditions_of
from ledger.rules.lapse import LapsePolicy
from ledger.rules.parts import Note
from ledger.rules.periods import CALENDAR
from ledger.rules.reach import LEAP_YEAR, days_of
from ledger.rules.redemption import RedemptionPolicy, Window
from ledger.rules.rulebook import Rulebook
from ledger.rules.stars import STAR_LADDER_HOURS

CYCLE = tuple(
    {
        (day.month, day.day, day.weekday()): day
        for day in (date(2027, 12, 31) - timedelta(days=n) for n in range(10_228))
    }.values()
)
"""Every weekday on every day of the year, leap days too: they come round in twenty-eight years."""

LONGEST_DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "half_year": 184, "year": 366}
LAPSE_DAYS = {"days": 1, "months": 31, "years": 366}


def check_desk(book: Rulebook, note: Note) -> None:
    """Note what is promised in vain."""
    if book.redemption is not None:
        _check_windows(book.redemption, note)
        _check_limits(book.redemption, note)
        _check_ceiling(book, book.redemption, note)
        _check_moot(book.redemption, note)
        _check_relations(book.redemption, note)
    _check_stars(book, note)
    _check_ladders(book, note)
    _check_targets(book, note)
    _check_warnings(book.lapse, "lapse", note)
    for index, rule in enumerate(book.rules):
        if rule.lapse is not None:
            _check_warnings(rule.lapse, f"rules[{index}].lapse", note)


def _check_windows(policy: RedemptionPolicy, note: Note) -> None:
    for index, window in enumerate(policy.windows):
        days = days_of(window.days) if window.days else CYCLE
        if not any(window.open(day, None) for day in days):
            zh = "日历上没有符合的日子, 永远不开放"
            note(f"redemption.windows[{index}]", zh, "no day of the calendar fits: it never opens")
        else:
            _check_month_days(window, index, note)


def _check_month_days(window: Window, index: int, note: Note) -> None:
    """A day of the month that none of its months has, beside others that there are."""
    for day in window.month_days or ():
        if not any(on.day == day and (window.months is None or on.month in window.months) for on in LEAP_YEAR):
            zh = f"这些月份都没有 {day} 号"
            note(f"redemption.windows[{index}].month_days", zh, f"none of these months has a day {day}")


def _check_limits(policy: RedemptionPolicy, note: Note) -> None:
    for index, limit in enumerate(policy.limits):
        at = f"redemption.limits[{index}]"
        if limit.unit == "points" and limit.most < policy.cost_at_least:
            zh = "限额低于每次至少兑换的分值, 永远不能兑换"
            note(at, zh, "less than the least that may be redeemed at a time: nothing ever can be")
        for other in policy.limits:
            same = other is not limit and (other.unit, other.by) == (limit.unit, limit.by)
            covers = other.classes is None or (
                set(limit.classes or ()) and set(limit.classes or ()) <= set(other.classes)
            )
            longer = CALENDAR.index(other.per) > CALENDAR.index(limit.per)
            crosses = (limit.per, other.per) == ("week", "month")
            if (
                same
                and covers
                and (
                    (longer and not crosses and other.most <= limit.most)
                    or (other.per == limit.per and other.most < limit.most)
                )
            ):
                zh = "同样或更长期间的限额不比它高, 它永远不起作用"
                note(at, zh, "a limit on the same or a longer period is not higher: this one never binds")
                break


def _check_ceiling(book: Rulebook, policy: RedemptionPolicy, note: Note) -> None:
    ceiling = next((one.points for one in book.ceilings if one.account == "person"), None)
    if ceiling is None:
        return
    if ceiling < max(policy.balance_at_least, policy.base_points + max(policy.cost_at_least, 1)):
        zh = "余额上限低于兑换门槛, 永远不能兑换"
        note("redemption", zh, "the ceiling lies below what redemption asks for: nothing can ever be redeemed")
    for name in ("tiers", "privileges"):
        for index, one in enumerate(getattr(policy, name)):
            if one.balance_points > ceiling:
                zh = "高于余额上限, 永远达不到"
                note(f"redemption.{name}[{index}].balance_points", zh, "above the ceiling: nobody ever comes to it")


def _check_moot(policy: RedemptionPolicy, note: Note) -> None:
    """What is said of redeeming where nothing can be redeemed."""
    if policy.allowed:
        return
    for name in ("windows", "limits", "tiers", "beneficiaries", "cost_at_least", "balance_at_least", "hours_at_least"):
        if getattr(policy, name):
            zh = "已写明积分不能兑换, 这一项用不到, 请删去"
            note(f"redemption.{name}", zh, "nothing can be redeemed here: remove it, or allow it")


def _check_relations(policy: RedemptionPolicy, note: Note) -> None:
    seen: set[str] = set()
    for index, one in enumerate(policy.beneficiaries):
        if one.relation in seen:
            zh, en = "这种关系已经写过", "this relation is spoken of already"
            note(f"redemption.beneficiaries[{index}].relation", zh, en)
        seen.add(one.relation)


def _stars_asked(book: Rulebook) -> Iterator[tuple[str, int]]:
    """(where, stars) of everything that asks for stars."""
    for path, when, _ in conditions_of(book):
        if when.star_level is not None:
            yield f"{path}.star_level", when.star_level.low
    policy = book.redemption
    if policy is not None:
        yield "redemption.star_level_at_least", policy.star_level_at_least
        for name in ("tiers", "privileges"):
            for index, one in enumerate(getattr(policy, name)):
                yield f"redemption.{name}[{index}].star_level", one.star_level


def _check_stars(book: Rulebook, note: Note) -> None:
    highest = max((len(ladder.levels) for ladder in book.ladders), default=len(STAR_LADDER_HOURS))
    for path, stars in _stars_asked(book):
        if stars > highest:
            zh, en = f"最高只有 {highest} 星, 永远达不到", f"there are no more than {highest} stars: nobody comes to it"
            note(path, zh, en)


def _check_ladders(book: Rulebook, note: Note) -> None:
    hours_of_year = LONGEST_DAYS["year"] * 24
    for index, ladder in enumerate(book.ladders):
        for number, rung in enumerate(ladder.levels):
            if ladder.over == "year" and (rung.hours or 0) > hours_of_year:
                zh, en = (
                    f"一年只有 {hours_of_year} 小时, 永远达不到",
                    f"a year has {hours_of_year} hours: nobody comes to it",
                )
                note(f"ladders[{index}].levels[{number}].hours", zh, en)


def _check_targets(book: Rulebook, note: Note) -> None:
    for index, target in enumerate(book.targets):
        days = LONGEST_DAYS.get(target.per)
        if target.owner == "person" and days is not None and (target.hours or 0) > days * 24:
            zh, en = (
                f"这段期间只有 {days * 24} 小时, 永远达不到",
                f"such a period has {days * 24} hours: nobody meets it",
            )
            note(f"targets[{index}].hours", zh, en)
        for cap in book.caps:
            same = (cap.unit, cap.by, cap.per) == ("points", target.owner, target.per)
            if same and (target.points or 0) > cap.most:
                zh = "高于总封顶, 永远达不到"
                note(f"targets[{index}].points", zh, "above the cap on everything together: nobody meets it")


def _check_warnings(policy: LapsePolicy, at: str, note: Note) -> None:
    """A warning that would have to come before the points do."""
    kind, _, period = policy.policy.partition("_")
    if kind == "after":
        longest = (policy.count or 0) * LAPSE_DAYS[period]
    elif kind == "end":
        longest = LONGEST_DAYS[period.removeprefix("of_")] * (1 + policy.periods_after)
    else:
        return
    if any(days > longest + policy.grace_days for days in policy.warn_days):
        zh = "提醒早于得分之日, 永远不会发出; 请改天数"
        note(f"{at}.warn_days", zh, "before the points are even earned: it is never given, change the days")
