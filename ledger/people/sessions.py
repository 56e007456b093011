"""Sessions: the few minutes in which a volunteer is known, at a kiosk, at a desk, or with somebody's help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from ledger.bank import ActorKind, Bank, By
from ledger.people.devices import Device
from ledger.people.volunteers import Volunteer
from ledger.store import devices as store

IDLE_SECONDS = 60
"""How long a session lasts at a kiosk or desk that nobody touches; each touch may renew it."""
ASSISTED_SECONDS = 300
"""How long one lasts that staff have opened."""
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
    identified_by: str
    """card or number (with the PIN), screen (a code shown elsewhere), or staff."""
    opened_at: int
    closes_at: int

    @property
    def idle_seconds(self) -> int:
        """How long it lasts when nobody renews it."""
        return ASSISTED_SECONDS if self.staff_id else IDLE_SECONDS

    @property
    def by(self) -> By:
        """Who does what is done in this session: whoever assists, else the volunteer."""
        kind: ActorKind = "staff" if self.staff_id else "volunteer"
        return By(actor=self.staff_id or self.volunteer_id, device=self.device_id, kind=kind)


def assist(bank: Bank, by: By, volunteer: Volunteer, purpose: str) -> Session:
    """A session that staff open for a volunteer who cannot or will not identify themselves, and act in for them.

    Who did, for whom and what for stands in the audit (the staffed way that 无障碍环境建设法, art. 39 keeps open).
    """
    return _open(bank, by, volunteer, identified_by="staff", purpose=purpose)


def identify(bank: Bank, device: Device, volunteer: Volunteer, how: str) -> Session:
    """A session at this device for a volunteer who has shown who they are: by card, number or screen."""
    return _open(bank, By(actor=volunteer.id, device=device.id, kind="volunteer"), volunteer, identified_by=how)


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
        renewed = replace(session, closes_at=min(change.now + session.idle_seconds * 1_000_000, longest))
        change.change("volunteer_session", session.id, {"closes_at": renewed.closes_at})
    return renewed


def _open(bank: Bank, by: By, volunteer: Volunteer, *, identified_by: str, purpose: str | None = None) -> Session:
    with bank.changing(by) as change:
        opened = Session(
            id=bank.world.new_id(),
            volunteer_id=volunteer.id,
            volunteer_no=volunteer.volunteer_no,
            organisation_path=volunteer.organisation_path,
            device_id=by.device,
            staff_id=by.actor if purpose else None,
            identified_by=identified_by,
            opened_at=change.now,
            closes_at=change.now,
        )
        opened = replace(opened, closes_at=change.now + opened.idle_seconds * 1_000_000)
        row = {field: getattr(opened, field) for field in Session.__slots__ if field not in _OF_THE_VOLUNTEER}
        change.add("volunteer_session", row | {"purpose": purpose})
        seen = {"session_id": opened.id, "identified_by": identified_by, "purpose": purpose}
        change.audit("assist" if purpose else "identify", "volunteer", volunteer.id, after=seen)
    return opened


_OF_THE_VOLUNTEER = ("volunteer_no", "organisation_path")


def find_open(bank: Bank, session_id: UUID) -> Session | None:
    """The session, while it lasts; None once it ended, its time has passed or its device was revoked."""
    with bank.store.reading() as connection:
        row = store.open_session(connection, session_id, bank.world.clock())
    return from_row(row) if row else None


def is_here(bank: Bank, volunteer: Volunteer, device_id: UUID) -> bool:
    """Whether the volunteer stands at this device and has shown who they are; with nobody's help."""
    with bank.store.reading() as connection:
        return store.is_here(connection, volunteer.id, device_id, bank.world.clock())


def from_row(row: Mapping[str, Any]) -> Session:
    return Session(**{field: row[field] for field in Session.__slots__})
