"""Refresh tokens: each is used once. One that comes back was copied, so its whole family is revoked (RFC
9700, 4.14.2).
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from uuid import UUID

from ledger.bank import Bank
from ledger.store import staff as store

TOKEN_BYTES = 32
LIFETIME_MICROSECONDS = 7 * 24 * 3600 * 1_000_000
"""Somebody who does not come back for a week signs in again."""


def issue(bank: Bank, staff_id: UUID) -> str:
    """The first token of a new family. Only its digest is kept."""
    with bank.store.changing() as connection:
        return _add(bank, connection, family=bank.world.new_id(), staff_id=staff_id)


def renew(bank: Bank, token: str) -> tuple[UUID, str] | None:
    """Use a token up: whose it was, and its successor. None if it does not hold; shown twice, it revokes its family."""
    digest = _digest(token)
    with bank.store.changing() as connection:
        now = bank.world.clock()
        spent = store.spend_refresh_token(connection, digest, now)
        if spent is None:
            store.revoke_family(connection, digest, now)
            return None
        return spent.staff_id, _add(bank, connection, family=spent.family, staff_id=spent.staff_id)


def _add(bank: Bank, connection: Any, *, family: UUID, staff_id: UUID) -> str:
    token = base64.urlsafe_b64encode(bank.world.random_bytes(TOKEN_BYTES)).rstrip(b"=").decode()
    now = bank.world.clock()
    store.add_refresh_token(
        connection,
        digest=_digest(token),
        family=family,
        staff_id=staff_id,
        issued_at=now,
        expires_at=now + LIFETIME_MICROSECONDS,
    )
    return token


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
