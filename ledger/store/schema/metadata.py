"""One metadata for all tables, and a name for every constraint."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table
from sqlalchemy.schema import SchemaItem

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

APPEND_ONLY: list[Table] = []
"""Tables whose rows are never changed nor removed; the database refuses it."""


def table(name: str, *items: SchemaItem, append_only: bool = False) -> Table:
    """A table, STRICT on SQLite, and there without a hidden rowid that INSERT OR REPLACE could aim at."""
    made = Table(name, metadata, *items, sqlite_strict=True)
    made.dialect_options["sqlite"]["with_rowid"] = _is_rowid(made)
    if append_only:
        APPEND_ONLY.append(made)
    return made


def column(name: str, type_: Any, *items: Any, null: bool = False, **options: Any) -> Column[Any]:
    """A column that is filled unless it says otherwise."""
    return Column(name, type_, *items, nullable=null, **options)


def _is_rowid(made: Table) -> bool:
    """A single integer key is SQLite's rowid under its own name."""
    key = list(made.primary_key.columns)
    return len(key) == 1 and isinstance(key[0].type, Integer | BigInteger)
