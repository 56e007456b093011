"""Proposals as they are read: revisions and steps of several at once, and who was present, as far as it is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, func, select

from ledger.store.rows import Page
from ledger.store.schema.books import private
from ledger.store.schema.governance import proposal_attachment, proposal_revision, proposal_step
from ledger.store.schema.people import organisation

ATTACHMENT = [column for column in proposal_attachment.c if column.name != "content"]


def page(
    connection: Connection, *, after: Sequence[Any] | None, limit: int, kind: str | None, organisation_id: UUID | None
) -> Page[UUID]:
    """Ids of proposals, the newest first; the key is the seq of their first step."""
    first = proposal_revision
    statement = select(first.c.proposal_id, first.c.seq).where(first.c.revision == 1)
    if kind is not None:
        statement = statement.where(first.c.kind == kind)
    if organisation_id is not None:
        statement = statement.where(first.c.organisation_id == organisation_id)
    if after is not None:
        statement = statement.where(first.c.seq < after[0])
    found = connection.execute(statement.order_by(first.c.seq.desc()).limit(limit + 1)).all()
    last = found[limit - 1] if len(found) > limit else None
    return Page([row.proposal_id for row in found[:limit]], (last.seq,) if last is not None else None)


def revisions(connection: Connection, proposals: Sequence[UUID]) -> list[dict[str, Any]]:
    """All revisions of these, with the path and name of their organisation, the oldest first."""
    statement = (
        select(proposal_revision, organisation.c.path.label("organisation_path"), organisation.c.name)
        .join(organisation, organisation.c.id == proposal_revision.c.organisation_id)
        .where(proposal_revision.c.proposal_id.in_(proposals))
        .order_by(proposal_revision.c.seq)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def steps(connection: Connection, proposals: Sequence[UUID]) -> list[dict[str, Any]]:
    """All steps of these, the oldest first; `persons` is None where the names were erased."""
    statement = (
        select(proposal_step, private.c.opening)
        .outerjoin(private, private.c.seq == proposal_step.c.seq)
        .where(proposal_step.c.proposal_id.in_(proposals))
        .order_by(proposal_step.c.seq)
    )
    found = []
    for row in connection.execute(statement).mappings():
        opening = row["opening"]
        persons = None if opening is None else json.loads(opening)["why"].get("persons", [])
        found.append({**row, "persons": persons})
    return found


def attachments(connection: Connection, proposal: UUID) -> list[dict[str, Any]]:
    """What is attached to a proposal, without the bytes."""
    statement = (
        select(*ATTACHMENT).where(proposal_attachment.c.proposal_id == proposal).order_by(proposal_attachment.c.id)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def attached(connection: Connection, proposal: UUID) -> tuple[int, int]:
    """How many files there are, and how many bytes in all."""
    counted = select(func.count(), func.coalesce(func.sum(proposal_attachment.c.size), 0)).where(
        proposal_attachment.c.proposal_id == proposal
    )
    count, size = connection.execute(counted).one()
    return int(count), int(size)


def attachment(connection: Connection, proposal: UUID, digest: bytes) -> dict[str, Any] | None:
    """One file with its bytes; they are None where they were erased."""
    found = connection.execute(
        select(proposal_attachment).where(
            and_(proposal_attachment.c.proposal_id == proposal, proposal_attachment.c.digest == digest)
        )
    ).mappings()
    row = found.first()
    return None if row is None else dict(row)
