"""Trouble from outside, on order: a real database stands behind a connection that fails where a test says."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import text

from ledger.bank import Bank, World
from ledger.settings import Settings
from ledger.store import founding
from ledger.store.assembly import BatchRead
from ledger.store.batches import BatchConnection, BatchNeeds, BatchRows, HeadRow, Root
from ledger.store.engines import Store

Fault = Callable[["Troubled"], None]


class Troubled:
    """The writer's session, with a fault around each of its steps. Each fault strikes once."""

    def __init__(self, inner: BatchConnection, store: Store) -> None:
        self.inner, self.store = inner, store
        self.before_read: list[Fault] = []
        self.before_write: list[Fault] = []
        self.before_commit: list[Fault] = []
        self.after_commit: list[Fault] = []
        self.before_rollback: list[Fault] = []
        self.batches: list[int] = []
        """Commands of each batch that was tried."""

    def read(self, needs: BatchNeeds) -> BatchRead:
        self.batches.append(len(needs.keys))
        self._strike(self.before_read)
        return self.inner.read(needs)

    def write(self, rows: BatchRows) -> None:
        self._strike(self.before_write)
        self.inner.write(rows)

    def commit(self, head: HeadRow, root: Root | None) -> None:
        self._strike(self.before_commit)
        self.inner.commit(head, root)
        self._strike(self.after_commit)

    def rollback(self) -> None:
        self._strike(self.before_rollback)
        self.inner.rollback()

    def close(self) -> None:
        self.inner.close()

    def _strike(self, faults: list[Fault]) -> None:
        if faults:
            faults.pop(0)(self)


class TroubledStore(Store):
    """A store whose writer's session can be troubled."""

    def batches(self) -> BatchConnection:
        self.troubled = Troubled(super().batches(), self)
        return self.troubled


@contextmanager
def troubled_bank(url: str, world: World) -> Iterator[tuple[Bank, Troubled]]:
    """A bank and the handle to its troubles."""
    store = TroubledStore(url)
    with Bank(store, world, founding.charter(store), Settings(), None) as bank:
        yield bank, store.troubled


def error(troubled: Troubled) -> Exception:
    """What the driver of this engine raises when the database does not answer."""
    if troubled.store.dialect == "sqlite":
        return sqlite3.OperationalError("disk I/O error")
    return psycopg.OperationalError("server closed the connection unexpectedly")


def passes(troubled: Troubled) -> None:
    """Nothing happens yet."""


def fails(troubled: Troubled) -> None:
    """The database says no; the session is still there."""
    raise error(troubled)


def drops(troubled: Troubled) -> None:
    """The session is gone, whatever it had begun with it; and so the database says no."""
    troubled.inner.close()
    raise error(troubled)


def vanishes(troubled: Troubled) -> None:
    """The session is gone, and nobody has been told yet."""
    troubled.inner.close()


def is_cut(troubled: Troubled) -> None:
    """The server ends the session behind our back: the next statement finds out."""
    session: Any = troubled.inner
    pid = session._pipeline._pgconn.backend_pid
    with troubled.store.changing() as other:
        assert other.scalar(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})


class AwayStore(Store):
    """A store whose database cannot be reached as long as it is `away`."""

    away = False

    def batches(self) -> BatchConnection:
        inner = super().batches()
        connect = inner._connected  # type: ignore[attr-defined]

        def connected() -> Any:
            if self.away:
                inner.close()
                raise psycopg.OperationalError("connection refused")
            return connect()

        inner._connected = connected  # type: ignore[attr-defined]
        return inner


class Nth:
    """A driver's connection whose n-th statement fails, and none before or after it."""

    def __init__(self, connection: Any, n: int) -> None:
        self._connection, self._left = connection, n

    def _count(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise sqlite3.OperationalError("disk I/O error")

    def execute(self, *parameters: Any) -> Any:
        self._count()
        return self._connection.execute(*parameters)

    def executemany(self, *parameters: Any) -> Any:
        self._count()
        return self._connection.executemany(*parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    @property
    def struck(self) -> bool:
        return self._left <= 0
