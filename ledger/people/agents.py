"""Agents (代领人): who may collect for a volunteer, and spend at the desk, on whose word, and until when.

The authorisation is the volunteer's own consent: it says how it was taken down, and it can be taken back at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.core.refusals.organisations import DaysReversed
from ledger.core.refusals.people import AgentIsPrincipal
from ledger.core.refusals.refusal import Refused
from ledger.people import sealing
from ledger.people.volunteers import Volunteer
from ledger.store import rows

COLLECT, REDEEM = "collect", "redeem"
SCOPES = (COLLECT, REDEEM)
"""Only to pick up what is reserved; or also to choose prizes and spend."""
CAPTURED = ("paper", "in_person", "kiosk")
AGENTS_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One authorisation. The agent is a volunteer (`agent_id`), or somebody known by name alone, until an erasure of
    the volunteer takes the name away.
    """

    id: UUID
    volunteer_id: UUID
    agent_id: UUID | None
    name: str | None
    scope: str
    captured: str
    from_on: date
    until_on: date | None
    recorded_at: int
    revoked_at: int | None

    def holds(self, on: date) -> bool:
        """Whether the agent may act on this day."""
        return self.revoked_at is None and self.from_on <= on and (self.until_on is None or on <= self.until_on)


def authorise(
    bank: Bank,
    by: By,
    volunteer: Volunteer,
    *,
    agent: Volunteer | str,
    scope: str,
    captured: str,
    from_on: date,
    until_on: date | None = None,
) -> Agency:
    """The volunteer lets somebody act for them. Refuses DaysReversed, AgentIsPrincipal."""
    if until_on is not None and until_on < from_on:
        raise Refused(DaysReversed(begins=from_on.isoformat(), ends=until_on.isoformat()))
    if isinstance(agent, Volunteer) and agent.id == volunteer.id:
        raise Refused(AgentIsPrincipal())
    with bank.changing(by) as change:
        id = change.new_id()
        sealed = sealing.of(bank).seal(agent, place=place_of(id)) if isinstance(agent, str) else None
        row = {
            "id": id,
            "volunteer_id": volunteer.id,
            "agent_id": agent.id if isinstance(agent, Volunteer) else None,
            "agent_sealed": sealed,
            "scope": scope,
            "captured": captured,
            "from_on": from_on,
            "until_on": until_on,
            "recorded_at": change.now,
            "recorded_by": by.actor,
            "revoked_at": None,
            "revoked_by": None,
        }
        change.add("agency", row)
        change.audit(
            "authorise",
            "agency",
            id,
            after={"volunteer": volunteer.id, "scope": scope, "from": from_on, "until": until_on},
        )
    return _from(bank, row)


def revoke(bank: Bank, by: By, agency: Agency) -> Agency:
    """From this moment the agent may do nothing more: what they do at the same time is done before it, or refused.
    Revoking twice changes nothing.
    """
    with bank.changing(by) as change:
        change.hold_postings()
        row = change.find("agency", id=agency.id)
        if row is not None and row["revoked_at"] is None:
            change.change("agency", agency.id, {"revoked_at": change.now, "revoked_by": by.actor})
            change.audit("revoke", "agency", agency.id)
        row = change.find("agency", id=agency.id)
    if row is None:
        raise LookupError(f"the authorisation {agency.id} is gone")
    return _from(bank, row)


def agencies(bank: Bank, volunteer: Volunteer) -> list[Agency]:
    """Every authorisation this volunteer gave, the oldest first."""
    with bank.store.reading() as connection:
        found = rows.page(connection, "agency", order=("id",), after=None, limit=AGENTS_MAX, volunteer_id=volunteer.id)
    return [_from(bank, row) for row in found.items]


def find(bank: Bank, id: UUID) -> Agency | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "agency", id=id)
    return _from(bank, row) if row else None


def may_collect(bank: Bank, agent: UUID, volunteer: UUID, on: date, *, scope: str = COLLECT) -> Agency | None:
    """The authorisation under which this agent (a volunteer's id) may act for this volunteer on this day, if any.

    Who may redeem may also collect. Its id is what a redemption keeps as `collected_by`.
    """
    with bank.store.reading() as connection:
        found = rows.page(
            connection,
            "agency",
            order=("id",),
            after=None,
            limit=AGENTS_MAX,
            volunteer_id=volunteer,
            agent_id=agent,
        )
    return next((one for row in found.items if _may(one := _from(bank, row), on, scope)), None)


def may_use(bank: Bank, agency_id: UUID, volunteer: UUID, on: date, *, scope: str = COLLECT) -> Agency | None:
    """The same where the desk names the authorisation, as for an agent who is no volunteer."""
    found = find(bank, agency_id)
    if found is None or found.volunteer_id != volunteer or not _may(found, on, scope):
        return None
    return found


def _may(agency: Agency, on: date, scope: str) -> bool:
    return agency.holds(on) and (agency.scope == REDEEM or scope == COLLECT)


def place_of(id: UUID) -> str:
    return f"agency/{id}/agent"


def _from(bank: Bank, row: Mapping[str, Any]) -> Agency:
    sealed = row["agent_sealed"]
    name = sealing.of(bank).open(sealed, place=place_of(row["id"])) if sealed else None
    return Agency(**{field: row[field] for field in Agency.__slots__ if field != "name"}, name=name)
