"""Many questions in one statement: a list of rows is handed over as one table, in the words of each engine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection


def ask(
    connection: Connection, statement: str, columns: Sequence[str], questions: Sequence[Sequence[Any]]
) -> Sequence[Any]:
    """The answer to a statement in which ASKED stands for these rows, a table `asked` of these columns."""
    if not questions:
        return ()
    is_sqlite = connection.dialect.name == "sqlite"
    said = statement.replace("ASKED", (asked_sqlite if is_sqlite else asked_postgresql)(*columns))
    given = (listed(questions),) if is_sqlite else tuple(map(list, zip(*questions, strict=True)))
    return connection.exec_driver_sql(said, given).all()


def listed(rows: Sequence[Sequence[Any]]) -> str:
    return json.dumps([[str(value) if isinstance(value, UUID | date) else value for value in row] for row in rows])


def asked_sqlite(*columns: str) -> str:
    names = ", ".join(f"value ->> {at} AS {column.split()[0]}" for at, column in enumerate(columns))
    return f"(SELECT {names} FROM json_each(?)) AS asked"


def asked_postgresql(*columns: str) -> str:
    arrays = ", ".join(f"%s::{column.split()[1]}[]" for column in columns)
    return f"unnest({arrays}) AS asked({', '.join(column.split()[0] for column in columns)})"
