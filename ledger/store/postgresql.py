"""The writer's session on PostgreSQL: two round trips a batch, through psycopg's pipeline, one statement a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import psycopg
from psycopg.types.numeric import Int8BinaryDumper
from sqlalchemy import BigInteger, Engine, Integer, LargeBinary
from sqlalchemy.dialects.postgresql import BYTEA

from ledger.core.accounts import Account, floor_of
from ledger.store.assembly import BatchRead
from ledger.store.batches import BatchFacts, BatchNeeds, BatchRows, account_row
from ledger.store.statements import OPENED_COLUMNS, TABLES, Statements, columns_of
from ledger.store.types import Day, Id

_SESSION = (
    "SET synchronous_commit = on",
    # The writer only ever looks keys up. Plans made while a table was small must not turn into scans when it has grown.
    "SET enable_seqscan = off",
    "SET enable_hashjoin = off",
    "SET enable_mergejoin = off",
    "SET plan_cache_mode = force_generic_plan",
)


def _asked(*columns: str) -> str:
    names = ", ".join(column.split()[0] for column in columns)
    arrays = ", ".join(f"%b::{column.split()[1]}[]" for column in columns)
    return f"unnest({arrays}) AS asked({names})"


STATEMENTS = Statements(_asked, " FOR UPDATE")


def _cast(type_: Any) -> str:
    if isinstance(type_, Id):
        return "uuid"
    if isinstance(type_, Day):
        return "date"
    if isinstance(type_, BYTEA | LargeBinary):
        return "bytea"
    return "bigint" if isinstance(type_, Integer | BigInteger) else "text"


@cache
def _insert(table_name: str, names: tuple[str, ...]) -> str:
    table = TABLES[table_name]
    arrays = ", ".join(f"%b::{_cast(table.c[name].type)}[]" for name in names)
    return f'INSERT INTO "{table_name}" ({", ".join(names)}) SELECT * FROM unnest({arrays})'


class PostgresqlBatches:
    """One psycopg connection of the writer's own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: psycopg.Connection[Any] | None = None

    def read(self, needs: BatchNeeds) -> BatchFacts:
        connection = self._connected()
        with connection.pipeline():
            connection.execute("BEGIN")
            head = self._ask(connection, STATEMENTS.head)
            commands = self._ask(connection, STATEMENTS.commands, *_columns(needs.keys, 2))
            used = self._ask(connection, STATEMENTS.used_ids, needs.ids)
            holdings = (
                self._ask(connection, STATEMENTS.holdings, *_columns(needs.holdings, 2)) if needs.holdings else None
            )
            deeds = self._ask(connection, STATEMENTS.deeds, *_columns(needs.deeds, 2)) if needs.deeds else None
            seqs = list(needs.reverses)
            undone = [
                self._ask(connection, statement, seqs)
                for statement in (
                    STATEMENTS.undone,
                    STATEMENTS.undone_moves,
                    STATEMENTS.undone_holdings,
                    STATEMENTS.undone_lapsed,
                )
                if seqs
            ]
            return BatchRead(
                head=head.fetchall(),
                commands=commands.fetchall(),
                used_ids=[row[0] for row in used.fetchall()],
                accounts=holdings.fetchall() if holdings else [],
                deeds=deeds.fetchall() if deeds else [],
                undone=[cursor.fetchall() for cursor in undone],
            ).facts()

    def write(self, rows: BatchRows) -> None:
        connection = self._connected()
        with connection.pipeline():
            if rows.opened:
                opened = [account_row(account, floor_of(account.key.purpose)) for account in rows.opened]
                self._insert(connection, "account", OPENED_COLUMNS, opened)
            if rows.moved:
                connection.execute(STATEMENTS.move_accounts, _moved(rows.moved), binary=True, prepare=True)
            for name, tuples in (
                ("transaction", rows.transactions),
                ("transfer", rows.transfers),
                ("private", rows.private),
            ):
                if tuples:
                    self._insert(connection, name, tuple(columns_of(TABLES[name])), tuples)
            for name, group in _grouped(rows).items():
                self._insert(connection, name, tuple(group[0]), [tuple(row.values()) for row in group])
            self._insert(connection, "command", tuple(columns_of(TABLES["command"])), rows.commands)
            if rows.nodes:
                self._insert(connection, "tree_node", tuple(columns_of(TABLES["tree_node"])), rows.nodes)
            if rows.root:
                connection.execute("INSERT INTO tree_root (size, hash) VALUES (%b, %b)", rows.root, prepare=True)
                connection.execute(
                    "UPDATE head SET seq = %b, account_last = %b, recorded_at = %b, frontier = %b WHERE id = 1",
                    rows.head,
                    prepare=True,
                )
            connection.execute("COMMIT")

    def rollback(self) -> None:
        """Back to a usable session; a broken one is dropped, and the next batch connects anew."""
        if self._connection is None:
            return
        try:
            self._connection.execute("ROLLBACK")
        except psycopg.Error:
            self.close()

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _connected(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            arguments, options = self._engine.dialect.create_connect_args(self._engine.url)
            connection = psycopg.connect(*arguments, **options, autocommit=True)
            # One width for every integer: a statement is then prepared once, not once for each mixture of widths.
            connection.adapters.register_dumper(int, Int8BinaryDumper)
            for setting in _SESSION:
                connection.execute(setting)
            self._connection = connection
        return self._connection

    @staticmethod
    def _ask(connection: psycopg.Connection[Any], statement: str, *parameters: Sequence[Any]) -> psycopg.Cursor[Any]:
        return connection.execute(statement, [list(column) for column in parameters], prepare=True, binary=True)

    @staticmethod
    def _insert(
        connection: psycopg.Connection[Any], table: str, names: tuple[str, ...], rows: Sequence[Sequence[Any]]
    ) -> None:
        connection.execute(_insert(table, names), [list(column) for column in zip(*rows, strict=True)], prepare=True)


def _columns(rows: Iterable[Sequence[Any]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


def _moved(accounts: Sequence[Account]) -> list[list[int]]:
    return [
        [account.id for account in accounts],
        [account.balance for account in accounts],
        [account.entries for account in accounts],
    ]


def _grouped(rows: BatchRows) -> dict[str, list[dict[str, Any]]]:
    """The capabilities' rows by table, in order of first appearance: what refers to another comes after it."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for record in rows.records:
        grouped.setdefault(record.table, []).append(record.row)
    return grouped
