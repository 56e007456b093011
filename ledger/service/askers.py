"""Askers: whoever made a wish or a request. A volunteer, or a neighbour of whom nothing but this is known: their name,
telephone and flat are sealed, shown for a purpose that is noted, and emptied once nobody needs them any more. So is
whatever of their own words tells where they live.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from ledger.bank import Bank, By
from ledger.people import particulars, profiles, sealing, volunteers
from ledger.people.volunteers import Volunteer
from ledger.service.shown_texts import redacted


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asked, as far as it is known; of a volunteer only the words, since the rest is kept with them."""

    name: str = ""
    phone: str = ""
    flat: str = ""
    words: str = ""
    """What they said in full, where it would have given them away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Where an asker stands: a wish or a request."""

    kind: str
    id: UUID
    organisation_id: UUID
    volunteer_no: str | None
    asker: bytes | None


def seal(bank: Bank, kind: str, id: UUID, asker: Asker | None) -> bytes | None:
    """As the column `asker` of a wish or a request holds it."""
    if asker is None:
        return None
    return sealing.of(bank).seal(json.dumps(asdict(asker), ensure_ascii=False), place=place_of(kind, id))


def with_words(asker: Asker | None, *said: str) -> Asker | None:
    """What is to be sealed: who asked, and what they said, if some of it is cut where others read it."""
    if all(redacted(each) == each for each in said):
        return asker
    return replace(asker or Asker(), words="\n".join(each for each in said if each))


def opened(bank: Bank, kind: str, id: UUID, sealed: bytes | None) -> Asker | None:
    """None where there is none, or none any more."""
    if not sealed:
        return None
    return Asker(**json.loads(sealing.of(bank).open(sealed, place=place_of(kind, id))))


def hash_of(bank: Bank, asker: Asker) -> bytes:
    """By what the same person is known again, without being known: their telephone, or else their name and flat."""
    return sealing.of(bank).digest(asker.phone or f"{asker.name}\n{asker.flat}", purpose="asker")


def disclose(bank: Bank, by: By, need: Need, purpose: str) -> Asker | None:
    """Name, telephone and flat of who asked, for whoever goes there; noted with who looked and what for before it is
    shown. None where nothing is known of them any more.
    """
    with bank.changing(by) as change:
        change.audit("disclose", need.kind, need.id, organisation=need.organisation_id, after={"purpose": purpose})
    if need.volunteer_no is None:
        return opened(bank, need.kind, need.id, need.asker)
    volunteer = volunteers.find(bank, need.volunteer_no)
    if volunteer is None:
        return None
    kept = profiles.of(bank, volunteer)
    said = opened(bank, need.kind, need.id, need.asker)
    return Asker(
        words=said.words if said else "",
        name=volunteer.name,
        phone=kept["phone"].value if "phone" in kept else "",
        flat=kept["address"].value if "address" in kept else "",
    )


def is_minor(bank: Bank, volunteer: Volunteer) -> bool:
    """Whether the day of birth that is kept of them says so."""
    kept = {field: each.value for field, each in profiles.of(bank, volunteer).items()}
    born = particulars.birth_in(kept)
    return born is not None and particulars.age_on(born, bank.today()) < particulars.MINOR_YEARS


def place_of(kind: str, id: UUID) -> str:
    return f"{kind}/{id}/asker"
