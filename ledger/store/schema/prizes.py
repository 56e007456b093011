"""Prizes and what they cost, desks, stock receipts and redemptions."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Bytes, Day, Id, Instant, Small, Words

prize_picture = table(
    "prize_picture",
    # SHA-256 of the content in hexadecimal: the same picture is kept once.
    column("digest", Words, primary_key=True),
    column(
        "media_type",
        Words,
        CheckConstraint("media_type IN ('image/png', 'image/jpeg', 'image/webp')", name="media_type"),
    ),
    column("content", Bytes),
    column("added_by", Id),
    column("added_at", Instant),
    append_only=True,
)

prize = table(
    "prize",
    column("id", Id, primary_key=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("unit_id", Small, ForeignKey("unit.id"), unique=True),
    column("title", Words),
    column("prize_class", Words),
    column("cost_points", Amount, CheckConstraint("cost_points > 0", name="cost_points")),
    column("on_shelf", Small),
    # How few at a desk are so few that somebody should see to it; null where nobody asked.
    column("low_at", Amount, CheckConstraint("low_at >= 0", name="low_at"), null=True),
    # A service is counted like goods: so many slots as somebody gave.
    column("kind", Words, CheckConstraint("kind IN ('goods', 'service')", name="kind")),
    column("picture", Words, ForeignKey("prize_picture.digest"), null=True),
    # What one is worth, for budgets alone. Nobody redeems for money.
    column("reference_fen", Amount, CheckConstraint("reference_fen >= 0", name="reference_fen"), null=True),
    # So many a person may have in a period; neither or both.
    column("limit_items", Amount, CheckConstraint("limit_items > 0", name="limit_items"), null=True),
    column("limit_per", Words, null=True),
    # What must be had, and is not spent.
    column("balance_at_least", Amount, CheckConstraint("balance_at_least >= 0", name="balance_at_least")),
    column("hours_at_least", Small, CheckConstraint("hours_at_least >= 0", name="hours_at_least")),
    column("star_level_at_least", Small, CheckConstraint("star_level_at_least >= 0", name="star_level_at_least")),
    column("local_only", Small),
    column("created_at", Instant),
    CheckConstraint("(limit_items IS NULL) = (limit_per IS NULL)", name="whole_limit"),
)

prize_price = table(
    "prize_price",
    column("id", Id, primary_key=True),
    column("prize_id", Id, ForeignKey("prize.id")),
    column("cost_points", Amount, CheckConstraint("cost_points > 0", name="cost_points")),
    column("effective_from", Day),
    column("set_by", Id),
    column("recorded_at", Instant),
    append_only=True,
)
Index("ix_prize_price_prize", prize_price.c.prize_id, prize_price.c.recorded_at, prize_price.c.id)

desk = table(
    "desk",
    column("id", Id, primary_key=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("name", Words),
    column("created_at", Instant),
)
Index("ix_desk_organisation", desk.c.organisation_id, desk.c.id)
Index("ix_prize_picture", prize.c.picture)
Index("ix_prize_organisation", prize.c.organisation_id, prize.c.id)

stock_receipt = table(
    "stock_receipt",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("desk_id", Id, ForeignKey("desk.id")),
    column("prize_id", Id, ForeignKey("prize.id")),
    column("quantity", Amount, CheckConstraint("quantity > 0", name="quantity")),
    column("source", Words),
    column("best_before", Day, null=True),
    # donor, unit or purchase; what stands on the delivery note; what the maker calls the lot.
    column("source_kind", Words, null=True),
    column("document", Words, null=True),
    column("batch", Words, null=True),
    # What it was ordered with.
    column("purchase_id", Id, ForeignKey("purchase.id"), null=True),
    column("recorded_by", Id),
    append_only=True,
)
Index("ix_stock_receipt_purchase", stock_receipt.c.purchase_id)

redemption = table(
    "redemption",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("desk_id", Id, ForeignKey("desk.id")),
    column("household_id", Id, null=True),
    # The household or group that paid, where the volunteer did not pay themselves.
    column("collective_id", Id, ForeignKey("collective.id"), null=True),
    # The authorisation of the agent who stood there instead of the volunteer.
    column("collected_by", Id, ForeignKey("agency.id"), null=True),
    # What was set aside for them before.
    column("reservation_id", Id, ForeignKey("reservation.id"), unique=True, null=True),
    column("redeemed_on", Day),
    column("beneficiary", Words, null=True),
    column("points", Amount),
    column("recorded_by", Id),
    append_only=True,
)
Index("ix_redemption_volunteer", redemption.c.volunteer_id, redemption.c.seq)

redemption_item = table(
    "redemption_item",
    column("redemption_id", Id, ForeignKey("redemption.id")),
    column("line", Small),
    column("prize_id", Id, ForeignKey("prize.id")),
    column("quantity", Amount, CheckConstraint("quantity > 0", name="quantity")),
    column("cost_points", Amount),
    column("prize_class", Words),
    PrimaryKeyConstraint("redemption_id", "line"),
    append_only=True,
)

redemption_slip = table(
    "redemption_slip",
    column("redemption_id", Id, ForeignKey("redemption.id")),
    # 0 is the first print; every other says of itself that it is a copy.
    column("copy", Small),
    column("width_mm", Small),
    column("printed_by", Id),
    column("printed_at", Instant),
    PrimaryKeyConstraint("redemption_id", "copy"),
    append_only=True,
)

refund = table(
    "refund",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("redemption_id", Id, ForeignKey("redemption.id"), unique=True),
    column("goods", Words, CheckConstraint("goods IN ('sellable', 'damaged')", name="goods")),
    column("refunded_by", Id),
    append_only=True,
)

# What one person prepared and another has to countersign; nothing is posted before.
refund_request = table(
    "refund_request",
    column("id", Id, primary_key=True),
    column("redemption_id", Id, ForeignKey("redemption.id")),
    column("goods", Words, CheckConstraint("goods IN ('sellable', 'damaged')", name="goods")),
    column("reason", Words),
    column("requested_by", Id),
    column("requested_at", Instant),
    # The last day on which it can be countersigned.
    column("until_on", Day),
    column("withdrawn_by", Id, null=True),
    column("withdrawn_at", Instant, null=True),
)
Index("ix_refund_request_redemption", refund_request.c.redemption_id)
