"""Posts (岗位): building heads, micro-grid heads and what else an organisation names, and who holds them until when.

Who holds a post is published, masked; by name and with a way to reach them only while they agree to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Changes
from ledger.core.refusals.organisations import AlreadyInPost, DaysReversed, NotInPost, PostFilled
from ledger.core.refusals.refusal import Refused
from ledger.people import sealing
from ledger.people.consents import PUBLISH_CONTACT
from ledger.people.masking import masked
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.store import posts as store
from ledger.store import rows
from ledger.store.rows import Page

TITLES = {"building_head": "楼栋长", "micro_grid_head": "微网格长", "party_household": "党群中心户"}
"""Kinds of post that every district knows; an organisation may have others, under titles of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of one organisation, which so many may hold at a time."""

    id: UUID
    organisation_id: UUID
    organisation_path: str
    kind: str
    title: str
    holders_at_most: int
    created_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Somebody's time in a post, both days included; None is open."""

    id: UUID
    volunteer_id: UUID
    volunteer_no: str
    organisation_path: str
    name: str
    from_on: date
    until_on: date | None

    def holds(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A post as anybody may see it. No name where it is vacant; no contact where the holder does not agree."""

    organisation_name: str
    kind: str
    title: str
    name: str | None
    since: date | None
    contact: str | None


def create(
    bank: Bank, by: By, *, organisation: Organisation, kind: str, title: str | None, holders_at_most: int = 1
) -> Post:
    """A new post. Without a title it is called as everywhere (`TITLES`), or by its kind."""
    with bank.changing(by) as change:
        row = {
            "id": bank.world.new_id(),
            "organisation_id": organisation.id,
            "kind": kind,
            "title": title or TITLES.get(kind, kind),
            "holders_at_most": holders_at_most,
            "created_at": change.now,
        }
        change.add("post", row)
        change.audit("create", "post", row["id"], after={"organisation_id": organisation.id, "kind": kind})
    return _from(row | {"organisation_path": organisation.path})


def find(bank: Bank, id: UUID) -> Post | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "post", id=id)
    return _from(row) if row else None


def page(bank: Bank, *, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[Post]:
    with bank.store.reading() as connection:
        found = rows.page(connection, "post", order=("id",), after=after, limit=limit, within=within)
    return found.each(_from)


def terms(bank: Bank, post: Post) -> list[Term]:
    """Everybody who holds or held it, the earliest first."""
    with bank.store.reading() as connection:
        return [_term(row) for row in store.terms(connection, post.id)]


def appoint(
    bank: Bank,
    by: By,
    post: Post,
    volunteer: Volunteer,
    *,
    from_on: date,
    until_on: date | None = None,
    contact: str | None = None,
    succeeds: Volunteer | None = None,
) -> Term:
    """The volunteer holds the post from this day on; whom they succeed holds it until the day before.

    Refuses DaysReversed, NotInPost (whom they would succeed), AlreadyInPost, PostFilled.
    """
    if until_on is not None and until_on < from_on:
        raise Refused(DaysReversed(begins=from_on.isoformat(), ends=until_on.isoformat()))
    with bank.changing(by) as change:
        change.hold("post", post.id)
        if succeeds is not None:
            _end(change, post, succeeds, from_on - timedelta(days=1))
        held = [_term(row) for row in store.terms(change.connection, post.id)]
        beside = [one for one in held if _overlap(one, from_on, until_on)]
        if any(one.volunteer_id == volunteer.id for one in beside):
            raise Refused(AlreadyInPost())
        if len(beside) >= post.holders_at_most:
            raise Refused(PostFilled(most=post.holders_at_most))
        id = change.new_id()
        row = {
            "id": id,
            "post_id": post.id,
            "volunteer_id": volunteer.id,
            "from_on": from_on,
            "until_on": until_on,
            "contact": sealing.of(bank).seal(contact, place=place_of(id)) if contact else None,
            "recorded_at": change.now,
        }
        change.add("term", row)
        change.audit("appoint", "post", post.id, after={"volunteer": volunteer.id, "from": from_on, "until": until_on})
    return Term(
        id=id,
        volunteer_id=volunteer.id,
        volunteer_no=volunteer.volunteer_no,
        organisation_path=volunteer.organisation_path,
        name=volunteer.name,
        from_on=from_on,
        until_on=until_on,
    )


def end(bank: Bank, by: By, post: Post, volunteer: Volunteer, *, until_on: date) -> Term:
    """This day is the last in the post. Refuses NotInPost, DaysReversed."""
    with bank.changing(by) as change:
        change.hold("post", post.id)
        return _end(change, post, volunteer, until_on)


def published(bank: Bank, organisation: Organisation) -> list[Published]:
    """The posts at and below this organisation and who holds them today, for anybody to see."""
    with bank.store.reading() as connection:
        found = store.holders(connection, organisation.path, bank.today(), purpose=PUBLISH_CONTACT)
    seals = sealing.of(bank)
    return [
        Published(
            organisation_name=row["organisation_name"],
            kind=row["kind"],
            title=row["title"],
            name=None if row["name"] is None else row["name"] if row["agrees"] else masked(row["name"]),
            since=row["from_on"],
            contact=seals.open(row["contact"], place=place_of(row["term_id"]))
            if row["agrees"] and row["contact"]
            else None,
        )
        for row in found
    ]


def held_post(bank: Bank, volunteer_id: UUID, on: date) -> frozenset[str]:
    """The kinds of post this volunteer holds on this day: what rulebooks ask for."""
    return held_posts(bank, [(volunteer_id, on)]).get((volunteer_id, on), frozenset())


def held_posts(bank: Bank, asked: Iterable[tuple[UUID, date]]) -> dict[tuple[UUID, date], frozenset[str]]:
    """The same for a whole roster, in one look-up; those without a post are left out."""
    wanted = set(asked)
    if not wanted:
        return {}
    with bank.store.reading() as connection:
        found = store.held(connection, {volunteer for volunteer, _ in wanted}, min(on for _, on in wanted))
    kinds: dict[tuple[UUID, date], set[str]] = {}
    for volunteer, on in wanted:
        for row in found:
            if row["volunteer_id"] == volunteer and row["from_on"] <= on <= (row["until_on"] or on):
                kinds.setdefault((volunteer, on), set()).add(row["kind"])
    return {of: frozenset(theirs) for of, theirs in kinds.items()}


def months_in_post(term: Term, *, until: date) -> list[date]:
    """The last day of each month that the term wholly covers, up to `until`: one deed of `month in post` for each."""
    last = min(term.until_on or until, until)
    month = term.from_on.replace(day=1)
    days: list[date] = []
    while True:
        ends = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        if ends > last:
            return days
        if term.from_on <= month:
            days.append(ends)
        month = ends + timedelta(days=1)


def _overlap(one: Term, from_on: date, until_on: date | None) -> bool:
    return (one.until_on is None or one.until_on >= from_on) and (until_on is None or one.from_on <= until_on)


def _end(change: Changes, post: Post, volunteer: Volunteer, until_on: date) -> Term:
    held = [_term(row) for row in store.terms(change.connection, post.id)]
    mine = [one for one in held if one.volunteer_id == volunteer.id and (one.until_on or until_on) >= until_on]
    if not mine:
        raise Refused(NotInPost())
    if until_on < mine[-1].from_on:
        raise Refused(DaysReversed(begins=mine[-1].from_on.isoformat(), ends=until_on.isoformat()))
    change.change("term", mine[-1].id, {"until_on": until_on})
    change.audit("end", "post", post.id, after={"volunteer": volunteer.id, "until": until_on})
    return Term(**{name: getattr(mine[-1], name) for name in Term.__slots__} | {"until_on": until_on})


def place_of(id: UUID) -> str:
    return f"term/{id}/contact"


def _term(row: Mapping[str, Any]) -> Term:
    return Term(**{name: row[name] for name in Term.__slots__})


def _from(row: Mapping[str, Any]) -> Post:
    return Post(**{name: row[name] for name in Post.__slots__})
