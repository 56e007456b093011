"""The SQL of requests and of what was done about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, and_, case, func, or_, select, update

from ledger.store.persons import numbers_of
from ledger.store.rows import Page, below, paged
from ledger.store.schema.needs import request, request_step, task
from ledger.store.schema.people import organisation, volunteer

Row = dict[str, Any]
DONE = ("closed", "settled")
OVER = (*DONE, "declined", "withdrawn")
_REQUESTS: Select[Any] = select(
    request,
    organisation.c.path.label("organisation_path"),
    organisation.c.name.label("organisation_name"),
    volunteer.c.volunteer_no,
    volunteer.c.name.label("volunteer_name"),
).select_from(
    request.join(organisation, organisation.c.id == request.c.organisation_id).outerjoin(
        volunteer, volunteer.c.id == request.c.volunteer_id
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which requests of a list; None is all."""

    state: str | None = None
    kind: str | None = None
    priority: str | None = None
    channel: str | None = None
    organisation_path: str | None = None
    overdue_at: int | None = None
    """Only what is overdue at this instant: not accepted in time, or not closed."""
    is_open: bool = False


def find(connection: Connection, id: UUID) -> Row | None:
    row = connection.execute(_REQUESTS.where(request.c.id == id)).mappings().first()
    return dict(row) if row is not None else None


def page(
    connection: Connection, *, within: Sequence[str], asked: Asked, after: Sequence[Any] | None, limit: int
) -> Page[Row]:
    """Requests of these organisations, the newest first."""
    statement = _REQUESTS.where(below(within), *_conditions(asked))
    return paged(connection, statement, [request.c.id], after, limit, newest_first=True)


def of_volunteer(connection: Connection, volunteer_id: UUID, *, after: Sequence[Any] | None, limit: int) -> Page[Row]:
    """The requests of one person, the newest first."""
    return paged(
        connection,
        _REQUESTS.where(request.c.volunteer_id.in_(numbers_of(volunteer_id))),
        [request.c.id],
        after,
        limit,
        newest_first=True,
    )


def steps(connection: Connection, request_id: UUID) -> list[Row]:
    """Everything that was done about a request, in order."""
    statement = select(request_step).where(request_step.c.request_id == request_id).order_by(request_step.c.id)
    return [dict(row) for row in connection.execute(statement).mappings()]


def tasks_open(connection: Connection, request_id: UUID) -> int:
    """How many tasks of it nobody has finished."""
    those = (task.c.request_id == request_id, task.c.state == "dispatched")
    return int(connection.scalar(select(func.count()).select_from(task).where(*those)) or 0)


def cancel_tasks(connection: Connection, request_id: UUID, *, now: int, actor: UUID) -> None:
    """Nobody needs to finish the tasks of it any more."""
    those = (task.c.request_id == request_id, task.c.state == "dispatched")
    connection.execute(update(task).where(*those).values(state="cancelled", ended_at=now, ended_by=actor))


def counted(
    connection: Connection, *, within: Sequence[str], asked: Asked, since: int, until: int, now: int, by: Sequence[str]
) -> list[Row]:
    """Of what came in from `since` on and before `until`, by these of organisation_id, kind, channel and priority: how
    much, how much was closed, what is and what was overdue, and the times it took. One statement, however much it is.
    """
    is_done = request.c.state.in_(DONE)
    is_open = request.c.state.not_in(OVER)
    accepted = request.c.accepted_at.is_not(None)
    late_accept = or_(
        request.c.accepted_at > request.c.accept_due_at, and_(~accepted, is_open, request.c.accept_due_at < now)
    )
    sums = {
        "received": func.count(),
        "accepted": _count(accepted),
        "closed": _count(is_done),
        "open": _count(is_open),
        "turned_away": _count(request.c.state.in_(("declined", "withdrawn"))),
        "escalated": _count(request.c.escalated_to.is_not(None)),
        "reopened": _count(request.c.reopened > 0),
        "accept_overdue": _count(late_accept),
        "close_overdue": _count(and_(is_open, request.c.close_due_at < now)),
        "closed_late": _count(and_(is_done, request.c.closed_at > request.c.close_due_at)),
        "accept_micros": _sum(accepted, request.c.accepted_at - request.c.received_at),
        "close_micros": _sum(is_done, request.c.closed_at - request.c.received_at),
        "counted_minutes": _sum(is_done, request.c.taken_minutes),
        "scored": _count(request.c.score.is_not(None)),
        "score": _sum(request.c.score.is_not(None), request.c.score),
    }
    columns = [request.c[name] for name in by]
    named = [organisation.c.name.label("organisation_name")] if "organisation_id" in by else []
    statement = (
        select(*columns, *named, *(made.label(name) for name, made in sums.items()))
        .join(organisation, organisation.c.id == request.c.organisation_id)
        .where(below(within), request.c.received_at >= since, request.c.received_at < until, *_conditions(asked))
        .group_by(*columns, *([organisation.c.name] if named else []))
        .order_by(*columns)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def forget_contacts(connection: Connection, closed_before: int) -> None:
    """Of requests that were closed before this instant nobody learns any more how to reach who asked."""
    made = request.c
    those = (made.state == "closed", made.closed_at < closed_before, made.asker.is_not(None))
    connection.execute(update(request).where(*those).values(asker=None))


def forget_words(connection: Connection, ids: Sequence[UUID]) -> None:
    """What was written down about requests of these people, and in the tasks they became."""
    theirs = select(request.c.id).where(request.c.volunteer_id.in_(ids))
    connection.execute(update(request_step).where(request_step.c.request_id.in_(theirs)).values(words=""))
    blank = {"title": "", "content": "", "place": "", "outcome": ""}
    connection.execute(update(task).where(task.c.request_id.in_(theirs)).values(**blank))


def _count(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _sum(condition: Any, value: Any) -> Any:
    return func.coalesce(func.sum(case((condition, value), else_=0)), 0)


def _conditions(asked: Asked) -> list[Any]:
    conditions = [
        request.c[name] == getattr(asked, name)
        for name in ("state", "kind", "priority", "channel")
        if getattr(asked, name) is not None
    ]
    if asked.organisation_path is not None:
        conditions.append(below([asked.organisation_path]))
    if asked.is_open or asked.overdue_at is not None:
        conditions.append(request.c.state.not_in(OVER))
    if asked.overdue_at is not None:
        unaccepted = and_(request.c.accepted_at.is_(None), request.c.accept_due_at < asked.overdue_at)
        conditions.append(or_(unaccepted, request.c.close_due_at < asked.overdue_at))
    return conditions
