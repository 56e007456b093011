"""Behind a figure: the entries that it is added up from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ledger.bank import Bank, Page
from ledger.reading.figures import SINKS
from ledger.store import behind_figures, shelves
from ledger.store.behind_figures import Behind

__all__ = ["Behind", "behind"]


def behind(
    bank: Bank,
    *,
    figure: str,
    since: date,
    until: date,
    within: Sequence[str],
    as_of_seq: int | None = None,
    after: Sequence[Any] | None = None,
    limit: int,
) -> Page[Behind]:
    """The entries behind one figure, newest first: "minutes", "prizes", or "points_" and the name of a move."""
    with bank.store.snapshot() as connection:
        seq = shelves.head_seq(connection) if as_of_seq is None else as_of_seq
        if figure == "minutes":
            asked = behind_figures.service(seq, since, until, within)
        elif figure == "prizes":
            asked = behind_figures.goods(seq, since, until, within)
        else:
            named = {name: purpose for purpose, name in SINKS.items()}
            purpose = named.get(figure.removeprefix("points_"))
            purposes = [purpose] if purpose else list(SINKS)
            asked = behind_figures.points(seq, since, until, within, purposes=purposes, are_others=purpose is None)
        return behind_figures.page(connection, asked, after=after, limit=limit)
