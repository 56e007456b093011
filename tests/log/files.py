"""A log as its files, in memory: what the bank exports, to be read by verifiers and spoiled by insiders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger.core import merkle
from ledger.core.notes import Checkpoint, Note
from ledger.core.tiles import TILE_WIDTH
from ledger.log.keys import SigningKey
from ledger.log.publication import Resource, resources
from ledger.log.verifying.heads import Verdict, invalid
from ledger.log.verifying.sources import Source

Files = dict[str, bytes]


def read(directory: Path) -> Files:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes() for path in directory.rglob("*") if path.is_file()
    }


def write(files: Mapping[str, bytes], directory: Path) -> Path:
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return directory


class InMemory(Source):
    """A source of our verifier over files in memory."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__("memory")
        self.files = files

    def read(self, path: str) -> bytes:
        if path not in self.files:
            raise invalid(f"{path} should be there and is not")
        return self.files[path]


def entries_of(files: Mapping[str, bytes]) -> list[bytes]:
    """All entries, read from the bundles by code of this test's own."""
    made = []
    for name in sorted(files):
        if name.startswith("tile/entries/"):
            bundle = files[name]
            while bundle:
                end = 2 + int.from_bytes(bundle[:2], "big")
                made.append(bundle[2:end])
                bundle = bundle[end:]
    return made


def built(entries: Sequence[bytes], note: bytes) -> Files:
    """The files of a log of these entries, its tiles rightly hashed, under whatever head."""
    files: Files = {"checkpoint": note}
    rows = [[merkle.leaf_hash(entry) for entry in entries]]
    while len(rows[-1]) >= TILE_WIDTH:
        below = rows[-1]
        whole = len(below) // TILE_WIDTH
        rows.append([merkle.root_of(below[n * TILE_WIDTH : (n + 1) * TILE_WIDTH]) for n in range(whole)])
    for one in resources(len(entries)):
        first = one.n * TILE_WIDTH
        files[one.path] = (
            b"".join(rows[one.level][first : first + one.width])
            if one.level is not None
            else b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries[first : first + one.width])
        )
    return files


def signed(entries: Sequence[bytes], key: SigningKey, origin: str | None = None) -> bytes:
    """A head over these entries, signed by whoever has this key."""
    root = merkle.root_of(merkle.leaf_hash(entry) for entry in entries)
    text = Checkpoint(origin or key.public.name, len(entries), root).body()
    return str(Note(text, (key.sign(text),))).encode()


@dataclass(frozen=True)
class Found:
    """What a verifier said: its exit code, and why."""

    code: int
    said: str


def verdict(question: object) -> Found:
    """Ask our verifier."""
    try:
        return Found(0, question())  # type: ignore[operator]
    except Verdict as ended:
        return Found(ended.code, str(ended))


__all__ = ["Files", "Found", "InMemory", "Resource", "built", "entries_of", "read", "signed", "verdict", "write"]
