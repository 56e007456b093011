"""The policies of a rulebook as sentences: posting, lapse, counters, stars, redemption, targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from ledger.rules.counters import Raise
from ledger.rules.desk import BY_WORDS
from ledger.rules.phrases import days_counted
from ledger.rules.redemption import Limit, Privilege, RedemptionPolicy, Tier, Window
from ledger.rules.reviews import Route
from ledger.rules.stars import Ladder, Rung
from ledger.rules.wording import ratio_text, stars_en

if TYPE_CHECKING:
    from ledger.rules.phrases import Phrases
    from ledger.rules.rulebook import Rulebook

METRICS = {
    "hours": ("时长 {} 小时", "{} h"),
    "services": ("服务 {} 次", "{} services"),
    "deeds": ("{} 次", "{} deeds"),
    "commendations": ("表彰 {} 次", "{} commendations"),
    "tenure_days": ("注册 {} 天", "{} days registered"),
}


def policy_sentences(book: Rulebook, words: Phrases) -> Iterator[str]:
    """One sentence for each policy that is written."""
    yield words.pick("入账: ", "Posting: ") + route(book.posting, words) + words.pick("。", ".")
    for exception in book.posting.exceptions:
        when = words.condition(exception.when)
        yield words.pick(f"{when}的, {route(exception, words)}。", f"If {when}: {route(exception, words)}.")
    yield words.pick("有效期: ", "Lapse: ") + words.lapse(book.lapse) + words.pick("。", ".")
    for counter in book.counters:
        for raised in counter.raises:
            title = words.of(counter.title) + days_counted(counter, words.language)
            yield _raised(counter.per, title, raised, words)
    for ladder in book.ladders:
        yield from _ladder(ladder, words)
    if book.redemption is not None:
        yield from _redemption(book.redemption, words)
    for target in book.targets:
        asked = _metrics(target.asked(), words)
        who = f" ({words.condition(target.who)})" if target.who else ""
        owner, per = words.name(target.owner), words.period(target.per)
        title = words.of(target.title)
        yield words.pick(
            f"目标“{title}”: {owner}{who}{per} {asked}。", f"Target, {title}: {owner}{who}, {asked} {per}."
        )


def route(way: Route, words: Phrases) -> str:
    """How something comes to be posted."""
    parts = []
    if way.reviewers:
        parts.append(
            words.pick(
                f"经 {way.reviewers} 名{'' if way.reviewers == 1 else '不同的'}审核人审核",
                f"after review by {way.reviewers} {'person' if way.reviewers == 1 else 'different persons'}",
            )
        )
    if way.review_within_days:
        days = way.review_within_days
        parts.append(words.pick(f"{days} 天内未审完作废", f"void unless reviewed within {days} days"))
    if way.notice_days:
        unit = words.pick("个工作日" if way.working_days else "天", "working days" if way.working_days else "days")
        parts.append(
            words.pick(
                f"公示 {way.notice_days} {unit}无异议", f"after {way.notice_days} {unit} of notice without objection"
            )
        )
    return words.pick("，", ", ").join(parts) if parts else words.pick("即时入账", "at once")


def _raised(per: str, title: str, raised: Raise, words: Phrases) -> str:
    reached_zh = f"满 {raised.at} 次" if raised.at else f"扣分满 {words.points(raised.at_points or 0)}"
    reached_en = f"{raised.at} of" if raised.at else f"{words.points(raised.at_points or 0)} taken by"
    ends_zh = {"never": "未定期限", "days": "天", "months": "个月", "years": "年", "end_of_period": "至本期末"}[
        raised.ends
    ]
    ends_en = {"never": "with no end set", "end_of_period": "to the end of the period"}.get(raised.ends, raised.ends)
    lasts = f"{raised.count} " if raised.count else ""
    flag = words.name(raised.flag)
    return words.pick(
        f"{words.period(per)}“{title}”{reached_zh}: {raised.title.zh}({flag}, {lasts}{ends_zh}), 由人工处理。",
        f"{reached_en} {title} {words.period(per)}: {raised.title.en} ({flag}, {lasts}{ends_en}); people act on it.",
    )


def _metrics(asked: Mapping[str, int | Fraction], words: Phrases) -> str:
    shown = []
    for metric, value in asked.items():
        if metric == "rate":
            shown.append(f"{ratio_text(Fraction(value) * 100)}%")
        elif metric == "points":
            shown.append(words.points(int(value)))
        else:
            shown.append(words.pick(*METRICS[metric]).format(value))
    return words.pick("且 ", " and ").join(shown)


def _ladder(ladder: Ladder, words: Phrases) -> Iterator[str]:
    levels = words.pick("；", "; ").join(_rung(rung, words) for rung in ladder.levels)
    over = words.pick(
        "累计" if ladder.over == "lifetime" else "当年", "" if ladder.over == "lifetime" else " within a year"
    )
    counted = words.names(ladder.hours_counted) if ladder.hours_counted else ""
    only = words.pick(f", 只计{counted}时长", f", counting {counted} hours only") if counted else ""
    yield words.pick(f"{ladder.title.zh}({over}{only}): {levels}。", f"{ladder.title.en}{over}{only}: {levels}.")
    parts = [
        words.pick(
            "不达标则降级" if ladder.demotes else "不降级", "demoted when below" if ladder.demotes else "never demoted"
        )
    ]
    if ladder.notice_days:
        unit = words.pick(
            "个工作日" if ladder.working_days else "天", "working days" if ladder.working_days else "days"
        )
        parts.append(words.pick(f"公示 {ladder.notice_days} {unit}", f"{ladder.notice_days} {unit} of notice"))
    if ladder.approved_by:
        parts.append(
            words.pick(f"由{words.name(ladder.approved_by)}认定", f"approved by the {words.name(ladder.approved_by)}")
        )
    yield words.pick(f"{ladder.title.zh}{'，'.join(parts)}。", f"{ladder.title.en}: {', '.join(parts)}.")


def _rung(rung: Rung, words: Phrases) -> str:
    by = words.name(rung.approved_by) if rung.approved_by else ""
    approved = words.pick(f", 由{by}认定", f", approved by the {by}") if by else ""
    return f"{words.of(rung.title)} {_metrics(rung.asked(), words)}{approved}"


def _redemption(policy: RedemptionPolicy, words: Phrases) -> Iterator[str]:
    if not policy.allowed:
        yield words.pick("积分不能兑换。", "Points cannot be redeemed.")
    if policy.windows:
        windows = words.pick("；或", "; or ").join(_window(window, words) for window in policy.windows)
        yield words.pick(f"兑换时间: {windows}。", f"Redemption is open {windows}.")
    asks = []
    if policy.balance_at_least:
        asks.append(words.pick("余额满 ", "a balance of ") + words.points(policy.balance_at_least))
    if policy.hours_at_least:
        asks.append(words.pick(f"服务满 {policy.hours_at_least} 小时", f"{policy.hours_at_least} h of service"))
    if policy.star_level_at_least:
        asks.append(words.pick(f"{policy.star_level_at_least} 星及以上", stars_en(policy.star_level_at_least)))
    if asks:
        yield words.pick(f"{'，且'.join(asks)}才可兑换。", f"Redemption asks for {' and '.join(asks)}.")
    if policy.base_points:
        base = words.points(policy.base_points)
        yield words.pick(f"基础分 {base}不可动用。", f"A base of {base} cannot be spent.")
    if policy.cost_at_least:
        least = words.points(policy.cost_at_least)
        yield words.pick(f"每次至少兑换 {least}。", f"At least {least} at a time.")
    for limit in policy.limits:
        yield _limit(limit, words)
    yield from (_asked(tier, words) for tier in policy.tiers)
    yield from (_asked(privilege, words) for privilege in policy.privileges)
    for one in policy.beneficiaries:
        age = (
            words.pick(f"(年满 {one.age_at_least} 岁)", f" (of {one.age_at_least} or more)") if one.age_at_least else ""
        )
        yield words.pick(f"积分可以为{one.title.zh}{age}使用。", f"Points may be used for {one.title.en}{age}.")
    within = policy.refund_within_days
    when = words.pick(f"{within} 天内" if within else "", f" within {within} days" if within else "")
    if policy.refundable:
        yield words.pick(f"兑换后{when}可退。", f"A redemption can be given back{when}.")
    else:
        yield words.pick("兑换后不可退。", "A redemption cannot be given back.")
    if policy.pickup_within_days:
        days, lost = policy.pickup_within_days, policy.unclaimed == "forfeit"
        yield words.pick(
            f"{days} 天内领取, 逾期{'作废' if lost else '退回积分'}。",
            f"Picked up within {days} days; otherwise {'forfeit' if lost else 'the points go back'}.",
        )
    if policy.prices_decided:
        yield words.pick("奖品价格由公开的价目表决定。", "What prizes cost is decided by price lists.")


def _window(window: Window, words: Phrases) -> str:
    parts = [words.fact_value(part).strip() for part in (window.season, window.days, window.time_of_day) if part]
    if window.months:
        parts.append(
            words.pick(f"{'、'.join(map(str, window.months))} 月", f"in month {', '.join(map(str, window.months))}")
        )
    if window.month_days:
        days = window.month_days
        parts.append(
            words.pick(f"每月 {'、'.join(map(str, days))} 日", f"on day {', '.join(map(str, days))} of the month")
        )
    if window.weekdays:
        parts.append(words.names(window.weekdays))
    return words.pick("，", ", ").join(parts)


def _limit(limit: Limit, words: Phrases) -> str:
    most = words.points(limit.most) if limit.unit == "points" else str(limit.most)
    unit = (
        ""
        if limit.unit == "points"
        else words.pick(
            " 次" if limit.unit == "redemptions" else " 件", f" {limit.unit[:-1] if limit.most == 1 else limit.unit}"
        )
    )
    of = words.pick(f"({words.names(limit.classes)})", f" of {words.names(limit.classes)}") if limit.classes else ""
    by = words.pick(*BY_WORDS[limit.by])
    zh = f"{by}{words.period(limit.per)}最多兑换 {most}{unit}{of}。"
    return words.pick(zh, f"At most {most}{unit}{of} {words.period(limit.per)}, {by}.")


def _asked(asked: Tier | Privilege, words: Phrases) -> str:
    parts = []
    if asked.balance_points:
        parts.append(words.pick("余额满 ", "a balance of ") + words.points(asked.balance_points))
    if asked.hours:
        parts.append(words.pick(f"服务满 {asked.hours} 小时", f"{asked.hours} h of service"))
    if asked.star_level:
        parts.append(words.pick(f"{asked.star_level} 星及以上", stars_en(asked.star_level)))
    needs = words.pick("，且", " and ").join(parts) or words.pick("无条件", "nothing")
    return words.pick(
        f"“{asked.title.zh}”要求{needs}(不扣分)。", f"{asked.title.en} asks for {needs}, which is not spent."
    )
