"""Refresh tokens: each is used once. One that comes back was copied, so its whole family is revoked (RFC
9700, 4.14.2).
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any, NamedTuple
from uuid import UUID

from ledger.bank import Bank
from ledger.store import staff as store

TOKEN_BYTES = 32
LIFETIME_MICROSECONDS = 7 * 24 * 3600 * 1_000_000
"""Somebody who does not come back for a week signs in again."""
DEVICE_LIFETIME_MICROSECONDS = 90 * 24 * 3600 * 1_000_000
"""A kiosk stays paired over the longest holidays; it renews every few minutes while it is switched on."""


class Holder(NamedTuple):
    """Whose a refresh token is: a person's, a device's, or a person's at one device and nowhere else."""

    staff_id: UUID | None
    device_id: UUID | None


def issue(bank: Bank, holder: Holder) -> str:
    """The first token of a new family. Only its digest is kept."""
    with bank.store.changing() as connection:
        return _add(bank, connection, family=bank.world.new_id(), holder=holder)


def renew(bank: Bank, token: str) -> tuple[Holder, str] | None:
    """Use a token up: whose it was, and its successor. None if it does not hold; shown twice, it revokes its family."""
    digest = _digest(token)
    with bank.store.changing() as connection:
        now = bank.world.clock()
        spent = store.spend_refresh_token(connection, digest, now)
        if spent is None:
            store.revoke_family(connection, digest, now)
            return None
        holder = Holder(spent.staff_id, spent.device_id)
        return holder, _add(bank, connection, family=spent.family, holder=holder)


def _add(bank: Bank, connection: Any, *, family: UUID, holder: Holder) -> str:
    token = base64.urlsafe_b64encode(bank.world.random_bytes(TOKEN_BYTES)).rstrip(b"=").decode()
    now = bank.world.clock()
    store.add_refresh_token(
        connection,
        digest=_digest(token),
        family=family,
        staff_id=holder.staff_id,
        device_id=holder.device_id,
        issued_at=now,
        expires_at=now + (LIFETIME_MICROSECONDS if holder.staff_id else DEVICE_LIFETIME_MICROSECONDS),
    )
    return token


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
