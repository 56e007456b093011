"""Files that hold a secret: readable by their owner only, written once, flushed before anything relies on them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


class KeysUnfit(RuntimeError):
    """There is no key, or one that others may read; the message says the mend."""


def write(file: Path, secret: bytes) -> None:
    """Write a new secret: whole or not at all, and on the disk when this returns. FileExistsError where one stands."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=file.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(secret)
            opened.flush()
            os.fsync(opened.fileno())
        os.link(unfinished, file)
    finally:
        Path(unfinished).unlink()
    directory = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def listed(directory: Path, suffix: str) -> tuple[Path, ...]:
    """The keys in this directory by their names, which is the order they were made in; none where it is not there."""
    try:
        names = os.listdir(directory)  # noqa: PTH208 - asked at every sealing: a quarter of what Path.iterdir takes
    except FileNotFoundError:
        return ()
    return tuple(directory / name for name in sorted(names) if name.endswith(suffix) and not name.startswith("."))


def following(file: Path) -> Path:
    """The name that comes after this one: 0002.pem after 0001.pem."""
    name = f"{int(file.stem) + 1:04}" if file.stem.isdigit() else f"{file.stem}-next"
    return file.with_name(name + file.suffix)


def read(file: Path) -> bytes:
    """The secret in this file. Refuses KeysUnfit where others than its owner may read it."""
    if file.stat().st_mode & 0o077:
        raise KeysUnfit(f"others may read the key {file}: run chmod 600 on it")
    return file.read_bytes()
