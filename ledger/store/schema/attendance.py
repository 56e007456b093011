"""Who signed up for a session, who came to it and left it when, and which requests said so."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text

from ledger.store.schema.metadata import column, table
from ledger.store.types import Bytes, Id, Instant, Small, Words

sign_up = table(
    "sign_up",
    column("id", Id, primary_key=True),
    column("activity_id", Id, ForeignKey("activity.id")),
    column("session_id", Id, ForeignKey("activity_session.id")),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("number", Small),
    column("state", Words, CheckConstraint("state IN ('confirmed', 'waiting', 'cancelled')", name="state")),
    column("warnings", Words),
    column("asked_at", Instant),
    column("asked_by", Id),
    column("device_id", Id, null=True),
    column("confirmed_at", Instant, null=True),
    column("overridden_by", Id, null=True),
    column("override_reason", Words, null=True),
    column("cancelled_at", Instant, null=True),
    column("cancelled_by", Id, null=True),
    column("is_late", Small, null=True),
    column(
        "no_show",
        Words,
        CheckConstraint("no_show IN ('excused', 'unexcused', 'malicious')", name="no_show"),
        null=True,
    ),
    column("no_show_at", Instant, null=True),
    column("no_show_by", Id, null=True),
    column("no_show_deed_id", Id, null=True),
    column("no_show_lifted_at", Instant, null=True),
    column("no_show_lifted_by", Id, null=True),
    UniqueConstraint("session_id", "number"),
)
_standing = text("state <> 'cancelled'")
Index(
    "uq_sign_up_standing",
    sign_up.c.session_id,
    sign_up.c.volunteer_id,
    unique=True,
    postgresql_where=_standing,
    sqlite_where=_standing,
)
Index("ix_sign_up_volunteer", sign_up.c.volunteer_id, sign_up.c.id)
Index("ix_sign_up_activity", sign_up.c.activity_id, sign_up.c.session_id, sign_up.c.number)

attendance = table(
    "attendance",
    column("id", Id, primary_key=True),
    column("activity_id", Id, ForeignKey("activity.id")),
    column("session_id", Id, ForeignKey("activity_session.id")),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("capture_method", Words, CheckConstraint("capture_method IN ('clocked', 'roster')", name="capture_method")),
    column("in_at", Instant),
    column("in_way", Words),
    column("in_by", Id),
    column("in_kind", Words),
    column("in_device_id", Id, null=True),
    column("in_recorded_at", Instant),
    column("out_at", Instant, null=True),
    column("out_way", Words, null=True),
    column("out_by", Id, null=True),
    column("out_kind", Words, null=True),
    column("out_device_id", Id, null=True),
    column("out_recorded_at", Instant, null=True),
    column("voided_at", Instant, null=True),
    column("voided_by", Id, null=True),
    column("void_reason", Words, null=True),
    CheckConstraint("out_at IS NULL OR in_at <= out_at", name="times"),
)
_valid = text("voided_at IS NULL")
Index(
    "uq_attendance_valid",
    attendance.c.session_id,
    attendance.c.volunteer_id,
    unique=True,
    postgresql_where=_valid,
    sqlite_where=_valid,
)
Index("ix_attendance_session", attendance.c.session_id, attendance.c.id)
Index("ix_attendance_volunteer", attendance.c.volunteer_id, attendance.c.id)

attendance_code_use = table(
    "attendance_code_use",
    column("digest", Words),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("expires_at", Instant),
    PrimaryKeyConstraint("digest", "volunteer_id"),
)
Index("ix_attendance_code_use_expires_at", attendance_code_use.c.expires_at)

attendance_request = table(
    "attendance_request",
    column("client", Words),
    column("key", Words),
    column("request", Bytes),
    column("attendance_id", Id, ForeignKey("attendance.id")),
    column("recorded_at", Instant),
    PrimaryKeyConstraint("client", "key"),
)
