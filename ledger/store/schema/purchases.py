"""Purchases of prizes, and the money set apart for them. Money is for budgets: no volunteer sees it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Day, Id, Small, Words

purchase = table(
    "purchase",
    column("id", Id, primary_key=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("prize_id", Id, ForeignKey("prize.id")),
    column("quantity", Amount, CheckConstraint("quantity > 0", name="quantity")),
    # Who sells, and what stands on the order.
    column("supplier", Words),
    column("document", Words, null=True),
    # What all of it costs, in fen; null where nobody said.
    column("cost_fen", Amount, CheckConstraint("cost_fen >= 0", name="cost_fen"), null=True),
    column("ordered_on", Day),
    column("expected_on", Day, null=True),
    column("ordered_by", Id),
    append_only=True,
)
Index("ix_purchase_organisation", purchase.c.organisation_id, purchase.c.id)

purchase_end = table(
    "purchase_end",
    column("id", Id, primary_key=True),
    # What has not come by then never will.
    column("purchase_id", Id, ForeignKey("purchase.id"), unique=True),
    column("ended_on", Day),
    column("ended_by", Id),
    append_only=True,
)

prize_budget = table(
    "prize_budget",
    column("id", Id, primary_key=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("year", Small, CheckConstraint("year BETWEEN 2000 AND 9999", name="year")),
    # The highest of an organisation and year holds.
    column("version", Small),
    column("budget_fen", Amount, CheckConstraint("budget_fen >= 0", name="budget_fen")),
    column("set_on", Day),
    column("set_by", Id),
    UniqueConstraint("organisation_id", "year", "version", name="version"),
    append_only=True,
)
