"""What is read of paper slips: books with how many of their numbers came back, and entries with what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, and_, func, or_, select

from ledger.store.rows import Page, below, paged
from ledger.store.schema import people, prizes
from ledger.store.schema.slips import slip_book, slip_entry, slip_entry_item, slip_settlement


def next_serial(connection: Connection) -> int:
    """The first number that no book holds; to be asked while postings are held."""
    last = select(slip_book.c.first_serial + slip_book.c.slips).order_by(slip_book.c.first_serial.desc()).limit(1)
    return int(connection.scalar(last) or 1)


def book(connection: Connection, id: UUID) -> dict[str, Any] | None:
    row = connection.execute(_books().where(slip_book.c.id == id)).mappings().first()
    return dict(row) if row else None


def book_of(connection: Connection, serial: int) -> dict[str, Any] | None:
    """The book that a number is in."""
    first = slip_book.c.first_serial
    statement = _books().where(first <= serial, first + slip_book.c.slips > serial)
    row = connection.execute(statement).mappings().first()
    return dict(row) if row else None


def books(
    connection: Connection, *, within: Sequence[str], desk_id: UUID | None, after: Sequence[Any] | None, limit: int
) -> Page[dict[str, Any]]:
    """Books of desks of these organisations and below, the newest first."""
    first = slip_book.c.first_serial
    statement = _books().where(below(within))
    if desk_id is not None:
        statement = statement.where(slip_book.c.desk_id == desk_id)
    return paged(connection, statement, [first], after, limit, newest_first=True)


def numbers_back(connection: Connection, book_id: UUID) -> set[str]:
    """The numbers of a book that were keyed in or voided."""
    return set(connection.scalars(select(slip_entry.c.slip_no).where(slip_entry.c.book_id == book_id)))


def entry(connection: Connection, **by: Any) -> dict[str, Any] | None:
    """The entry with this id or slip_no, with what became of it and its items."""
    [(name, value)] = by.items()
    row = connection.execute(_entries().where(slip_entry.c[name] == value)).mappings().first()
    return dict(row) | {"items": _items(connection, [row["id"]])[row["id"]]} if row else None


def entries(
    connection: Connection,
    *,
    within: Sequence[str],
    state: str | None,
    book_id: UUID | None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[dict[str, Any]]:
    """Entries of desks of these organisations and below, by number; `exception` are those that wait for a person."""
    made, settled = slip_entry.c, slip_settlement.c
    statement = _entries().where(below(within))
    if state in ("exception", "voided"):
        statement = statement.where(made.state == state, settled.id.is_(None))
    elif state is not None:
        at_once = made.state == state
        statement = statement.where(or_(at_once, settled.outcome == state))
    if book_id is not None:
        statement = statement.where(made.book_id == book_id)
    found = paged(connection, statement, [made.slip_no], after, limit, newest_first=False)
    items = _items(connection, [row["id"] for row in found.items])
    return found.each(lambda row: row | {"items": items[row["id"]]})


def of_day(connection: Connection, desk_id: UUID, *, after: int, until: int) -> list[tuple[str, str]]:
    """(slip_no, state when it was keyed in) of what was keyed in after one seq and up to another, by number."""
    made = slip_entry.c
    statement = (
        select(made.slip_no, made.state)
        .join(slip_book, slip_book.c.id == made.book_id)
        .where(slip_book.c.desk_id == desk_id)
        .where(
            or_(
                and_(made.seq > after, made.seq <= until),
                and_(made.after_seq >= after, made.after_seq < until),
            )
        )
        .order_by(made.slip_no)
    )
    return [(row[0], row[1]) for row in connection.execute(statement)]


def _books() -> Select[Any]:
    made = slip_entry.c

    def how_many(*conditions: Any) -> Any:
        mine = select(func.count()).select_from(slip_entry).where(made.book_id == slip_book.c.id, *conditions)
        return mine.correlate(slip_book).scalar_subquery()

    waits = ~select(slip_settlement.c.id).where(slip_settlement.c.entry_id == made.id).correlate(slip_entry).exists()
    return (
        select(
            slip_book,
            prizes.desk.c.name.label("desk_name"),
            prizes.desk.c.organisation_id,
            people.organisation.c.path.label("organisation_path"),
            how_many().label("back"),
            how_many(made.state == "voided").label("voided"),
            how_many(made.state == "exception", waits).label("exceptions"),
        )
        .join(prizes.desk, prizes.desk.c.id == slip_book.c.desk_id)
        .join(people.organisation, people.organisation.c.id == prizes.desk.c.organisation_id)
    )


def _entries() -> Select[Any]:
    settled = slip_settlement.c
    return (
        select(
            slip_entry,
            slip_book.c.desk_id,
            people.volunteer.c.volunteer_no,
            people.organisation.c.path.label("organisation_path"),
            settled.seq.label("settled_seq"),
            settled.outcome,
            settled.settled_on,
            settled.settled_by,
        )
        .join(slip_book, slip_book.c.id == slip_entry.c.book_id)
        .join(prizes.desk, prizes.desk.c.id == slip_book.c.desk_id)
        .join(people.organisation, people.organisation.c.id == prizes.desk.c.organisation_id)
        .outerjoin(people.volunteer, people.volunteer.c.id == slip_entry.c.volunteer_id)
        .outerjoin(slip_settlement, settled.entry_id == slip_entry.c.id)
    )


def _items(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    made = slip_entry_item.c
    statement = (
        select(made.entry_id, made.prize_id, made.quantity, prizes.prize.c.title)
        .join(prizes.prize, prizes.prize.c.id == made.prize_id)
        .where(made.entry_id.in_(ids))
        .order_by(made.entry_id, made.line)
    )
    items: dict[UUID, list[dict[str, Any]]] = {id: [] for id in ids}
    for row in connection.execute(statement).mappings():
        items[row["entry_id"]].append(dict(row))
    return items
