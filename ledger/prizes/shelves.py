"""What somebody says of a shelf, batch by batch: pure, so that stocktakes, write-offs and day closes say it alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from ledger.core.accounts import NEVER, AccountKey, Owner, Purpose
from ledger.core.books import Books, draw
from ledger.core.posting import Move, Record
from ledger.core.refusals.postings import AmountOutOfRange, InsufficientStock
from ledger.core.refusals.prizes import DifferenceUnexplained
from ledger.core.refusals.refusal import Refusal
from ledger.prizes.redeem import QUANTITY_MAX

LOST_REASONS = ("expired", "damaged", "lost")
"""Why goods are gone for good: they are written off."""
COUNT_REASONS = ("miscounted", "unrecorded", "found")
"""Why the book was wrong: the difference goes to what was counted."""
REASONS = (*LOST_REASONS, *COUNT_REASONS)


class Counted(NamedTuple):
    """So many of a prize stand there; of one batch where its day is said, else of all batches together."""

    prize: UUID
    unit: int
    counted: int
    reason: str | None = None
    best_before: date | None = None


class Gone(NamedTuple):
    """So many of a prize are to be written off; of one batch where its day is said, else what expires first."""

    prize: UUID
    unit: int
    quantity: int
    reason: str
    best_before: date | None = None


class ShelfLine(NamedTuple):
    """One batch: what the book expects, and what is there. `best_before` is NEVER where it has none."""

    prize: UUID
    unit: int
    best_before: date
    expected: int
    counted: int
    reason: str | None

    @property
    def difference(self) -> int:
        return self.counted - self.expected

    @property
    def purpose(self) -> Purpose:
        """Where a difference goes, or comes from."""
        return Purpose.WRITTEN_OFF if self.reason in LOST_REASONS else Purpose.COUNTED

    def record(self, report: UUID, number: int) -> Record:
        row: dict[str, Any] = {"report_id": report, "line": number, "prize_id": self.prize}
        row |= {name: getattr(self, name) for name in ("best_before", "expected", "counted", "reason")}
        return Record("stock_report_line", row)


def counted_lines(facts: Books, desk: Owner, said: Sequence[Counted]) -> list[ShelfLine] | Refusal:
    """What was counted against the book. What is missing is missing from the batch that expires first, because that is
    handed out first; what is too many belongs to it too, so that it is not handed out too late.

    Refuses AmountOutOfRange, DifferenceUnexplained.
    """
    for one in said:
        if not 0 <= one.counted <= QUANTITY_MAX:
            return AmountOutOfRange(amount=one.counted, lowest=0, highest=QUANTITY_MAX)
    lines: list[ShelfLine] = []
    for one in said:
        lots = _there(facts, desk, one.unit, one.best_before)
        expected = sum(balance for _, balance in lots)
        if one.counted != expected and not _fits(one.reason, one.counted - expected):
            return DifferenceUnexplained(prize=str(one.prize), expected=expected, counted=one.counted)
        missing = _missing(facts, desk, one, expected - one.counted)
        lines += _spread(one, lots, missing, one.counted - expected)
    return lines


def gone_lines(facts: Books, desk: Owner, said: Sequence[Gone]) -> list[ShelfLine] | Refusal:
    """What is to be written off, batch by batch. Refuses AmountOutOfRange, InsufficientStock."""
    for one in said:
        if not 0 < one.quantity <= QUANTITY_MAX:
            return AmountOutOfRange(amount=one.quantity, lowest=1, highest=QUANTITY_MAX)
    lines: list[ShelfLine] = []
    for one in said:
        lots = _lots(facts, desk, one.unit, one.best_before)
        free = sum(balance for _, balance in lots)
        if free < one.quantity:
            return InsufficientStock(prize=str(one.prize), held=free, asked=one.quantity)
        balances = dict(_there(facts, desk, one.unit, one.best_before))
        lines += [
            ShelfLine(one.prize, one.unit, key.expires_on, balances[key], balances[key] - part, one.reason)
            for key, part in draw(lots, one.quantity)
        ]
    return lines


def settling_moves(facts: Books, desk: Owner, lines: Iterable[ShelfLine]) -> list[Move] | Refusal:
    """What makes the book say what was counted: the difference moves, whatever happened on the shelf since.

    Refuses InsufficientStock where what is to go is no longer there.
    """
    moves: list[Move] = []
    for line in lines:
        shelf = AccountKey(desk, Purpose.STOCK, line.unit, line.best_before)
        beyond = AccountKey(desk, line.purpose, line.unit)
        if line.difference > 0:
            moves.append(Move(beyond, shelf, line.difference))
        elif line.difference < 0:
            held = facts.balance(shelf)
            if held < -line.difference:
                return InsufficientStock(prize=str(line.prize), held=held, asked=-line.difference)
            moves.append(Move(shelf, beyond, -line.difference))
    return moves


def _lots(
    facts: Books, desk: Owner, unit: int, best_before: date | None, purpose: Purpose = Purpose.STOCK
) -> list[tuple[AccountKey, int]]:
    lots = facts.lots(desk, purpose, unit)
    return lots if best_before is None else [lot for lot in lots if lot[0].expires_on == best_before]


def _there(facts: Books, desk: Owner, unit: int, best_before: date | None) -> list[tuple[AccountKey, int]]:
    """What is at the desk, set aside or not: whoever counts sees both."""
    there: dict[AccountKey, int] = {}
    for purpose in (Purpose.STOCK, Purpose.HELD):
        for key, balance in _lots(facts, desk, unit, best_before, purpose):
            shelf = key._replace(purpose=Purpose.STOCK)
            there[shelf] = there.get(shelf, 0) + balance
    return sorted(there.items(), key=lambda lot: lot[0].expires_on)


def _missing(facts: Books, desk: Owner, one: Counted, missing: int) -> dict[AccountKey, int]:
    """From which batches: from what nobody reserved first."""
    free = _lots(facts, desk, one.unit, one.best_before)
    taken = dict(draw(free, max(0, missing)))
    rest = missing - sum(taken.values())
    for key, part in draw(_lots(facts, desk, one.unit, one.best_before, Purpose.HELD), max(0, rest)):
        shelf = key._replace(purpose=Purpose.STOCK)
        taken[shelf] = taken.get(shelf, 0) + part
    return taken


def _fits(reason: str | None, difference: int) -> bool:
    if reason in LOST_REASONS:
        return difference < 0
    return reason in COUNT_REASONS and (reason != "found" or difference > 0)


def _spread(
    one: Counted, lots: Sequence[tuple[AccountKey, int]], missing: Mapping[AccountKey, int], difference: int
) -> list[ShelfLine]:
    lines = [
        ShelfLine(one.prize, one.unit, key.expires_on, held, held - missing.get(key, 0), one.reason)
        for key, held in lots
    ]
    if not lines:
        lines = [ShelfLine(one.prize, one.unit, one.best_before or NEVER, 0, 0, one.reason)]
    if difference > 0:
        lines[0] = lines[0]._replace(counted=lines[0].counted + difference)
    return [line if line.difference else line._replace(reason=None) for line in lines]
