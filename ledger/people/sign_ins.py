"""Sign-ins, and the refresh tokens that renew them.

Each token is used once. One that comes back was copied, so its whole sign-in ends (RFC 9700, 4.14.2); except that for
half a minute, and while nobody has used its successor, it gives **the same** successor again: whoever lost the answer
on the way can go on, and a thief gains no branch of their own.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any, NamedTuple
from uuid import UUID

from ledger.bank import Bank, By
from ledger.people import sealing
from ledger.store import sign_ins as store
from ledger.store.sign_ins import SignIn

TOKEN_BYTES = 32
SECOND = 1_000_000
DAY = 24 * 3_600 * SECOND
LIFETIME = 7 * DAY
"""Somebody who does not come back for a week signs in again."""
LONGEST = 30 * DAY
"""However often they come back, after a month they sign in again."""
DEVICE_LIFETIME = 90 * DAY
"""A kiosk stays paired over the longest holidays; it renews every few minutes while it is switched on."""
HONOURED = 30 * SECOND
"""How long a token that was used still gives its successor."""
REMEMBERED = 7 * DAY
"""How long a token that was used is remembered at the most, so that a copy of it gives itself away."""
SWEEPS_EVERY = 64
"""One sign-in or renewal in so many clears away what has expired."""


class Holder(NamedTuple):
    """Whose a sign-in is: a person's, a device's, or a person's at one device and nowhere else."""

    staff_id: UUID | None
    device_id: UUID | None


class Standing(NamedTuple):
    """A sign-in that lasts, and the token that renews it next."""

    id: UUID
    holder: Holder
    refresh_token: str


def begin(bank: Bank, holder: Holder) -> Standing:
    """A new sign-in with its first token. Only the token's digest is kept."""
    token = _spelled(bank.world.random_bytes(TOKEN_BYTES))
    id, (kind, who) = bank.world.new_id(), _who(holder)
    with bank.changing(By(actor=who or id, device=holder.device_id)) as change:
        made = SignIn(id, *holder, change.now + LONGEST if holder.staff_id else None)
        store.add(change.connection, made, change.now)
        standing = _issued(change.connection, made, token, change.now)
        change.audit("sign_in", kind, who, after={"sign_in_id": id})
    _sweep_at_times(bank)
    return standing


def renew(bank: Bank, token: str) -> Standing | None:
    """Use a token up. None if it does not hold; shown again when it should not be, it ends its sign-in."""
    now = bank.world.clock()
    digest, next_token = _digest(token), _successor(bank, token)
    with bank.store.changing() as connection:
        found = store.spend(connection, digest, now, now + REMEMBERED)
        if found is not None:
            standing = _issued(connection, found, next_token, now)
        else:
            found = store.honoured(connection, digest, _digest(next_token), now, now - HONOURED)
            if found is None:
                _end_copied(connection, digest, now)
                return None
            standing = Standing(found.id, Holder(found.staff_id, found.device_id), next_token)
    _sweep_at_times(bank)
    return standing


def end(bank: Bank, *, token: str | None = None, id: UUID | None = None, everywhere: bool = False) -> None:
    """Sign out: end the sign-in that has this id, or that this refresh token belongs to; `everywhere` ends all of the
    same person's. Nothing happens where there is none.
    """
    with bank.store.reading() as connection:
        found = store.of_token(connection, _digest(token)) if token else store.find(connection, id) if id else None
    if found is None:
        return
    kind, who = _who(Holder(found.staff_id, found.device_id))
    with bank.changing(By(actor=who or found.id, device=found.device_id)) as change:
        if everywhere and found.staff_id:
            store.end_all(change.connection, found.staff_id, change.now)
        else:
            store.end(change.connection, found.id, change.now)
        change.audit("sign_out", kind, who, after={"everywhere": everywhere, "sign_in_id": found.id})


def sweep(bank: Bank) -> int:
    """Clear away what has expired; how many rows."""
    with bank.store.changing() as connection:
        return store.sweep(connection, bank.world.clock())


def _who(holder: Holder) -> tuple[str, UUID | None]:
    """Whom the audit names: the person, else the device itself."""
    return ("staff", holder.staff_id) if holder.staff_id else ("device", holder.device_id)


def _issued(connection: Any, of: SignIn, token: str, now: int) -> Standing:
    store.add_token(connection, of.id, _digest(token), now + (LIFETIME if of.staff_id else DEVICE_LIFETIME))
    return Standing(of.id, Holder(of.staff_id, of.device_id), token)


def _end_copied(connection: Any, digest: str, now: int) -> None:
    found = store.of_token(connection, digest)
    if found is not None:
        store.end(connection, found.id, now)


def _successor(bank: Bank, token: str) -> str:
    """The one token that follows this one; nobody without the bank's key can tell which."""
    return _spelled(sealing.of(bank).digest(token, purpose="refresh token"))


def _spelled(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _sweep_at_times(bank: Bank) -> None:
    if bank.world.random_bytes(1)[0] % SWEEPS_EVERY == 0:
        sweep(bank)
