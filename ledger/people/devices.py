"""Devices: kiosks and desks, paired once by an administrator. A device is not a person: all it can do is let a
volunteer identify themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.bank import Bank
from ledger.store import devices as store

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


def standing(bank: Bank, device_id: UUID) -> Device | None:
    """The device as it stands now; None if unknown or revoked."""
    with bank.store.reading() as connection:
        row = store.standing(connection, device_id)
    return from_row(row) if row else None


def from_row(row: Mapping[str, Any]) -> Device:
    return Device(**{field: row[field] for field in Device.__slots__})
