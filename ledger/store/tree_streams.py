"""The Merkle tree row by row: roots, signed heads, tile nodes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.store.streams import FIRST, View


class RootRead(NamedTuple):
    size: int
    hash: bytes


class SignedRead(NamedTuple):
    """A head as it was signed and published."""

    size: int
    origin: str
    note: str


class NodeRead(NamedTuple):
    size: int
    """Leaves there were when it was complete."""
    level: int
    position: int
    hash: bytes


_ROOTS = "SELECT size, hash FROM tree_root WHERE size >= :seq ORDER BY size"

_SIGNED = "SELECT size, origin, note FROM checkpoint WHERE size >= :seq ORDER BY size, origin"

_NODES = """
    SELECT (position + 1) << level AS size, level, position, hash FROM tree_node
    WHERE (position + 1) << level >= :seq ORDER BY 1, level"""

_LEAF_HASHES = """
    SELECT leaf_hash FROM "transaction" WHERE seq > :first AND seq <= :first + :count ORDER BY seq"""

_NODE_HASHES = """
    SELECT hash FROM tree_node WHERE level = :level AND position >= :first AND position < :first + :count
    ORDER BY position"""


def roots(view: View, from_size: int = FIRST) -> Iterator[RootRead]:
    return view.from_seq(RootRead._make, _ROOTS, from_size)


def signed_heads(view: View, from_size: int = FIRST) -> Iterator[SignedRead]:
    return view.from_seq(SignedRead._make, _SIGNED, from_size)


def nodes(view: View, from_size: int = FIRST) -> Iterator[NodeRead]:
    """Tile nodes in the order in which they were completed."""
    return view.from_seq(NodeRead._make, _NODES, from_size)


def node_hashes(view: View, level: int, first: int, count: int) -> list[bytes]:
    """Hashes of neighbouring complete subtrees of this level; at level 0 the leaves."""
    if level == 0:
        return [row[0] for row in view.rows(_LEAF_HASHES, first=first, count=count)]
    return [row[0] for row in view.rows(_NODE_HASHES, level=level, first=first, count=count)]
