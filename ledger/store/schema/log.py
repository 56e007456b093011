"""The transparency log as it was published: signed heads, what witnesses said of them, epochs, and the sister banks'
heads that this bank cosigned.
"""

from __future__ import annotations

from sqlalchemy import PrimaryKeyConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Bytes, Instant, Small, Words

checkpoint = table(
    "checkpoint",
    column("origin", Words),
    column("size", Amount),
    column("note", Words),
    column("signed_at", Instant),
    PrimaryKeyConstraint("origin", "size"),
    append_only=True,
)

cosignature = table(
    "cosignature",
    column("origin", Words),
    column("size", Amount),
    column("witness", Words),
    column("line", Words),
    PrimaryKeyConstraint("origin", "size", "witness"),
    append_only=True,
)

epoch = table(
    "epoch",
    column("number", Small, primary_key=True, autoincrement=False),
    column("origin", Words, unique=True),
    column("kept_size", Amount),
    column("lost_size", Amount),
    column("lost_root", Bytes),
    column("began_at", Instant),
    append_only=True,
)

witnessed = table(
    "witnessed",
    column("origin", Words, primary_key=True),
    column("size", Amount),
    column("root", Bytes),
    column("note", Words),
    column("seen_at", Instant),
)
