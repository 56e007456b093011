"""Appraisals (评议): forms of a few scored questions, who has spoken, and how often each score was given.

Of an anonymous form nobody's scores are kept: a voice says that somebody spoke, a tally how often a score was given,
and nothing leads from one to the other.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Day, Id, Instant, Small, Words

KINDS = ("property_company", "owners_committee", "activity", "request", "self", "other")

appraisal = table(
    "appraisal",
    column("id", Id, primary_key=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("kind", Words, CheckConstraint(f"kind IN {KINDS}", name="kind")),
    # The activity or the request that is appraised.
    column("subject_id", Id, null=True),
    column("title", Words),
    # JSON: a list of words, and of five percentages.
    column("questions", Words),
    column("star_thresholds", Words),
    column("score_max", Small, CheckConstraint("score_max BETWEEN 2 AND 10", name="score_max")),
    column("voice", Words, CheckConstraint("voice IN ('person', 'household')", name="voice")),
    column("is_anonymous", Small, CheckConstraint("is_anonymous IN (0, 1)", name="is_anonymous")),
    column("from_on", Day),
    column("until_on", Day),
    column("created_at", Instant),
    column("created_by", Id),
    CheckConstraint("until_on >= from_on", name="days"),
    CheckConstraint("(kind IN ('activity', 'request')) = (subject_id IS NOT NULL)", name="subject"),
)
Index("ix_appraisal_organisation", appraisal.c.organisation_id, appraisal.c.id)
Index("ix_appraisal_until", appraisal.c.until_on, appraisal.c.id)

appraisal_voice = table(
    "appraisal_voice",
    column("appraisal_id", Id, ForeignKey("appraisal.id")),
    # A volunteer, or the household they spoke for.
    column("voter_id", Id),
    # JSON: the scores in the order of the questions. NULL where the form is anonymous.
    column("scores", Words, null=True),
    column("channel", Words, CheckConstraint("channel IN ('kiosk', 'paper')", name="channel")),
    # Of a ballot on paper: who keyed it in.
    column("keyed_by", Id, null=True),
    CheckConstraint("(channel = 'paper') = (keyed_by IS NOT NULL)", name="keyed"),
    PrimaryKeyConstraint("appraisal_id", "voter_id"),
)

appraisal_tally = table(
    "appraisal_tally",
    column("appraisal_id", Id, ForeignKey("appraisal.id")),
    column("question", Small),
    column("score", Small),
    column("voices", Amount, CheckConstraint("voices >= 0", name="voices")),
    PrimaryKeyConstraint("appraisal_id", "question", "score"),
)
