"""Which price lists hold: what a prize costs on a day, where a list that was decided names it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ledger.bank import Bank
from ledger.governance.price_list import read_price_list
from ledger.store import rows

LISTS_MAX = 10_000


def listed(bank: Bank, on: date) -> dict[UUID, int]:
    """What each prize costs that day that some list in force names; the latest list that names it holds.

    A list names only prizes of its own organisation and of those below it, so that no two can disagree unseen.
    """
    with bank.store.reading() as connection:
        found = rows.page(connection, "price_list", order=("effective_from", "seq"), after=None, limit=LISTS_MAX)
    prices: dict[UUID, int] = {}
    for row in found.items:
        if row["effective_from"] <= on:
            prices |= read_price_list(row["document"], bank.charter.points_scale).by_prize()
    return prices
