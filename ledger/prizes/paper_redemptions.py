"""Paper redemptions: what was handed out on slips and is keyed in later, and what becomes of what cannot be posted.

What the bank refuses goes on the list of exceptions, because the goods are gone already: nothing is turned away, and
nothing becomes negative by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Changes, Page, Request
from ledger.bank import Outcome as Posted
from ledger.core.accounts import Owner, OwnerKind
from ledger.core.refusals.people import VolunteerClosed
from ledger.core.refusals.postings import InsufficientPoints, InsufficientStock
from ledger.core.refusals.prizes import NotRedeemable, PrizeNotOffered, SlipUsed
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import AlreadyDecided
from ledger.people import volunteers
from ledger.people.volunteers import Volunteer
from ledger.prizes import catalogue, redemptions
from ledger.prizes.catalogue import Desk, Prize
from ledger.prizes.key_slip import KeySlip, Outcome, SettleSlip, entry_rows
from ledger.prizes.redeem import Redeem
from ledger.prizes.report_stock import ProposeWriteOff
from ledger.prizes.shelves import Gone
from ledger.prizes.slip_books import SlipBook
from ledger.store import shelves
from ledger.store import slips as store

EXCEPTIONS = (NotRedeemable, PrizeNotOffered, InsufficientPoints, InsufficientStock, VolunteerClosed)
"""What somebody has to settle; any other refusal can be mended by whoever keys in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """So many of one prize, as the slip says."""

    prize_id: UUID
    title: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRedemption:
    """A slip that was keyed in or voided, and what became of it."""

    id: UUID
    seq: int | None
    """Of the redemption it became at once."""
    slip_no: str
    book_id: UUID
    desk_id: UUID
    organisation_path: str
    first_state: str
    volunteer_id: UUID | None
    volunteer_no: str | None
    given_on: date | None
    refusal: str | None
    keyed_on: date
    keyed_by: UUID
    outcome: Outcome | None
    settled_on: date | None
    settled_by: UUID | None
    settled_seq: int | None
    items: tuple[Given, ...]

    @property
    def state(self) -> str:
        """posted, exception, voided; and settled: posted, debt or loss."""
        return self.outcome or self.first_state

    @property
    def transaction_seq(self) -> int | None:
        return self.seq or self.settled_seq

    def says(self, volunteer: Volunteer, items: Sequence[tuple[Prize, int]], given_on: date) -> bool:
        """Whether this is what was keyed in."""
        asked = sorted((str(prize.id), quantity) for prize, quantity in items)
        mine = sorted((str(one.prize_id), one.quantity) for one in self.items)
        return (self.volunteer_id, mine, self.given_on) == (volunteer.id, asked, given_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """What came of keying in: the entry, or why there is none."""

    entry: PaperRedemption | None = None
    refusal: Refusal | None = None
    replayed: bool = False
    posted: Mapping[str, Any] | None = None
    """What a posting was answered with: its transaction and its receipt."""


def key_in(
    bank: Bank,
    by: By,
    request: Request,
    *,
    book: SlipBook,
    slip_no: str,
    volunteer: Volunteer,
    items: Sequence[tuple[Prize, int]],
    given_on: date,
) -> Keyed:
    """Key one slip in. Posted, or on the list of exceptions; the same slip again gets the first outcome, and with
    something else on it `SlipUsed`.
    """
    desk = catalogue.find_desk(bank, book.desk_id)
    assert desk is not None  # noqa: S101 - a book's desk never goes
    redeem = redemptions.command(bank, by, volunteer=volunteer, desk=desk, items=items)
    if redeem.terms is not None:
        redeem = replace(redeem, terms=replace(redeem.terms, given_on=given_on))
    command = KeySlip(redeem=redeem, slip_no=slip_no, book=book.id, given_on=given_on)
    told = bank.submit(command, request)
    if told.posted:
        return Keyed(entry=find_by_number(bank, slip_no), replayed=told.replayed, posted=told.answer)
    refusal = told.refusal
    if isinstance(refusal, EXCEPTIONS):
        with bank.changing(by) as change:
            change.hold_postings()
            if change.find("slip_entry", slip_no=slip_no) is None:
                _put_aside(bank, change, command, refusal)
                refusal = None
    elif not isinstance(refusal, SlipUsed):
        return Keyed(refusal=refusal, replayed=told.replayed)
    entry = find_by_number(bank, slip_no)
    if entry is not None and entry.says(volunteer, items, given_on):
        return Keyed(entry=entry, replayed=told.replayed)
    return Keyed(refusal=SlipUsed(slip_no=slip_no), replayed=told.replayed)


def void(bank: Bank, by: By, book: SlipBook, slip_no: str) -> PaperRedemption | SlipUsed:
    """A slip was spoilt, and nothing was handed out on it. Voided again it stays voided."""
    with bank.changing(by) as change:
        change.hold_postings()
        if change.find("slip_entry", slip_no=slip_no) is None:
            kept = entry_rows(
                id=bank.world.new_id(),
                slip_no=slip_no,
                book=book.id,
                state="voided",
                keyed_on=bank.today(),
                keyed_by=by.actor,
                after_seq=shelves.head_seq(change.connection),
            )
            for record in kept:
                change.add(record.table, record.row)
            change.audit("void_slip", "slip_book", book.id, after={"slip_no": slip_no})
    entry = find_by_number(bank, slip_no)
    return entry if entry is not None and entry.state == "voided" else SlipUsed(slip_no=slip_no)


def settle(bank: Bank, by: By, request: Request, entry: PaperRedemption, outcome: Outcome, reason: str) -> Posted:
    """What a second person makes of an exception. Refuses what `SettleSlip` refuses."""
    desk = catalogue.find_desk(bank, entry.desk_id)
    found = catalogue.find_prizes(bank, [one.prize_id for one in entry.items])
    volunteer = volunteers.find_by_id(bank, entry.volunteer_id) if entry.volunteer_id else None
    if desk is None or volunteer is None or entry.first_state != "exception":
        return Posted(None, {}, AlreadyDecided())
    items = [(found[one.prize_id], one.quantity) for one in entry.items]
    posting = _loss(bank, by, desk, items) if outcome == "loss" else _after_all(bank, by, volunteer, desk, items)
    if isinstance(posting, Redeem) and outcome == "debt":
        posting = replace(posting, owes=True)
    command = SettleSlip(
        posting=posting,
        entry=entry.id,
        slip_no=entry.slip_no,
        keyed_by=entry.keyed_by,
        outcome=outcome,
        reason=reason,
    )
    return bank.submit(command, request)


def find(bank: Bank, id: UUID) -> PaperRedemption | None:
    with bank.store.reading() as connection:
        row = store.entry(connection, id=id)
    return _from(row) if row else None


def find_by_number(bank: Bank, slip_no: str) -> PaperRedemption | None:
    with bank.store.reading() as connection:
        row = store.entry(connection, slip_no=slip_no)
    return _from(row) if row else None


def page(
    bank: Bank,
    *,
    within: Sequence[str],
    state: str | None,
    book_id: UUID | None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[PaperRedemption]:
    """Slips that came back, by number; of one book, in one state, or all."""
    with bank.store.reading() as connection:
        found = store.entries(connection, within=within, state=state, book_id=book_id, after=after, limit=limit)
    return found.each(_from)


def _put_aside(bank: Bank, change: Changes, command: KeySlip, refusal: Refusal) -> None:
    kept = entry_rows(
        id=bank.world.new_id(),
        slip_no=command.slip_no,
        book=command.book,
        state="exception",
        volunteer=command.redeem.volunteer.id,
        given_on=command.given_on,
        items=[(item.prize, item.quantity) for item in command.redeem.items],
        refusal=refusal.code,
        keyed_on=bank.today(),
        keyed_by=command.actor,
        after_seq=shelves.head_seq(change.connection),
    )
    for record in kept:
        change.add(record.table, record.row)
    said = {"slip_no": command.slip_no, "refusal": refusal.code}
    change.audit("put_aside", "slip_book", command.book, after=said)


def _after_all(bank: Bank, by: By, volunteer: Volunteer, desk: Desk, items: Sequence[tuple[Prize, int]]) -> Redeem:
    """The redemption without a policy: the second person has looked at what speaks against it."""
    asked = redemptions.command(bank, by, volunteer=volunteer, desk=desk, items=items)
    return replace(
        asked,
        terms=None,
        household=asked.terms.household if asked.terms else None,
        items=tuple(item._replace(on_shelf=True) for item in asked.items),
    )


def _loss(bank: Bank, by: By, desk: Desk, items: Sequence[tuple[Prize, int]]) -> ProposeWriteOff:
    goods = tuple(Gone(prize.id, prize.unit_id, quantity, "lost") for prize, quantity in items)
    return ProposeWriteOff(id=bank.world.new_id(), actor=by.actor, desk=Owner(OwnerKind.DESK, desk.id), goods=goods)


def _from(row: Mapping[str, Any]) -> PaperRedemption:
    plain = {name: row[name] for name in PaperRedemption.__slots__ if name not in ("first_state", "items")}
    items = tuple(Given(prize_id=one["prize_id"], title=one["title"], quantity=one["quantity"]) for one in row["items"])
    return PaperRedemption(**plain, first_state=row["state"], items=items)
