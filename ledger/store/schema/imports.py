"""Files that were brought in: what was found in them, and what became of it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index

from ledger.store.schema.metadata import column, table
from ledger.store.types import Bytes, Id, Instant, Small, Words

import_run = table(
    "import_run",
    column("id", Id, primary_key=True),
    column("kind", Words, CheckConstraint("kind IN ('volunteers', 'service_records')", name="kind")),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("digest", Bytes),
    column("state", Words, CheckConstraint("state IN ('checked', 'committing', 'committed', 'expired')", name="state")),
    column("rows", Small),
    column("report", Words),
    # The rows that wait to be committed: personal, so sealed, and gone as soon as they are committed or expired.
    column("sealed", Bytes, null=True),
    # The file itself, sealed too, so that it can be given back marked up; gone after some days, or with an erasure.
    column("file", Bytes, null=True),
    column("created_at", Instant),
    column("created_by", Id),
    column("settled_at", Instant, null=True),
    column("made", Small),
    # Where each row has an outcome of its own: how many were to be posted, how far that is, and what became of them.
    column("total", Small),
    column("done", Small),
    column("refused", Small),
    column("left_out", Small),
    # Under which idempotency key of whom it was committed, and the digest of what was asked then.
    column("commit_client", Words, null=True),
    column("commit_key", Words, null=True),
    column("commit_request", Bytes, null=True),
)
Index("ix_import_run_commit", import_run.c.commit_client, import_run.c.commit_key)
Index("ix_import_run_digest", import_run.c.organisation_id, import_run.c.digest, import_run.c.id)
Index("ix_import_run_waiting", import_run.c.state, import_run.c.created_at)
