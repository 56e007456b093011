"""Particulars of a volunteer as the bank keeps them: sealed, found by keyed hashes, shown masked.

What is kept at all the privacy rules say. Of a child under fourteen nothing is kept unless a guardian is recorded who
agrees (PIPL 31); what is sensitive, only with separate consent (PIPL 29).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.bank import Bank, Changes, Taken
from ledger.core.refusals.people import ConsentNeeded, FieldNotKept, GuardianNeeded, IdNumberTaken
from ledger.core.refusals.refusal import Refused
from ledger.people import particulars, privacy, sealing
from ledger.people.particulars import ParticularInvalid
from ledger.people.sealing import Seals
from ledger.people.volunteers import Volunteer
from ledger.store import volunteers as store

SENSITIVE = frozenset({"id_number", "party_member"})
"""Kept only with separate consent, of anybody."""


class ParticularsInvalid(ValueError):
    """Everything that cannot be meant, told at once."""

    def __init__(self, faults: list[ParticularInvalid]) -> None:
        super().__init__(", ".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Particular:
    """One field of one person. `changed_at` in microseconds since 1970 UTC."""

    field: str
    value: str
    changed_at: int

    @property
    def masked(self) -> str:
        return particulars.masked(self.field, self.value)


def of(bank: Bank, volunteer: Volunteer) -> dict[str, Particular]:
    """All that is kept of this volunteer, opened. Whoever shows it notes that it was viewed."""
    with bank.store.reading() as connection:
        rows = store.fields(connection, volunteer.id)
    seals = sealing.of(bank) if rows else None
    return {
        row["field"]: Particular(
            field=row["field"],
            value=seals.open(row["sealed"], place=place_of(volunteer.id, row["field"])) if seals else "",
            changed_at=row["changed_at"],
        )
        for row in rows
    }


def read(bank: Bank, typed: Mapping[str, object]) -> dict[str, str]:
    """What was typed, in one spelling each. Refuses FieldNotKept and ParticularsInvalid, with every fault."""
    kept = privacy.rules(bank).kept
    values: dict[str, str] = {}
    faults: list[ParticularInvalid] = []
    for field, given in typed.items():
        if field not in kept:
            raise Refused(FieldNotKept(field=field))
        try:
            values[field] = particulars.read(field, given, today=bank.today())
        except ParticularInvalid as fault:
            faults.append(fault)
    if faults:
        raise ParticularsInvalid(faults)
    refuse_contradictions(values)
    return values


def refuse_contradictions(values: Mapping[str, str]) -> None:
    """Refuses ParticularsInvalid."""
    try:
        particulars.refuse_contradictions(dict(values))
    except ParticularInvalid as fault:
        raise ParticularsInvalid([fault]) from None


def refuse_unagreed(values: Mapping[str, str], *, today: date, has_guardian: bool, agreed: str | None) -> None:
    """Whether these may be kept. `agreed` is who gave the consent to sensitive data: "self", "guardian" or nobody.

    Refuses GuardianNeeded, ConsentNeeded.
    """
    born = particulars.birth_in(dict(values))
    if born is not None and particulars.age_on(born, today) < particulars.CHILD_YEARS:
        if not has_guardian or agreed != "guardian":
            raise Refused(GuardianNeeded())
    elif SENSITIVE & values.keys() and agreed is None:
        raise Refused(ConsentNeeded())


def put(change: Changes, seals: Seals, volunteer_id: UUID, name: str, values: Mapping[str, str]) -> None:
    """Seal and keep these, in place of what was kept of the same fields. Refuses IdNumberTaken."""
    refuse_taken(change, seals, volunteer_id, values)
    for field, value in values.items():
        row = {
            "volunteer_id": volunteer_id,
            "field": field,
            "sealed": seals.seal(value, place=place_of(volunteer_id, field)),
            "lookup": _lookup(seals, field, value, name),
            "tail": seals.digest(particulars.phone_tail(value), purpose="phone tail") if field == "phone" else None,
            "sole": seals.digest(value, purpose="id_number") if field == "id_number" else None,
            "changed_at": change.now,
        }
        store.drop_field(change.connection, volunteer_id, field)
        try:
            change.add("volunteer_field", row, unique="sole")
        except Taken:
            raise Refused(IdNumberTaken()) from None


def refuse_taken(change: Changes, seals: Seals, volunteer_id: UUID, values: Mapping[str, str]) -> None:
    """IdNumberTaken where the identity number is another volunteer's."""
    if "id_number" in values:
        holder = store.holder_of(change.connection, seals.digest(values["id_number"], purpose="id_number"))
        if holder not in (None, volunteer_id):
            raise Refused(IdNumberTaken())


def drop(change: Changes, volunteer_id: UUID, fields: Iterable[str]) -> list[str]:
    """Keep these no longer; gives back those that were."""
    return [field for field in fields if store.drop_field(change.connection, volunteer_id, field)]


def alike(change: Changes, seals: Seals, name: str, values: Mapping[str, str]) -> dict[UUID, set[str]]:
    """Whose account stands and who may be the same person, with the reasons."""
    tail = particulars.phone_tail(values["phone"]) if "phone" in values else None
    born = particulars.birth_in(dict(values))
    return store.alike(
        change.connection,
        name=name,
        tail=None if tail is None else seals.digest(tail, purpose="phone tail"),
        birth=None if born is None else _lookup(seals, "birth_date", born.isoformat(), name),
    )


def _lookup(seals: Seals, field: str, value: str, name: str) -> bytes | None:
    """What the field is found by: a telephone number by itself, a day of birth together with the name."""
    if field == "phone":
        return seals.digest(value, purpose="phone")
    if field == "birth_date":
        return seals.digest(f"{name}\n{value}", purpose="name and birth date")
    if field == "id_number":
        born = particulars.born_on(value).isoformat()
        return seals.digest(f"{name}\n{born}", purpose="name and birth date")
    return None


def place_of(volunteer_id: object, field: str) -> str:
    """Where a field stands, to which its seal is bound."""
    return f"volunteer/{volunteer_id}/{field}"
