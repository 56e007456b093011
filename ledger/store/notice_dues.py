"""What is due to be put on notice: claims that have all else that they need, and whose rulebook asks for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, exists, func, select

from ledger.store import claims
from ledger.store.notices import IS_LISTED, OF_WHOM
from ledger.store.schema.notices import notice_asked
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.reviews import claimed_deed, service_claim
from ledger.store.schema.service import activity, deed, service_record

PAGE_ROWS = 1_000

_DUE: Select[Any] = select(
    service_claim.c.id.label("record_id"),
    service_claim.c.seq,
    service_claim.c.served_on,
    service_claim.c.minutes,
    func.coalesce(activity.c.title, claimed_deed.c.deed_type).label("activity"),
    service_claim.c.kind,
    notice_asked.c.days,
    notice_asked.c.in_working_days,
    *OF_WHOM,
).select_from(
    notice_asked.join(service_claim, service_claim.c.id == notice_asked.c.claim_id)
    .join(volunteer, volunteer.c.id == service_claim.c.volunteer_id)
    .outerjoin(activity, activity.c.id == service_claim.c.activity_id)
    .outerjoin(claimed_deed, claimed_deed.c.id == service_claim.c.id)
)


def due(connection: Connection, within: Sequence[str], *, limit: int) -> list[Mapping[str, Any]]:
    """Approved claims of these organisations that wait for a notice, the oldest first: those that ask for the same days
    as the first of them.
    """
    found: list[Mapping[str, Any]] = []
    after: Sequence[Any] | None = None
    while len(found) < limit:
        page = claims.page(connection, within=within, state="approved", after=after, limit=PAGE_ROWS)
        ids = [claim["id"] for claim in page.items if claim["is_noticed"]]
        rows = connection.execute(_DUE.where(service_claim.c.id.in_(ids)).order_by(service_claim.c.seq)).mappings()
        found += [dict(row) for row in rows]
        first = (found[0]["days"], found[0]["in_working_days"]) if found else None
        found = [row for row in found if (row["days"], row["in_working_days"]) == first]
        after = page.after
        if after is None:
            break
    return found[:limit]


def due_places(connection: Connection) -> list[tuple[UUID, str]]:
    """(id, path) of organisations that may have such claims, those below others first."""
    statement = (
        select(organisation.c.id, organisation.c.path)
        .join(service_claim, service_claim.c.organisation_id == organisation.c.id)
        .join(notice_asked, notice_asked.c.claim_id == service_claim.c.id)
        .where(~IS_LISTED, *(~exists().where(made.c.id == service_claim.c.id) for made in (service_record, deed)))
        .distinct()
        .order_by(organisation.c.path.desc())
    )
    return [(row.id, row.path) for row in connection.execute(statement)]
