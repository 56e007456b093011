"""Volunteers as they stand: with the organisation they belong to, and whether their account was closed or merged.

Every look-up is one seek in one index: by number, by telephone or its tail (keyed hashes), by pinyin, initials or
characters of the name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, delete, exists, insert, or_, select

from ledger.store.rows import Page, beyond
from ledger.store.schema.books import transaction
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.privacy import closing, possible_duplicate, volunteer_field

_undoing = transaction.alias()
_IN_FORCE = ~exists().where(_undoing.c.reverses == closing.c.seq)
STANDS = (closing.c.volunteer_id == volunteer.c.id) & _IN_FORCE
"""Joins a volunteer with the closing that stands; there is one at the most."""
CLOSED = [
    closing.c.reason.label("closed"),
    closing.c.seq.label("closed_seq"),
    closing.c.heir_id.label("heir_id"),
]


def _selected(whose: Any) -> Select[Any]:
    """Volunteers out of `whose`, a table or a part of it, as they stand."""
    return (
        select(*whose.c, organisation.c.path.label("organisation_path"), *CLOSED)
        .select_from(whose)
        .join(organisation, organisation.c.id == whose.c.organisation_id)
        .outerjoin(closing, (closing.c.volunteer_id == whose.c.id) & _IN_FORCE)
        .where(whose.c.erased_at.is_(None))
    )


_SELECTED = _selected(volunteer)


class Arm(NamedTuple):
    """One way to look for somebody: `column` of the volunteer, or a keyed hash of one of their fields."""

    column: str
    value: Any
    is_beginning: bool = False


def find(connection: Connection, **by: Any) -> dict[str, Any] | None:
    """The volunteer with this id or volunteer_no, if they were not erased."""
    statement = _SELECTED.where(*(volunteer.c[name] == value for name, value in by.items()))
    row = connection.execute(statement).mappings().first()
    return dict(row) if row is not None else None


def find_all(connection: Connection, numbers: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Those there are, by number."""
    if not numbers:
        return {}
    rows = connection.execute(_SELECTED.where(volunteer.c.volunteer_no.in_(numbers))).mappings()
    return {row["volunteer_no"]: dict(row) for row in rows}


def following(connection: Connection, row: dict[str, Any] | None) -> dict[str, Any] | None:
    """Whoever remains of this volunteer: the merged one points to the survivor, however often that happened."""
    while row is not None and row["closed"] == "merged":
        row = find(connection, id=row["heir_id"])
    return row


def merged_into(connection: Connection, id: UUID) -> list[dict[str, Any]]:
    """The volunteers whose numbers point here, directly or over another."""
    found: list[dict[str, Any]] = []
    waiting = [id]
    while waiting:
        wanted = _SELECTED.where(closing.c.heir_id == waiting.pop(), closing.c.reason == "merged")
        rows = [dict(row) for row in connection.execute(wanted).mappings()]
        found += rows
        waiting += [row["id"] for row in rows]
    return found


def page(
    connection: Connection, *, within: Sequence[str], arm: Arm | None, after: Sequence[Any] | None, limit: int
) -> Page[dict[str, Any]]:
    """Volunteers of these organisations and those below, by pinyin; only those that the arm finds."""
    statement = searched(within=within, arm=arm, after=after).limit(limit + 1)
    rows = [dict(row) for row in connection.execute(statement).mappings()]
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows[:limit], (last["name_pinyin"], last["id"]) if last else None)


def searched(*, within: Sequence[str], arm: Arm | None, after: Sequence[Any] | None) -> Select[Any]:
    """The statement behind `page`. What the arm finds is sought apart, so that no planner walks along all names in
    their order instead.
    """
    whose: Any = volunteer if arm is None else _seek(arm).cte("sought").prefix_with("MATERIALIZED")
    order = whose.c.name_pinyin, whose.c.id
    # "0" is the character after "/": everything below a path lies between them
    paths = [(organisation.c.path >= one) & (organisation.c.path < one[:-1] + "0") for one in within]
    statement = _selected(whose).where(or_(*paths) if paths else whose.c.id.is_(None)).order_by(*order)
    return statement if after is None else statement.where(beyond(order, after, newest_first=False))


def any_found(connection: Connection, arm: Arm) -> bool:
    """Whether anybody at all is found so: tells pinyin from initials."""
    return connection.execute(_seek(arm).limit(1)).first() is not None


def _seek(arm: Arm) -> Select[Any]:
    if arm.column in ("lookup", "tail"):
        held = volunteer_field.c.volunteer_id == volunteer.c.id
        return select(volunteer).join(volunteer_field, held).where(volunteer_field.c[arm.column] == arm.value)
    column = volunteer.c[arm.column]
    if arm.is_beginning:
        return select(volunteer).where(column >= arm.value, column < arm.value + "\U0010ffff")
    return select(volunteer).where(column == arm.value)


# -- fields ------------------------------------------------------------------------------------------------------------


def fields(connection: Connection, volunteer_id: UUID) -> list[dict[str, Any]]:
    """The sealed fields of one volunteer."""
    wanted = select(volunteer_field).where(volunteer_field.c.volunteer_id == volunteer_id)
    return [dict(row) for row in connection.execute(wanted.order_by(volunteer_field.c.field)).mappings()]


def put_field(connection: Connection, row: Mapping[str, Any]) -> None:
    """Set one field, in place of what stood there."""
    drop_field(connection, row["volunteer_id"], row["field"])
    connection.execute(insert(volunteer_field).values(**row))


def drop_field(connection: Connection, volunteer_id: UUID, field: str) -> bool:
    """False where it was not kept."""
    made = volunteer_field.c
    gone = connection.execute(
        delete(volunteer_field).where(made.volunteer_id == volunteer_id, made.field == field).returning(made.field)
    )
    return gone.first() is not None


def holder_of(connection: Connection, sole: bytes) -> UUID | None:
    """Whose this unique value is."""
    found: UUID | None = connection.scalar(select(volunteer_field.c.volunteer_id).where(volunteer_field.c.sole == sole))
    return found


def alike(connection: Connection, *, name: str, tail: bytes | None, birth: bytes | None) -> dict[UUID, set[str]]:
    """Volunteers whose account stands and who have this name with this tail or birth, and why they are alike."""
    found: dict[UUID, set[str]] = {}
    for column, value, reason in (
        (volunteer_field.c.tail, tail, "same_name_and_phone_tail"),
        (volunteer_field.c.lookup, birth, "same_name_and_birth_date"),
    ):
        if value is None:
            continue
        wanted = (
            select(volunteer.c.id)
            .join(volunteer_field, volunteer_field.c.volunteer_id == volunteer.c.id)
            .outerjoin(closing, STANDS)
            .where(column == value, volunteer.c.name == name, closing.c.id.is_(None))
        )
        for id in connection.scalars(wanted):
            found.setdefault(id, set()).add(reason)
    return found


# -- possible duplicates -----------------------------------------------------------------------------------------------


def possible_duplicates(
    connection: Connection, *, within: Sequence[str], after: UUID | None, limit: int
) -> Page[dict[str, Any]]:
    """Undecided pairs in which both accounts stand and the newer one is of these organisations, the oldest first."""
    made, theirs, other = possible_duplicate.c, volunteer.alias(), closing.alias()
    paths = [(organisation.c.path >= one) & (organisation.c.path < one[:-1] + "0") for one in within]
    closed_too = (other.c.volunteer_id == made.other_id) & ~exists().where(_undoing.c.reverses == other.c.seq)
    statement = (
        select(*made, organisation.c.path.label("organisation_path"))
        .join(volunteer, volunteer.c.id == made.volunteer_id)
        .join(theirs, theirs.c.id == made.other_id)
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
        .outerjoin(closing, STANDS)
        .outerjoin(other, closed_too)
        .where(made.distinct_at.is_(None), closing.c.id.is_(None), other.c.id.is_(None))
        .where(or_(*paths) if paths else made.id.is_(None))
        .where(volunteer.c.erased_at.is_(None), theirs.c.erased_at.is_(None))
    )
    if after is not None:
        statement = statement.where(made.id > after)
    rows = [dict(row) for row in connection.execute(statement.order_by(made.id).limit(limit + 1)).mappings()]
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows[:limit], (last["id"],) if last else None)
