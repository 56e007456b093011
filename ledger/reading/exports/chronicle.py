"""The books in order: each transaction with its legs, for those who write them down elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ledger.reading.lanes import Lane
from ledger.reading.proofs.standings import Leg, Standing
from ledger.store import tree_streams
from ledger.store.founding import Charter
from ledger.store.reads import TransactionRead
from ledger.store.streams import View

PROGRESS_EVERY = 10_000

Progress = Callable[[int, int], None]
"""progress(done, all): how many transactions have been written, of how many."""


class BooksBroken(RuntimeError):
    """The rows do not hold together; `pioneer check` says where."""


class Chronicle:
    """One view of the bank, its accounts at hand."""

    def __init__(self, view: View, charter: Charter, progress: Progress | None) -> None:
        self.view, self.charter = view, charter
        self._progress = progress
        head = view.head()
        self.seq = head.seq
        root = next(tree_streams.roots(view, head.seq), None) if head.seq else None
        self.root = "" if root is None else root.hash.hex()
        try:
            self.accounts = {row.id: Standing(row) for row in view.accounts()}
        except ValueError as error:
            raise BooksBroken(f"an account cannot be read ({error}): run `pioneer check`") from error

    def __iter__(self) -> Iterator[tuple[TransactionRead, list[Leg]]]:
        transfers = Lane(self.view.transfers())
        for transaction in self.view.transactions():
            seq = transaction.seq
            try:
                legs = [
                    Leg(row, self.accounts[row.debit_account_id], self.accounts[row.credit_account_id])
                    for row in transfers.take(seq)
                ]
            except KeyError as error:
                raise BooksBroken(f"transaction {seq} names account {error}, which is not there") from error
            yield transaction, legs
            if self._progress and seq % PROGRESS_EVERY == 0:
                self._progress(seq, self.seq)
        if self._progress:
            self._progress(self.seq, self.seq)
