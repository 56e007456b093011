"""Organisations, volunteers, staff and their roles."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Bytes, Id, Instant, Ordered, Words

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
    column("name", Ordered),
    column("name_pinyin", Ordered),
    column("name_letters", Ordered),
    column("name_initials", Ordered),
    column("registered_at", Instant),
    column("erased_at", Instant, null=True),
)
Index("ix_volunteer_name", volunteer.c.name_pinyin, volunteer.c.id)
Index("ix_volunteer_characters", volunteer.c.name, volunteer.c.id)
Index("ix_volunteer_letters", volunteer.c.name_letters, volunteer.c.id)
Index("ix_volunteer_initials", volunteer.c.name_initials, volunteer.c.id)
Index("ix_volunteer_organisation", volunteer.c.organisation_id, volunteer.c.id)

staff = table(
    "staff",
    column("id", Id, primary_key=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("username", Words, unique=True),
    column("password_hash", Words),
    column("password_expires_at", Instant, null=True),
    column("otp_sealed", Bytes, null=True),
    column("otp_offered", Bytes, null=True),
    column("otp_step", Amount, null=True),
    column("name", Words),
    column("created_at", Instant),
    column("disabled_at", Instant, null=True),
)
Index("ix_staff_organisation", staff.c.organisation_id, staff.c.id)

staff_role = table(
    "staff_role",
    column("staff_id", Id, ForeignKey("staff.id")),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column(
        "role", Words, CheckConstraint("role IN ('organiser', 'reviewer', 'desk', 'admin', 'auditor')", name="role")
    ),
    PrimaryKeyConstraint("staff_id", "organisation_id", "role"),
)
Index("ix_staff_role_organisation", staff_role.c.organisation_id, staff_role.c.staff_id)
