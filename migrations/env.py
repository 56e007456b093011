"""Runs migrations so that a ledger survives them: all in one transaction, with every guard still standing at its end.

On SQLite `batch_alter_table` copies a table and drops the old one, and with it, silently, its triggers; it also fails
on a table that others refer to while foreign keys are checked. So they are not checked meanwhile, but all at the end,
and triggers that nobody dropped by name come back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext, MigrationInfo
from sqlalchemy import Connection, event, inspect

from ledger.settings import read_settings
from ledger.store import guards
from ledger.store.engines import Store
from ledger.store.migrating import VERSION_TABLE, MigrationRefused
from ledger.store.schema import metadata

LOCK_SECONDS = 30
"""How long PostgreSQL may wait for tables in use before the migration gives up, to be tried again later."""

_DROPPED = re.compile(r'\s*DROP\s+TRIGGER\s+(?:IF\s+EXISTS\s+)?"?(\w+)"?', re.IGNORECASE)


def main() -> None:
    """What Alembic runs: on the connection that `ledger.store.migrating` hands over, or on the bank in the settings."""
    if context.is_offline_mode():
        raise MigrationRefused("migrations look at the database they change: run them without --sql")
    given: Connection | None = context.config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    store = Store(read_settings().url)
    try:
        with store.migrating() as connection:
            migrate(connection)
    finally:
        store.close()


def migrate(connection: Connection) -> None:
    """All the revisions that are asked for, or none of them."""
    sqlite = connection.dialect.name == "sqlite"
    with foreign_keys_off(connection) if sqlite else connection.begin():
        kept = Triggers(connection) if sqlite else None
        if not sqlite:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
        if inspect(connection).has_table(VERSION_TABLE):  # so that a second migration waits for this one
            connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}{'' if sqlite else ' FOR UPDATE'}")  # noqa: S608
        applied: list[str] = context.config.attributes.setdefault("applied", [])

        def after_each(*, step: MigrationInfo, **_: Any) -> None:
            applied.extend(step.up_revision_ids)
            if kept:
                kept.restore()

        context.configure(
            connection=connection,
            target_metadata=metadata,
            version_table=VERSION_TABLE,
            compare_type=True,
            compare_server_default=True,
            on_version_apply=after_each,  # type: ignore[arg-type]  # it is called by keywords, whatever its type says
            process_revision_directives=number,
        )
        with context.begin_transaction():
            context.run_migrations()
        if applied:
            refuse_what_is_broken(connection)


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    """One immediate transaction without foreign key checks, which SQLite switches only outside of one."""
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():  # the store's engine begins immediately, so that tables are rolled back like rows
            if not driver.in_transaction:
                raise MigrationRefused("this connection does not begin by itself: open it with Store.migrating()")
            yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


class Triggers:
    """The triggers of a SQLite database, put back where a migration lost them without saying so."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dropped: set[str] = set()
        self._known = self._found()
        self._strict = self._strict_tables()
        event.listen(connection, "before_cursor_execute", self._hear)

    def restore(self) -> None:
        """Make again what is gone, unless it was dropped by its name or went with its table."""
        found = self._found()
        tables = self._strict_tables()
        for table, kept in self._strict.items():
            if tables.get(table, kept) != kept:
                raise MigrationRefused(f"table {table} lost STRICT or WITHOUT ROWID: say so in table_kwargs")
        for name, (table, statement) in self._known.items():
            if name not in found and name not in self._dropped and table in tables:
                self._connection.exec_driver_sql(statement)
        self._known, self._strict = self._found(), tables
        self._dropped.clear()

    def _found(self) -> dict[str, tuple[str, str]]:
        rows = self._connection.exec_driver_sql("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name: (table, statement) for name, table, statement in rows}

    def _strict_tables(self) -> dict[str, tuple[int, int]]:
        rows = self._connection.exec_driver_sql(
            "SELECT name, strict, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        )
        return {name: (strict, without_rowid) for name, strict, without_rowid in rows}

    def _hear(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if found := _DROPPED.match(statement):
            self._dropped.add(found[1])


def refuse_what_is_broken(connection: Connection) -> None:
    """A last look before the commit: MigrationRefused for rows that refer to nothing, and for guards that are gone."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            tables = ", ".join(sorted({f"{row[0]} → {row[2]}" for row in broken}))
            raise MigrationRefused(f"{len(broken)} rows refer to rows that are not there: {tables}")
    if context.get_head_revision() in MigrationContext.configure(connection).get_current_heads():
        gone = guards.missing(connection)
        if gone:
            raise MigrationRefused(f"the migration would leave the bank without its guards: {', '.join(gone)}")


def number(_context: Any, _revision: Any, directives: list[MigrationScript]) -> None:
    """New revisions are numbered 0002, 0003, … and follow the last."""
    for script in directives:
        script.rev_id = f"{int(str(context.get_head_revision() or 0)) + 1:04d}"


main()
