"""What only the annual report counts: dossiers, objections to public notices, and entries that were disputed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from ledger.store.rows import below
from ledger.store.schema.books import transaction
from ledger.store.schema.disputes import dispute, dispute_answer
from ledger.store.schema.dossiers import dossier_entry
from ledger.store.schema.notices import notice, notice_line, objection, objection_resolution
from ledger.store.schema.people import organisation, volunteer


def dossiers(connection: Connection, path: str, first: date, last: date) -> dict[str, int]:
    """How many trainings, commendations and evaluations of these days stand, of volunteers of this organisation and
    those below, as the list has it now.
    """
    made = dossier_entry.c
    statement = (
        select(made.kind, func.count())
        .join(volunteer, volunteer.c.id == made.volunteer_id)
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
        .where(below([path]), made.on_day.between(first, last), made.withdrawn_at.is_(None))
        .group_by(made.kind)
    )
    return _counted(connection, statement)


def objections(connection: Connection, path: str, first: date, last: date, seq: int) -> dict[str, int]:
    """Objections of these days to notices of this organisation and those below, by how they were answered; "open" where
    they were not, up to this seq.
    """
    made, answered = objection.c, objection_resolution.c
    outcome = func.coalesce(answered.outcome, "open")
    statement = (
        select(outcome, func.count())
        .select_from(objection)
        .join(transaction, transaction.c.seq == made.seq)
        .join(notice_line, notice_line.c.id == made.line_id)
        .join(notice, notice.c.id == notice_line.c.notice_id)
        .join(organisation, organisation.c.id == notice.c.organisation_id)
        .outerjoin(objection_resolution, (answered.objection_id == made.id) & (answered.seq <= seq))
        .where(below([path]), transaction.c.effective_on.between(first, last), made.seq <= seq)
        .group_by(outcome)
    )
    return _counted(connection, statement)


def disputes(connection: Connection, path: str, first: date, last: date, seq: int) -> dict[str, int]:
    """The same of entries that those whose they are said to be wrong."""
    made, answered = dispute.c, dispute_answer.c
    outcome = func.coalesce(answered.outcome, "open")
    statement = (
        select(outcome, func.count())
        .select_from(dispute)
        .join(transaction, transaction.c.seq == made.seq)
        .join(organisation, organisation.c.id == made.organisation_id)
        .outerjoin(dispute_answer, (answered.dispute_id == made.id) & (answered.seq <= seq))
        .where(below([path]), transaction.c.effective_on.between(first, last), made.seq <= seq)
        .group_by(outcome)
    )
    return _counted(connection, statement)


def _counted(connection: Connection, statement: Select[Any, Any]) -> dict[str, int]:
    return {row[0]: int(row[1]) for row in connection.execute(statement)}
