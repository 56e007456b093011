"""From rows as the database gave them to the facts that decisions rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.core.accounts import Account
from ledger.core.entries import Kind
from ledger.core.posting import PostedMove, PostedTransaction, RowKey, key_of
from ledger.rules import HistoryKey, Kept
from ledger.store import marks
from ledger.store.batches import BatchFacts, CommandRow, HeadRow, account_from


@dataclass(slots=True)
class BatchRead:
    """Plain rows of one batch's questions, already in Python's types."""

    head: Sequence[Sequence[Any]]
    commands: Sequence[Sequence[Any]]
    used_ids: Sequence[Any]
    accounts: Sequence[Sequence[Any]]
    closed: Sequence[Sequence[Any]]
    asked: Sequence[HistoryKey]
    tallies: Sequence[Sequence[Any]]
    """What marks add up to, in as many rows as there were shapes of questions: which of `asked`, and the sums."""
    undone: Sequence[Sequence[Sequence[Any]]]
    """Empty, or six answers: transactions, their moves, the holdings of everybody in them, what left their
    lots, whose accounts are closed, and the marks they left.
    """
    rows: Mapping[tuple[str, str], tuple[Iterable[RowKey], Sequence[Mapping[str, Any]]]]
    """By table and column: what was asked for, and the rows of a capability that there are."""

    def facts(self) -> BatchFacts:
        if not self.head:
            raise LookupError("this database holds no bank: run `pioneer init` first")
        accounts = {row[0]: account_from(*row) for row in self.accounts}
        left_rows: Sequence[Sequence[Any]] = ()
        if self.undone:
            left_rows = self.undone[3]
            for row in (*self.undone[2], *(row[2:] for row in left_rows)):
                accounts.setdefault(row[0], account_from(*row))
        return BatchFacts(
            head=HeadRow(*self.head[0]),
            commands={(row[0], row[1]): CommandRow(*row) for row in self.commands},
            used_ids=set(self.used_ids),
            accounts=accounts.values(),
            tallies=marks.tallied(self.asked, self.tallies),
            transactions=self._transactions(accounts) if self.undone else [],
            closed=[(row[0], row[1]) for row in (*self.closed, *(self.undone[4] if self.undone else ()))],
            rows=self._rows_by_id(),
            left=[(accounts[row[0]].key, accounts[row[2]].key, row[1]) for row in left_rows],
        )

    def _rows_by_id(self) -> dict[tuple[str, str, RowKey], list[Mapping[str, Any]]]:
        found: dict[tuple[str, str, RowKey], list[Mapping[str, Any]]] = {}
        for (table, column), (ids, rows) in self.rows.items():
            found |= {(table, column, id): [] for id in ids}
            for row in rows:
                found[table, column, key_of(row, column)].append(row)
        return found

    def _transactions(self, accounts: dict[int, Account]) -> list[PostedTransaction]:
        rows, move_rows, _, _, _, mark_rows = self.undone
        left: dict[int, list[Kept]] = {}
        for row in mark_rows:
            left.setdefault(row[0], []).append(marks.kept_in(row))
        moves: dict[int, list[PostedMove]] = {}
        for seq, leg, debit, credit, amount in move_rows:
            move = PostedMove(leg=leg, debit=accounts[debit].key, credit=accounts[credit].key, amount=amount)
            moves.setdefault(seq, []).append(move)
        return [
            PostedTransaction(
                seq=seq,
                kind=Kind(kind),
                effective_on=effective_on,
                reversed_by=reversed_by,
                moves=tuple(moves.get(seq, ())),
                marks=tuple(left.get(seq, ())),
            )
            for seq, kind, effective_on, reversed_by in rows
        ]
