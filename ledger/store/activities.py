"""The SQL of activities and their sessions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, exists, or_, select

from ledger.store.rows import Page, below, paged
from ledger.store.schema.people import organisation
from ledger.store.schema.reviews import service_claim
from ledger.store.schema.service import activity, activity_session, deed, service_record

_OVER = or_(activity.c.closed_at.is_not(None), activity.c.cancelled_at.is_not(None))
_IN_STATE: Mapping[str | None, Sequence[Any]] = {
    None: (),
    "draft": (~_OVER, activity.c.filed_at.is_(None), activity.c.published_at.is_(None)),
    "filed": (~_OVER, activity.c.filed_at.is_not(None), activity.c.published_at.is_(None)),
    "published": (~_OVER, activity.c.published_at.is_not(None)),
    "closed": (activity.c.closed_at.is_not(None), activity.c.cancelled_at.is_(None)),
    "cancelled": (activity.c.cancelled_at.is_not(None),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which activities of a list; None is all. The days are both included."""

    q: str | None = None
    """Somewhere in the title."""
    activity_type: str | None = None
    tag: str | None = None
    since: date | None = None
    until: date | None = None
    state: str | None = None
    not_over_at: int | None = None
    """With a session that is not over at this instant."""
    organisation_path: str | None = None
    """At or below this organisation."""


def page(
    connection: Connection,
    *,
    within: Sequence[str] | None,
    asked: Asked,
    after: Sequence[Any] | None,
    limit: int,
    newest_first: bool = True,
) -> Page[dict[str, Any]]:
    """Activities of these organisations (None: of all) as asked, by day."""
    statement = (
        select(activity, organisation.c.path.label("organisation_path"), organisation.c.name.label("organisation_name"))
        .join(organisation, organisation.c.id == activity.c.organisation_id)
        .where(*_IN_STATE[asked.state], *_conditions(asked))
    )
    if within is not None:
        statement = statement.where(below(within))
    order = [activity.c.held_on, activity.c.id]
    return paged(connection, statement, order, after, limit, newest_first=newest_first)


def sessions_of(connection: Connection, activities: Sequence[UUID]) -> list[dict[str, Any]]:
    """The sessions of these activities, the earliest first."""
    if not activities:
        return []
    statement = (
        select(activity_session, activity.c.organisation_id, organisation.c.path.label("organisation_path"))
        .join(activity, activity.c.id == activity_session.c.activity_id)
        .join(organisation, organisation.c.id == activity.c.organisation_id)
        .where(activity_session.c.activity_id.in_(activities))
        .order_by(activity_session.c.starts_at, activity_session.c.id)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def session(connection: Connection, id: UUID) -> dict[str, Any] | None:
    statement = (
        select(activity_session, activity.c.organisation_id, organisation.c.path.label("organisation_path"))
        .join(activity, activity.c.id == activity_session.c.activity_id)
        .join(organisation, organisation.c.id == activity.c.organisation_id)
        .where(activity_session.c.id == id)
    )
    row = connection.execute(statement).mappings().first()
    return dict(row) if row is not None else None


def is_recorded_in(connection: Connection, activity_id: UUID) -> bool:
    """Whether a record, a claim or another deed names this activity."""
    found = [exists().where(made.c.activity_id == activity_id) for made in (service_record, service_claim, deed)]
    return bool(connection.scalar(select(or_(*found))))


def _conditions(asked: Asked) -> list[Any]:
    conditions: list[Any] = []
    if asked.q is not None:
        conditions.append(activity.c.title.contains(asked.q, autoescape=True))
    if asked.activity_type is not None:
        conditions.append(activity.c.activity_type == asked.activity_type)
    if asked.tag is not None:
        conditions.append(activity.c.tags.contains(json.dumps(asked.tag, ensure_ascii=False), autoescape=True))
    if asked.since is not None:
        conditions.append(activity.c.held_on >= asked.since)
    if asked.until is not None:
        conditions.append(activity.c.held_on <= asked.until)
    if asked.not_over_at is not None:
        its, ends_at = activity_session.c.activity_id == activity.c.id, activity_session.c.ends_at
        conditions.append(exists().where(its, ends_at > asked.not_over_at))
    if asked.organisation_path is not None:
        conditions.append(below([asked.organisation_path]))
    return conditions
