"""Reservations: points and goods set aside for somebody at a desk until a day, and how they were given up."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Day, Id, Small, Words

reservation = table(
    "reservation",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("desk_id", Id, ForeignKey("desk.id")),
    column("household_id", Id, null=True),
    # The household or group whose points are held, where they are not the volunteer's own.
    column("collective_id", Id, ForeignKey("collective.id"), null=True),
    column("reserved_on", Day),
    column("due_on", Day),
    column("beneficiary", Words, null=True),
    column("points", Amount),
    column("recorded_by", Id),
    append_only=True,
)
Index("ix_reservation_due_on", reservation.c.due_on, reservation.c.id)
Index("ix_reservation_volunteer", reservation.c.volunteer_id, reservation.c.seq)

reservation_item = table(
    "reservation_item",
    column("reservation_id", Id, ForeignKey("reservation.id")),
    column("line", Small),
    column("prize_id", Id, ForeignKey("prize.id")),
    column("quantity", Amount, CheckConstraint("quantity > 0", name="quantity")),
    column("cost_points", Amount),
    column("prize_class", Words),
    PrimaryKeyConstraint("reservation_id", "line"),
    append_only=True,
)

reservation_release = table(
    "reservation_release",
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    # What the guard behind the decision is: a reservation is given up once.
    column("reservation_id", Id, ForeignKey("reservation.id"), unique=True),
    column("ending", Words, CheckConstraint("ending IN ('cancelled', 'expired', 'forfeited')", name="ending")),
    column("released_by", Id),
    append_only=True,
)
