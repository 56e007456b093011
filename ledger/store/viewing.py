"""The log of views of personal data: append-only, durable before anything is shown, and cheap, because whoever waits is
taken along in one commit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert

from ledger.store.schema.privacy import viewing


@dataclass(slots=True)
class _Waiting:
    row: Mapping[str, Any]
    is_done: bool = False
    failure: Exception | None = None


class Viewings:
    """Whoever gets the lock writes for all who wait."""

    def __init__(self, changing: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._changing = changing
        self._waiting: list[_Waiting] = []
        self._queue, self._turn = threading.Lock(), threading.Lock()

    def add(self, row: Mapping[str, Any]) -> None:
        """Write one row; it is committed when this returns. Raises what the database raises: then nothing is shown."""
        mine = _Waiting(row)
        with self._queue:
            self._waiting.append(mine)
        with self._turn:
            if not mine.is_done:
                self._write()
        if mine.failure is not None:
            raise mine.failure

    def _write(self) -> None:
        with self._queue:
            taken, self._waiting = self._waiting, []
        failure: Exception | None = None
        try:
            with self._changing() as connection:
                connection.execute(insert(viewing), [one.row for one in taken])
        except Exception as error:  # noqa: BLE001 - each of those who wait is told
            failure = error
        for one in taken:
            one.is_done, one.failure = True, failure
