"""Who looked at whose personal data, when, where, at which fields and what for (PIPL 51). What was searched for is not
kept: only by what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.people.volunteers import Volunteer
from ledger.store import rows
from ledger.store.rows import Page

PROFILE, BALANCE, STATEMENT, SEARCH, DISCLOSURE, COPY = (
    "profile", "balance", "statement", "search", "disclosure", "copy",
)  # fmt: skip
PURPOSES = ("contact", "verify_identity", "certificate", "emergency", "correction", "own_request", "legal_duty")
"""What particulars may be unmasked for: a closed set, so that the log of views holds no free text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewing:
    id: UUID
    recorded_at: int
    actor_id: UUID
    device_id: UUID | None
    volunteer_id: UUID | None
    what: str
    fields: str
    purpose: str | None


def viewed(
    bank: Bank,
    by: By,
    what: str,
    volunteer: Volunteer | None = None,
    *,
    fields: Sequence[str] = (),
    purpose: str | None = None,
) -> None:
    """Note it before it is shown. Fails where it cannot be noted: then nothing may be shown."""
    bank.store.viewings.add(
        {
            "id": bank.world.new_id(),
            "recorded_at": bank.world.clock(),
            "actor_id": by.actor,
            "device_id": by.device,
            "volunteer_id": volunteer.id if volunteer else None,
            "what": what,
            "fields": " ".join(fields),
            "purpose": purpose,
        }
    )


def page(bank: Bank, *, volunteer: Volunteer | None, after: Sequence[Any] | None, limit: int) -> Page[Viewing]:
    """The newest first; of one volunteer, or of all."""
    only: dict[str, Any] = {} if volunteer is None else {"volunteer_id": volunteer.id}
    with bank.store.reading() as connection:
        found = rows.page(connection, "viewing", order=("id",), after=after, limit=limit, newest_first=True, **only)
    return Page([Viewing(**row) for row in found.items], found.after)
