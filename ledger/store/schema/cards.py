"""What volunteers identify themselves with: cards, PINs, and the codes that a screen shows for a moment."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index

from ledger.store.schema.metadata import column, table
from ledger.store.types import Id, Instant, Words

card = table(
    "card",
    column("id", Id, primary_key=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("card_no", Words, unique=True),
    column("issued_at", Instant),
    column("ended_at", Instant, null=True),
    column("ended_for", Words, CheckConstraint("ended_for IN ('lost', 'replaced', 'revoked')", name="for"), null=True),
    CheckConstraint("(ended_at IS NULL) = (ended_for IS NULL)", name="ended"),
)
Index("ix_card_volunteer", card.c.volunteer_id, card.c.id)

volunteer_pin = table(
    "volunteer_pin",
    column("volunteer_id", Id, ForeignKey("volunteer.id"), primary_key=True),
    column("hash", Words),
    column("set_at", Instant),
)

screen_code = table(
    "screen_code",
    column("digest", Words, primary_key=True),
    column("session_id", Id, ForeignKey("volunteer_session.id")),
    column("expires_at", Instant),
)
Index("ix_screen_code_expires_at", screen_code.c.expires_at)
