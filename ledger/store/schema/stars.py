"""Stars: every promotion and demotion that was proposed, with what it rests on, and what was decided about it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Day, Id, Small, Words

star_change = table(
    "star_change",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("ladder_id", Words),
    column("from_level", Small),
    column("to_level", Small, CheckConstraint("to_level <> from_level", name="moves")),
    column("measured_on", Day),
    column("as_of_seq", Amount),
    column("inputs", Words),
    column("notice_until", Day, null=True),
    column("approved_by", Words),
    column("recorded_by", Id),
    append_only=True,
)
Index("ix_star_change_volunteer", star_change.c.volunteer_id, star_change.c.seq)

star_decision = table(
    "star_decision",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    # What the guard behind the decision is: of one change it is decided once.
    column("change_id", Id, ForeignKey("star_change.id"), unique=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("decision", Words, CheckConstraint("decision IN ('approve', 'reject')", name="decision")),
    column("ladder_id", Words),
    column("level", Small),
    column("star_level", Small),
    column("measured_on", Day),
    column("as_of_seq", Amount),
    column("inputs", Words),
    column("recorded_by", Id),
    append_only=True,
)
Index("ix_star_decision_volunteer", star_decision.c.volunteer_id, star_decision.c.seq)
