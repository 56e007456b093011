"""From rows as the database gave them to the facts that decisions rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.core.accounts import Account
from ledger.core.entries import Kind
from ledger.core.posting import PostedMove, PostedTransaction
from ledger.store.batches import BatchFacts, CommandRow, DeedRow, HeadRow, account_from


@dataclass(slots=True)
class BatchRead:
    """Plain rows of one batch's questions, already in Python's types."""

    head: Sequence[Sequence[Any]]
    commands: Sequence[Sequence[Any]]
    used_ids: Sequence[Any]
    accounts: Sequence[Sequence[Any]]
    deeds: Sequence[Sequence[Any]]
    closed: Sequence[Sequence[Any]]
    undone: Sequence[Sequence[Sequence[Any]]]
    """Empty, or five answers: transactions, their moves, the holdings of everybody in them, what lapsed of their
    lots, and whose accounts are closed.
    """
    rows: Mapping[tuple[str, str], tuple[Iterable[UUID | str], Sequence[Mapping[str, Any]]]]
    """By table and column: the ids that were asked for, and the rows of a capability that there are."""

    def facts(self) -> BatchFacts:
        if not self.head:
            raise LookupError("this database holds no bank: run `pioneer init` first")
        accounts = {row[0]: account_from(*row) for row in self.accounts}
        lapsed_rows: Sequence[Sequence[Any]] = ()
        if self.undone:
            lapsed_rows = self.undone[3]
            for row in (*self.undone[2], *(row[2:] for row in lapsed_rows)):
                accounts.setdefault(row[0], account_from(*row))
        return BatchFacts(
            head=HeadRow(*self.head[0]),
            commands={(row[0], row[1]): CommandRow(*row) for row in self.commands},
            used_ids=set(self.used_ids),
            accounts=accounts.values(),
            deeds=[DeedRow(*row) for row in self.deeds],
            transactions=self._transactions(accounts) if self.undone else [],
            closed=[(row[0], row[1]) for row in (*self.closed, *(self.undone[4] if self.undone else ()))],
            rows=self._rows_by_id(),
            lapsed=[(accounts[row[0]].key, accounts[row[2]].key, row[1]) for row in lapsed_rows],
        )

    def _rows_by_id(self) -> dict[tuple[str, str, UUID | str], list[Mapping[str, Any]]]:
        found: dict[tuple[str, str, UUID | str], list[Mapping[str, Any]]] = {}
        for (table, column), (ids, rows) in self.rows.items():
            found |= {(table, column, id): [] for id in ids}
            for row in rows:
                found[table, column, row[column]].append(row)
        return found

    def _transactions(self, accounts: dict[int, Account]) -> list[PostedTransaction]:
        rows, move_rows, *_ = self.undone
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
            )
            for seq, kind, effective_on, reversed_by in rows
        ]
