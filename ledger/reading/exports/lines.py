"""The public entries, one JSON object a line: the very bytes that each leaf is the hash of, with seq and leaf hash.

    {"entry":{...},"leaf_hash":"…","seq":12}

The bytes between `"entry":` and `,"leaf_hash"` are the entry; SHA-256 of a zero byte and them is the leaf hash.
"""

from __future__ import annotations

from pathlib import Path

from ledger.reading.entries import entry_from
from ledger.reading.exports.chronicle import BooksBroken, Chronicle
from ledger.reading.exports.folder import sheet

FILE = "entries.jsonl"


def write(chronicle: Chronicle, folder: Path) -> None:
    with sheet(folder / FILE) as file:
        for transaction, legs in chronicle:
            try:
                entry = entry_from(transaction, legs).decode()
            except ValueError as error:
                raise BooksBroken(f"transaction {transaction.seq} cannot be written: {error}") from error
            file.write(f'{{"entry":{entry},"leaf_hash":"{transaction.leaf_hash.hex()}","seq":{transaction.seq}}}\n')
