"""Catalogue rows: added, found, changed and paged by plain values, so that the rooms above need no SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Select, bindparam, func, insert, literal, select, tuple_, update
from sqlalchemy.exc import IntegrityError

from ledger.store.schema import books, people
from ledger.store.statements import TABLES

Row = TypeVar("Row", covariant=True)
Made = TypeVar("Made")


class Taken(ValueError):
    """A row with this key is there already; `column` names what must be unique."""

    def __init__(self, table: str, column: str) -> None:
        super().__init__(f"{table}.{column} is taken")
        self.table, self.column = table, column


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows in order, and the key after which the next page begins; None where this is the last."""

    items: Sequence[Row]
    after: tuple[Any, ...] | None

    def each(self, made: Callable[[Row], Made]) -> Page[Made]:
        """The same page, of what is made of each row."""
        return Page([made(row) for row in self.items], self.after)


def add(connection: Connection, table: str, row: Mapping[str, Any], *, unique: str = "id") -> None:
    """Add a row. Refuses Taken, naming `unique`, where its key is in use."""
    try:
        connection.execute(insert(TABLES[table]).values(**row))
    except IntegrityError as error:
        if "foreign key" in str(error.orig).lower():
            raise
        raise Taken(table, unique) from error


def add_all(connection: Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add many rows, which name the same columns, with one statement."""
    if rows:
        connection.execute(insert(TABLES[table]), [dict(row) for row in rows])


def change(connection: Connection, table: str, id: Any, row: Mapping[str, Any]) -> bool:
    """Change these columns of one row; False where there is none."""
    made = TABLES[table]
    return connection.execute(update(made).where(made.c.id == id).values(**row)).rowcount == 1


def hold(connection: Connection, table: str, id: Any) -> None:
    """Whoever else wants to change this row waits until this transaction ends."""
    made = TABLES[table]
    connection.execute(select(made.c.id).where(made.c.id == id).with_for_update())


def find(connection: Connection, table: str, **by: Any) -> dict[str, Any] | None:
    """The one row with these values. Where it belongs to an organisation, `organisation_path` comes with it."""
    given = {name: value for name, value in by.items() if value is not None}
    absent = tuple(name for name in by if name not in given)
    row = connection.execute(_finding(table, tuple(given), absent), given).mappings().first()
    return dict(row) if row is not None else None


def still(found: Made | None, what: str, id: Any) -> Made:
    """What was found before, read again. Raises LookupError: nothing of its kind is ever deleted."""
    if found is None:
        raise LookupError(f"the {what} {id} was there a moment ago, and none is ever deleted")
    return found


def find_all(connection: Connection, table: str, keys: Sequence[Any], *, by: str = "id") -> dict[Any, dict[str, Any]]:
    """The rows whose column `by` is one of these, by it."""
    if not keys:
        return {}
    rows = connection.execute(_selected(table).where(TABLES[table].c[by].in_(keys))).mappings()
    return {row[by]: dict(row) for row in rows}


def count(connection: Connection, table: str) -> int:
    """How many rows a table has."""
    return int(connection.scalar(select(func.count()).select_from(TABLES[table])) or 0)


def page(
    connection: Connection,
    table: str,
    *,
    order: Sequence[str],
    after: Sequence[Any] | None,
    limit: int,
    within: Sequence[str] | None = None,
    or_above: bool = False,
    starts: tuple[str, str] | None = None,
    newest_first: bool = False,
    **by: Any,
) -> Page[dict[str, Any]]:
    """Rows in `order`, after the key `after`.

    `within` are organisation paths: only rows of these organisations and those below them, and with `or_above` of
    those on the way up from them too. `starts` is (column, beginning).
    """
    made = TABLES[table]
    columns = [made.c[name] for name in order]
    statement = _where(_selected(table), table, by)
    if within is not None:
        statement = statement.where(below(within) | _above(within) if or_above else below(within))
    if starts is not None:
        column, beginning = made.c[starts[0]], starts[1]
        statement = statement.where(column >= beginning, column < beginning + "\U0010ffff")
    return paged(connection, statement, columns, after, limit, newest_first=newest_first)


def paged(
    connection: Connection,
    statement: Select[Any],
    order: Sequence[Any],
    after: Sequence[Any] | None,
    limit: int,
    *,
    newest_first: bool,
) -> Page[dict[str, Any]]:
    """The rows of a statement in the order of these columns, after the key `after`; its rows carry their values."""
    if after is not None:
        statement = statement.where(beyond(order, after, newest_first=newest_first))
    statement = statement.order_by(*(column.desc() if newest_first else column for column in order)).limit(limit + 1)
    rows = [dict(row) for row in connection.execute(statement).mappings()]
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows[:limit], tuple(last[column.name] for column in order) if last else None)


def beyond(columns: Sequence[Any], key: Sequence[Any], *, newest_first: bool) -> Any:
    """Rows behind this key. Each part is written as its column is: SQLAlchemy's own guess for a UUID has no hyphens,
    which our ids in SQLite have.
    """
    bound = tuple_(*columns)
    behind = tuple_(*(literal(value, column.type) for value, column in zip(key, columns, strict=True)))
    return bound < behind if newest_first else bound > behind


def next_unit(connection: Connection) -> int:
    """A number for a new unit; holds the bank's head until the transaction ends, so nobody else gets it."""
    connection.execute(select(books.head.c.seq).with_for_update()).one()
    return int(connection.scalar(select(func.max(books.unit.c.id))) or 0) + 1


@cache
def _finding(table: str, given: tuple[str, ...], absent: tuple[str, ...]) -> Select[Any]:
    """Built once: every request looks something up. Nothing equals null, so what is to be absent is asked for apart."""
    made = TABLES[table]
    equal = [made.c[name] == bindparam(name) for name in given]
    return _selected(table).where(*equal, *(made.c[name].is_(None) for name in absent))


def _selected(table: str) -> Select[Any]:
    made = TABLES[table]
    if table == "organisation":
        return select(made, made.c.path.label("organisation_path"))
    if "organisation_id" not in made.c:
        return select(made)
    return select(made, people.organisation.c.path.label("organisation_path")).join(
        people.organisation, people.organisation.c.id == made.c.organisation_id
    )


def _where(statement: Select[Any], table: str, by: Mapping[str, Any]) -> Select[Any]:
    return statement.where(*(TABLES[table].c[name] == value for name, value in by.items()))


def below(paths: Sequence[str]) -> Any:
    """Organisations at or below one of these paths."""
    path = people.organisation.c.path
    # "0" is the character after "/": everything below a path lies between them
    ranges = [(path >= prefix) & (path < prefix[:-1] + "0") for prefix in paths]
    condition = ranges[0] if ranges else (path != path)
    for one in ranges[1:]:
        condition = condition | one
    return condition


def _above(paths: Sequence[str]) -> Any:
    """On the way from the root down to one of these paths."""
    steps = [path.split("/")[:-1] for path in paths]
    above = {"/".join(each[:depth]) + "/" for each in steps for depth in range(1, len(each))}
    return people.organisation.c.path.in_(sorted(above))
