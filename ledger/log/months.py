"""What the entries of the log add up to month by month: anybody who reads them can add them up too.

All months together are the totals (see `publication.totals`), so that the sums can be followed from the first point to
what people hold today.
"""

from __future__ import annotations

from ledger.core.entries import unit_name
from ledger.log.publication import Recounted
from ledger.store import months, shelves
from ledger.store.engines import Store

ByMonth = dict[str, dict[str, dict[str, int]]]
"""By how much what the accounts of a purpose hold has changed, by month (YYYY-MM), purpose and unit."""


class _Months(Recounted[ByMonth]):
    """As `Totals`, of its own."""


def stated_months(store: Store) -> tuple[int, ByMonth]:
    """The same as `by_month`, or as it was a moment ago where counting takes long."""
    return _Months.of(store).now(lambda: by_month(store))


def by_month(store: Store) -> tuple[int, ByMonth]:
    """How many entries there are, and what points and minutes moved in each month of their business days."""
    with store.snapshot() as connection:
        size = shelves.head_seq(connection)
        found = months.moved(connection, size)
    made: ByMonth = {}
    for on, unit, debit, credit, amount in sorted(found):
        month = made.setdefault(on.isoformat()[:7], {})
        for purpose, change in ((debit, -amount), (credit, amount)):
            held = month.setdefault(purpose, {})
            held[unit_name(unit)] = held.get(unit_name(unit), 0) + change
    return size, {month: _changed(purposes) for month, purposes in made.items()}


def _changed(purposes: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Without what has come back to where it was."""
    left = {purpose: {unit: held for unit, held in units.items() if held} for purpose, units in purposes.items()}
    return {purpose: units for purpose, units in left.items() if units}
