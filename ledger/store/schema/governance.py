"""Proposals and what was decided: drafts may change, everything after them is written once."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Bytes, Day, Id, Instant, Small, Words

PROPOSAL_KINDS = ("rulebook", "lapse_policy", "redemption_policy", "price_list", "resolution")

proposal_draft = table(
    "proposal_draft",
    column("id", Id, primary_key=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column(
        "kind",
        Words,
        CheckConstraint("kind IN (" + ", ".join(f"'{kind}'" for kind in PROPOSAL_KINDS) + ")", name="kind"),
    ),
    column("template", Words),
    column("title", Words),
    column("reasons", Words),
    column("document", Words),
    column("created_by", Id),
    column("created_at", Instant),
    column("changed_at", Instant),
)
Index("ix_proposal_draft_organisation", proposal_draft.c.organisation_id, proposal_draft.c.id)

proposal_revision = table(
    "proposal_revision",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("proposal_id", Id),
    column("revision", Small),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("kind", Words),
    column("subject", Words),
    column("title", Words),
    column("reasons", Words),
    column("effective_from", Day),
    column("document", Words),
    column("digest", Bytes),
    column("template", Words),
    column("proposed_by", Id),
    UniqueConstraint("proposal_id", "revision"),
    append_only=True,
)
Index("ix_proposal_revision_subject", proposal_revision.c.subject)
Index("ix_proposal_revision_organisation", proposal_revision.c.organisation_id, proposal_revision.c.proposal_id)

proposal_step = table(
    "proposal_step",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("proposal_id", Id),
    column("number", Small),
    column("revision", Small),
    column("subject", Words),
    column("stage", Words),
    column("result", Words, CheckConstraint("result IN ('passed', 'returned', 'withdrawn')", name="result")),
    column("held_on", Day),
    column("recorded_by", Id),
    column("record", Words),
    column("digest", Bytes),
    UniqueConstraint("proposal_id", "number"),
    append_only=True,
)
Index("ix_proposal_step_subject", proposal_step.c.subject)

proposal_attachment = table(
    "proposal_attachment",
    column("id", Id, primary_key=True),
    column("proposal_id", Id),
    column("name", Words),
    column("media_type", Words),
    column("size", Amount),
    column("digest", Bytes),
    column("is_published", Small),
    column("content", Bytes, null=True),
    column("added_by", Id),
    column("added_at", Instant),
    UniqueConstraint("proposal_id", "digest"),
)

price_list = table(
    "price_list",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("effective_from", Day),
    column("document", Words),
    column("digest", Bytes),
    column("recorded_at", Instant),
    append_only=True,
)
