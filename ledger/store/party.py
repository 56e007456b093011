"""The SQL of party members' ties: reports to home and unit, commitments, coverage, and the yearly return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, and_, case, func, or_, select

from ledger.store.agreements import agrees
from ledger.store.rows import below
from ledger.store.schema import books
from ledger.store.schema.community import party_tie
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.service import service_record

_tie = party_tie.c
_home = organisation.alias()


class Coverage(NamedTuple):
    """How many party members: reported here, with both reports confirmed, and with each commitment."""

    members: int
    home: int
    unit: int
    both: int
    team: int
    stairwell: int
    area: int
    all_three: int


def find(connection: Connection, id: UUID) -> dict[str, Any] | None:
    row = connection.execute(_told().where(_tie.id == id)).mappings().first()
    return dict(row) if row is not None else None


def of_volunteer(connection: Connection, volunteer_id: UUID) -> list[dict[str, Any]]:
    """Every tie of this volunteer, the oldest first."""
    statement = _told().where(_tie.volunteer_id == volunteer_id).order_by(_tie.from_on, _tie.id)
    return [dict(row) for row in connection.execute(statement).mappings()]


def page(
    connection: Connection,
    *,
    within: Sequence[str],
    kinds: Sequence[str],
    status: str | None,
    after: UUID | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Ties of these kinds to these organisations and those below them, the oldest first."""
    statement = _told().where(below(within), _tie.kind.in_(kinds)).order_by(_tie.id).limit(limit)
    if status is not None:
        statement = statement.where(_tie.status == status)
    if after is not None:
        statement = statement.where(_tie.id > after)
    return [dict(row) for row in connection.execute(statement).mappings()]


def is_agreed(connection: Connection, volunteer_id: UUID, purpose: str) -> bool:
    return bool(connection.scalar(select(agrees(volunteer_id, purpose))))


def coverage(connection: Connection, path: str) -> Coverage:
    """Of everybody who reports to an organisation at or below this one: who has what, wherever it is."""
    members = (
        select(_tie.volunteer_id)
        .distinct()
        .join(organisation, organisation.c.id == _tie.organisation_id)
        .where(below([path]), _tie.kind.in_(("home", "unit")), _tie.status != "ended")
        .subquery()
    )

    def has(kind: str) -> Any:
        return func.max(case((and_(_tie.kind == kind, _tie.status == "confirmed"), 1), else_=0)).label(kind)

    kinds = [has(kind) for kind in ("home", "unit", "team", "stairwell", "area")]
    each = (
        select(members.c.volunteer_id, *kinds)
        .join(party_tie, _tie.volunteer_id == members.c.volunteer_id)
        .group_by(members.c.volunteer_id)
        .subquery()
    ).c
    counted = [each.home, each.unit, each.home * each.unit, each.team, each.stairwell, each.area]
    counted.append(each.team * each.stairwell * each.area)
    sums = [func.coalesce(func.sum(one), 0) for one in counted]
    row = connection.execute(select(func.count(each.volunteer_id), *sums)).one()
    return Coverage(*(int(value) for value in row))


def returned(connection: Connection, path: str, first: date, last: date) -> list[dict[str, Any]]:
    """Everybody who reported to a unit at or below this one in these days, by pinyin; each once."""
    asked = (
        select(_tie.volunteer_id)
        .distinct()
        .join(organisation, organisation.c.id == _tie.organisation_id)
        .where(below([path]), _tie.kind == "unit", _tie.from_on <= last)
        .where(or_(_tie.until_on.is_(None), _tie.until_on >= first))
        .subquery()
    )
    statement = (
        select(volunteer.c.id, volunteer.c.volunteer_no, volunteer.c.name)
        .join(asked, asked.c.volunteer_id == volunteer.c.id)
        .order_by(volunteer.c.name_pinyin, volunteer.c.id)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def ties_in(connection: Connection, path: str, first: date, last: date) -> list[dict[str, Any]]:
    """All ties, in these days, of everybody who reported to a unit at or below this one in them."""
    here = party_tie.alias()
    members = (
        select(here.c.volunteer_id)
        .join(organisation, organisation.c.id == here.c.organisation_id)
        .where(below([path]), here.c.kind == "unit", here.c.from_on <= last)
        .where(or_(here.c.until_on.is_(None), here.c.until_on >= first))
    )
    statement = (
        select(_tie.volunteer_id, _tie.kind, _tie.status, _tie.area, _tie.from_on, _tie.until_on, _home.c.name)
        .join(_home, _home.c.id == _tie.organisation_id)
        .where(_tie.volunteer_id.in_(members), _tie.from_on <= last)
        .where(or_(_tie.until_on.is_(None), _tie.until_on >= first))
        .order_by(_tie.volunteer_id, _tie.from_on, _tie.id)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def served(connection: Connection, path: str, first: date, last: date) -> tuple[int, dict[UUID, tuple[int, int]]]:
    """The seq it stands at, and (minutes, points) of service in these days that was not reversed, by volunteer."""
    seq = int(connection.scalar(select(books.head.c.seq)) or 0)
    undoing = books.transaction.alias()
    members = (
        select(_tie.volunteer_id)
        .join(organisation, organisation.c.id == _tie.organisation_id)
        .where(below([path]), _tie.kind == "unit", _tie.from_on <= last)
        .where(or_(_tie.until_on.is_(None), _tie.until_on >= first))
    )
    record = service_record.c
    statement = (
        select(record.volunteer_id, func.sum(record.minutes), func.sum(record.points))
        .select_from(service_record.outerjoin(undoing, and_(undoing.c.reverses == record.seq, undoing.c.seq <= seq)))
        .where(record.volunteer_id.in_(members), record.served_on.between(first, last), record.seq <= seq)
        .where(undoing.c.seq.is_(None))
        .group_by(record.volunteer_id)
    )
    return seq, {row[0]: (int(row[1]), int(row[2])) for row in connection.execute(statement)}


def _told() -> Select[Any]:
    return (
        select(
            party_tie,
            organisation.c.path.label("organisation_path"),
            organisation.c.name.label("organisation_name"),
            volunteer.c.volunteer_no,
            volunteer.c.name.label("volunteer_name"),
            _home.c.path.label("volunteer_path"),
        )
        .join(organisation, organisation.c.id == _tie.organisation_id)
        .join(volunteer, volunteer.c.id == _tie.volunteer_id)
        .join(_home, _home.c.id == volunteer.c.organisation_id)
    )
