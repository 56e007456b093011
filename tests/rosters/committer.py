"""A process that commits a roster and is killed on the way."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from uuid import UUID

from ledger.bank import Bank
from ledger.people import imports
from ledger.service import roster_posting
from ledger.settings import Settings
from tests.banks import SEALING_KEY
from tests.ledger.crowd import processes
from tests.rosters.given import BY


def commit(url: str, run_id: UUID, chunk_rows: int, heard: Connection) -> None:
    """What runs in the other process: small chunks, each told as it is done."""
    vars(roster_posting)["CHUNK_ROWS"] = chunk_rows
    with Bank.open(Settings(database_url=url, sealing_keys=SEALING_KEY)) as bank:
        run = imports.find(bank, run_id)
        assert run is not None

        def step(done: int, _total: int) -> None:
            heard.send(done)
            time.sleep(0.001)

        roster_posting.commit(bank, BY, run, step=step)


@contextmanager
def committing(url: str, run_id: UUID, *, chunk_rows: int) -> Iterator[Connection]:
    """The process at work; killed (SIGKILL) on leaving."""
    receive, send = processes().Pipe(duplex=False)
    process = processes().Process(target=commit, args=(url, run_id, chunk_rows, send), daemon=True)
    process.start()
    send.close()
    try:
        yield receive
    finally:
        process.kill()
        process.join()
        receive.close()
