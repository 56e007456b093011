"""Sessions: the few minutes in which a volunteer is known, at a kiosk, at a desk, or with somebody's help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.people.volunteers import Volunteer
from ledger.store import devices as store

SECONDS = 300
"""How long a session lasts when nobody renews it."""
SECONDS_MAX = 1_200
"""How long it can last with renewals; then the volunteer identifies themselves again."""
PURPOSES = ("card_missing", "pin_missing", "needs_help", "by_agent")
"""What staff open a session for: no card at hand, no PIN set or known, help with the screen, somebody sent by them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A volunteer who is here now. A session without a device is opened by staff, who then acts for them."""

    id: UUID
    volunteer_id: UUID
    volunteer_no: str
    organisation_path: str
    """Of the volunteer, as they belong now."""
    device_id: UUID | None
    staff_id: UUID | None
    """Who assists; None where the volunteer identified themselves."""
    opened_at: int
    closes_at: int

    @property
    def by(self) -> By:
        """Who does what is done in this session: whoever assists, else the volunteer."""
        return By(actor=self.staff_id or self.volunteer_id, device=self.device_id)


def assist(bank: Bank, by: By, volunteer: Volunteer, purpose: str) -> Session:
    """A session that staff open for a volunteer who cannot or will not identify themselves, and act in for them.

    Who did, for whom and what for stands in the audit (the staffed way that 无障碍环境建设法, art. 39 keeps open).
    """
    return _open(bank, by, volunteer, identified_by="staff", staff_id=by.actor, purpose=purpose)


def end(bank: Bank, session: Session) -> Session:
    """The session as it ends, now: from this moment its token opens nothing."""
    with bank.changing(session.by) as change:
        ended = replace(session, closes_at=change.now)
        change.change("volunteer_session", session.id, {"ended_at": change.now})
        change.audit("sign_out", "volunteer", session.volunteer_id, after={"session_id": session.id})
    return ended


def renew(bank: Bank, session: Session) -> Session:
    """The session goes on for as long as a fresh one would, within its longest time."""
    with bank.changing(session.by) as change:
        longest = session.opened_at + SECONDS_MAX * 1_000_000
        renewed = replace(session, closes_at=min(change.now + SECONDS * 1_000_000, longest))
        change.change("volunteer_session", session.id, {"closes_at": renewed.closes_at})
    return renewed


def _open(
    bank: Bank, by: By, volunteer: Volunteer, *, identified_by: str, staff_id: UUID | None, purpose: str | None
) -> Session:
    id = bank.world.new_id()
    with bank.changing(by) as change:
        opened = Session(
            id=id,
            volunteer_id=volunteer.id,
            volunteer_no=volunteer.volunteer_no,
            organisation_path=volunteer.organisation_path,
            device_id=by.device,
            staff_id=staff_id,
            opened_at=change.now,
            closes_at=change.now + SECONDS * 1_000_000,
        )
        row = {
            "id": id,
            "volunteer_id": opened.volunteer_id,
            "device_id": opened.device_id,
            "staff_id": staff_id,
            "identified_by": identified_by,
            "purpose": purpose,
            "opened_at": opened.opened_at,
            "closes_at": opened.closes_at,
        }
        change.add("volunteer_session", row)
        seen = {"session_id": id, "identified_by": identified_by, "purpose": purpose}
        change.audit("assist" if staff_id else "identify", "volunteer", volunteer.id, after=seen)
    return opened


def find_open(bank: Bank, session_id: UUID) -> Session | None:
    """The session, while it lasts; None once it ended, its time has passed or its device was revoked."""
    with bank.store.reading() as connection:
        row = store.open_session(connection, session_id, bank.world.clock())
    return from_row(row) if row else None


def from_row(row: Mapping[str, Any]) -> Session:
    return Session(**{field: row[field] for field in Session.__slots__})
