"""What keeps strangers out: how often something was tried, and where."""

from __future__ import annotations

from sqlalchemy import Index

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Bytes, Instant

throttle = table(
    "throttle",
    column("key", Bytes, primary_key=True),
    column("account", Bytes, null=True),
    column("free_at", Instant),
    column("tries", Amount),
    column("forgotten_at", Instant),
)
Index("ix_throttle_account", throttle.c.account)
Index("ix_throttle_forgotten_at", throttle.c.forgotten_at)
