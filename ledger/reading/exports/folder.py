"""A folder that is there whole or not at all: written under another name, made durable, then moved to its place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

BUFFER_BYTES = 1 << 20


class FolderInUse(FileExistsError):
    """Where the export should go there is something already; it is left as it is."""


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """A folder to fill; at the end it stands at `target`, readable by its owner alone. Refuses FolderInUse."""
    target = target.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FolderInUse(f"{target} is not an empty folder: name a new one, nothing was written")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent))
    try:
        yield partial
        _sync(partial)
        if target.exists():
            target.rmdir()  # empty, or it refuses
        partial.rename(target)
        _sync(target.parent)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


@contextmanager
def sheet(path: Path) -> Iterator[TextIO]:
    """A new text file, on the disk when it is closed."""
    with path.open("x", encoding="utf-8", newline="", buffering=BUFFER_BYTES) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
