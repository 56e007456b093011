"""The anchor: the last signed heads in a file outside the database, so that a database that went back in time cannot
be signed for.

One line of JSON a head, written and flushed to the disk before the head is published. Nobody ever signs below it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from ledger.core.notes import Checkpoint, NoteMalformed, checkpoint_of, note_of
from ledger.core.tiles import Tiles, TilesMissing
from ledger.store import log
from ledger.store.engines import Store

BYTES_MAX = 4 << 20
"""A longer file is begun anew with its last line."""
TAIL_BYTES = 1 << 17
"""Longer than any line."""


class AnchorUnfit(RuntimeError):
    """The anchor cannot be read or written; the message says the mend."""


class Anchor(NamedTuple):
    """The last head that was signed: `at` in microseconds since 1970 UTC."""

    at: int
    note: str
    head: Checkpoint


class AnchorFile:
    """The anchor of one log. Whoever holds its lock is the signer."""

    def __init__(self, directory: Path, origin: str) -> None:
        self.path = directory / f"{quote(origin, safe='')}.anchor"
        self._origin = origin

    @contextmanager
    def locked(self, *, wait: bool = False) -> Iterator[bool]:
        """Whether this process is the signer for as long as this is held."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise AnchorUnfit(
                f"{self.path.parent} cannot be written ({error.strerror}): let this user write"
            ) from error
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True
        finally:
            os.close(descriptor)

    def last(self) -> Anchor | None:
        """The last head signed; None where none ever was. A line that was not wholly written was never published."""
        try:
            with self.path.open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL_BYTES))
                tail = file.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise AnchorUnfit(f"{self.path} cannot be read ({error.strerror}): let this user read it") from error
        whole = tail[: tail.rfind(b"\n") + 1].splitlines()
        if not whole:
            return None
        try:
            line = json.loads(whole[-1])
            head = checkpoint_of(note_of(line["note"].encode()))
            if head.origin != self._origin:
                raise NoteMalformed(f"it is the anchor of {head.origin}")
            return Anchor(int(line["at"]), line["note"], head)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise AnchorUnfit(f"the last line of {self.path} is damaged ({error}): bring the file back") from error

    def append(self, at: int, note: str) -> None:
        """Write a head down, on the disk when this returns. The caller holds the lock."""
        line = json.dumps({"at": at, "note": note}, ensure_ascii=False).encode() + b"\n"
        try:
            if self.path.exists() and self.path.stat().st_size > BYTES_MAX:
                self._begin_anew(line)
            else:
                self._add(line)
        except OSError as error:
            raise AnchorUnfit(f"{self.path} cannot be written ({error.strerror}): make room, or let write") from error

    def _add(self, line: bytes) -> None:
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - TAIL_BYTES))
            kept = file.read().rfind(b"\n") + 1 + max(0, size - TAIL_BYTES)
            file.truncate(kept if kept > max(0, size - TAIL_BYTES) else 0)  # a torn line was never published
            file.seek(0, os.SEEK_END)
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        self._sync_directory()

    def _begin_anew(self, line: bytes) -> None:
        fresh = self.path.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(self.path)
        self._sync_directory()

    def _sync_directory(self) -> None:
        descriptor = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class Contradiction(NamedTuple):
    """Why this database is not the one that was signed for. `code` is stable."""

    code: str
    said: str

    @property
    def halts(self) -> bool:
        """Whether nothing may be posted either. A missing anchor halts the signing alone: whoever works from another
        machine has none.
        """
        return self.code != "anchor_missing"


def contradiction(store: Store, origin: str, anchor: Anchor | None) -> Contradiction | None:
    """How the database and the anchor disagree; None where the tree of today contains what was signed."""
    with store.snapshot() as connection:
        frontier = log.head(connection)
        newest = log.newest(connection, origin)
        if anchor is None:
            if newest is None:
                return None
            return Contradiction(
                "anchor_missing",
                f"heads up to size {newest.size} were published, but their anchor is not here: bring the file back, "
                "or run `pioneer log resume` if this database is surely the newest",
            )
        if frontier.size < anchor.head.size:
            return Contradiction(
                "rolled_back",
                f"the database ends at {frontier.size}, but a head over {anchor.head.size} entries was signed: "
                "restore a newer backup, or run `pioneer log new-epoch` to begin anew in the open",
            )
        try:
            root = Tiles(log.fetch(connection), anchor.head.size).frontier().root()
        except TilesMissing:
            root = b""
    if root != anchor.head.root:
        return Contradiction(
            "forked",
            f"the first {anchor.head.size} entries are not those that were signed: run `pioneer check`, restore the "
            "right backup, or run `pioneer log new-epoch` to begin anew in the open",
        )
    return None
