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
from ledger.people.organisations import Organisation
from ledger.store import rows
from ledger.store.rows import Page

NUMBER_DIGITS = 10
"""Nine digits drawn at random, so that numbers cannot be walked through, and a check digit after Damm (2004)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer:
    id: UUID
    volunteer_no: str
    organisation_id: UUID
    organisation_path: str
    name: str
    registered_at: int

    @property
    def volunteer_id(self) -> UUID:
        """Their own: a volunteer belongs to themselves."""
        return self.id

    @property
    def owner(self) -> Owner:
        return Owner(OwnerKind.VOLUNTEER, self.id)


def register(bank: Bank, by: By, *, organisation: Organisation, name: str) -> Volunteer:
    """A new volunteer of this organisation. Duplicate names are normal; the number is what tells people apart."""
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
        "name": name,
        "name_pinyin": pinyin_of(name),
        "registered_at": change.now,
    }
    change.add("volunteer", row, unique="volunteer_no")
    change.audit("register", "volunteer", volunteer.id, after={"organisation_id": organisation.id})
    return volunteer


def find(bank: Bank, volunteer_no: str) -> Volunteer | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "volunteer", volunteer_no=volunteer_no)
    return from_row(row) if row else None


def find_all(bank: Bank, numbers: Sequence[str]) -> dict[str, Volunteer]:
    """Those there are, by number."""
    with bank.store.reading() as connection:
        found = rows.find_all(connection, "volunteer", numbers, by="volunteer_no")
    return {number: from_row(row) for number, row in found.items()}


def page(
    bank: Bank, *, within: Sequence[str], q: str | None, after: Sequence[Any] | None, limit: int
) -> Page[Volunteer]:
    """Volunteers by pinyin of their names. `q` is the beginning of a volunteer number, or of a name in characters or
    pinyin.
    """
    starts = None
    if q:
        folded = unicodedata.normalize("NFKC", q).strip()
        starts = ("volunteer_no", folded) if folded.isdigit() else ("name_pinyin", pinyin_of(folded))
    with bank.store.reading() as connection:
        found = rows.page(
            connection, "volunteer", order=("name_pinyin", "id"), after=after, limit=limit, within=within, starts=starts
        )
    return Page([from_row(row) for row in found.items], found.after)


def new_number(random_bytes: Any) -> str:
    """A fresh volunteer number; not yet known to be free."""
    body = str(10**8 + int.from_bytes(random_bytes(8), "big") % (9 * 10**8))
    return body + str(damm.calc_check_digit(body))


def is_number(text: str) -> bool:
    """Whether the check digit holds: most slips of the finger are caught before anybody is looked up."""
    return len(text) == NUMBER_DIGITS and text.isascii() and text.isdigit() and bool(damm.is_valid(text))


def pinyin_of(name: str) -> str:
    """What a name sorts by."""
    return " ".join(lazy_pinyin(name)).lower()


def from_row(row: Mapping[str, Any]) -> Volunteer:
    return Volunteer(**{field: row[field] for field in Volunteer.__slots__})
