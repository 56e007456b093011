"""The SQL of pairing: what asks to be a kiosk or a desk, until an administrator has decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, func, select, update

from ledger.store.schema.devices import pairing

_BY_DEVICE_CODE = select(pairing).where(pairing.c.device_code_digest == bindparam("digest"))

_WAITING = (
    pairing.c.expires_at > bindparam("now"),
    pairing.c.denied_at.is_(None),
    pairing.c.device_id.is_(None),
)
_BY_USER_CODE = select(pairing).where(pairing.c.user_code == bindparam("user_code"), *_WAITING)


def sweep(connection: Connection, before: int) -> None:
    """Forget what expired before this instant."""
    connection.execute(delete(pairing).where(pairing.c.expires_at < before))


def waiting(connection: Connection, now: int) -> int:
    """How many ask and are not yet decided on."""
    return int(connection.scalar(select(func.count()).select_from(pairing).where(*_WAITING), {"now": now}) or 0)


def asked(connection: Connection, device_code_digest: str, *, hold: bool = False) -> dict[str, Any] | None:
    """What this device asked for; with `hold` until the transaction ends, so that of two polls one comes first."""
    statement = _BY_DEVICE_CODE.with_for_update() if hold else _BY_DEVICE_CODE
    row = connection.execute(statement, {"digest": device_code_digest}).mappings().first()
    return dict(row) if row is not None else None


def undecided(connection: Connection, user_code: str, now: int, *, hold: bool = False) -> dict[str, Any] | None:
    """What waits under this code; with `hold` until the transaction ends, so that it is decided on once."""
    statement = _BY_USER_CODE.with_for_update() if hold else _BY_USER_CODE
    row = connection.execute(statement, {"user_code": user_code, "now": now}).mappings().first()
    return dict(row) if row is not None else None


def change(connection: Connection, id: UUID, **values: Any) -> None:
    connection.execute(update(pairing).where(pairing.c.id == id).values(**values))
