"""The bank: people, activities, prizes, the books and their tree, and the guards that keep them append-only.

Revision ID: 0001
Revises:
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import BYTEA

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

AMOUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BYTES = sa.LargeBinary().with_variant(BYTEA(), "postgresql")
DAY = sa.Text().with_variant(sa.Date(), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(), "postgresql")
ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SMALL = sa.Integer()
WORDS = sa.Text()

Keys = tuple[str, ...]
"""Each key of a table, its columns with commas between."""

APPEND_ONLY: dict[str, Keys] = {
    "audit": ("id",),
    "bank": ("id",),
    "unit": ("id",),
    "transaction": ("id", "reverses", "seq"),
    "transfer": ("seq, leg",),
    "command": ("client, key", "seq"),
    "tree_node": ("level, position",),
    "tree_root": ("size",),
    "working_day": ("day, version",),
    "announced_year": ("year, version",),
    "certificate": ("certificate_no", "id", "seq"),
    "certificate_line": ("certificate_id, line",),
    "certificate_end": ("certificate_id", "seq"),
    "dispute": ("id", "seq"),
    "dispute_answer": ("dispute_id", "seq"),
    "proposal_revision": ("id", "proposal_id, revision", "seq"),
    "proposal_step": ("id", "proposal_id, number", "seq"),
    "price_list": ("id", "seq"),
    "checkpoint": ("origin, size",),
    "cosignature": ("origin, size, witness",),
    "epoch": ("number", "origin"),
    "need_settings": ("version",),
    "need_credit": ("id", "need_id, volunteer_id"),
    "notice_asked": ("claim_id", "seq"),
    "notice": ("id", "seq"),
    "notice_line": ("id", "notice_id, line", "once"),
    "objection": ("id", "receipt_no", "seq"),
    "objection_resolution": ("objection_id", "seq"),
    "consent": ("id", "volunteer_id, line"),
    "viewing": ("id",),
    "closing": ("id", "seq"),
    "privacy_rules": ("version",),
    "prize_picture": ("digest",),
    "prize_price": ("id",),
    "stock_receipt": ("id", "seq"),
    "redemption": ("id", "reservation_id", "seq"),
    "redemption_item": ("redemption_id, line",),
    "redemption_slip": ("redemption_id, copy",),
    "refund": ("id", "redemption_id", "seq"),
    "purchase": ("id",),
    "purchase_end": ("id", "purchase_id"),
    "prize_budget": ("id", "organisation_id, year, version"),
    "reservation": ("id", "seq"),
    "reservation_item": ("reservation_id, line",),
    "reservation_release": ("id", "reservation_id", "seq"),
    "service_claim": ("attendance_id, served_on", "id", "seq"),
    "claimed_deed": ("id", "seq"),
    "service_review": ("claim_id, reviewed_by", "id", "seq"),
    "claim_step": ("id", "seq"),
    "record_settings": ("version",),
    "rulebook": ("code, version", "id", "seq"),
    "service_record": ("attendance_id, served_on", "corrects", "id", "seq"),
    "deed": ("id", "seq"),
    "flag": ("id",),
    "flag_lift": ("flag_id",),
    "mark": ("seq, line",),
    "stock_transfer": ("id", "seq"),
    "stock_transfer_item": ("transfer_id, line",),
    "desk_session": ("follows", "id", "seq"),
    "stock_report": ("id", "seq"),
    "stock_report_line": ("report_id, line", "report_id, prize_id, best_before"),
    "stock_settlement": ("id", "report_id", "seq"),
    "slip_book": ("first_serial", "id"),
    "slip_entry": ("id", "seq", "slip_no"),
    "slip_entry_item": ("entry_id, line",),
    "slip_settlement": ("entry_id", "id", "seq"),
    "star_change": ("id", "seq"),
    "star_decision": ("change_id", "id", "seq"),
}
"""Tables whose rows are never changed nor removed, with every key by which INSERT OR REPLACE could aim at one."""

ACCOUNT_KEYS: Keys = ("id", "id, unit_id", "owner_id, unit_id, purpose, expires_on")
PRIVATE_KEYS: Keys = ("seq",)
HEAD_KEYS: Keys = ("id",)
ACCOUNT_FIXED = ("id", "owner_kind", "owner_id", "purpose", "unit_id", "expires_on", "floor", "opened_seq")
ERASED = "NEW.seq = OLD.seq AND NEW.salt IS NULL AND NEW.opening IS NULL"
RETURNED = (
    "NEW.seq < OLD.seq OR NEW.account_last < OLD.account_last OR NEW.recorded_at < OLD.recorded_at OR NEW.id <> OLD.id"
)


def upgrade() -> None:
    make_tables()
    for statement in sqlite_guards() if op.get_context().dialect.name == "sqlite" else postgresql_guards():
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("a ledger does not go back: restore a backup made before the upgrade instead")


def make_tables() -> None:
    op.create_table(
        "announced_year",
        sa.Column("year", SMALL, nullable=False),
        sa.Column("version", SMALL, nullable=False),
        sa.Column(
            "announced",
            SMALL,
            sa.CheckConstraint("announced IN (0, 1)", name=op.f("ck_announced_year_announced")),
            nullable=False,
        ),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("year", "version", name=op.f("pk_announced_year")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bank",
        sa.Column(
            "id", SMALL, sa.CheckConstraint("id = 1", name=op.f("ck_bank_one")), nullable=False, autoincrement=False
        ),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("zone", WORDS, nullable=False),
        sa.Column(
            "points_scale",
            SMALL,
            sa.CheckConstraint("points_scale BETWEEN 0 AND 2", name=op.f("ck_bank_points_scale")),
            nullable=False,
        ),
        sa.Column("epoch", SMALL, nullable=False),
        sa.Column("created_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank")),
        sqlite_strict=True,
    )
    op.create_table(
        "checkpoint",
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("size", AMOUNT, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("signed_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("origin", "size", name=op.f("pk_checkpoint")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "command",
        sa.Column("client", WORDS, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("request", BYTES, nullable=False),
        sa.Column(
            "outcome",
            WORDS,
            sa.CheckConstraint("outcome IN ('posted', 'refused')", name=op.f("ck_command_outcome")),
            nullable=False,
        ),
        sa.Column("seq", AMOUNT, nullable=True),
        sa.Column("answer", WORDS, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("client", "key", name=op.f("pk_command")),
        sa.UniqueConstraint("seq", name=op.f("uq_command_seq")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cosignature",
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("size", AMOUNT, nullable=False),
        sa.Column("witness", WORDS, nullable=False),
        sa.Column("line", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("origin", "size", "witness", name=op.f("pk_cosignature")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "epoch",
        sa.Column("number", SMALL, nullable=False, autoincrement=False),
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("kept_size", AMOUNT, nullable=False),
        sa.Column("lost_size", AMOUNT, nullable=False),
        sa.Column("lost_root", BYTES, nullable=False),
        sa.Column("began_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_epoch")),
        sa.UniqueConstraint("origin", name=op.f("uq_epoch_origin")),
        sqlite_strict=True,
    )
    op.create_table(
        "head",
        sa.Column(
            "id", SMALL, sa.CheckConstraint("id = 1", name=op.f("ck_head_one")), nullable=False, autoincrement=False
        ),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("account_last", AMOUNT, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("frontier", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head")),
        sqlite_strict=True,
    )
    op.create_table(
        "need_settings",
        sa.Column("version", SMALL, nullable=False, autoincrement=False),
        sa.Column("document", WORDS, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_need_settings")),
        sqlite_strict=True,
    )
    op.create_table(
        "organisation",
        sa.Column("id", ID, nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column(
            "level",
            WORDS,
            sa.CheckConstraint(
                "level IN ('district', 'subdistrict', 'community', 'estate', 'building', 'team', 'unit', 'social')",
                name=op.f("ck_organisation_level"),
            ),
            nullable=False,
        ),
        sa.Column("path", ORDERED, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("name_pinyin", ORDERED, nullable=False),
        sa.Column("created_at", AMOUNT, nullable=False),
        sa.Column("closed_at", AMOUNT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.CheckConstraint("(parent_id IS NULL) = (level = 'district')", name=op.f("ck_organisation_root")),
        sa.ForeignKeyConstraint(["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id")),
        sa.UniqueConstraint("path", name=op.f("uq_organisation_path")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_organisation_name"), "organisation", ["name_pinyin", "id"])
    op.create_index(op.f("ix_organisation_parent"), "organisation", ["parent_id", "path"])
    op.create_table(
        "policy",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("value", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_policy")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "privacy_rules",
        sa.Column("version", SMALL, nullable=False, autoincrement=False),
        sa.Column("kept_fields", WORDS, nullable=False),
        sa.Column(
            "on_leaving",
            WORDS,
            sa.CheckConstraint("on_leaving IN ('forfeit', 'transfer')", name=op.f("ck_privacy_rules_on_leaving")),
            nullable=False,
        ),
        sa.Column(
            "on_death",
            WORDS,
            sa.CheckConstraint("on_death IN ('forfeit', 'transfer')", name=op.f("ck_privacy_rules_on_death")),
            nullable=False,
        ),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_privacy_rules")),
        sqlite_strict=True,
    )
    op.create_table(
        "prize_picture",
        sa.Column("digest", WORDS, nullable=False),
        sa.Column(
            "media_type",
            WORDS,
            sa.CheckConstraint(
                "media_type IN ('image/png', 'image/jpeg', 'image/webp')", name=op.f("ck_prize_picture_media_type")
            ),
            nullable=False,
        ),
        sa.Column("content", BYTES, nullable=False),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("added_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_prize_picture")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proposal_attachment",
        sa.Column("id", ID, nullable=False),
        sa.Column("proposal_id", ID, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("media_type", WORDS, nullable=False),
        sa.Column("size", AMOUNT, nullable=False),
        sa.Column("digest", BYTES, nullable=False),
        sa.Column("is_published", SMALL, nullable=False),
        sa.Column("content", BYTES, nullable=True),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("added_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_attachment")),
        sa.UniqueConstraint("proposal_id", "digest", name=op.f("uq_proposal_attachment_proposal_id_digest")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "record_settings",
        sa.Column("version", SMALL, nullable=False, autoincrement=False),
        sa.Column("duty_working_days", SMALL, nullable=False),
        sa.Column("long_day_minutes", SMALL, nullable=False),
        sa.Column("same_second_people", SMALL, nullable=False),
        sa.Column("same_device_people", SMALL, nullable=False),
        sa.Column("same_reviewer_times", SMALL, nullable=False),
        sa.Column("same_pair_times", SMALL, nullable=False),
        sa.Column("backfill_times", SMALL, nullable=False),
        sa.Column("weeks_alike", SMALL, nullable=False),
        sa.Column("period_days", SMALL, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_record_settings")),
        sqlite_strict=True,
    )
    op.create_table(
        "throttle",
        sa.Column("key", BYTES, nullable=False),
        sa.Column("account", BYTES, nullable=True),
        sa.Column("free_at", AMOUNT, nullable=False),
        sa.Column("tries", AMOUNT, nullable=False),
        sa.Column("forgotten_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttle")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_throttle_account"), "throttle", ["account"])
    op.create_index(op.f("ix_throttle_forgotten_at"), "throttle", ["forgotten_at"])
    op.create_table(
        "transaction",
        sa.Column("seq", AMOUNT, nullable=False, autoincrement=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("effective_on", DAY, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("actor_id", ID, nullable=False),
        sa.Column("detail", WORDS, nullable=False),
        sa.Column("rulebook_code", WORDS, nullable=True),
        sa.Column("rulebook_version", SMALL, nullable=True),
        sa.Column("reverses", AMOUNT, nullable=True),
        sa.Column("commitment", BYTES, nullable=False),
        sa.Column("leaf_hash", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_transaction")),
        sa.UniqueConstraint("id", name=op.f("uq_transaction_id")),
        sa.UniqueConstraint("reverses", name=op.f("uq_transaction_reverses")),
        sa.ForeignKeyConstraint(["reverses"], ["transaction.seq"], name=op.f("fk_transaction_reverses")),
        sqlite_strict=True,
    )
    op.create_table(
        "tree_node",
        sa.Column("level", SMALL, nullable=False),
        sa.Column("position", AMOUNT, nullable=False),
        sa.Column("hash", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("level", "position", name=op.f("pk_tree_node")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tree_root",
        sa.Column("size", AMOUNT, nullable=False, autoincrement=False),
        sa.Column("hash", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_tree_root")),
        sqlite_strict=True,
    )
    op.create_table(
        "unit",
        sa.Column("id", SMALL, nullable=False, autoincrement=False),
        sa.Column(
            "kind",
            WORDS,
            sa.CheckConstraint("kind IN ('points', 'minutes', 'prize')", name=op.f("ck_unit_kind")),
            nullable=False,
        ),
        sa.Column(
            "scale", SMALL, sa.CheckConstraint("scale BETWEEN 0 AND 2", name=op.f("ck_unit_scale")), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sqlite_strict=True,
    )
    op.create_table(
        "viewing",
        sa.Column("id", ID, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("actor_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=True),
        sa.Column("volunteer_id", ID, nullable=True),
        sa.Column("what", WORDS, nullable=False),
        sa.Column("fields", WORDS, nullable=False),
        sa.Column("purpose", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_viewing")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_viewing_volunteer"), "viewing", ["volunteer_id", "id"])
    op.create_table(
        "witnessed",
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("size", AMOUNT, nullable=False),
        sa.Column("root", BYTES, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("seen_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_witnessed")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "working_day",
        sa.Column("day", DAY, nullable=False),
        sa.Column("version", SMALL, nullable=False),
        sa.Column(
            "works", SMALL, sa.CheckConstraint("works IN (0, 1)", name=op.f("ck_working_day_works")), nullable=True
        ),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("day", "version", name=op.f("pk_working_day")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "account",
        sa.Column("id", AMOUNT, nullable=False, autoincrement=False),
        sa.Column("owner_kind", WORDS, nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("purpose", WORDS, nullable=False),
        sa.Column("unit_id", SMALL, nullable=False),
        sa.Column("expires_on", DAY, nullable=False),
        sa.Column("floor", AMOUNT, nullable=True),
        sa.Column("opened_seq", AMOUNT, nullable=False),
        sa.Column("balance", AMOUNT, nullable=False),
        sa.Column("entries", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint(
            "owner_id", "unit_id", "purpose", "expires_on", name=op.f("uq_account_owner_id_unit_id_purpose_expires_on")
        ),
        sa.UniqueConstraint("id", "unit_id", name=op.f("uq_account_id_unit_id")),
        sa.CheckConstraint("floor IS NULL OR balance >= floor", name=op.f("ck_account_floor")),
        sa.CheckConstraint("purpose <> 'debt' OR balance <= 0", name=op.f("ck_account_debt")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_account_unit_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_account_expires_on"), "account", ["expires_on", "id"])
    op.create_table(
        "activity",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("activity_type", WORDS, nullable=False),
        sa.Column("held_on", DAY, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("person_in_charge", WORDS, nullable=False),
        sa.Column("is_volunteer_service", SMALL, nullable=False),
        sa.Column("tags", WORDS, nullable=False),
        sa.Column(
            "capacity", SMALL, sa.CheckConstraint("capacity > 0", name=op.f("ck_activity_capacity")), nullable=True
        ),
        sa.Column("minimum_age", SMALL, nullable=True),
        sa.Column("is_dangerous", SMALL, nullable=False),
        sa.Column("risk_note", WORDS, nullable=False),
        sa.Column("insurance_reference", WORDS, nullable=True),
        sa.Column("cancel_before_minutes", SMALL, nullable=False),
        sa.Column("check_in_before_minutes", SMALL, nullable=False),
        sa.Column("grace_minutes", SMALL, nullable=False),
        sa.Column(
            "overlap",
            WORDS,
            sa.CheckConstraint("overlap IN ('refuse', 'warn')", name=op.f("ck_activity_overlap")),
            nullable=False,
        ),
        sa.Column(
            "no_check_out",
            WORDS,
            sa.CheckConstraint("no_check_out IN ('nothing', 'session')", name=op.f("ck_activity_no_check_out")),
            nullable=False,
        ),
        sa.Column("created_at", AMOUNT, nullable=False),
        sa.Column("filed_at", AMOUNT, nullable=True),
        sa.Column("filed_by", ID, nullable=True),
        sa.Column("published_at", AMOUNT, nullable=True),
        sa.Column("published_by", ID, nullable=True),
        sa.Column("closed_at", AMOUNT, nullable=True),
        sa.Column("closed_by", ID, nullable=True),
        sa.Column("cancelled_at", AMOUNT, nullable=True),
        sa.Column("cancelled_by", ID, nullable=True),
        sa.Column("cancel_reason", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.CheckConstraint("is_dangerous = 0 OR insurance_reference IS NOT NULL", name=op.f("ck_activity_insured")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_activity_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_activity_held_on"), "activity", ["held_on", "id"])
    op.create_index(op.f("ix_activity_organisation"), "activity", ["organisation_id", "id"])
    op.create_table(
        "appraisal",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column(
            "kind",
            WORDS,
            sa.CheckConstraint(
                "kind IN ('property_company', 'owners_committee', 'activity', 'request', 'self', 'other')",
                name=op.f("ck_appraisal_kind"),
            ),
            nullable=False,
        ),
        sa.Column("subject_id", ID, nullable=True),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("questions", WORDS, nullable=False),
        sa.Column("star_thresholds", WORDS, nullable=False),
        sa.Column(
            "score_max",
            SMALL,
            sa.CheckConstraint("score_max BETWEEN 2 AND 10", name=op.f("ck_appraisal_score_max")),
            nullable=False,
        ),
        sa.Column(
            "voice",
            WORDS,
            sa.CheckConstraint("voice IN ('person', 'household')", name=op.f("ck_appraisal_voice")),
            nullable=False,
        ),
        sa.Column(
            "is_anonymous",
            SMALL,
            sa.CheckConstraint("is_anonymous IN (0, 1)", name=op.f("ck_appraisal_is_anonymous")),
            nullable=False,
        ),
        sa.Column("from_on", DAY, nullable=False),
        sa.Column("until_on", DAY, nullable=False),
        sa.Column("created_at", AMOUNT, nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_appraisal_days")),
        sa.CheckConstraint(
            "(kind IN ('activity', 'request')) = (subject_id IS NOT NULL)", name=op.f("ck_appraisal_subject")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_appraisal_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_appraisal_organisation"), "appraisal", ["organisation_id", "id"])
    op.create_index(op.f("ix_appraisal_until"), "appraisal", ["until_on", "id"])
    op.create_table(
        "audit",
        sa.Column("id", ID, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("actor_kind", WORDS, nullable=False),
        sa.Column("actor_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=True),
        sa.Column("action", WORDS, nullable=False),
        sa.Column(
            "outcome",
            WORDS,
            sa.CheckConstraint("outcome IN ('done', 'viewed', 'refused')", name=op.f("ck_audit_outcome")),
            nullable=False,
        ),
        sa.Column("subject_kind", WORDS, nullable=False),
        sa.Column("subject_id", WORDS, nullable=False),
        sa.Column("organisation_id", ID, nullable=True),
        sa.Column("change", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_audit_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_audit_action"), "audit", ["action", "recorded_at", "id"])
    op.create_index(op.f("ix_audit_actor"), "audit", ["actor_id", "recorded_at", "id"])
    op.create_index(op.f("ix_audit_device"), "audit", ["device_id", "recorded_at", "id"])
    op.create_index(op.f("ix_audit_newest"), "audit", ["recorded_at", "id"])
    op.create_index(op.f("ix_audit_organisation"), "audit", ["organisation_id", "recorded_at", "id"])
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject_kind", "subject_id", "recorded_at", "id"])
    op.create_table(
        "collective",
        sa.Column("id", ID, nullable=False),
        sa.Column(
            "owner_kind",
            WORDS,
            sa.CheckConstraint("owner_kind IN ('household', 'group')", name=op.f("ck_collective_owner_kind")),
            nullable=False,
        ),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("created_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collective")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_collective_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_collective_organisation"), "collective", ["organisation_id", "id"])
    op.create_table(
        "desk",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("created_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_desk_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_desk_organisation"), "desk", ["organisation_id", "id"])
    op.create_table(
        "import_run",
        sa.Column("id", ID, nullable=False),
        sa.Column(
            "kind",
            WORDS,
            sa.CheckConstraint("kind IN ('volunteers', 'service_records')", name=op.f("ck_import_run_kind")),
            nullable=False,
        ),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("digest", BYTES, nullable=False),
        sa.Column(
            "state",
            WORDS,
            sa.CheckConstraint(
                "state IN ('checked', 'committing', 'committed', 'expired')", name=op.f("ck_import_run_state")
            ),
            nullable=False,
        ),
        sa.Column("rows", SMALL, nullable=False),
        sa.Column("report", WORDS, nullable=False),
        sa.Column("sealed", BYTES, nullable=True),
        sa.Column("file", BYTES, nullable=True),
        sa.Column("created_at", AMOUNT, nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("settled_at", AMOUNT, nullable=True),
        sa.Column("made", SMALL, nullable=False),
        sa.Column("total", SMALL, nullable=False),
        sa.Column("done", SMALL, nullable=False),
        sa.Column("refused", SMALL, nullable=False),
        sa.Column("left_out", SMALL, nullable=False),
        sa.Column("commit_client", WORDS, nullable=True),
        sa.Column("commit_key", WORDS, nullable=True),
        sa.Column("commit_request", BYTES, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_import_run_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_import_run_commit"), "import_run", ["commit_client", "commit_key"])
    op.create_index(op.f("ix_import_run_digest"), "import_run", ["organisation_id", "digest", "id"])
    op.create_index(op.f("ix_import_run_waiting"), "import_run", ["state", "created_at"])
    op.create_table(
        "mark",
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("line", SMALL, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("household_id", ID, nullable=True),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=True),
        sa.Column("done_on", DAY, nullable=False),
        sa.Column("rule_id", WORDS, nullable=False),
        sa.Column("theme", WORDS, nullable=False),
        sa.Column("counter", WORDS, nullable=False),
        sa.Column("unique_key", WORDS, nullable=True),
        sa.Column("deeds", AMOUNT, nullable=False),
        sa.Column("quantity", AMOUNT, nullable=False),
        sa.Column("eligible", AMOUNT, nullable=False),
        sa.Column("counted", AMOUNT, nullable=False),
        sa.Column("minutes", AMOUNT, nullable=False),
        sa.Column("points", AMOUNT, nullable=False),
        sa.Column("taken", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("seq", "line", name=op.f("pk_mark")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_mark_seq")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_mark_activity"), "mark", ["activity_id", "volunteer_id"])
    op.create_index(
        op.f("ix_mark_counter"),
        "mark",
        ["counter", "done_on"],
        sqlite_where=sa.text("counter <> ''"),
        postgresql_where=sa.text("counter <> ''"),
    )
    op.create_index(op.f("ix_mark_day"), "mark", ["done_on", "organisation_id"])
    op.create_index(
        op.f("ix_mark_household_id"),
        "mark",
        ["household_id", "done_on"],
        sqlite_where=sa.text("household_id IS NOT NULL"),
        postgresql_where=sa.text("household_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_mark_unique_key"),
        "mark",
        ["unique_key", "done_on"],
        sqlite_where=sa.text("unique_key IS NOT NULL"),
        postgresql_where=sa.text("unique_key IS NOT NULL"),
    )
    op.create_index(op.f("ix_mark_volunteer"), "mark", ["volunteer_id", "done_on"])
    op.create_table(
        "notice",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column(
            "stage",
            WORDS,
            sa.CheckConstraint("stage IN ('before', 'after')", name=op.f("ck_notice_stage")),
            nullable=False,
        ),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("remark", WORDS, nullable=False),
        sa.Column("from_on", DAY, nullable=True),
        sa.Column("until_on", DAY, nullable=True),
        sa.Column("days", SMALL, sa.CheckConstraint("days > 0", name=op.f("ck_notice_days")), nullable=False),
        sa.Column(
            "in_working_days",
            SMALL,
            sa.CheckConstraint("in_working_days IN (0, 1)", name=op.f("ck_notice_in_working_days")),
            nullable=False,
        ),
        sa.Column("begins_on", DAY, nullable=False),
        sa.Column("ends_on", DAY, nullable=False),
        sa.Column("lines", SMALL, sa.CheckConstraint("lines > 0", name=op.f("ck_notice_lines")), nullable=False),
        sa.Column("lines_root", BYTES, nullable=False),
        sa.Column("digest", BYTES, nullable=False),
        sa.Column("published_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.CheckConstraint("ends_on >= begins_on", name=op.f("ck_notice_period")),
        sa.UniqueConstraint("seq", name=op.f("uq_notice_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_notice_seq")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_notice_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_notice_organisation"), "notice", ["organisation_id", "seq"])
    op.create_table(
        "offer",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("hours", WORDS, nullable=False),
        sa.Column("created_at", AMOUNT, nullable=False),
        sa.Column("ended_at", AMOUNT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_offer_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_offer_organisation"), "offer", ["organisation_id", "id"])
    op.create_table(
        "post",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column(
            "holders_at_most",
            SMALL,
            sa.CheckConstraint("holders_at_most > 0", name=op.f("ck_post_holders")),
            nullable=False,
        ),
        sa.Column("created_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_post_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_post_organisation"), "post", ["organisation_id", "id"])
    op.create_table(
        "price_list",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("effective_from", DAY, nullable=False),
        sa.Column("document", WORDS, nullable=False),
        sa.Column("digest", BYTES, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_list")),
        sa.UniqueConstraint("seq", name=op.f("uq_price_list_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_price_list_seq")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_price_list_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "private",
        sa.Column("seq", AMOUNT, nullable=False, autoincrement=False),
        sa.Column("salt", BYTES, nullable=True),
        sa.Column("opening", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_private")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_private_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "prize",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("unit_id", SMALL, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("prize_class", WORDS, nullable=False),
        sa.Column(
            "cost_points",
            AMOUNT,
            sa.CheckConstraint("cost_points > 0", name=op.f("ck_prize_cost_points")),
            nullable=False,
        ),
        sa.Column("on_shelf", SMALL, nullable=False),
        sa.Column("low_at", AMOUNT, sa.CheckConstraint("low_at >= 0", name=op.f("ck_prize_low_at")), nullable=True),
        sa.Column(
            "kind",
            WORDS,
            sa.CheckConstraint("kind IN ('goods', 'service')", name=op.f("ck_prize_kind")),
            nullable=False,
        ),
        sa.Column("picture", WORDS, nullable=True),
        sa.Column(
            "reference_fen",
            AMOUNT,
            sa.CheckConstraint("reference_fen >= 0", name=op.f("ck_prize_reference_fen")),
            nullable=True,
        ),
        sa.Column(
            "limit_items",
            AMOUNT,
            sa.CheckConstraint("limit_items > 0", name=op.f("ck_prize_limit_items")),
            nullable=True,
        ),
        sa.Column("limit_per", WORDS, nullable=True),
        sa.Column(
            "balance_at_least",
            AMOUNT,
            sa.CheckConstraint("balance_at_least >= 0", name=op.f("ck_prize_balance_at_least")),
            nullable=False,
        ),
        sa.Column(
            "hours_at_least",
            SMALL,
            sa.CheckConstraint("hours_at_least >= 0", name=op.f("ck_prize_hours_at_least")),
            nullable=False,
        ),
        sa.Column(
            "star_level_at_least",
            SMALL,
            sa.CheckConstraint("star_level_at_least >= 0", name=op.f("ck_prize_star_level_at_least")),
            nullable=False,
        ),
        sa.Column("local_only", SMALL, nullable=False),
        sa.Column("created_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prize")),
        sa.CheckConstraint("(limit_items IS NULL) = (limit_per IS NULL)", name=op.f("ck_prize_whole_limit")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_prize_organisation_id")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_prize_unit_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_prize_unit_id")),
        sa.ForeignKeyConstraint(["picture"], ["prize_picture.digest"], name=op.f("fk_prize_picture")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_prize_organisation"), "prize", ["organisation_id", "id"])
    op.create_index(op.f("ix_prize_picture"), "prize", ["picture"])
    op.create_table(
        "prize_budget",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column(
            "year",
            SMALL,
            sa.CheckConstraint("year BETWEEN 2000 AND 9999", name=op.f("ck_prize_budget_year")),
            nullable=False,
        ),
        sa.Column("version", SMALL, nullable=False),
        sa.Column(
            "budget_fen",
            AMOUNT,
            sa.CheckConstraint("budget_fen >= 0", name=op.f("ck_prize_budget_budget_fen")),
            nullable=False,
        ),
        sa.Column("set_on", DAY, nullable=False),
        sa.Column("set_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prize_budget")),
        sa.UniqueConstraint("organisation_id", "year", "version", name=op.f("version")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_prize_budget_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proposal_draft",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column(
            "kind",
            WORDS,
            sa.CheckConstraint(
                "kind IN ('rulebook', 'lapse_policy', 'redemption_policy', 'price_list', 'resolution')",
                name=op.f("ck_proposal_draft_kind"),
            ),
            nullable=False,
        ),
        sa.Column("template", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("reasons", WORDS, nullable=False),
        sa.Column("document", WORDS, nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("created_at", AMOUNT, nullable=False),
        sa.Column("changed_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_draft")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_proposal_draft_organisation_id")
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_proposal_draft_organisation"), "proposal_draft", ["organisation_id", "id"])
    op.create_table(
        "proposal_revision",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("proposal_id", ID, nullable=False),
        sa.Column("revision", SMALL, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("reasons", WORDS, nullable=False),
        sa.Column("effective_from", DAY, nullable=False),
        sa.Column("document", WORDS, nullable=False),
        sa.Column("digest", BYTES, nullable=False),
        sa.Column("template", WORDS, nullable=False),
        sa.Column("proposed_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_revision")),
        sa.UniqueConstraint("proposal_id", "revision", name=op.f("uq_proposal_revision_proposal_id_revision")),
        sa.UniqueConstraint("seq", name=op.f("uq_proposal_revision_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_proposal_revision_seq")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_proposal_revision_organisation_id")
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_proposal_revision_organisation"), "proposal_revision", ["organisation_id", "proposal_id"])
    op.create_index(op.f("ix_proposal_revision_subject"), "proposal_revision", ["subject"])
    op.create_table(
        "proposal_step",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("proposal_id", ID, nullable=False),
        sa.Column("number", SMALL, nullable=False),
        sa.Column("revision", SMALL, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("stage", WORDS, nullable=False),
        sa.Column(
            "result",
            WORDS,
            sa.CheckConstraint("result IN ('passed', 'returned', 'withdrawn')", name=op.f("ck_proposal_step_result")),
            nullable=False,
        ),
        sa.Column("held_on", DAY, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.Column("record", WORDS, nullable=False),
        sa.Column("digest", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_step")),
        sa.UniqueConstraint("proposal_id", "number", name=op.f("uq_proposal_step_proposal_id_number")),
        sa.UniqueConstraint("seq", name=op.f("uq_proposal_step_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_proposal_step_seq")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_proposal_step_subject"), "proposal_step", ["subject"])
    op.create_table(
        "rulebook",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("version", SMALL, nullable=False),
        sa.Column("effective_from", DAY, nullable=False),
        sa.Column("document", WORDS, nullable=False),
        sa.Column("digest", BYTES, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_rulebook_code_version")),
        sa.UniqueConstraint("seq", name=op.f("uq_rulebook_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_rulebook_seq")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_rulebook_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_rulebook_organisation"), "rulebook", ["organisation_id"])
    op.create_table(
        "seal",
        sa.Column("id", ID, nullable=False),
        sa.Column(
            "media_type",
            WORDS,
            sa.CheckConstraint("media_type IN ('image/png', 'image/jpeg')", name=op.f("ck_seal_media_type")),
            nullable=False,
        ),
        sa.Column("content", BYTES, nullable=True),
        sa.Column("changed_at", AMOUNT, nullable=False),
        sa.Column("changed_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
        sa.ForeignKeyConstraint(["id"], ["organisation.id"], name=op.f("fk_seal_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "staff",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("username", WORDS, nullable=False),
        sa.Column("password_hash", WORDS, nullable=False),
        sa.Column("password_expires_at", AMOUNT, nullable=True),
        sa.Column("otp_sealed", BYTES, nullable=True),
        sa.Column("otp_offered", BYTES, nullable=True),
        sa.Column("otp_step", AMOUNT, nullable=True),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("created_at", AMOUNT, nullable=False),
        sa.Column("disabled_at", AMOUNT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_staff_organisation_id")),
        sa.UniqueConstraint("username", name=op.f("uq_staff_username")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_staff_organisation"), "staff", ["organisation_id", "id"])
    op.create_table(
        "volunteer",
        sa.Column("id", ID, nullable=False),
        sa.Column("volunteer_no", WORDS, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("name", ORDERED, nullable=False),
        sa.Column("name_pinyin", ORDERED, nullable=False),
        sa.Column("name_letters", ORDERED, nullable=False),
        sa.Column("name_initials", ORDERED, nullable=False),
        sa.Column("registered_at", AMOUNT, nullable=False),
        sa.Column("erased_at", AMOUNT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer")),
        sa.UniqueConstraint("volunteer_no", name=op.f("uq_volunteer_volunteer_no")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_volunteer_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_volunteer_characters"), "volunteer", ["name", "id"])
    op.create_index(op.f("ix_volunteer_initials"), "volunteer", ["name_initials", "id"])
    op.create_index(op.f("ix_volunteer_letters"), "volunteer", ["name_letters", "id"])
    op.create_index(op.f("ix_volunteer_name"), "volunteer", ["name_pinyin", "id"])
    op.create_index(op.f("ix_volunteer_organisation"), "volunteer", ["organisation_id", "id"])
    op.create_table(
        "activity_session",
        sa.Column("id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("starts_at", AMOUNT, nullable=False),
        sa.Column("ends_at", AMOUNT, nullable=False),
        sa.Column("place", WORDS, nullable=True),
        sa.Column(
            "capacity",
            SMALL,
            sa.CheckConstraint("capacity > 0", name=op.f("ck_activity_session_capacity")),
            nullable=True,
        ),
        sa.Column("created_at", AMOUNT, nullable=False),
        sa.Column("closed_at", AMOUNT, nullable=True),
        sa.Column("closed_by", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_session")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_activity_session_times")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_session_activity_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_activity_session_activity"), "activity_session", ["activity_id", "starts_at"])
    op.create_index(op.f("ix_activity_session_times"), "activity_session", ["starts_at", "ends_at"])
    op.create_table(
        "agency",
        sa.Column("id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("agent_id", ID, nullable=True),
        sa.Column("agent_sealed", BYTES, nullable=True),
        sa.Column(
            "scope",
            WORDS,
            sa.CheckConstraint("scope IN ('collect', 'redeem')", name=op.f("ck_agency_scope")),
            nullable=False,
        ),
        sa.Column(
            "captured",
            WORDS,
            sa.CheckConstraint("captured IN ('paper', 'in_person', 'kiosk')", name=op.f("ck_agency_captured")),
            nullable=False,
        ),
        sa.Column("from_on", DAY, nullable=False),
        sa.Column("until_on", DAY, nullable=True),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.Column("revoked_at", AMOUNT, nullable=True),
        sa.Column("revoked_by", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.CheckConstraint("(agent_id IS NULL) <> (agent_sealed IS NULL)", name=op.f("ck_agency_agent")),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_agency_days")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_agency_volunteer_id")),
        sa.ForeignKeyConstraint(["agent_id"], ["volunteer.id"], name=op.f("fk_agency_agent_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_agency_volunteer"), "agency", ["volunteer_id", "id"])
    op.create_table(
        "appraisal_tally",
        sa.Column("appraisal_id", ID, nullable=False),
        sa.Column("question", SMALL, nullable=False),
        sa.Column("score", SMALL, nullable=False),
        sa.Column(
            "voices", AMOUNT, sa.CheckConstraint("voices >= 0", name=op.f("ck_appraisal_tally_voices")), nullable=False
        ),
        sa.PrimaryKeyConstraint("appraisal_id", "question", "score", name=op.f("pk_appraisal_tally")),
        sa.ForeignKeyConstraint(["appraisal_id"], ["appraisal.id"], name=op.f("fk_appraisal_tally_appraisal_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "appraisal_voice",
        sa.Column("appraisal_id", ID, nullable=False),
        sa.Column("voter_id", ID, nullable=False),
        sa.Column("scores", WORDS, nullable=True),
        sa.Column(
            "channel",
            WORDS,
            sa.CheckConstraint("channel IN ('kiosk', 'paper')", name=op.f("ck_appraisal_voice_channel")),
            nullable=False,
        ),
        sa.Column("keyed_by", ID, nullable=True),
        sa.PrimaryKeyConstraint("appraisal_id", "voter_id", name=op.f("pk_appraisal_voice")),
        sa.CheckConstraint("(channel = 'paper') = (keyed_by IS NOT NULL)", name=op.f("ck_appraisal_voice_keyed")),
        sa.ForeignKeyConstraint(["appraisal_id"], ["appraisal.id"], name=op.f("fk_appraisal_voice_appraisal_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attendance_code_use",
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("expires_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("digest", "volunteer_id", name=op.f("pk_attendance_code_use")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_attendance_code_use_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_attendance_code_use_expires_at"), "attendance_code_use", ["expires_at"])
    op.create_table(
        "card",
        sa.Column("id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("card_no", WORDS, nullable=False),
        sa.Column("issued_at", AMOUNT, nullable=False),
        sa.Column("ended_at", AMOUNT, nullable=True),
        sa.Column(
            "ended_for",
            WORDS,
            sa.CheckConstraint("ended_for IN ('lost', 'replaced', 'revoked')", name=op.f("ck_card_for")),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_for IS NULL)", name=op.f("ck_card_ended")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_card_volunteer_id")),
        sa.UniqueConstraint("card_no", name=op.f("uq_card_card_no")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_card_volunteer"), "card", ["volunteer_id", "id"])
    op.create_table(
        "certificate",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("certificate_no", WORDS, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("first_day", DAY, nullable=False),
        sa.Column("last_day", DAY, nullable=False),
        sa.Column(
            "minutes", AMOUNT, sa.CheckConstraint("minutes > 0", name=op.f("ck_certificate_minutes")), nullable=False
        ),
        sa.Column(
            "records", SMALL, sa.CheckConstraint("records > 0", name=op.f("ck_certificate_records")), nullable=False
        ),
        sa.Column("digest", BYTES, nullable=False),
        sa.Column("issued_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("seq", name=op.f("uq_certificate_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_certificate_seq")),
        sa.UniqueConstraint("certificate_no", name=op.f("uq_certificate_certificate_no")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_certificate_volunteer_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_certificate_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_certificate_organisation"), "certificate", ["organisation_id", "seq"])
    op.create_index(op.f("ix_certificate_volunteer"), "certificate", ["volunteer_id", "seq"])
    op.create_table(
        "closing",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column(
            "reason",
            WORDS,
            sa.CheckConstraint("reason IN ('left', 'died', 'merged')", name=op.f("ck_closing_reason")),
            nullable=False,
        ),
        sa.Column("heir_kind", WORDS, nullable=True),
        sa.Column("heir_id", ID, nullable=True),
        sa.Column("points", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing")),
        sa.UniqueConstraint("seq", name=op.f("uq_closing_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_closing_seq")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_closing_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_closing_heir"), "closing", ["heir_id", "seq"])
    op.create_index(op.f("ix_closing_volunteer"), "closing", ["volunteer_id", "seq"])
    op.create_table(
        "consent",
        sa.Column("id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("line", SMALL, nullable=False),
        sa.Column(
            "purpose",
            WORDS,
            sa.CheckConstraint(
                "purpose IN ('sensitive_data', 'publish_name', 'publish_contact', 'photo', 'sms')",
                name=op.f("ck_consent_purpose"),
            ),
            nullable=False,
        ),
        sa.Column("text_version", WORDS, nullable=False),
        sa.Column("given", SMALL, sa.CheckConstraint("given IN (0, 1)", name=op.f("ck_consent_given")), nullable=False),
        sa.Column(
            "captured",
            WORDS,
            sa.CheckConstraint(
                "captured IN ('paper', 'in_person', 'kiosk', 'import')", name=op.f("ck_consent_captured")
            ),
            nullable=False,
        ),
        sa.Column("guardian_id", ID, nullable=True),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.Column("device_id", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("volunteer_id", "line", name=op.f("uq_consent_volunteer_id_line")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_consent_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "deed",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column(
            "kind",
            WORDS,
            sa.CheckConstraint("kind IN ('good_deed', 'penalty', 'no_show', 'opening')", name=op.f("ck_deed_kind")),
            nullable=False,
        ),
        sa.Column("deed_type", WORDS, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=True),
        sa.Column("household_id", ID, nullable=True),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("done_on", DAY, nullable=False),
        sa.Column("evaluation", WORDS, nullable=True),
        sa.Column("recorded_by", ID, nullable=False),
        sa.Column("rule_id", WORDS, nullable=False),
        sa.Column("points", AMOUNT, nullable=False),
        sa.Column("inputs", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed")),
        sa.UniqueConstraint("seq", name=op.f("uq_deed_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_deed_seq")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_deed_volunteer_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_deed_organisation_id")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_deed_activity_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_deed_volunteer"), "deed", ["volunteer_id", "done_on"])
    op.create_table(
        "desk_session",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("follows", ID, nullable=False),
        sa.Column("opened_on", DAY, nullable=False),
        sa.Column("opened_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_session")),
        sa.UniqueConstraint("seq", name=op.f("uq_desk_session_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_desk_session_seq")),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_desk_session_desk_id")),
        sa.UniqueConstraint("follows", name=op.f("uq_desk_session_follows")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_desk_session_desk"), "desk_session", ["desk_id", "seq"])
    op.create_table(
        "device",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column(
            "kind", WORDS, sa.CheckConstraint("kind IN ('kiosk', 'desk')", name=op.f("ck_device_kind")), nullable=False
        ),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("desk_id", ID, nullable=True),
        sa.Column("paired_at", AMOUNT, nullable=False),
        sa.Column("revoked_at", AMOUNT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.CheckConstraint("desk_id IS NULL OR kind = 'desk'", name=op.f("ck_device_desk")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_device_organisation_id")),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_device_desk_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_device_organisation"), "device", ["organisation_id", "id"])
    op.create_table(
        "dispute",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("about", WORDS, nullable=False),
        sa.Column("disputed_seq", AMOUNT, nullable=True),
        sa.Column("record_id", ID, nullable=True),
        sa.Column("activity_id", ID, nullable=True),
        sa.Column("day", DAY, nullable=True),
        sa.Column(
            "reason_code",
            WORDS,
            sa.CheckConstraint(
                "reason_code IN ('not_me', 'hours_wrong', 'day_wrong', 'missing', 'points_wrong', 'other')",
                name=op.f("ck_dispute_reason_code"),
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.CheckConstraint("(reason_code = 'missing') = (disputed_seq IS NULL)", name=op.f("ck_dispute_missing")),
        sa.UniqueConstraint("seq", name=op.f("uq_dispute_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_dispute_seq")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_dispute_volunteer_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_dispute_organisation_id")),
        sa.ForeignKeyConstraint(["disputed_seq"], ["transaction.seq"], name=op.f("fk_dispute_disputed_seq")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_dispute_activity_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_dispute_about"), "dispute", ["about", "seq"])
    op.create_index(op.f("ix_dispute_volunteer"), "dispute", ["volunteer_id", "seq"])
    op.create_table(
        "dossier_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column(
            "kind",
            WORDS,
            sa.CheckConstraint(
                "kind IN ('training', 'commendation', 'evaluation')", name=op.f("ck_dossier_entry_kind")
            ),
            nullable=False,
        ),
        sa.Column("on_day", DAY, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("given_by", WORDS, nullable=False),
        sa.Column("detail", WORDS, nullable=True),
        sa.Column(
            "minutes", AMOUNT, sa.CheckConstraint("minutes > 0", name=op.f("ck_dossier_entry_minutes")), nullable=True
        ),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.Column("withdrawn_at", AMOUNT, nullable=True),
        sa.Column("withdrawn_by", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_entry")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_dossier_entry_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_dossier_entry_volunteer"), "dossier_entry", ["volunteer_id", "on_day", "id"])
    op.create_table(
        "flag",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("counter", WORDS, nullable=False),
        sa.Column("flag", WORDS, nullable=False),
        sa.Column("title_zh", WORDS, nullable=False),
        sa.Column("title_en", WORDS, nullable=False),
        sa.Column("reached", AMOUNT, nullable=False),
        sa.Column("first_day", DAY, nullable=False),
        sa.Column("last_day", DAY, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_flag_seq")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_flag_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_flag_seq"), "flag", ["seq", "id"])
    op.create_index(op.f("ix_flag_volunteer"), "flag", ["volunteer_id", "seq"])
    op.create_table(
        "guardian",
        sa.Column("id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column(
            "relation",
            WORDS,
            sa.CheckConstraint(
                "relation IN ('mother', 'father', 'grandparent', 'sibling', 'other')", name=op.f("ck_guardian_relation")
            ),
            nullable=False,
        ),
        sa.Column("sealed", BYTES, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("ended_at", AMOUNT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_guardian_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_guardian_volunteer"), "guardian", ["volunteer_id", "id"])
    op.create_table(
        "listing",
        sa.Column("id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("tag", WORDS, nullable=False),
        sa.Column("from_on", DAY, nullable=False),
        sa.Column("until_on", DAY, nullable=True),
        sa.Column("reason", WORDS, nullable=True),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing")),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_listing_days")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_listing_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_listing_volunteer"), "listing", ["volunteer_id", "id"])
    op.create_table(
        "membership",
        sa.Column("id", ID, nullable=False),
        sa.Column("collective_id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column(
            "role",
            WORDS,
            sa.CheckConstraint("role IN ('head', 'member')", name=op.f("ck_membership_role")),
            nullable=False,
        ),
        sa.Column("from_on", DAY, nullable=False),
        sa.Column("until_on", DAY, nullable=True),
        sa.Column("at_home_of", ID, nullable=True),
        sa.Column("headed_id", ID, nullable=True),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_membership_days")),
        sa.ForeignKeyConstraint(["collective_id"], ["collective.id"], name=op.f("fk_membership_collective_id")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_membership_volunteer_id")),
        sa.UniqueConstraint("at_home_of", name=op.f("uq_membership_at_home_of")),
        sa.UniqueConstraint("headed_id", name=op.f("uq_membership_headed_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_membership_collective"), "membership", ["collective_id", "from_on", "id"])
    op.create_index(op.f("ix_membership_volunteer"), "membership", ["volunteer_id", "from_on", "id"])
    op.create_table(
        "need_credit",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("need_id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_credit")),
        sa.UniqueConstraint("need_id", "volunteer_id", name=op.f("uq_need_credit_need_id_volunteer_id")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_need_credit_seq")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_need_credit_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notice_line",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("notice_id", ID, nullable=False),
        sa.Column("line", SMALL, nullable=False),
        sa.Column("once", WORDS, nullable=False),
        sa.Column("record_id", ID, nullable=True),
        sa.Column("volunteer_id", ID, nullable=True),
        sa.Column("corrects_id", ID, nullable=True),
        sa.Column("digest", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_line")),
        sa.UniqueConstraint("notice_id", "line", name=op.f("uq_notice_line_notice_id_line")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_notice_line_seq")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_line_notice_id")),
        sa.UniqueConstraint("once", name=op.f("uq_notice_line_once")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_notice_line_volunteer_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["notice_line.id"], name=op.f("fk_notice_line_corrects_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_notice_line_corrects"), "notice_line", ["corrects_id"])
    op.create_index(op.f("ix_notice_line_record"), "notice_line", ["record_id", "seq"])
    op.create_index(op.f("ix_notice_line_volunteer"), "notice_line", ["volunteer_id", "seq"])
    op.create_table(
        "participation",
        sa.Column("id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("on_day", DAY, nullable=False),
        sa.Column("role", WORDS, nullable=True),
        sa.Column("tags", WORDS, nullable=False),
        sa.Column("measures", WORDS, nullable=False),
        sa.Column(
            "value", AMOUNT, sa.CheckConstraint("value >= 0", name=op.f("ck_participation_value")), nullable=False
        ),
        sa.Column("beneficiary", WORDS, nullable=True),
        sa.Column("beneficiary_age", SMALL, nullable=True),
        sa.Column("beneficiary_tags", WORDS, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint(
            "activity_id", "volunteer_id", "on_day", name=op.f("uq_participation_activity_id_volunteer_id_on_day")
        ),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_participation_activity_id")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_participation_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_participation_volunteer"), "participation", ["volunteer_id", "on_day"])
    op.create_table(
        "party_tie",
        sa.Column("id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column(
            "kind",
            WORDS,
            sa.CheckConstraint("kind IN ('home', 'unit', 'team', 'stairwell', 'area')", name=op.f("ck_party_tie_kind")),
            nullable=False,
        ),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("area", WORDS, nullable=True),
        sa.Column(
            "status",
            WORDS,
            sa.CheckConstraint("status IN ('reported', 'confirmed', 'ended')", name=op.f("ck_party_tie_status")),
            nullable=False,
        ),
        sa.Column("from_on", DAY, nullable=False),
        sa.Column("until_on", DAY, nullable=True),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.Column("confirmed_at", AMOUNT, nullable=True),
        sa.Column("confirmed_by", ID, nullable=True),
        sa.Column("open_as", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_tie")),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_party_tie_days")),
        sa.CheckConstraint("(status = 'ended') = (open_as IS NULL)", name=op.f("ck_party_tie_open")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_party_tie_volunteer_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_party_tie_organisation_id")),
        sa.UniqueConstraint("open_as", name=op.f("uq_party_tie_open_as")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_party_tie_organisation"), "party_tie", ["organisation_id", "kind", "id"])
    op.create_index(op.f("ix_party_tie_volunteer"), "party_tie", ["volunteer_id", "id"])
    op.create_table(
        "possible_duplicate",
        sa.Column("id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=False),
        sa.Column("reasons", WORDS, nullable=False),
        sa.Column("found_at", AMOUNT, nullable=False),
        sa.Column("distinct_by", ID, nullable=True),
        sa.Column("distinct_at", AMOUNT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_possible_duplicate")),
        sa.UniqueConstraint("volunteer_id", "other_id", name=op.f("uq_possible_duplicate_volunteer_id_other_id")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_possible_duplicate_volunteer_id")),
        sa.ForeignKeyConstraint(["other_id"], ["volunteer.id"], name=op.f("fk_possible_duplicate_other_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_possible_duplicate_other"), "possible_duplicate", ["other_id", "id"])
    op.create_table(
        "prize_price",
        sa.Column("id", ID, nullable=False),
        sa.Column("prize_id", ID, nullable=False),
        sa.Column(
            "cost_points",
            AMOUNT,
            sa.CheckConstraint("cost_points > 0", name=op.f("ck_prize_price_cost_points")),
            nullable=False,
        ),
        sa.Column("effective_from", DAY, nullable=False),
        sa.Column("set_by", ID, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prize_price")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_prize_price_prize_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_prize_price_prize"), "prize_price", ["prize_id", "recorded_at", "id"])
    op.create_table(
        "purchase",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("prize_id", ID, nullable=False),
        sa.Column(
            "quantity", AMOUNT, sa.CheckConstraint("quantity > 0", name=op.f("ck_purchase_quantity")), nullable=False
        ),
        sa.Column("supplier", WORDS, nullable=False),
        sa.Column("document", WORDS, nullable=True),
        sa.Column(
            "cost_fen", AMOUNT, sa.CheckConstraint("cost_fen >= 0", name=op.f("ck_purchase_cost_fen")), nullable=True
        ),
        sa.Column("ordered_on", DAY, nullable=False),
        sa.Column("expected_on", DAY, nullable=True),
        sa.Column("ordered_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_purchase_organisation_id")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_purchase_prize_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_purchase_organisation"), "purchase", ["organisation_id", "id"])
    op.create_table(
        "request",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=True),
        sa.Column("asker", BYTES, nullable=True),
        sa.Column(
            "channel",
            WORDS,
            sa.CheckConstraint(
                "channel IN ('kiosk', 'phone', 'visit', 'qr', 'mobile_desk', 'online')", name=op.f("ck_request_channel")
            ),
            nullable=False,
        ),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("priority", WORDS, nullable=False),
        sa.Column("words", WORDS, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column(
            "state",
            WORDS,
            sa.CheckConstraint(
                "state IN ('received', 'accepted', 'dispatched', 'closed', 'settled', 'declined', 'withdrawn')",
                name=op.f("ck_request_state"),
            ),
            nullable=False,
        ),
        sa.Column("answer", WORDS, nullable=True),
        sa.Column(
            "score", SMALL, sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_request_score")), nullable=True
        ),
        sa.Column("reopened", SMALL, nullable=False),
        sa.Column("escalated_to", WORDS, nullable=True),
        sa.Column("begun_at", AMOUNT, nullable=False),
        sa.Column("accept_due_at", AMOUNT, nullable=False),
        sa.Column("close_due_at", AMOUNT, nullable=False),
        sa.Column("received_at", AMOUNT, nullable=False),
        sa.Column("received_by", ID, nullable=False),
        sa.Column("accepted_at", AMOUNT, nullable=True),
        sa.Column("accepted_by", ID, nullable=True),
        sa.Column("closed_at", AMOUNT, nullable=True),
        sa.Column("closed_by", ID, nullable=True),
        sa.Column("taken_minutes", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_request_organisation_id")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_request_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_request_closed"), "request", ["state", "closed_at"])
    op.create_index(op.f("ix_request_organisation"), "request", ["organisation_id", "id"])
    op.create_index(op.f("ix_request_received"), "request", ["received_at", "organisation_id"])
    op.create_index(op.f("ix_request_volunteer"), "request", ["volunteer_id", "id"])
    op.create_table(
        "reservation",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("household_id", ID, nullable=True),
        sa.Column("collective_id", ID, nullable=True),
        sa.Column("reserved_on", DAY, nullable=False),
        sa.Column("due_on", DAY, nullable=False),
        sa.Column("beneficiary", WORDS, nullable=True),
        sa.Column("points", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
        sa.UniqueConstraint("seq", name=op.f("uq_reservation_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_reservation_seq")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_reservation_volunteer_id")),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_reservation_desk_id")),
        sa.ForeignKeyConstraint(["collective_id"], ["collective.id"], name=op.f("fk_reservation_collective_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_reservation_due_on"), "reservation", ["due_on", "id"])
    op.create_index(op.f("ix_reservation_volunteer"), "reservation", ["volunteer_id", "seq"])
    op.create_table(
        "service_claim",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column(
            "kind",
            WORDS,
            sa.CheckConstraint(
                "kind IN ('service', 'good_deed', 'penalty', 'no_show', 'opening')", name=op.f("ck_service_claim_kind")
            ),
            nullable=False,
        ),
        sa.Column("activity_id", ID, nullable=True),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("served_on", DAY, nullable=False),
        sa.Column("minutes", AMOUNT, nullable=False),
        sa.Column("capture_method", WORDS, nullable=False),
        sa.Column("evaluation", WORDS, nullable=True),
        sa.Column("recorded_by", ID, nullable=False),
        sa.Column(
            "reviews_needed",
            SMALL,
            sa.CheckConstraint("reviews_needed >= 0", name=op.f("ck_service_claim_reviews_needed")),
            nullable=False,
        ),
        sa.Column("review_by", DAY, nullable=True),
        sa.Column("overlapped", ID, nullable=True),
        sa.Column("corrects", ID, nullable=True),
        sa.Column("attendance_id", ID, nullable=True),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("began_at", AMOUNT, nullable=True),
        sa.Column("ended_at", AMOUNT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_claim")),
        sa.UniqueConstraint("attendance_id", "served_on", name=op.f("uq_service_claim_attendance_id_served_on")),
        sa.UniqueConstraint("seq", name=op.f("uq_service_claim_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_service_claim_seq")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_service_claim_volunteer_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_service_claim_organisation_id")
        ),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_service_claim_activity_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_service_claim_activity"), "service_claim", ["activity_id", "served_on", "id"])
    op.create_index(op.f("ix_service_claim_corrects"), "service_claim", ["corrects"])
    op.create_index(op.f("ix_service_claim_organisation"), "service_claim", ["organisation_id", "seq"])
    op.create_index(op.f("ix_service_claim_volunteer"), "service_claim", ["volunteer_id", "served_on"])
    op.create_table(
        "service_record",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("household_id", ID, nullable=True),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("served_on", DAY, nullable=False),
        sa.Column("minutes", AMOUNT, nullable=False),
        sa.Column("capture_method", WORDS, nullable=False),
        sa.Column("evaluation", WORDS, nullable=True),
        sa.Column("recorded_by", ID, nullable=False),
        sa.Column("rule_id", WORDS, nullable=False),
        sa.Column("counted_minutes", AMOUNT, nullable=False),
        sa.Column("points", AMOUNT, nullable=False),
        sa.Column("inputs", WORDS, nullable=False),
        sa.Column("corrects", ID, nullable=True),
        sa.Column("attendance_id", ID, nullable=True),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("began_at", AMOUNT, nullable=True),
        sa.Column("ended_at", AMOUNT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_record")),
        sa.UniqueConstraint("attendance_id", "served_on", name=op.f("uq_service_record_attendance_id_served_on")),
        sa.UniqueConstraint("seq", name=op.f("uq_service_record_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_service_record_seq")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_service_record_volunteer_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_service_record_organisation_id")
        ),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_service_record_activity_id")),
        sa.UniqueConstraint("corrects", name=op.f("uq_service_record_corrects")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_service_record_activity"), "service_record", ["activity_id", "served_on", "id"])
    op.create_index(op.f("ix_service_record_volunteer"), "service_record", ["volunteer_id", "served_on"])
    op.create_table(
        "slip_book",
        sa.Column("id", ID, nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("first_serial", AMOUNT, nullable=False),
        sa.Column("slips", AMOUNT, sa.CheckConstraint("slips > 0", name=op.f("ck_slip_book_slips")), nullable=False),
        sa.Column("printed_on", DAY, nullable=False),
        sa.Column("printed_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip_book")),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_slip_book_desk_id")),
        sa.UniqueConstraint("first_serial", name=op.f("uq_slip_book_first_serial")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_slip_book_desk"), "slip_book", ["desk_id", "first_serial"])
    op.create_table(
        "staff_role",
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column(
            "role",
            WORDS,
            sa.CheckConstraint(
                "role IN ('organiser', 'reviewer', 'desk', 'admin', 'auditor')", name=op.f("ck_staff_role_role")
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("staff_id", "organisation_id", "role", name=op.f("pk_staff_role")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_role_staff_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_staff_role_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_staff_role_organisation"), "staff_role", ["organisation_id", "staff_id"])
    op.create_table(
        "star_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("ladder_id", WORDS, nullable=False),
        sa.Column("from_level", SMALL, nullable=False),
        sa.Column(
            "to_level",
            SMALL,
            sa.CheckConstraint("to_level <> from_level", name=op.f("ck_star_change_moves")),
            nullable=False,
        ),
        sa.Column("measured_on", DAY, nullable=False),
        sa.Column("as_of_seq", AMOUNT, nullable=False),
        sa.Column("inputs", WORDS, nullable=False),
        sa.Column("notice_until", DAY, nullable=True),
        sa.Column("approved_by", WORDS, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_star_change")),
        sa.UniqueConstraint("seq", name=op.f("uq_star_change_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_star_change_seq")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_star_change_volunteer_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_star_change_organisation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_star_change_volunteer"), "star_change", ["volunteer_id", "seq"])
    op.create_table(
        "stock_transfer",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("from_desk_id", ID, nullable=False),
        sa.Column("to_desk_id", ID, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_transfer")),
        sa.UniqueConstraint("seq", name=op.f("uq_stock_transfer_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_stock_transfer_seq")),
        sa.ForeignKeyConstraint(["from_desk_id"], ["desk.id"], name=op.f("fk_stock_transfer_from_desk_id")),
        sa.ForeignKeyConstraint(["to_desk_id"], ["desk.id"], name=op.f("fk_stock_transfer_to_desk_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "term",
        sa.Column("id", ID, nullable=False),
        sa.Column("post_id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("from_on", DAY, nullable=False),
        sa.Column("until_on", DAY, nullable=True),
        sa.Column("contact", BYTES, nullable=True),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_term_days")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_term_post_id")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_term_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_term_post"), "term", ["post_id", "from_on", "id"])
    op.create_index(op.f("ix_term_volunteer"), "term", ["volunteer_id", "from_on", "id"])
    op.create_table(
        "transfer",
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("leg", SMALL, nullable=False),
        sa.Column("debit_account_id", AMOUNT, nullable=False),
        sa.Column("credit_account_id", AMOUNT, nullable=False),
        sa.Column("unit_id", SMALL, nullable=False),
        sa.Column(
            "amount", AMOUNT, sa.CheckConstraint("amount > 0", name=op.f("ck_transfer_positive")), nullable=False
        ),
        sa.Column("debit_balance", AMOUNT, nullable=False),
        sa.Column("credit_balance", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("seq", "leg", name=op.f("pk_transfer")),
        sa.ForeignKeyConstraint(
            ["debit_account_id", "unit_id"],
            ["account.id", "account.unit_id"],
            name=op.f("fk_transfer_debit_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["credit_account_id", "unit_id"],
            ["account.id", "account.unit_id"],
            name=op.f("fk_transfer_credit_account_id"),
        ),
        sa.CheckConstraint("debit_account_id <> credit_account_id", name=op.f("ck_transfer_two_sides")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_transfer_seq")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_transfer_credit"), "transfer", ["credit_account_id", "seq", "leg"])
    op.create_index(op.f("ix_transfer_debit"), "transfer", ["debit_account_id", "seq", "leg"])
    op.create_table(
        "volunteer_field",
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column(
            "field",
            WORDS,
            sa.CheckConstraint(
                "field IN ('phone', 'id_number', 'birth_date', 'gender', 'address', 'party_member')",
                name=op.f("ck_volunteer_field_field"),
            ),
            nullable=False,
        ),
        sa.Column("sealed", BYTES, nullable=False),
        sa.Column("lookup", BYTES, nullable=True),
        sa.Column("tail", BYTES, nullable=True),
        sa.Column("sole", BYTES, nullable=True),
        sa.Column("changed_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("volunteer_id", "field", name=op.f("pk_volunteer_field")),
        sa.UniqueConstraint("sole", name=op.f("uq_volunteer_field_sole")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_volunteer_field_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_volunteer_field_lookup"), "volunteer_field", ["lookup", "volunteer_id"])
    op.create_index(op.f("ix_volunteer_field_tail"), "volunteer_field", ["tail", "volunteer_id"])
    op.create_table(
        "volunteer_pin",
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.Column("set_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("volunteer_id", name=op.f("pk_volunteer_pin")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_volunteer_pin_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "wish",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=True),
        sa.Column("asker", BYTES, nullable=True),
        sa.Column("asker_hash", BYTES, nullable=True),
        sa.Column(
            "is_minor", SMALL, sa.CheckConstraint("is_minor IN (0, 1)", name=op.f("ck_wish_is_minor")), nullable=False
        ),
        sa.Column(
            "channel",
            WORDS,
            sa.CheckConstraint("channel IN ('wall', 'kiosk', 'visit', 'online')", name=op.f("ck_wish_channel")),
            nullable=False,
        ),
        sa.Column(
            "kind",
            WORDS,
            sa.CheckConstraint("kind IN ('thing', 'service', 'company')", name=op.f("ck_wish_kind")),
            nullable=False,
        ),
        sa.Column("words", WORDS, nullable=False),
        sa.Column("shown_text", WORDS, nullable=True),
        sa.Column("shown_name", WORDS, nullable=True),
        sa.Column("cost_fen", AMOUNT, nullable=True),
        sa.Column("points", AMOUNT, nullable=True),
        sa.Column(
            "claimers_at_most",
            SMALL,
            sa.CheckConstraint("claimers_at_most > 0", name=op.f("ck_wish_claimers")),
            nullable=False,
        ),
        sa.Column("person_in_charge", WORDS, nullable=True),
        sa.Column(
            "state",
            WORDS,
            sa.CheckConstraint(
                "state IN ('collected', 'published', 'fulfilled', 'confirmed', 'refused', 'withdrawn')",
                name=op.f("ck_wish_state"),
            ),
            nullable=False,
        ),
        sa.Column("reason", WORDS, nullable=True),
        sa.Column("proof", WORDS, nullable=True),
        sa.Column("done_on", DAY, nullable=True),
        sa.Column("confirmed_how", WORDS, nullable=True),
        sa.Column("activity_id", ID, nullable=True),
        sa.Column("collected_at", AMOUNT, nullable=False),
        sa.Column("collected_by", ID, nullable=False),
        sa.Column("verified_at", AMOUNT, nullable=True),
        sa.Column("verified_by", ID, nullable=True),
        sa.Column("fulfilled_at", AMOUNT, nullable=True),
        sa.Column("fulfilled_by", ID, nullable=True),
        sa.Column("ended_at", AMOUNT, nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
        sa.CheckConstraint("is_minor = 0 OR shown_name IS NULL", name=op.f("ck_wish_minors")),
        sa.CheckConstraint("state <> 'published' OR points IS NOT NULL", name=op.f("ck_wish_value")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_wish_organisation_id")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_wish_volunteer_id")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_wish_activity_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_wish_asker_hash"), "wish", ["asker_hash"])
    op.create_index(op.f("ix_wish_organisation"), "wish", ["organisation_id", "id"])
    op.create_index(op.f("ix_wish_state"), "wish", ["state", "id"])
    op.create_index(op.f("ix_wish_volunteer"), "wish", ["volunteer_id", "id"])
    op.create_table(
        "attendance",
        sa.Column("id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column(
            "capture_method",
            WORDS,
            sa.CheckConstraint("capture_method IN ('clocked', 'roster')", name=op.f("ck_attendance_capture_method")),
            nullable=False,
        ),
        sa.Column("in_at", AMOUNT, nullable=False),
        sa.Column("in_way", WORDS, nullable=False),
        sa.Column("in_by", ID, nullable=False),
        sa.Column("in_kind", WORDS, nullable=False),
        sa.Column("in_device_id", ID, nullable=True),
        sa.Column("in_recorded_at", AMOUNT, nullable=False),
        sa.Column("out_at", AMOUNT, nullable=True),
        sa.Column("out_way", WORDS, nullable=True),
        sa.Column("out_by", ID, nullable=True),
        sa.Column("out_kind", WORDS, nullable=True),
        sa.Column("out_device_id", ID, nullable=True),
        sa.Column("out_recorded_at", AMOUNT, nullable=True),
        sa.Column("voided_at", AMOUNT, nullable=True),
        sa.Column("voided_by", ID, nullable=True),
        sa.Column("void_reason", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.CheckConstraint("out_at IS NULL OR in_at <= out_at", name=op.f("ck_attendance_times")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_attendance_activity_id")),
        sa.ForeignKeyConstraint(["session_id"], ["activity_session.id"], name=op.f("fk_attendance_session_id")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_attendance_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_attendance_session"), "attendance", ["session_id", "id"])
    op.create_index(op.f("ix_attendance_volunteer"), "attendance", ["volunteer_id", "id"])
    op.create_index(
        op.f("uq_attendance_valid"),
        "attendance",
        ["session_id", "volunteer_id"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL"),
    )
    op.create_table(
        "certificate_end",
        sa.Column("certificate_id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("ended_by", ID, nullable=False),
        sa.Column(
            "reason",
            WORDS,
            sa.CheckConstraint("reason IN ('mistake', 'fraud', 'wish')", name=op.f("ck_certificate_end_reason")),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_end")),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_end_certificate_id")),
        sa.UniqueConstraint("seq", name=op.f("uq_certificate_end_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_certificate_end_seq")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "certificate_line",
        sa.Column("certificate_id", ID, nullable=False),
        sa.Column("line", SMALL, nullable=False),
        sa.Column("record_seq", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("certificate_id", "line", name=op.f("pk_certificate_line")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_line_certificate_id")
        ),
        sa.ForeignKeyConstraint(["record_seq"], ["transaction.seq"], name=op.f("fk_certificate_line_record_seq")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_certificate_line_record"), "certificate_line", ["record_seq"])
    op.create_table(
        "certificate_text",
        sa.Column("certificate_id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_text")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_text_certificate_id")
        ),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_certificate_text_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_certificate_text_volunteer"), "certificate_text", ["volunteer_id"])
    op.create_table(
        "claim_step",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("claim_id", ID, nullable=False),
        sa.Column(
            "step",
            WORDS,
            sa.CheckConstraint("step IN ('hold', 'release', 'withdraw', 'void')", name=op.f("ck_claim_step_step")),
            nullable=False,
        ),
        sa.Column("code", WORDS, nullable=True),
        sa.Column("taken_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_step")),
        sa.UniqueConstraint("seq", name=op.f("uq_claim_step_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_claim_step_seq")),
        sa.ForeignKeyConstraint(["claim_id"], ["service_claim.id"], name=op.f("fk_claim_step_claim_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_claim_step_claim"), "claim_step", ["claim_id", "seq"])
    op.create_table(
        "claimed_deed",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("deed_type", WORDS, nullable=False),
        sa.Column("count", AMOUNT, nullable=False),
        sa.Column("value", AMOUNT, nullable=False),
        sa.Column("measures", WORDS, nullable=False),
        sa.Column("tags", WORDS, nullable=False),
        sa.Column("unique_key", WORDS, nullable=True),
        sa.Column("on_behalf", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claimed_deed")),
        sa.ForeignKeyConstraint(["id"], ["service_claim.id"], name=op.f("fk_claimed_deed_id")),
        sa.UniqueConstraint("seq", name=op.f("uq_claimed_deed_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_claimed_deed_seq")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "companionship",
        sa.Column("id", ID, nullable=False),
        sa.Column("wish_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("from_on", DAY, nullable=False),
        sa.Column("until_on", DAY, nullable=True),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.Column("open_as", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_companionship")),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_companionship_wish_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_companionship_organisation_id")
        ),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_companionship_volunteer_id")),
        sa.UniqueConstraint("open_as", name=op.f("uq_companionship_open_as")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_companionship_organisation"), "companionship", ["organisation_id", "id"])
    op.create_index(op.f("ix_companionship_volunteer"), "companionship", ["volunteer_id", "id"])
    op.create_index(op.f("ix_companionship_wish"), "companionship", ["wish_id"])
    op.create_table(
        "dispute_answer",
        sa.Column("dispute_id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("about", WORDS, nullable=False),
        sa.Column(
            "outcome",
            WORDS,
            sa.CheckConstraint(
                "outcome IN ('corrected', 'stands', 'passed_on')", name=op.f("ck_dispute_answer_outcome")
            ),
            nullable=False,
        ),
        sa.Column("answered_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("dispute_id", name=op.f("pk_dispute_answer")),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_dispute_answer_dispute_id")),
        sa.UniqueConstraint("seq", name=op.f("uq_dispute_answer_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_dispute_answer_seq")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_dispute_answer_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_dispute_answer_about"), "dispute_answer", ["about", "seq"])
    op.create_index(op.f("ix_dispute_answer_volunteer"), "dispute_answer", ["volunteer_id", "seq"])
    op.create_table(
        "flag_lift",
        sa.Column("flag_id", ID, nullable=False),
        sa.Column("lifted_at", AMOUNT, nullable=False),
        sa.Column("lifted_by", ID, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("flag_id", name=op.f("pk_flag_lift")),
        sa.ForeignKeyConstraint(["flag_id"], ["flag.id"], name=op.f("fk_flag_lift_flag_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notice_asked",
        sa.Column("claim_id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("days", SMALL, sa.CheckConstraint("days > 0", name=op.f("ck_notice_asked_days")), nullable=False),
        sa.Column(
            "in_working_days",
            SMALL,
            sa.CheckConstraint("in_working_days IN (0, 1)", name=op.f("ck_notice_asked_in_working_days")),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_notice_asked")),
        sa.ForeignKeyConstraint(["claim_id"], ["service_claim.id"], name=op.f("fk_notice_asked_claim_id")),
        sa.UniqueConstraint("seq", name=op.f("uq_notice_asked_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_notice_asked_seq")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notice_text",
        sa.Column("line_id", ID, nullable=False),
        sa.Column("salt", BYTES, nullable=True),
        sa.Column("shown", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_notice_text")),
        sa.ForeignKeyConstraint(["line_id"], ["notice_line.id"], name=op.f("fk_notice_text_line_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "objection",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("line_id", ID, nullable=False),
        sa.Column("record_id", ID, nullable=True),
        sa.Column("receipt_no", WORDS, nullable=False),
        sa.Column(
            "is_late", SMALL, sa.CheckConstraint("is_late IN (0, 1)", name=op.f("ck_objection_is_late")), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("seq", name=op.f("uq_objection_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_objection_seq")),
        sa.ForeignKeyConstraint(["line_id"], ["notice_line.id"], name=op.f("fk_objection_line_id")),
        sa.UniqueConstraint("receipt_no", name=op.f("uq_objection_receipt_no")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_objection_line"), "objection", ["line_id", "seq"])
    op.create_index(op.f("ix_objection_record"), "objection", ["record_id", "seq"])
    op.create_table(
        "pairing",
        sa.Column("id", ID, nullable=False),
        sa.Column("device_code_digest", WORDS, nullable=False),
        sa.Column("user_code", WORDS, nullable=False),
        sa.Column(
            "kind", WORDS, sa.CheckConstraint("kind IN ('kiosk', 'desk')", name=op.f("ck_pairing_kind")), nullable=False
        ),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("address", WORDS, nullable=False),
        sa.Column("asked_at", AMOUNT, nullable=False),
        sa.Column("expires_at", AMOUNT, nullable=False),
        sa.Column("interval_seconds", SMALL, nullable=False),
        sa.Column("polled_at", AMOUNT, nullable=True),
        sa.Column("denied_at", AMOUNT, nullable=True),
        sa.Column("device_id", ID, nullable=True),
        sa.Column("used_at", AMOUNT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing")),
        sa.CheckConstraint("denied_at IS NULL OR device_id IS NULL", name=op.f("ck_pairing_decided_once")),
        sa.UniqueConstraint("device_code_digest", name=op.f("uq_pairing_device_code_digest")),
        sa.UniqueConstraint("user_code", name=op.f("uq_pairing_user_code")),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_pairing_device_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_pairing_expires_at"), "pairing", ["expires_at"])
    op.create_table(
        "purchase_end",
        sa.Column("id", ID, nullable=False),
        sa.Column("purchase_id", ID, nullable=False),
        sa.Column("ended_on", DAY, nullable=False),
        sa.Column("ended_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_end")),
        sa.UniqueConstraint("purchase_id", name=op.f("uq_purchase_end_purchase_id")),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchase.id"], name=op.f("fk_purchase_end_purchase_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "redemption",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("household_id", ID, nullable=True),
        sa.Column("collective_id", ID, nullable=True),
        sa.Column("collected_by", ID, nullable=True),
        sa.Column("reservation_id", ID, nullable=True),
        sa.Column("redeemed_on", DAY, nullable=False),
        sa.Column("beneficiary", WORDS, nullable=True),
        sa.Column("points", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redemption")),
        sa.UniqueConstraint("seq", name=op.f("uq_redemption_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_redemption_seq")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_redemption_volunteer_id")),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_redemption_desk_id")),
        sa.ForeignKeyConstraint(["collective_id"], ["collective.id"], name=op.f("fk_redemption_collective_id")),
        sa.ForeignKeyConstraint(["collected_by"], ["agency.id"], name=op.f("fk_redemption_collected_by")),
        sa.UniqueConstraint("reservation_id", name=op.f("uq_redemption_reservation_id")),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservation.id"], name=op.f("fk_redemption_reservation_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_redemption_volunteer"), "redemption", ["volunteer_id", "seq"])
    op.create_table(
        "request_step",
        sa.Column("id", ID, nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("step", WORDS, nullable=False),
        sa.Column("words", WORDS, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_step")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_step_request_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_request_step_request"), "request_step", ["request_id", "id"])
    op.create_table(
        "reservation_item",
        sa.Column("reservation_id", ID, nullable=False),
        sa.Column("line", SMALL, nullable=False),
        sa.Column("prize_id", ID, nullable=False),
        sa.Column(
            "quantity",
            AMOUNT,
            sa.CheckConstraint("quantity > 0", name=op.f("ck_reservation_item_quantity")),
            nullable=False,
        ),
        sa.Column("cost_points", AMOUNT, nullable=False),
        sa.Column("prize_class", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("reservation_id", "line", name=op.f("pk_reservation_item")),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservation.id"], name=op.f("fk_reservation_item_reservation_id")
        ),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_reservation_item_prize_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reservation_release",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("reservation_id", ID, nullable=False),
        sa.Column(
            "ending",
            WORDS,
            sa.CheckConstraint(
                "ending IN ('cancelled', 'expired', 'forfeited')", name=op.f("ck_reservation_release_ending")
            ),
            nullable=False,
        ),
        sa.Column("released_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation_release")),
        sa.UniqueConstraint("seq", name=op.f("uq_reservation_release_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_reservation_release_seq")),
        sa.UniqueConstraint("reservation_id", name=op.f("uq_reservation_release_reservation_id")),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservation.id"], name=op.f("fk_reservation_release_reservation_id")
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "service_review",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("claim_id", ID, nullable=False),
        sa.Column("reviewed_by", ID, nullable=False),
        sa.Column(
            "decision",
            WORDS,
            sa.CheckConstraint("decision IN ('approve', 'reject')", name=op.f("ck_service_review_decision")),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_review")),
        sa.UniqueConstraint("claim_id", "reviewed_by", name=op.f("uq_service_review_claim_id_reviewed_by")),
        sa.UniqueConstraint("seq", name=op.f("uq_service_review_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_service_review_seq")),
        sa.ForeignKeyConstraint(["claim_id"], ["service_claim.id"], name=op.f("fk_service_review_claim_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sign_in",
        sa.Column("id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("device_id", ID, nullable=True),
        sa.Column("started_at", AMOUNT, nullable=False),
        sa.Column("ends_at", AMOUNT, nullable=True),
        sa.Column("renewable_until", AMOUNT, nullable=False),
        sa.Column("ended_at", AMOUNT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.CheckConstraint("staff_id IS NOT NULL OR device_id IS NOT NULL", name=op.f("ck_sign_in_holder")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sign_in_staff_id")),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_sign_in_device_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sign_in_renewable_until"), "sign_in", ["renewable_until"])
    op.create_index(op.f("ix_sign_in_staff"), "sign_in", ["staff_id", "id"])
    op.create_table(
        "sign_up",
        sa.Column("id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("number", SMALL, nullable=False),
        sa.Column(
            "state",
            WORDS,
            sa.CheckConstraint("state IN ('confirmed', 'waiting', 'cancelled')", name=op.f("ck_sign_up_state")),
            nullable=False,
        ),
        sa.Column("warnings", WORDS, nullable=False),
        sa.Column("asked_at", AMOUNT, nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("device_id", ID, nullable=True),
        sa.Column("confirmed_at", AMOUNT, nullable=True),
        sa.Column("overridden_by", ID, nullable=True),
        sa.Column("override_reason", WORDS, nullable=True),
        sa.Column("cancelled_at", AMOUNT, nullable=True),
        sa.Column("cancelled_by", ID, nullable=True),
        sa.Column("is_late", SMALL, nullable=True),
        sa.Column(
            "no_show",
            WORDS,
            sa.CheckConstraint("no_show IN ('excused', 'unexcused', 'malicious')", name=op.f("ck_sign_up_no_show")),
            nullable=True,
        ),
        sa.Column("no_show_at", AMOUNT, nullable=True),
        sa.Column("no_show_by", ID, nullable=True),
        sa.Column("no_show_deed_id", ID, nullable=True),
        sa.Column("no_show_lifted_at", AMOUNT, nullable=True),
        sa.Column("no_show_lifted_by", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up")),
        sa.UniqueConstraint("session_id", "number", name=op.f("uq_sign_up_session_id_number")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_sign_up_activity_id")),
        sa.ForeignKeyConstraint(["session_id"], ["activity_session.id"], name=op.f("fk_sign_up_session_id")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_sign_up_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sign_up_activity"), "sign_up", ["activity_id", "session_id", "number"])
    op.create_index(op.f("ix_sign_up_volunteer"), "sign_up", ["volunteer_id", "id"])
    op.create_index(
        op.f("uq_sign_up_standing"),
        "sign_up",
        ["session_id", "volunteer_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_table(
        "slip_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=True),
        sa.Column("slip_no", WORDS, nullable=False),
        sa.Column("book_id", ID, nullable=False),
        sa.Column(
            "state",
            WORDS,
            sa.CheckConstraint("state IN ('posted', 'exception', 'voided')", name=op.f("ck_slip_entry_state")),
            nullable=False,
        ),
        sa.Column("volunteer_id", ID, nullable=True),
        sa.Column("given_on", DAY, nullable=True),
        sa.Column("refusal", WORDS, nullable=True),
        sa.Column("after_seq", AMOUNT, nullable=True),
        sa.Column("keyed_on", DAY, nullable=False),
        sa.Column("keyed_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip_entry")),
        sa.CheckConstraint("(state = 'posted') = (seq IS NOT NULL)", name=op.f("ck_slip_entry_seq")),
        sa.CheckConstraint("(state = 'posted') = (after_seq IS NULL)", name=op.f("ck_slip_entry_after_seq")),
        sa.CheckConstraint("(state = 'voided') = (volunteer_id IS NULL)", name=op.f("ck_slip_entry_volunteer")),
        sa.CheckConstraint("(state = 'exception') = (refusal IS NOT NULL)", name=op.f("ck_slip_entry_refusal")),
        sa.UniqueConstraint("seq", name=op.f("uq_slip_entry_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_slip_entry_seq")),
        sa.UniqueConstraint("slip_no", name=op.f("uq_slip_entry_slip_no")),
        sa.ForeignKeyConstraint(["book_id"], ["slip_book.id"], name=op.f("fk_slip_entry_book_id")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_slip_entry_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_slip_entry_book"), "slip_entry", ["book_id", "slip_no"])
    op.create_table(
        "star_decision",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("change_id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column(
            "decision",
            WORDS,
            sa.CheckConstraint("decision IN ('approve', 'reject')", name=op.f("ck_star_decision_decision")),
            nullable=False,
        ),
        sa.Column("ladder_id", WORDS, nullable=False),
        sa.Column("level", SMALL, nullable=False),
        sa.Column("star_level", SMALL, nullable=False),
        sa.Column("measured_on", DAY, nullable=False),
        sa.Column("as_of_seq", AMOUNT, nullable=False),
        sa.Column("inputs", WORDS, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_star_decision")),
        sa.UniqueConstraint("seq", name=op.f("uq_star_decision_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_star_decision_seq")),
        sa.UniqueConstraint("change_id", name=op.f("uq_star_decision_change_id")),
        sa.ForeignKeyConstraint(["change_id"], ["star_change.id"], name=op.f("fk_star_decision_change_id")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_star_decision_volunteer_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_star_decision_volunteer"), "star_decision", ["volunteer_id", "seq"])
    op.create_table(
        "stock_receipt",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("prize_id", ID, nullable=False),
        sa.Column(
            "quantity",
            AMOUNT,
            sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_receipt_quantity")),
            nullable=False,
        ),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("best_before", DAY, nullable=True),
        sa.Column("source_kind", WORDS, nullable=True),
        sa.Column("document", WORDS, nullable=True),
        sa.Column("batch", WORDS, nullable=True),
        sa.Column("purchase_id", ID, nullable=True),
        sa.Column("recorded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_receipt")),
        sa.UniqueConstraint("seq", name=op.f("uq_stock_receipt_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_stock_receipt_seq")),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_stock_receipt_desk_id")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_stock_receipt_prize_id")),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchase.id"], name=op.f("fk_stock_receipt_purchase_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_stock_receipt_purchase"), "stock_receipt", ["purchase_id"])
    op.create_table(
        "stock_report",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column(
            "kind",
            WORDS,
            sa.CheckConstraint("kind IN ('stocktake', 'write_off', 'day_close')", name=op.f("ck_stock_report_kind")),
            nullable=False,
        ),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("reported_on", DAY, nullable=False),
        sa.Column("reported_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_report")),
        sa.UniqueConstraint("seq", name=op.f("uq_stock_report_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_stock_report_seq")),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_stock_report_desk_id")),
        sa.ForeignKeyConstraint(["session_id"], ["desk_session.id"], name=op.f("fk_stock_report_session_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_stock_report_desk"), "stock_report", ["desk_id", "seq"])
    op.create_index(op.f("ix_stock_report_session"), "stock_report", ["session_id"])
    op.create_table(
        "stock_transfer_item",
        sa.Column("transfer_id", ID, nullable=False),
        sa.Column("line", SMALL, nullable=False),
        sa.Column("prize_id", ID, nullable=False),
        sa.Column(
            "quantity",
            AMOUNT,
            sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_transfer_item_quantity")),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("transfer_id", "line", name=op.f("pk_stock_transfer_item")),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["stock_transfer.id"], name=op.f("fk_stock_transfer_item_transfer_id")
        ),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_stock_transfer_item_prize_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "task",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("post_id", ID, nullable=True),
        sa.Column("offer_id", ID, nullable=True),
        sa.Column("proposal_id", ID, nullable=True),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("person_in_charge", WORDS, nullable=False),
        sa.Column(
            "helpers_at_most",
            SMALL,
            sa.CheckConstraint("helpers_at_most > 0", name=op.f("ck_task_helpers")),
            nullable=False,
        ),
        sa.Column(
            "is_open", SMALL, sa.CheckConstraint("is_open IN (0, 1)", name=op.f("ck_task_is_open")), nullable=False
        ),
        sa.Column("due_at", AMOUNT, nullable=True),
        sa.Column(
            "state",
            WORDS,
            sa.CheckConstraint("state IN ('dispatched', 'done', 'cancelled')", name=op.f("ck_task_state")),
            nullable=False,
        ),
        sa.Column("outcome", WORDS, nullable=False),
        sa.Column("done_on", DAY, nullable=True),
        sa.Column("activity_id", ID, nullable=True),
        sa.Column("created_at", AMOUNT, nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("ended_at", AMOUNT, nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_task_organisation_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_task_request_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_task_post_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_task_offer_id")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_task_activity_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_task_organisation"), "task", ["organisation_id", "id"])
    op.create_index(op.f("ix_task_proposal"), "task", ["proposal_id", "id"])
    op.create_index(op.f("ix_task_request"), "task", ["request_id", "id"])
    op.create_table(
        "volunteer_session",
        sa.Column("id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=True),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column(
            "identified_by",
            WORDS,
            sa.CheckConstraint(
                "identified_by IN ('card', 'number', 'screen', 'staff')",
                name=op.f("ck_volunteer_session_identified_by"),
            ),
            nullable=False,
        ),
        sa.Column("purpose", WORDS, nullable=True),
        sa.Column("opened_at", AMOUNT, nullable=False),
        sa.Column("closes_at", AMOUNT, nullable=False),
        sa.Column("ended_at", AMOUNT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_session")),
        sa.CheckConstraint(
            "device_id IS NOT NULL OR staff_id IS NOT NULL", name=op.f("ck_volunteer_session_opened_somewhere")
        ),
        sa.CheckConstraint("(staff_id IS NULL) = (purpose IS NULL)", name=op.f("ck_volunteer_session_purpose")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_volunteer_session_volunteer_id")),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_volunteer_session_device_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_volunteer_session_staff_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_volunteer_session_volunteer"), "volunteer_session", ["volunteer_id", "id"])
    op.create_table(
        "wish_claim",
        sa.Column("id", ID, nullable=False),
        sa.Column("wish_id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("until_on", DAY, nullable=False),
        sa.Column("minutes", SMALL, nullable=True),
        sa.Column("claimed_at", AMOUNT, nullable=False),
        sa.Column("claimed_by", ID, nullable=False),
        sa.Column("ended_at", AMOUNT, nullable=True),
        sa.Column(
            "ended_as",
            WORDS,
            sa.CheckConstraint(
                "ended_as IN ('fulfilled', 'given_back', 'expired', 'over')", name=op.f("ck_wish_claim_ended_as")
            ),
            nullable=True,
        ),
        sa.Column("open_as", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish_claim")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_as IS NULL)", name=op.f("ck_wish_claim_ended")),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_wish_claim_wish_id")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_wish_claim_volunteer_id")),
        sa.UniqueConstraint("open_as", name=op.f("uq_wish_claim_open_as")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_wish_claim_volunteer"), "wish_claim", ["volunteer_id", "id"])
    op.create_index(op.f("ix_wish_claim_wish"), "wish_claim", ["wish_id", "id"])
    op.create_table(
        "attendance_request",
        sa.Column("client", WORDS, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("request", BYTES, nullable=False),
        sa.Column("attendance_id", ID, nullable=False),
        sa.Column("recorded_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("client", "key", name=op.f("pk_attendance_request")),
        sa.ForeignKeyConstraint(["attendance_id"], ["attendance.id"], name=op.f("fk_attendance_request_attendance_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "objection_contact",
        sa.Column("objection_id", ID, nullable=False),
        sa.Column("sealed", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("objection_id", name=op.f("pk_objection_contact")),
        sa.ForeignKeyConstraint(["objection_id"], ["objection.id"], name=op.f("fk_objection_contact_objection_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "objection_resolution",
        sa.Column("objection_id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("record_id", ID, nullable=True),
        sa.Column(
            "outcome",
            WORDS,
            sa.CheckConstraint("outcome IN ('upheld', 'dismissed')", name=op.f("ck_objection_resolution_outcome")),
            nullable=False,
        ),
        sa.Column("resolved_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("objection_id", name=op.f("pk_objection_resolution")),
        sa.ForeignKeyConstraint(["objection_id"], ["objection.id"], name=op.f("fk_objection_resolution_objection_id")),
        sa.UniqueConstraint("seq", name=op.f("uq_objection_resolution_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_objection_resolution_seq")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_objection_resolution_record"), "objection_resolution", ["record_id", "seq"])
    op.create_table(
        "redemption_item",
        sa.Column("redemption_id", ID, nullable=False),
        sa.Column("line", SMALL, nullable=False),
        sa.Column("prize_id", ID, nullable=False),
        sa.Column(
            "quantity",
            AMOUNT,
            sa.CheckConstraint("quantity > 0", name=op.f("ck_redemption_item_quantity")),
            nullable=False,
        ),
        sa.Column("cost_points", AMOUNT, nullable=False),
        sa.Column("prize_class", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("redemption_id", "line", name=op.f("pk_redemption_item")),
        sa.ForeignKeyConstraint(["redemption_id"], ["redemption.id"], name=op.f("fk_redemption_item_redemption_id")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_redemption_item_prize_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "redemption_slip",
        sa.Column("redemption_id", ID, nullable=False),
        sa.Column("copy", SMALL, nullable=False),
        sa.Column("width_mm", SMALL, nullable=False),
        sa.Column("printed_by", ID, nullable=False),
        sa.Column("printed_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("redemption_id", "copy", name=op.f("pk_redemption_slip")),
        sa.ForeignKeyConstraint(["redemption_id"], ["redemption.id"], name=op.f("fk_redemption_slip_redemption_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "refresh_token",
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("sign_in_id", ID, nullable=False),
        sa.Column("expires_at", AMOUNT, nullable=False),
        sa.Column("used_at", AMOUNT, nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_refresh_token")),
        sa.ForeignKeyConstraint(["sign_in_id"], ["sign_in.id"], name=op.f("fk_refresh_token_sign_in_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_refresh_token_expires_at"), "refresh_token", ["expires_at"])
    op.create_index(op.f("ix_refresh_token_sign_in"), "refresh_token", ["sign_in_id"])
    op.create_table(
        "refund",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("redemption_id", ID, nullable=False),
        sa.Column(
            "goods",
            WORDS,
            sa.CheckConstraint("goods IN ('sellable', 'damaged')", name=op.f("ck_refund_goods")),
            nullable=False,
        ),
        sa.Column("refunded_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
        sa.UniqueConstraint("seq", name=op.f("uq_refund_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_refund_seq")),
        sa.UniqueConstraint("redemption_id", name=op.f("uq_refund_redemption_id")),
        sa.ForeignKeyConstraint(["redemption_id"], ["redemption.id"], name=op.f("fk_refund_redemption_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "refund_request",
        sa.Column("id", ID, nullable=False),
        sa.Column("redemption_id", ID, nullable=False),
        sa.Column(
            "goods",
            WORDS,
            sa.CheckConstraint("goods IN ('sellable', 'damaged')", name=op.f("ck_refund_request_goods")),
            nullable=False,
        ),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("requested_by", ID, nullable=False),
        sa.Column("requested_at", AMOUNT, nullable=False),
        sa.Column("until_on", DAY, nullable=False),
        sa.Column("withdrawn_by", ID, nullable=True),
        sa.Column("withdrawn_at", AMOUNT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_request")),
        sa.ForeignKeyConstraint(["redemption_id"], ["redemption.id"], name=op.f("fk_refund_request_redemption_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_refund_request_redemption"), "refund_request", ["redemption_id"])
    op.create_table(
        "screen_code",
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("expires_at", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_screen_code")),
        sa.ForeignKeyConstraint(["session_id"], ["volunteer_session.id"], name=op.f("fk_screen_code_session_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_screen_code_expires_at"), "screen_code", ["expires_at"])
    op.create_table(
        "slip_entry_item",
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("line", SMALL, nullable=False),
        sa.Column("prize_id", ID, nullable=False),
        sa.Column(
            "quantity",
            AMOUNT,
            sa.CheckConstraint("quantity > 0", name=op.f("ck_slip_entry_item_quantity")),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("entry_id", "line", name=op.f("pk_slip_entry_item")),
        sa.ForeignKeyConstraint(["entry_id"], ["slip_entry.id"], name=op.f("fk_slip_entry_item_entry_id")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_slip_entry_item_prize_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "slip_settlement",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column(
            "outcome",
            WORDS,
            sa.CheckConstraint("outcome IN ('posted', 'debt', 'loss')", name=op.f("ck_slip_settlement_outcome")),
            nullable=False,
        ),
        sa.Column("settled_on", DAY, nullable=False),
        sa.Column("settled_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip_settlement")),
        sa.UniqueConstraint("seq", name=op.f("uq_slip_settlement_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_slip_settlement_seq")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_slip_settlement_entry_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["slip_entry.id"], name=op.f("fk_slip_settlement_entry_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stock_report_line",
        sa.Column("report_id", ID, nullable=False),
        sa.Column("line", SMALL, nullable=False),
        sa.Column("prize_id", ID, nullable=False),
        sa.Column("best_before", DAY, nullable=False),
        sa.Column(
            "expected",
            AMOUNT,
            sa.CheckConstraint("expected >= 0", name=op.f("ck_stock_report_line_expected")),
            nullable=False,
        ),
        sa.Column(
            "counted",
            AMOUNT,
            sa.CheckConstraint("counted >= 0", name=op.f("ck_stock_report_line_counted")),
            nullable=False,
        ),
        sa.Column("reason", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("report_id", "line", name=op.f("pk_stock_report_line")),
        sa.UniqueConstraint(
            "report_id", "prize_id", "best_before", name=op.f("uq_stock_report_line_report_id_prize_id_best_before")
        ),
        sa.CheckConstraint("expected = counted OR reason IS NOT NULL", name=op.f("ck_stock_report_line_reason")),
        sa.ForeignKeyConstraint(["report_id"], ["stock_report.id"], name=op.f("fk_stock_report_line_report_id")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_stock_report_line_prize_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stock_settlement",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", AMOUNT, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=True),
        sa.Column(
            "decision",
            WORDS,
            sa.CheckConstraint("decision IN ('confirm', 'reject')", name=op.f("ck_stock_settlement_decision")),
            nullable=False,
        ),
        sa.Column("settled_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_settlement")),
        sa.UniqueConstraint("seq", name=op.f("uq_stock_settlement_seq")),
        sa.ForeignKeyConstraint(["seq"], ["transaction.seq"], name=op.f("fk_stock_settlement_seq")),
        sa.UniqueConstraint("report_id", name=op.f("uq_stock_settlement_report_id")),
        sa.ForeignKeyConstraint(["report_id"], ["stock_report.id"], name=op.f("fk_stock_settlement_report_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_stock_settlement_session"), "stock_settlement", ["session_id"])
    op.create_table(
        "task_helper",
        sa.Column("id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("minutes", SMALL, nullable=True),
        sa.Column("taken_at", AMOUNT, nullable=False),
        sa.Column("taken_by", ID, nullable=False),
        sa.Column("given_back_at", AMOUNT, nullable=True),
        sa.Column("open_as", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_helper")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_helper_task_id")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_task_helper_volunteer_id")),
        sa.UniqueConstraint("open_as", name=op.f("uq_task_helper_open_as")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_task_helper_task"), "task_helper", ["task_id", "id"])
    op.create_index(op.f("ix_task_helper_volunteer"), "task_helper", ["volunteer_id", "id"])


def sqlite_guards() -> Iterator[str]:
    for table, keys in APPEND_ONLY.items():
        said = f"{table} is append-only"
        yield sqlite_trigger(f"{table}_no_update", f'UPDATE ON "{table}"', said)
        yield sqlite_trigger(f"{table}_no_delete", f'DELETE ON "{table}"', said)
        yield sqlite_trigger(f"{table}_no_replace", f'INSERT ON "{table}" WHEN {taken(table, keys)}', said)
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in ACCOUNT_FIXED)
    for table, update, when, keys, said in (
        ("account", "account_no_update", changed, ACCOUNT_KEYS, "account is append-only"),
        ("private", "private_no_update", f"NOT ({ERASED})", PRIVATE_KEYS, "private can only be erased"),
        ("head", "head_no_return", RETURNED, HEAD_KEYS, "head only goes forward"),
    ):
        yield sqlite_trigger(update, f'UPDATE ON "{table}" WHEN {when}', said)
        yield sqlite_trigger(f"{table}_no_delete", f'DELETE ON "{table}"', said)
        yield sqlite_trigger(f"{table}_no_replace", f'INSERT ON "{table}" WHEN {taken(table, keys)}', said)


def sqlite_trigger(name: str, when: str, said: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{said}'); END"


def taken(table: str, keys: Keys) -> str:
    """True where a row to be inserted would push out one that is there."""
    each = (" AND ".join(f"{name} = NEW.{name}" for name in key.split(", ")) for key in keys)
    return " OR ".join(f'EXISTS (SELECT 1 FROM "{table}" WHERE {key})' for key in each)  # noqa: S608


def postgresql_guards() -> Iterator[str]:
    yield from (
        postgresql_function("refuse_change", "", "is append-only"),
        postgresql_function("refuse_rewriting", f"IF {ERASED} THEN RETURN NEW; END IF; ", "can only be erased"),
        postgresql_function("refuse_return", f"IF NOT ({RETURNED}) THEN RETURN NEW; END IF; ", "only goes forward"),
    )
    for table in APPEND_ONLY:
        yield from postgresql_trigger(f"{table}_no_change", table, "UPDATE OR DELETE")
        yield from postgresql_trigger(f"{table}_no_truncate", table, "TRUNCATE", "STATEMENT")
    yield from postgresql_trigger("account_no_update", "account", f"UPDATE OF {', '.join(ACCOUNT_FIXED)}")
    yield from postgresql_trigger("private_no_update", "private", "UPDATE", function="refuse_rewriting")
    yield from postgresql_trigger("head_no_return", "head", "UPDATE", function="refuse_return")
    for table in ("account", "private", "head"):
        yield from postgresql_trigger(f"{table}_no_delete", table, "DELETE")
        yield from postgresql_trigger(f"{table}_no_truncate", table, "TRUNCATE", "STATEMENT")


def postgresql_function(name: str, first: str, said: str) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {first}"
        f"RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' {said}', ERRCODE = 'restrict_violation'; END $$"
    )


def postgresql_trigger(
    name: str, table: str, when: str, each: str = "ROW", function: str = "refuse_change"
) -> Iterator[str]:
    yield f'CREATE TRIGGER {name} BEFORE {when} ON "{table}" FOR EACH {each} EXECUTE FUNCTION {function}()'
    yield f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER {name}'
