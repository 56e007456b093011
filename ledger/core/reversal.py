"""Reversal (冲正): the opposite transaction, once. A wallet never goes negative: what is already spent becomes a
debt.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ledger.core.accounts import FLOORED, NEVER, POINTS, AccountKey, Purpose
from ledger.core.books import Books, credit_wallet, draw
from ledger.core.entries import Kind, unit_name
from ledger.core.posting import Move, Needs, Plan
from ledger.core.refusals import (
    AlreadyReversed,
    InsufficientMinutes,
    InsufficientPoints,
    InsufficientStock,
    NotReversible,
    ReasonMissing,
    Refusal,
    UnknownTransaction,
)

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
    the wallet's other usable lots, and last in the owner's debt, which later awards pay first. Points that come back
    to a wallet
    pay its debt first.
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
        self._repaid = 0

    def opposite(self, giver: AccountKey, taker: AccountKey, amount: int) -> list[Move] | Refusal:
        """Moves from the account that received to the one that gave."""
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
        missing = amount - own
        for sink, lapsed in self._facts.lapsed(lot):
            back = min(lapsed, missing)
            if back:  # through the lot, so that what lapsed out of it can be told from its moves alone
                moves += (Move(sink, lot, back), Move(lot, taker, back))
                missing -= back
        return moves + self._from_the_rest(lot, taker, missing)

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
