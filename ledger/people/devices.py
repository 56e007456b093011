"""Devices: kiosks and desks, paired once by an administrator. A device is not a person: all it can do is let a
volunteer identify themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.store import devices as store
from ledger.store import rows
from ledger.store.rows import Page

KINDS = ("kiosk", "desk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A kiosk or a desk, as it stands at this moment."""

    id: UUID
    kind: str
    name: str
    organisation_id: UUID
    organisation_path: str
    desk_id: UUID | None
    """Which desk it stands at; None for a kiosk."""
    paired_at: int
    revoked_at: int | None


def standing(bank: Bank, device_id: UUID, *, sign_in: UUID | None = None) -> Device | None:
    """The device as it stands now; None if unknown or revoked, or if this sign-in of its own has ended."""
    with bank.store.reading() as connection:
        row = store.standing(connection, device_id, sign_in)
    return from_row(row) if row else None


def find(bank: Bank, id: UUID) -> Device | None:
    """The device, revoked or not."""
    with bank.store.reading() as connection:
        row = rows.find(connection, "device", id=id)
    return from_row(row) if row else None


def page(bank: Bank, *, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[Device]:
    """Devices of these organisations and those below, the first paired first, revoked ones among them."""
    with bank.store.reading() as connection:
        found = rows.page(connection, "device", order=("id",), after=after, limit=limit, within=within)
    return found.each(from_row)


def revoke(bank: Bank, by: By, device: Device) -> Device:
    """From this moment nothing that was ever given at this device holds: its own tokens, its volunteers' sessions, and
    those of staff who signed in at it.
    """
    if device.revoked_at is not None:
        return device
    with bank.changing(by) as change:
        change.change("device", device.id, {"revoked_at": change.now})
        change.audit("revoke", "device", device.id, after={"revoked_at": change.now})
        return replace(device, revoked_at=change.now)


def from_row(row: Mapping[str, Any]) -> Device:
    return Device(**{field: row[field] for field in Device.__slots__})
