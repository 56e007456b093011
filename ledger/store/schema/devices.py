"""Kiosks and desks, asking to be paired and paired, and the short sessions of volunteers at them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index

from ledger.store.schema.metadata import column, table
from ledger.store.types import Id, Instant, Small, Words

KINDS = "kind IN ('kiosk', 'desk')"

device = table(
    "device",
    column("id", Id, primary_key=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("kind", Words, CheckConstraint(KINDS, name="kind")),
    column("name", Words),
    column("desk_id", Id, ForeignKey("desk.id"), null=True),
    column("paired_at", Instant),
    column("revoked_at", Instant, null=True),
    CheckConstraint("desk_id IS NULL OR kind = 'desk'", name="desk"),
)
Index("ix_device_organisation", device.c.organisation_id, device.c.id)

pairing = table(
    "pairing",
    column("id", Id, primary_key=True),
    column("device_code_digest", Words, unique=True),
    column("user_code", Words, unique=True),
    column("kind", Words, CheckConstraint(KINDS, name="kind")),
    column("name", Words),
    column("address", Words),
    column("asked_at", Instant),
    column("expires_at", Instant),
    column("interval_seconds", Small),
    column("polled_at", Instant, null=True),
    column("denied_at", Instant, null=True),
    column("device_id", Id, ForeignKey("device.id"), null=True),
    column("used_at", Instant, null=True),
    CheckConstraint("denied_at IS NULL OR device_id IS NULL", name="decided_once"),
)
Index("ix_pairing_expires_at", pairing.c.expires_at)

volunteer_session = table(
    "volunteer_session",
    column("id", Id, primary_key=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("device_id", Id, ForeignKey("device.id"), null=True),
    column("staff_id", Id, ForeignKey("staff.id"), null=True),
    column(
        "identified_by",
        Words,
        CheckConstraint("identified_by IN ('card', 'number', 'screen', 'staff')", name="identified_by"),
    ),
    column("purpose", Words, null=True),
    column("opened_at", Instant),
    column("closes_at", Instant),
    column("ended_at", Instant, null=True),
    CheckConstraint("device_id IS NOT NULL OR staff_id IS NOT NULL", name="opened_somewhere"),
    CheckConstraint("(staff_id IS NULL) = (purpose IS NULL)", name="purpose"),
)
Index("ix_volunteer_session_volunteer", volunteer_session.c.volunteer_id, volunteer_session.c.id)
