"""A process that approves records and posts what is ready until it is killed. Run by test_posting_ready.py."""

from __future__ import annotations

import sys

from ledger.bank import Bank
from ledger.service.posting import post_ready
from ledger.settings import Settings

if __name__ == "__main__":
    with Bank.open(Settings(database_url=sys.argv[1], batch_max=5)) as bank:
        print("open", flush=True)  # noqa: T201
        while True:
            post_ready(bank)
