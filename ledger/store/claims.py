"""What a claim rests on, in one trip to the database: recording a deed is what the bank does most. And the claims that
wait for reviewers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, Text, and_, bindparam, case, cast, func, or_, select, union_all

from ledger.store import notices
from ledger.store.memberships import home_of
from ledger.store.rows import Page, below, paged
from ledger.store.schema.books import head, private, transaction
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.privacy import closing
from ledger.store.schema.reviews import claim_step, claimed_deed, service_claim, service_review
from ledger.store.schema.service import activity, deed, rulebook, service_record
from ledger.store.volunteers import CLOSED, STANDS

_theirs, _its = organisation.alias(), organisation.alias()
_VOLUNTEER = [*volunteer.c, _theirs.c.path.label("organisation_path"), *CLOSED]
_ACTIVITY = [*activity.c, _its.c.path.label("organisation_path")]
_IS_UNDONE = select(transaction.c.seq).where(transaction.c.reverses == service_record.c.seq).exists()
IS_REJECTED = or_(
    select(service_review.c.id)
    .where(service_review.c.claim_id == service_claim.c.id, service_review.c.decision == "reject")
    .exists(),
    notices.UPHELD > 0,
)
IS_SERVICE = service_claim.c.kind == "service"
IS_ENDED = (
    select(claim_step.c.id)
    .where(claim_step.c.claim_id == service_claim.c.id, claim_step.c.step.in_(("withdraw", "void")))
    .exists()
)
_NO_MORE = {service_record: _IS_UNDONE, service_claim: or_(IS_REJECTED, IS_ENDED)}
"""When what stands in these tables does not stand any more."""


def _ended(made: Any) -> Any:
    """The ids of the volunteer's records or claims around the day that do not stand any more, commas between."""
    theirs = made.c.volunteer_id == volunteer.c.id
    around = made.c.served_on.between(bindparam("eve"), bindparam("morrow"))
    return (
        select(func.aggregate_strings(cast(made.c.id, Text), ","))
        .where(theirs, around, _NO_MORE[made])
        .correlate(volunteer)
        .scalar_subquery()
    )


_SUBJECTS = (
    select(
        select(func.count()).select_from(rulebook).scalar_subquery(),
        home_of(volunteer.c.id, bindparam("served_on")).correlate(volunteer),
        *(_ended(made) for made in _NO_MORE),
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
    ended: frozenset[UUID]
    """Their records and claims around the day that do not stand any more."""
    volunteer: Mapping[str, Any] | None
    activity: Mapping[str, Any] | None


def subjects(connection: Connection, volunteer_no: str, activity_id: UUID, served_on: date) -> Subjects:
    eve, morrow = around(served_on)
    asked = {"volunteer_no": volunteer_no, "activity_id": activity_id, "served_on": served_on}
    found = connection.execute(_SUBJECTS, asked | {"eve": eve, "morrow": morrow}).one()
    rulebooks, household, undone, over, *columns = found
    ended = frozenset(UUID(id) for ids in (undone, over) if ids for id in ids.split(","))
    split = len(_VOLUNTEER)
    return Subjects(rulebooks, household, ended, _row(_VOLUNTEER, columns[:split]), _row(_ACTIVITY, columns[split:]))


def ended(connection: Connection, asked: Iterable[tuple[UUID, date]]) -> frozenset[UUID]:
    """The records and claims of these volunteers around these days that do not stand any more: one look-up."""
    pairs = list(asked)
    if not pairs:
        return frozenset()
    people = sorted({id for id, _ in pairs})
    first, last = around(min(day for _, day in pairs))[0], around(max(day for _, day in pairs))[1]
    arms = [
        select(made.c.id).where(made.c.volunteer_id.in_(people), made.c.served_on.between(first, last), no_more)
        for made, no_more in _NO_MORE.items()
    ]
    return frozenset(connection.scalars(union_all(*arms)))


def ended_corrections(connection: Connection, record_id: UUID) -> frozenset[UUID]:
    """The claims to correct this record that came to nothing."""
    found = select(service_claim.c.id).where(service_claim.c.corrects == record_id, _NO_MORE[service_claim])
    return frozenset(connection.scalars(found))


def around(day: date) -> tuple[date, date]:
    """The days before and after: a night belongs to two."""
    return day - timedelta(days=1), day + timedelta(days=1)


def _row(columns: list[Any], values: Any) -> Mapping[str, Any] | None:
    found = {column.name: value for column, value in zip(columns, values, strict=True)}
    return None if found["id"] is None else found


def _of_claim(made: Any, value: Any, *where: Any) -> Any:
    """A value over the rows of another table about the claim at hand."""
    return select(value).where(made.c.claim_id == service_claim.c.id, *where).correlate(service_claim).scalar_subquery()


def _reviewed(value: Any, decision: str) -> Any:
    return _of_claim(service_review, value, service_review.c.decision == decision)


def _taken(value: Any, *steps: str) -> Any:
    return _of_claim(claim_step, value, claim_step.c.step.in_(steps))


_APPROVALS, _REJECTIONS = _reviewed(func.count(), "approve"), _reviewed(func.count(), "reject") + notices.UPHELD
_ENDED_BY = _taken(func.min(claim_step.c.step), "withdraw", "void")
_LAST_HELD = func.coalesce(
    _taken(func.max(claim_step.c.seq), "hold"),
    case((service_claim.c.overlapped.is_not(None), service_claim.c.seq), else_=0),
)
_LAST_RELEASED = func.coalesce(_taken(func.max(claim_step.c.seq), "release"), 0)
_LAST_APPROVED = func.coalesce(_reviewed(func.max(service_review.c.seq), "approve"), 0)
_IS_HELD = and_(_LAST_RELEASED < _LAST_HELD, _LAST_APPROVED < _LAST_HELD)
"""Held after whoever released or approved it last: as `service.claim_states` has it."""
CLAIMS: Select[Any] = select(
    service_claim,
    volunteer.c.volunteer_no,
    organisation.c.path.label("organisation_path"),
    func.coalesce(claimed_deed.c.deed_type, activity.c.activity_type).label("activity_type"),
    _APPROVALS.label("approvals"),
    _REJECTIONS.label("rejections"),
    _ENDED_BY.label("ended_by"),
    case((_IS_HELD, 1), else_=0).label("is_held"),
    _of_claim(claim_step, func.count()).label("steps"),
    func.coalesce(service_record.c.seq, deed.c.seq).label("posted_seq"),
    *notices.OF_CLAIM,
).select_from(
    service_claim.join(volunteer, volunteer.c.id == service_claim.c.volunteer_id)
    .join(organisation, organisation.c.id == service_claim.c.organisation_id)
    .outerjoin(activity, activity.c.id == service_claim.c.activity_id)
    .outerjoin(claimed_deed, claimed_deed.c.id == service_claim.c.id)
    .outerjoin(service_record, service_record.c.id == service_claim.c.id)
    .outerjoin(deed, deed.c.id == service_claim.c.id)
)
_POSTED = or_(service_record.c.seq.is_not(None), deed.c.seq.is_not(None))
_OPEN = (~_POSTED, ~IS_REJECTED, ~IS_ENDED)
_UNREVIEWED = service_claim.c.reviews_needed > _APPROVALS
_record = service_record.alias()
IS_OPEN = (
    IS_SERVICE,
    ~select(_record.c.id).where(_record.c.id == service_claim.c.id).exists(),
    ~IS_REJECTED,
    ~IS_ENDED,
)
"""The same of claims of service, where the records are not joined."""
IN_STATE: Mapping[str | None, Sequence[Any]] = {
    None: (),
    "posted": (_POSTED,),
    "rejected": (IS_REJECTED,),
    "withdrawn": (_ENDED_BY == "withdraw",),
    "void": (_ENDED_BY == "void",),
    "held": (*_OPEN, _IS_HELD),
    "approved": (*_OPEN, ~_IS_HELD, ~_UNREVIEWED, ~notices.IS_LISTED),
    "on_notice": (*_OPEN, ~_IS_HELD, notices.IS_LISTED),
    "submitted": (*_OPEN, ~_IS_HELD, _UNREVIEWED),
}


def find(connection: Connection, id: UUID) -> Mapping[str, Any] | None:
    """One claim with its reviews counted."""
    return find_all(connection, [id]).get(id)


def find_all(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, Mapping[str, Any]]:
    """Those there are, by id."""
    if not ids:
        return {}
    rows = connection.execute(CLAIMS.where(service_claim.c.id.in_(ids))).mappings()
    return {row["id"]: dict(row) for row in rows}


def ready(
    connection: Connection, today: date, *, after: int, limit: int, among: Sequence[UUID] | None = None
) -> list[Mapping[str, Any]]:
    """Claims that can be posted today, handed in after seq `after`, the oldest first."""
    statement = CLAIMS.where(*_OPEN, ~_IS_HELD, ~_UNREVIEWED, notices.is_clear(today), service_claim.c.seq > after)
    if among is not None:
        statement = statement.where(service_claim.c.id.in_(among))
    return [dict(row) for row in connection.execute(statement.order_by(service_claim.c.seq).limit(limit)).mappings()]


def page(
    connection: Connection,
    *,
    within: Sequence[str] | None,
    state: str | None,
    after: Sequence[Any] | None,
    limit: int,
    of_deeds: bool | None = None,
) -> Page[Mapping[str, Any]]:
    """Claims of service, or of other deeds, in a state, the oldest first; None is both, and every state."""
    statement = CLAIMS.where(*IN_STATE[state])
    if of_deeds is not None:
        statement = statement.where(~IS_SERVICE if of_deeds else IS_SERVICE)
    if within is not None:
        statement = statement.where(below(within))
    return paged(connection, statement, [service_claim.c.seq], after, limit, newest_first=False)


def overdue(connection: Connection, today: date, *, limit: int) -> Sequence[Mapping[str, Any]]:
    """Claims that had to be reviewed before today and were not, the oldest first."""
    statement = CLAIMS.where(*_OPEN, _UNREVIEWED, service_claim.c.review_by < today)
    return [dict(row) for row in connection.execute(statement.order_by(service_claim.c.seq).limit(limit)).mappings()]


def reasons(connection: Connection, seqs: Sequence[int]) -> dict[int, str]:
    """What was said as a reason in the private part of these transactions; nothing where it was erased."""
    if not seqs:
        return {}
    found = connection.execute(select(private.c.seq, private.c.opening).where(private.c.seq.in_(seqs)))
    said = {row.seq: json.loads(row.opening)["why"].get("reason", "") for row in found if row.opening is not None}
    return {seq: reason for seq, reason in said.items() if reason}
