"""Who may have a prize, and how much of it: what its organisation says of it beyond the redemption policy of the
rulebook. What a district wants approved stands in the rulebook, by the class of the prize; this, in the catalogue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from ledger.core.accounts import MINUTES, POINTS, Owner, Purpose
from ledger.core.books import Books
from ledger.prizes.policy import of_prize
from ledger.rules import HistoryKey, Reason, Text
from ledger.rules.periods import PERIODS_EN, PERIODS_ZH, bounds
from ledger.rules.wording import points_text, stars_en
from ledger.service.star_changes import DECISIONS, star_level

if TYPE_CHECKING:
    from ledger.prizes.redeem import Item


class ItemLimit(NamedTuple):
    """So many of a prize a person may have in a period of the calendar."""

    items: int
    per: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrizeTerms:
    """What somebody must have, without spending it, and how many they may take. Zero and None ask for nothing."""

    limit: ItemLimit | None = None
    balance_at_least: int = 0
    """In the smallest unit, in the wallet that pays."""
    hours_at_least: int = 0
    star_level_at_least: int = 0
    local_only: bool = False
    """Only for those who belong to the organisation that offers it, or to one below it."""


OPEN = PrizeTerms()
"""Whoever has the points may have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The terms of a prize as they are put to one person on one day."""

    terms: PrizeTerms
    on: date
    year_begins: int
    points_scale: int
    is_local: bool

    def key(self, prize: UUID, volunteer: UUID) -> HistoryKey | None:
        """The question to past redemptions; None where no limit asks it."""
        if self.terms.limit is None:
            return None
        first, last = bounds(self.terms.limit.per, self.on, self.year_begins)
        return HistoryKey("counter", of_prize(prize.hex), None, "person", "lifetime", first, last, volunteer, None)


def keys(items: Iterable[Item], volunteer: UUID) -> list[HistoryKey]:
    """What must be known of past redemptions."""
    found = (item.asked.key(item.prize, volunteer) for item in items if item.asked)
    return list(dict.fromkeys(key for key in found if key))


def holdings(items: Iterable[Item], volunteer: Owner) -> list[tuple[Owner, int]]:
    """What must be known of the volunteer's own hours."""
    return [(volunteer, MINUTES)] if any(item.asked and item.asked.terms.hours_at_least for item in items) else []


def rows(items: Iterable[Item], volunteer: UUID) -> list[tuple[str, str, UUID]]:
    """Which stars were granted, where a prize asks for any."""
    asks = any(item.asked and item.asked.terms.star_level_at_least for item in items)
    return [(DECISIONS, "volunteer_id", volunteer)] if asks else []


def reasons(facts: Books, items: Sequence[Item], volunteer: Owner, wallet: Owner) -> Iterator[Reason]:
    """Everything that speaks against it, each naming its prize."""
    wanted: Counter[UUID] = Counter()
    for item in items:
        wanted[item.prize] += item.quantity
    for item in {item.prize: item for item in items}.values():
        if item.asked is not None:
            for code, zh, en in _against(facts, item.asked, item.prize, wanted[item.prize], volunteer, wallet):
                yield Reason(code, Text(zh=f"{item.title}: {zh}", en=f"{item.title}: {en}"))


def _against(
    facts: Books, asked: Asked, prize: UUID, wanted: int, volunteer: Owner, wallet: Owner
) -> Iterator[tuple[str, str, str]]:
    terms = asked.terms
    if terms.local_only and not asked.is_local:
        yield "prize_local_only", "只供本地居民志愿者兑换", "only for volunteers of the place that offers it"
    if terms.balance_at_least and _balance(facts, wallet) < terms.balance_at_least:
        least = points_text(terms.balance_at_least, asked.points_scale)
        yield "prize_balance_too_low", f"余额满 {least} 分才可兑换", f"it opens at a balance of {least}"
    if terms.hours_at_least and _minutes(facts, volunteer) < terms.hours_at_least * 60:
        least = str(terms.hours_at_least)
        yield "prize_hours_too_few", f"服务满 {least} 小时才可兑换", f"it opens at {least} hours of service"
    stars = terms.star_level_at_least
    if stars and star_level(facts.rows(DECISIONS, "volunteer_id", volunteer.id)) < stars:
        yield "prize_star_level_too_low", f"{stars} 星及以上才可兑换", f"it asks for {stars_en(stars)}"
    key = asked.key(prize, volunteer.id)
    if terms.limit is not None and key is not None:
        had = facts.past.of([key])[key].quantity
        if had + wanted > terms.limit.items:
            most, per = terms.limit
            zh = f"{PERIODS_ZH[per]}每人最多 {most} 件, 已兑换 {had} 件"
            yield "prize_limit_reached", zh, f"at most {most} a person {PERIODS_EN[per]}, {had} were had"


def _balance(facts: Books, wallet: Owner) -> int:
    return sum(held for _, held in facts.usable(wallet, Purpose.WALLET, POINTS))


def _minutes(facts: Books, volunteer: Owner) -> int:
    served = (Purpose.CLOCKED, Purpose.HONORARY)
    return sum(held for purpose in served for _, held in facts.lots(volunteer, purpose, MINUTES))
