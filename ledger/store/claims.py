"""What a claim rests on, in one trip to the database: recording a deed is what the bank does most. And the claims that
wait for reviewers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, func, select

from ledger.store import notices
from ledger.store.memberships import home_of
from ledger.store.rows import Page, below
from ledger.store.schema.books import head
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.privacy import closing
from ledger.store.schema.reviews import service_claim, service_review
from ledger.store.schema.service import activity, rulebook, service_record
from ledger.store.volunteers import CLOSED, STANDS

_theirs, _its = organisation.alias(), organisation.alias()
_VOLUNTEER = [*volunteer.c, _theirs.c.path.label("organisation_path"), *CLOSED]
_ACTIVITY = [*activity.c, _its.c.path.label("organisation_path")]
_SUBJECTS = (
    select(
        select(func.count()).select_from(rulebook).scalar_subquery(),
        home_of(volunteer.c.id, bindparam("served_on")).correlate(volunteer),
        *(column.label(f"volunteer_{column.name}") for column in _VOLUNTEER),
        *(column.label(f"activity_{column.name}") for column in _ACTIVITY),
    )
    .select_from(
        head.outerjoin(volunteer, volunteer.c.volunteer_no == bindparam("volunteer_no"))
        .outerjoin(_theirs, _theirs.c.id == volunteer.c.organisation_id)
        .outerjoin(closing, STANDS)
        .outerjoin(activity, activity.c.id == bindparam("activity_id"))
        .outerjoin(_its, _its.c.id == activity.c.organisation_id)
    )
    .where(head.c.id == 1)
)


class Subjects(NamedTuple):
    """Rows by column name; None where there is none. `rulebooks` is how many have been taken up."""

    rulebooks: int
    household: UUID | None
    """That of the volunteer on the day."""
    volunteer: Mapping[str, Any] | None
    activity: Mapping[str, Any] | None


def subjects(connection: Connection, volunteer_no: str, activity_id: UUID, served_on: date) -> Subjects:
    asked = {"volunteer_no": volunteer_no, "activity_id": activity_id, "served_on": served_on}
    rulebooks, household, *columns = connection.execute(_SUBJECTS, asked).one()
    split = len(_VOLUNTEER)
    return Subjects(rulebooks, household, _row(_VOLUNTEER, columns[:split]), _row(_ACTIVITY, columns[split:]))


def _row(columns: list[Any], values: Any) -> Mapping[str, Any] | None:
    found = {column.name: value for column, value in zip(columns, values, strict=True)}
    return None if found["id"] is None else found


def _count(decision: str) -> Any:
    return (
        select(func.count())
        .where(service_review.c.claim_id == service_claim.c.id, service_review.c.decision == decision)
        .correlate(service_claim)
        .scalar_subquery()
    )


_APPROVALS, _REJECTIONS = _count("approve"), _count("reject") + notices.UPHELD
IS_REJECTED = _REJECTIONS > 0
"""Whether a reviewer, or an objection that was upheld, ended a claim."""
_CLAIMS: Select[Any] = select(
    service_claim,
    volunteer.c.volunteer_no,
    organisation.c.path.label("organisation_path"),
    activity.c.activity_type,
    _APPROVALS.label("approvals"),
    _REJECTIONS.label("rejections"),
    service_record.c.seq.label("posted_seq"),
    *notices.OF_CLAIM,
).select_from(
    service_claim.join(volunteer, volunteer.c.id == service_claim.c.volunteer_id)
    .join(organisation, organisation.c.id == service_claim.c.organisation_id)
    .join(activity, activity.c.id == service_claim.c.activity_id)
    .outerjoin(service_record, service_record.c.id == service_claim.c.id)
)
_POSTED = service_record.c.seq.is_not(None)
_IN_STATE: Mapping[str | None, Sequence[Any]] = {
    None: (),
    "posted": (_POSTED,),
    "rejected": (_REJECTIONS > 0,),
    "approved": (~_POSTED, _REJECTIONS == 0, service_claim.c.reviews_needed <= _APPROVALS, ~notices.IS_LISTED),
    "on_notice": (~_POSTED, _REJECTIONS == 0, notices.IS_LISTED),
    "submitted": (~_POSTED, _REJECTIONS == 0, service_claim.c.reviews_needed > _APPROVALS),
}


def find(connection: Connection, id: UUID) -> Mapping[str, Any] | None:
    """One claim with its reviews counted."""
    row = connection.execute(_CLAIMS.where(service_claim.c.id == id)).mappings().first()
    return dict(row) if row is not None else None


def ready(connection: Connection, today: date, *, limit: int) -> list[Mapping[str, Any]]:
    """Claims that can be posted today, the oldest first."""
    is_approved = (~_POSTED, _REJECTIONS == 0, service_claim.c.reviews_needed <= _APPROVALS)
    statement = _CLAIMS.where(*is_approved, notices.is_clear(today)).order_by(service_claim.c.seq).limit(limit)
    return [dict(row) for row in connection.execute(statement).mappings()]


def page(
    connection: Connection, *, within: Sequence[str] | None, state: str | None, after: Sequence[Any] | None, limit: int
) -> Page[Mapping[str, Any]]:
    """Claims in a state, the oldest first; None is every state."""
    statement = _CLAIMS.where(*_IN_STATE[state])
    if within is not None:
        statement = statement.where(below(within))
    if after is not None:
        statement = statement.where(service_claim.c.seq > after[0])
    rows = [
        dict(row) for row in connection.execute(statement.order_by(service_claim.c.seq).limit(limit + 1)).mappings()
    ]
    return Page(rows[:limit], (rows[limit - 1]["seq"],) if len(rows) > limit else None)
