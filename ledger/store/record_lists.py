"""Records of service as people look for them: claims with what became of them, and those that were posted at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, literal, null, select

from ledger.store import claims
from ledger.store.rows import Page, below
from ledger.store.schema.books import private, transaction
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.reviews import claim_step, service_claim, service_review
from ledger.store.schema.service import activity, service_record

_undoing = transaction.alias("undoing")
_later = service_record.alias("later")
_CORRECTED_BY = select(_later.c.id).where(_later.c.corrects == service_record.c.id).scalar_subquery()
_POSTED = (
    activity.c.title.label("activity_title"),
    service_record.c.counted_minutes,
    service_record.c.points,
    service_record.c.rule_id,
    _undoing.c.seq.label("reversed_seq"),
    _CORRECTED_BY.label("corrected_by"),
)
_CLAIMED: Select[Any] = (
    claims.CLAIMS.add_columns(*_POSTED)
    .outerjoin(_undoing, _undoing.c.reverses == service_record.c.seq)
    .where(claims.IS_SERVICE)
)
_AT_ONCE: Select[Any] = (
    select(
        *(column for column in service_record.c if column.name in service_claim.c),
        literal("service").label("kind"),
        literal(0).label("reviews_needed"),
        null().label("review_by"),
        null().label("overlapped"),
        volunteer.c.volunteer_no,
        organisation.c.path.label("organisation_path"),
        activity.c.activity_type,
        *(literal(0).label(name) for name in ("approvals", "rejections", "is_held", "steps")),
        null().label("ended_by"),
        literal(0).label("is_noticed"),
        null().label("notice_id"),
        literal(0).label("answers"),
        service_record.c.seq.label("posted_seq"),
        *_POSTED,
    )
    .select_from(
        service_record.join(volunteer, volunteer.c.id == service_record.c.volunteer_id)
        .join(organisation, organisation.c.id == service_record.c.organisation_id)
        .join(activity, activity.c.id == service_record.c.activity_id)
        .outerjoin(_undoing, _undoing.c.reverses == service_record.c.seq)
    )
    .where(~select(service_claim.c.id).where(service_claim.c.id == service_record.c.id).exists())
)
_STANDS, _UNDONE = _undoing.c.seq.is_(None), _undoing.c.seq.is_not(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which records; what is None does not matter."""

    state: str | None = None
    within: Sequence[str] | None = None
    """Organisation paths, with all below them."""
    organisation: str | None = None
    """One path, with all below it."""
    activity_id: UUID | None = None
    volunteer_id: UUID | None = None
    volunteer_no: str | None = None
    since: date | None = None
    until: date | None = None


class Told(NamedTuple):
    """What a transaction says of itself."""

    recorded_at: int
    actor_id: UUID
    why: Mapping[str, Any]
    """Empty where it was erased."""


def find(connection: Connection, id: UUID) -> Mapping[str, Any] | None:
    """One claim or record with all that became of it."""
    for statement, made in ((_CLAIMED, service_claim), (_AT_ONCE, service_record)):
        row = connection.execute(statement.where(made.c.id == id)).mappings().first()
        if row is not None:
            return dict(row)
    return None


def page(
    connection: Connection, sought: Sought, *, after: Sequence[Any] | None, limit: int, newest_first: bool
) -> Page[Mapping[str, Any]]:
    """In the order in which they were first written down."""
    arms = [
        list(_arm(connection, statement, made, sought, after=after, limit=limit + 1, newest_first=newest_first))
        for statement, made in ((_CLAIMED, service_claim), (_AT_ONCE, service_record))
        if made is service_claim or sought.state in (None, "posted", "reversed")
    ]
    ordered = merge(*arms, key=lambda row: row["seq"], reverse=newest_first)
    rows = list(islice(ordered, limit + 1))
    return Page(rows[:limit], (rows[limit - 1]["seq"],) if len(rows) > limit else None)


def _arm(
    connection: Connection,
    statement: Select[Any],
    made: Any,
    sought: Sought,
    *,
    after: Sequence[Any] | None,
    limit: int,
    newest_first: bool,
) -> Iterator[Mapping[str, Any]]:
    for condition in _conditions(made, sought):
        statement = statement.where(condition)
    if after is not None:
        statement = statement.where(made.c.seq < after[0] if newest_first else made.c.seq > after[0])
    ordered = statement.order_by(made.c.seq.desc() if newest_first else made.c.seq).limit(limit)
    yield from (dict(row) for row in connection.execute(ordered).mappings())


def _conditions(made: Any, sought: Sought) -> Iterator[Any]:
    if sought.state == "reversed":
        yield _UNDONE
    elif sought.state is not None:
        if made is service_claim:
            yield from claims.IN_STATE[sought.state]
        if sought.state == "posted":
            yield _STANDS
    if sought.within is not None:
        yield below(sought.within)
    if sought.organisation is not None:
        yield below([sought.organisation])
    if sought.volunteer_no is not None:
        yield volunteer.c.volunteer_no == sought.volunteer_no
    for name in ("activity_id", "volunteer_id"):
        if getattr(sought, name) is not None:
            yield made.c[name] == getattr(sought, name)
    if sought.since is not None:
        yield made.c.served_on >= sought.since
    if sought.until is not None:
        yield made.c.served_on <= sought.until


def reviewers(connection: Connection, claim_ids: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
    """(claim, who reviewed it), in the order of their words."""
    asked = select(service_review.c.claim_id, service_review.c.reviewed_by)
    found = asked.where(service_review.c.claim_id.in_(claim_ids)).order_by(service_review.c.seq)
    return [(row.claim_id, row.reviewed_by) for row in connection.execute(found)] if claim_ids else []


def said(connection: Connection, claim_ids: Sequence[UUID]) -> list[Mapping[str, Any]]:
    """What reviewers said of these claims and what else befell them, in order: claim_id, seq, what, code."""
    if not claim_ids:
        return []
    reviews = select(
        service_review.c.claim_id, service_review.c.seq, service_review.c.decision.label("what"), null().label("code")
    ).where(service_review.c.claim_id.in_(claim_ids))
    steps = select(claim_step.c.claim_id, claim_step.c.seq, claim_step.c.step.label("what"), claim_step.c.code).where(
        claim_step.c.claim_id.in_(claim_ids)
    )
    rows = [dict(row) for part in (reviews, steps) for row in connection.execute(part).mappings()]
    return sorted(rows, key=lambda row: row["seq"])


def told(connection: Connection, seqs: Sequence[int]) -> dict[int, Told]:
    """When and by whom these transactions were posted, and why."""
    if not seqs:
        return {}
    found = connection.execute(
        select(transaction.c.seq, transaction.c.recorded_at, transaction.c.actor_id, private.c.opening)
        .outerjoin(private, private.c.seq == transaction.c.seq)
        .where(transaction.c.seq.in_(seqs))
    )
    return {
        row.seq: Told(row.recorded_at, row.actor_id, {} if row.opening is None else json.loads(row.opening)["why"])
        for row in found
    }
