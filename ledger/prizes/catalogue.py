"""Prizes and desks: what can be had, for how many points, and where. Never for money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypedDict, Unpack
from uuid import UUID

from stdnum import damm

from ledger.bank import Bank, By, Changes
from ledger.core.accounts import Owner, OwnerKind
from ledger.governance.prices import listed
from ledger.people.organisations import Organisation
from ledger.prizes.prize_terms import OPEN, ItemLimit, PrizeTerms
from ledger.service import rulebooks
from ledger.store import rows
from ledger.store.rows import Page

Kind = Literal["goods", "service"]
CODE_DIGITS = 8
"""Of the code of a prize; the last of them checks the others."""


class PriceDecided(ValueError):
    """A price list in force names this prize, or the rulebook leaves prices to lists: only a list changes it."""


class PriceUndecided(ValueError):
    """The rulebook leaves prices to lists, and none in force names this prize: it is on no shelf before."""


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
    kind: Kind = "goods"
    """A service is counted like goods, in the slots that were given: twenty haircuts on the 15th."""
    picture: str | None = None
    """The digest of its picture (see `pictures`)."""
    reference_fen: int | None = None
    """What one is worth, for budgets alone: never shown to volunteers, never paid. None where nobody said."""
    terms: PrizeTerms = OPEN
    """Who may have it, and how many."""

    @property
    def code(self) -> str:
        """What its label on the shelf says, to be scanned, or typed without the zeros it begins with."""
        body = f"{self.unit_id:0{CODE_DIGITS - 1}d}"
        return body + str(damm.calc_check_digit(body))


class PrizeChanges(TypedDict, total=False):
    """What can change of a prize; what is left out stays."""

    cost_points: int
    on_shelf: bool
    low_at: int | None
    picture: str | None
    reference_fen: int | None
    terms: PrizeTerms


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
    bank: Bank,
    by: By,
    *,
    organisation: Organisation,
    title: str,
    cost_points: int,
    prize_class: str = "",
    kind: Kind = "goods",
    terms: PrizeTerms = OPEN,
) -> Prize:
    """A new prize with a unit of its own, on the shelf from now on; where the rulebook leaves prices to lists, once one
    that names it is in force.
    """
    on_shelf = not _left_to_lists(bank, organisation.path)
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
            on_shelf=on_shelf,
            kind=kind,
            terms=terms,
        )
        change.add("unit", {"id": unit, "kind": "prize", "scale": 0})
        row = {field: getattr(made, field) for field in _PLAIN if field != "organisation_path"}
        row |= {"on_shelf": int(on_shelf), "created_at": change.now} | _termed(made.terms)
        change.add("prize", row)
        _priced(bank, change, made.id, cost_points)
        change.audit("add", "prize", made.id, after={"title": title, "cost_points": cost_points})
    return made


def change_prize(bank: Bank, by: By, prize: Prize, **changed: Unpack[PrizeChanges]) -> Prize:
    """Reprice a prize, take it off the shelf, say when it is low and who may have it. What was redeemed keeps the price
    of its day. Refuses PriceDecided, PriceUndecided.
    """
    decided = listed(bank, bank.today())
    cost_points = changed.get("cost_points")
    is_left = (cost_points is not None or changed.get("on_shelf")) and _left_to_lists(bank, prize.organisation_path)
    if cost_points is not None and (is_left or prize.id in decided):
        raise PriceDecided(f"the price of {prize.id} is for a price list to say: propose one")
    if changed.get("on_shelf") and is_left and prize.id not in decided:
        raise PriceUndecided(f"no price list in force names {prize.id}: propose one")
    after: dict[str, Any] = {name: value for name, value in changed.items() if name != "terms"}
    if "on_shelf" in changed:
        after["on_shelf"] = int(changed["on_shelf"])
    if "terms" in changed:
        after |= _termed(changed["terms"])
    with bank.changing(by) as change:
        if after:
            change.change("prize", prize.id, after)
            change.audit("change", "prize", prize.id, after=after)
        if cost_points is not None:
            _priced(bank, change, prize.id, cost_points)
        row = change.find("prize", id=prize.id)
    return _prize(row or {}, decided)


def _left_to_lists(bank: Bank, organisation_path: str) -> bool:
    """Whether the rulebook that holds there today leaves prices to price lists."""
    book = rulebooks.in_force(bank, bank.today(), organisation_path=organisation_path)
    return book is not None and book.redeeming.prices_decided


def _priced(bank: Bank, change: Changes, prize: UUID, cost_points: int) -> None:
    row = {"id": bank.world.new_id(), "prize_id": prize, "cost_points": cost_points}
    row |= {"effective_from": bank.today(), "set_by": change.by.actor, "recorded_at": change.now}
    change.add("prize_price", row)


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
    return found.each(_desk)


def _prize(row: dict[str, Any], decided: Mapping[UUID, int]) -> Prize:
    """At the price that was decided, where a list in force names it; else at the catalogue's own."""
    known = {field: row[field] for field in _PLAIN}
    known |= {"on_shelf": bool(row["on_shelf"]), "cost_points": decided.get(row["id"], row["cost_points"])}
    limit = ItemLimit(row["limit_items"], row["limit_per"]) if row["limit_items"] else None
    asked = {name: row[name] for name in _LEAST} | {"local_only": bool(row["local_only"])}
    return Prize(**known, terms=PrizeTerms(limit=limit, **asked))


_PLAIN = tuple(name for name in Prize.__slots__ if name != "terms")
_LEAST = ("balance_at_least", "hours_at_least", "star_level_at_least")


def _termed(terms: PrizeTerms) -> dict[str, Any]:
    """The columns of its terms."""
    items, per = terms.limit or (None, None)
    least = {name: getattr(terms, name) for name in _LEAST}
    return {"limit_items": items, "limit_per": per, "local_only": int(terms.local_only)} | least


def _desk(row: dict[str, Any]) -> Desk:
    return Desk(**{field: row[field] for field in Desk.__slots__})
