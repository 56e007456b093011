"""Volunteers: registered by staff, known by a number of digits with a check digit, and by nothing else in the
ledger.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pypinyin import lazy_pinyin
from stdnum import damm

from ledger.bank import Bank, By, Changes
from ledger.core.accounts import Owner, OwnerKind
from ledger.people import particulars, sealing
from ledger.people.organisations import Organisation
from ledger.people.particulars import ParticularInvalid
from ledger.store import persons
from ledger.store import volunteers as store
from ledger.store.rows import Page
from ledger.store.volunteers import Arm

NUMBER_DIGITS = 10
"""Nine digits drawn at random, so that numbers cannot be walked through, and a check digit after Damm (2004)."""
TAIL_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer:
    id: UUID
    volunteer_no: str
    organisation_id: UUID
    organisation_path: str
    name: str
    registered_at: int
    closed: str | None = None
    """Why the account was closed (left, died, merged); None while it stands."""
    closed_seq: int | None = None
    """The transaction that closed it."""

    @property
    def volunteer_id(self) -> UUID:
        """Their own: a volunteer belongs to themselves."""
        return self.id

    @property
    def owner(self) -> Owner:
        return Owner(OwnerKind.VOLUNTEER, self.id)


def register(bank: Bank, by: By, *, organisation: Organisation, name: str) -> Volunteer:
    """A new volunteer of this organisation, with nothing but a name; `registration.register` also takes particulars.
    Duplicate names are normal; the number is what tells people apart.
    """
    return register_all(bank, by, organisation=organisation, names=[name])[0]


def register_all(bank: Bank, by: By, *, organisation: Organisation, names: Sequence[str]) -> list[Volunteer]:
    """Many volunteers at once, all or none."""
    with bank.changing(by) as change:
        return [add(bank, change, organisation, name) for name in names]


def add(bank: Bank, change: Changes, organisation: Organisation, name: str) -> Volunteer:
    """The same, as part of a larger change."""
    number = new_number(bank.world.random_bytes)
    while change.find("volunteer", volunteer_no=number):
        number = new_number(bank.world.random_bytes)
    volunteer = Volunteer(
        id=bank.world.new_id(),
        volunteer_no=number,
        organisation_id=organisation.id,
        organisation_path=organisation.path,
        name=name,
        registered_at=change.now,
    )
    row = {
        "id": volunteer.id,
        "volunteer_no": number,
        "organisation_id": organisation.id,
        "registered_at": change.now,
    }
    change.add("volunteer", row | spelled(name), unique="volunteer_no")
    change.audit("register", "volunteer", volunteer.id, after={"organisation_id": organisation.id})
    return volunteer


def find(bank: Bank, volunteer_no: str) -> Volunteer | None:
    """The volunteer with this number. A number that was merged into another leads to whoever has that one."""
    with bank.store.reading() as connection:
        row = store.following(connection, store.find(connection, volunteer_no=volunteer_no))
    return from_row(row) if row else None


def find_registered(bank: Bank, volunteer_no: str) -> Volunteer | None:
    """Whoever was registered under this number, merged or not."""
    with bank.store.reading() as connection:
        row = store.find(connection, volunteer_no=volunteer_no)
    return from_row(row) if row else None


def find_by_id(bank: Bank, id: UUID) -> Volunteer | None:
    """This very volunteer, merged or not."""
    with bank.store.reading() as connection:
        row = store.find(connection, id=id)
    return from_row(row) if row else None


def find_all(bank: Bank, numbers: Sequence[str]) -> dict[str, Volunteer]:
    """Those there are, by the number that was asked for; a merged one leads to whoever remains."""
    with bank.store.reading() as connection:
        found = {
            number: store.following(connection, row) for number, row in store.find_all(connection, numbers).items()
        }
    return {number: from_row(row) for number, row in found.items() if row is not None}


def merged_numbers(bank: Bank, volunteer: Volunteer) -> list[str]:
    """Numbers that lead here since they were merged."""
    with bank.store.reading() as connection:
        return sorted(row["volunteer_no"] for row in store.merged_into(connection, volunteer.id))


def are_one(bank: Bank, volunteer_id: UUID, other: UUID) -> bool:
    """Whether the other one was merged into this volunteer."""
    with bank.store.reading() as connection:
        return other in persons.ids_of(connection, volunteer_id)


def page(
    bank: Bank, *, within: Sequence[str], q: str | None, after: Sequence[Any] | None, limit: int
) -> Page[Volunteer]:
    """Volunteers by pinyin of their names. `q` is a volunteer number or its beginning, a telephone number, its last
    four digits, the beginning of a name in characters or in pinyin, or of its initials.
    """
    arm = sought(bank, q) if q else None
    with bank.store.reading() as connection:
        found = store.page(connection, within=within, arm=arm, after=after, limit=limit)
    return found.each(from_row)


def sought(bank: Bank, q: str) -> Arm:
    """What somebody is looked for by: one seek in one index."""
    folded = unicodedata.normalize("NFKC", q).strip()
    compact = folded.replace(" ", "").replace("-", "").replace("+", "")
    if compact.isascii() and compact.isdigit():
        return _by_digits(bank, compact)
    if not folded.isascii():
        return Arm("name", q.strip().strip("\u3000\u200b"), is_beginning=True)
    letters = folded.lower()
    if " " in letters:
        return Arm("name_pinyin", " ".join(letters.split()), is_beginning=True)
    by_pinyin = Arm("name_letters", letters.replace("'", ""), is_beginning=True)
    with bank.store.reading() as connection:
        if store.any_found(connection, by_pinyin):
            return by_pinyin
    return Arm("name_initials", letters, is_beginning=True)


def _by_digits(bank: Bank, digits: str) -> Arm:
    if len(digits) == TAIL_DIGITS:
        return Arm("tail", sealing.of(bank).digest(digits, purpose="phone tail"))
    if len(digits) != NUMBER_DIGITS or not is_number(digits):
        try:
            phone = particulars.phone(digits)
        except ParticularInvalid:
            pass
        else:
            return Arm("lookup", sealing.of(bank).digest(phone, purpose="phone"))
    return Arm("volunteer_no", digits, is_beginning=len(digits) < NUMBER_DIGITS)


def new_number(random_bytes: Any) -> str:
    """A fresh volunteer number; not yet known to be free."""
    body = str(10**8 + int.from_bytes(random_bytes(8), "big") % (9 * 10**8))
    return body + str(damm.calc_check_digit(body))


def is_number(text: str) -> bool:
    """Whether the check digit holds: most slips of the finger are caught before anybody is looked up."""
    return len(text) == NUMBER_DIGITS and text.isascii() and text.isdigit() and bool(damm.is_valid(text))


def spelled(name: str) -> dict[str, str]:
    """A name and what it is sorted and found by."""
    syllables = [syllable.lower() for syllable in lazy_pinyin(name)]
    return {
        "name": name,
        "name_pinyin": " ".join(syllables),
        "name_letters": "".join(syllables).replace(" ", ""),
        "name_initials": "".join(syllable.strip()[:1] for syllable in syllables),
    }


def from_subject(bank: Bank, row: Mapping[str, Any] | None) -> Volunteer | None:
    """Whom a row that was read together with other things leads to: nobody who was erased, the survivor of a merge."""
    if row is None or row["erased_at"] is not None:
        return None
    return find(bank, row["volunteer_no"]) if row["closed"] == "merged" else from_row(row)


def from_row(row: Mapping[str, Any]) -> Volunteer:
    return Volunteer(**{field: row[field] for field in Volunteer.__slots__})
