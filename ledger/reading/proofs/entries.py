"""Entries: each leaf hash follows from the rows, and what was committed to in private is what the books say."""

from __future__ import annotations

import json

from ledger.core.canonical import commitment
from ledger.core.entries import Kind
from ledger.core.merkle import HASH_BYTES, leaf_hash
from ledger.reading.entries import entry_from
from ledger.reading.findings import Findings
from ledger.reading.proofs.standings import Leg
from ledger.store.reads import PrivateRead, TransactionRead

_OF_RECORDS = (Kind.AWARD, Kind.DEED)
"""Kinds whose opening names the record that they are of."""


class Entries:
    def __init__(self, found: Findings) -> None:
        self._found = found

    def prove(self, transaction: TransactionRead, legs: list[Leg] | None, privates: list[PrivateRead]) -> bytes:
        """The leaf to grow the tree by: the stored one, so that one wrong leaf is one finding."""
        if not privates:
            self._found.note("private_missing", seq=transaction.seq)
        for private in privates:
            self._opening(transaction, legs, private)
        stored = transaction.leaf_hash
        if legs is None:
            return stored
        try:
            leaf = leaf_hash(entry_from(transaction, legs))
        except ValueError as error:
            self._found.note("transaction_malformed", seq=transaction.seq, what=str(error))
            return stored
        if leaf != stored:
            self._found.note("leaf_wrong", seq=transaction.seq)
        return stored if len(stored) == HASH_BYTES else leaf

    def _opening(self, transaction: TransactionRead, legs: list[Leg] | None, private: PrivateRead) -> None:
        salt, opening, seq = private.salt, private.opening, transaction.seq
        if salt is None and opening is None:
            return  # erased, as the law asks
        if salt is None or opening is None:
            self._found.note("private_half_erased", seq=seq)
            return
        if commitment(salt, opening.encode()) != transaction.commitment:
            self._found.note("commitment_wrong", seq=seq)
        if legs is None:
            return
        moved = ",".join(
            [
                f"[{leg.debit.id},{leg.debit_entries},{leg.row.debit_balance},"
                f"{leg.credit.id},{leg.credit_entries},{leg.row.credit_balance}]"
                for leg in legs
            ]
        )
        by, own = transaction.actor_id.replace("-", ""), transaction.id.replace("-", "")
        begins = f'{{"at":{transaction.recorded_at},"by":"{by}","id":"{own}","legs":[{moved}],"why":'
        if not opening.startswith(begins):
            self._found.note("opening_wrong", seq=seq, what=_differing(opening, begins + "{}}"))
        elif transaction.kind in _OF_RECORDS and not opening.endswith(f'"record":"{own}"}}}}'):
            self._found.note("opening_wrong", seq=seq, what="record")


def _differing(opening: str, expected: str) -> str:
    """Which members of the opening are not what the books say."""
    try:
        said = json.loads(opening)
        names = [name for name, value in json.loads(expected).items() if name != "why" and said.get(name) != value]
    except (ValueError, AttributeError, RecursionError):
        return "form"
    return ", ".join(names) or "form"
