"""Memberships: the household and the groups of a volunteer, and what there is to spend in each."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from api.balances import balance_of
from api.routes import Call, Routes
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.people import households, viewings
from ledger.people.households import Membership
from ledger.people.viewings import viewed
from ledger.prizes import standing_in
from ledger.rules import Rulebook
from ledger.service import rulebooks

routes = Routes("memberships")


class MembershipAnswer(TypedDict):
    """A household or group of today, what the volunteer is in it, and the points it has to spend (smallest unit).
    `may_spend` is whether the rulebook lets this member spend them.
    """

    id: str
    kind: Literal["household", "group"]
    name: str
    role: Literal["head", "member"]
    available: int
    may_spend: bool


class MembershipsAnswer(TypedDict):
    """The household first, then the groups, the one joined first before the others."""

    items: list[MembershipAnswer]


@routes.get("/volunteers/<number:volunteer_no>/memberships", scope=Scope.BALANCES_READ, answer=MembershipsAnswer)
def of_volunteer(call: Call, volunteer_no: str) -> MembershipsAnswer:
    """List the household and the groups that a volunteer belongs to today, as far as one may know them."""
    volunteer = volunteer_of(call, volunteer_no)
    viewed(call.bank, call.by, viewings.BALANCE, volunteer)
    today = call.bank.today()
    rulebook = rulebooks.in_force(call.bank, today)
    theirs = households.memberships_of(call.bank, volunteer.id, today)
    known = [one for one in theirs if call.reaches(one.collective.organisation_path)]
    return {"items": [_told(call, one, rulebook) for one in known]}


def _told(call: Call, one: Membership, rulebook: Rulebook | None) -> MembershipAnswer:
    collective = one.collective
    held = balance_of(call, collective.owner, collective.organisation_path)["points"]
    return {
        "id": str(collective.id),
        "kind": collective.owner_kind.value,  # type: ignore[typeddict-item]
        "name": collective.name,
        "role": one.role,  # type: ignore[typeddict-item]
        "available": held["available"],
        "may_spend": standing_in.may_spend(standing_in.payer(collective, rulebook), [one.role]),
    }
