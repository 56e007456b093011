"""Guardians (监护人) of minors: who they are is sealed, that they are there is what a child's record rests on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from ledger.bank import Bank, By, Changes
from ledger.people import masking, particulars, sealing
from ledger.people.sealing import Seals
from ledger.people.volunteers import Volunteer
from ledger.store import rows

RELATIONS = ("mother", "father", "grandparent", "sibling", "other")
GUARDIANS_MAX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGuardian:
    """Somebody who speaks for a minor. `phone` in its one spelling."""

    name: str
    phone: str
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    id: UUID
    volunteer_id: UUID
    relation: str
    name: str
    phone: str
    recorded_at: int
    ended_at: int | None


def record(bank: Bank, by: By, volunteer: Volunteer, guardian: NewGuardian) -> Guardian:
    """A guardian of this volunteer."""
    with bank.changing(by) as change:
        return add(change, sealing.of(bank), volunteer.id, guardian)


def add(change: Changes, seals: Seals, volunteer_id: UUID, guardian: NewGuardian) -> Guardian:
    """The same, as part of a larger change."""
    id = change.new_id()
    plain = json.dumps({"name": guardian.name, "phone": guardian.phone}, ensure_ascii=False)
    row = {
        "id": id,
        "volunteer_id": volunteer_id,
        "relation": guardian.relation,
        "sealed": seals.seal(plain, place=place_of(id)),
        "recorded_at": change.now,
        "ended_at": None,
    }
    change.add("guardian", row)
    change.audit("record_guardian", "volunteer", volunteer_id, after={"guardian": id, "relation": guardian.relation})
    return Guardian(
        id=id,
        volunteer_id=volunteer_id,
        relation=guardian.relation,
        name=guardian.name,
        phone=guardian.phone,
        recorded_at=change.now,
        ended_at=None,
    )


def end(bank: Bank, by: By, volunteer: Volunteer, guardian_id: UUID) -> bool:
    """No longer a guardian; False where there is none such."""
    with bank.changing(by) as change:
        row = change.find("guardian", id=guardian_id, volunteer_id=volunteer.id, ended_at=None)
        if row is None:
            return False
        change.change("guardian", guardian_id, {"ended_at": change.now})
        change.audit("end_guardian", "volunteer", volunteer.id, after={"guardian": guardian_id})
    return True


def of(bank: Bank, volunteer: Volunteer) -> list[Guardian]:
    """Every guardian this volunteer ever had, the first one first."""
    with bank.store.reading() as connection:
        found = rows.page(
            connection, "guardian", order=("id",), after=None, limit=GUARDIANS_MAX, volunteer_id=volunteer.id
        )
    seals = sealing.of(bank) if found.items else None
    made = []
    for row in found.items:
        known = json.loads(seals.open(row["sealed"], place=place_of(row["id"]))) if seals else {}
        kept = {name: row[name] for name in ("id", "volunteer_id", "relation", "recorded_at", "ended_at")}
        made.append(Guardian(**kept, name=known["name"], phone=known["phone"]))
    return made


def masked(guardian: Guardian) -> dict[str, str]:
    """What is shown of them without a purpose."""
    return {
        "name": masking.masked(guardian.name),
        "phone": particulars.masked("phone", guardian.phone),
    }


def place_of(id: object) -> str:
    """Where a guardian stands, to which the seal is bound."""
    return f"guardian/{id}"
