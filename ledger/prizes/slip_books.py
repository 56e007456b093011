"""Slip books: numbered paper slips printed beforehand, for a redemption day without power or network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Page
from ledger.prizes.catalogue import Desk
from ledger.prizes.slip_numbers import SERIAL_MAX, number_of, serial_of
from ledger.store import slips as store

SLIPS_MAX = 500


class NumbersUsedUp(RuntimeError):
    """No eight digits are left; at a hundred slips a day that is after two thousand years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipBook:
    """So many slips of one desk with numbers in a row, and how many of them came back."""

    id: UUID
    desk_id: UUID
    desk_name: str
    organisation_id: UUID
    organisation_path: str
    first_serial: int
    slips: int
    printed_on: date
    printed_by: UUID
    back: int
    """Keyed in or voided; the others are missing."""
    voided: int
    exceptions: int
    """Could not be posted, and nobody has settled them."""

    @property
    def numbers(self) -> list[str]:
        return [number_of(serial) for serial in range(self.first_serial, self.first_serial + self.slips)]

    @property
    def first_no(self) -> str:
        return number_of(self.first_serial)

    @property
    def last_no(self) -> str:
        return number_of(self.first_serial + self.slips - 1)

    @property
    def missing(self) -> int:
        return self.slips - self.back


def prepare(bank: Bank, by: By, *, desk: Desk, slips: int) -> SlipBook:
    """Give a desk the next numbers. They can be printed as often as paper jams: each counts once, all the same."""
    with bank.changing(by) as change:
        change.hold_postings()
        first = store.next_serial(change.connection)
        if first + slips - 1 > SERIAL_MAX:
            raise NumbersUsedUp
        id = bank.world.new_id()
        row = {
            "id": id,
            "desk_id": desk.id,
            "first_serial": first,
            "slips": slips,
            "printed_on": bank.today(),
            "printed_by": by.actor,
        }
        change.add("slip_book", row)
        change.audit("prepare", "slip_book", id, after={"first_serial": first, "slips": slips})
    made = find(bank, id)
    assert made is not None  # noqa: S101 - no row of it ever goes
    return made


def find(bank: Bank, id: UUID) -> SlipBook | None:
    with bank.store.reading() as connection:
        row = store.book(connection, id)
    return _from(row) if row else None


def of_number(bank: Bank, slip_no: str) -> SlipBook | None:
    """The book that a slip is from; None where no such slip was ever printed."""
    with bank.store.reading() as connection:
        row = store.book_of(connection, serial_of(slip_no))
    return _from(row) if row else None


def page(
    bank: Bank, *, within: Sequence[str], desk_id: UUID | None, after: Sequence[Any] | None, limit: int
) -> Page[SlipBook]:
    """Books, the newest first, of one desk or of all."""
    with bank.store.reading() as connection:
        found = store.books(connection, within=within, desk_id=desk_id, after=after, limit=limit)
    return found.each(_from)


def missing(bank: Bank, book: SlipBook) -> list[str]:
    """The numbers of a book that were neither keyed in nor voided."""
    with bank.store.reading() as connection:
        back = store.numbers_back(connection, book.id)
    return [number for number in book.numbers if number not in back]


def _from(row: Mapping[str, Any]) -> SlipBook:
    return SlipBook(**{name: row[name] for name in SlipBook.__slots__})
