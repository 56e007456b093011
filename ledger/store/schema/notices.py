"""Public notices: which records must be put on one, what was on it, and what was said against it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Bytes, Day, Id, Small, Words

notice_asked = table(
    "notice_asked",
    column("claim_id", Id, ForeignKey("service_claim.id"), primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("days", Small, CheckConstraint("days > 0", name="days")),
    column("in_working_days", Small, CheckConstraint("in_working_days IN (0, 1)", name="in_working_days")),
    append_only=True,
)

notice = table(
    "notice",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    # What it is about: open, since stars and other things are put on notice by the same machine.
    column("kind", Words),
    column("stage", Words, CheckConstraint("stage IN ('before', 'after')", name="stage")),
    column("title", Words),
    column("remark", Words),
    column("from_on", Day, null=True),
    column("until_on", Day, null=True),
    column("days", Small, CheckConstraint("days > 0", name="days")),
    column("in_working_days", Small, CheckConstraint("in_working_days IN (0, 1)", name="in_working_days")),
    column("begins_on", Day),
    column("ends_on", Day),
    column("lines", Small, CheckConstraint("lines > 0", name="lines")),
    column("lines_root", Bytes),
    column("digest", Bytes),
    column("published_by", Id),
    CheckConstraint("ends_on >= begins_on", name="period"),
    append_only=True,
)
Index("ix_notice_organisation", notice.c.organisation_id, notice.c.seq)

notice_line = table(
    "notice_line",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq")),
    column("notice_id", Id, ForeignKey("notice.id")),
    column("line", Small),
    # What may be on a notice only once: a record before it is posted, a record after, a line that is corrected.
    column("once", Words, unique=True),
    # The service record, or the claim that becomes it: both have one id.
    column("record_id", Id, null=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id"), null=True),
    column("corrects_id", Id, ForeignKey("notice_line.id"), null=True),
    column("digest", Bytes),
    UniqueConstraint("notice_id", "line"),
    append_only=True,
)
Index("ix_notice_line_record", notice_line.c.record_id, notice_line.c.seq)
Index("ix_notice_line_volunteer", notice_line.c.volunteer_id, notice_line.c.seq)
Index("ix_notice_line_corrects", notice_line.c.corrects_id)

notice_text = table(
    "notice_text",
    column("line_id", Id, ForeignKey("notice_line.id"), primary_key=True),
    # What stood there, and what its digest was salted with; emptied when the person is erased.
    column("salt", Bytes, null=True),
    column("shown", Words, null=True),
)

objection = table(
    "objection",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("line_id", Id, ForeignKey("notice_line.id")),
    column("record_id", Id, null=True),
    column("receipt_no", Words, unique=True),
    column("is_late", Small, CheckConstraint("is_late IN (0, 1)", name="is_late")),
    append_only=True,
)
Index("ix_objection_line", objection.c.line_id, objection.c.seq)
Index("ix_objection_record", objection.c.record_id, objection.c.seq)

objection_contact = table(
    "objection_contact",
    column("objection_id", Id, ForeignKey("objection.id"), primary_key=True),
    column("sealed", Bytes),
)

objection_resolution = table(
    "objection_resolution",
    column("objection_id", Id, ForeignKey("objection.id"), primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("record_id", Id, null=True),
    column("outcome", Words, CheckConstraint("outcome IN ('upheld', 'dismissed')", name="outcome")),
    column("resolved_by", Id),
    append_only=True,
)
Index("ix_objection_resolution_record", objection_resolution.c.record_id, objection_resolution.c.seq)
