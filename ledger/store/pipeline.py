"""A PostgreSQL session in libpq's pipeline mode: statements go out as they come, answers are fetched all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.abc import PQGen
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGresult
from psycopg.waiting import Ready, Wait

BINARY = 1


class Pipeline:
    """Prepared statements whose parameters are binary already. Nothing is known of a statement until `answers`."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._pgconn = connection.pgconn
        self._pgconn.nonblocking = 1
        self._pgconn.enter_pipeline_mode()
        self._names: dict[str, bytes] = {}
        self._unproven: list[str] = []
        """Statements prepared since the last answers: behind one that fails they never were."""
        self._prepared = 0

    @property
    def broken(self) -> bool:
        return self._pgconn.status != ConnStatus.OK

    def send(self, statement: str, parameters: Sequence[bytes] = ()) -> None:
        """Queue a statement behind those before it."""
        name = self._names.get(statement)
        if name is None:
            self._prepared += 1
            name = self._names[statement] = f"s{self._prepared}".encode()
            self._unproven.append(statement)
            self._pgconn.send_prepare(name, statement.encode())
        self._pgconn.send_query_prepared(name, parameters, [BINARY] * len(parameters), BINARY)

    def flush(self) -> None:
        """Let the server begin with what was queued, as far as it goes without waiting."""
        self._pgconn.flush()

    def answers(self) -> list[list[tuple[Any, ...]]]:
        """The rows of every statement since the last call that gives rows, in order. Raises the first error; nothing
        after a statement that failed was executed.
        """
        self._pgconn.pipeline_sync()
        results = self._connection.wait(self._fetch())
        for result in results:
            if result.status == ExecStatus.FATAL_ERROR:
                self._forget_unproven()
                raise error_from_result(result)
        self._unproven.clear()
        return [self._rows(result) for result in results if result.status == ExecStatus.TUPLES_OK]

    def abandon(self) -> None:
        """Undo the open transaction, whatever was queued of it and whatever became of that."""
        self._pgconn.pipeline_sync()
        self._connection.wait(self._fetch())
        self._forget_unproven()
        self.send("ROLLBACK")
        self.answers()

    def close(self) -> None:
        self._connection.close()

    def _forget_unproven(self) -> None:
        """Prepare them anew, under other names, when they are next sent: some may be there and some may not."""
        for statement in self._unproven:
            del self._names[statement]
        self._unproven.clear()

    def _fetch(self) -> PQGen[list[PGresult]]:
        pgconn = self._pgconn
        results: list[PGresult] = []
        while pgconn.flush():
            if (yield Wait.RW) & Ready.R:
                pgconn.consume_input()
        while True:
            while pgconn.is_busy():
                if (yield Wait.R) & Ready.R:
                    pgconn.consume_input()
            result = pgconn.get_result()
            if result is None:  # the end of one statement's answer
                if self.broken:
                    raise psycopg.OperationalError(pgconn.get_error_message())
            elif result.status == ExecStatus.PIPELINE_SYNC:
                return results
            else:
                results.append(result)

    def _rows(self, result: PGresult) -> list[tuple[Any, ...]]:
        transformer = Transformer(self._connection)
        transformer.set_pgresult(result)
        return transformer.load_rows(0, result.ntuples, tuple)
