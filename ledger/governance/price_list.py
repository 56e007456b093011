"""A price list: what prizes cost from a day on, as a text that is proposed, reviewed and published like a rulebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from ledger.rules.document import outline
from ledger.rules.findings import Finding, RulebookInvalid
from ledger.rules.forms import FAULT, Day, Points, Reading, Words, said
from ledger.rules.parts import Many, Note, Part, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What one of a prize costs, in the bank's smallest unit."""

    prize: str = said(Words(), "奖品编号", "the prize's id")
    points: int = said(Points(), "分值", "points for one")

    def check(self, note: Note) -> None:
        try:
            UUID(self.prize)
        except ValueError:
            note("prize", "请写奖品编号 (id)", "write the id of the prize")
        if not self.points:
            note("points", "分值不能是 0", "must not be 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList:
    """Prices that hold from a day on, until another list names the prize again."""

    title: Text = said(Part(Text), "名称", "title")
    effective_from: date = said(Day(), "生效日", "in force from")
    prices: tuple[Price, ...] = said(Many(Part(Price)), "价目", "prices")

    def check(self, note: Note) -> None:
        seen: set[str] = set()
        for index, price in enumerate(self.prices):
            if price.prize in seen:
                note(f"prices[{index}].prize", "同一奖品写了两次", "the same prize is there twice")
            seen.add(price.prize)

    def by_prize(self) -> dict[UUID, int]:
        return {UUID(price.prize): price.points for price in self.prices}


@lru_cache(maxsize=64)
def read_price_list(document: str, points_scale: int) -> PriceList:
    """The price list of a text. Raises RulebookInvalid with every fault: line, field, mend."""
    findings: list[Finding] = []
    made = Part(PriceList).read(outline(document, findings), "", Reading(findings, points_scale))
    if findings or made is FAULT or not isinstance(made, PriceList):
        raise RulebookInvalid(findings)
    return made
