"""Activities, the rulebooks, and the service records that became awards."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Bytes, Day, Id, Instant, Small, Words

activity = table(
    "activity",
    column("id", Id, primary_key=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("title", Words),
    column("activity_type", Words),
    column("held_on", Day),
    column("place", Words),
    column("content", Words),
    column("person_in_charge", Words),
    column("is_volunteer_service", Small),
    column("created_at", Instant),
)
Index("ix_activity_organisation", activity.c.organisation_id, activity.c.id)

rulebook = table(
    "rulebook",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("code", Words),
    column("version", Small),
    column("effective_from", Day),
    column("document", Words),
    column("digest", Bytes),
    column("recorded_at", Instant),
    UniqueConstraint("code", "version"),
    append_only=True,
)

Index("ix_rulebook_organisation", rulebook.c.organisation_id)

service_record = table(
    "service_record",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("activity_id", Id, ForeignKey("activity.id")),
    column("served_on", Day),
    column("minutes", Amount),
    column("capture_method", Words),
    column("evaluation", Words, null=True),
    column("recorded_by", Id),
    column("rule_id", Words),
    column("counted_minutes", Amount),
    column("points", Amount),
    column("inputs", Words),
    append_only=True,
)
Index("ix_service_record_volunteer_activity", service_record.c.volunteer_id, service_record.c.activity_id)
