"""Catalogue changes: ordinary transactions in which every change leaves a line in the audit, saying who made it, from
which device, and what stood there before and after.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert

from ledger.store import rows
from ledger.store.engines import Store
from ledger.store.schema import people


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who acts, and where."""

    actor: UUID
    device: UUID | None = None
    """The paired kiosk or desk it is done at; None elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """One transaction of catalogue changes. `now` is its one instant, in microseconds since 1970 UTC."""

    connection: Connection
    by: By
    now: int
    new_id: Callable[[], UUID]

    def add(self, table: str, row: Mapping[str, Any], *, unique: str = "id") -> None:
        """Add a row. Refuses Taken, naming `unique`, where its key is in use."""
        rows.add(self.connection, table, row, unique=unique)

    def change(self, table: str, id: Any, row: Mapping[str, Any]) -> bool:
        """Change these columns of one row; False where there is none."""
        return rows.change(self.connection, table, id, row)

    def find(self, table: str, **by: Any) -> dict[str, Any] | None:
        """The one row with these values, as this transaction sees it."""
        return rows.find(self.connection, table, **by)

    def audit(self, action: str, kind: str, subject: object, **change: Mapping[str, Any]) -> None:
        """A line about what was done to which object. `change` is before= and after=, and holds nothing personal."""
        self.connection.execute(
            insert(people.audit).values(
                id=self.new_id(),
                recorded_at=self.now,
                actor_id=self.by.actor,
                device_id=self.by.device,
                action=action,
                subject_kind=kind,
                subject_id=str(subject),
                change=json.dumps(change, ensure_ascii=False, default=str),
            )
        )


@contextmanager
def changing(store: Store, by: By, *, now: int, new_id: Callable[[], UUID]) -> Iterator[Changes]:
    """A transaction for changes by one person: all of them and their lines in the audit, or none."""
    with store.changing() as connection:
        yield Changes(connection=connection, by=by, now=now, new_id=new_id)
