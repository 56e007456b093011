"""The audit: everything that must hold in a bank, worked out again from the rows alone, in one pass and little memory.

    for finding in check(store, charter=bank.charter):
        print(finding.code, finding.sentence("en"))

All rows are read in one unchanging view, so a bank that is being used can be checked. What is wrong in one row is a
finding or two: where a stored value is wrong, the walk goes on from it, so that it does not echo through all after it.

It proves that the rows agree with each other. That they are also the rows of yesterday, only the signed checkpoints can
say; nor does it see who stood at the kiosk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from ledger.core.accounts import MINUTES, POINTS
from ledger.core.entries import Kind
from ledger.reading.findings import Finding, Findings
from ledger.reading.lanes import Lane
from ledger.reading.proofs.attendances import Attendances
from ledger.reading.proofs.awards import Awards
from ledger.reading.proofs.certificates import Certificates
from ledger.reading.proofs.closings import Closings
from ledger.reading.proofs.commands import Commands
from ledger.reading.proofs.corrections import Corrections
from ledger.reading.proofs.days import Days
from ledger.reading.proofs.disputes import Disputes
from ledger.reading.proofs.entries import Entries
from ledger.reading.proofs.gifts import Gifts
from ledger.reading.proofs.governance import Governance
from ledger.reading.proofs.histories import Histories, cancelling, handed
from ledger.reading.proofs.needs import Needs
from ledger.reading.proofs.notices import Notices
from ledger.reading.proofs.prizes import Prizes
from ledger.reading.proofs.reservations import Reservations
from ledger.reading.proofs.reviews import Reviews
from ledger.reading.proofs.shelves import Shelves
from ledger.reading.proofs.slips import Slips
from ledger.reading.proofs.standings import Leg, Standings
from ledger.reading.proofs.stars import Stars
from ledger.reading.proofs.tree import Tree
from ledger.store import certificate_streams, claim_streams, closing_streams, notice_streams, prize_streams
from ledger.store.engines import Store
from ledger.store.founding import Charter
from ledger.store.reads import TransactionRead
from ledger.store.streams import FIRST, View, view

CLOSING = (Kind.CLOSING, Kind.MERGE)
PROGRESS_EVERY = 10_000

_ASSESSED = frozenset({Kind.AWARD, Kind.DEED})
"""Kinds that the rules worked out."""
_MARKING = frozenset({Kind.REDEMPTION, Kind.RESERVATION, Kind.RESERVATION_RELEASE, Kind.MERGE, Kind.LAPSE})
"""Kinds that leave marks of their own beside these, or take them back."""

Row = TypeVar("Row", bound=tuple[Any, ...])

Progress = Callable[[int, int], None]
"""progress(done, all): how many transactions have been read, of how many."""


def check(
    store: Store, *, charter: Charter, from_seq: int = FIRST, progress: Progress | None = None
) -> Iterator[Finding]:
    """Whatever does not hold, as it is found; nothing if all is well.

    With a later `from_seq`, balances and tree before it are trusted, everything from it on is checked.
    """
    with view(store) as rows:
        yield from Audit(rows, charter, from_seq).findings(progress)


class Audit:
    """One walk over one view."""

    def __init__(self, rows: View, charter: Charter, from_seq: int) -> None:
        found = self._found = Findings()
        self._rows, self._charter = rows, charter
        self._head = rows.head()
        from_seq = self._from_seq = max(FIRST, min(from_seq, self._head.seq + 1))
        self._standings = Standings(rows, from_seq, found)
        self._tree = Tree(rows, from_seq, found)
        self._days = Days(ZoneInfo(charter.zone), found)
        self._entries = Entries(found)
        self._commands = Commands(found)
        self._histories = Histories(rows, self._standings, found)
        self._awards = Awards(rows, charter.points_scale, self._standings, self._histories, found)
        self._governance = Governance(rows, charter.points_scale, from_seq, found)
        self._reviews = Reviews(rows, from_seq, found)
        self._attendances = Attendances(rows, from_seq, ZoneInfo(charter.zone), found)
        self._certificates = Certificates(found)
        self._stars = Stars(
            rows,
            from_seq,
            found,
            zone=ZoneInfo(charter.zone),
            points_scale=charter.points_scale,
            books=self._awards.rulebooks,
            holding=self._governance.holding,
        )
        self._notices = Notices(found)
        self._disputes = Disputes(rows, from_seq, found)
        self._needs = Needs(rows, from_seq, found)
        self._prizes = Prizes(self._standings, found)
        self._shelves = Shelves(rows, from_seq, self._standings, found)
        self._reservations = Reservations(rows, from_seq, self._standings, self._histories, found)
        self._slips = Slips(rows, from_seq, found)
        self._closings = Closings(rows, from_seq, found)
        self._corrections = Corrections(rows, self._standings, self._awards.rulebooks, found)
        self._gifts = Gifts(found)
        self._transfer = Lane(rows.transfers(from_seq))
        self._undone = Lane(rows.undone(from_seq))
        self._private = Lane(rows.privates(from_seq))
        self._command = Lane(rows.commands(from_seq))
        self._record = Lane(rows.records(from_seq))
        self._deed = Lane(rows.deeds(from_seq))
        self._flag = Lane(rows.flags(from_seq))
        self._mark = Lane(rows.marks(from_seq))
        self._undone_mark = Lane(rows.undone_marks(from_seq))
        self._claim = Lane(claim_streams.claims(rows, from_seq))
        self._review = Lane(claim_streams.reviews(rows, from_seq))
        self._step = Lane(claim_streams.claim_steps(rows, from_seq))
        self._certificate = Lane(certificate_streams.certificates(rows, from_seq))
        self._certificate_end = Lane(certificate_streams.certificate_ends(rows, from_seq))
        self._asked = Lane(notice_streams.notices_asked(rows, from_seq))
        self._notice = Lane(notice_streams.notices(rows, from_seq))
        self._line = Lane(notice_streams.notice_lines(rows, from_seq))
        self._objection = Lane(notice_streams.objections(rows, from_seq))
        self._resolution = Lane(notice_streams.resolutions(rows, from_seq))
        self._noticed = Lane(notice_streams.noticed(rows, from_seq))
        self._redemption = Lane(prize_streams.redemptions(rows, from_seq))
        self._item = Lane(prize_streams.redemption_items(rows, from_seq))
        self._closing = Lane(closing_streams.closings(rows, from_seq))
        self._receipt = Lane(prize_streams.receipts(rows, from_seq))

    def findings(self, progress: Progress | None) -> Iterator[Finding]:
        self._groundwork()
        yield from self._found.drain()
        last_seq, last_at = self._from_seq - 1, self._recorded_before()
        for transaction in self._rows.transactions(self._from_seq):
            if transaction.seq != last_seq + 1:
                self._found.note("seq_gap", seq=transaction.seq, after=last_seq)
                self._tree.lose()
            if transaction.recorded_at <= last_at:
                self._found.note("recorded_at_backwards", seq=transaction.seq)
            last_seq, last_at = transaction.seq, transaction.recorded_at
            self._one(transaction)
            if self._found.noted:
                yield from self._found.drain()
            if progress and last_seq % PROGRESS_EVERY == 0:
                progress(last_seq, self._head.seq)
        self._close(last_seq, last_at)
        yield from self._found.drain()
        if progress:
            progress(self._head.seq, self._head.seq)

    def _groundwork(self) -> None:
        for guard in self._rows.missing_guards():
            self._found.note("guard_missing", guard=guard)
        wanted = {POINTS: ("points", self._charter.points_scale), MINUTES: ("minutes", 0)}
        for unit in self._rows.units():
            kind, scale = wanted.pop(unit.id, ("prize", 0))
            if (unit.kind, unit.scale) != (kind, scale):
                self._found.note("unit_wrong", unit=unit.id)
        for missing in wanted:
            self._found.note("unit_wrong", unit=missing)

    def _recorded_before(self) -> int:
        if self._from_seq == FIRST:
            return -1
        before = next(self._rows.transactions(self._from_seq - 1), None)
        return before.recorded_at if before is not None and before.seq < self._from_seq else -1

    def _one(self, transaction: TransactionRead) -> None:
        seq = transaction.seq
        legs = self._standings.post(seq, self._transfer.take(seq))
        leaf = self._entries.prove(transaction, legs, self._private.take(seq))
        self._tree.grow(seq, leaf)
        self._days.prove(transaction)
        told = self._kind(transaction, legs)
        self._closings.pass_by(transaction, legs)
        self._commands.prove(transaction, self._command.take(seq), told)

    def _kind(self, transaction: TransactionRead, legs: list[Leg] | None) -> dict[str, Any]:
        """What its kind promises; gives back what its client must have been told."""
        seq, kind = transaction.seq, transaction.kind
        undone, items, marks = self._undone.take(seq), self._item.take(seq), self._mark.take(seq)
        flags = self._flag.take(seq)
        if kind not in _ASSESSED:
            for _ in flags:
                self._found.note("record_unexpected", seq=seq, table="flag", kind=kind)
            if kind not in _MARKING:
                self._histories.marks(seq, map(cancelling, self._undone_mark.take(seq)), marks)
        record = self._only(transaction, "service_record", Kind.AWARD, self._record)
        record = self._only(transaction, "deed", Kind.DEED, self._deed) or record
        claim = self._only(transaction, "service_claim", Kind.CLAIM, self._claim)
        review = self._only(transaction, "service_review", Kind.REVIEW, self._review)
        step = self._only(transaction, "claim_step", Kind.CLAIM_STEP, self._step)
        certificate = self._only(transaction, "certificate", Kind.CERTIFICATE, self._certificate)
        end = self._only(transaction, "certificate_end", Kind.CERTIFICATE_END, self._certificate_end)
        notice = self._only(transaction, "notice", Kind.NOTICE, self._notice)
        objection = self._only(transaction, "objection", Kind.OBJECTION, self._objection)
        resolution = self._only(transaction, "objection_resolution", Kind.OBJECTION_RESOLUTION, self._resolution)
        dispute = self._only(transaction, "dispute", Kind.DISPUTE, self._disputes.disputes)
        answer = self._only(transaction, "dispute_answer", Kind.DISPUTE_ANSWER, self._disputes.answers)
        asked, lines, noticed = self._asked.take(seq), self._line.take(seq), self._noticed.take(seq)
        for table, rows, owner in (("notice_asked", asked, claim), ("notice_line", lines, notice)):
            if rows and owner is None:
                self._found.note("record_unexpected", seq=seq, table=table, kind=kind)
        redemption = self._only(transaction, "redemption", Kind.REDEMPTION, self._redemption)
        receipt = self._only(transaction, "stock_receipt", Kind.STOCK_RECEIPT, self._receipt)
        closing = self._only(transaction, "closing", CLOSING, self._closing)
        transfer = self._only(transaction, "stock_transfer", Kind.STOCK_TRANSFER, self._shelves.transfers)
        report = self._only(transaction, "stock_report", Kind.STOCK_REPORT, self._shelves.reports)
        settlement = self._only(transaction, "stock_settlement", Kind.STOCK_SETTLEMENT, self._shelves.settlements)
        reservation = self._only(transaction, "reservation", Kind.RESERVATION, self._reservations.reservations)
        release = self._only(transaction, "reservation_release", Kind.RESERVATION_RELEASE, self._reservations.releases)
        session = self._only(transaction, "desk_session", Kind.DESK_SESSION, self._shelves.sessions)
        self._governance.strays(transaction)
        self._stars.strays(transaction)
        self._needs.prove(transaction)
        if transaction.reverses is not None and kind != Kind.REVERSAL:
            self._found.note("reversal_wrong", seq=seq, what="kind")
        if record is not None:
            self._governance.in_force(transaction, record)
            self._reviews.posted(transaction)
            today, days = self._days.day(transaction.recorded_at), self._awards.notice_days(transaction, record)
            self._notices.posted(seq, noticed[0] if noticed else None, notice_days=days, today=today)
            return self._awards.prove(transaction, legs, record, marks, flags, self._days.day(transaction.recorded_at))
        if claim is not None:
            return self._reviews.claim(transaction, claim)
        if review is not None:
            return self._reviews.review(transaction, review)
        if step is not None:
            return self._reviews.step(transaction, step)
        if certificate is not None:
            return self._certificates.issued(transaction, certificate)
        if end is not None:
            return self._certificates.ended(transaction, end)
        if notice is not None:
            return self._notices.notice(transaction, legs, notice, lines)
        if objection is not None:
            return self._notices.objection(transaction, legs, objection)
        if resolution is not None:
            return self._notices.resolution(transaction, legs, resolution)
        if dispute is not None:
            return self._disputes.dispute(transaction, legs, dispute)
        if answer is not None:
            return self._disputes.answer(transaction, legs, answer)
        if redemption is not None:
            self._histories.marks(seq, self._prizes.marks(redemption, items), marks)
            if redemption.reservation_id is not None:
                self._reservations.collected(transaction, legs)
            resetting = self._governance.resetting(redemption.reserved_on or redemption.redeemed_on)
            return self._prizes.redemption(transaction, legs, redemption, items, resetting)
        if receipt is not None:
            return self._prizes.receipt(transaction, legs, receipt)
        if closing is not None:
            if kind == Kind.MERGE:
                self._histories.marks(seq, handed(self._rows.marks_of(closing.volunteer_id, seq), closing), marks)
            return self._closings.prove(transaction, legs, closing)
        if transfer is not None:
            return self._shelves.transfer(transaction, legs, transfer)
        if report is not None:
            return self._shelves.report(transaction, legs, report)
        if settlement is not None:
            return self._shelves.settlement(transaction, legs, settlement)
        if session is not None:
            return self._shelves.session(transaction, legs, session)
        if reservation is not None:
            return self._reservations.reservation(transaction, legs, reservation, marks)
        if release is not None:
            return self._reservations.release(transaction, legs, release, marks)
        self._shelves.refund(transaction, legs)
        match kind:
            case Kind.REVERSAL:
                return self._corrections.reversal(transaction, legs, undone)
            case Kind.ADJUSTMENT:
                return self._corrections.adjustment(transaction, legs)
            case Kind.LAPSE:
                self._histories.marks(seq, self._corrections.carried_marks(transaction, legs), marks)
                return self._corrections.lapse(transaction, legs)
            case Kind.POOLING:
                return self._gifts.pooling(transaction, legs)
            case Kind.DONATION:
                return self._gifts.donation(transaction, legs)
            case Kind.OPENING:
                return self._corrections.opening(transaction, legs)
            case Kind.FOUNDING:
                return self._governance.founding(transaction, legs)
            case Kind.PROPOSAL_STEP | Kind.RULEBOOK | Kind.PRICE_LIST | Kind.RESOLUTION:
                return self._governance.step(transaction, legs)
            case Kind.STAR_CHANGE:
                return self._stars.change(transaction, legs)
            case Kind.STAR_DECISION:
                return self._stars.decision(transaction, legs)
            case (
                Kind.CLAIM
                | Kind.REVIEW
                | Kind.CLAIM_STEP
                | Kind.CERTIFICATE
                | Kind.CERTIFICATE_END
                | Kind.AWARD
                | Kind.DEED
                | Kind.REDEMPTION
                | Kind.STOCK_RECEIPT
                | Kind.CLOSING
                | Kind.MERGE
                | Kind.STOCK_TRANSFER
                | Kind.STOCK_REPORT
                | Kind.STOCK_SETTLEMENT
                | Kind.DESK_SESSION
                | Kind.RESERVATION
                | Kind.RESERVATION_RELEASE
                | Kind.NOTICE
                | Kind.OBJECTION
                | Kind.OBJECTION_RESOLUTION
                | Kind.DISPUTE
                | Kind.DISPUTE_ANSWER
            ):
                return {}  # that its record is missing was noted above
            case Kind.KEY_CHANGE | Kind.EPOCH_CHANGE:
                return self._corrections.announcement(transaction, legs)
            case _:  # a kind that nobody here can prove must not pass for proven
                self._found.note("transaction_malformed", seq=seq, what=f"kind {kind}")
                return {}

    def _only(
        self, transaction: TransactionRead, table: str, kinds: Kind | tuple[Kind, ...], lane: Lane[Row]
    ) -> Row | None:
        """The one row that a transaction of this kind has in a capability's table, and others have not."""
        rows = lane.take(transaction.seq)
        if transaction.kind in (kinds if isinstance(kinds, tuple) else (kinds,)):
            if len(rows) != 1:
                self._found.note("record_missing", seq=transaction.seq, table=table)
            return rows[0] if rows else None
        if rows:
            self._found.note("record_unexpected", seq=transaction.seq, table=table, kind=transaction.kind)
        return None

    def _close(self, last_seq: int, last_at: int) -> None:
        head = self._head
        if last_seq != head.seq:
            self._found.note("head_wrong", what="seq", stored=head.seq, found=last_seq)
        if last_seq >= self._from_seq and last_at != head.recorded_at:
            self._found.note("head_wrong", what="recorded_at", stored=head.recorded_at, found=last_at)
        self._histories.close()
        self._attendances.close()
        self._standings.close()
        self._tree.close()
        self._commands.close(self._rows)
        self._prizes.close(self._rows, self._standings)
        self._shelves.close()
        self._reservations.close(self._rows)
        self._slips.close()
        self._corrections.close(self._rows)
        self._governance.close(self._rows)
        self._stars.close()
        self._strays()

    def _strays(self) -> None:
        lanes: dict[str, Lane[Any]] = {
            "transfer": self._transfer,
            "private": self._private,
            "command": self._command,
            "service_record": self._record,
            "deed": self._deed,
            "flag": self._flag,
            "mark": self._mark,
            "service_claim": self._claim,
            "service_review": self._review,
            "claim_step": self._step,
            "certificate": self._certificate,
            "certificate_end": self._certificate_end,
            "notice_asked": self._asked,
            "notice": self._notice,
            "notice_line": self._line,
            "objection": self._objection,
            "objection_resolution": self._resolution,
            "redemption": self._redemption,
            "redemption_item": self._item,
            "stock_receipt": self._receipt,
            "closing": self._closing,
            **self._disputes.lanes(),
            **self._needs.lanes(),
            **self._shelves.lanes(),
            **self._reservations.lanes(),
        }
        for table, lane in lanes.items():
            for row in lane.strays():
                self._found.note("row_astray", seq=row[0], table=table)
