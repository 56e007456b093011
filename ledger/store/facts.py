"""The SQL of facts that rulebooks ask about: of many volunteers and organisations at once, one statement a fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select

from ledger.store.persons import STANDING
from ledger.store.schema.books import transaction
from ledger.store.schema.community import collective, membership, party_tie, post, term
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.privacy import closing, volunteer_field
from ledger.store.schema.service import activity, activity_session, flag, flag_lift
from ledger.store.schema.stars import star_decision

Row = Mapping[str, Any]


def merged_into(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Who was merged into these volunteers, however many times over, and whom they lead to: one statement a time."""
    led: dict[UUID, UUID] = {id: id for id in ids}
    last = list(led)
    while last:
        found = _rows(
            connection,
            select(closing.c.volunteer_id, closing.c.heir_id)
            .where(closing.c.heir_id.in_(last), closing.c.reason == "merged", STANDING)
            .order_by(closing.c.seq),
        )
        last = [row["volunteer_id"] for row in found if row["volunteer_id"] not in led]
        led |= {row["volunteer_id"]: led[row["heir_id"]] for row in found if row["volunteer_id"] not in led}
    return led


def people(connection: Connection, ids: Iterable[UUID]) -> list[Row]:
    """Number, registration and home of these volunteers."""
    statement = (
        select(
            volunteer.c.id.label("volunteer_id"),
            *(volunteer.c.volunteer_no, volunteer.c.registered_at, organisation.c.path),
        )
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
        .where(volunteer.c.id.in_(list(ids)))
    )
    return _rows(connection, statement)


def posts(connection: Connection, ids: Iterable[UUID]) -> list[Row]:
    """Every post these volunteers hold or held: its kind, from which day until which."""
    statement = (
        select(term.c.volunteer_id, term.c.from_on, term.c.until_on, post.c.kind)
        .join(post, post.c.id == term.c.post_id)
        .where(term.c.volunteer_id.in_(list(ids)))
    )
    return _rows(connection, statement)


def groups(connection: Connection, ids: Iterable[UUID]) -> list[Row]:
    """Every membership of theirs in a group."""
    statement = (
        select(membership.c.volunteer_id, membership.c.from_on, membership.c.until_on)
        .join(collective, collective.c.id == membership.c.collective_id)
        .where(membership.c.volunteer_id.in_(list(ids)), collective.c.owner_kind == "group")
    )
    return _rows(connection, statement)


def ties(connection: Connection, ids: Iterable[UUID]) -> list[Row]:
    """What they reported or took on as party members, as far as somebody confirmed it."""
    tie = party_tie.c
    statement = select(tie.volunteer_id, tie.kind, tie.from_on, tie.until_on).where(
        tie.volunteer_id.in_(list(ids)), tie.confirmed_at.is_not(None)
    )
    return _rows(connection, statement)


def particulars(connection: Connection, ids: Iterable[UUID], fields: Sequence[str]) -> list[Row]:
    """These fields of theirs, as they are sealed."""
    field = volunteer_field.c
    statement = select(field.volunteer_id, field.field, field.sealed).where(
        field.volunteer_id.in_(list(ids)), field.field.in_(fields)
    )
    return _rows(connection, statement)


def flags(connection: Connection, ids: Iterable[UUID]) -> list[Row]:
    """What was raised against them, neither lifted nor undone with its deed."""
    undone = select(transaction.c.seq).where(transaction.c.reverses == flag.c.seq).exists()
    statement = (
        select(
            flag.c.volunteer_id,
            flag.c.flag.label("kind"),
            flag.c.first_day.label("from_on"),
            flag.c.last_day.label("until_on"),
        )
        .outerjoin(flag_lift, flag_lift.c.flag_id == flag.c.id)
        .where(flag.c.volunteer_id.in_(list(ids)), flag_lift.c.flag_id.is_(None), ~undone)
    )
    return _rows(connection, statement)


def stars(connection: Connection, ids: Iterable[UUID]) -> list[Row]:
    """The stars that were granted to them, and on which day; the latest first."""
    made = star_decision.c
    statement = (
        select(made.volunteer_id, made.star_level, transaction.c.effective_on.label("granted_on"))
        .join(transaction, transaction.c.seq == made.seq)
        .where(made.volunteer_id.in_(list(ids)), made.decision == "approve")
        .order_by(made.seq.desc())
    )
    return _rows(connection, statement)


def activities(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, Row]:
    """Tags of these activities, and when they were put on file and published."""
    statement = select(activity.c.id, activity.c.tags, activity.c.filed_at, activity.c.published_at)
    return {row["id"]: row for row in _rows(connection, statement.where(activity.c.id.in_(list(ids))))}


def sessions(connection: Connection, ids: Iterable[UUID]) -> list[Row]:
    """When the sessions of these activities begin, the earliest first."""
    statement = select(activity_session.c.activity_id, activity_session.c.starts_at).order_by(
        activity_session.c.starts_at
    )
    return _rows(connection, statement.where(activity_session.c.activity_id.in_(list(ids))))


def paths(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Where these organisations stand in the tree."""
    statement = select(organisation.c.id, organisation.c.path).where(organisation.c.id.in_(list(ids)))
    return {row["id"]: row["path"] for row in _rows(connection, statement)}


def units(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, Row]:
    """Name and level of these organisations."""
    statement = select(organisation.c.id, organisation.c.name, organisation.c.level)
    return {row["id"]: row for row in _rows(connection, statement.where(organisation.c.id.in_(list(ids))))}


def _rows(connection: Connection, statement: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(statement).mappings()]
