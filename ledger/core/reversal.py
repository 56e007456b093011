"""Reversal (冲正): the opposite transaction, once. A wallet never goes negative: what is already spent becomes a
debt.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ledger.core.accounts import FLOORED, NEVER, POINTS, AccountKey, Purpose
from ledger.core.books import Books, credit_wallet, draw
from ledger.core.entries import Kind, unit_name
from ledger.core.posting import Move, Needs, Plan, PostedMove
from ledger.core.refusals.postings import (
    AlreadyReversed,
    InsufficientMinutes,
    InsufficientPoints,
    InsufficientStock,
    NotReversible,
    ReasonMissing,
    UnknownTransaction,
)
from ledger.core.refusals.refusal import Refusal

REVERSIBLE = frozenset(
    {
        *(Kind.AWARD, Kind.DEED, Kind.REDEMPTION, Kind.STOCK_RECEIPT, Kind.ADJUSTMENT),
        *(Kind.POOLING, Kind.DONATION, Kind.CLOSING, Kind.MERGE),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reverse:
    """The transaction that undoes the one with this seq: same amounts, sides swapped.

    Points that are no longer in the lot they went to are found, in this order, among what lapsed out of that lot, in
    the later lots into which they were moved on or among what lapsed out of those, in the wallet's other usable lots,
    and last in the owner's debt, which later awards pay first. Points that come back to a wallet pay its debt first.
    The last day of a lot is not moved back: what an award renewed stays renewed. Of what was reset comes back what has
    not come back before.
    Refuses ReasonMissing, UnknownTransaction, NotReversible, AlreadyReversed, InsufficientPoints, InsufficientMinutes,
    InsufficientStock.
    """

    id: UUID
    actor: UUID
    seq: int
    reason: str
    subject: str | None = None
    """The id of the record being undone, told back to the client."""
    barred: Refusal | None = None
    """Why a capability's own rules do not let it be undone."""

    def needs(self) -> Needs:
        return Needs(reverses=(self.seq,))

    def decide(self, facts: Books) -> Plan | Refusal:
        if not self.reason.strip():
            return ReasonMissing()
        undone = facts.transaction(self.seq)
        if undone is None:
            return UnknownTransaction(seq=self.seq)
        if undone.kind not in REVERSIBLE:
            return NotReversible(seq=self.seq, kind=undone.kind)
        if undone.reversed_by is not None:
            return AlreadyReversed(seq=self.seq, reversed_by=undone.reversed_by)
        if self.barred is not None:
            return self.barred
        moves: list[Move] = []
        left = _Left(facts)
        for move in undone.moves:
            if _is_renewal(move):
                continue
            opposite = left.opposite(move.credit, _freed(move.debit), move.amount)
            if isinstance(opposite, Refusal):
                return opposite
            moves += opposite
        points = sum(
            move.amount * (1 if move.credit.purpose in _OF_A_PERSON else -1)
            for move in moves
            if move.credit.unit == POINTS
            and (move.credit.purpose in _OF_A_PERSON) != (move.debit.purpose in _OF_A_PERSON)
        )
        owed = sum(move.amount for move in moves if move.debit.purpose is Purpose.DEBT)
        return Plan(
            kind=Kind.REVERSAL,
            effective_on=facts.today,
            moves=moves,
            reverses=self.seq,
            marks=tuple(mark.undone() for mark in undone.marks),
            why={
                "explanation": [
                    {
                        "zh": f"冲正第 {self.seq} 号记账:{self.reason}",
                        "en": f"Reversal of transaction {self.seq}: {self.reason}",
                        "points": points,
                    }
                ]
            },
            answer={
                "id": self.subject or str(self.id),
                "reverses_seq": self.seq,
                "points": points,
                "debt_points": owed,
            },
        )


_OF_A_PERSON = frozenset({Purpose.WALLET, Purpose.HELD, Purpose.DEBT, Purpose.DONATE_ONLY, Purpose.HONOUR})


class _Left:
    """What is left of each account while one reversal is being put together."""

    def __init__(self, facts: Books) -> None:
        self._facts = facts
        self._taken: dict[AccountKey, int] = {}
        self._back: dict[tuple[AccountKey, AccountKey], int] = {}
        """What came back into a lot, by the account it had gone to."""
        self._repaid = 0

    def opposite(self, giver: AccountKey, taker: AccountKey, amount: int) -> list[Move] | Refusal:
        """Moves from the account that received to the one that gave."""
        if giver.purpose is Purpose.LAPSED:
            return self._from_lapsed(giver, taker, amount)
        if taker.purpose is Purpose.DEBT:
            return self._to_debt(giver, taker, amount)
        if giver.purpose is Purpose.DEBT:  # it was paid; nobody is to hold points while owing them again
            return self._from_the_rest(giver, taker, amount)
        if taker.purpose is Purpose.WALLET and giver.purpose not in FLOORED:
            return self._to_wallet(giver, taker, amount)
        if giver.purpose is Purpose.WALLET:
            return self._from_wallet(giver, taker, amount)
        if giver.purpose in FLOORED and self._of(giver) < amount:
            return _short(giver, self._of(giver), amount)
        return [self._take(giver, taker, amount)]

    def _from_lapsed(self, sink: AccountKey, lot: AccountKey, amount: int) -> list[Move]:
        """What a redemption reset comes back through its lot; not what the reversal of an award has fetched since."""
        back = min(amount, sum(lapsed for from_, lapsed in self._lapsed(lot) if from_ == sink))
        if not back:
            return []
        self._back[lot, sink] = self._back.get((lot, sink), 0) + back
        debt = AccountKey(lot.owner, Purpose.DEBT, lot.unit, NEVER)
        paid = [move for move in self._to_wallet(sink, lot, back) if move.credit == debt]
        return [Move(sink, lot, back), *(Move(lot, debt, move.amount) for move in paid)]

    def _to_wallet(self, giver: AccountKey, lot: AccountKey, amount: int) -> list[Move]:
        moves = credit_wallet(self._facts, giver, lot, amount, repaid=self._repaid)
        self._repaid += sum(move.amount for move in moves if move.credit.purpose is Purpose.DEBT)
        return moves

    def _to_debt(self, giver: AccountKey, debt: AccountKey, amount: int) -> list[Move]:
        """A debt from a merge or a penalty goes back; what was paid of it by now returns to the wallet."""
        owed = min(-self._of(debt), amount)
        moves = [self._take(giver, debt, owed)] if owed else []
        if amount > owed:
            moves.append(self._take(giver, AccountKey(debt.owner, Purpose.WALLET, debt.unit), amount - owed))
        return moves

    def _from_wallet(self, lot: AccountKey, taker: AccountKey, amount: int) -> list[Move]:
        moves: list[Move] = []
        own = min(self._of(lot), amount)
        if own:
            moves.append(self._take(lot, taker, own))
        back = self._lapsed_back(lot, amount - own)
        missing = amount - own - sum(move.amount for move in back)
        later = self._moved_back(lot, missing)
        missing -= sum(move.amount for move in later if move.credit == lot)
        came = amount - own - missing
        return [
            *(*moves, *back, *later, *((Move(lot, taker, came),) if came else ())),
            *self._from_the_rest(lot, taker, missing),
        ]

    def _lapsed_back(self, lot: AccountKey, amount: int) -> list[Move]:
        """Back into the lot what lapsed out of it: so that this can be told from its moves alone."""
        moves: list[Move] = []
        for sink, lapsed in self._lapsed(lot):
            back = min(lapsed, amount)
            if back:
                self._back[lot, sink] = self._back.get((lot, sink), 0) + back
                moves.append(Move(sink, lot, back))
                amount -= back
        return moves

    def _moved_back(self, lot: AccountKey, amount: int) -> list[Move]:
        """Back into the lot what went on into later ones: what they hold, and what lapsed out of them."""
        moves: list[Move] = []
        returned = sum(back for (own, key), back in self._back.items() if own == lot and key.purpose is Purpose.WALLET)
        amount = min(amount, self._facts.moved_on(lot) - returned)
        for key in self._facts.later(lot) if amount > 0 else ():
            held = min(self._of(key), amount)
            lapsed = self._lapsed_back(key, amount - held)
            part = held + sum(move.amount for move in lapsed)
            if part:
                self._taken[key] = self._taken.get(key, 0) + held
                self._back[lot, key] = self._back.get((lot, key), 0) + part
                moves += (*lapsed, Move(key, lot, part))
                amount -= part
        return moves

    def _lapsed(self, lot: AccountKey) -> list[tuple[AccountKey, int]]:
        return [(sink, amount - self._back.get((lot, sink), 0)) for sink, amount in self._facts.lapsed(lot)]

    def _from_the_rest(self, besides: AccountKey, taker: AccountKey, amount: int) -> list[Move]:
        """From the owner's other usable lots; what they do not hold is owed."""
        usable = self._facts.usable(besides.owner, Purpose.WALLET, besides.unit)
        others = [(key, self._of(key)) for key, _ in usable if key != besides]
        moves = [self._take(key, taker, part) for key, part in draw(others, amount) if part]
        missing = amount - sum(move.amount for move in moves)
        if missing:
            moves.append(Move(AccountKey(besides.owner, Purpose.DEBT, besides.unit, NEVER), taker, missing))
        return moves

    def _of(self, key: AccountKey) -> int:
        return self._facts.balance(key) - self._taken.get(key, 0)

    def _take(self, giver: AccountKey, taker: AccountKey, amount: int) -> Move:
        self._taken[giver] = self._taken.get(giver, 0) + amount
        return Move(giver, taker, amount)


def _is_renewal(move: PostedMove) -> bool:
    """Whether it moved what was left in a wallet into a later lot of the same wallet."""
    return move.debit.purpose is move.credit.purpose is Purpose.WALLET and move.debit.owner == move.credit.owner


def _freed(key: AccountKey) -> AccountKey:
    """Where something goes back to: what was held when it went comes back free, to its lot or its batch."""
    if key.purpose is not Purpose.HELD:
        return key
    return key._replace(purpose=Purpose.WALLET if key.unit == POINTS else Purpose.STOCK)


def _short(giver: AccountKey, held: int, asked: int) -> Refusal:
    if giver.purpose is Purpose.STOCK:
        return InsufficientStock(prize=unit_name(giver.unit), held=held, asked=asked)
    if giver.unit == POINTS:
        return InsufficientPoints(held=held, asked=asked)
    return InsufficientMinutes(held=held, asked=asked)
