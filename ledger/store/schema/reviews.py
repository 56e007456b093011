"""Claims that wait for reviewers, and what the reviewers said."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Day, Id, Instant, Small, Words

service_claim = table(
    "service_claim",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("activity_id", Id, ForeignKey("activity.id")),
    column("group_id", Id, null=True),
    column("served_on", Day),
    column("minutes", Amount),
    column("capture_method", Words),
    column("evaluation", Words, null=True),
    column("recorded_by", Id),
    column("reviews_needed", Small, CheckConstraint("reviews_needed >= 0", name="reviews_needed")),
    column("attendance_id", Id, null=True),
    column("session_id", Id, null=True),
    column("began_at", Instant, null=True),
    column("ended_at", Instant, null=True),
    UniqueConstraint("attendance_id", "served_on"),
    append_only=True,
)
Index("ix_service_claim_organisation", service_claim.c.organisation_id, service_claim.c.seq)
Index("ix_service_claim_activity", service_claim.c.activity_id, service_claim.c.served_on, service_claim.c.id)

service_review = table(
    "service_review",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("claim_id", Id, ForeignKey("service_claim.id")),
    column("reviewed_by", Id),
    column("decision", Words, CheckConstraint("decision IN ('approve', 'reject')", name="decision")),
    # What the guard behind the decision is: of one claim nobody reviews twice.
    UniqueConstraint("claim_id", "reviewed_by"),
    append_only=True,
)
