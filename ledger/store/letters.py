"""What one year was to each of many people, up to a seq: as many statements for two hundred as for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, func, select, union_all

from ledger.core.accounts import POINTS
from ledger.store.liability import OUTSTANDING
from ledger.store.persons import STANDING
from ledger.store.point_figures import Span, placed, stands
from ledger.store.rows import Page, below, beyond
from ledger.store.schema.books import account, transaction, transfer
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.privacy import closing
from ledger.store.schema.service import service_record


class Served(NamedTuple):
    """Service that stands, by span and how it was recorded."""

    volunteer_id: UUID
    span: int
    capture_method: str
    records: int
    minutes: int


class Flow(NamedTuple):
    """What somebody's points did, signed, by the other side's purpose."""

    volunteer_id: UUID
    span: int
    purpose: str
    points: int


class Active(NamedTuple):
    """Somebody who served in a year."""

    id: UUID
    volunteer_no: str
    records: int
    minutes: int


def merged(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Everybody who turned out to be one of these people, and they themselves, by whom it leads to."""
    leads, found = {id: id for id in ids}, list(ids)
    while found:
        made = closing.c
        asked = select(made.volunteer_id, made.heir_id).where(
            made.reason == "merged", made.heir_id.in_(found), STANDING
        )
        more = {id: leads[heir] for id, heir in connection.execute(asked) if id not in leads}
        leads |= more
        found = list(more)
    return leads


def served(connection: Connection, seq: int, spans: Sequence[Span], ids: Sequence[UUID]) -> list[Served]:
    made = service_record.c
    found = (
        select(made.volunteer_id, placed(made.served_on, spans), made.capture_method, made.minutes)
        .where(made.volunteer_id.in_(ids), made.served_on.between(spans[0].first_day, spans[-1].last_day))
        .where(stands(made, seq))
    )
    each = found.subquery().c
    keys = (each.volunteer_id, each.span, each.capture_method)
    rows = connection.execute(select(*keys, func.count(), func.sum(each.minutes)).group_by(*keys))
    return [Served(row[0], row[1], row[2], row[3], int(row[4])) for row in rows]


def activities(connection: Connection, seq: int, spans: Sequence[Span], ids: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
    """(volunteer, activity) of everything that somebody served in, once."""
    made = service_record.c
    found = (
        select(made.volunteer_id, made.activity_id)
        .distinct()
        .where(made.volunteer_id.in_(ids), made.served_on.between(spans[0].first_day, spans[-1].last_day))
        .where(stands(made, seq))
    )
    return [(row[0], row[1]) for row in connection.execute(found)]


def flows(connection: Connection, seq: int, spans: Sequence[Span], ids: Sequence[UUID]) -> list[Flow]:
    """By span of the business day; what came before the first is in it, too."""
    made, other = transfer.c, account.alias()
    legs = union_all(
        *(
            select(
                account.c.owner_id, placed(transaction.c.effective_on, spans), other.c.purpose, amount.label("points")
            )
            .select_from(transfer)
            .join(account, account.c.id == mine)
            .join(other, other.c.id == theirs)
            .join(transaction, transaction.c.seq == made.seq)
            .where(account.c.owner_id.in_(ids), account.c.unit_id == POINTS, account.c.purpose.in_(OUTSTANDING))
            .where(made.seq <= seq, transaction.c.effective_on <= spans[-1].last_day)
            for mine, theirs, amount in (
                (made.credit_account_id, made.debit_account_id, made.amount),
                (made.debit_account_id, made.credit_account_id, -made.amount),
            )
        )
    )
    each = legs.subquery().c
    keys = (each.owner_id, each.span, each.purpose)
    rows = connection.execute(select(*keys, func.sum(each.points)).group_by(*keys))
    return [Flow(row[0], row[1], row[2], int(row[3])) for row in rows]


def active(
    connection: Connection,
    seq: int,
    span: Span,
    *,
    within: Sequence[str],
    after: Sequence[Any] | None,
    limit: int,
) -> Page[Active]:
    """Who belongs to these organisations or below and served in these days, by id."""
    made = service_record.c
    found = (
        select(volunteer.c.id, volunteer.c.volunteer_no, func.count(), func.sum(made.minutes))
        .join(service_record, made.volunteer_id == volunteer.c.id)
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
        .where(volunteer.c.erased_at.is_(None), below(within), stands(made, seq))
        .where(made.served_on.between(span.first_day, span.last_day))
        .group_by(volunteer.c.id, volunteer.c.volunteer_no)
        .order_by(volunteer.c.id)
        .limit(limit + 1)
    )
    if after is not None:
        found = found.where(beyond((volunteer.c.id,), after, newest_first=False))
    rows = [Active(row[0], row[1], row[2], int(row[3])) for row in connection.execute(found)]
    return Page(rows[:limit], (rows[limit - 1].id,) if len(rows) > limit else None)
