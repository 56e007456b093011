"""What is read of purchases and budgets: how much of each order has come, and what was set apart for a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, select

from ledger.store.rows import Page, below, paged
from ledger.store.schema import people, prizes
from ledger.store.schema.purchases import prize_budget, purchase, purchase_end

SEQ_MAX = 2**63 - 1


def find(connection: Connection, id: UUID) -> dict[str, Any] | None:
    row = connection.execute(_purchases(SEQ_MAX).where(purchase.c.id == id)).mappings().first()
    return dict(row) if row else None


def page(
    connection: Connection,
    *,
    within: Sequence[str],
    is_open: bool | None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[dict[str, Any]]:
    """Purchases of these organisations and below, the newest first: those of which something is still to come, those
    of which nothing is, or all.
    """
    made = purchase.c
    statement = _purchases(SEQ_MAX).where(below(within))
    if is_open is not None:
        comes = purchase_end.c.id.is_(None) & (_received(SEQ_MAX) < made.quantity)
        statement = statement.where(comes if is_open else ~comes)
    return paged(connection, statement, [made.id], after, limit, newest_first=True)


def ordered(connection: Connection, *, seq: int, on: date, within: Sequence[str]) -> list[dict[str, Any]]:
    """Everything ordered up to a day, with what had come right after a transaction; the oldest first."""
    made = purchase.c
    statement = _purchases(seq).where(below(within), made.ordered_on <= on).order_by(made.id)
    return [dict(row) for row in connection.execute(statement).mappings()]


def budgets(connection: Connection, *, year: int, on: date, within: Sequence[str]) -> list[dict[str, Any]]:
    """What was set apart for a year as it stood at the end of a day, one row for each organisation, by its path."""
    made, later = prize_budget.c, prize_budget.alias()
    again = (
        select(later.c.id)
        .where(later.c.organisation_id == made.organisation_id, later.c.year == made.year)
        .where(later.c.version > made.version, later.c.set_on <= on)
    )
    statement = (
        select(prize_budget, people.organisation.c.name.label("organisation"), people.organisation.c.path)
        .join(people.organisation, people.organisation.c.id == made.organisation_id)
        .where(below(within), made.year == year, made.set_on <= on, ~again.exists())
        .order_by(people.organisation.c.path)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def budget_version(connection: Connection, organisation_id: UUID, year: int) -> int:
    """Which version of a budget holds; 0 where nothing was said. To be asked while postings are held."""
    made = prize_budget.c
    statement = select(func.max(made.version)).where(made.organisation_id == organisation_id, made.year == year)
    return int(connection.scalar(statement) or 0)


def _purchases(seq: int) -> Select[Any]:
    return (
        select(
            purchase,
            purchase_end.c.ended_on,
            _received(seq).label("received"),
            prizes.prize.c.title,
            prizes.prize.c.cost_points,
            prizes.prize.c.reference_fen,
            people.organisation.c.name.label("organisation"),
            people.organisation.c.path.label("organisation_path"),
        )
        .join(prizes.prize, prizes.prize.c.id == purchase.c.prize_id)
        .join(people.organisation, people.organisation.c.id == purchase.c.organisation_id)
        .outerjoin(purchase_end, purchase_end.c.purchase_id == purchase.c.id)
    )


def _received(seq: int) -> Any:
    """How many of it had come right after a transaction."""
    came = prizes.stock_receipt.c
    return (
        select(func.coalesce(func.sum(came.quantity), 0))
        .where(came.purchase_id == purchase.c.id, came.seq <= seq)
        .scalar_subquery()
    )
