"""Lists that rulebooks ask about, and who stands on them from when until when, for what reason."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index

from ledger.store.schema.metadata import column, table
from ledger.store.types import Day, Id, Instant, Words

listing = table(
    "listing",
    column("id", Id, primary_key=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("tag", Words),
    column("from_on", Day),
    column("until_on", Day, null=True),
    # What a clerk wrote; emptied when the person is erased.
    column("reason", Words, null=True),
    column("recorded_at", Instant),
    column("recorded_by", Id),
    CheckConstraint("until_on IS NULL OR until_on >= from_on", name="days"),
)
Index("ix_listing_volunteer", listing.c.volunteer_id, listing.c.id)
