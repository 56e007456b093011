"""The audit: who did what to which object, when, from which device; what was refused, and who looked at whom."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index

from ledger.store.schema.metadata import column, table
from ledger.store.types import Id, Instant, Words

audit = table(
    "audit",
    column("id", Id, primary_key=True),
    column("recorded_at", Instant),
    column("actor_kind", Words),
    column("actor_id", Id),
    column("device_id", Id, null=True),
    column("action", Words),
    column("outcome", Words, CheckConstraint("outcome IN ('done', 'viewed', 'refused')", name="outcome")),
    column("subject_kind", Words),
    column("subject_id", Words),
    column("organisation_id", Id, ForeignKey("organisation.id"), null=True),
    column("change", Words),
    append_only=True,
)
# Whatever an auditor may ask for is one range of one of these, the newest at its end.
Index("ix_audit_newest", audit.c.recorded_at, audit.c.id)
Index("ix_audit_actor", audit.c.actor_id, audit.c.recorded_at, audit.c.id)
Index("ix_audit_subject", audit.c.subject_kind, audit.c.subject_id, audit.c.recorded_at, audit.c.id)
Index("ix_audit_action", audit.c.action, audit.c.recorded_at, audit.c.id)
Index("ix_audit_device", audit.c.device_id, audit.c.recorded_at, audit.c.id)
Index("ix_audit_organisation", audit.c.organisation_id, audit.c.recorded_at, audit.c.id)
