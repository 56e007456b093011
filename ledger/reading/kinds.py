"""What each kind of transaction promises: the rows that it has in the tables of its capability, and what they say.

A kind with rows of its own has them in one table; in every other table its transaction has none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from ledger.core.entries import Kind
from ledger.reading.findings import Findings
from ledger.reading.lanes import Lane
from ledger.reading.proofs.attendances import Attendances
from ledger.reading.proofs.awards import Awards
from ledger.reading.proofs.certificates import Certificates
from ledger.reading.proofs.closings import Closings
from ledger.reading.proofs.corrections import Corrections
from ledger.reading.proofs.days import Days
from ledger.reading.proofs.disputes import Disputes
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
from ledger.store import certificate_streams, claim_streams, closing_streams, notice_streams, prize_streams
from ledger.store.founding import Charter
from ledger.store.reads import TransactionRead
from ledger.store.streams import View

_ASSESSED = frozenset({Kind.AWARD, Kind.DEED})
"""Kinds that the rules worked out."""
_MARKING = frozenset({Kind.REDEMPTION, Kind.RESERVATION, Kind.RESERVATION_RELEASE, Kind.MERGE, Kind.LAPSE})
"""Kinds that leave marks of their own beside these, or take them back."""

Told = dict[str, Any]
"""What a client must have been told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One transaction, and what stands under its number in the tables that several kinds share."""

    transaction: TransactionRead
    legs: list[Leg] | None
    undone: list[Any]
    items: list[Any]
    marks: list[Any]
    flags: list[Any]
    lines: list[Any]
    noticed: list[Any]


@dataclass(frozen=True, slots=True)
class Own:
    """The table where transactions of these kinds have one row each, and what proves it."""

    lane: Lane[Any]
    proofs: Mapping[str, Callable[[Turn, Any], Told]]


class Kinds:
    """The capabilities, each with its own tables, read beside the transactions."""

    def __init__(
        self, rows: View, charter: Charter, from_seq: int, *, standings: Standings, days: Days, found: Findings
    ) -> None:
        zone, scale = ZoneInfo(charter.zone), charter.points_scale
        self._rows, self._standings, self._days, self._found = rows, standings, days, found
        self._histories = Histories(rows, standings, found)
        self._awards = Awards(rows, scale, standings, self._histories, found)
        self._governance = Governance(rows, scale, from_seq, found)
        self._reviews = Reviews(rows, from_seq, found)
        self._attendances = Attendances(rows, from_seq, zone, found)
        self._certificates = Certificates(found)
        self._stars = Stars(
            rows,
            from_seq,
            found,
            zone=zone,
            points_scale=scale,
            books=self._awards.rulebooks,
            holding=self._governance.holding,
        )
        self._notices = Notices(found)
        self._disputes = Disputes(rows, from_seq, found)
        self._needs = Needs(rows, from_seq, found)
        self._prizes = Prizes(standings, found)
        self._shelves = Shelves(rows, from_seq, standings, found)
        self._reservations = Reservations(rows, from_seq, standings, self._histories, found)
        self._slips = Slips(rows, from_seq, found)
        self._closings = Closings(rows, from_seq, found)
        self._corrections = Corrections(rows, standings, self._awards.rulebooks, found)
        self._gifts = Gifts(found)
        self._undone = Lane(rows.undone(from_seq))
        self._flag = Lane(rows.flags(from_seq))
        self._mark = Lane(rows.marks(from_seq))
        self._undone_mark = Lane(rows.undone_marks(from_seq))
        self._asked = Lane(notice_streams.notices_asked(rows, from_seq))
        self._line = Lane(notice_streams.notice_lines(rows, from_seq))
        self._noticed = Lane(notice_streams.noticed(rows, from_seq))
        self._item = Lane(prize_streams.redemption_items(rows, from_seq))
        self._own = self._with_rows(rows, from_seq)
        self._alone = self._without_rows()

    def prove(self, transaction: TransactionRead, legs: list[Leg] | None) -> Told:
        """What its kind promises; gives back what its client must have been told."""
        turn = self._turn(transaction, legs)
        row, proof = self._own_row(turn)
        self._governance.strays(transaction)
        self._stars.strays(transaction)
        self._needs.prove(transaction)
        if transaction.reverses is not None and transaction.kind != Kind.REVERSAL:
            self._found.note("reversal_wrong", seq=transaction.seq, what="kind")
        told = proof(turn, row) if row is not None and proof is not None else self._without(turn, has_table=bool(proof))
        self._closings.pass_by(transaction, legs)
        return told

    def close(self) -> None:
        """What only the end can tell."""
        self._histories.close()
        self._attendances.close()
        self._prizes.close(self._rows, self._standings)
        self._shelves.close()
        self._reservations.close(self._rows)
        self._slips.close()
        self._corrections.close(self._rows)
        self._governance.close(self._rows)
        self._stars.close()

    def lanes(self) -> dict[str, Lane[Any]]:
        """By table, for rows that no transaction asks for."""
        return {
            **{table: own.lane for table, own in self._own.items()},
            "flag": self._flag,
            "mark": self._mark,
            "notice_asked": self._asked,
            "notice_line": self._line,
            "redemption_item": self._item,
            **self._disputes.lanes(),
            **self._needs.lanes(),
            **self._shelves.lanes(),
            **self._reservations.lanes(),
        }

    # -- what stands beside it -----------------------------------------------------------------------------------------

    def _turn(self, transaction: TransactionRead, legs: list[Leg] | None) -> Turn:
        seq, kind = transaction.seq, transaction.kind
        turn = Turn(
            transaction=transaction,
            legs=legs,
            undone=self._undone.take(seq),
            items=self._item.take(seq),
            marks=self._mark.take(seq),
            flags=self._flag.take(seq),
            lines=self._line.take(seq),
            noticed=self._noticed.take(seq),
        )
        if kind not in _ASSESSED:
            for _ in turn.flags:
                self._found.note("record_unexpected", seq=seq, table="flag", kind=kind)
            if kind not in _MARKING:
                self._histories.marks(seq, map(cancelling, self._undone_mark.take(seq)), turn.marks)
        return turn

    def _own_row(self, turn: Turn) -> tuple[Any | None, Callable[[Turn, Any], Told] | None]:
        """The one row that this transaction has in the table of its kind, and what proves it; others have none."""
        seq, kind = turn.transaction.seq, turn.transaction.kind
        row, proof = None, None
        for table, own in self._own.items():
            rows = own.lane.take(seq)
            if kind in own.proofs:
                proof = own.proofs[kind]
                if len(rows) != 1:
                    self._found.note("record_missing", seq=seq, table=table)
                row = rows[0] if rows else None
            elif rows:
                self._found.note("record_unexpected", seq=seq, table=table, kind=kind)
        for table, more, owner in (
            ("notice_asked", self._asked.take(seq), Kind.CLAIM),
            ("notice_line", turn.lines, Kind.NOTICE),
        ):
            if more and (row is None or kind != owner):
                self._found.note("record_unexpected", seq=seq, table=table, kind=kind)
        return row, proof

    # -- the kinds -----------------------------------------------------------------------------------------------------

    def _with_rows(self, rows: View, from_seq: int) -> dict[str, Own]:
        """By table: the kinds that have a row there."""
        return {
            "service_record": Own(Lane(rows.records(from_seq)), {Kind.AWARD: self._assessed}),
            "deed": Own(Lane(rows.deeds(from_seq)), {Kind.DEED: self._assessed}),
            "service_claim": Own(
                Lane(claim_streams.claims(rows, from_seq)),
                {Kind.CLAIM: lambda turn, row: self._reviews.claim(turn.transaction, row)},
            ),
            "service_review": Own(
                Lane(claim_streams.reviews(rows, from_seq)),
                {Kind.REVIEW: lambda turn, row: self._reviews.review(turn.transaction, row)},
            ),
            "claim_step": Own(
                Lane(claim_streams.claim_steps(rows, from_seq)),
                {Kind.CLAIM_STEP: lambda turn, row: self._reviews.step(turn.transaction, row)},
            ),
            "certificate": Own(
                Lane(certificate_streams.certificates(rows, from_seq)),
                {Kind.CERTIFICATE: lambda turn, row: self._certificates.issued(turn.transaction, row)},
            ),
            "certificate_end": Own(
                Lane(certificate_streams.certificate_ends(rows, from_seq)),
                {Kind.CERTIFICATE_END: lambda turn, row: self._certificates.ended(turn.transaction, row)},
            ),
            "notice": Own(
                Lane(notice_streams.notices(rows, from_seq)),
                {Kind.NOTICE: lambda turn, row: self._notices.notice(turn.transaction, turn.legs, row, turn.lines)},
            ),
            "objection": Own(
                Lane(notice_streams.objections(rows, from_seq)), {Kind.OBJECTION: _legs(self._notices.objection)}
            ),
            "objection_resolution": Own(
                Lane(notice_streams.resolutions(rows, from_seq)),
                {Kind.OBJECTION_RESOLUTION: _legs(self._notices.resolution)},
            ),
            "dispute": Own(self._disputes.disputes, {Kind.DISPUTE: _legs(self._disputes.dispute)}),
            "dispute_answer": Own(self._disputes.answers, {Kind.DISPUTE_ANSWER: _legs(self._disputes.answer)}),
            "redemption": Own(Lane(prize_streams.redemptions(rows, from_seq)), {Kind.REDEMPTION: self._redemption}),
            "stock_receipt": Own(
                Lane(prize_streams.receipts(rows, from_seq)), {Kind.STOCK_RECEIPT: _legs(self._prizes.receipt)}
            ),
            "closing": Own(
                Lane(closing_streams.closings(rows, from_seq)),
                {Kind.CLOSING: _legs(self._closings.prove), Kind.MERGE: self._merge},
            ),
            "stock_transfer": Own(self._shelves.transfers, {Kind.STOCK_TRANSFER: _legs(self._shelves.transfer)}),
            "stock_report": Own(self._shelves.reports, {Kind.STOCK_REPORT: _legs(self._shelves.report)}),
            "stock_settlement": Own(
                self._shelves.settlements, {Kind.STOCK_SETTLEMENT: _legs(self._shelves.settlement)}
            ),
            "reservation": Own(
                self._reservations.reservations, {Kind.RESERVATION: _marks(self._reservations.reservation)}
            ),
            "reservation_release": Own(
                self._reservations.releases, {Kind.RESERVATION_RELEASE: _marks(self._reservations.release)}
            ),
            "desk_session": Own(self._shelves.sessions, {Kind.DESK_SESSION: _legs(self._shelves.session)}),
        }

    def _without_rows(self) -> dict[str, Callable[[TransactionRead, list[Leg] | None], Told]]:
        """The kinds that the transaction itself says all of."""
        step, announced = self._governance.step, self._corrections.announcement
        return {
            Kind.ADJUSTMENT: self._corrections.adjustment,
            Kind.POOLING: self._gifts.pooling,
            Kind.DONATION: self._gifts.donation,
            Kind.OPENING: self._corrections.opening,
            Kind.FOUNDING: self._governance.founding,
            Kind.PROPOSAL_STEP: step,
            Kind.RULEBOOK: step,
            Kind.PRICE_LIST: step,
            Kind.RESOLUTION: step,
            Kind.STAR_CHANGE: self._stars.change,
            Kind.STAR_DECISION: self._stars.decision,
            Kind.KEY_CHANGE: announced,
            Kind.EPOCH_CHANGE: announced,
        }

    def _without(self, turn: Turn, *, has_table: bool) -> Told:
        transaction, legs = turn.transaction, turn.legs
        self._shelves.refund(transaction, legs)
        if has_table:
            return {}  # that its record is missing was noted above
        if transaction.kind == Kind.REVERSAL:
            return self._corrections.reversal(transaction, legs, turn.undone)
        if transaction.kind == Kind.LAPSE:
            self._histories.marks(transaction.seq, self._corrections.carried_marks(transaction, legs), turn.marks)
            return self._corrections.lapse(transaction, legs)
        if transaction.kind in self._alone:
            return self._alone[transaction.kind](transaction, legs)
        # a kind that nobody here can prove must not pass for proven
        self._found.note("transaction_malformed", seq=transaction.seq, what=f"kind {transaction.kind}")
        return {}

    def _assessed(self, turn: Turn, record: Any) -> Told:
        transaction = turn.transaction
        self._governance.in_force(transaction, record)
        self._reviews.posted(transaction)
        today, days = self._days.day(transaction.recorded_at), self._awards.notice_days(transaction, record)
        line = turn.noticed[0] if turn.noticed else None
        self._notices.posted(transaction.seq, line, notice_days=days, today=today)
        return self._awards.prove(transaction, turn.legs, record, turn.marks, turn.flags, today)

    def _redemption(self, turn: Turn, row: Any) -> Told:
        self._histories.marks(turn.transaction.seq, self._prizes.marks(row, turn.items), turn.marks)
        if row.reservation_id is not None:
            self._reservations.collected(turn.transaction, turn.legs)
        resetting = self._governance.resetting(row.reserved_on or row.redeemed_on)
        return self._prizes.redemption(turn.transaction, turn.legs, row, turn.items, resetting)

    def _merge(self, turn: Turn, row: Any) -> Told:
        seq = turn.transaction.seq
        self._histories.marks(seq, handed(self._rows.marks_of(row.volunteer_id, seq), row), turn.marks)
        return self._closings.prove(turn.transaction, turn.legs, row)


def _legs(proof: Callable[[TransactionRead, list[Leg] | None, Any], Told]) -> Callable[[Turn, Any], Told]:
    """Of the turn it needs the transaction and its legs."""
    return lambda turn, row: proof(turn.transaction, turn.legs, row)


def _marks(proof: Callable[[TransactionRead, list[Leg] | None, Any, list[Any]], Told]) -> Callable[[Turn, Any], Told]:
    """It needs the marks too."""
    return lambda turn, row: proof(turn.transaction, turn.legs, row, turn.marks)
