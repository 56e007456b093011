"""Everything that speaks against a redemption at once, in words that a clerk can read out; `Redeem` answers with the
first of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from ledger.core.accounts import POINTS, Purpose
from ledger.core.books import Books
from ledger.core.posting import AMOUNT_MAX
from ledger.core.refusals.people import VolunteerClosed
from ledger.core.refusals.postings import AmountOutOfRange, InsufficientPoints, InsufficientStock
from ledger.core.refusals.prizes import DeskClosed, PrizeNotOffered
from ledger.core.refusals.refusal import Refusal
from ledger.prizes import day_books
from ledger.prizes.redeem import QUANTITY_MAX, Item, Redeem
from ledger.rules import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One reason for a no. `prize` is what it is about; None where it is about the whole."""

    code: str
    zh: str
    en: str
    prize: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What would come of a redemption now. Points in the smallest unit."""

    points: int
    available: int
    objections: tuple[Objection, ...]
    notices: tuple[Reason, ...]
    """What people should look at; it refuses nothing."""


def verdict(asked: Redeem, facts: Books) -> Verdict:
    """Every reason for a no, and what people are to look at first."""
    cost = sum(item.quantity * item.cost_points for item in asked.items)
    bad = [item for item in asked.items if not 0 < item.quantity <= QUANTITY_MAX]
    reasons = asked.policy_reasons(facts) if not bad and cost <= AMOUNT_MAX else ()
    against = [reason for reason in reasons if reason.refuses]
    available = sum(held for _, held in facts.usable(asked.wallet, Purpose.WALLET, POINTS))
    return Verdict(
        points=cost,
        available=available,
        objections=tuple(_objections(asked, facts, bad, cost, against)),
        notices=(*(reason for reason in reasons if not reason.refuses), *asked.foretold(facts, cost)),
    )


def _objections(asked: Redeem, facts: Books, bad: list[Item], cost: int, against: list[Reason]) -> Iterator[Objection]:
    if facts.concerns_closed(asked.needs()):
        yield _said(VolunteerClosed())
    for item in bad:
        yield _said(AmountOutOfRange(amount=item.quantity, lowest=1, highest=QUANTITY_MAX), item)
    if not bad and cost > AMOUNT_MAX:
        yield _said(AmountOutOfRange(amount=cost, lowest=0, highest=AMOUNT_MAX))
    if day_books.is_signed(facts, asked.session):
        yield _said(DeskClosed())
    for item in asked.items:
        if not item.on_shelf:
            yield _said(PrizeNotOffered(prize=str(item.prize)), item)
    refused = asked.stand_in_refused(facts)
    if refused is not None:
        yield _said(refused)
    yield from (Objection(code=reason.code, zh=reason.text.zh, en=reason.text.en) for reason in against)
    held = sum(balance for _, balance in facts.usable(asked.wallet, Purpose.WALLET, POINTS))
    if held < cost and not any(reason.code == InsufficientPoints.code for reason in against):
        yield _said(InsufficientPoints(held=held, asked=cost))
    yield from _short_of_goods(asked, facts)


def _short_of_goods(asked: Redeem, facts: Books) -> Iterator[Objection]:
    wanted: Counter[int] = Counter()
    for item in asked.items:
        wanted[item.unit] += max(0, item.quantity)
    for item in {item.unit: item for item in asked.items}.values():
        stocked = sum(balance for _, balance in facts.usable(asked.desk, Purpose.STOCK, item.unit))
        if stocked < wanted[item.unit]:
            yield _said(InsufficientStock(prize=str(item.prize), held=stocked, asked=wanted[item.unit]), item)


def _said(refusal: Refusal, item: Item | None = None) -> Objection:
    zh, en = refusal.sentence("zh"), refusal.sentence("en")
    if item is None:
        return Objection(code=refusal.code, zh=zh, en=en)
    return Objection(code=refusal.code, zh=f"{item.title}:{zh}", en=f"{item.title}: {en}", prize=item.prize)
