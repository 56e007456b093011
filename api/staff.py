"""Staff: the people who act for the bank, and their roles."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from api.fields import SECRET, Form, Id, Name
from api.problems import Fault, Problem
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.bank import Taken
from ledger.people import organisations, staff
from ledger.people.staff import Actor

routes = Routes("staff")

Role = Literal["organiser", "reviewer", "desk", "admin", "auditor"]


class NewRole(Form):
    """A role in an organisation; it holds for all below it."""

    role: Role
    organisation_id: Id


class NewStaff(Form):
    """Somebody who will act for the bank."""

    username: Annotated[str, StringConstraints(min_length=2, max_length=64, pattern=f"^{staff.USERNAME.pattern}$")]
    password: Annotated[
        str, StringConstraints(min_length=staff.PASSWORD_CHARACTERS_MIN, max_length=256, pattern=SECRET)
    ]
    name: Name
    roles: Annotated[list[NewRole], Field(min_length=1, max_length=50)]


class RoleAnswer(TypedDict):
    """A role in an organisation."""

    role: Role
    organisation_id: str


class StaffAnswer(TypedDict):
    """A person of the staff."""

    id: str
    name: str
    roles: list[RoleAnswer]


@routes.post("/staff", scope=Scope.STAFF_WRITE, body=NewStaff, answer=StaffAnswer)
def hire(call: Call, form: NewStaff) -> StaffAnswer:
    """Hire somebody, in roles no wider than one's own reach."""
    roles = [
        (
            each.role,
            reached(call, organisations.find(call.bank, each.organisation_id), f"/roles/{at}/organisation_id"),
        )
        for at, each in enumerate(form.roles)
    ]
    if len({(role, organisation.id) for role, organisation in roles}) < len(roles):
        raise Problem("invalid_request", faults=[Fault("/roles", "repeated_item")])
    try:
        hired = staff.hire(
            call.bank, call.by, username=form.username, password=form.password, name=form.name, roles=roles
        )
    except Taken:
        raise Problem("username_taken") from None
    except staff.StaffRefused:
        raise Problem("invalid_request", faults=[Fault("/password", "too_short")]) from None
    return _told(hired)


def _told(person: Actor) -> StaffAnswer:
    return {
        "id": str(person.id),
        "name": person.name,
        "roles": [
            {"role": grant.role, "organisation_id": str(grant.organisation_id)}  # type: ignore[typeddict-item]
            for grant in person.grants
        ],
    }
