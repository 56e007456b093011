"""May this be redeemed? Every reason for a no at once, in words the desk can read out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from ledger.rules.parts import Text
from ledger.rules.periods import PERIODS_EN, PERIODS_ZH, bounds
from ledger.rules.redemption import Limit, RedemptionPolicy, Tier, Wish, lacking
from ledger.rules.wording import points_text, stars_en

UNITS_ZH = {"redemptions": "次", "items": "件", "points": "分"}
BY_WORDS = {
    "person": ("每人", "each person"),
    "household": ("每户", "each household"),
    "item": ("每种奖品", "each prize"),
    "everybody": ("全体", "all together"),
}
"""Whose redemptions a limit counts together."""


class LimitKey(NamedTuple):
    """One question to past redemptions: how much by whom, of which classes or prize, between two days."""

    by: str
    unit: str
    first: date
    last: date
    classes: tuple[str, ...] | None = None
    prize: str | None = None


class Reason(NamedTuple):
    """One reason. `refuses` is False where people are to be asked first (a flag)."""

    code: str
    text: Text
    refuses: bool = True


class Verdict(NamedTuple):
    reasons: tuple[Reason, ...]

    @property
    def allowed(self) -> bool:
        return not any(reason.refuses for reason in self.reasons)


def limit_keys(policy: RedemptionPolicy, wish: Wish, year_begins: int = 1) -> tuple[LimitKey, ...]:
    """What must be known of past redemptions for `may_redeem`."""
    return tuple(key for limit in policy.limits for key, _ in _asked(limit, wish, year_begins))


def may_redeem(
    policy: RedemptionPolicy, wish: Wish, past: Mapping[LimitKey, int], *, points_scale: int = 0, year_begins: int = 1
) -> Verdict:
    """Whether the wish may be fulfilled, with all reasons against it. `past` answers `limit_keys`; missing is 0."""
    cost = sum(item.cost for item in wish.items)

    def points(units: int) -> str:
        return points_text(units, points_scale)

    reasons: list[Reason] = []

    def no(code: str, zh: str, en: str, *, refuses: bool = True) -> None:
        reasons.append(Reason(code, Text(zh=zh, en=en), refuses))

    if not policy.allowed:
        no("not_redeemable", "本规则下积分不能兑换", "points cannot be redeemed under this rulebook")
    if policy.windows and not any(window.open(wish.on, wish.minute_of_day) for window in policy.windows):
        no("window_closed", *_shut(policy, wish))
    if wish.balance < policy.balance_at_least:
        least = points(policy.balance_at_least)
        no("balance_too_low", f"余额满 {least} 分才可兑换", f"redemption opens at a balance of {least}")
    if wish.minutes < policy.hours_at_least * 60:
        least = str(policy.hours_at_least)
        no("hours_too_few", f"服务满 {least} 小时才可兑换", f"redemption opens at {least} hours of service")
    if wish.star_level < policy.star_level_at_least:
        stars = policy.star_level_at_least
        no("star_level_too_low", f"{stars} 星及以上才可兑换", f"redemption asks for {stars_en(stars)}")
    if cost < policy.cost_at_least:
        least = points(policy.cost_at_least)
        no("cost_too_low", f"每次至少兑换 {least} 分", f"at least {least} points are redeemed at a time")
    if cost > policy.redeemable(wish.balance):
        may, asked = points(policy.redeemable(wish.balance)), points(cost)
        no(
            "insufficient_points",
            f"可兑换 {may} 分, 需要 {asked} 分",
            f"{may} points can be redeemed, {asked} are needed",
        )
    for tier in policy.tiers:
        wanted = any(item.item_class in tier.classes for item in wish.items)
        if wanted and lacking(tier, wish.balance, wish.minutes, wish.star_level):
            no("tier_not_reached", *_short_of(tier, wish, points_scale))
    for limit in policy.limits:
        for key, wanted_units in _asked(limit, wish, year_begins):
            had = past.get(key, 0)
            if wanted_units and had + wanted_units > limit.most:
                no("limit_reached", *_used_up(limit, had, wanted_units, points_scale))
    if wish.beneficiary is not None:
        _check_beneficiary(policy, wish, reasons)
    for flag in wish.flags:
        no("flagged", f"有“{flag}”标记, 请人工决定", f"flagged {flag}: people must decide", refuses=False)
    return Verdict(tuple(reasons))


def _shut(policy: RedemptionPolicy, wish: Wish) -> tuple[str, str]:
    on, opens = wish.on.isoformat(), policy.opens_next(wish.on, wish.minute_of_day)
    zh, en = f"{on} 不在兑换时间内", f"redemption is not open on {on}"
    if opens is None:
        return zh, en
    day, minute = opens
    at = f"{day.isoformat()} {minute // 60:02}:{minute % 60:02}" if minute else day.isoformat()
    return f"{zh}, 下次开放 {at}", f"{en}; it opens next on {at}"


def _short_of(tier: Tier, wish: Wish, points_scale: int) -> tuple[str, str]:
    """What of a tier's conditions is missing."""
    zh, en = [], []
    if wish.balance < tier.balance_points:
        least = points_text(tier.balance_points, points_scale)
        zh.append(f"余额满 {least} 分")
        en.append(f"a balance of {least}")
    if wish.minutes < tier.hours * 60:
        zh.append(f"服务满 {tier.hours} 小时")
        en.append(f"{tier.hours} hours of service")
    if wish.star_level < tier.star_level:
        zh.append(f"{tier.star_level} 星及以上")
        en.append(stars_en(tier.star_level))
    return f"“{tier.title.zh}”须{'、'.join(zh)}", f'"{tier.title.en}" asks for {" and ".join(en)}'


def _used_up(limit: Limit, had: int, wanted: int, points_scale: int) -> tuple[str, str]:
    """How much there may be, was and would be."""
    told = [
        points_text(each, points_scale) if limit.unit == "points" else str(each) for each in (limit.most, had, wanted)
    ]
    most, was, would = told
    of = "、".join(limit.classes) if limit.classes else ""
    who_zh, who_en = BY_WORDS[limit.by]
    unit_zh, unit_en = UNITS_ZH[limit.unit], limit.unit[:-1] if most == "1" else limit.unit
    zh = f"{who_zh}{PERIODS_ZH[limit.per]}{f'“{of}”类' if of else ''}最多 {most} {unit_zh}, 已用 {was}, 这次 {would}"
    what = f"{unit_en} of {of}" if of else unit_en
    en = f"at most {most} {what} {PERIODS_EN[limit.per]}, {who_en}: {was} had, {would} asked"
    return zh, en


def _asked(limit: Limit, wish: Wish, year_begins: int) -> Iterable[tuple[LimitKey, int]]:
    """(question, how much of the limit the wish would use)."""
    first, last = bounds(limit.per, wish.on, year_begins)
    items = [item for item in wish.items if limit.speaks_of(item.item_class)]
    prizes: list[str | None] = [*sorted({item.prize for item in items})] if limit.by == "item" else [None]
    for prize in prizes:
        of = [item for item in items if prize is None or item.prize == prize]
        used = {
            "redemptions": int(bool(of)),
            "items": sum(item.quantity for item in of),
            "points": sum(item.cost for item in of),
        }
        yield LimitKey(limit.by, limit.unit, first, last, limit.classes, prize), used[limit.unit]


def _check_beneficiary(policy: RedemptionPolicy, wish: Wish, reasons: list[Reason]) -> None:
    known = next((b for b in policy.beneficiaries if b.relation == wish.beneficiary), None)
    if known is None:
        text = Text(zh="积分不能为这样的关系人使用", en="points cannot be used for somebody of this relation")
        reasons.append(Reason("beneficiary_not_allowed", text))
    elif (wish.beneficiary_age or 0) < known.age_at_least:
        age = known.age_at_least
        text = Text(zh=f"{known.title.zh}须年满 {age} 岁", en=f"{known.title.en} must be at least {age}")
        reasons.append(Reason("beneficiary_too_young", text))
