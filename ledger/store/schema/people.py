"""Organisations, volunteers, staff and their tokens."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Id, Instant, Ordered, Words

organisation = table(
    "organisation",
    column("id", Id, primary_key=True),
    column("parent_id", Id, ForeignKey("organisation.id"), null=True),
    column(
        "level",
        Words,
        CheckConstraint(
            "level IN ('district', 'subdistrict', 'community', 'estate', 'building', 'team', 'unit', 'social')",
            name="level",
        ),
    ),
    column("path", Ordered, unique=True),
    column("name", Words),
    column("name_pinyin", Ordered),
    column("created_at", Instant),
    column("closed_at", Instant, null=True),
    CheckConstraint("(parent_id IS NULL) = (level = 'district')", name="root"),
)
Index("ix_organisation_parent", organisation.c.parent_id, organisation.c.path)
Index("ix_organisation_name", organisation.c.name_pinyin, organisation.c.id)

volunteer = table(
    "volunteer",
    column("id", Id, primary_key=True),
    column("volunteer_no", Words, unique=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("name", Words),
    column("name_pinyin", Ordered),
    column("registered_at", Instant),
)
Index("ix_volunteer_name", volunteer.c.name_pinyin, volunteer.c.id)
Index("ix_volunteer_organisation", volunteer.c.organisation_id, volunteer.c.id)

staff = table(
    "staff",
    column("id", Id, primary_key=True),
    column("username", Words, unique=True),
    column("password_hash", Words),
    column("name", Words),
    column("created_at", Instant),
    column("disabled_at", Instant, null=True),
)

staff_role = table(
    "staff_role",
    column("staff_id", Id, ForeignKey("staff.id")),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column(
        "role", Words, CheckConstraint("role IN ('organiser', 'reviewer', 'desk', 'admin', 'auditor')", name="role")
    ),
    PrimaryKeyConstraint("staff_id", "organisation_id", "role"),
)

refresh_token = table(
    "refresh_token",
    column("digest", Words, primary_key=True),
    column("family", Id),
    column("staff_id", Id, ForeignKey("staff.id"), null=True),
    column("device_id", Id, ForeignKey("device.id"), null=True),
    column("issued_at", Instant),
    column("expires_at", Instant),
    column("used_at", Instant, null=True),
    column("revoked_at", Instant, null=True),
    CheckConstraint("staff_id IS NOT NULL OR device_id IS NOT NULL", name="holder"),
)
Index("ix_refresh_token_family", refresh_token.c.family)
