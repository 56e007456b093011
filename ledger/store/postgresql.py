"""The writer's session on PostgreSQL: one statement a table over binary arrays, two waits a batch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

import psycopg
from sqlalchemy import BigInteger, Engine, Integer, LargeBinary
from sqlalchemy.dialects.postgresql import BYTEA

from ledger.core.accounts import floor_of
from ledger.store import marks
from ledger.store.arrays import array
from ledger.store.assembly import BatchRead
from ledger.store.batches import BatchNeeds, BatchRows, HeadRow, Root, account_row
from ledger.store.pipeline import Pipeline
from ledger.store.statements import OPENED_COLUMNS, TABLES, Statements, columns_of
from ledger.store.types import Day, Id

_SESSION = (
    "SET synchronous_commit = on",
    # The writer only ever looks keys up. Plans made while a table was small must not turn into scans when it has grown.
    "SET enable_seqscan = off",
    "SET enable_hashjoin = off",
    "SET enable_mergejoin = off",
    "SET plan_cache_mode = force_generic_plan",
    "SET jit = off",
)


def _asked(*columns: str) -> str:
    names = ", ".join(column.split()[0] for column in columns)
    arrays = ", ".join(f"${at}::{column.split()[1]}[]" for at, column in enumerate(columns, 1))
    return f"unnest({arrays}) AS asked({names})"


STATEMENTS = Statements(_asked, " FOR UPDATE")
MOVE_HEAD = (
    "UPDATE head SET seq = asked.seq, account_last = asked.account_last, recorded_at = asked.recorded_at, "
    f"frontier = asked.frontier "
    f"FROM {_asked('seq bigint', 'account_last bigint', 'recorded_at bigint', 'frontier bytea')} WHERE id = 1"
)


def _kind(type_: Any) -> str:
    if isinstance(type_, Id):
        return "uuid"
    if isinstance(type_, Day):
        return "date"
    if isinstance(type_, BYTEA | LargeBinary):
        return "bytea"
    return "bigint" if isinstance(type_, Integer | BigInteger) else "text"


@cache
def _insert(table: str, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The statement that adds rows, and the kinds of its arrays."""
    kinds = tuple(_kind(TABLES[table].c[name].type) for name in names)
    arrays = ", ".join(f"${at}::{kind}[]" for at, kind in enumerate(kinds, 1))
    return f'INSERT INTO "{table}" ({", ".join(names)}) SELECT * FROM unnest({arrays})', kinds


class PostgresqlBatches:
    """One psycopg connection of the writer's own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pipeline: Pipeline | None = None

    def read(self, needs: BatchNeeds) -> BatchRead:
        pipeline = self._connected()
        pipeline.send("BEGIN")
        pipeline.send(STATEMENTS.head)
        self._send(STATEMENTS.commands, ("text", "text"), needs.keys)
        self._send(STATEMENTS.used_ids, ("uuid",), [(id,) for id in needs.ids])
        self._send(STATEMENTS.holdings, ("uuid", "bigint"), needs.holdings)
        self._send(STATEMENTS.closed, ("uuid",), [(id,) for id in needs.volunteers])
        asked = list(needs.history)
        shapes = marks.questions(asked)
        for shape, questions in shapes.items():
            self._send(STATEMENTS.tallies[shape], marks.ASKED_KINDS, questions)
        undone = (
            STATEMENTS.undone,
            STATEMENTS.undone_moves,
            STATEMENTS.undone_holdings,
            STATEMENTS.undone_left,
            STATEMENTS.undone_closed,
            STATEMENTS.undone_marks,
        )
        for statement in undone if needs.reverses else ():
            self._send(statement, ("bigint",), [(seq,) for seq in needs.reverses])
        for (table, column), ids in needs.rows.items():
            kinds = tuple(_kind(TABLES[table].c[name].type) for name in column.split(", "))
            keys = [id if isinstance(id, tuple) else (id,) for id in ids]
            self._send(STATEMENTS.rows(table, column, *kinds), kinds, keys)
        head, commands, used_ids, accounts, closed, *more = pipeline.answers()
        first, last = len(shapes), len(more) - len(needs.rows)
        sums, undone_rows, own = more[:first], more[first:last], more[last:]
        return BatchRead(
            head=head,
            commands=commands,
            used_ids=[row[0] for row in used_ids],
            accounts=accounts,
            closed=closed,
            asked=asked,
            tallies=[row for rows in sums for row in rows],
            undone=undone_rows,
            rows={
                (table, column): (ids, [dict(zip(columns_of(TABLES[table]), row, strict=True)) for row in rows])
                for ((table, column), ids), rows in zip(needs.rows.items(), own, strict=True)
            },
        )

    def write(self, rows: BatchRows) -> None:
        opened = [account_row(account, floor_of(account.key.purpose)) for account in rows.opened]
        moved = [(account.id, account.balance, account.entries) for account in rows.moved]
        self._add("account", OPENED_COLUMNS, opened)
        if moved:
            self._send(STATEMENTS.move_accounts, ("bigint", "bigint", "bigint"), moved)
        for name, tuples in (
            ("transaction", rows.transactions),
            ("transfer", rows.transfers),
            ("private", rows.private),
            ("mark", rows.marks),
        ):
            self._add(name, columns_of(TABLES[name]), tuples)
        for name, group in rows.by_table().items():
            self._add(name, tuple(group[0]), [tuple(row.values()) for row in group])
        for name, more in (("command", rows.commands), ("tree_node", rows.nodes)):
            self._add(name, columns_of(TABLES[name]), more)
        self._open().flush()

    def commit(self, head: HeadRow, root: Root | None) -> None:
        if root is not None:
            self._add("tree_root", columns_of(TABLES["tree_root"]), [root])
            self._send(MOVE_HEAD, ("bigint", "bigint", "bigint", "bytea"), [head])
        pipeline = self._open()
        pipeline.send("COMMIT")
        pipeline.answers()

    def rollback(self) -> None:
        """Back to a usable session; a broken one is dropped, and the next batch connects anew."""
        if self._pipeline is None:
            return
        try:
            self._pipeline.abandon()
        except psycopg.Error:
            self.close()

    def close(self) -> None:
        pipeline, self._pipeline = self._pipeline, None
        if pipeline is not None:
            pipeline.close()

    def _connected(self) -> Pipeline:
        if self._pipeline is None or self._pipeline.broken:
            arguments, options = self._engine.dialect.create_connect_args(self._engine.url)
            connection = psycopg.connect(*arguments, **options, autocommit=True)
            for setting in _SESSION:
                connection.execute(setting)
            self._pipeline = Pipeline(connection)
        return self._pipeline

    def _open(self) -> Pipeline:
        """The session that `read` began. Never a new one: what followed on it would be no part of a transaction."""
        if self._pipeline is None or self._pipeline.broken:
            raise psycopg.OperationalError("the session ended in the middle of a batch")
        return self._pipeline

    def _add(self, table: str, names: Sequence[str], rows: Collection[Sequence[Any]]) -> None:
        if rows:
            self._send(*_insert(table, tuple(names)), rows)

    def _send(self, statement: str, kinds: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
        self._open().send(statement, [array(kind, column) for kind, column in zip(kinds, columns, strict=True)])
