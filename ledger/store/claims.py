"""What a claim rests on, in one trip to the database: recording a deed is what the bank does most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select

from ledger.store.schema.books import head
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.privacy import closing
from ledger.store.schema.service import activity, rulebook
from ledger.store.volunteers import CLOSED, STANDS

_theirs, _its = organisation.alias(), organisation.alias()
_VOLUNTEER = [*volunteer.c, _theirs.c.path.label("organisation_path"), *CLOSED]
_ACTIVITY = [*activity.c, _its.c.path.label("organisation_path")]
_SUBJECTS = (
    select(
        select(func.count()).select_from(rulebook).scalar_subquery(),
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
    volunteer: Mapping[str, Any] | None
    activity: Mapping[str, Any] | None


def subjects(connection: Connection, volunteer_no: str, activity_id: UUID) -> Subjects:
    row = connection.execute(_SUBJECTS, {"volunteer_no": volunteer_no, "activity_id": activity_id}).one()
    split = 1 + len(_VOLUNTEER)
    return Subjects(row[0], _row(_VOLUNTEER, row[1:split]), _row(_ACTIVITY, row[split:]))


def _row(columns: list[Any], values: Any) -> Mapping[str, Any] | None:
    found = {column.name: value for column, value in zip(columns, values, strict=True)}
    return None if found["id"] is None else found
