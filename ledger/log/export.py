"""The log as files (`pioneer log export DIR`): the same paths and bytes that are served, for a static server, a USB
stick or a mirror.

Run again it adds what is new; stopped at any moment it goes on. The checkpoint comes last, so whoever reads the folder
meanwhile sees the log as it was before.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ledger.bank import Bank
from ledger.core.notes import NoteMalformed
from ledger.core.tiles import TILE_WIDTH, width_of
from ledger.log import publication

Progress = Callable[[int, int], None]


class NotThisLog(RuntimeError):
    """The folder holds another log, or a later or different history of this one; nothing was written."""


class Exported(NamedTuple):
    directory: Path
    size: int
    files: int


def export(bank: Bank, directory: Path, keys: list[str], progress: Progress | None = None) -> Exported:
    """Write or continue the folder. Refuses NotThisLog. `keys` are the verifier keys to lay beside it."""
    head = publication.checkpoint(bank.store, bank.log_origin)
    if head is None:
        raise NotThisLog("no head was signed yet: run `pioneer log sign`")
    size, _ = publication.head_of(head)
    since = _continued(bank, directory, size)
    wanted = [*publication.resources(size, since=since)]
    for done, one in enumerate(wanted, 1):
        path = directory / one.path
        if not path.exists():  # what is there was written whole, and its bytes never change
            _write(path, publication.content(bank.store, one))
        if progress:
            progress(done, len(wanted))
    _write(directory / "vkey", "".join(f"{key}\n" for key in keys).encode())
    _write(directory / "checkpoint", head.encode())
    for stale in publication.resources(since):
        if stale.width < TILE_WIDTH and width_of(size, stale.level or 0, stale.n) != stale.width:
            (directory / stale.path).unlink(missing_ok=True)
    return Exported(directory, size, len(wanted))


def _continued(bank: Bank, directory: Path, size: int) -> int:
    """How far the folder holds this very log."""
    try:
        old, root = publication.head_of((directory / "checkpoint").read_text(encoding="utf-8"))
        origin = (directory / "checkpoint").read_text(encoding="utf-8").split("\n")[0]
    except FileNotFoundError:
        return 0
    except (NoteMalformed, UnicodeDecodeError) as error:
        raise NotThisLog(f"{directory / 'checkpoint'} is no signed head ({error}): name another folder") from error
    if origin != bank.log_origin or old > size or publication.root_at(bank.store, old) != root:
        raise NotThisLog(
            f"{directory} holds {old} entries of {origin} that are not the beginning of this log: keep it, it is "
            "evidence, and name another folder"
        )
    return old


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)
