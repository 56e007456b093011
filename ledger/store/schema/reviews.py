"""Claims that wait for reviewers, what the reviewers said, and what else befell them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Day, Id, Instant, Small, Words

KINDS = ("service", "good_deed", "penalty", "no_show", "opening")

service_claim = table(
    "service_claim",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    # What it is of: service, or the kind of another deed, which has a row in claimed_deed and perhaps no activity.
    column("kind", Words, CheckConstraint(f"kind IN {KINDS}", name="kind")),
    column("activity_id", Id, ForeignKey("activity.id"), null=True),
    column("group_id", Id, null=True),
    column("served_on", Day),
    column("minutes", Amount),
    column("capture_method", Words),
    column("evaluation", Words, null=True),
    column("recorded_by", Id),
    column("reviews_needed", Small, CheckConstraint("reviews_needed >= 0", name="reviews_needed")),
    # The last day on which it can be reviewed; after it the claim is void. NULL: it may take its time.
    column("review_by", Day, null=True),
    # The claim or record it seems to be at the same time as, for which it is held until a reviewer releases it.
    column("overlapped", Id, null=True),
    # The record that is undone as soon as this is posted.
    column("corrects", Id, null=True),
    column("attendance_id", Id, null=True),
    column("session_id", Id, null=True),
    column("began_at", Instant, null=True),
    column("ended_at", Instant, null=True),
    UniqueConstraint("attendance_id", "served_on"),
    append_only=True,
)
Index("ix_service_claim_organisation", service_claim.c.organisation_id, service_claim.c.seq)
Index("ix_service_claim_activity", service_claim.c.activity_id, service_claim.c.served_on, service_claim.c.id)
Index("ix_service_claim_volunteer", service_claim.c.volunteer_id, service_claim.c.served_on)
Index("ix_service_claim_corrects", service_claim.c.corrects)

claimed_deed = table(
    "claimed_deed",
    column("id", Id, ForeignKey("service_claim.id"), primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("deed_type", Words),
    column("count", Amount),
    column("value", Amount),
    # JSON: an object of numbers, an array of words.
    column("measures", Words),
    column("tags", Words),
    column("unique_key", Words, null=True),
    column("on_behalf", Words),
    append_only=True,
)

service_review = table(
    "service_review",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("claim_id", Id, ForeignKey("service_claim.id")),
    column("reviewed_by", Id),
    column("decision", Words, CheckConstraint("decision IN ('approve', 'reject')", name="decision")),
    # What the guard behind the decision is: of one claim nobody reviews twice.
    UniqueConstraint("claim_id", "reviewed_by"),
    append_only=True,
)

claim_step = table(
    "claim_step",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("claim_id", Id, ForeignKey("service_claim.id")),
    column("step", Words, CheckConstraint("step IN ('hold', 'release', 'withdraw', 'void')", name="step")),
    # Why the bank itself did it, in a word of its own; NULL where a person said why.
    column("code", Words, null=True),
    column("taken_by", Id),
    append_only=True,
)
Index("ix_claim_step_claim", claim_step.c.claim_id, claim_step.c.seq)

record_settings = table(
    "record_settings",
    column("version", Small, primary_key=True, autoincrement=False),
    column("duty_working_days", Small),
    column("long_day_minutes", Small),
    column("same_second_people", Small),
    column("same_device_people", Small),
    column("same_reviewer_times", Small),
    column("same_pair_times", Small),
    column("backfill_times", Small),
    column("weeks_alike", Small),
    column("period_days", Small),
    column("recorded_at", Instant),
    column("recorded_by", Id),
    append_only=True,
)
