"""Exports: the books in a form that other programs read and check, written in one pass and little memory.

    export(store, bank.charter, "beancount", Path("2026-07"))

Persons appear by the id of their accounts' owner; no name, no staff, no private part leaves the bank this way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ledger.reading.exports import beancount, hledger, lines, tables
from ledger.reading.exports.chronicle import BooksBroken, Chronicle, Progress
from ledger.reading.exports.folder import FolderInUse, fresh_folder
from ledger.store.engines import Store
from ledger.store.founding import Charter
from ledger.store.streams import view

__all__ = ["FORMATS", "BooksBroken", "Exported", "FolderInUse", "Format", "export"]

Format = Literal["beancount", "hledger", "csv", "jsonl"]

FORMATS: dict[Format, Callable[[Chronicle, Path], None]] = {
    "beancount": beancount.write,
    "hledger": hledger.write,
    "csv": tables.write,
    "jsonl": lines.write,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written: all up to `seq`. The tree root there, in hex, tells which books they are; empty if none."""

    directory: Path
    files: tuple[str, ...]
    seq: int
    root: str


def export(store: Store, charter: Charter, form: Format, directory: Path, progress: Progress | None = None) -> Exported:
    """Write the books into a new or empty directory, all or nothing.

    Raises FolderInUse where something is there already, BooksBroken where the rows do not hold together.
    """
    with view(store) as rows, fresh_folder(directory) as folder:
        chronicle = Chronicle(rows, charter, progress)
        FORMATS[form](chronicle, folder)
        files = tuple(sorted(path.name for path in folder.iterdir()))
    return Exported(directory=directory, files=files, seq=chronicle.seq, root=chronicle.root)
