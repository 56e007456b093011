"""Accounts: where an amount of one unit sits. A lot is an account, so every question about lapse is a balance."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

POINTS = 1
"""Unit id of points: integers in the bank's smallest unit (10 to the power of its scale make one point)."""
MINUTES = 2
"""Unit id of service hours, kept as minutes."""

NEVER = date.max
"""`expires_on` of what does not lapse: sorts after every real day, and keeps the account's key free of null."""


class Purpose(StrEnum):
    """What an account is for. Its floor follows from it."""

    WALLET = "wallet"
    HELD = "held"
    DEBT = "debt"
    DONATE_ONLY = "donate_only"
    HONOUR = "honour"
    CLOCKED = "clocked"
    HONORARY = "honorary"
    STOCK = "stock"
    ISSUANCE = "issuance"
    REDEEMED = "redeemed"
    LAPSED = "lapsed"
    DONATED = "donated"
    ADJUSTMENT = "adjustment"
    FORFEITED = "forfeited"
    RECEIVED = "received"
    HANDED_OUT = "handed_out"
    WRITTEN_OFF = "written_off"
    COUNTED = "counted"


FLOORED = frozenset(
    {
        *(Purpose.WALLET, Purpose.HELD, Purpose.DONATE_ONLY, Purpose.HONOUR),
        *(Purpose.CLOCKED, Purpose.HONORARY, Purpose.STOCK),
    }
)
"""Purposes whose balance never goes below zero."""


class OwnerKind(StrEnum):
    """Who owns an account. Persons are never named in public bytes."""

    VOLUNTEER = "volunteer"
    HOUSEHOLD = "household"
    GROUP = "group"
    ORGANISATION = "organisation"
    DESK = "desk"


PERSONAL = frozenset({OwnerKind.VOLUNTEER, OwnerKind.HOUSEHOLD, OwnerKind.GROUP})


class Owner(NamedTuple):
    kind: OwnerKind
    id: UUID


class AccountKey(NamedTuple):
    """What makes an account the one it is. `expires_on` is the last day its content may be used; NEVER if it does not
    lapse.
    """

    owner: Owner
    purpose: Purpose
    unit: int
    expires_on: date = NEVER


@dataclass(slots=True)
class Account:
    """An account as a batch sees it: the only value in core that changes, and only through `Books.move`."""

    id: int
    key: AccountKey
    balance: int
    entries: int
    """Legs so far: the running number of its latest entry."""
    opened_seq: int
    _public_name: str = field(default="", repr=False, compare=False)

    @property
    def public_name(self) -> str:
        """What strangers may read: desks and organisations by id, persons only by what the account is for."""
        self._public_name = self._public_name or public_name(self.key)
        return self._public_name


def floor_of(purpose: Purpose) -> int | None:
    """The balance an account may not go below; None where it may (the other side of the world: issuance, sinks,
    debt).
    """
    return 0 if purpose in FLOORED else None


def public_name(key: AccountKey) -> str:
    owner, purpose, _, _ = key
    return f"person/{purpose}" if owner.kind in PERSONAL else f"{owner.kind}:{owner.id}/{purpose}"
