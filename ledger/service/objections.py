"""Objections (异议): anybody may say that a line of a notice is wrong, without saying who they are; they get a number
to ask by. Only that line waits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Page, Request
from ledger.core.canonical import digest
from ledger.core.reversal import Reverse
from ledger.people import sealing
from ledger.people.codes import is_code, new_code
from ledger.service import reviews
from ledger.service.notices import Notice, NoticeLine
from ledger.service.objecting import DISMISSED, UPHELD, Object, ResolveObjection
from ledger.store import objections as store
from ledger.store import rows

POSTED = ("service_record", "deed")
"""Where that stands which was posted although somebody objected."""
RECEIPT_DIGITS = 12
__all__ = ["DISMISSED", "UPHELD", "Objection", "find", "object_to", "page", "resolve", "settle", "with_receipt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What somebody said against a line, and what came of it."""

    id: UUID
    seq: int
    receipt_no: str
    organisation_id: UUID
    organisation_path: str
    notice_id: UUID
    line: int
    record_id: UUID | None
    is_late: bool
    """Made after the notice's last day."""
    made_on: date
    said: str | None
    """None where it was erased, with the person it was about."""
    outcome: str | None
    """upheld or dismissed; None while it is open."""
    answered: str | None
    """The reason given; None while it is open, or where it was erased."""
    posted_seq: int | None
    is_reversed: bool
    sealed: bytes | None

    @property
    def state(self) -> str:
        return self.outcome or "open"


def object_to(
    bank: Bank, by: By, request: Request, notice: Notice, line: NoticeLine, *, reason: str, contact: str | None
) -> Outcome:
    """Say that a line is wrong. It is never refused, and blocks that line until it is answered."""
    id = bank.world.new_id()
    command = Object(
        id=id,
        actor=by.actor,
        notice=notice.id,
        number=line.line,
        line=line.id,
        record=line.record_id,
        ends_on=notice.ends_on,
        receipt_no=_fresh_receipt(bank),
        reason=reason,
        contact=sealing.of(bank).seal(contact, place=place_of(id)) if contact else None,
    )
    return bank.submit(command, request)


def resolve(bank: Bank, by: By, request: Request, objection: Objection, *, outcome: str, reason: str) -> Outcome:
    """Answer an objection. Upheld, the record is rejected, or reversed if it was posted; dismissed, it goes on. How to
    reach whoever objected is forgotten. Refuses as the command does.
    """
    command = ResolveObjection(
        id=bank.world.new_id(),
        actor=by.actor,
        objection=objection.id,
        record=objection.record_id,
        outcome=outcome,
        reason=reason,
    )
    outcome_of = bank.submit(command, request)
    if outcome_of.posted:
        settle(bank, by, objection, upheld=outcome_of.answer["state"] == UPHELD)
    return outcome_of


def settle(bank: Bank, by: By, objection: Objection, *, upheld: bool) -> None:
    """What follows from an answer; done again it changes nothing."""
    with bank.store.changing() as connection:
        store.forget_contacts(connection, objection.id)
    with bank.store.reading() as connection:
        posted = (rows.find(connection, table, id=objection.record_id) for table in POSTED if objection.record_id)
        record = next((row for row in posted if row is not None), None)
    if upheld and record is not None:
        undone = Reverse(
            id=bank.world.new_id(),
            actor=by.actor,
            seq=record["seq"],
            reason=f"公示异议成立 {objection.receipt_no}",
            subject=str(record["id"]),
        )
        bank.submit(undone, Request("objections", objection.id.hex, digest(objection.id.bytes)))
    elif not upheld:
        reviews.post_approved(bank)


def find(bank: Bank, id: UUID) -> Objection | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id=id)
    return _from(row) if row else None


def with_receipt(bank: Bank, receipt_no: str) -> Objection | None:
    """The objection that somebody holds the number of."""
    if not is_code(receipt_no, RECEIPT_DIGITS):
        return None
    with bank.store.reading() as connection:
        row = store.find(connection, receipt_no=receipt_no)
    return _from(row) if row else None


def page(
    bank: Bank, *, within: Sequence[str], is_open: bool | None, after: Sequence[Any] | None, limit: int
) -> Page[Objection]:
    """Objections to notices of these organisations and those below, the oldest first; None: open and answered."""
    with bank.store.reading() as connection:
        found = store.page(connection, within=within, is_open=is_open, after=after, limit=limit)
    return found.each(_from)


def contact_of(bank: Bank, objection: Objection) -> str | None:
    """How to reach whoever objected, if they said so and were not answered yet."""
    if objection.sealed is None:
        return None
    return sealing.of(bank).open(objection.sealed, place=place_of(objection.id))


def _fresh_receipt(bank: Bank) -> str:
    receipt = new_code(bank.world.random_bytes, RECEIPT_DIGITS)
    with bank.store.reading() as connection:
        while rows.find(connection, "objection", receipt_no=receipt):
            receipt = new_code(bank.world.random_bytes, RECEIPT_DIGITS)
    return receipt


def place_of(id: UUID) -> str:
    return f"objection/{id}/contact"


def _from(row: Mapping[str, Any]) -> Objection:
    flags = {"is_late": bool(row["is_late"]), "is_reversed": bool(row["is_reversed"])}
    return Objection(**{name: row[name] for name in Objection.__slots__} | flags)
