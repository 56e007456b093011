"""Households (家庭) and groups (团体): who is in them since when, and what they hold together. Both work alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.balances import BalanceAnswer, EntryAnswer, StatementQuery, balance_of, statement_of
from api.fields import Day, Form, Id, Name, VolunteerNo
from api.organisations import open_home
from api.pagination import Keyset, PageQuery
from api.rendering import Answer, instant
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.core.accounts import OwnerKind
from ledger.core.refusals.organisations import NotAMember
from ledger.core.refusals.refusal import Refused
from ledger.people import households
from ledger.people.households import Collective, Member
from ledger.people.masking import masked
from ledger.people.volunteers import Volunteer
from ledger.service import rulebooks

_keyset = Keyset(UUID)

H = TypeVar("H", bound=Callable[..., Any])
Role = Literal["head", "member"]


class NewCollective(Form):
    """A household or a group of people, of one organisation."""

    organisation_id: Id
    name: Name


class NewMember(Form):
    """Who joins, since when (today if left out), as what."""

    volunteer_no: VolunteerNo
    from_on: Day | None = None
    role: Role = "member"


class Leaving(Form):
    """The last day as a member (today if left out)."""

    until_on: Day | None = None


class NewHead(Form):
    """Which member is the head, since when (today if left out)."""

    volunteer_no: VolunteerNo
    from_on: Day | None = None


class MemberAnswer(TypedDict):
    """A member from a day to a day, both included. Of somebody who belongs to another organisation only part of the
    name is told, and no number.
    """

    volunteer_no: str | None
    name: str
    role: Role
    from_on: str
    until_on: str | None


class CollectiveAnswer(TypedDict):
    """A household or group, with its members of today."""

    id: str
    name: str
    organisation_id: str
    created_at: str
    members: list[MemberAnswer]


class CollectiveLine(TypedDict):
    """A household or group in a list."""

    id: str
    name: str
    organisation_id: str
    created_at: str


class MembersAnswer(TypedDict):
    """Everybody who is or was a member, the earliest first."""

    members: list[MemberAnswer]


def _declared(kind: OwnerKind, path: str) -> Routes:
    routes = Routes(path)
    _declare_collectives(routes, kind, path)
    _declare_members(routes, kind, f"/{path}/<id:id>")
    _declare_points(routes, kind, f"/{path}/<id:id>")
    return routes


def _declare_collectives(routes: Routes, kind: OwnerKind, path: str) -> None:
    @routes.post(f"/{path}", scope=Scope.VOLUNTEERS_WRITE, body=NewCollective, answer=CollectiveAnswer)
    @_does("Register a {}.", kind)
    def create(call: Call, form: NewCollective) -> CollectiveAnswer:
        organisation = open_home(call, form.organisation_id, "/organisation_id")
        made = households.create(call.bank, call.by, kind=kind, organisation=organisation, name=form.name)
        return _told(call, made)

    @routes.get(f"/{path}", scope=Scope.VOLUNTEERS_READ, query=PageQuery, answer=page_of(CollectiveLine))
    @_does("List every {} of the organisations within reach.", kind)
    def page(call: Call, query: PageQuery) -> Answer:
        found = households.page(call.bank, kind, within=call.within, after=_keyset.after(query), limit=query.limit)
        return _keyset.answer(found, _line)

    @routes.get(f"/{path}/<id:id>", scope=Scope.VOLUNTEERS_READ, answer=CollectiveAnswer)
    @_does("Look a {} up, with its members of today.", kind)
    def show(call: Call, id: UUID) -> CollectiveAnswer:
        return _told(call, collective_of(call, kind, id))


def _declare_members(routes: Routes, kind: OwnerKind, one: str) -> None:
    write, read = Scope.VOLUNTEERS_WRITE, Scope.VOLUNTEERS_READ

    @routes.get(f"{one}/members", scope=read, answer=MembersAnswer)
    @_does("List everybody who is or was a member of a {}.", kind)
    def members(call: Call, id: UUID) -> MembersAnswer:
        found = households.members(call.bank, collective_of(call, kind, id))
        return {"members": [_member(call, each) for each in found]}

    @routes.post(f"{one}/members", scope=write, body=NewMember, answer=MemberAnswer)
    @_does("Add a member to a {}.", kind)
    def join(call: Call, id: UUID, form: NewMember) -> MemberAnswer:
        on = form.from_on or call.bank.today()
        collective = collective_of(call, kind, id)
        policy = rulebooks.in_force(call.bank, on)
        account = policy.account(kind.value) if policy else None
        joined = households.join(
            call.bank,
            call.by,
            collective,
            volunteer_of(call, form.volunteer_no, "/volunteer_no"),
            from_on=on,
            role=form.role,
            members_at_most=account.members_at_most if account else None,
        )
        return _member(call, joined)

    @routes.post(f"{one}/members/<number:volunteer_no>/leave", scope=write, body=Leaving, answer=MemberAnswer)
    @_does("Let a member leave a {}.", kind)
    def leave(call: Call, id: UUID, volunteer_no: str, form: Leaving) -> MemberAnswer:
        collective = collective_of(call, kind, id)
        member = _known_member(call, collective, volunteer_no)
        until = form.until_on or call.bank.today()
        return _member(call, households.leave(call.bank, call.by, collective, member, until_on=until))

    @routes.post(f"{one}/head", scope=write, body=NewHead, answer=MemberAnswer)
    @_does("Make a member the head of a {}.", kind)
    def appoint(call: Call, id: UUID, form: NewHead) -> MemberAnswer:
        collective = collective_of(call, kind, id)
        member = _known_member(call, collective, form.volunteer_no)
        on = form.from_on or call.bank.today()
        return _member(call, households.appoint(call.bank, call.by, collective, member, from_on=on))


def _declare_points(routes: Routes, kind: OwnerKind, one: str) -> None:
    @routes.get(f"{one}/balance", scope=Scope.BALANCES_READ, answer=BalanceAnswer)
    @_does("Read the balance of a {}.", kind)
    def balance(call: Call, id: UUID) -> BalanceAnswer:
        collective = collective_of(call, kind, id)
        return balance_of(call, collective.owner, collective.organisation_path)

    @routes.get(f"{one}/statement", scope=Scope.BALANCES_READ, query=StatementQuery, answer=page_of(EntryAnswer))
    @_does("Read the statement of a {}, newest entries first.", kind)
    def statement(call: Call, id: UUID, query: StatementQuery) -> Answer:
        return statement_of(call, collective_of(call, kind, id).owner, query)


def _does(sentence: str, kind: OwnerKind) -> Callable[[H], H]:
    """What a handler does, in the word of its kind."""

    def said(handler: H) -> H:
        handler.__doc__ = sentence.format(kind.value)
        return handler

    return said


def collective_of(call: Call, kind: OwnerKind, id: UUID, pointer: str | None = None) -> Collective:
    """The household or group with this id, if this person may know it; else 404."""
    return reached(call, households.find(call.bank, kind, id), pointer)


def _known_member(call: Call, collective: Collective, volunteer_no: str) -> Volunteer:
    """A member by number, wherever they belong: who keeps the household may let them go. Refuses NotAMember."""
    found = households.volunteer_in(call.bank, collective, volunteer_no)
    if found is None:
        raise Refused(NotAMember())
    return found


def _told(call: Call, collective: Collective) -> CollectiveAnswer:
    today = households.members(call.bank, collective, on=call.bank.today())
    return {**_line(collective), "members": [_member(call, each) for each in today]}


def _line(collective: Collective) -> CollectiveLine:
    return {
        "id": str(collective.id),
        "name": collective.name,
        "organisation_id": str(collective.organisation_id),
        "created_at": instant(collective.created_at),
    }


def _member(call: Call, member: Member) -> MemberAnswer:
    known = call.reaches(member.organisation_path)
    return {
        "volunteer_no": member.volunteer_no if known else None,
        "name": member.name if known else masked(member.name),
        "role": member.role,  # type: ignore[typeddict-item]
        "from_on": member.from_on.isoformat(),
        "until_on": member.until_on.isoformat() if member.until_on else None,
    }


households_routes = _declared(OwnerKind.HOUSEHOLD, "households")
groups_routes = _declared(OwnerKind.GROUP, "groups")
