"""Closings: somebody leaves or dies, or turns out to be registered twice; and how that is undone.

Who moves to another estate closes nothing: they stay, the organisation changes, and the balance goes along.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Request
from ledger.core.accounts import Owner, OwnerKind
from ledger.core.reversal import Reverse
from ledger.people import privacy
from ledger.people.close import LEFT, Close
from ledger.people.merge import Merge
from ledger.people.volunteers import Volunteer
from ledger.store import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How one account ended; undone or not."""

    id: UUID
    seq: int
    volunteer_id: UUID
    reason: str
    points: int


def close(
    bank: Bank, by: By, request: Request, volunteer: Volunteer, *, reason: str, heir: Owner | None = None
) -> Outcome:
    """End an account; what is left of it goes where the privacy rules say. `reason` is "left" or "died"."""
    rules = privacy.rules(bank)
    disposal = rules.on_leaving if reason == LEFT else rules.on_death
    command = Close(
        id=bank.world.new_id(),
        actor=by.actor,
        volunteer=volunteer.owner,
        organisation=Owner(OwnerKind.ORGANISATION, volunteer.organisation_id),
        reason=reason,
        is_transferred=disposal == privacy.TRANSFER,
        heir=heir,
    )
    return bank.submit(command, request)


def merge(bank: Bank, by: By, request: Request, merged: Volunteer, survivor: Volunteer) -> Outcome:
    """Both are one person: everything goes to the survivor, and the merged number leads there from now on."""
    command = Merge(id=bank.world.new_id(), actor=by.actor, merged=merged.owner, survivor=survivor.owner)
    return bank.submit(command, request)


def undo(bank: Bank, by: By, request: Request, volunteer: Volunteer, closing_seq: int, reason: str) -> Outcome:
    """Open a closed or merged account again: what was moved comes back as in any reversal; what the other has spent of
    it by now, they owe. Somebody who was erased is not found any more, so their closing stays.
    """
    command = Reverse(id=bank.world.new_id(), actor=by.actor, seq=closing_seq, reason=reason, subject=str(volunteer.id))
    return bank.submit(command, request)


def find(bank: Bank, id: UUID) -> Closing | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "closing", id=id)
    return Closing(**{name: row[name] for name in Closing.__slots__}) if row else None
