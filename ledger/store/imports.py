"""The SQL of imports: files known already, rows that waited too long, and names that are known already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, update

from ledger.store.rows import below
from ledger.store.schema.imports import import_run
from ledger.store.schema.people import organisation, volunteer

NAMES_AT_ONCE = 500


def committed(connection: Connection, kind: str, organisation_id: UUID, digest: bytes) -> dict[str, Any] | None:
    """The run that already brought in this very file."""
    made = import_run.c
    statement = (
        select(import_run, organisation.c.path.label("organisation_path"))
        .join(organisation, organisation.c.id == made.organisation_id)
        .where(
            made.kind == kind,
            made.organisation_id == organisation_id,
            made.digest == digest,
            made.state == "committed",
        )
        .order_by(made.id)
        .limit(1)
    )
    row = connection.execute(statement).mappings().first()
    return dict(row) if row is not None else None


def expire(connection: Connection, before: int) -> None:
    """Rows that waited since before this instant are forgotten."""
    made = import_run.c
    statement = update(import_run).where(made.state == "checked", made.created_at < before)
    connection.execute(statement.values(state="expired", sealed=None))


def settle(connection: Connection, id: UUID, *, now: int, made: int) -> bool:
    """The run is committed; False where somebody else was quicker."""
    statement = update(import_run).where(import_run.c.id == id, import_run.c.state == "checked")
    values = {"state": "committed", "sealed": None, "settled_at": now, "made": made}
    return connection.execute(statement.values(values)).rowcount == 1


def known_names(connection: Connection, names: Iterable[str], within: Sequence[str]) -> dict[str, list[str]]:
    """Volunteer numbers by name, of those who are registered under one of these names within these organisations."""
    found: dict[str, list[str]] = {}
    asked = sorted(set(names))
    for at in range(0, len(asked), NAMES_AT_ONCE):
        statement = (
            select(volunteer.c.name, volunteer.c.volunteer_no)
            .join(organisation, organisation.c.id == volunteer.c.organisation_id)
            .where(volunteer.c.name.in_(asked[at : at + NAMES_AT_ONCE]), below(within))
            .order_by(volunteer.c.volunteer_no)
        )
        for name, number in connection.execute(statement):
            found.setdefault(name, []).append(number)
    return found
