"""The SQL of wishes, their claims, and who is paired with whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, and_, func, or_, select, update

from ledger.store.agreements import agrees
from ledger.store.persons import numbers_of
from ledger.store.rows import Page, below, paged
from ledger.store.schema.needs import companionship, wish, wish_claim
from ledger.store.schema.people import organisation, volunteer

Row = dict[str, Any]
_WISHES: Select[Any] = select(
    wish,
    organisation.c.path.label("organisation_path"),
    organisation.c.name.label("organisation_name"),
    volunteer.c.volunteer_no,
    volunteer.c.name.label("volunteer_name"),
).select_from(
    wish.join(organisation, organisation.c.id == wish.c.organisation_id).outerjoin(
        volunteer, volunteer.c.id == wish.c.volunteer_id
    )
)
_CLAIMS: Select[Any] = select(
    wish_claim,
    volunteer.c.volunteer_no,
    volunteer.c.name,
    wish.c.organisation_id,
    wish.c.shown_text,
    wish.c.state.label("wish_state"),
    organisation.c.path.label("organisation_path"),
).select_from(
    wish_claim.join(volunteer, volunteer.c.id == wish_claim.c.volunteer_id)
    .join(wish, wish.c.id == wish_claim.c.wish_id)
    .join(organisation, organisation.c.id == wish.c.organisation_id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which wishes of a list; None is all."""

    state: str | None = None
    kind: str | None = None
    channel: str | None = None
    organisation_path: str | None = None


def find(connection: Connection, id: UUID) -> Row | None:
    row = connection.execute(_WISHES.where(wish.c.id == id)).mappings().first()
    return dict(row) if row is not None else None


def page(
    connection: Connection, *, within: Sequence[str] | None, asked: Asked, after: Sequence[Any] | None, limit: int
) -> Page[Row]:
    """Wishes of these organisations, the newest first. None: of all, as far as there is something to show of them."""
    statement = _WISHES.where(wish.c.shown_text.is_not(None) if within is None else below(within))
    if asked.organisation_path is not None:
        statement = statement.where(below([asked.organisation_path]))
    for name in ("state", "kind", "channel"):
        if getattr(asked, name) is not None:
            statement = statement.where(wish.c[name] == getattr(asked, name))
    return paged(connection, statement, [wish.c.id], after, limit, newest_first=True)


def of_volunteer(connection: Connection, volunteer_id: UUID, *, after: Sequence[Any] | None, limit: int) -> Page[Row]:
    """The wishes of one person, the newest first."""
    statement = _WISHES.where(wish.c.volunteer_id.in_(numbers_of(volunteer_id)))
    return paged(connection, statement, [wish.c.id], after, limit, newest_first=True)


def made_since(connection: Connection, since: int, *, volunteer_id: UUID | None, asker_hash: bytes | None) -> list[Row]:
    """Wishes that this person made since then and that were not refused, and those of theirs that are still open."""
    own = wish.c.asker_hash == asker_hash if volunteer_id is None else wish.c.volunteer_id.in_(numbers_of(volunteer_id))
    counts = and_(wish.c.collected_at >= since, wish.c.state != "refused")
    is_open = wish.c.state.in_(("collected", "published", "fulfilled"))
    statement = select(wish.c.id, wish.c.state).where(own, or_(counts, is_open))
    return [dict(row) for row in connection.execute(statement).mappings()]


def open_claims(connection: Connection, ids: Sequence[UUID], on: date) -> dict[UUID, int]:
    """How many hold each of these wishes on this day; a claim that has run out frees its wish."""
    statement = (
        select(wish_claim.c.wish_id, func.count())
        .where(wish_claim.c.wish_id.in_(list(ids)), wish_claim.c.ended_at.is_(None), wish_claim.c.until_on >= on)
        .group_by(wish_claim.c.wish_id)
    )
    return {row[0]: row[1] for row in connection.execute(statement)} if ids else {}


def claims(connection: Connection, wish_id: UUID) -> list[Row]:
    """All claims of a wish, the first one first."""
    statement = _CLAIMS.where(wish_claim.c.wish_id == wish_id).order_by(wish_claim.c.claimed_at, wish_claim.c.id)
    return [dict(row) for row in connection.execute(statement).mappings()]


def claim(connection: Connection, id: UUID) -> Row | None:
    row = connection.execute(_CLAIMS.where(wish_claim.c.id == id)).mappings().first()
    return dict(row) if row is not None else None


def claims_of_volunteer(
    connection: Connection, volunteer_id: UUID, *, after: Sequence[Any] | None, limit: int
) -> Page[Row]:
    """What somebody claimed, the newest first."""
    statement = _CLAIMS.where(wish_claim.c.volunteer_id.in_(numbers_of(volunteer_id)))
    return paged(connection, statement, [wish_claim.c.id], after, limit, newest_first=True)


def held(
    connection: Connection, *, within: Sequence[str], on: date, after: Sequence[Any] | None, limit: int
) -> Page[Row]:
    """Claims that count on this day, of wishes of these organisations, the soonest to run out first."""
    statement = _CLAIMS.where(wish_claim.c.ended_at.is_(None), wish_claim.c.until_on >= on, below(within))
    return paged(connection, statement, [wish_claim.c.until_on, wish_claim.c.id], after, limit, newest_first=False)


def end_claims(connection: Connection, wish_id: UUID, *, ended_as: str, now: int, run_out_on: date | None) -> None:
    """Open claims of a wish end; with a day, only those that had run out before it."""
    those = [wish_claim.c.wish_id == wish_id, wish_claim.c.ended_at.is_(None)]
    if run_out_on is not None:
        those.append(wish_claim.c.until_on < run_out_on)
    values = {"ended_at": now, "ended_as": ended_as, "open_as": None}
    connection.execute(update(wish_claim).where(*those).values(**values))


def fulfillers(connection: Connection, ids: Sequence[UUID], *, purpose: str) -> list[Row]:
    """Who fulfilled these wishes, and whether they agree to `purpose`."""
    if not ids:
        return []
    statement = (
        select(wish_claim.c.wish_id, volunteer.c.name, agrees(volunteer.c.id, purpose).label("agrees"))
        .join(volunteer, volunteer.c.id == wish_claim.c.volunteer_id)
        .where(wish_claim.c.wish_id.in_(list(ids)), wish_claim.c.ended_as == "fulfilled")
        .order_by(wish_claim.c.id)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def companionships(
    connection: Connection, *, within: Sequence[str], after: Sequence[Any] | None, limit: int
) -> Page[Row]:
    """Who is paired with the wisher of which wish, the newest first."""
    statement = _COMPANIONSHIPS.where(below(within))
    return paged(connection, statement, [companionship.c.id], after, limit, newest_first=True)


def companionship_of(connection: Connection, id: UUID) -> Row | None:
    row = connection.execute(_COMPANIONSHIPS.where(companionship.c.id == id)).mappings().first()
    return dict(row) if row is not None else None


_COMPANIONSHIPS: Select[Any] = select(
    companionship, volunteer.c.volunteer_no, volunteer.c.name, organisation.c.path.label("organisation_path")
).select_from(
    companionship.join(organisation, organisation.c.id == companionship.c.organisation_id).join(
        volunteer, volunteer.c.id == companionship.c.volunteer_id
    )
)
