"""What is remembered under idempotency keys, for those who must know before they submit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from ledger.store.schema.books import command


def is_reused(connection: Connection, client: str, keys: Sequence[str], digest: bytes) -> bool:
    """Whether one of these keys of a client was already used for another request than the one with this digest."""
    used = select(command.c.key).where(command.c.client == client, command.c.key.in_(keys), command.c.request != digest)
    return connection.execute(used.limit(1)).first() is not None


def refused(connection: Connection, client: str, keys: Sequence[str]) -> set[str]:
    """Those of these keys of a client under which the bank said no."""
    if not keys:
        return set()
    said_no = (command.c.client == client, command.c.key.in_(keys), command.c.outcome == "refused")
    return set(connection.scalars(select(command.c.key).where(*said_no)))
