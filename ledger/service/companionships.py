"""Companionships (结对帮扶): a volunteer looks after the wisher of a wish beyond the wish itself, until one of them has
had enough. Who the wisher is stands nowhere but with the wish.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.core.refusals.needs import AlreadyTakenUp, NotTakenUp, OwnNeed
from ledger.core.refusals.people import VolunteerClosed
from ledger.core.refusals.refusal import Refused
from ledger.people.volunteers import Volunteer
from ledger.service import wishes
from ledger.service.need_steps import refuse_other
from ledger.service.wishes import Wish
from ledger.store import persons
from ledger.store import wishes as store
from ledger.store.rows import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Companionship:
    id: UUID
    wish_id: UUID
    organisation_id: UUID
    organisation_path: str
    volunteer_id: UUID
    volunteer_no: str
    name: str
    from_on: date
    until_on: date | None


def pair(bank: Bank, by: By, wish: Wish, volunteer: Volunteer) -> Companionship:
    """From today on, with a wish that was published. Refuses StepNotPossible, VolunteerClosed, OwnNeed,
    AlreadyTakenUp.
    """
    with bank.changing(by) as change:
        now = wishes.hold(change, wish.id)
        refuse_other(now.state, "pair", "published", "fulfilled", "confirmed")
        if volunteer.closed is not None:
            raise Refused(VolunteerClosed())
        mine = persons.ids_of(change.connection, volunteer.id)
        if now.volunteer_id in mine:
            raise Refused(OwnNeed())
        if any(change.find("companionship", open_as=_open_as(now.id, id)) for id in mine):
            raise Refused(AlreadyTakenUp())
        id = change.new_id()
        row = {
            "id": id,
            "wish_id": now.id,
            "organisation_id": now.organisation_id,
            "volunteer_id": volunteer.id,
            "from_on": bank.today(),
            "recorded_at": change.now,
            "recorded_by": by.actor,
            "open_as": _open_as(now.id, volunteer.id),
        }
        change.add("companionship", row)
        change.audit("pair", "companionship", id, after={"wish": now.id, "volunteer": volunteer.id})
        found = store.companionship_of(change.connection, id)
    return _from(found or row)


def end(bank: Bank, by: By, tie: Companionship) -> Companionship:
    """Today is its last day. Refuses NotTakenUp where it has ended."""
    with bank.changing(by) as change:
        change.hold("wish", tie.wish_id)
        now = _from(store.companionship_of(change.connection, tie.id) or {})
        if now.until_on is not None:
            raise Refused(NotTakenUp())
        change.change("companionship", tie.id, {"until_on": bank.today(), "open_as": None})
        change.audit("end", "companionship", tie.id, after={"until": bank.today()})
        return _from(store.companionship_of(change.connection, tie.id) or {})


def find(bank: Bank, id: UUID) -> Companionship | None:
    with bank.store.reading() as connection:
        row = store.companionship_of(connection, id)
    return _from(row) if row else None


def page(bank: Bank, *, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[Companionship]:
    """The newest first."""
    with bank.store.reading() as connection:
        found = store.companionships(connection, within=within, after=after, limit=limit)
    return found.each(_from)


def _open_as(wish_id: UUID, volunteer_id: UUID) -> str:
    return f"{wish_id}/{volunteer_id}"


def _from(row: dict[str, Any]) -> Companionship:
    return Companionship(**{name: row[name] for name in Companionship.__slots__})
