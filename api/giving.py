"""Giving: members' points pooled into their household or group, and points donated."""

from __future__ import annotations

from uuid import UUID

from typing_extensions import TypedDict

from api.fields import Count, Form, Id, VolunteerNo
from api.households import collective_of
from api.idempotency import answered
from api.problems import Fault, Problem
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.core.accounts import OwnerKind
from ledger.people import giving, organisations
from ledger.people.households import Collective
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.service import rulebooks

routes = Routes("giving")


class NewPooling(Form):
    """Whose points, and how many."""

    volunteer_no: VolunteerNo
    points: Count


class Giver(Form):
    """Exactly one of these."""

    volunteer_no: VolunteerNo | None = None
    household_id: Id | None = None
    group_id: Id | None = None


class Receiver(Giver):
    """Exactly one of these; an organisation stands for its common cause."""

    organisation_id: Id | None = None


class NewDonation(Form):
    """Who gives how many points to whom. For a household or group, `decided_by` is the member who decided it."""

    giver: Giver
    receiver: Receiver
    points: Count
    decided_by: VolunteerNo | None = None


class GivingAnswer(TypedDict):
    """Points that changed hands."""

    id: str
    points: int
    transaction_seq: int


@routes.post(
    "/households/<id:household_id>/pool",
    scope=Scope.POINTS_GIVE,
    body=NewPooling,
    answer=GivingAnswer,
    posts=True,
)
def pool_into_household(call: Call, household_id: UUID, form: NewPooling) -> Answer:
    """Pool a member's points in their household."""
    return _pooled(call, collective_of(call, OwnerKind.HOUSEHOLD, household_id), form)


@routes.post("/groups/<id:group_id>/pool", scope=Scope.POINTS_GIVE, body=NewPooling, answer=GivingAnswer, posts=True)
def pool_into_group(call: Call, group_id: UUID, form: NewPooling) -> Answer:
    """Pool a member's points in their group."""
    return _pooled(call, collective_of(call, OwnerKind.GROUP, group_id), form)


@routes.post("/donations", scope=Scope.POINTS_GIVE, body=NewDonation, answer=GivingAnswer, posts=True)
def donate(call: Call, form: NewDonation) -> Answer:
    """Give points away: donate-only ones to anybody, spendable ones to a common cause."""
    giver = _party(call, form.giver, "/giver")
    receiver = _party(call, form.receiver, "/receiver")
    if isinstance(giver, Organisation):  # the form of a giver has no organisation
        raise AssertionError(giver)
    return answered(
        giving.donate(
            call.bank,
            call.by,
            call.request,
            giver=giver,
            receiver=receiver,
            points=form.points,
            decided_by=volunteer_of(call, form.decided_by, "/decided_by") if form.decided_by else None,
            rulebook=rulebooks.in_force(call.bank, call.bank.today()),
        )
    )


def _pooled(call: Call, into: Collective, form: NewPooling) -> Answer:
    return answered(
        giving.pool(
            call.bank,
            call.by,
            call.request,
            member=volunteer_of(call, form.volunteer_no, "/volunteer_no"),
            into=into,
            points=form.points,
            rulebook=rulebooks.in_force(call.bank, call.bank.today()),
        )
    )


def _party(call: Call, named: Giver, pointer: str) -> Volunteer | Collective | Organisation:
    """Whoever is named. Refuses 422 where not exactly one is, 404 where there is none."""
    given = [name for name, value in named if value is not None]
    if len(given) != 1:
        raise Problem("invalid_request", faults=[Fault(pointer, "not_exactly_one")])
    at = f"{pointer}/{given[0]}"
    if named.volunteer_no is not None:
        return volunteer_of(call, named.volunteer_no, at)
    if named.household_id is not None:
        return collective_of(call, OwnerKind.HOUSEHOLD, named.household_id, at)
    if named.group_id is not None:
        return collective_of(call, OwnerKind.GROUP, named.group_id, at)
    return reached(call, organisations.find(call.bank, getattr(named, given[0])), at)
