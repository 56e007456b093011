"""A desk's day book: whether it still takes entries. A desk that never opened one hands out without."""

from __future__ import annotations

from uuid import UUID

from ledger.core.books import Books

CONFIRM, REJECT = "confirm", "reject"


def rows_of(session: UUID | None) -> tuple[tuple[str, str, UUID], ...]:
    """The rows that say whether this day was signed, as a command needs them; none where there is no day."""
    return (("stock_settlement", "session_id", session),) if session else ()


def is_signed(facts: Books, session: UUID | None) -> bool:
    """Whether a second person confirmed the close of this day; False where there is none."""
    if session is None:
        return False
    return any(row["decision"] == CONFIRM for row in facts.rows("stock_settlement", "session_id", session))
