"""Erasure (删除权, PIPL 47): the person goes; every total, entry, proof and other person's receipt stays.

What goes: the name, sealed particulars, guardians, and the private part of each of their transactions, whose public
entry keeps only a commitment that nobody can open any more. What stays says of a pseudonym what was done and when.
"""

from __future__ import annotations

from dataclasses import dataclass

from ledger.bank import Bank, By
from ledger.core.refusals.people import NotClosed
from ledger.core.refusals.refusal import Refused
from ledger.people import cards, volunteers
from ledger.people.volunteers import Volunteer
from ledger.store import erasing
from ledger.store import volunteers as store

PSEUDONYM = "已删除"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """`openings` private parts were removed. `is_swept`: no old copy of the bytes lies in the database files either."""

    numbers: tuple[str, ...]
    openings: int
    erased_at: int
    is_swept: bool


def erase(bank: Bank, by: By, volunteer: Volunteer) -> Erased:
    """Remove the person behind a closed account, and behind the numbers that were merged into it.

    Refuses NotClosed: the balance is disposed of first, by closing. On SQLite the file is rewritten at once; on
    PostgreSQL `pioneer volunteers sweep` does that, by the owner of the tables.
    """
    with bank.changing(by) as change:
        change.hold_postings()
        now = store.find(change.connection, id=volunteer.id)
        people = [row for row in (now, *store.merged_into(change.connection, volunteer.id)) if row is not None]
        ids = [row["id"] for row in people]
        if now is None or now["closed"] is None or erasing.balances(change.connection, ids):
            raise Refused(NotClosed())
        openings = erasing.null_openings(change.connection, ids)
        erasing.forget(change.connection, ids, volunteers.spelled(PSEUDONYM) | {"erased_at": change.now})
        for row in people:
            cards.forget(change, row["id"])
            change.audit("erase", "volunteer", row["id"], after={"openings": openings})
    return Erased(
        numbers=tuple(sorted(row["volunteer_no"] for row in people)),
        openings=openings,
        erased_at=change.now,
        is_swept=bank.store.sweep() if bank.store.dialect == "sqlite" else False,
    )
