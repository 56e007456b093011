"""The SQL of tasks and of who took them up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, select

from ledger.store.persons import numbers_of
from ledger.store.rows import Page, below, paged
from ledger.store.schema.needs import request, task, task_helper
from ledger.store.schema.people import organisation, volunteer

Row = dict[str, Any]
_helping = (
    select(func.count())
    .where(task_helper.c.task_id == task.c.id, task_helper.c.given_back_at.is_(None))
    .correlate(task)
    .scalar_subquery()
)
_TASKS: Select[Any] = select(
    task,
    organisation.c.path.label("organisation_path"),
    organisation.c.name.label("organisation_name"),
    request.c.volunteer_id.label("asker_id"),
    _helping.label("helpers"),
).select_from(
    task.join(organisation, organisation.c.id == task.c.organisation_id).outerjoin(
        request, request.c.id == task.c.request_id
    )
)
_HELPERS: Select[Any] = select(
    task_helper,
    volunteer.c.volunteer_no,
    volunteer.c.name,
    organisation.c.path.label("organisation_path"),
).select_from(
    task_helper.join(volunteer, volunteer.c.id == task_helper.c.volunteer_id)
    .join(task, task.c.id == task_helper.c.task_id)
    .join(organisation, organisation.c.id == task.c.organisation_id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which tasks of a list; None is all."""

    state: str | None = None
    kind: str | None = None
    request_id: UUID | None = None
    proposal_id: UUID | None = None
    is_open: bool | None = None
    overdue_at: int | None = None
    """Only those that nobody has finished at this instant, although they were due."""


def find(connection: Connection, id: UUID) -> Row | None:
    row = connection.execute(_TASKS.where(task.c.id == id)).mappings().first()
    return dict(row) if row is not None else None


def page(
    connection: Connection, *, within: Sequence[str] | None, asked: Asked, after: Sequence[Any] | None, limit: int
) -> Page[Row]:
    """Tasks of these organisations (None: of all), the newest first."""
    statement = _TASKS if within is None else _TASKS.where(below(within))
    for name in ("state", "kind", "request_id", "proposal_id"):
        if getattr(asked, name) is not None:
            statement = statement.where(task.c[name] == getattr(asked, name))
    if asked.is_open is not None:
        statement = statement.where(task.c.is_open == int(asked.is_open))
    if asked.overdue_at is not None:
        statement = statement.where(task.c.state == "dispatched", task.c.due_at < asked.overdue_at)
    return paged(connection, statement, [task.c.id], after, limit, newest_first=True)


def of_volunteer(connection: Connection, volunteer_id: UUID, *, after: Sequence[Any] | None, limit: int) -> Page[Row]:
    """Tasks that somebody took up and did not give back, the newest first."""
    theirs = select(task_helper.c.task_id).where(
        task_helper.c.volunteer_id.in_(numbers_of(volunteer_id)), task_helper.c.given_back_at.is_(None)
    )
    return paged(connection, _TASKS.where(task.c.id.in_(theirs)), [task.c.id], after, limit, newest_first=True)


def helpers(connection: Connection, task_id: UUID) -> list[Row]:
    """Who took a task up and did not give it back, the first one first."""
    those = (task_helper.c.task_id == task_id, task_helper.c.given_back_at.is_(None))
    statement = _HELPERS.where(*those).order_by(task_helper.c.taken_at, task_helper.c.id)
    return [dict(row) for row in connection.execute(statement).mappings()]
