"""Receipts (凭证): at once a signed promise, then a C2SP tlog-proof that stands by itself, for ever and offline.

A proof may carry the entry and its private opening, or nothing at all (bare). Erasing a person takes the link away and
leaves every other receipt as good as it was.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from ledger.bank import Bank
from ledger.core.accounts import PERSONAL
from ledger.core.canonical import canonical_text
from ledger.core.merkle import leaf_hash
from ledger.core.notes import Note, distinct, note_of, signatures_of
from ledger.core.receipts import is_token, receipt_token, seq_of
from ledger.core.tiles import Tiles
from ledger.log import keys, publication
from ledger.store import log as rows
from ledger.store import pages

PROMISE_SECONDS = 60
"""Within which a promise is to become a proof. One that is overdue is evidence against the bank."""

PERSONS = frozenset(kind.value for kind in PERSONAL)


class Receipt(NamedTuple):
    """What shows one transaction. Salt and opening are None where they were erased, or would tell of others."""

    seq: int
    entry: bytes
    salt: bytes | None
    opening: str | None


def find(bank: Bank, token: str) -> Receipt | None:
    """The receipt with this token; None where there is none, or none any more."""
    seq = seq_of(token)
    if not seq:
        return None
    with bank.store.reading() as connection:
        private = rows.privates(connection, [seq]).get(seq)
    if private is None or private.salt is None or not is_token(token, seq, private.salt):
        return None
    return of(bank, [seq])[0]


def token_of(bank: Bank, seq: int) -> str | None:
    """The token of this transaction's receipt; None where its private part was erased."""
    with bank.store.reading() as connection:
        private = rows.privates(connection, [seq]).get(seq)
    return None if private is None or private.salt is None else receipt_token(seq, private.salt)


def promise(bank: Bank, receipt: Receipt) -> str:
    """A note by the log's newest key: this leaf will be at this index, by this time. Refuses KeysUnfit."""
    key = keys.load(bank.settings.data_dir, bank.log_origin)[-1]
    leaf = base64.b64encode(leaf_hash(receipt.entry)).decode()
    due = bank.world.clock() // 1_000_000 + PROMISE_SECONDS
    # Its first line is no origin and its second no number, so nobody can take it for a head.
    text = f"pioneer-bank promise v1\n{bank.log_origin}\nindex {receipt.seq - 1}\nleaf {leaf}\nby {due}\n"
    return str(Note(text, (key.sign(text),)))


def proof(bank: Bank, receipt: Receipt, *, bare: bool = False) -> str | None:
    """The tlog-proof under the first head that covers it, a cosigned one if there is; None until one was signed."""
    extra: dict[str, str] = {"leaf": leaf_hash(receipt.entry).hex()}
    if not bare:
        extra = {"entry": receipt.entry.decode()}
        if receipt.salt is not None and receipt.opening is not None:
            extra |= {"opening": receipt.opening, "salt": receipt.salt.hex()}
    head = _covering(bank, receipt.seq)
    if head is None:
        return None
    size, _ = publication.head_of(head)
    with bank.store.snapshot() as connection:
        path = Tiles(rows.fetch(connection), size).inclusion(receipt.seq - 1)
    lines = [
        "c2sp.org/tlog-proof@v1",
        f"extra {base64.b64encode(canonical_text(extra).encode()).decode()}",
        f"index {receipt.seq - 1}",
        *(base64.b64encode(step).decode() for step in path),
    ]
    return "\n".join(lines) + f"\n\n{head}"


def proof_of(bank: Bank, seq: int) -> str | None:
    """The proof of this transaction with its opening, for whoever may see it; None until a head covers it."""
    return proof(bank, of(bank, [seq])[0])


def statement(bank: Bank, owner_id: UUID) -> dict[str, Any]:
    """Every receipt of one person, oldest first: their running numbers and balances show that none is missing.

    What is not under a signed head yet is left out.
    """
    with bank.store.snapshot() as connection:
        _, accounts = pages.holdings(connection, owner_id)
        seqs = rows.seqs_of(connection, [account.id for account in accounts])
    made = [proof(bank, receipt) for receipt in of(bank, seqs)]
    return {
        "format": "pioneer-bank statement v1",
        "accounts": sorted(account.id for account in accounts),
        "proofs": [one for one in made if one is not None],
    }


def of(bank: Bank, seqs: Iterable[int]) -> list[Receipt]:
    """What these transactions can be shown by, their openings where they concern one person alone."""
    made = []
    for seq in seqs:
        with bank.store.snapshot() as connection:
            found = rows.entry_rows(connection, seq - 1, 1)
            private = rows.privates(connection, [seq])[seq]
        (entry,) = publication.made_of(found)
        persons = {row.owner_id for row in found.accounts.values() if row.owner_kind in PERSONS}
        told = private if len(persons) <= 1 else private._replace(salt=None, opening=None)
        made.append(Receipt(seq, entry, told.salt, told.opening))
    return made


def _covering(bank: Bank, seq: int) -> str | None:
    origin = bank.log_origin
    with bank.store.reading() as connection:
        found = rows.cosigned(connection, origin, seq) or rows.covering(connection, origin, seq)
        lines = "".join(rows.cosignatures(connection, origin, found.size)) if found else ""
    if found is None:
        return None
    note = note_of(found.note.encode())
    return str(Note(note.text, distinct([*note.signatures, *signatures_of(lines)])))
