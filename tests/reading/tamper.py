"""An insider with the database's own password: guards dropped, rows changed by hand, guards put back."""

from __future__ import annotations

from sqlalchemy import Connection, create_engine, make_url

from ledger.store import guards
from ledger.store.engines import sqlite_module


def tamper(url: str, *statements: str, restore: bool = True) -> None:
    """Run these statements past every guard, foreign key and, on SQLite, check; then put the guards back."""
    at = make_url(url)
    is_sqlite = at.get_backend_name() == "sqlite"
    options = {"module": sqlite_module()} if is_sqlite else {}
    engine = create_engine(at.set(drivername="sqlite" if is_sqlite else "postgresql+psycopg"), **options)
    made = guards.guards("sqlite" if is_sqlite else "postgresql")
    try:
        with engine.begin() as connection:
            _open_up(connection, made)
            for statement in statements:
                connection.exec_driver_sql(statement)
            if restore:
                for statement in made.values():
                    connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def _open_up(connection: Connection, made: dict[str, str]) -> None:
    """What stands in an insider's way, taken down."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        for name in made:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    for name, statement in made.items():
        connection.exec_driver_sql(f'DROP TRIGGER {name} ON "{_table_of(statement)}"')
    checks = (
        "SELECT conrelid::regclass, conname FROM pg_constraint "
        "WHERE contype IN ('c', 'u', 'p') AND connamespace = current_schema()::regnamespace"
    )
    for table, name in connection.exec_driver_sql(checks).all():
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name} CASCADE")


def _table_of(statement: str) -> str:
    return statement.split(' ON "', 1)[1].split('"', 1)[0]
