"""The database's own no: triggers that refuse to change or remove what the ledger has written, on both engines.

They are declared here from the schema; migrations carry their own copy, and a test holds both against a migrated
database.
"""

from __future__ import annotations

from sqlalchemy import Connection, Table, UniqueConstraint, text

from ledger.store.schema import books
from ledger.store.schema.metadata import APPEND_ONLY

ACCOUNT_FIXED = tuple(column.name for column in books.account.columns if column.name not in ("balance", "entries"))
"""What an account is never changes; what stands in it is moved by the writer."""


def guards(dialect: str) -> dict[str, str]:
    """Trigger name to the statement that makes it, for "sqlite" or "postgresql"."""
    return _sqlite() if dialect == "sqlite" else _postgresql()


def functions(dialect: str) -> dict[str, str]:
    """Functions that the triggers call; none on SQLite."""
    if dialect == "sqlite":
        return {}
    return {
        "refuse_change": (
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
        ),
        "refuse_rewriting": (
            "CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF NEW.seq = OLD.seq AND NEW.salt IS NULL AND NEW.opening IS NULL THEN RETURN NEW; END IF; "
            "RAISE EXCEPTION '% can only be erased', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
        ),
    }


def missing(connection: Connection) -> list[str]:
    """Names of declared guards that this database does not have."""
    if connection.dialect.name == "sqlite":
        found = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    else:
        found = connection.scalars(
            text(
                "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE NOT tgisinternal AND tgenabled = 'A' AND relnamespace = current_schema()::regnamespace"
            )
        )
    return sorted(set(guards(connection.dialect.name)) - set(found))


def _sqlite() -> dict[str, str]:
    made: dict[str, str] = {}

    def trigger(name: str, when: str, message: str) -> None:
        made[name] = f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"

    for table in APPEND_ONLY:
        said = f"{table.name} is append-only"
        trigger(f"{table.name}_no_update", f'UPDATE ON "{table.name}"', said)
        trigger(f"{table.name}_no_delete", f'DELETE ON "{table.name}"', said)
        trigger(f"{table.name}_no_replace", f'INSERT ON "{table.name}" WHEN {_taken(table)}', said)
    fixed = ", ".join(ACCOUNT_FIXED)
    trigger("account_no_update", f'UPDATE OF {fixed} ON "account"', "account is append-only")
    trigger("account_no_delete", 'DELETE ON "account"', "account is append-only")
    trigger("account_no_replace", f'INSERT ON "account" WHEN {_taken(books.account)}', "account is append-only")
    erased = "NEW.seq = OLD.seq AND NEW.salt IS NULL AND NEW.opening IS NULL"
    trigger("private_no_update", f'UPDATE ON "private" WHEN NOT ({erased})', "private can only be erased")
    trigger("private_no_delete", 'DELETE ON "private"', "private can only be erased")
    trigger("private_no_replace", f'INSERT ON "private" WHEN {_taken(books.private)}', "private can only be erased")
    trigger("head_no_return", 'UPDATE ON "head" WHEN NEW.seq < OLD.seq OR NEW.id <> OLD.id', "head only goes forward")
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


def _postgresql() -> dict[str, str]:
    made: dict[str, str] = {}

    def trigger(
        name: str, table: str, when: str, each: str, condition: str = "", function: str = "refuse_change"
    ) -> None:
        made[name] = (
            f'CREATE TRIGGER {name} BEFORE {when} ON "{table}" '
            f"FOR EACH {each}{condition} EXECUTE FUNCTION {function}(); "
            f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER {name}'
        )

    for table in APPEND_ONLY:
        trigger(f"{table.name}_no_change", table.name, "UPDATE OR DELETE", "ROW")
        trigger(f"{table.name}_no_truncate", table.name, "TRUNCATE", "STATEMENT")
    trigger("account_no_update", "account", f"UPDATE OF {', '.join(ACCOUNT_FIXED)}", "ROW")
    trigger("private_no_update", "private", "UPDATE", "ROW", function="refuse_rewriting")
    trigger("head_no_return", "head", "UPDATE", "ROW", " WHEN (NEW.seq < OLD.seq OR NEW.id <> OLD.id)")
    for name in ("account", "private", "head"):
        trigger(f"{name}_no_delete", name, "DELETE", "ROW")
        trigger(f"{name}_no_truncate", name, "TRUNCATE", "STATEMENT")
    return made
