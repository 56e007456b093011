"""Certificates of service: what was certified, which records it rests on, and how it ended."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Bytes, Day, Id, Small, Words

certificate = table(
    "certificate",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("certificate_no", Words, unique=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("first_day", Day),
    column("last_day", Day),
    column("minutes", Amount, CheckConstraint("minutes > 0", name="minutes")),
    column("records", Small, CheckConstraint("records > 0", name="records")),
    column("digest", Bytes),
    column("issued_by", Id),
    append_only=True,
)
Index("ix_certificate_volunteer", certificate.c.volunteer_id, certificate.c.seq)
Index("ix_certificate_organisation", certificate.c.organisation_id, certificate.c.seq)

# What stands on the paper, names too: it goes when the person is erased, and the digest stays.
certificate_text = table(
    "certificate_text",
    column("certificate_id", Id, ForeignKey("certificate.id"), primary_key=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("content", Words),
)
Index("ix_certificate_text_volunteer", certificate_text.c.volunteer_id)

certificate_line = table(
    "certificate_line",
    column("certificate_id", Id, ForeignKey("certificate.id")),
    column("line", Small),
    column("record_seq", Amount, ForeignKey("transaction.seq")),
    PrimaryKeyConstraint("certificate_id", "line"),
    append_only=True,
)
Index("ix_certificate_line_record", certificate_line.c.record_seq)

certificate_end = table(
    "certificate_end",
    column("certificate_id", Id, ForeignKey("certificate.id"), primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("ended_by", Id),
    column("reason", Words, CheckConstraint("reason IN ('mistake', 'fraud', 'wish')", name="reason")),
    append_only=True,
)
