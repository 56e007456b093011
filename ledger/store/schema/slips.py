"""Paper slips: books of numbers printed beforehand, what was keyed in of them, and how an exception was settled."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Day, Id, Small, Words

slip_book = table(
    "slip_book",
    column("id", Id, primary_key=True),
    column("desk_id", Id, ForeignKey("desk.id")),
    # Numbers run through the whole bank: a slip that strays to another desk is still known.
    column("first_serial", Amount, unique=True),
    column("slips", Amount, CheckConstraint("slips > 0", name="slips")),
    column("printed_on", Day),
    column("printed_by", Id),
    append_only=True,
)
Index("ix_slip_book_desk", slip_book.c.desk_id, slip_book.c.first_serial)

slip_entry = table(
    "slip_entry",
    column("id", Id, primary_key=True),
    # Of the redemption it became at once; empty for an exception and for a voided slip.
    column("seq", Amount, ForeignKey("transaction.seq"), null=True, unique=True),
    # What the guard behind the decision is: each number once.
    column("slip_no", Words, unique=True),
    column("book_id", Id, ForeignKey("slip_book.id")),
    column("state", Words, CheckConstraint("state IN ('posted', 'exception', 'voided')", name="state")),
    column("volunteer_id", Id, ForeignKey("volunteer.id"), null=True),
    column("given_on", Day, null=True),
    # The code of why it could not be posted.
    column("refusal", Words, null=True),
    # How far the ledger had come when it was keyed in, so that it belongs to one day of its desk.
    column("after_seq", Amount, null=True),
    column("keyed_on", Day),
    column("keyed_by", Id),
    CheckConstraint("(state = 'posted') = (seq IS NOT NULL)", name="seq"),
    CheckConstraint("(state = 'posted') = (after_seq IS NULL)", name="after_seq"),
    CheckConstraint("(state = 'voided') = (volunteer_id IS NULL)", name="volunteer"),
    CheckConstraint("(state = 'exception') = (refusal IS NOT NULL)", name="refusal"),
    append_only=True,
)
Index("ix_slip_entry_book", slip_entry.c.book_id, slip_entry.c.slip_no)

slip_entry_item = table(
    "slip_entry_item",
    column("entry_id", Id, ForeignKey("slip_entry.id")),
    column("line", Small),
    column("prize_id", Id, ForeignKey("prize.id")),
    column("quantity", Amount, CheckConstraint("quantity > 0", name="quantity")),
    PrimaryKeyConstraint("entry_id", "line"),
    append_only=True,
)

slip_settlement = table(
    "slip_settlement",
    column("id", Id, primary_key=True),
    # Of the redemption, or of the write-off that was proposed.
    column("seq", Amount, ForeignKey("transaction.seq"), unique=True),
    # What the guard behind the decision is: an exception is settled once.
    column("entry_id", Id, ForeignKey("slip_entry.id"), unique=True),
    column("outcome", Words, CheckConstraint("outcome IN ('posted', 'debt', 'loss')", name="outcome")),
    column("settled_on", Day),
    column("settled_by", Id),
    append_only=True,
)
