"""What a report counts of service and people, from the rows up to a seq: one statement each, however long the time and
however many the organisations. What is not of the ledger (who registered, who reported where, who stands on a list) is
counted as the catalogue has it now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, case, func, literal, or_, select, union, union_all

from ledger.store.asking import ask
from ledger.store.point_figures import BEFORE, Counted, Span, placed, stands
from ledger.store.rows import below
from ledger.store.schema.books import transaction
from ledger.store.schema.certificates import certificate, certificate_end
from ledger.store.schema.community import party_tie
from ledger.store.schema.listing import listing
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.privacy import closing
from ledger.store.schema.service import activity, deed, flag, service_record
from ledger.store.schema.stars import star_decision

_record = service_record.c


class Place(NamedTuple):
    """An organisation, as a report names it."""

    id: UUID
    level: str
    name: str
    path: str


class Hours(NamedTuple):
    """Service that stands, by organising unit, span and how it was recorded."""

    organisation_id: UUID
    span: int
    capture_method: str
    records: int
    minutes: int


class Served(NamedTuple):
    """Somebody served with an organising unit in a span."""

    organisation_id: UUID
    span: int
    volunteer_id: UUID


class OfKind(NamedTuple):
    """So many of one kind."""

    organisation_id: UUID
    span: int
    kind: str
    number: int


class Granted(NamedTuple):
    """Somebody was granted so many stars; `left` is the span in which their account ended, None while it stands."""

    organisation_id: UUID
    span: int
    volunteer_id: UUID
    star_level: int
    left: int | None


class Recorded(NamedTuple):
    """Records of one day of service: so many, and so many of them posted before the deadline."""

    organisation_id: UUID
    served_on: date
    in_time: int
    records: int


class Tie(NamedTuple):
    """A report or commitment of a party member; `path` is where it leads."""

    volunteer_id: UUID
    kind: str
    path: str
    from_on: date
    until_on: date | None
    confirmed_at: int | None


class Listed(NamedTuple):
    """Somebody on a list, both days included."""

    organisation_id: UUID
    volunteer_id: UUID
    tag: str
    from_on: date
    until_on: date | None


def places(connection: Connection, within: Sequence[str]) -> list[Place]:
    """These organisations and all below them, from above down."""
    made = organisation.c
    wanted = select(made.id, made.level, made.name, made.path).where(below(within)).order_by(made.path)
    return [Place(*row) for row in connection.execute(wanted)]


def hours(connection: Connection, seq: int, spans: Sequence[Span], *, within: Sequence[str]) -> list[Hours]:
    found = (
        select(_record.organisation_id, placed(_record.served_on, spans), _record.capture_method, _record.minutes)
        .join(organisation, organisation.c.id == _record.organisation_id)
        .where(*_in(_record.served_on, spans), stands(_record, seq), below(within))
    )
    each = found.subquery().c
    keys = (each.organisation_id, each.span, each.capture_method)
    rows = connection.execute(select(*keys, func.count(), func.sum(each.minutes)).group_by(*keys))
    return [Hours(row[0], row[1], row[2], row[3], int(row[4])) for row in rows]


def served(connection: Connection, seq: int, spans: Sequence[Span], *, within: Sequence[str]) -> list[Served]:
    """Who served, each once in a span and an organising unit."""
    found = (
        select(_record.organisation_id, placed(_record.served_on, spans), _record.volunteer_id)
        .distinct()
        .join(organisation, organisation.c.id == _record.organisation_id)
        .where(*_in(_record.served_on, spans), stands(_record, seq), below(within))
    )
    return [Served(*row) for row in connection.execute(found)]


def activities(connection: Connection, seq: int, spans: Sequence[Span], *, within: Sequence[str]) -> list[OfKind]:
    """Activities of which something stands, by type: each once in a span."""
    arms = [
        select(activity.c.organisation_id, placed(day, spans), activity.c.activity_type, activity.c.id)
        .select_from(made)
        .join(activity, activity.c.id == made.c.activity_id)
        .join(organisation, organisation.c.id == activity.c.organisation_id)
        .where(*_in(day, spans), stands(made.c, seq), below(within))
        for made, day in ((service_record, _record.served_on), (deed, deed.c.done_on))
    ]
    each = union(*arms).subquery().c
    found = select(each.organisation_id, each.span, each.activity_type)
    return sorted(OfKind(*row) for row in _counted(connection, found))


def reversed_records(connection: Connection, seq: int, spans: Sequence[Span], *, within: Sequence[str]) -> list[OfKind]:
    """Records that were undone, by the day on which they were: `corrected` where another stands for one."""
    undoing, heir = transaction.alias(), service_record.alias()
    kind = case((heir.c.id.is_(None), "undone"), else_="corrected").label("kind")
    found = (
        select(_record.organisation_id, placed(undoing.c.effective_on, spans), kind)
        .select_from(service_record)
        .join(undoing, (undoing.c.reverses == _record.seq) & (undoing.c.seq <= seq))
        .join(organisation, organisation.c.id == _record.organisation_id)
        .outerjoin(heir, (heir.c.corrects == _record.id) & (heir.c.seq <= seq))
        .where(*_in(undoing.c.effective_on, spans), below(within))
    )
    return [OfKind(*row) for row in _counted(connection, found)]


def certificates(connection: Connection, seq: int, spans: Sequence[Span], *, within: Sequence[str]) -> list[OfKind]:
    """Certificates `issued` and `revoked`, each by its own day."""
    made, ended = certificate.c, certificate_end.c
    issued = select(made.organisation_id, made.seq, literal("issued").label("kind"))
    revoked = select(made.organisation_id, ended.seq, literal("revoked")).join(
        certificate_end, ended.certificate_id == made.id
    )
    both = union_all(issued, revoked).subquery().c
    found = (
        select(both.organisation_id, placed(transaction.c.effective_on, spans), both.kind)
        .join(transaction, transaction.c.seq == both.seq)
        .join(organisation, organisation.c.id == both.organisation_id)
        .where(*_in(transaction.c.effective_on, spans), transaction.c.seq <= seq, below(within))
    )
    return [OfKind(*row) for row in _counted(connection, found)]


def registered(connection: Connection, ends: Sequence[int], *, within: Sequence[str]) -> list[Counted]:
    """How many registered in each span and BEFORE; `ends` are the instants at which BEFORE and each span end."""
    instant = volunteer.c.registered_at
    found = (
        select(volunteer.c.organisation_id, placed_at(instant, ends))
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
        .where(instant < ends[-1], below(within))
    )
    return [Counted(*row) for row in _counted(connection, found)]


def left(connection: Connection, seq: int, spans: Sequence[Span], *, within: Sequence[str]) -> list[Counted]:
    """How many accounts ended in each span and BEFORE, and were not opened again."""
    found = (
        select(volunteer.c.organisation_id, placed(transaction.c.effective_on, spans))
        .select_from(closing)
        .join(transaction, transaction.c.seq == closing.c.seq)
        .join(volunteer, volunteer.c.id == closing.c.volunteer_id)
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
        .where(transaction.c.effective_on <= spans[-1].last_day, stands(closing.c, seq), below(within))
    )
    return [Counted(*row) for row in _counted(connection, found)]


def granted(connection: Connection, seq: int, spans: Sequence[Span], *, within: Sequence[str]) -> list[Granted]:
    """Every decision about stars up to the last day, the earliest first."""
    made, ended = star_decision.c, transaction.alias()
    found = (
        select(
            volunteer.c.organisation_id,
            placed(transaction.c.effective_on, spans),
            made.volunteer_id,
            made.star_level,
            case((ended.c.seq.is_(None), None), else_=placed(ended.c.effective_on, spans)).label("left"),
        )
        .select_from(star_decision)
        .join(transaction, transaction.c.seq == made.seq)
        .join(volunteer, volunteer.c.id == made.volunteer_id)
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
        .outerjoin(closing, (closing.c.volunteer_id == volunteer.c.id) & stands(closing.c, seq))
        .outerjoin(ended, ended.c.seq == closing.c.seq)
        .where(made.decision == "approve", made.seq <= seq)
        .where(transaction.c.effective_on <= spans[-1].last_day, below(within))
        .order_by(made.seq)
    )
    return [Granted(*row) for row in connection.execute(found)]


_IN_TIME = """
    SELECT r.organisation_id, r.served_on, CAST(SUM(CASE WHEN t.recorded_at < asked.deadline THEN 1 ELSE 0 END)
        AS bigint), COUNT(*)
    FROM service_record r CROSS JOIN ASKED CROSS JOIN "transaction" t
    WHERE r.served_on = asked.day AND t.seq = r.seq AND r.seq <= asked.seq AND NOT EXISTS
        (SELECT 1 FROM "transaction" u WHERE u.reverses = r.seq AND u.seq <= asked.seq)
    GROUP BY r.organisation_id, r.served_on"""


def in_time(connection: Connection, seq: int, deadlines: Sequence[tuple[date, int]]) -> list[Recorded]:
    """Records of these days of service, and how many were posted before the instant each day has."""
    questions = [(day, deadline, seq) for day, deadline in deadlines]
    rows = ask(connection, _IN_TIME, ("day date", "deadline bigint", "seq bigint"), questions)
    return [Recorded(UUID(str(row[0])), date.fromisoformat(str(row[1])), row[2], row[3]) for row in rows]


def ties(connection: Connection, first: date, last: date, *, within: Sequence[str]) -> list[Tie]:
    """All ties, in these days, of everybody who reported to one of these organisations or below in them."""
    made, theirs = party_tie.c, party_tie.alias()
    home = organisation.alias()
    here = (
        select(theirs.c.volunteer_id)
        .join(organisation, organisation.c.id == theirs.c.organisation_id)
        .where(theirs.c.kind.in_(("home", "unit")), *_meets(theirs.c, first, last), below(within))
    )
    found = (
        select(made.volunteer_id, made.kind, home.c.path, made.from_on, made.until_on, made.confirmed_at)
        .join(home, home.c.id == made.organisation_id)
        .where(made.volunteer_id.in_(here), *_meets(made, first, last))
    )
    return [Tie(*row) for row in connection.execute(found)]


def listed(connection: Connection, first: date, last: date, *, within: Sequence[str]) -> list[Listed]:
    """Who stood on which list in these days."""
    made = listing.c
    found = (
        select(volunteer.c.organisation_id, made.volunteer_id, made.tag, made.from_on, made.until_on)
        .join(volunteer, volunteer.c.id == made.volunteer_id)
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
        .where(*_meets(made, first, last), below(within))
    )
    return [Listed(*row) for row in connection.execute(found)]


def flags(connection: Connection, seq: int, spans: Sequence[Span], *, within: Sequence[str]) -> list[OfKind]:
    """Flags raised by deeds that stand, by what they are called in the rulebook."""
    found = (
        select(volunteer.c.organisation_id, placed(transaction.c.effective_on, spans), flag.c.flag)
        .select_from(flag)
        .join(transaction, transaction.c.seq == flag.c.seq)
        .join(volunteer, volunteer.c.id == flag.c.volunteer_id)
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
        .where(*_in(transaction.c.effective_on, spans), stands(flag.c, seq), below(within))
    )
    return sorted(OfKind(*row) for row in _counted(connection, found))


def _counted(connection: Connection, found: Select[Any]) -> Iterable[Any]:
    """How many rows are alike: each once, with their number."""
    each = found.subquery().c
    return connection.execute(select(*each, func.count()).group_by(*each))


def _in(column: Any, spans: Sequence[Span]) -> tuple[Any, Any]:
    return column >= spans[0].first_day, column <= spans[-1].last_day


def _meets(made: Any, first: date, last: date) -> tuple[Any, Any]:
    return made.from_on <= last, or_(made.until_on.is_(None), made.until_on >= first)


def placed_at(instant: Any, ends: Sequence[int]) -> ColumnElement[int]:
    """In which span an instant lies; `ends` are those at which BEFORE and each span end."""
    return case(*((instant < end, at) for at, end in enumerate(ends, BEFORE))).label("span")
