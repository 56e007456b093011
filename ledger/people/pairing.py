"""Pairing after RFC 8628: a kiosk or desk shows a short code, an administrator who has seen what asks from where
decides, and the device, which has polled meanwhile with a secret of its own, gets its tokens once.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

from ledger.bank import Bank, By
from ledger.people import devices
from ledger.people.codes import PAIRING_DIGITS, new_code
from ledger.people.devices import Device
from ledger.people.organisations import Organisation
from ledger.store import devices as device_store
from ledger.store import pairing as store

SECONDS = 600
"""How long a code can be decided on, and its tokens fetched."""
INTERVAL_SECONDS = 5
SLOWER_SECONDS = 5
"""RFC 8628, 3.5: whoever polls too soon waits so much longer from then on."""
WAITING_MAX = 200
"""So many ask at once at the most: a code drawn at random is then one in 500,000, for an administrator to mistype."""
DEVICE_CODE_BYTES = 32


class TooManyWaiting(RuntimeError):
    """More devices ask to be paired than any bank has; later again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """What asks to be paired, as the administrator sees it."""

    id: UUID
    user_code: str
    kind: str
    name: str
    address: str
    """Where it asks from, on the network."""
    asked_at: int
    expires_at: int


class Asked(NamedTuple):
    """A new pairing, with the secret that only the device gets to know."""

    pairing: Pairing
    device_code: str


class NotYet(Enum):
    """Why a poll gets no tokens: the error codes of RFC 8628, 3.5, and RFC 6749, 5.2."""

    PENDING = "authorization_pending"
    SLOW_DOWN = "slow_down"
    DENIED = "access_denied"
    EXPIRED = "expired_token"
    INVALID = "invalid_grant"


def ask(bank: Bank, *, kind: str, name: str, address: str) -> Asked:
    """A device asks to be paired. Refuses TooManyWaiting."""
    secret = base64.urlsafe_b64encode(bank.world.random_bytes(DEVICE_CODE_BYTES)).rstrip(b"=").decode()
    id = bank.world.new_id()
    with bank.changing(By(actor=id)) as change:
        store.sweep(change.connection, change.now - SECONDS * 1_000_000)
        if store.waiting(change.connection, change.now) >= WAITING_MAX:
            raise TooManyWaiting
        user_code = new_code(bank.world.random_bytes, PAIRING_DIGITS)
        while change.find("pairing", user_code=user_code):
            user_code = new_code(bank.world.random_bytes, PAIRING_DIGITS)
        row = {
            "id": id,
            "user_code": user_code,
            "kind": kind,
            "name": name,
            "address": address,
            "asked_at": change.now,
            "expires_at": change.now + SECONDS * 1_000_000,
        }
        more = {"device_code_digest": _digest(secret), "interval_seconds": INTERVAL_SECONDS}
        change.add("pairing", row | more, unique="user_code")
    return Asked(_from(row), secret)


def find(bank: Bank, user_code: str) -> Pairing | None:
    """What waits under this code; None once it was decided on or its time has passed."""
    with bank.store.reading() as connection:
        row = store.undecided(connection, user_code, bank.world.clock())
    return _from(row) if row else None


def approve(
    bank: Bank,
    by: By,
    user_code: str,
    *,
    kind: str,
    name: str | None,
    organisation: Organisation,
    desk_id: UUID | None,
) -> Device | None:
    """The device as it is paired from now on; `name` None keeps the one it gave itself. None where nothing waits
    under this code.
    """
    with bank.changing(by) as change:
        asked = store.undecided(change.connection, user_code, change.now, hold=True)
        if asked is None:
            return None
        made = Device(
            id=bank.world.new_id(),
            kind=kind,
            name=name or asked["name"],
            organisation_id=organisation.id,
            organisation_path=organisation.path,
            desk_id=desk_id,
            paired_at=change.now,
            revoked_at=None,
        )
        row = {field: getattr(made, field) for field in Device.__slots__ if field != "organisation_path"}
        change.add("device", row)
        store.change(change.connection, asked["id"], device_id=made.id)
        seen = {"kind": kind, "organisation_id": organisation.id, "desk_id": desk_id, "asked_from": asked["address"]}
        change.audit("pair", "device", made.id, after=seen)
    return made


def deny(bank: Bank, by: By, user_code: str) -> Pairing | None:
    """What was turned away; None where nothing waits under this code."""
    with bank.changing(by) as change:
        asked = store.undecided(change.connection, user_code, change.now, hold=True)
        if asked is None:
            return None
        store.change(change.connection, asked["id"], denied_at=change.now)
        change.audit("deny", "pairing", asked["id"], after={"kind": asked["kind"], "asked_from": asked["address"]})
    return _from(asked)


def poll(bank: Bank, device_code: str) -> Device | NotYet:
    """The device, once, as soon as it is paired; until then why not."""
    digest = _digest(device_code)
    with bank.store.reading() as connection:
        if store.asked(connection, digest) is None:
            return NotYet.INVALID
    with bank.store.changing() as connection:
        now = bank.world.clock()
        asked = store.asked(connection, digest, hold=True)
        verdict = _verdict(asked, now)
        if asked is not None and verdict in (NotYet.PENDING, NotYet.SLOW_DOWN):
            slower = SLOWER_SECONDS if verdict is NotYet.SLOW_DOWN else 0
            store.change(connection, asked["id"], polled_at=now, interval_seconds=asked["interval_seconds"] + slower)
        if asked is None or verdict is not None:
            return verdict or NotYet.INVALID
        store.change(connection, asked["id"], used_at=now)
        paired = device_store.standing(connection, asked["device_id"])
    return devices.from_row(paired) if paired else NotYet.DENIED


def _verdict(asked: Mapping[str, Any] | None, now: int) -> NotYet | None:
    """Why not yet; None where it is approved and not yet used."""
    if asked is None or asked["used_at"] is not None:
        return NotYet.INVALID
    if asked["denied_at"] is not None:
        return NotYet.DENIED
    if asked["expires_at"] <= now:
        return NotYet.EXPIRED
    if asked["device_id"] is not None:
        return None
    due = (asked["polled_at"] or 0) + asked["interval_seconds"] * 1_000_000
    return NotYet.SLOW_DOWN if now < due else NotYet.PENDING


def _digest(device_code: str) -> str:
    return hashlib.sha256(device_code.encode()).hexdigest()


def _from(row: Mapping[str, Any]) -> Pairing:
    return Pairing(**{field: row[field] for field in Pairing.__slots__})
