"""What keeps strangers out: who is signed in and until when, how often something was tried and where, and what the bank
asks of whoever signs in.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Bytes, Id, Instant, Words

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

sign_in = table(
    "sign_in",
    column("id", Id, primary_key=True),
    column("staff_id", Id, ForeignKey("staff.id"), null=True),
    column("device_id", Id, ForeignKey("device.id"), null=True),
    column("started_at", Instant),
    column("ends_at", Instant, null=True),
    column("renewable_until", Instant),
    column("ended_at", Instant, null=True),
    CheckConstraint("staff_id IS NOT NULL OR device_id IS NOT NULL", name="holder"),
)
Index("ix_sign_in_staff", sign_in.c.staff_id, sign_in.c.id)
Index("ix_sign_in_renewable_until", sign_in.c.renewable_until)

refresh_token = table(
    "refresh_token",
    column("digest", Words, primary_key=True),
    column("sign_in_id", Id, ForeignKey("sign_in.id")),
    column("expires_at", Instant),
    column("used_at", Instant, null=True),
)
Index("ix_refresh_token_sign_in", refresh_token.c.sign_in_id)
Index("ix_refresh_token_expires_at", refresh_token.c.expires_at)

policy = table(
    "policy",
    column("name", Words, primary_key=True),
    column("value", Words),
)
