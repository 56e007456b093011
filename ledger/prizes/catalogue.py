"""Prizes and desks: what can be had, for how many points, and where. Never for money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.core.accounts import Owner, OwnerKind
from ledger.governance.prices import listed
from ledger.people.organisations import Organisation
from ledger.store import rows
from ledger.store.rows import Page


class PriceDecided(ValueError):
    """A price list in force names this prize: only another list changes what it costs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prize:
    id: UUID
    organisation_id: UUID
    organisation_path: str
    unit_id: int
    """The unit its stock is counted in; strangers know it as `prize:<number>`."""
    title: str
    prize_class: str
    """What limits and tiers of a rulebook call it; empty if nothing."""
    cost_points: int
    """Of one, in the smallest unit of points."""
    on_shelf: bool
    low_at: int | None = None
    """How few at a desk are so few that somebody should see to it; None where nobody asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    id: UUID
    organisation_id: UUID
    organisation_path: str
    name: str

    @property
    def owner(self) -> Owner:
        return Owner(OwnerKind.DESK, self.id)


def add_prize(
    bank: Bank, by: By, *, organisation: Organisation, title: str, cost_points: int, prize_class: str = ""
) -> Prize:
    """A new prize with a unit of its own, on the shelf from now on."""
    with bank.changing(by) as change:
        unit = rows.next_unit(change.connection)
        made = Prize(
            id=bank.world.new_id(),
            organisation_id=organisation.id,
            organisation_path=organisation.path,
            unit_id=unit,
            title=title,
            prize_class=prize_class,
            cost_points=cost_points,
            on_shelf=True,
        )
        change.add("unit", {"id": unit, "kind": "prize", "scale": 0})
        row = {field: getattr(made, field) for field in Prize.__slots__ if field != "organisation_path"}
        change.add("prize", row | {"on_shelf": 1, "created_at": change.now})
        change.audit("add", "prize", made.id, after={"title": title, "cost_points": cost_points})
    return made


def change_prize(
    bank: Bank, by: By, prize: Prize, *, cost_points: int | None, on_shelf: bool | None, low_at: int | None = None
) -> Prize:
    """Reprice a prize, take it off the shelf, say when it is low. What was redeemed keeps the price of its day.
    Refuses PriceDecided.
    """
    after: dict[str, Any] = {}
    decided = listed(bank, bank.today())
    if cost_points is not None:
        if prize.id in decided:
            raise PriceDecided(f"the price of {prize.id} was decided: propose another price list")
        after["cost_points"] = cost_points
    if on_shelf is not None:
        after["on_shelf"] = int(on_shelf)
    if low_at is not None:
        after["low_at"] = low_at
    with bank.changing(by) as change:
        if after:
            change.change("prize", prize.id, after)
            change.audit("change", "prize", prize.id, after=after)
        row = change.find("prize", id=prize.id)
    return _prize(row or {}, decided)


def find_prize(bank: Bank, id: UUID) -> Prize | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "prize", id=id)
    return _prize(row, listed(bank, bank.today())) if row else None


def find_prizes(bank: Bank, ids: Sequence[UUID]) -> dict[UUID, Prize]:
    with bank.store.reading() as connection:
        found = rows.find_all(connection, "prize", ids)
    decided = listed(bank, bank.today())
    return {id: _prize(row, decided) for id, row in found.items()}


def prizes(bank: Bank, *, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[Prize]:
    """What organisations at, below and above these paths offer, in the order they were added."""
    with bank.store.reading() as connection:
        found = rows.page(
            connection, "prize", order=("unit_id",), after=after, limit=limit, within=within, or_above=True
        )
    decided = listed(bank, bank.today())
    return Page([_prize(row, decided) for row in found.items], found.after)


def open_desk(bank: Bank, by: By, *, organisation: Organisation, name: str) -> Desk:
    """A new redemption desk."""
    made = Desk(id=bank.world.new_id(), organisation_id=organisation.id, organisation_path=organisation.path, name=name)
    with bank.changing(by) as change:
        change.add("desk", {"id": made.id, "organisation_id": organisation.id, "name": name, "created_at": change.now})
        change.audit("open", "desk", made.id, after={"name": name})
    return made


def find_desk(bank: Bank, id: UUID) -> Desk | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "desk", id=id)
    return _desk(row) if row else None


def desks(bank: Bank, *, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[Desk]:
    with bank.store.reading() as connection:
        found = rows.page(connection, "desk", order=("id",), after=after, limit=limit, within=within)
    return Page([_desk(row) for row in found.items], found.after)


def _prize(row: dict[str, Any], decided: Mapping[UUID, int]) -> Prize:
    """At the price that was decided, where a list in force names it; else at the catalogue's own."""
    known = {field: row[field] for field in Prize.__slots__}
    return Prize(
        **known | {"on_shelf": bool(row["on_shelf"]), "cost_points": decided.get(row["id"], row["cost_points"])}
    )


def _desk(row: dict[str, Any]) -> Desk:
    return Desk(**{field: row[field] for field in Desk.__slots__})
