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
from typing import Any
from zoneinfo import ZoneInfo

from ledger.core.accounts import MINUTES, POINTS
from ledger.reading.findings import Finding, Findings
from ledger.reading.kinds import Kinds
from ledger.reading.lanes import Lane
from ledger.reading.proofs.commands import Commands
from ledger.reading.proofs.days import Days
from ledger.reading.proofs.entries import Entries
from ledger.reading.proofs.standings import Standings
from ledger.reading.proofs.tree import Tree
from ledger.store.engines import Store
from ledger.store.founding import Charter
from ledger.store.reads import TransactionRead
from ledger.store.streams import FIRST, View, view

PROGRESS_EVERY = 10_000

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
        self._kinds = Kinds(rows, charter, from_seq, standings=self._standings, days=self._days, found=found)
        self._transfer = Lane(rows.transfers(from_seq))
        self._private = Lane(rows.privates(from_seq))
        self._command = Lane(rows.commands(from_seq))

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
        told = self._kinds.prove(transaction, legs)
        self._commands.prove(transaction, self._command.take(seq), told)

    def _close(self, last_seq: int, last_at: int) -> None:
        head = self._head
        if last_seq != head.seq:
            self._found.note("head_wrong", what="seq", stored=head.seq, found=last_seq)
        if last_seq >= self._from_seq and last_at != head.recorded_at:
            self._found.note("head_wrong", what="recorded_at", stored=head.recorded_at, found=last_at)
        self._standings.close()
        self._tree.close()
        self._commands.close(self._rows)
        self._kinds.close()
        self._strays()

    def _strays(self) -> None:
        lanes: dict[str, Lane[Any]] = {
            "transfer": self._transfer,
            "private": self._private,
            "command": self._command,
            **self._kinds.lanes(),
        }
        for table, lane in lanes.items():
            for row in lane.strays():
                self._found.note("row_astray", seq=row[0], table=table)
