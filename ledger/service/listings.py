"""Listings: the lists that a rulebook asks about (an exclusion list, who is helped, who has a certificate), and who
stands on them from when until when, for what reason.

Only lists that some rulebook names are kept, and nothing of a person beside them. To stand on a list denies nobody
anything by itself: the rulebook says what it means for points, and people decide the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.core.refusals.organisations import DaysReversed, TagNotAsked
from ledger.core.refusals.refusal import Refused
from ledger.people.volunteers import Volunteer
from ledger.service import rulebooks
from ledger.store import listings as store


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Somebody on a list, both days included; None is until it is ended."""

    id: UUID
    volunteer_id: UUID
    volunteer_no: str
    organisation_path: str
    """Where the volunteer belongs."""
    tag: str
    from_on: date
    until_on: date | None
    reason: str | None
    """None where the person was erased."""


def put_on(
    bank: Bank, by: By, volunteer: Volunteer, tag: str, *, from_on: date, until_on: date | None, reason: str
) -> Listing:
    """The volunteer stands on this list. Refuses TagNotAsked (no rulebook ever taken up names it), DaysReversed."""
    if until_on is not None and until_on < from_on:
        raise Refused(DaysReversed(begins=from_on.isoformat(), ends=until_on.isoformat()))
    asked = (held.rulebook.selection.asked.get("person_tags", ()) for held in rulebooks.adopted(bank))
    if not any(tag in tags for tags in asked):
        raise Refused(TagNotAsked(tag=tag))
    with bank.changing(by) as change:
        id = change.new_id()
        row = {
            "id": id,
            "volunteer_id": volunteer.id,
            "tag": tag,
            "from_on": from_on,
            "until_on": until_on,
            "reason": reason,
            "recorded_at": change.now,
            "recorded_by": by.actor,
        }
        change.add("listing", row)
        told = {"tag": tag, "from": from_on, "until": until_on}
        change.audit("put_on", "listing", id, organisation=volunteer.organisation_id, after=told)
        return _from(store.find(change.connection, id) or {})


def end(bank: Bank, by: By, listing: Listing, *, until_on: date) -> Listing:
    """This day is the last on the list. Refuses DaysReversed."""
    if until_on < listing.from_on:
        raise Refused(DaysReversed(begins=listing.from_on.isoformat(), ends=until_on.isoformat()))
    with bank.changing(by) as change:
        change.change("listing", listing.id, {"until_on": until_on})
        change.audit(
            "end",
            "listing",
            listing.id,
            before={"until": listing.until_on},
            after={"tag": listing.tag, "until": until_on},
        )
        return _from(store.find(change.connection, listing.id) or {})


def find(bank: Bank, id: UUID) -> Listing | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return _from(row) if row else None


def of_volunteer(bank: Bank, volunteer: Volunteer) -> list[Listing]:
    """Every list this volunteer stands or stood on, the earliest first."""
    with bank.store.reading() as connection:
        return [_from(row) for row in store.of_volunteer(connection, volunteer.id)]


def _from(row: Mapping[str, Any]) -> Listing:
    return Listing(**{name: row[name] for name in Listing.__slots__})
