"""The SQL of appraisals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, or_, select, update

from ledger.store.persons import numbers_of
from ledger.store.rows import Page, below, paged
from ledger.store.schema.appraisals import appraisal, appraisal_tally, appraisal_voice
from ledger.store.schema.needs import request
from ledger.store.schema.people import organisation
from ledger.store.schema.service import service_record

Row = Mapping[str, Any]


def find(connection: Connection, id: UUID) -> Row | None:
    row = connection.execute(_all().where(appraisal.c.id == id)).mappings().first()
    return dict(row) if row is not None else None


def page(
    connection: Connection,
    *,
    within: Sequence[str] | None,
    ended_before: date | None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[Row]:
    """Forms of these organisations and below (everywhere where it is None), the newest first."""
    statement = _all()
    if within is not None:
        statement = statement.where(below(within))
    if ended_before is not None:
        statement = statement.where(appraisal.c.until_on < ended_before)
    return paged(connection, statement, [appraisal.c.id], after, limit, newest_first=True)


def open_above(connection: Connection, path: str, on: date) -> list[Row]:
    """Forms that are open on a day, of the organisation with this path and those above it, the soonest to end first."""
    steps = path.split("/")[:-1]
    paths = ["/".join(steps[:depth]) + "/" for depth in range(1, len(steps) + 1)]
    statement = (
        _all()
        .where(organisation.c.path.in_(paths), appraisal.c.from_on <= on, appraisal.c.until_on >= on)
        .order_by(appraisal.c.until_on, appraisal.c.id)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def spoken(connection: Connection, forms: Sequence[UUID], voters: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    """(form, voter) of those of these who have spoken."""
    made = appraisal_voice.c
    found = select(made.appraisal_id, made.voter_id).where(made.appraisal_id.in_(forms), made.voter_id.in_(voters))
    return {(row[0], row[1]) for row in connection.execute(found)}


def voices_of(connection: Connection, voters: Sequence[UUID]) -> list[Row]:
    """The forms to which these people gave a voice of their own, the first one first, and their scores; NULL where the
    form is anonymous.
    """
    made = appraisal_voice.c
    statement = (
        select(appraisal.c.id, appraisal.c.title, appraisal.c.questions, made.scores)
        .join(appraisal, appraisal.c.id == made.appraisal_id)
        .where(made.voter_id.in_(voters))
        .order_by(appraisal.c.id)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def concerned(connection: Connection, volunteer_id: UUID, subjects: Sequence[UUID]) -> set[UUID]:
    """Which of these activities somebody served in, and which of these requests were theirs."""
    served = select(service_record.c.activity_id).where(
        service_record.c.volunteer_id.in_(numbers_of(volunteer_id)), service_record.c.activity_id.in_(subjects)
    )
    asked = select(request.c.id).where(request.c.volunteer_id.in_(numbers_of(volunteer_id)), request.c.id.in_(subjects))
    return {*connection.scalars(served), *connection.scalars(asked)}


def count(connection: Connection, form: UUID, scores: Sequence[int]) -> None:
    """One more voice for each of these scores, in the order of the questions."""
    made = appraisal_tally.c
    given = [(made.question == at) & (made.score == score) for at, score in enumerate(scores)]
    connection.execute(
        update(appraisal_tally).where(made.appraisal_id == form, or_(*given)).values(voices=made.voices + 1)
    )


def tallies(connection: Connection, forms: Sequence[UUID]) -> dict[UUID, dict[int, dict[int, int]]]:
    """How often each score was given, by form, question and score."""
    made = appraisal_tally.c
    found: dict[UUID, dict[int, dict[int, int]]] = {}
    statement = select(appraisal_tally).where(made.appraisal_id.in_(forms)).order_by(made.question, made.score)
    for form, question, score, voices in connection.execute(statement):
        found.setdefault(form, {}).setdefault(question, {})[score] = voices
    return found


def on_paper(connection: Connection, forms: Sequence[UUID]) -> dict[UUID, int]:
    """How many of the voices of each form came on paper."""
    made = appraisal_voice.c
    statement = (
        select(made.appraisal_id, func.count())
        .where(made.appraisal_id.in_(forms), made.channel == "paper")
        .group_by(made.appraisal_id)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}


def _all() -> Select[Any]:
    return select(
        appraisal, organisation.c.path.label("organisation_path"), organisation.c.name.label("organisation_name")
    ).join(organisation, organisation.c.id == appraisal.c.organisation_id)
