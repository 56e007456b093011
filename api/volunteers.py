"""Volunteers: register, look up, change and erase them. Every view of a person is noted before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeVar
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api import throttling
from api.answers import page_of
from api.fields import Id, Name, Search
from api.organisations import open_home
from api.pagination import Keyset, PageQuery
from api.particulars import (
    Consents,
    GuardianForm,
    ParticularAnswer,
    ParticularsForm,
    consents,
    guardian,
    masked,
    typed,
    understood,
)
from api.problems import unknown
from api.rendering import Answer, instant, refuse_stale, tagged
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.core.refusals.people import PossibleDuplicate
from ledger.core.refusals.refusal import Refused
from ledger.people import erasure, profiles, registration, viewings, volunteers
from ledger.people.particulars import FIELDS
from ledger.people.registration import Newcomer
from ledger.people.throttles import Act
from ledger.people.viewings import viewed
from ledger.people.volunteers import Volunteer

routes = Routes("volunteers")

Done = TypeVar("Done")
_keyset = Keyset(str, UUID)


class NewVolunteer(ParticularsForm):
    """Somebody who wants to help. With a guardian it is the guardian who agrees. `is_distinct` says that the clerk has
    compared with those who look like the same person.
    """

    name: Name
    organisation_id: Id
    guardian: GuardianForm | None = None
    consents: Consents = Field(default=[])
    is_distinct: bool = False


class VolunteerChange(ParticularsForm):
    """What is to be another: null takes a particular out. Another organisation is a move: the balance goes along."""

    name: Name | None = None
    organisation_id: Id | None = None


class VolunteerQuery(PageQuery):
    """`q` is a volunteer number or its beginning, a telephone number or its last four digits, the beginning of a name
    in characters or pinyin, or of its initials.
    """

    q: Search | None = None


class VolunteerAnswer(TypedDict):
    """A volunteer: the number is what tells people of one name apart. `closed` is why the account ended, if it did."""

    id: str
    volunteer_no: str
    name: str
    organisation_id: str
    registered_at: str
    closed: Literal["left", "died", "merged"] | None


class ProfileAnswer(VolunteerAnswer):
    """The same with what is kept beside the name, masked, and the numbers that were merged into this one."""

    particulars: dict[str, ParticularAnswer]
    merged_numbers: list[str]


class ErasedAnswer(TypedDict):
    """A person who was removed. Where `is_swept` is false, old copies may lie in the database's files until
    `pioneer volunteers sweep`.
    """

    volunteer_numbers: list[str]
    openings: int
    erased_at: str
    is_swept: bool


@routes.post("/volunteers", scope=Scope.VOLUNTEERS_WRITE, body=NewVolunteer, answer=VolunteerAnswer)
def register(call: Call, form: NewVolunteer) -> VolunteerAnswer:
    """Register a volunteer. Somebody who looks registered already is pointed out first."""
    organisation = open_home(call, form.organisation_id, "/organisation_id")
    newcomer = Newcomer(
        name=form.name,
        particulars=typed(form),
        guardian=None if form.guardian is None else guardian(form.guardian, "/guardian/phone"),
        consents=consents(form.consents),
    )
    return told(
        _understood(
            call,
            lambda: registration.register(
                call.bank, call.by, organisation=organisation, newcomer=newcomer, is_distinct=form.is_distinct
            ),
        )
    )


@routes.get("/volunteers", scope=Scope.VOLUNTEERS_READ, query=VolunteerQuery, answer=page_of(VolunteerAnswer))
def page(call: Call, query: VolunteerQuery) -> Answer:
    """Find volunteers by number or name."""
    if query.q is not None and not call.follows:
        throttling.admit(call.bank, Act.SEARCH, account=call.actor.id, device=call.by.device)
    found = volunteers.page(call.bank, within=call.within, q=query.q, after=_keyset.after(query), limit=query.limit)
    by = [volunteers.sought(call.bank, query.q).column] if query.q else []
    viewed(call.bank, call.by, viewings.SEARCH, fields=by)
    return _keyset.answer(found, told)


@routes.get("/volunteers/<number:volunteer_no>", scope=Scope.VOLUNTEERS_READ, own=True, answer=ProfileAnswer, etag=True)
def show(call: Call, volunteer_no: str) -> Answer:
    """Look a volunteer up, with what is kept beside the name, masked. A merged number shows who remains."""
    volunteer = volunteer_of(call, volunteer_no)
    profile = _profile(call, volunteer)
    viewed(call.bank, call.by, viewings.PROFILE, volunteer, fields=list(profile["particulars"]))
    return tagged(profile)


@routes.patch(
    "/volunteers/<number:volunteer_no>", scope=Scope.VOLUNTEERS_WRITE, body=VolunteerChange, answer=ProfileAnswer
)
def change(call: Call, volunteer_no: str, form: VolunteerChange) -> Answer:
    """Change a name, an estate or particulars; null takes one out."""
    volunteer = volunteer_of(call, volunteer_no)
    refuse_stale(_profile(call, volunteer))
    organisation = None
    if form.organisation_id is not None:
        organisation = open_home(call, form.organisation_id, "/organisation_id")
    given = form.model_dump(exclude_unset=True)
    changed = _understood(
        call,
        lambda: registration.change_volunteer(
            call.bank,
            call.by,
            volunteer,
            name=form.name,
            organisation=organisation,
            particulars={field: given[field] for field in FIELDS if field in given},
        ),
    )
    return tagged(_profile(call, changed))


@routes.delete("/volunteers/<number:volunteer_no>", scope=Scope.VOLUNTEERS_ERASE, answer=ErasedAnswer)
def erase(call: Call, volunteer_no: str) -> ErasedAnswer:
    """Erase the person behind a closed account; totals, entries and proofs stay."""
    volunteer = volunteer_of(call, volunteer_no)
    refuse_stale(_profile(call, volunteer))
    erased = erasure.erase(call.bank, call.by, volunteer)
    return {
        "volunteer_numbers": list(erased.numbers),
        "openings": erased.openings,
        "erased_at": instant(erased.erased_at),
        "is_swept": erased.is_swept,
    }


def _understood(call: Call, act: Callable[[], Done]) -> Done:
    """What the act gives; who looks like somebody beyond this person's reach is not told whom: a name and a day of
    birth would look numbers up all over the bank (docs/decisions/0008).
    """
    try:
        return understood(act)
    except Refused as refused:
        if not isinstance(refused.refusal, PossibleDuplicate):
            raise
        people = volunteers.find_all(call.bank, refused.refusal.numbers.split(", "))
        told = [number if call.reaches(one.organisation_path) else HIDDEN for number, one in sorted(people.items())]
        raise Refused(PossibleDuplicate(numbers=", ".join(told))) from None


HIDDEN = "*" * volunteers.NUMBER_DIGITS
"""The number of somebody who belongs elsewhere."""


def volunteer_of(call: Call, volunteer_no: str, pointer: str | None = None) -> Volunteer:
    """The volunteer with this number, if this person may know them; else 404. A slip of the finger is not looked up."""
    if not volunteers.is_number(volunteer_no):
        unknown(pointer)
    return reached(call, volunteers.find(call.bank, volunteer_no), pointer)


def registered_as(call: Call, volunteer_no: str) -> Volunteer:
    """The very volunteer with this number, merged or not, if this person may know them; else 404."""
    if not volunteers.is_number(volunteer_no):
        unknown()
    return reached(call, volunteers.find_registered(call.bank, volunteer_no))


def _profile(call: Call, volunteer: Volunteer) -> ProfileAnswer:
    return {
        **told(volunteer),
        "particulars": masked(profiles.of(call.bank, volunteer), instant),
        "merged_numbers": volunteers.merged_numbers(call.bank, volunteer),
    }


def told(volunteer: Volunteer) -> VolunteerAnswer:
    return {
        "id": str(volunteer.id),
        "volunteer_no": volunteer.volunteer_no,
        "name": volunteer.name,
        "organisation_id": str(volunteer.organisation_id),
        "registered_at": instant(volunteer.registered_at),
        "closed": volunteer.closed,  # type: ignore[typeddict-item]
    }
