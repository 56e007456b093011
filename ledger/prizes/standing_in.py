"""Standing in: an agent at the desk for the volunteer, or a household or group that pays for a member.

Both are decided on rows read under the bank's head, which taking an authorisation back and leaving a household hold,
too: of the two at once one is wholly before the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.core.accounts import Owner
from ledger.core.books import Books
from ledger.core.refusals.organisations import MayNotDecide, NotAMember
from ledger.core.refusals.people import (
    AgencyEnded,
    AgencyNotBegun,
    AgencyRevoked,
    AgentNotAuthorised,
    CollectsOnly,
    SpendingNotAllowed,
)
from ledger.core.refusals.refusal import Refusal
from ledger.people.agents import REDEEM
from ledger.people.households import HEAD, Collective
from ledger.rules import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """A household or group that pays, and whom the rulebook lets spend: anyone, head or nobody."""

    owner: Owner
    spends: str


def payer(collective: Collective, rulebook: Rulebook | None) -> Payer:
    """What a rulebook does not speak of, it does not allow."""
    policy = rulebook.account(collective.owner_kind.value) if rulebook else None
    return Payer(owner=collective.owner, spends=policy.spends if policy else "nobody")


def rows_of(volunteer: Owner, agency: UUID | None, payer: Payer | None) -> tuple[tuple[str, str, UUID], ...]:
    """The rows that decide it, as a command needs them."""
    return (
        *([("agency", "id", agency)] if agency else ()),
        *([("membership", "volunteer_id", volunteer.id)] if payer else ()),
    )


def agent_refused(facts: Books, volunteer: Owner, agency: UUID) -> Refusal | None:
    """Why this agent may not redeem for the volunteer today, if so."""
    found = next((row for row in facts.rows("agency", "id", agency) if row["volunteer_id"] == volunteer.id), None)
    if found is None:
        return AgentNotAuthorised()
    begins, ends = found["from_on"], found["until_on"]
    if found["revoked_at"] is not None:
        return AgencyRevoked()
    if facts.today < begins:
        return AgencyNotBegun(begins=begins.isoformat())
    if ends is not None and ends < facts.today:
        return AgencyEnded(ends=ends.isoformat())
    return None if found["scope"] == REDEEM else CollectsOnly()


def payer_refused(facts: Books, volunteer: Owner, payer: Payer) -> Refusal | None:
    """Why this member may not spend from the household or group today, if so."""
    roles = [
        row["role"]
        for row in facts.rows("membership", "volunteer_id", volunteer.id)
        if row["collective_id"] == payer.owner.id and _holds(row["from_on"], row["until_on"], facts.today)
    ]
    if not roles:
        return NotAMember()
    if payer.spends == "nobody":
        return SpendingNotAllowed()
    return None if may_spend(payer, roles) else MayNotDecide()


def may_spend(payer: Payer, roles: Sequence[str]) -> bool:
    """Whether a member with these roles in it may spend from it, as the rulebook says."""
    return payer.spends == "anyone" or (payer.spends == "head" and HEAD in roles)


def _holds(begins: date, ends: date | None, on: date) -> bool:
    return begins <= on and (ends is None or on <= ends)
