"""Forms and answers about a person that several resources share: particulars, guardians, consents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from api.fields import LINE, Form, Name
from api.problems import Fault, Problem
from ledger.people import particulars
from ledger.people.guardians import NewGuardian
from ledger.people.particulars import ParticularInvalid
from ledger.people.profiles import Particular, ParticularsInvalid
from ledger.people.registration import NewConsent

Typed = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=LINE)]
"""As the clerk types it: full-width digits, +86, blanks and dashes are understood."""
Field_ = Literal["phone", "id_number", "birth_date", "gender", "address", "party_member"]
Purpose = Literal["sensitive_data", "publish_name", "publish_contact", "photo", "sms"]
Captured = Literal["paper", "in_person", "kiosk", "import"]
Relation = Literal["mother", "father", "grandparent", "sibling", "other"]

Done = TypeVar("Done")


class ParticularsForm(Form):
    """What may be kept beside the name, each if the bank's privacy rules say so."""

    phone: Typed | None = None
    id_number: Typed | None = None
    birth_date: Typed | None = None
    gender: Typed | None = None
    address: Typed | None = None
    party_member: Typed | None = None


class GuardianForm(Form):
    """Somebody who speaks for a minor."""

    name: Name
    phone: Typed
    relation: Relation


class ConsentForm(Form):
    """What is agreed to, and how that was taken down. The text is the one in use now."""

    purpose: Purpose
    captured: Captured


Consents = Annotated[list[ConsentForm], Field(max_length=10)]


class ParticularAnswer(TypedDict):
    """A field that is kept, masked; to see it whole, say what for (`/disclosures`)."""

    masked: str
    changed_at: str


def typed(form: ParticularsForm) -> dict[str, str]:
    """The fields that were given, as they were typed."""
    return {name: value for name in particulars.FIELDS if (value := getattr(form, name)) is not None}


def guardian(form: GuardianForm, pointer: str) -> NewGuardian:
    """Refuses 422 a telephone number, at this pointer, that cannot be one."""
    try:
        phone = particulars.phone(form.phone)
    except ParticularInvalid as fault:
        raise Problem("invalid_request", faults=[Fault(pointer, fault.code)]) from None
    return NewGuardian(name=form.name, phone=phone, relation=form.relation)


def consents(forms: list[ConsentForm]) -> list[NewConsent]:
    return [NewConsent(form.purpose, form.captured) for form in forms]


def understood(act: Callable[[], Done]) -> Done:
    """What the act gives; particulars that cannot be meant become 422, each with its pointer."""
    try:
        return act()
    except ParticularsInvalid as invalid:
        faults = [Fault(f"/{fault.field}", fault.code) for fault in invalid.faults]
        raise Problem("invalid_request", faults=faults) from None


def masked(kept: Mapping[str, Particular], instant: Callable[[int], str]) -> dict[str, Any]:
    return {field: {"masked": one.masked, "changed_at": instant(one.changed_at)} for field, one in sorted(kept.items())}
