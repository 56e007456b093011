"""The working-day calendar, where the bank's own people know more than the library."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, PrimaryKeyConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Day, Id, Instant, Small, Words

working_day = table(
    "working_day",
    column("day", Day),
    column("version", Small),
    # NULL: what was said before is taken back, and the library's word holds again.
    column("works", Small, CheckConstraint("works IN (0, 1)", name="works"), null=True),
    column("source", Words),
    column("note", Words),
    column("recorded_at", Instant),
    column("recorded_by", Id),
    PrimaryKeyConstraint("day", "version"),
    append_only=True,
)

announced_year = table(
    "announced_year",
    column("year", Small),
    column("version", Small),
    column("announced", Small, CheckConstraint("announced IN (0, 1)", name="announced")),
    column("source", Words),
    column("recorded_at", Instant),
    column("recorded_by", Id),
    PrimaryKeyConstraint("year", "version"),
    append_only=True,
)
