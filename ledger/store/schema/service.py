"""Activities, the rulebooks, and the service records that became awards."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Bytes, Day, Id, Instant, Small, Words

activity = table(
    "activity",
    column("id", Id, primary_key=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("title", Words),
    column("activity_type", Words),
    column("held_on", Day),
    column("place", Words),
    column("content", Words),
    column("person_in_charge", Words),
    column("is_volunteer_service", Small),
    column("tags", Words),
    column("capacity", Small, CheckConstraint("capacity > 0", name="capacity"), null=True),
    column("minimum_age", Small, null=True),
    column("is_dangerous", Small),
    column("risk_note", Words),
    column("insurance_reference", Words, null=True),
    column("cancel_before_minutes", Small),
    column("check_in_before_minutes", Small),
    column("grace_minutes", Small),
    column("overlap", Words, CheckConstraint("overlap IN ('refuse', 'warn')", name="overlap")),
    column("no_check_out", Words, CheckConstraint("no_check_out IN ('nothing', 'session')", name="no_check_out")),
    column("created_at", Instant),
    column("filed_at", Instant, null=True),
    column("filed_by", Id, null=True),
    column("published_at", Instant, null=True),
    column("published_by", Id, null=True),
    column("closed_at", Instant, null=True),
    column("closed_by", Id, null=True),
    column("cancelled_at", Instant, null=True),
    column("cancelled_by", Id, null=True),
    column("cancel_reason", Words, null=True),
    CheckConstraint("is_dangerous = 0 OR insurance_reference IS NOT NULL", name="insured"),
)
Index("ix_activity_organisation", activity.c.organisation_id, activity.c.id)
Index("ix_activity_held_on", activity.c.held_on, activity.c.id)

activity_session = table(
    "activity_session",
    column("id", Id, primary_key=True),
    column("activity_id", Id, ForeignKey("activity.id")),
    column("starts_at", Instant),
    column("ends_at", Instant),
    column("place", Words, null=True),
    column("capacity", Small, CheckConstraint("capacity > 0", name="capacity"), null=True),
    column("created_at", Instant),
    column("closed_at", Instant, null=True),
    column("closed_by", Id, null=True),
    CheckConstraint("starts_at < ends_at", name="times"),
)
Index("ix_activity_session_activity", activity_session.c.activity_id, activity_session.c.starts_at)
Index("ix_activity_session_times", activity_session.c.starts_at, activity_session.c.ends_at)

rulebook = table(
    "rulebook",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("code", Words),
    column("version", Small),
    column("effective_from", Day),
    column("document", Words),
    column("digest", Bytes),
    column("recorded_at", Instant),
    UniqueConstraint("code", "version"),
    append_only=True,
)

Index("ix_rulebook_organisation", rulebook.c.organisation_id)

service_record = table(
    "service_record",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("activity_id", Id, ForeignKey("activity.id")),
    column("household_id", Id, null=True),
    column("group_id", Id, null=True),
    column("served_on", Day),
    column("minutes", Amount),
    column("capture_method", Words),
    column("evaluation", Words, null=True),
    column("recorded_by", Id),
    column("rule_id", Words),
    column("counted_minutes", Amount),
    column("points", Amount),
    column("inputs", Words),
    # The record that this one stands for, which was undone before it.
    column("corrects", Id, unique=True, null=True),
    column("attendance_id", Id, null=True),
    column("session_id", Id, null=True),
    column("began_at", Instant, null=True),
    column("ended_at", Instant, null=True),
    # Somebody's attendance becomes one record a day, and never a second one.
    UniqueConstraint("attendance_id", "served_on"),
    append_only=True,
)
Index("ix_service_record_activity", service_record.c.activity_id, service_record.c.served_on, service_record.c.id)
Index("ix_service_record_volunteer", service_record.c.volunteer_id, service_record.c.served_on)

deed = table(
    "deed",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("kind", Words, CheckConstraint("kind IN ('good_deed', 'penalty', 'no_show', 'opening')", name="kind")),
    column("deed_type", Words),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("activity_id", Id, ForeignKey("activity.id"), null=True),
    column("household_id", Id, null=True),
    column("group_id", Id, null=True),
    column("done_on", Day),
    column("evaluation", Words, null=True),
    column("recorded_by", Id),
    column("rule_id", Words),
    column("points", Amount),
    column("inputs", Words),
    append_only=True,
)

Index("ix_deed_volunteer", deed.c.volunteer_id, deed.c.done_on)

flag = table(
    "flag",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq")),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("counter", Words),
    column("flag", Words),
    column("title_zh", Words),
    column("title_en", Words),
    column("reached", Amount),
    column("first_day", Day),
    column("last_day", Day, null=True),
    append_only=True,
)
Index("ix_flag_volunteer", flag.c.volunteer_id, flag.c.seq)
Index("ix_flag_seq", flag.c.seq, flag.c.id)

flag_lift = table(
    "flag_lift",
    column("flag_id", Id, ForeignKey("flag.id"), primary_key=True),
    column("lifted_at", Instant),
    column("lifted_by", Id),
    column("reason", Words),
    append_only=True,
)

mark = table(
    "mark",
    column("seq", Amount, ForeignKey("transaction.seq")),
    column("line", Small),
    column("volunteer_id", Id),
    column("household_id", Id, null=True),
    column("organisation_id", Id),
    column("activity_id", Id, null=True),
    column("done_on", Day),
    column("rule_id", Words),
    column("theme", Words),
    column("counter", Words),
    column("unique_key", Words, null=True),
    column("deeds", Amount),
    column("quantity", Amount),
    column("eligible", Amount),
    column("counted", Amount),
    column("minutes", Amount),
    column("points", Amount),
    column("taken", Amount),
    PrimaryKeyConstraint("seq", "line"),
    append_only=True,
)
Index("ix_mark_volunteer", mark.c.volunteer_id, mark.c.done_on)
Index("ix_mark_activity", mark.c.activity_id, mark.c.volunteer_id)
Index("ix_mark_day", mark.c.done_on, mark.c.organisation_id)
_counted = text("counter <> ''")
Index("ix_mark_counter", mark.c.counter, mark.c.done_on, postgresql_where=_counted, sqlite_where=_counted)
for _name in ("household_id", "unique_key"):
    _there = mark.c[_name].is_not(None)
    Index(f"ix_mark_{_name}", mark.c[_name], mark.c.done_on, postgresql_where=_there, sqlite_where=_there)
