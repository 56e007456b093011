"""The database's own no: triggers that refuse to change or remove what the ledger has written, on both engines.

They are declared here from the schema; migrations carry their own copy, and a test holds a migrated database
against both.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, Table, UniqueConstraint, text

from ledger.store.schema import books
from ledger.store.schema.metadata import APPEND_ONLY

ACCOUNT_FIXED = tuple(column.name for column in books.account.columns if column.name not in ("balance", "entries"))
"""What an account is never changes; what stands in it is moved by the writer."""

HEAD_FORWARD = ("seq", "account_last", "recorded_at")
"""What the head counts only grows."""


def guards(dialect: str) -> dict[str, str]:
    """Trigger name to the statement that makes it, for "sqlite" or "postgresql"."""
    if dialect == "sqlite":
        return _sqlite()
    return {trigger.name: trigger.statement for trigger in _postgresql()}


def functions(dialect: str) -> dict[str, str]:
    """Functions that the triggers call; none on SQLite."""
    if dialect == "sqlite":
        return {}
    return {
        name: f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
        for name, body in _BODIES.items()
    }


def missing(connection: Connection) -> list[str]:
    """Names of declared guards that this database does not have, or has in other words or switched off."""
    dialect = connection.dialect.name
    declared: dict[str, tuple[object, ...]]
    if dialect == "sqlite":
        declared = {name: (statement,) for name, statement in _sqlite().items()}
    else:
        declared = {trigger.name: trigger.seen for trigger in _postgresql()}
    found = {name: tuple(seen) for name, *seen in connection.execute(text(_FOUND[dialect]))}
    return sorted(name for name, seen in declared.items() if found.get(name) != seen)


_FOUND = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname, relname, tgtype, prosrc, (SELECT coalesce(string_agg(attname, ', ' ORDER BY attnum), '') "
        "FROM pg_attribute WHERE attrelid = tgrelid AND attnum = ANY (tgattr)) "
        "FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid "
        "WHERE NOT tgisinternal AND tgenabled = 'A' AND tgqual IS NULL "
        "AND relnamespace = current_schema()::regnamespace"
    ),
}


def _sqlite() -> dict[str, str]:
    made: dict[str, str] = {}

    def trigger(name: str, when: str, message: str) -> None:
        made[name] = f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"

    for table in APPEND_ONLY:
        said = f"{table.name} is append-only"
        trigger(f"{table.name}_no_update", f'UPDATE ON "{table.name}"', said)
        trigger(f"{table.name}_no_delete", f'DELETE ON "{table.name}"', said)
        trigger(f"{table.name}_no_replace", f'INSERT ON "{table.name}" WHEN {_taken(table)}', said)
    # Not UPDATE OF: SQLite matches its names by their letters, and `SET rowid = …` would slip past `id`.
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in ACCOUNT_FIXED)
    trigger("account_no_update", f'UPDATE ON "account" WHEN {changed}', "account is append-only")
    trigger("account_no_delete", 'DELETE ON "account"', "account is append-only")
    trigger("account_no_replace", f'INSERT ON "account" WHEN {_taken(books.account)}', "account is append-only")
    erased = "NEW.seq = OLD.seq AND NEW.salt IS NULL AND NEW.opening IS NULL"
    trigger("private_no_update", f'UPDATE ON "private" WHEN NOT ({erased})', "private can only be erased")
    trigger("private_no_delete", 'DELETE ON "private"', "private can only be erased")
    trigger("private_no_replace", f'INSERT ON "private" WHEN {_taken(books.private)}', "private can only be erased")
    trigger("head_no_return", f'UPDATE ON "head" WHEN {_RETURNED}', "head only goes forward")
    trigger("head_no_delete", 'DELETE ON "head"', "head only goes forward")
    trigger("head_no_replace", f'INSERT ON "head" WHEN {_taken(books.head)}', "head only goes forward")
    return made


def _taken(table: Table) -> str:
    """True where a row to be inserted would push out one that is there, by any of its keys (INSERT OR REPLACE)."""
    keys = [[column.name for column in table.primary_key.columns]]
    keys += [
        [column.name for column in constraint.columns]
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    each = (" AND ".join(f"{name} = NEW.{name}" for name in key) for key in sorted(keys))
    return " OR ".join(f'EXISTS (SELECT 1 FROM "{table.name}" WHERE {key})' for key in each)


_RETURNED = " OR ".join([*(f"NEW.{name} < OLD.{name}" for name in HEAD_FORWARD), "NEW.id <> OLD.id"])

_BODIES = {
    "refuse_change": (
        " BEGIN "
        "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'restrict_violation'; END "
    ),
    "refuse_rewriting": (
        " BEGIN IF NEW.seq = OLD.seq AND NEW.salt IS NULL AND NEW.opening IS NULL THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' can only be erased', ERRCODE = 'restrict_violation'; END "
    ),
    "refuse_return": (
        f" BEGIN IF NOT ({_RETURNED}) THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' only goes forward', ERRCODE = 'restrict_violation'; END "
    ),
}

_ROW, _BEFORE = 1, 2
_EVENTS = {"DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
"""Bits of PostgreSQL's pg_trigger.tgtype."""


class _Trigger(NamedTuple):
    name: str
    table: str
    events: tuple[str, ...]
    function: str = "refuse_change"
    columns: tuple[str, ...] = ()
    """What an UPDATE must name for the trigger to be asked; any if empty."""

    @property
    def statement(self) -> str:
        each = "STATEMENT" if self.events == ("TRUNCATE",) else "ROW"
        of = f" OF {', '.join(self.columns)}" if self.columns else ""
        return (
            f'CREATE TRIGGER {self.name} BEFORE {" OR ".join(self.events)}{of} ON "{self.table}" '
            f"FOR EACH {each} EXECUTE FUNCTION {self.function}(); "
            f'ALTER TABLE "{self.table}" ENABLE ALWAYS TRIGGER {self.name}'
        )

    @property
    def seen(self) -> tuple[object, ...]:
        """As _FOUND reads it from PostgreSQL's catalogue."""
        kind = _BEFORE + sum(_EVENTS[event] for event in self.events) + (0 if "TRUNCATE" in self.events else _ROW)
        return self.table, kind, _BODIES[self.function], ", ".join(self.columns)


def _postgresql() -> list[_Trigger]:
    made: list[_Trigger] = []
    for table in APPEND_ONLY:
        made += (
            _Trigger(f"{table.name}_no_change", table.name, ("UPDATE", "DELETE")),
            _Trigger(f"{table.name}_no_truncate", table.name, ("TRUNCATE",)),
        )
    made += (
        _Trigger("account_no_update", "account", ("UPDATE",), columns=ACCOUNT_FIXED),
        _Trigger("private_no_update", "private", ("UPDATE",), "refuse_rewriting"),
        _Trigger("head_no_return", "head", ("UPDATE",), "refuse_return"),
    )
    for name in ("account", "private", "head"):
        made += (
            _Trigger(f"{name}_no_delete", name, ("DELETE",)),
            _Trigger(f"{name}_no_truncate", name, ("TRUNCATE",)),
        )
    return made
