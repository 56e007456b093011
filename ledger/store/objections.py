"""Objections to lines of notices: what was said, by nobody we know, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, exists, func, select

from ledger.store.rows import Page, below, paged
from ledger.store.schema.books import private, transaction
from ledger.store.schema.notices import notice, notice_line, objection, objection_contact, objection_resolution
from ledger.store.schema.people import organisation
from ledger.store.schema.service import deed, service_record

_undoing = transaction.alias()
_POSTED_SEQ = func.coalesce(service_record.c.seq, deed.c.seq)
"""When what was objected to was posted, a record of service or another deed; null where it was not."""
_IS_REVERSED = exists().where(_undoing.c.reverses == _POSTED_SEQ).correlate(service_record, deed)
_resolving = private.alias()
_OBJECTIONS = select(
    objection,
    notice_line.c.line,
    notice_line.c.notice_id,
    notice.c.organisation_id,
    notice.c.stage,
    organisation.c.path.label("organisation_path"),
    transaction.c.effective_on.label("made_on"),
    objection_resolution.c.outcome,
    objection_resolution.c.seq.label("resolved_seq"),
    private.c.opening.label("said"),
    _resolving.c.opening.label("answered"),
    objection_contact.c.sealed,
    _POSTED_SEQ.label("posted_seq"),
    _IS_REVERSED.label("is_reversed"),
).select_from(
    objection.join(notice_line, notice_line.c.id == objection.c.line_id)
    .join(notice, notice.c.id == notice_line.c.notice_id)
    .join(organisation, organisation.c.id == notice.c.organisation_id)
    .join(transaction, transaction.c.seq == objection.c.seq)
    .join(private, private.c.seq == objection.c.seq)
    .outerjoin(objection_resolution, objection_resolution.c.objection_id == objection.c.id)
    .outerjoin(_resolving, _resolving.c.seq == objection_resolution.c.seq)
    .outerjoin(objection_contact, objection_contact.c.objection_id == objection.c.id)
    .outerjoin(service_record, service_record.c.id == objection.c.record_id)
    .outerjoin(deed, deed.c.id == objection.c.record_id)
)


def find(connection: Connection, **by: Any) -> dict[str, Any] | None:
    """The objection with this id or receipt_no; `said` and `answered` are None where they were erased."""
    statement = _OBJECTIONS.where(*(objection.c[name] == value for name, value in by.items()))
    row = connection.execute(statement).mappings().first()
    return _told(dict(row)) if row is not None else None


def page(
    connection: Connection, *, within: Sequence[str], is_open: bool | None, after: Sequence[Any] | None, limit: int
) -> Page[dict[str, Any]]:
    """Objections to notices of these organisations and those below, the oldest first: they have waited longest."""
    statement = _OBJECTIONS.where(below(within))
    if is_open is not None:
        statement = statement.where(
            objection_resolution.c.seq.is_(None) if is_open else objection_resolution.c.seq.is_not(None)
        )
    return paged(connection, statement, [objection.c.seq], after, limit, newest_first=False).each(_told)


def to_be_reversed(connection: Connection, *, limit: int) -> list[UUID]:
    """Objections that were upheld although the record was posted, and stands still."""
    statement = (
        select(objection.c.id)
        .join(objection_resolution, objection_resolution.c.objection_id == objection.c.id)
        .outerjoin(service_record, service_record.c.id == objection.c.record_id)
        .outerjoin(deed, deed.c.id == objection.c.record_id)
        .where(objection_resolution.c.outcome == "upheld", _POSTED_SEQ.is_not(None), ~_IS_REVERSED)
        .order_by(objection_resolution.c.seq)
        .limit(limit)
    )
    return list(connection.scalars(statement))


def forget_contacts(connection: Connection, objection_id: UUID | None = None) -> int:
    """Contacts of objections that were answered go: nobody needs them any more. How many."""
    answered = select(objection_resolution.c.objection_id)
    statement = delete(objection_contact).where(objection_contact.c.objection_id.in_(answered))
    if objection_id is not None:
        statement = statement.where(objection_contact.c.objection_id == objection_id)
    return connection.execute(statement).rowcount


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "said": _why(row["said"]), "answered": _why(row["answered"])}


def _why(opening: str | None) -> str | None:
    return None if opening is None else str(json.loads(opening)["why"].get("reason", ""))
