"""What a volunteer says is wrong with their own entries (民政部令67 art. 12-13), and the answers."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Day, Id, Words

dispute = table(
    "dispute",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    # Whose reviewers answer.
    column("organisation_id", Id, ForeignKey("organisation.id")),
    # Whose entry it is and which: of all that say the same, one is open at a time.
    column("about", Words),
    column("disputed_seq", Amount, ForeignKey("transaction.seq"), null=True),
    # Where that is a record of service, waiting or posted.
    column("record_id", Id, null=True),
    # What is missing something.
    column("activity_id", Id, ForeignKey("activity.id"), null=True),
    column("day", Day, null=True),
    column(
        "reason_code",
        Words,
        CheckConstraint(
            "reason_code IN ('not_me', 'hours_wrong', 'day_wrong', 'missing', 'points_wrong', 'other')",
            name="reason_code",
        ),
    ),
    CheckConstraint("(reason_code = 'missing') = (disputed_seq IS NULL)", name="missing"),
    append_only=True,
)
Index("ix_dispute_about", dispute.c.about, dispute.c.seq)
Index("ix_dispute_volunteer", dispute.c.volunteer_id, dispute.c.seq)

dispute_answer = table(
    "dispute_answer",
    column("dispute_id", Id, ForeignKey("dispute.id"), primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("about", Words),
    column("outcome", Words, CheckConstraint("outcome IN ('corrected', 'stands', 'passed_on')", name="outcome")),
    column("answered_by", Id),
    append_only=True,
)
Index("ix_dispute_answer_about", dispute_answer.c.about, dispute_answer.c.seq)
Index("ix_dispute_answer_volunteer", dispute_answer.c.volunteer_id, dispute_answer.c.seq)
