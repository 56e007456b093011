"""The Merkle tree of RFC 6962, grown leaf by leaf."""

from __future__ import annotations

import hashlib

from ledger.log.verifying.heads import invalid


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """The tops of the perfect subtrees, the largest first: all that growing needs."""

    def __init__(self, size: int = 0, tops: list[bytes] | None = None) -> None:
        self.size, self.tops = size, tops or []

    def grow(self, leaf: bytes) -> None:
        at, self.size = self.size, self.size + 1
        while at & 1:
            leaf, at = node(self.tops.pop(), leaf), at >> 1
        self.tops.append(leaf)

    def root(self) -> bytes:
        if not self.tops:
            return hashlib.sha256(b"").digest()
        root = self.tops[-1]
        for top in self.tops[-2::-1]:
            root = node(top, root)
        return root


def root_by_path(index: int, size: int, leaf: bytes, path: list[bytes]) -> bytes:
    """The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2)."""
    at, last, root = index, size - 1, leaf
    for step in path:
        if last == 0:
            raise invalid("the proof is too long")
        if at & 1 or at == last:
            root = node(step, root)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            root = node(root, step)
        at, last = at >> 1, last >> 1
    if last:
        raise invalid("the proof is too short")
    return root
