"""The Merkle tree of RFC 6962 section 2.1 over the ledger's entries: leaf index = seq - 1, grown one batch at a
time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

HASH_BYTES = 32
TILE_HEIGHT = 8
"""Levels between two stored rows of nodes: C2SP tlog-tiles of height 8."""

_sha256 = hashlib.sha256


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(00 || entry)."""
    return _sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(01 || left || right)."""
    return _sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class TileNode:
    """A complete subtree whose top closes a tile row: `level` is a multiple of 8 and at least 8, `position` counts
    from 0.
    """

    level: int
    position: int
    hash: bytes


@dataclass(slots=True)
class Frontier:
    """The right edge of the tree: the tops of its perfect subtrees, largest first. All that appending needs."""

    size: int = 0
    tops: list[bytes] = field(default_factory=list)

    @classmethod
    def from_bytes(cls, size: int, joined: bytes) -> Frontier:
        tops = [joined[at : at + HASH_BYTES] for at in range(0, len(joined), HASH_BYTES)]
        if len(joined) % HASH_BYTES or len(tops) != size.bit_count():
            raise ValueError(f"a frontier of {len(joined)} bytes does not belong to a tree of {size} leaves")
        return cls(size, tops)

    def to_bytes(self) -> bytes:
        return b"".join(self.tops)

    def append(self, leaf: bytes) -> list[TileNode]:
        """Grow by one leaf hash; the tile nodes that this leaf completed."""
        completed: list[TileNode] = []
        top, level, position = leaf, 0, self.size
        while position & 1:
            top = _sha256(b"\x01" + self.tops.pop() + top).digest()
            level += 1
            position >>= 1
            if level % TILE_HEIGHT == 0:
                completed.append(TileNode(level, position, top))
        self.tops.append(top)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """The tree head hash; of the empty tree SHA-256 of nothing."""
        if not self.tops:
            return _sha256(b"").digest()
        root = self.tops[-1]
        for top in reversed(self.tops[:-1]):
            root = node_hash(top, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The head over these leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH(index, leaves), RFC 6962 section 2.1.1, from leaf hashes."""
    if not 0 <= index < len(leaves):
        raise ValueError(f"no leaf {index} in a tree of {len(leaves)}")
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion_proof(index, leaves[:split]), root_of(leaves[split:])]
    return [*inclusion_proof(index - split, leaves[split:]), root_of(leaves[:split])]


def consistency_proof(size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PROOF(size, leaves), RFC 6962 section 2.1.2, from leaf hashes."""
    if not 0 < size <= len(leaves):
        raise ValueError(f"no head of size {size} in a tree of {len(leaves)}")
    return _subproof(size, leaves, whole=True)


def _subproof(size: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if size == len(leaves):
        return [] if whole else [root_of(leaves)]
    split = _split(len(leaves))
    if size <= split:
        return [*_subproof(size, leaves[:split], whole=whole), root_of(leaves[split:])]
    return [*_subproof(size - split, leaves[split:], whole=False), root_of(leaves[:split])]


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1
