"""What a prize cost, costs and will cost: every price from its day on, and who set it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from ledger.bank import Bank
from ledger.governance.prices import lists
from ledger.prizes.catalogue import Prize
from ledger.rules import Text
from ledger.store import rows

PRICES_MAX = 10_000

State = Literal["past", "in_force", "coming"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPrice:
    """Points for one, in the smallest unit, from a day on until the next."""

    cost_points: int
    effective_from: date
    state: State = "past"
    set_by: UUID | None = None
    """The person of the staff who set it; None where a price list did."""
    price_list: UUID | None = None
    """The proposal that decided it."""
    title: Text | None = None
    """Of the price list."""
    decided_seq: int | None = None
    """Where the ledger has the decision."""


def prices_of(bank: Bank, prize: Prize) -> list[DatedPrice]:
    """The history, oldest first. From the day on that a list names the prize, only lists say what it costs."""
    today = bank.today()
    found = sorted([*_catalogue(bank, prize), *_listed(bank, prize)], key=lambda one: one.effective_from)
    begun = [one for one in found if one.effective_from <= today]
    decided = [one for one in begun if one.price_list]
    now = (decided or begun)[-1:]
    return [_placed(one, today, is_now=any(one is each for each in now)) for one in found]


def _catalogue(bank: Bank, prize: Prize) -> list[DatedPrice]:
    """As the catalogue had it. Of several on one day the last is what that day ended with."""
    with bank.store.reading() as connection:
        order = ("recorded_at", "id")
        found = rows.page(connection, "prize_price", order=order, after=None, limit=PRICES_MAX, prize_id=prize.id)
    return [
        DatedPrice(cost_points=row["cost_points"], effective_from=row["effective_from"], set_by=row["set_by"])
        for row in found.items
    ]


def _listed(bank: Bank, prize: Prize) -> list[DatedPrice]:
    made = []
    for one in lists(bank):
        points = one.prices.by_prize().get(prize.id)
        if points is not None:
            made.append(
                DatedPrice(
                    cost_points=points,
                    effective_from=one.prices.effective_from,
                    price_list=one.id,
                    title=one.prices.title,
                    decided_seq=one.seq,
                )
            )
    return made


def _placed(one: DatedPrice, today: date, *, is_now: bool) -> DatedPrice:
    if is_now:
        return replace(one, state="in_force")
    return replace(one, state="coming") if one.effective_from > today else one
