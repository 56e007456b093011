"""A process that posts and signs as fast as it can until it is killed: `python -m tests.log.poster URL DIRECTORY`.

It says every head that it published, on its standard output. Its clock runs a hundred times as fast as ours, so that a
second soon passes between two heads.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from ledger.bank import Bank, Unavailable, World, is_outage
from ledger.core.opening import OpenAccounts
from ledger.log import signer
from ledger.settings import Settings

BEGAN = 1_790_000_000_000_000
SPEED = 100


def clock() -> int:
    """Microseconds since 1970 in a world where a second takes ten milliseconds."""
    return BEGAN + (time.time_ns() // 1_000 - BEGAN) * SPEED


def main(url: str, directory: str) -> None:
    world = World(clock=clock)
    with Bank.open(Settings(database_url=url, data_dir=Path(directory)), world=world) as bank:
        while True:
            try:
                bank.submit(OpenAccounts(id=world.new_id(), actor=world.new_id(), accounts=()))
                made = signer.sign(bank)
            except Exception as error:
                if not (isinstance(error, Unavailable) or is_outage(error)):
                    raise
                time.sleep(0.05)
                continue
            if made is not None:
                sys.stdout.write(made.note.replace("\n", "|") + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
