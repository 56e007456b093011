"""The showcase: what anybody sees without signing in. Which prizes there are, what they cost, and where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ledger.bank import Bank
from ledger.prizes import catalogue
from ledger.prizes.catalogue import Prize
from ledger.store import rows, showcase
from ledger.store.rows import Page
from ledger.store.showcase import Free


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A prize on the shelf, who offers it, and how many can be had today at which desk; none where it is out."""

    prize: Prize
    organisation: str
    free: tuple[Free, ...]


def page(bank: Bank, *, after: Sequence[Any] | None, limit: int) -> Page[Shown]:
    """Every prize on the shelf of any organisation, in the order they were added."""
    with bank.store.reading() as connection:
        found = rows.page(connection, "prize", order=("unit_id",), after=after, limit=limit, on_shelf=1)
        units = [row["unit_id"] for row in found.items]
        free = showcase.free(connection, units, bank.today()) if units else []
        names = showcase.names_of(connection, [row["organisation_id"] for row in found.items])
    prizes = catalogue.find_prizes(bank, [row["id"] for row in found.items])
    items = [
        Shown(
            prize=prizes[row["id"]],
            organisation=names[row["organisation_id"]],
            free=tuple(one for one in free if one.unit == row["unit_id"]),
        )
        for row in found.items
    ]
    return Page(items, found.after)
