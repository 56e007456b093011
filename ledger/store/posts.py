"""The SQL of posts and of who holds them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, or_, select

from ledger.store.agreements import agrees
from ledger.store.rows import below
from ledger.store.schema.community import post, term
from ledger.store.schema.people import organisation, volunteer


def terms(connection: Connection, post_id: UUID) -> list[dict[str, Any]]:
    """Everybody who holds or held this post, the earliest first."""
    statement = _held().where(term.c.post_id == post_id).order_by(term.c.from_on, term.c.id)
    return [dict(row) for row in connection.execute(statement).mappings()]


def holders(connection: Connection, organisation_path: str, on: date, *, purpose: str) -> list[dict[str, Any]]:
    """Posts at or below this organisation with whoever holds them on this day; a vacant one has no volunteer.

    `agrees` is 1 where the holder agrees to `purpose`.
    """
    holding = (
        select(term.c.post_id, term.c.id.label("term_id"), term.c.contact, term.c.from_on, volunteer.c.name)
        .add_columns(term.c.volunteer_id)
        .add_columns(agrees(volunteer.c.id, purpose).label("agrees"))
        .join(volunteer, volunteer.c.id == term.c.volunteer_id)
        .where(term.c.from_on <= on, or_(term.c.until_on.is_(None), term.c.until_on >= on))
        .subquery()
    )
    statement = (
        select(post, organisation.c.name.label("organisation_name"), holding)
        .join(organisation, organisation.c.id == post.c.organisation_id)
        .outerjoin(holding, holding.c.post_id == post.c.id)
        .where(below([organisation_path]))
        .order_by(organisation.c.path, post.c.id, holding.c.from_on, holding.c.term_id)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def held(connection: Connection, volunteers: Iterable[UUID], since: date) -> list[dict[str, Any]]:
    """Terms of these volunteers that have not ended before `since`, with the kind of post: one look-up."""
    asked = list(volunteers)
    if not asked:
        return []
    statement = (
        select(term.c.volunteer_id, term.c.from_on, term.c.until_on, post.c.kind)
        .join(post, post.c.id == term.c.post_id)
        .where(term.c.volunteer_id.in_(asked), or_(term.c.until_on.is_(None), term.c.until_on >= since))
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def _held() -> Select[Any]:
    return (
        select(term, volunteer.c.volunteer_no, volunteer.c.name, organisation.c.path.label("organisation_path"))
        .join(volunteer, volunteer.c.id == term.c.volunteer_id)
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
    )
