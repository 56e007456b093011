"""The writer's session on SQLite: one immediate transaction a batch, keys handed over as one JSON list each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from ledger.core.accounts import floor_of
from ledger.core.posting import RowKey
from ledger.store import marks
from ledger.store.assembly import BatchRead
from ledger.store.batches import BatchNeeds, BatchRows, HeadRow, Root, account_row
from ledger.store.engines import sqlite_module
from ledger.store.statements import OPENED_COLUMNS, TABLES, Statements, columns_of
from ledger.store.types import Day, Id


def _asked(*columns: str) -> str:
    names = ", ".join(f"value ->> {at} AS {column.split()[0]}" for at, column in enumerate(columns))
    return f"(SELECT {names} FROM json_each(?)) AS asked"


STATEMENTS = Statements(_asked, "")


@cache
def _insert(table_name: str, names: tuple[str, ...]) -> str:
    return f'INSERT INTO "{table_name}" ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})'


class SqliteBatches:
    """One sqlite3 connection of the writer's own, taken from the engine that begins immediately."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Any = None

    def read(self, needs: BatchNeeds) -> BatchRead:
        connection = self._connected()
        connection.execute("BEGIN IMMEDIATE")
        seqs = [[seq] for seq in needs.reverses]
        undone = [
            STATEMENTS.undone,
            STATEMENTS.undone_moves,
            STATEMENTS.undone_holdings,
            STATEMENTS.undone_left,
            STATEMENTS.undone_closed,
            STATEMENTS.undone_marks,
        ]
        answers = [self._ask(statement, seqs) for statement in undone if seqs]
        asked = list(needs.history)
        tallies = [
            row
            for shape, questions in marks.questions(asked).items()
            for row in self._ask(STATEMENTS.tallies[shape], _plain_rows(questions))
        ]
        return BatchRead(
            head=connection.execute(STATEMENTS.head).fetchall(),
            commands=self._ask(STATEMENTS.commands, needs.keys),
            used_ids=[UUID(row[0]) for row in self._ask(STATEMENTS.used_ids, [[str(id)] for id in needs.ids])],
            accounts=[_account(row) for row in self._ask(STATEMENTS.holdings, _texts(needs.holdings))],
            closed=_closed(self._ask(STATEMENTS.closed, [[str(id)] for id in needs.volunteers])),
            asked=asked,
            tallies=tallies,
            undone=[
                [(row[0], row[1], date.fromisoformat(row[2]), row[3]) for row in answers[0]],
                answers[1],
                [_account(row) for row in answers[2]],
                [(row[0], row[1], *_account(row[2:])) for row in answers[3]],
                _closed(answers[4]),
                [_mark(row) for row in answers[5]],
            ]
            if seqs
            else [],
            rows={
                (table, column): (ids, self._rows(table, column, ids)) for (table, column), ids in needs.rows.items()
            },
        )

    def write(self, rows: BatchRows) -> None:
        connection = self._open()
        opened = [account_row(account, floor_of(account.key.purpose)) for account in rows.opened]
        self._insert("account", OPENED_COLUMNS, opened)
        connection.executemany(
            "UPDATE account SET balance = ?, entries = ? WHERE id = ?",
            [(account.balance, account.entries, account.id) for account in rows.moved],
        )
        for name, tuples in (
            ("transaction", rows.transactions),
            ("transfer", rows.transfers),
            ("private", rows.private),
            ("mark", rows.marks),
            ("command", rows.commands),
            ("tree_node", rows.nodes),
        ):
            self._insert(name, tuple(columns_of(TABLES[name])), tuples)
        for name, group in rows.by_table().items():
            self._insert(name, tuple(group[0]), [tuple(row.values()) for row in group])

    def commit(self, head: HeadRow, root: Root | None) -> None:
        connection = self._open()
        if root is not None:
            connection.execute("INSERT INTO tree_root (size, hash) VALUES (?, ?)", root)
            connection.execute(
                "UPDATE head SET seq = ?, account_last = ?, recorded_at = ?, frontier = ? WHERE id = 1", head
            )
        connection.execute("COMMIT")

    def rollback(self) -> None:
        """Back to a usable session. What SQLite could not even roll back is dropped with its connection."""
        connection = self._connection
        if connection is None:
            return
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except Exception:  # noqa: BLE001 - whatever it is, the session is not worth keeping
            self.close()

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _connected(self) -> Any:
        if self._connection is None:
            pooled = self._engine.raw_connection()
            self._connection = pooled.driver_connection
            pooled.detach()
        return self._connection

    def _open(self) -> Any:
        """The session that `read` began. Never a new one: what followed on it would be no part of a transaction."""
        if self._connection is None or not self._connection.in_transaction:
            raise sqlite_module().OperationalError("the session ended in the middle of a batch")
        return self._connection

    def _ask(self, statement: str, keys: Any) -> list[Any]:
        asked: list[Any] = list(keys)
        return self._connection.execute(statement, (json.dumps(asked),)).fetchall() if asked else []

    def _rows(self, table: str, column: str, ids: Iterable[RowKey]) -> list[dict[str, Any]]:
        columns = TABLES[table].columns
        keys = [[str(part) for part in (id if isinstance(id, tuple) else (id,))] for id in ids]
        statement = STATEMENTS.rows(table, column, *(["text"] * len(column.split(", "))))
        return [
            {column.name: _typed(column.type, value) for column, value in zip(columns, row, strict=True)}
            for row in self._ask(statement, keys)
        ]

    def _insert(self, table: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            types = [TABLES[table].c[name].type for name in names]
            columns = [_plain(type_, column) for type_, column in zip(types, zip(*rows, strict=True), strict=True)]
            self._open().executemany(_insert(table, tuple(names)), zip(*columns, strict=True))


def _plain(type_: Any, column: Sequence[Any]) -> Sequence[Any]:
    """UUIDs and dates as SQLite keeps them."""
    if isinstance(type_, Id):
        return [value if value is None else str(value) for value in column]
    if isinstance(type_, Day):
        return [value if value is None else value.isoformat() for value in column]
    return column


def _typed(type_: Any, value: Any) -> Any:
    """UUIDs and dates as Python knows them."""
    if value is None:
        return None
    if isinstance(type_, Id):
        return UUID(value)
    return date.fromisoformat(value) if isinstance(type_, Day) else value


def _texts(pairs: Any) -> list[list[Any]]:
    return [[str(first), second if isinstance(second, int) else str(second)] for first, second in pairs]


def _plain_rows(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [[str(value) if isinstance(value, UUID | date) else value for value in row] for row in rows]


def _mark(row: Sequence[Any]) -> tuple[Any, ...]:
    seq, line, *ids, done_on = row[:7]
    return (seq, line, *(id and UUID(id) for id in ids), date.fromisoformat(done_on), *row[7:])


def _closed(rows: Sequence[Sequence[Any]]) -> list[tuple[UUID, int]]:
    return [(UUID(volunteer), seq) for volunteer, seq in rows]


def _account(row: Sequence[Any]) -> tuple[Any, ...]:
    id, owner_kind, owner_id, purpose, unit, expires_on, *rest = row
    return (id, owner_kind, UUID(owner_id), purpose, unit, date.fromisoformat(expires_on), *rest)
