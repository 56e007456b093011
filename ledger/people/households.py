"""Households (家庭) and groups (团体): people who hold an account together, who they are and since when.

Members come and go by days, and what was stays readable: points that a household was given in March are explained by
who was in it in March. Nobody is at home in two households at once; of groups one may join many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from ledger.bank import Bank, By, Changes
from ledger.core.accounts import Owner, OwnerKind
from ledger.core.refusals.organisations import AlreadyAtHome, AlreadyMember, DaysReversed, NotAMember, TooManyMembers
from ledger.core.refusals.refusal import Refused
from ledger.people import volunteers
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.store import memberships, rows
from ledger.store.rows import Page

HEAD, MEMBER = "head", "member"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collective:
    """A household or a group."""

    id: UUID
    owner_kind: OwnerKind
    organisation_id: UUID
    organisation_path: str
    name: str
    created_at: int

    @property
    def owner(self) -> Owner:
        return Owner(self.owner_kind, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in a household or group, from a day to a day; the last one counts, None is open."""

    id: UUID
    volunteer_id: UUID
    volunteer_no: str
    organisation_path: str
    """Where the volunteer belongs, who may live elsewhere than the group works."""
    name: str
    role: str
    from_on: date
    until_on: date | None

    def holds(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


class Membership(NamedTuple):
    """What somebody belongs to, as what: head or member."""

    collective: Collective
    role: str


def create(bank: Bank, by: By, *, kind: OwnerKind, organisation: Organisation, name: str) -> Collective:
    """A new household or group, with nobody in it yet."""
    if kind not in (OwnerKind.HOUSEHOLD, OwnerKind.GROUP):
        raise ValueError(f"nobody is a member of a {kind}")
    with bank.changing(by) as change:
        row = {
            "id": bank.world.new_id(),
            "owner_kind": kind.value,
            "organisation_id": organisation.id,
            "name": name,
            "created_at": change.now,
        }
        change.add("collective", row)
        change.audit("create", kind.value, row["id"], after={"organisation_id": organisation.id})
    return _from(row | {"organisation_path": organisation.path})


def find(bank: Bank, kind: OwnerKind, id: UUID) -> Collective | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "collective", id=id, owner_kind=kind.value)
    return _from(row) if row else None


def find_all(bank: Bank, kind: OwnerKind, ids: Sequence[UUID]) -> dict[UUID, Collective]:
    """Those there are of this kind, by id."""
    with bank.store.reading() as connection:
        found = rows.find_all(connection, "collective", ids)
    return {id: _from(row) for id, row in found.items() if row["owner_kind"] == kind.value}


def page(
    bank: Bank, kind: OwnerKind, *, within: Sequence[str], after: Sequence[Any] | None, limit: int
) -> Page[Collective]:
    """Households, or groups, of these organisations and those below them, the oldest first."""
    with bank.store.reading() as connection:
        found = rows.page(
            connection, "collective", order=("id",), after=after, limit=limit, within=within, owner_kind=kind.value
        )
    return found.each(_from)


def members(bank: Bank, collective: Collective, *, on: date | None = None) -> list[Member]:
    """Who is in it on this day; without one, everybody who ever was, the earliest first."""
    with bank.store.reading() as connection:
        return [_member(row) for row in memberships.members(connection, collective.id, on=on)]


def volunteer_in(bank: Bank, collective: Collective, volunteer_no: str) -> Volunteer | None:
    """Whoever has this number, if they are or were a member."""
    found = volunteers.find(bank, volunteer_no)
    known = {one.volunteer_id for one in members(bank, collective)}
    return found if found is not None and found.id in known else None


def household_of(bank: Bank, volunteer_id: UUID, on: date) -> Collective | None:
    """The household this volunteer belongs to on this day. Inside a larger statement: `store.memberships.home_of`."""
    return households_of(bank, [(volunteer_id, on)]).get((volunteer_id, on))


def households_of(bank: Bank, asked: Iterable[tuple[UUID, date]]) -> dict[tuple[UUID, date], Collective]:
    """The household of each (volunteer, day) that has one: one look-up for a whole roster."""
    return {of: found[0] for of, found in _collectives_of(bank, asked, OwnerKind.HOUSEHOLD).items()}


def memberships_of(bank: Bank, volunteer_id: UUID, on: date) -> list[Membership]:
    """The household and the groups of a volunteer on this day, the one joined first before the others."""
    with bank.store.reading() as connection:
        found = [
            row
            for kind in (OwnerKind.HOUSEHOLD, OwnerKind.GROUP)
            for row in memberships.collectives_of(connection, [volunteer_id], kind.value, on)
        ]
    return [Membership(_from(row | {"id": row["collective_id"]}), row["role"]) for row in found if row["from_on"] <= on]


def groups_of(bank: Bank, asked: Iterable[tuple[UUID, date]]) -> dict[tuple[UUID, date], list[Collective]]:
    """The groups of each (volunteer, day) that is in any, the one joined first before the others."""
    return _collectives_of(bank, asked, OwnerKind.GROUP)


def join(
    bank: Bank,
    by: By,
    collective: Collective,
    volunteer: Volunteer,
    *,
    from_on: date,
    role: str = MEMBER,
    members_at_most: int | None = None,
) -> Member:
    """The volunteer is a member from this day on; as head, whoever was it before is a member from then on.

    `members_at_most` is what the rulebook says. Refuses AlreadyMember, AlreadyAtHome, TooManyMembers, and DaysReversed
    where the head before began later.
    """
    with bank.changing(by) as change:
        change.hold_postings()
        memberships.hold_still(change.connection, collective.id, [volunteer.id])
        others = [_member(row) for row in memberships.members(change.connection, collective.id)]
        open_ones = [one for one in others if one.until_on is None or one.until_on >= from_on]
        if any(one.volunteer_id == volunteer.id for one in open_ones):
            raise Refused(AlreadyMember())
        if collective.owner_kind is OwnerKind.HOUSEHOLD and memberships.collectives_of(
            change.connection, [volunteer.id], OwnerKind.HOUSEHOLD, from_on
        ):
            raise Refused(AlreadyAtHome())
        if members_at_most is not None and len({one.volunteer_id for one in open_ones}) >= members_at_most:
            raise Refused(TooManyMembers(most=members_at_most))
        if role == HEAD:
            _step_down(change, collective, open_ones, from_on)
        row = _begin(change, collective, volunteer.id, role, from_on)
        change.audit(
            "join", collective.owner_kind, collective.id, after={"volunteer": volunteer.id, "role": role, "on": from_on}
        )
    return _member(_of(row, volunteer))


def leave(bank: Bank, by: By, collective: Collective, volunteer: Volunteer, *, until_on: date) -> Member:
    """This day is the volunteer's last as a member. Refuses NotAMember, DaysReversed."""
    with bank.changing(by) as change:
        change.hold_postings()
        memberships.hold_still(change.connection, collective.id, [volunteer.id])
        mine = _latest(change, collective, volunteer)
        if until_on < mine.from_on:
            raise Refused(DaysReversed(begins=mine.from_on.isoformat(), ends=until_on.isoformat()))
        _end(change, mine, until_on)
        change.audit("leave", collective.owner_kind, collective.id, after={"volunteer": volunteer.id, "on": until_on})
    return Member(**{name: getattr(mine, name) for name in Member.__slots__} | {"until_on": until_on})


def appoint(bank: Bank, by: By, collective: Collective, volunteer: Volunteer, *, from_on: date) -> Member:
    """A member becomes the head (户主, 团长) on this day, in the place of whoever was. Refuses NotAMember and
    DaysReversed.
    """
    with bank.changing(by) as change:
        change.hold_postings()
        memberships.hold_still(change.connection, collective.id, [volunteer.id])
        mine = _latest(change, collective, volunteer)
        if mine.role == HEAD:
            return mine
        others = [_member(row) for row in memberships.members(change.connection, collective.id)]
        _step_down(change, collective, [one for one in others if one.until_on is None], from_on)
        row = _succeed(change, collective, mine, HEAD, from_on)
        change.audit("appoint", collective.owner_kind, collective.id, after={"head": volunteer.id, "on": from_on})
    return _member(_of(row, volunteer))


def _latest(change: Changes, collective: Collective, volunteer: Volunteer) -> Member:
    """The volunteer's membership that has not ended. Refuses NotAMember."""
    found = [_member(row) for row in memberships.members(change.connection, collective.id)]
    mine = [one for one in found if one.volunteer_id == volunteer.id and one.until_on is None]
    if not mine:
        raise Refused(NotAMember())
    return mine[-1]


def _step_down(change: Changes, collective: Collective, open_ones: Sequence[Member], on: date) -> None:
    for one in open_ones:
        if one.role == HEAD and one.until_on is None:
            _succeed(change, collective, one, MEMBER, on)


def _succeed(change: Changes, collective: Collective, one: Member, role: str, on: date) -> dict[str, Any]:
    """The same member in another role from this day on; what they were until the day before stays in the history."""
    if on < one.from_on:
        raise Refused(DaysReversed(begins=one.from_on.isoformat(), ends=on.isoformat()))
    if on == one.from_on:
        headed = collective.id if role == HEAD else None
        change.change("membership", one.id, {"role": role, "headed_id": headed})
        return {"id": one.id, "volunteer_id": one.volunteer_id, "role": role, "from_on": on, "until_on": None}
    _end(change, one, on - timedelta(days=1))
    return _begin(change, collective, one.volunteer_id, role, on)


def _begin(change: Changes, collective: Collective, volunteer_id: UUID, role: str, on: date) -> dict[str, Any]:
    row = {
        "id": change.new_id(),
        "collective_id": collective.id,
        "volunteer_id": volunteer_id,
        "role": role,
        "from_on": on,
        "until_on": None,
        "at_home_of": volunteer_id if collective.owner_kind is OwnerKind.HOUSEHOLD else None,
        "headed_id": collective.id if role == HEAD else None,
        "recorded_at": change.now,
    }
    change.add("membership", row)
    return row


def _end(change: Changes, one: Member, on: date) -> None:
    change.change("membership", one.id, {"until_on": on, "at_home_of": None, "headed_id": None})


def _collectives_of(
    bank: Bank, asked: Iterable[tuple[UUID, date]], kind: OwnerKind
) -> dict[tuple[UUID, date], list[Collective]]:
    wanted = set(asked)
    if not wanted:
        return {}
    since = min(on for _, on in wanted)
    with bank.store.reading() as connection:
        found = memberships.collectives_of(connection, {volunteer for volunteer, _ in wanted}, kind.value, since)
    by_volunteer: dict[UUID, list[dict[str, Any]]] = {}
    for row in found:
        by_volunteer.setdefault(row["volunteer_id"], []).append(row)
    belongs = {
        (volunteer, on): [
            _from(row | {"id": row["collective_id"]})
            for row in by_volunteer.get(volunteer, ())
            if row["from_on"] <= on and (row["until_on"] is None or on <= row["until_on"])
        ]
        for volunteer, on in wanted
    }
    return {of: theirs for of, theirs in belongs.items() if theirs}


def _of(row: Mapping[str, Any], volunteer: Volunteer) -> dict[str, Any]:
    return {
        **row,
        "volunteer_no": volunteer.volunteer_no,
        "name": volunteer.name,
        "organisation_path": volunteer.organisation_path,
    }


def _member(row: Mapping[str, Any]) -> Member:
    return Member(**{name: row[name] for name in Member.__slots__})


def _from(row: Mapping[str, Any]) -> Collective:
    return Collective(
        **{name: row[name] for name in Collective.__slots__} | {"owner_kind": OwnerKind(row["owner_kind"])}
    )
