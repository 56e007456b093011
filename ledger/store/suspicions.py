"""What suspicions rest on: a statement for each kind of them, however many records are looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select, union_all

from ledger.store import claims
from ledger.store.schema.attendance import attendance
from ledger.store.schema.books import transaction
from ledger.store.schema.people import staff, volunteer
from ledger.store.schema.reviews import service_claim, service_review
from ledger.store.schema.service import activity, activity_session, service_record

SUSPECT = ("backfilled", "declared")
_undoing = transaction.alias()
_STANDS = ~select(_undoing.c.seq).where(_undoing.c.reverses == service_record.c.seq).exists()
_STANDING = ((service_claim, claims.IS_OPEN), (service_record, (_STANDS,)))
"""Claims that wait and records that were not undone."""


def minutes(connection: Connection, people: Sequence[UUID], first: date, last: date) -> dict[tuple[UUID, date], int]:
    """What stands of each person on each day, waiting or posted."""
    arms = [
        select(made.c.volunteer_id, made.c.served_on, made.c.minutes).where(
            made.c.volunteer_id.in_(people), made.c.served_on.between(first, last), *stands
        )
        for made, stands in _STANDING
    ]
    sums: Counter[tuple[UUID, date]] = Counter()
    for person, day, count in connection.execute(union_all(*arms)):
        sums[person, day] += count
    return sums


def suspect(connection: Connection, people: Sequence[UUID], first: date) -> list[tuple[UUID, date, int]]:
    """(person, day, minutes) of what nobody clocked, since a day."""
    arms = [
        select(made.c.volunteer_id, made.c.served_on, made.c.minutes).where(
            made.c.volunteer_id.in_(people),
            made.c.served_on >= first,
            made.c.capture_method.in_(SUSPECT),
            *stands,
        )
        for made, stands in _STANDING
    ]
    return [(row[0], row[1], row[2]) for row in connection.execute(union_all(*arms))]


def check_ins(connection: Connection, sessions: Sequence[UUID]) -> list[Mapping[str, Any]]:
    """Who was checked in to these sessions, when, by whom, at which device."""
    statement = select(attendance).where(attendance.c.session_id.in_(sessions), attendance.c.voided_at.is_(None))
    return [dict(row) for row in connection.execute(statement).mappings()]


def sessions(connection: Connection, activities: Sequence[UUID]) -> list[Mapping[str, Any]]:
    """When these activities take place, with their grace."""
    statement = (
        select(activity_session.c.activity_id, activity_session.c.starts_at, activity_session.c.ends_at)
        .add_columns(activity.c.grace_minutes)
        .join(activity, activity.c.id == activity_session.c.activity_id)
        .where(activity.c.id.in_(activities))
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def names(connection: Connection, people: Sequence[UUID], recorders: Sequence[UUID]) -> dict[UUID, str]:
    """What these volunteers and persons of the staff are called."""
    arms = [
        select(made.c.id, made.c.name).where(made.c.id.in_(ids))
        for made, ids in ((volunteer, people), (staff, recorders))
    ]
    return {row[0]: row[1] for row in connection.execute(union_all(*arms))}


def in_charge(connection: Connection, activities: Sequence[UUID]) -> dict[UUID, tuple[str, date]]:
    """Who is in charge of each activity, and its day."""
    statement = select(activity.c.id, activity.c.person_in_charge, activity.c.held_on)
    return {row[0]: (row[1], row[2]) for row in connection.execute(statement.where(activity.c.id.in_(activities)))}


def approvals(connection: Connection, column: str, ids: Sequence[UUID], since: int) -> dict[UUID, int]:
    """How often the same reviewer approved what is of each of these (volunteer_id or recorded_by), at the most."""
    about = service_claim.c[column]
    statement = (
        select(about, service_review.c.reviewed_by, func.count())
        .select_from(
            service_review.join(service_claim, service_claim.c.id == service_review.c.claim_id).join(
                transaction, transaction.c.seq == service_review.c.seq
            )
        )
        .where(about.in_(ids), service_review.c.decision == "approve", transaction.c.recorded_at >= since)
        .group_by(about, service_review.c.reviewed_by)
    )
    most: dict[UUID, int] = {}
    for id, _, count in connection.execute(statement):
        most[id] = max(most.get(id, 0), count)
    return most


def backfills(connection: Connection, recorders: Sequence[UUID], since: int) -> dict[UUID, int]:
    """How much each of these recorded lately that nobody clocked."""
    statement = (
        select(service_claim.c.recorded_by, func.count())
        .join(transaction, transaction.c.seq == service_claim.c.seq)
        .where(service_claim.c.recorded_by.in_(recorders), service_claim.c.capture_method.in_(SUSPECT))
        .where(transaction.c.recorded_at >= since)
        .group_by(service_claim.c.recorded_by)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}
