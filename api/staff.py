"""Staff: the people who act for the bank, and their roles."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from api import attempts
from api.answers import page_of
from api.fields import SECRET, Form, Id, Name
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem, unknown
from api.rendering import Answer, refuse_stale, tagged
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.bank import Taken
from ledger.people import organisations, passwords, staff, superiors
from ledger.people.organisations import Organisation
from ledger.people.staff import Person

routes = Routes("staff")
_keyset = Keyset(UUID)

Role = Literal["organiser", "reviewer", "desk", "admin", "auditor"]
Password = Annotated[str, StringConstraints(min_length=passwords.CHARACTERS_MIN, max_length=256, pattern=SECRET)]


class NewRole(Form):
    """A role in an organisation; it holds for all below it."""

    role: Role
    organisation_id: Id


Roles = Annotated[list[NewRole], Field(max_length=50)]


class NewStaff(Form):
    """Somebody who will act for the bank; they belong where the first role holds. `password_is_temporary` makes them
    choose their own at once.
    """

    username: Annotated[str, StringConstraints(min_length=2, max_length=64, pattern=f"^{passwords.USERNAME.pattern}$")]
    password: Password
    password_is_temporary: bool = False
    name: Name
    roles: Annotated[Roles, Field(min_length=1)]


class StaffChange(Form):
    """What changes, at once; what is left out stays. `roles` are all that the person is to hold from now on."""

    name: Name | None = None
    enabled: bool | None = None
    roles: Roles | None = None


class Reset(Form):
    """An empty object: the path says whom."""


class RoleAnswer(TypedDict):
    """A role in an organisation."""

    role: Role
    organisation_id: str


class StaffAnswer(TypedDict):
    """A person of the staff. `otp` says whether they sign in with one-time codes."""

    id: str
    username: str
    name: str
    organisation_id: str
    enabled: bool
    otp: bool
    password_is_temporary: bool
    roles: list[RoleAnswer]


class ResetAnswer(TypedDict):
    """A temporary password, told once: with it the person signs in and chooses their own."""

    temporary_password: str


@routes.post("/staff", scope=Scope.STAFF_WRITE, body=NewStaff, answer=StaffAnswer)
def hire(call: Call, form: NewStaff) -> StaffAnswer:
    """Hire somebody, in roles no wider than one's own reach."""
    try:
        hired = staff.hire(
            call.bank,
            call.by,
            username=form.username,
            password=form.password,
            name=form.name,
            roles=_roles(call, form.roles),
            is_temporary=form.password_is_temporary,
        )
    except Taken:
        raise Problem("username_taken") from None
    except passwords.StaffRefused:
        raise Problem("invalid_request", faults=[Fault("/password", "unusable_password")]) from None
    return told(hired)


@routes.get("/staff", scope=Scope.STAFF_READ, query=PageQuery, answer=page_of(StaffAnswer))
def page(call: Call, query: PageQuery) -> Answer:
    """List the staff, those who were hired first before the others."""
    found = staff.page(call.bank, within=call.within, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, told)


@routes.get("/staff/<id:staff_id>", scope=Scope.STAFF_READ, answer=StaffAnswer, etag=True)
def show(call: Call, staff_id: UUID) -> Answer:
    """Look somebody of the staff up."""
    return tagged(told(_known(call, staff_id)))


@routes.patch("/staff/<id:staff_id>", scope=Scope.STAFF_WRITE, body=StaffChange, answer=StaffAnswer)
def change(call: Call, staff_id: UUID, form: StaffChange) -> Answer:
    """Rename, disable or enable somebody, or change their roles; it takes effect with their next request."""
    person = _known(call, staff_id)
    refuse_stale(told(person))
    held = {(grant.role, grant.organisation_id) for grant in person.grants}
    roles = None if form.roles is None else _roles(call, form.roles, held)
    return tagged(
        told(
            superiors.change(call.bank, call.by, call.actor, person, name=form.name, enabled=form.enabled, roles=roles)
        )
    )


@routes.post("/staff/<id:staff_id>/reset-password", scope=Scope.STAFF_WRITE, body=Reset, answer=ResetAnswer)
def reset_password(call: Call, staff_id: UUID, form: Reset) -> ResetAnswer:  # noqa: ARG001 - that it is empty was checked
    """Give somebody below a temporary password; all they were signed in with is signed out."""
    fresh = superiors.reset_password(call.bank, call.by, call.actor, _known(call, staff_id))
    return {"temporary_password": fresh}


@routes.post("/staff/<id:staff_id>/reset-otp", scope=Scope.STAFF_WRITE, body=Reset, answer=StaffAnswer, status=200)
def reset_otp(call: Call, staff_id: UUID, form: Reset) -> StaffAnswer:  # noqa: ARG001 - that it is empty was checked
    """Let somebody below who lost their authenticator app enrol anew."""
    return told(superiors.reset_otp(call.bank, call.by, call.actor, _known(call, staff_id)))


def told(person: Person) -> StaffAnswer:
    """A person of the staff, for those who may know them."""
    return {
        "id": str(person.id),
        "username": person.username,
        "name": person.name,
        "organisation_id": str(person.organisation_id),
        "enabled": person.enabled,
        "otp": person.has_otp,
        "password_is_temporary": person.has_temporary_password,
        "roles": [
            {"role": grant.role, "organisation_id": str(grant.organisation_id)}  # type: ignore[typeddict-item]
            for grant in person.grants
        ],
    }


def _known(call: Call, staff_id: UUID) -> Person:
    """The person, where they belong to or hold a role in the caller's reach; else 404, and nobody can tell which."""
    person = staff.find(call.bank, staff_id)
    if person is None or not any(call.reaches(path) for path in person.places):
        attempts.hidden(person)
        unknown()
    return person


def _roles(call: Call, roles: list[NewRole], held: Collection[tuple[str, UUID]] = ()) -> list[tuple[str, Organisation]]:
    """The roles with their organisations. 404 where one is out of reach, unless the person holds that role already."""
    made: list[tuple[str, Organisation]] = []
    for at, each in enumerate(roles):
        organisation = organisations.find(call.bank, each.organisation_id)
        if organisation is None or (each.role, organisation.id) not in held:
            organisation = reached(call, organisation, f"/roles/{at}/organisation_id")
        made.append((each.role, organisation))
    if len({(role, organisation.id) for role, organisation in made}) < len(made):
        raise Problem("invalid_request", faults=[Fault("/roles", "repeated_item")])
    return made
