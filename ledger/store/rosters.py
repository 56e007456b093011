"""The SQL of rosters: who is meant by a name, which activity by its title, and what is recorded already; each asked for
many rows at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, exists, false, literal, or_, select, union_all

from ledger.store.claims import IS_ENDED, IS_REJECTED, IS_SERVICE
from ledger.store.rows import Page, below, paged
from ledger.store.schema.books import transaction
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.privacy import closing, volunteer_field
from ledger.store.schema.reviews import service_claim
from ledger.store.schema.service import activity, service_record
from ledger.store.volunteers import CLOSED, STANDS

AT_ONCE = 500
Asked = TypeVar("Asked")


def namesakes(connection: Connection, names: Iterable[str], within: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Volunteers of each of these names in these organisations whose account stands, by number; with the name of the
    organisation (`organisation`).
    """
    found: dict[str, list[dict[str, Any]]] = {}
    columns = [*volunteer.c, organisation.c.path.label("organisation_path"), organisation.c.name.label("organisation")]
    for some in _portions(names):
        statement = (
            select(*columns, *CLOSED)
            .join(organisation, organisation.c.id == volunteer.c.organisation_id)
            .outerjoin(closing, STANDS)
            .where(volunteer.c.name.in_(some), volunteer.c.erased_at.is_(None), closing.c.id.is_(None), below(within))
            .order_by(volunteer.c.volunteer_no)
        )
        for row in connection.execute(statement).mappings():
            found.setdefault(row["name"], []).append(dict(row))
    return found


def phone_tails(connection: Connection, volunteers: Iterable[UUID]) -> dict[UUID, bytes]:
    """The keyed hash of the last digits of each telephone that is kept."""
    found: dict[UUID, bytes] = {}
    made = volunteer_field.c
    for some in _portions(volunteers):
        statement = select(made.volunteer_id, made.tail).where(
            made.volunteer_id.in_(some), made.field == "phone", made.tail.is_not(None)
        )
        found.update((id, bytes(tail)) for id, tail in connection.execute(statement))
    return found


def titled(connection: Connection, titles: Iterable[str], within: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Activities of each of these titles in these organisations, the earliest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for some in _portions(titles):
        statement = (
            select(activity, organisation.c.path.label("organisation_path"))
            .join(organisation, organisation.c.id == activity.c.organisation_id)
            .where(activity.c.title.in_(some), below(within))
            .order_by(activity.c.held_on, activity.c.id)
        )
        for row in connection.execute(statement).mappings():
            found.setdefault(row["title"], []).append(dict(row))
    return found


def recorded(connection: Connection, activities: Iterable[UUID], days: Sequence[date]) -> set[tuple[UUID, UUID, date]]:
    """(volunteer, activity, day) of what is recorded in these activities: posted and not undone, or waiting."""
    if not days:
        return set()
    undoing = transaction.alias()
    found: set[tuple[UUID, UUID, date]] = set()
    posted, waiting = service_record.c, service_claim.c
    is_undone = exists().where(undoing.c.reverses == posted.seq)
    is_over = exists().where(posted.id == waiting.id)
    first, last = min(days), max(days)
    for some in _portions(activities):
        for made, lacks in ((posted, (~is_undone,)), (waiting, (IS_SERVICE, ~is_over, ~IS_REJECTED, ~IS_ENDED))):
            statement = select(made.volunteer_id, made.activity_id, made.served_on).where(
                made.activity_id.in_(some), made.served_on.between(first, last), *lacks
            )
            found.update((row[0], row[1], row[2]) for row in connection.execute(statement))
    return found


def _portions(asked: Iterable[Asked]) -> Iterator[list[Asked]]:
    everything = sorted(set(asked))  # type: ignore[type-var]
    for at in range(0, len(everything), AT_ONCE):
        yield everything[at : at + AT_ONCE]


def _lines() -> Any:
    """What is recorded and stands: posted and not undone, and what waits for reviewers and was not rejected."""
    undoing = transaction.alias()
    posted, waiting = service_record.c, service_claim.c
    columns = ("id", "volunteer_id", "organisation_id", "activity_id", "served_on", "minutes", "capture_method")
    said = *columns, "evaluation", "recorded_by", "seq"
    is_over = exists().where(posted.id == waiting.id)
    stands = select(*(posted[name] for name in said), posted.points, literal("posted").label("state"))
    waits = select(*(waiting[name] for name in said), literal(0).label("points"), literal("submitted").label("state"))
    is_undone = exists().where(undoing.c.reverses == posted.seq)
    waiting_still = waits.where(IS_SERVICE, ~is_over, ~IS_REJECTED, ~IS_ENDED)
    return union_all(stands.where(~is_undone), waiting_still).subquery("line")


_LINE = _lines()
_ORGANISER = organisation.alias()


def lines(
    connection: Connection,
    *,
    within: Sequence[str],
    activity_id: UUID | None,
    since: date | None,
    until: date | None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[dict[str, Any]]:
    """Records of activities of these organisations, the latest day first, each with whose and of what it is."""
    made = _LINE.c
    wanted = (
        select(
            *made,
            volunteer.c.volunteer_no,
            volunteer.c.name,
            organisation.c.path.label("volunteer_path"),
            _ORGANISER.c.path.label("organisation_path"),
            activity.c.title.label("activity_title"),
        )
        .join(volunteer, volunteer.c.id == made.volunteer_id)
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
        .join(activity, activity.c.id == made.activity_id)
        .join(_ORGANISER, _ORGANISER.c.id == made.organisation_id)
        .where(_within(_ORGANISER.c.path, within))
    )
    for condition, value in ((made.activity_id.__eq__, activity_id), (made.served_on.__ge__, since)):
        wanted = wanted if value is None else wanted.where(condition(value))
    wanted = wanted if until is None else wanted.where(made.served_on <= until)
    return paged(connection, wanted, [made.served_on, made.id], after, limit, newest_first=True)


def _within(path: Any, paths: Sequence[str]) -> Any:
    """Paths at or below one of these."""
    return or_(false(), *((path >= one) & (path < one[:-1] + "0") for one in paths))
