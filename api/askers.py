"""Who asks: a volunteer by number, or a neighbour by name; and how they are reached, for whoever goes there."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.fields import Form, Name, VolunteerNo
from api.particulars import Typed
from api.problems import Fault, Problem
from api.routes import Call
from api.volunteers import volunteer_of
from ledger.people import particulars
from ledger.people.masking import masked
from ledger.people.particulars import ParticularInvalid
from ledger.people.volunteers import Volunteer
from ledger.service import askers
from ledger.service.askers import Asker, Need


class AskerForm(Form):
    """A neighbour who is no volunteer. What is not known is left out; all of it is sealed."""

    name: Name
    phone: Typed | None = None
    flat: Name | None = None


class Disclosing(Form):
    """What for: it is noted with who asked."""

    purpose: Literal["contact", "verify_identity", "emergency"]


class ContactAnswer(TypedDict):
    """How to reach who asked; null where it is not known, or not any more."""

    name: str | None
    phone: str | None
    flat: str | None
    words: str | None
    """What they said in full, where what others read was cut."""


def asked_by(
    call: Call, volunteer_no: VolunteerNo | None, form: AskerForm | None
) -> tuple[Volunteer | None, Asker | None]:
    """Whom a body names. Refuses 422 both, and a telephone number that cannot be one; 404 a number not known here."""
    if (volunteer_no is None) == (form is None):
        raise Problem("invalid_request", faults=[Fault("/asker", "not_exactly_one")])
    if volunteer_no is not None or form is None:
        return volunteer_of(call, volunteer_no or "", "/volunteer_no"), None
    try:
        phone = particulars.phone(form.phone) if form.phone else ""
    except ParticularInvalid as fault:
        raise Problem("invalid_request", faults=[Fault("/asker/phone", fault.code)]) from None
    return None, Asker(name=form.name, phone=phone, flat=form.flat or "")


def disclosed(call: Call, need: Need, form: Disclosing) -> ContactAnswer:
    """Name, telephone and flat; noted first."""
    return contact_told(askers.disclose(call.bank, call.by, need, form.purpose))


def contact_told(found: Asker | None) -> ContactAnswer:
    if found is None:
        return {"name": None, "phone": None, "flat": None, "words": None}
    return {
        "name": found.name or None,
        "phone": found.phone or None,
        "flat": found.flat or None,
        "words": found.words or None,
    }


def masked_asker(call: Call, kind: str, id: UUID, name: str | None, sealed: bytes | None) -> str | None:
    """What staff see of who asked in a list: the name, masked."""
    known = askers.opened(call.bank, kind, id, sealed)
    whole = (known.name if known else "") or name
    return masked(whole) if whole else None
