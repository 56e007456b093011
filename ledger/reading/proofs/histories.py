"""Histories: what an award says it saw of the past is what the marks and accounts of before it say.

An insider who invents a favourable past for one award would have to invent it for every deed that past is made of:
each mark follows from its own award, which is worked out again too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from ledger.core.accounts import POINTS, Purpose
from ledger.reading.findings import Findings
from ledger.reading.proofs.standings import Leg, Standings
from ledger.rules import Deed, HistoryKey, Kept, Mark, Rulebook, Tally, handed_on, needs, recorded_history
from ledger.store.closing_streams import ClosingRead
from ledger.store.reads import MarkRead, RecordRead
from ledger.store.streams import View

ASKED_AT_ONCE = 1_000
"""Questions that are put to the rows together."""
_OF_A_WALLET = frozenset({Purpose.WALLET, Purpose.HELD, Purpose.DEBT})


class _Saw(NamedTuple):
    """One award's history as it was recorded, the questions to earlier deeds, and what the accounts held."""

    seq: int
    recorded: list[Any]
    keys: Sequence[HistoryKey]
    balances: dict[HistoryKey, Tally]


class Histories:
    def __init__(self, view: View, standings: Standings, found: Findings) -> None:
        self._view, self._standings, self._found = view, standings, found
        self._waiting: list[_Saw] = []
        self._questions = 0

    def prove(
        self, record: RecordRead, rulebook: Rulebook, deed: Deed, recorded: list[Any], legs: list[Leg], today: str
    ) -> None:
        """That `recorded` is what this award had to see. `deed` is without its ids; they are in the record."""
        keys = needs(rulebook, _named(deed, record))
        if not keys:
            if recorded:
                self._found.note("history_wrong", seq=record.seq)
            return
        balances = {key: self._held(key, legs, today) for key in keys if key.of == "balance"}
        self._waiting.append(_Saw(record.seq, recorded, keys, balances))
        self._questions += len(keys)
        if self._questions >= ASKED_AT_ONCE:
            self.close()

    def marks(self, seq: int, expected: Iterable[tuple[Any, ...]], rows: Iterable[MarkRead]) -> None:
        """That just these marks were left, in this order."""
        if [tuple(row[2:]) for row in rows] != list(expected):
            self._found.note("mark_wrong", seq=seq)

    def close(self) -> None:
        """Ask the rows what is still to be asked."""
        waiting, self._waiting, self._questions = self._waiting, [], 0
        asked = [(key, saw.seq) for saw in waiting for key in saw.keys if key.of != "balance"]
        sums = iter(self._view.tallies(asked) if asked else ())
        for saw in waiting:
            history = {key: saw.balances[key] if key.of == "balance" else next(sums) for key in saw.keys}
            if recorded_history(history) != saw.recorded:
                self._found.note("history_wrong", seq=saw.seq)

    def _held(self, key: HistoryKey, legs: list[Leg], today: str) -> Tally:
        """What the account held before these legs moved it."""
        owner = str(key.subject)
        after = self._standings.held(owner, today)
        moved = sum(
            sign * leg.amount
            for leg in legs
            for side, sign in ((leg.credit, 1), (leg.debit, -1))
            if side.owner_id == owner and leg.unit_id == POINTS and side.purpose in _OF_A_WALLET
            if side.purpose is not Purpose.WALLET or side.expires_on >= today
        )
        return Tally(points=after - moved)


def handed(left: Iterable[MarkRead], closing: ClosingRead) -> Iterator[tuple[Any, ...]]:
    """What must be left by a merge: whatever the merged person's deeds left stands for the survivor instead."""
    for one in handed_on(map(_kept, left), closing.heir_id):
        yield (one.person, one.household, one.organisation, one.activity, *expected(one.mark))


def _kept(row: MarkRead) -> Kept:
    tally = {name: getattr(row, name) for name in Tally._fields}
    mark = Mark(date.fromisoformat(row.done_on), Tally(**tally), row.rule_id, row.theme, row.counter, row.unique_key)
    return Kept(mark, row.volunteer_id, row.household_id, row.organisation_id, row.activity_id)


def expected_mark(record: RecordRead, mark: Mark) -> tuple[Any, ...]:
    """A mark as it must stand in its row, from its owner on."""
    ids = record.volunteer_id, record.household_id, record.organisation_id, record.activity_id
    return (*ids, *expected(mark))


def expected(mark: Mark) -> tuple[Any, ...]:
    """A mark as it must stand in its row, without its owner."""
    return mark.on.isoformat(), mark.rule, mark.theme, mark.counter, mark.key, *mark.tally


def cancelling(row: MarkRead) -> tuple[Any, ...]:
    """What must be left by the reversal of the award that left this."""
    sums = len(Tally._fields)
    kept: tuple[Any, ...] = tuple(row)
    return (*kept[2:-sums], *(-value for value in kept[-sums:]))


def _named(deed: Deed, record: RecordRead) -> Deed:
    """The deed with the ids it was assessed with."""
    return replace(
        deed,
        person=UUID(record.volunteer_id),
        organisation=UUID(record.organisation_id),
        activity=record.activity_id and UUID(record.activity_id),
        household=record.household_id and UUID(record.household_id),
        group=record.group_id and UUID(record.group_id),
    )
