"""What is kept of a person beside a name, who agreed to it, who looked at it, and how an account ends."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Bytes, Id, Instant, Small, Words

volunteer_field = table(
    "volunteer_field",
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column(
        "field",
        Words,
        CheckConstraint(
            "field IN ('phone', 'id_number', 'birth_date', 'gender', 'address', 'party_member')", name="field"
        ),
    ),
    column("sealed", Bytes),
    column("lookup", Bytes, null=True),
    column("tail", Bytes, null=True),
    column("sole", Bytes, null=True),
    column("changed_at", Instant),
    PrimaryKeyConstraint("volunteer_id", "field"),
    UniqueConstraint("sole"),
)
Index("ix_volunteer_field_lookup", volunteer_field.c.lookup, volunteer_field.c.volunteer_id)
Index("ix_volunteer_field_tail", volunteer_field.c.tail, volunteer_field.c.volunteer_id)

guardian = table(
    "guardian",
    column("id", Id, primary_key=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column(
        "relation",
        Words,
        CheckConstraint("relation IN ('mother', 'father', 'grandparent', 'sibling', 'other')", name="relation"),
    ),
    column("sealed", Bytes),
    column("recorded_at", Instant),
    column("ended_at", Instant, null=True),
)
Index("ix_guardian_volunteer", guardian.c.volunteer_id, guardian.c.id)

consent = table(
    "consent",
    column("id", Id, primary_key=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("line", Small),
    column(
        "purpose",
        Words,
        CheckConstraint(
            "purpose IN ('sensitive_data', 'publish_name', 'publish_contact', 'photo', 'sms')", name="purpose"
        ),
    ),
    column("text_version", Words),
    column("given", Small, CheckConstraint("given IN (0, 1)", name="given")),
    column(
        "captured", Words, CheckConstraint("captured IN ('paper', 'in_person', 'kiosk', 'import')", name="captured")
    ),
    column("guardian_id", Id, null=True),
    column("recorded_at", Instant),
    column("recorded_by", Id),
    column("device_id", Id, null=True),
    UniqueConstraint("volunteer_id", "line"),
    append_only=True,
)

viewing = table(
    "viewing",
    column("id", Id, primary_key=True),
    column("recorded_at", Instant),
    column("actor_id", Id),
    column("device_id", Id, null=True),
    column("volunteer_id", Id, null=True),
    column("what", Words),
    column("fields", Words),
    column("purpose", Words, null=True),
    append_only=True,
)
Index("ix_viewing_volunteer", viewing.c.volunteer_id, viewing.c.id)

possible_duplicate = table(
    "possible_duplicate",
    column("id", Id, primary_key=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("other_id", Id, ForeignKey("volunteer.id")),
    column("reasons", Words),
    column("found_at", Instant),
    column("distinct_by", Id, null=True),
    column("distinct_at", Instant, null=True),
    UniqueConstraint("volunteer_id", "other_id"),
)
Index("ix_possible_duplicate_other", possible_duplicate.c.other_id, possible_duplicate.c.id)

closing = table(
    "closing",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("reason", Words, CheckConstraint("reason IN ('left', 'died', 'merged')", name="reason")),
    column("heir_kind", Words, null=True),
    column("heir_id", Id, null=True),
    column("points", Amount),
    column("recorded_by", Id),
    append_only=True,
)
Index("ix_closing_volunteer", closing.c.volunteer_id, closing.c.seq)
Index("ix_closing_heir", closing.c.heir_id, closing.c.seq)

privacy_rules = table(
    "privacy_rules",
    column("version", Small, primary_key=True, autoincrement=False),
    column("kept_fields", Words),
    column("on_leaving", Words, CheckConstraint("on_leaving IN ('forfeit', 'transfer')", name="on_leaving")),
    column("on_death", Words, CheckConstraint("on_death IN ('forfeit', 'transfer')", name="on_death")),
    column("recorded_at", Instant),
    column("recorded_by", Id),
    append_only=True,
)
