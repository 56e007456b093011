"""Budgets (专项经费): what an organisation has set apart for prizes in a year. For planning: nobody is paid of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from ledger.bank import Bank, By
from ledger.people.organisations import Organisation
from ledger.store import purchases as store

YEAR_MIN, YEAR_MAX = 2000, 9999


class Budget(NamedTuple):
    """So many fen of one organisation for one calendar year, and who said so last."""

    organisation_id: UUID
    organisation: str
    year: int
    budget_fen: int
    set_by: UUID


def set_apart(bank: Bank, by: By, *, organisation: Organisation, year: int, budget_fen: int) -> Budget:
    """From now on this is the budget; what it was before stays on record."""
    id = bank.world.new_id()
    row = {"id": id, "organisation_id": organisation.id, "year": year, "budget_fen": budget_fen}
    with bank.changing(by) as change:
        change.hold_postings()
        version = store.budget_version(change.connection, organisation.id, year) + 1
        change.add("prize_budget", row | {"version": version, "set_on": bank.today(), "set_by": by.actor})
        change.audit("set_apart", "prize_budget", id, after={"year": year, "budget_fen": budget_fen})
    return Budget(organisation.id, organisation.name, year, budget_fen, by.actor)


def budgets(bank: Bank, *, year: int, within: Sequence[str]) -> list[Budget]:
    """The budgets of a year as they stand, one of each organisation that has one."""
    with bank.store.reading() as connection:
        found = store.budgets(connection, year=year, on=bank.today(), within=within)
    return [Budget(**{name: row[name] for name in Budget._fields}) for row in found]
