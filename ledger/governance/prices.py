"""Which price lists hold: what a prize costs on a day, where a list that was decided names it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from ledger.bank import Bank
from ledger.governance.price_list import PriceList, read_price_list
from ledger.store import rows

LISTS_MAX = 10_000


class Decided(NamedTuple):
    """A price list that was decided: the proposal it was, and where the ledger has the decision."""

    id: UUID
    seq: int
    prices: PriceList


def listed(bank: Bank, on: date) -> dict[UUID, int]:
    """What each prize costs that day that some list in force names; the latest list that names it holds.

    A list names only prizes of its own organisation and of those below it, so that no two can disagree unseen.
    """
    prices: dict[UUID, int] = {}
    for one in lists(bank):
        if one.prices.effective_from <= on:
            prices |= one.prices.by_prize()
    return prices


def lists(bank: Bank) -> list[Decided]:
    """Every list that was decided, in the order in which they come into force."""
    with bank.store.reading() as connection:
        found = rows.page(connection, "price_list", order=("effective_from", "seq"), after=None, limit=LISTS_MAX)
    scale = bank.charter.points_scale
    return [Decided(row["id"], row["seq"], read_price_list(row["document"], scale)) for row in found.items]
