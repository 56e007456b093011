"""Sealed columns, found by the key that sealed them and sealed anew; what they hold nobody reads here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select, update

from ledger.store.rows import beyond
from ledger.store.schema import metadata

Row = dict[str, Any]


def stale(
    connection: Connection, table: str, column: str, *, newest: bytes, after: Mapping[str, Any] | None, limit: int
) -> list[Row]:
    """The key of each row whose column an older key sealed than that whose name is `newest`, and the column."""
    made = metadata.tables[table]
    key, value = list(made.primary_key.columns), made.c[column]
    wanted = select(*key, value).where(func.length(value) > 0, func.substr(value, 1, len(newest)) != newest)
    if after is not None:
        wanted = wanted.where(beyond(key, [after[each.name] for each in key], newest_first=False))
    return [dict(row) for row in connection.execute(wanted.order_by(*key).limit(limit)).mappings()]


def reseal(connection: Connection, table: str, column: str, row: Mapping[str, Any], anew: bytes) -> int:
    """The same under another seal: 1; nothing where somebody changed it in the meantime: 0."""
    made = metadata.tables[table]
    same = [each == row[each.name] for each in made.primary_key.columns]
    unchanged = made.c[column] == row[column]
    return connection.execute(update(made).where(*same, unchanged).values({column: anew})).rowcount
