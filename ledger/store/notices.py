"""Notices as they are made and read: what is due to be put on one, and what was on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, exists, func, select
from sqlalchemy.sql.elements import ColumnElement

from ledger.store.rows import Page, below, paged
from ledger.store.schema.books import transaction
from ledger.store.schema.notices import (
    notice,
    notice_asked,
    notice_line,
    notice_text,
    objection,
    objection_resolution,
)
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.privacy import consent
from ledger.store.schema.reviews import service_claim
from ledger.store.schema.service import activity, deed, service_record

_undoing = transaction.alias()


IS_ASKED = exists().where(notice_asked.c.claim_id == service_claim.c.id).correlate(service_claim)
"""Of a claim: its way to the books leads over a notice."""
IS_LISTED = (
    exists()
    .where(notice_line.c.record_id == service_claim.c.id)
    .where(notice.c.id == notice_line.c.notice_id, notice.c.stage == "before")
    .correlate(service_claim)
)
"""Of a claim: it is on the notice that comes before its posting."""
UNRESOLVED = ~exists().where(objection_resolution.c.objection_id == objection.c.id)
IS_OBJECTED_TO = exists().where(objection.c.record_id == service_claim.c.id, UNRESOLVED).correlate(service_claim)
UPHELD = (
    select(func.count())
    .where(objection_resolution.c.record_id == service_claim.c.id, objection_resolution.c.outcome == "upheld")
    .correlate(service_claim)
    .scalar_subquery()
)
"""Of a claim: how many objections to it were upheld; one is enough."""


OF_CLAIM = (
    IS_ASKED.label("is_noticed"),
    select(notice.c.id)
    .join(notice_line, notice_line.c.notice_id == notice.c.id)
    .where(notice_line.c.record_id == service_claim.c.id, notice.c.stage == "before")
    .limit(1)
    .correlate(service_claim)
    .scalar_subquery()
    .label("notice_id"),
    (
        select(func.count())
        .where(objection.c.record_id == service_claim.c.id)
        .correlate(service_claim)
        .scalar_subquery()
        + select(func.count())
        .where(objection_resolution.c.record_id == service_claim.c.id)
        .correlate(service_claim)
        .scalar_subquery()
    ).label("answers"),
)
"""What notices say of a claim: whether one is asked for, which shows it, and how much was said against it."""


def is_clear(today: date) -> ColumnElement[bool]:
    """Of a claim: as far as notices go it can be posted. None is asked for, or its last day has passed and nobody waits
    for an answer.
    """
    has_ended = (
        exists()
        .where(notice_line.c.record_id == service_claim.c.id)
        .where(notice.c.id == notice_line.c.notice_id, notice.c.stage == "before", notice.c.ends_on < today)
        .correlate(service_claim)
    )
    return ~IS_ASKED | (has_ended & ~IS_OBJECTED_TO)


_NAMED = (
    select(consent.c.given)
    .where(consent.c.volunteer_id == volunteer.c.id, consent.c.purpose == "publish_name")
    .order_by(consent.c.line.desc())
    .limit(1)
    .correlate(volunteer)
    .scalar_subquery()
)
"""Of a volunteer: their last word on being named in notices; null where they were never asked."""
OF_WHOM = (
    volunteer.c.id.label("volunteer_id"),
    volunteer.c.volunteer_no,
    volunteer.c.name,
    volunteer.c.erased_at,
    _NAMED.label("named"),
)


def posted(
    connection: Connection, within: Sequence[str], *, since: int, until: int, limit: int
) -> list[Mapping[str, Any]]:
    """Records posted from one instant on and before another, that stand and that no notice has shown since."""
    shown = (
        exists()
        .where(notice_line.c.record_id == service_record.c.id)
        .where(notice.c.id == notice_line.c.notice_id, notice.c.stage == "after", notice.c.kind == "service")
        .correlate(service_record)
    )
    statement = (
        select(
            service_record.c.id.label("record_id"),
            service_record.c.seq,
            service_record.c.served_on,
            service_record.c.minutes,
            service_record.c.points,
            activity.c.title.label("activity"),
            *OF_WHOM,
        )
        .select_from(
            service_record.join(transaction, transaction.c.seq == service_record.c.seq)
            .join(volunteer, volunteer.c.id == service_record.c.volunteer_id)
            .join(activity, activity.c.id == service_record.c.activity_id)
            .join(organisation, organisation.c.id == service_record.c.organisation_id)
        )
        .where(below(within), ~shown, ~exists().where(_undoing.c.reverses == service_record.c.seq))
        .where(transaction.c.recorded_at >= since, transaction.c.recorded_at < until)
        .order_by(service_record.c.seq)
        .limit(limit)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def uncorrected(connection: Connection, within: Sequence[str], *, limit: int) -> list[Mapping[str, Any]]:
    """Lines to which an objection was upheld and that no correction names yet, with what stood there."""
    corrected = notice_line.alias()
    statement = (
        select(
            notice_line.c.id.label("corrects_id"),
            notice_line.c.record_id,
            notice_line.c.volunteer_id,
            notice_line.c.line,
            notice.c.seq.label("notice_seq"),
            notice.c.id.label("notice_id"),
            notice_text.c.shown,
            func.min(objection_resolution.c.seq).label("resolved_seq"),
        )
        .select_from(
            objection_resolution.join(objection, objection.c.id == objection_resolution.c.objection_id)
            .join(notice_line, notice_line.c.id == objection.c.line_id)
            .join(notice, notice.c.id == notice_line.c.notice_id)
            .join(notice_text, notice_text.c.line_id == notice_line.c.id)
            .join(organisation, organisation.c.id == notice.c.organisation_id)
        )
        .where(below(within), objection_resolution.c.outcome == "upheld")
        .where(~exists().where(corrected.c.corrects_id == notice_line.c.id))
        .group_by(
            *(notice_line.c.id, notice_line.c.record_id, notice_line.c.volunteer_id, notice_line.c.line),
            *(notice.c.seq, notice.c.id, notice_text.c.shown),
        )
        .order_by(notice.c.seq, notice_line.c.line)
        .limit(limit)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def uncorrected_places(connection: Connection) -> list[tuple[UUID, str]]:
    """(id, path) of organisations whose notices have such lines, those below others first."""
    corrected = notice_line.alias()
    statement = (
        select(organisation.c.id, organisation.c.path)
        .join(notice, notice.c.organisation_id == organisation.c.id)
        .join(notice_line, notice_line.c.notice_id == notice.c.id)
        .join(objection, objection.c.line_id == notice_line.c.id)
        .join(objection_resolution, objection_resolution.c.objection_id == objection.c.id)
        .where(objection_resolution.c.outcome == "upheld")
        .where(~exists().where(corrected.c.corrects_id == notice_line.c.id))
        .distinct()
        .order_by(organisation.c.path.desc())
    )
    return [(row.id, row.path) for row in connection.execute(statement)]


_NOTICES = select(
    notice,
    organisation.c.path.label("organisation_path"),
    organisation.c.name.label("organisation_name"),
    transaction.c.effective_on.label("published_on"),
).select_from(
    notice.join(organisation, organisation.c.id == notice.c.organisation_id).join(
        transaction, transaction.c.seq == notice.c.seq
    )
)


def find(connection: Connection, id: UUID) -> dict[str, Any] | None:
    row = connection.execute(_NOTICES.where(notice.c.id == id)).mappings().first()
    return dict(row) if row is not None else None


def page(
    connection: Connection, *, after: Sequence[Any] | None, limit: int, open_on: date | None, **by: Any
) -> Page[dict[str, Any]]:
    """Notices, the newest first; with `open_on` those whose last day is that day or later."""
    statement = _NOTICES.where(*(notice.c[name] == value for name, value in by.items() if value is not None))
    if open_on is not None:
        statement = statement.where(notice.c.ends_on >= open_on)
    return paged(connection, statement, [notice.c.seq], after, limit, newest_first=True)


_OPEN = (
    select(func.count())
    .where(objection.c.line_id == notice_line.c.id, UNRESOLVED)
    .correlate(notice_line)
    .scalar_subquery()
)
_WITHDRAWN = (
    select(func.count())
    .select_from(objection.join(objection_resolution, objection_resolution.c.objection_id == objection.c.id))
    .where(objection.c.line_id == notice_line.c.id, objection_resolution.c.outcome == "upheld")
    .correlate(notice_line)
    .scalar_subquery()
)
_corrected = notice_line.alias("corrected")
_LINES = select(
    notice_line,
    notice_text.c.salt,
    notice_text.c.shown,
    _OPEN.label("open_objections"),
    _WITHDRAWN.label("upheld"),
    func.coalesce(service_record.c.seq, deed.c.seq).label("posted_seq"),
    _corrected.c.notice_id.label("corrects_notice"),
    _corrected.c.line.label("corrects_line"),
).select_from(
    notice_line.join(notice_text, notice_text.c.line_id == notice_line.c.id)
    .outerjoin(service_record, service_record.c.id == notice_line.c.record_id)
    .outerjoin(deed, deed.c.id == notice_line.c.record_id)
    .outerjoin(_corrected, _corrected.c.id == notice_line.c.corrects_id)
)


def lines(connection: Connection, notice_id: UUID, *, after: Sequence[Any] | None, limit: int) -> Page[dict[str, Any]]:
    """Lines of a notice in order, with how each stands by now."""
    statement = _LINES.where(notice_line.c.notice_id == notice_id)
    return paged(connection, statement, [notice_line.c.line], after, limit, newest_first=False)


def line(connection: Connection, notice_id: UUID, number: int) -> dict[str, Any] | None:
    statement = _LINES.where(notice_line.c.notice_id == notice_id, notice_line.c.line == number)
    row = connection.execute(statement).mappings().first()
    return dict(row) if row is not None else None
