"""The SQL of imports: files known already, rows that waited too long, and names that are known already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, update

from ledger.store.rows import below
from ledger.store.schema.books import command
from ledger.store.schema.imports import import_run
from ledger.store.schema.people import organisation, volunteer

NAMES_AT_ONCE = 500


def committed(connection: Connection, kind: str, organisation_id: UUID, digest: bytes) -> dict[str, Any] | None:
    """The run that already brought in this very file, all of it."""
    made = import_run.c
    statement = (
        select(import_run, organisation.c.path.label("organisation_path"))
        .join(organisation, organisation.c.id == made.organisation_id)
        .where(
            made.kind == kind,
            made.organisation_id == organisation_id,
            made.digest == digest,
            made.state == "committed",
            made.left_out == 0,
            made.refused == 0,
        )
        .order_by(made.id)
        .limit(1)
    )
    row = connection.execute(statement).mappings().first()
    return dict(row) if row is not None else None


def expire(connection: Connection, before: int) -> None:
    """Rows that waited since before this instant are forgotten, and files that were brought in before it."""
    made = import_run.c
    waiting = update(import_run).where(made.state == "checked", made.created_at < before)
    connection.execute(waiting.values(state="expired", sealed=None, file=None))
    kept = update(import_run).where(made.state == "committed", made.created_at < before, made.file.is_not(None))
    connection.execute(kept.values(file=None))


def begin(connection: Connection, id: UUID, row: Mapping[str, Any]) -> bool:
    """From now on its rows are being posted; False where somebody else began, or it is over."""
    statement = update(import_run).where(import_run.c.id == id, import_run.c.state == "checked")
    return connection.execute(statement.values({"state": "committing", **row})).rowcount == 1


def committed_under(connection: Connection, client: str, key: str) -> list[tuple[UUID, bytes]]:
    """(run, digest of what was asked) of each commit under this key."""
    made = import_run.c
    statement = select(made.id, made.commit_request).where(made.commit_client == client, made.commit_key == key)
    return [(id, bytes(asked)) for id, asked in connection.execute(statement)]


def advance(connection: Connection, id: UUID, done: int) -> None:
    """So many rows have their outcome."""
    made = import_run.c
    statement = update(import_run).where(made.id == id, made.state == "committing", made.done < done)
    connection.execute(statement.values(done=done))


def settle(connection: Connection, id: UUID, *, now: int, made: int, refused: int = 0, left_out: int = 0) -> bool:
    """The run is committed; False where somebody else was quicker."""
    statement = update(import_run).where(
        import_run.c.id == id, import_run.c.state.in_(("checked", "committing")), import_run.c.sealed.is_not(None)
    )
    values = {"state": "committed", "sealed": None, "settled_at": now, "made": made, "total": made + refused}
    values |= {"done": made + refused, "refused": refused, "left_out": left_out}
    return connection.execute(statement.values(values)).rowcount == 1


def forget_files(connection: Connection) -> None:
    """No file is kept any longer: any of them may name whoever asked to be forgotten."""
    connection.execute(update(import_run).where(import_run.c.file.is_not(None)).values(file=None))


def outcomes(connection: Connection, client: str, keys: Sequence[str]) -> list[dict[str, Any]]:
    """What is remembered under these keys of a client."""
    made = command.c
    columns = select(made.key, made.outcome, made.seq, made.answer, made.recorded_at)
    rows = connection.execute(columns.where(made.client == client, made.key.in_(keys)).order_by(made.key)).mappings()
    return [dict(row) for row in rows]


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
