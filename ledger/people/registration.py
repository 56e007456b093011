"""Registration: a name, the particulars that this bank keeps, who agrees; and what of it changes later.

Whoever is much like somebody registered is pointed out first, so that nobody gets a second number by haste.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from ledger.bank import Bank, By, Changes
from ledger.core.refusals.people import PossibleDuplicate
from ledger.core.refusals.refusal import Refused
from ledger.people import consents, guardians, profiles, sealing, volunteers
from ledger.people.consents import SENSITIVE_DATA, Consent
from ledger.people.guardians import NewGuardian
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.store import rows
from ledger.store import volunteers as store


class NewConsent(NamedTuple):
    """What the person, or the guardian for them, agreed to while they were registered."""

    purpose: str
    captured: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Who wants to be registered. `particulars` as they were typed, by field."""

    name: str
    particulars: Mapping[str, object] = field(default_factory=dict)
    guardian: NewGuardian | None = None
    consents: Sequence[NewConsent] = ()


def register(
    bank: Bank, by: By, *, organisation: Organisation, newcomer: Newcomer, is_distinct: bool = False
) -> Volunteer:
    """A new volunteer with what is kept of them. Where a guardian is given, it is the guardian who agrees.

    With `is_distinct` the clerk has compared; the pair is still listed for those who look after the register. Refuses
    ParticularsInvalid, FieldNotKept, GuardianNeeded, ConsentNeeded, IdNumberTaken, PossibleDuplicate.
    """
    values = profiles.read(bank, newcomer.particulars)
    agreed = any(consent.purpose == SENSITIVE_DATA for consent in newcomer.consents)
    spoke = "guardian" if newcomer.guardian else "self"
    profiles.refuse_unagreed(
        values, today=bank.today(), has_guardian=newcomer.guardian is not None, agreed=spoke if agreed else None
    )
    with bank.changing(by) as change:
        made = volunteers.add(bank, change, organisation, newcomer.name)
        _keep(bank, change, made, values, is_distinct=is_distinct)
        guardian = guardians.add(change, sealing.of(bank), made.id, newcomer.guardian) if newcomer.guardian else None
        for purpose, captured in newcomer.consents:
            consents.add(
                change,
                made.id,
                purpose=purpose,
                given=True,
                captured=captured,
                guardian_id=guardian.id if guardian else None,
            )
    return made


def change_volunteer(
    bank: Bank,
    by: By,
    volunteer: Volunteer,
    *,
    name: str | None = None,
    organisation: Organisation | None = None,
    particulars: Mapping[str, object | None],
) -> Volunteer:
    """Another name, another estate (the person and the balance stay), other particulars; None takes one out.

    The audit says which fields, never what stood in them. Refuses as `register` does, PossibleDuplicate excepted.
    """
    values = profiles.read(bank, {field: typed for field, typed in particulars.items() if typed is not None})
    gone = [field for field, typed in particulars.items() if typed is None]
    called = volunteer.name if name is None else name
    kept = {field: one.value for field, one in profiles.of(bank, volunteer).items() if field not in gone}
    profiles.refuse_contradictions(kept | values)
    profiles.refuse_unagreed(
        kept | values if values else {},
        today=bank.today(),
        has_guardian=any(one.ended_at is None for one in guardians.of(bank, volunteer)),
        agreed=_who_agreed(consents.in_force(consents.ledger(bank, volunteer)).get(SENSITIVE_DATA)),
    )
    renamed = kept if called != volunteer.name else {}
    with bank.changing(by) as change:
        removed = profiles.drop(change, volunteer.id, gone)
        if renamed | values:
            profiles.put(change, sealing.of(bank), volunteer.id, called, renamed | values)
        row: dict[str, object] = {} if called == volunteer.name else dict(volunteers.spelled(called))
        if organisation is not None:
            row["organisation_id"] = organisation.id
        if row:
            change.change("volunteer", volunteer.id, row)
        change.audit(
            "change",
            "volunteer",
            volunteer.id,
            before={"organisation_id": volunteer.organisation_id} if organisation else {},
            after={
                "fields": sorted([*values, *(["name"] if called != volunteer.name else [])]),
                "removed": sorted(removed),
                **({"organisation_id": organisation.id} if organisation else {}),
            },
        )
    found = volunteers.find_by_id(bank, volunteer.id)
    if found is None:
        raise LookupError("the volunteer was erased in the meantime")
    return found


def _keep(bank: Bank, change: Changes, made: Volunteer, values: Mapping[str, str], *, is_distinct: bool) -> None:
    if not values:
        return
    seals = sealing.of(bank)
    profiles.refuse_taken(change, seals, made.id, values)
    others = profiles.alike(change, seals, made.name, values)
    if others and not is_distinct:
        found = [row for id in others if (row := store.find(change.connection, id=id))]
        raise Refused(PossibleDuplicate(numbers=", ".join(sorted(row["volunteer_no"] for row in found))))
    profiles.put(change, seals, made.id, made.name, values)
    for other, reasons in others.items():
        _point_out(change, made.id, other, reasons)


def _point_out(change: Changes, newer: UUID, older: UUID, reasons: set[str]) -> None:
    row = {
        "id": change.new_id(),
        "volunteer_id": newer,
        "other_id": older,
        "reasons": " ".join(sorted(reasons)),
        "found_at": change.now,
    }
    rows.add(change.connection, "possible_duplicate", row)


def _who_agreed(consent: Consent | None) -> str | None:
    if consent is None:
        return None
    return "self" if consent.guardian_id is None else "guardian"
