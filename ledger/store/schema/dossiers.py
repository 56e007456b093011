"""What is kept of a volunteer beside their service (training, commendations, evaluations), and the seals of units."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Bytes, Day, Id, Instant, Words

dossier_entry = table(
    "dossier_entry",
    column("id", Id, primary_key=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("kind", Words, CheckConstraint("kind IN ('training', 'commendation', 'evaluation')", name="kind")),
    column("on_day", Day),
    column("title", Words),
    # Who trained, commended or evaluated.
    column("given_by", Words),
    column("detail", Words, null=True),
    column("minutes", Amount, CheckConstraint("minutes > 0", name="minutes"), null=True),
    column("recorded_at", Instant),
    column("recorded_by", Id),
    column("withdrawn_at", Instant, null=True),
    column("withdrawn_by", Id, null=True),
)
Index("ix_dossier_entry_volunteer", dossier_entry.c.volunteer_id, dossier_entry.c.on_day, dossier_entry.c.id)

seal = table(
    "seal",
    column("id", Id, ForeignKey("organisation.id"), primary_key=True),
    column("media_type", Words, CheckConstraint("media_type IN ('image/png', 'image/jpeg')", name="media_type")),
    # Emptied where the unit uses none any more.
    column("content", Bytes, null=True),
    column("changed_at", Instant),
    column("changed_by", Id),
)
