"""Agents (代领人): who may collect for a volunteer, or spend for them at the desk."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.fields import Day, Form, Name, VolunteerNo
from api.problems import Fault, Problem, unknown
from api.rendering import instant
from api.routes import Call, Routes
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.people import agents
from ledger.people.agents import Agency
from ledger.people.viewings import viewed
from ledger.people.volunteers import Volunteer

routes = Routes("agents")


class NewAgent(Form):
    """Exactly one of the agent's volunteer number and name; what they may do; how the volunteer's word was taken down;
    from when (today if left out) until when.
    """

    agent_no: VolunteerNo | None = None
    agent_name: Name | None = None
    scope: Literal["collect", "redeem"] = "collect"
    captured: Literal["paper", "in_person", "kiosk"]
    from_on: Day | None = None
    until_on: Day | None = None


class Revoking(Form):
    """Nothing more needs to be said."""


class AgentAnswer(TypedDict):
    """An authorisation. An agent who is a volunteer is told by id, another one by name; `holds` is whether they may act
    today.
    """

    id: str
    agent_id: str | None
    agent_name: str | None
    scope: Literal["collect", "redeem"]
    captured: Literal["paper", "in_person", "kiosk"]
    from_on: str
    until_on: str | None
    recorded_at: str
    revoked_at: str | None
    holds: bool


class AgentsAnswer(TypedDict):
    """Every authorisation of one volunteer, the oldest first."""

    items: list[AgentAnswer]


@routes.post(
    "/volunteers/<number:volunteer_no>/agents", scope=Scope.VOLUNTEERS_WRITE, body=NewAgent, answer=AgentAnswer
)
def authorise(call: Call, volunteer_no: str, form: NewAgent) -> AgentAnswer:
    """Note that a volunteer lets somebody collect or redeem for them."""
    volunteer = volunteer_of(call, volunteer_no)
    made = agents.authorise(
        call.bank,
        call.by,
        volunteer,
        agent=_agent(call, form),
        scope=form.scope,
        captured=form.captured,
        from_on=form.from_on or call.bank.today(),
        until_on=form.until_on,
    )
    return _told(call, made)


@routes.get("/volunteers/<number:volunteer_no>/agents", scope=Scope.VOLUNTEERS_READ, answer=AgentsAnswer)
def of_volunteer(call: Call, volunteer_no: str) -> AgentsAnswer:
    """List who may or might act for a volunteer."""
    volunteer = volunteer_of(call, volunteer_no)
    viewed(call.bank, call.by, "agents", volunteer)
    found = agents.agencies(call.bank, volunteer)
    return {"items": [_told(call, each) for each in found]}


@routes.post(
    "/volunteers/<number:volunteer_no>/agents/<id:agency_id>/revoke",
    scope=Scope.VOLUNTEERS_WRITE,
    body=Revoking,
    answer=AgentAnswer,
)
def revoke(call: Call, volunteer_no: str, agency_id: UUID, form: Revoking) -> AgentAnswer:  # noqa: ARG001
    """Take an authorisation back."""
    volunteer = volunteer_of(call, volunteer_no)
    found = agents.find(call.bank, agency_id)
    if found is None or found.volunteer_id != volunteer.id:
        unknown()
    return _told(call, agents.revoke(call.bank, call.by, found))


def _agent(call: Call, form: NewAgent) -> Volunteer | str:
    if (form.agent_no is None) == (form.agent_name is None):
        raise Problem("invalid_request", faults=[Fault("/agent_no", "not_exactly_one")])
    if form.agent_no is not None:
        return volunteer_of(call, form.agent_no, "/agent_no")
    return form.agent_name or ""


def _told(call: Call, agency: Agency) -> AgentAnswer:
    return {
        "id": str(agency.id),
        "agent_id": None if agency.agent_id is None else str(agency.agent_id),
        "agent_name": agency.name,
        "scope": agency.scope,  # type: ignore[typeddict-item]
        "captured": agency.captured,  # type: ignore[typeddict-item]
        "from_on": agency.from_on.isoformat(),
        "until_on": agency.until_on.isoformat() if agency.until_on else None,
        "recorded_at": instant(agency.recorded_at),
        "revoked_at": None if agency.revoked_at is None else instant(agency.revoked_at),
        "holds": agency.holds(call.bank.today()),
    }
