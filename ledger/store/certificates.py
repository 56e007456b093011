"""The SQL of certificates of service: the records they rest on, and what has become of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, exists, or_, select

from ledger.store.rows import Page, paged
from ledger.store.schema.books import transaction
from ledger.store.schema.certificates import certificate, certificate_end, certificate_line, certificate_text
from ledger.store.schema.dossiers import dossier_entry
from ledger.store.schema.people import organisation
from ledger.store.schema.privacy import closing
from ledger.store.schema.service import activity, service_record

_undoing = transaction.alias()


def records(
    connection: Connection, volunteers: Sequence[UUID], first: date, last: date
) -> dict[UUID, list[dict[str, Any]]]:
    """What these volunteers did from the first to the last day and still stands, by volunteer, the earliest first."""
    statement = (
        select(
            service_record.c.volunteer_id,
            service_record.c.seq,
            service_record.c.served_on,
            service_record.c.minutes,
            service_record.c.capture_method,
            activity.c.title,
            activity.c.place,
            activity.c.person_in_charge,
            organisation.c.name.label("organisation"),
        )
        .join(activity, activity.c.id == service_record.c.activity_id)
        .join(organisation, organisation.c.id == service_record.c.organisation_id)
        .where(
            service_record.c.volunteer_id.in_(volunteers),
            service_record.c.served_on.between(first, last),
            ~exists().where(_undoing.c.reverses == service_record.c.seq),
        )
        .order_by(service_record.c.served_on, service_record.c.seq)
    )
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in connection.execute(statement).mappings():
        found.setdefault(row["volunteer_id"], []).append(dict(row))
    return found


def find(connection: Connection, **by: Any) -> dict[str, Any] | None:
    """The certificate with this id or number, and what has become of it."""
    [(column, value)] = by.items()
    row = connection.execute(_standing().where(certificate.c[column] == value)).mappings().first()
    return dict(row) if row is not None else None


def page(
    connection: Connection, volunteer_id: UUID, *, after: Sequence[Any] | None, limit: int
) -> Page[dict[str, Any]]:
    """A volunteer's certificates, the newest first."""
    statement = _standing().where(certificate.c.volunteer_id == volunteer_id)
    return paged(connection, statement, [certificate.c.seq], after, limit, newest_first=True)


def _standing() -> Select[Any]:
    corrected = exists().where(
        certificate_line.c.certificate_id == certificate.c.id, _undoing.c.reverses == certificate_line.c.record_seq
    )
    entry, merged = dossier_entry.c, closing.c
    theirs = select(merged.volunteer_id).where(merged.heir_id == certificate.c.volunteer_id, merged.reason == "merged")
    withdrawn = exists().where(
        or_(entry.volunteer_id == certificate.c.volunteer_id, entry.volunteer_id.in_(theirs.correlate(certificate))),
        entry.on_day.between(certificate.c.first_day, certificate.c.last_day),
        entry.recorded_at <= transaction.c.recorded_at,
        entry.withdrawn_at > transaction.c.recorded_at,
    )
    return (
        select(
            *certificate.c,
            certificate_text.c.content,
            certificate_end.c.reason.label("ended_for"),
            or_(corrected, withdrawn).label("is_corrected"),
            organisation.c.name.label("organisation"),
            organisation.c.path.label("organisation_path"),
            transaction.c.effective_on.label("issued_on"),
        )
        .join(transaction, transaction.c.seq == certificate.c.seq)
        .join(organisation, organisation.c.id == certificate.c.organisation_id)
        .outerjoin(certificate_text, certificate_text.c.certificate_id == certificate.c.id)
        .outerjoin(certificate_end, certificate_end.c.certificate_id == certificate.c.id)
    )
