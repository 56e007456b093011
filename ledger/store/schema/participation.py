"""What somebody's part in an activity was, as far as a rulebook may ask: role, what came of it, whom it was for."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Day, Id, Instant, Small, Words

participation = table(
    "participation",
    column("id", Id, primary_key=True),
    column("activity_id", Id, ForeignKey("activity.id")),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("on_day", Day),
    column("role", Words, null=True),
    # JSON: a list of words; words and whole numbers.
    column("tags", Words),
    column("measures", Words),
    column("value", Amount, CheckConstraint("value >= 0", name="value")),
    column("beneficiary", Words, null=True),
    column("beneficiary_age", Small, null=True),
    column("beneficiary_tags", Words),
    column("recorded_at", Instant),
    column("recorded_by", Id),
    UniqueConstraint("activity_id", "volunteer_id", "on_day"),
)
Index("ix_participation_volunteer", participation.c.volunteer_id, participation.c.on_day)
