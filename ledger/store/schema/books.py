"""The ledger's own tables: units, accounts, transactions, transfers, commands, private parts, the tree, and the head
that orders all.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, PrimaryKeyConstraint, UniqueConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Bytes, Day, Id, Instant, Small, Words

bank = table(
    "bank",
    column("id", Small, CheckConstraint("id = 1", name="one"), primary_key=True, autoincrement=False),
    column("name", Words),
    column("origin", Words),
    column("zone", Words),
    column("points_scale", Small, CheckConstraint("points_scale BETWEEN 0 AND 2", name="points_scale")),
    column("epoch", Small),
    column("created_at", Instant),
    append_only=True,
)

head = table(
    "head",
    column("id", Small, CheckConstraint("id = 1", name="one"), primary_key=True, autoincrement=False),
    column("seq", Amount),
    column("account_last", Amount),
    column("recorded_at", Instant),
    column("frontier", Bytes),
)

unit = table(
    "unit",
    column("id", Small, primary_key=True, autoincrement=False),
    column("kind", Words, CheckConstraint("kind IN ('points', 'minutes', 'prize')", name="kind")),
    column("scale", Small, CheckConstraint("scale BETWEEN 0 AND 2", name="scale")),
    append_only=True,
)

account = table(
    "account",
    column("id", Amount, primary_key=True, autoincrement=False),
    column("owner_kind", Words),
    column("owner_id", Id),
    column("purpose", Words),
    column("unit_id", Small, ForeignKey("unit.id")),
    column("expires_on", Day),
    column("floor", Amount, null=True),
    column("opened_seq", Amount),
    column("balance", Amount),
    column("entries", Amount),
    UniqueConstraint("owner_id", "unit_id", "purpose", "expires_on"),
    UniqueConstraint("id", "unit_id"),
    CheckConstraint("floor IS NULL OR balance >= floor", name="floor"),
    CheckConstraint("purpose <> 'debt' OR balance <= 0", name="debt"),
)
Index("ix_account_expires_on", account.c.expires_on, account.c.id)

transaction = table(
    "transaction",
    column("seq", Amount, primary_key=True, autoincrement=False),
    column("id", Id, unique=True),
    column("kind", Words),
    column("effective_on", Day),
    column("recorded_at", Instant),
    column("actor_id", Id),
    column("detail", Words),
    column("rulebook_code", Words, null=True),
    column("rulebook_version", Small, null=True),
    column("reverses", Amount, ForeignKey("transaction.seq"), unique=True, null=True),
    column("commitment", Bytes),
    column("leaf_hash", Bytes),
    append_only=True,
)

transfer = table(
    "transfer",
    column("seq", Amount, ForeignKey("transaction.seq")),
    column("leg", Small),
    column("debit_account_id", Amount),
    column("credit_account_id", Amount),
    column("unit_id", Small),
    column("amount", Amount, CheckConstraint("amount > 0", name="positive")),
    column("debit_balance", Amount),
    column("credit_balance", Amount),
    PrimaryKeyConstraint("seq", "leg"),
    # With the unit, so that no transfer crosses from one to another.
    ForeignKeyConstraint(["debit_account_id", "unit_id"], ["account.id", "account.unit_id"]),
    ForeignKeyConstraint(["credit_account_id", "unit_id"], ["account.id", "account.unit_id"]),
    CheckConstraint("debit_account_id <> credit_account_id", name="two_sides"),
    append_only=True,
)
Index("ix_transfer_debit", transfer.c.debit_account_id, transfer.c.seq, transfer.c.leg)
Index("ix_transfer_credit", transfer.c.credit_account_id, transfer.c.seq, transfer.c.leg)

private = table(
    "private",
    column("seq", Amount, ForeignKey("transaction.seq"), primary_key=True, autoincrement=False),
    column("salt", Bytes, null=True),
    column("opening", Words, null=True),
)

command = table(
    "command",
    column("client", Words),
    column("key", Words),
    column("request", Bytes),
    column("outcome", Words, CheckConstraint("outcome IN ('posted', 'refused')", name="outcome")),
    column("seq", Amount, unique=True, null=True),
    column("answer", Words),
    column("recorded_at", Instant),
    PrimaryKeyConstraint("client", "key"),
    append_only=True,
)

tree_node = table(
    "tree_node",
    column("level", Small),
    column("position", Amount),
    column("hash", Bytes),
    PrimaryKeyConstraint("level", "position"),
    append_only=True,
)

tree_root = table(
    "tree_root",
    column("size", Amount, primary_key=True, autoincrement=False),
    column("hash", Bytes),
    append_only=True,
)
