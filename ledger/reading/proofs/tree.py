"""The tree: every root at its size, every tile node and the head's frontier are reproduced from the leaves."""

from __future__ import annotations

from ledger.core.merkle import TILE_HEIGHT, Frontier, node_hash
from ledger.core.notes import NoteMalformed, checkpoint_of, note_of
from ledger.reading.findings import Findings
from ledger.reading.lanes import Lane
from ledger.store import tree_streams
from ledger.store.streams import FIRST, View
from ledger.store.tree_streams import NodeRead, RootRead, SignedRead


class Tree:
    """Grown leaf by leaf beside the stored one."""

    def __init__(self, view: View, from_seq: int, found: Findings) -> None:
        self._found = found
        self._head = view.head()
        before = from_seq - 1
        self._roots: Lane[RootRead] = Lane(tree_streams.roots(view, before))
        self._nodes: Lane[NodeRead] = Lane(tree_streams.nodes(view, from_seq))
        self._signed: Lane[SignedRead] = Lane(tree_streams.signed_heads(view, before))
        self._frontier = frontier_at(view, before)
        self._last_root = before
        self._in_wrong_roots = False
        if self._frontier is None:
            found.note("node_missing", level=TILE_HEIGHT, position=before >> TILE_HEIGHT)
        elif from_seq > FIRST:
            self._compare_root(before)

    def grow(self, seq: int, leaf: bytes) -> None:
        """The next leaf, and the nodes and the root that stand at its size."""
        frontier = self._frontier
        if frontier is None:
            return
        completed = {(node.level, node.position): node.hash for node in frontier.append(leaf)}
        for row in self._nodes.take(seq):
            grown = completed.pop((row.level, row.position), None)
            if grown != row.hash:
                code = "node_astray" if grown is None else "node_wrong"
                self._found.note(code, seq=seq, level=row.level, position=row.position)
        for level, position in completed:
            self._found.note("node_missing", seq=seq, level=level, position=position)
        self._compare_root(seq)

    def lose(self) -> None:
        """A leaf is missing: nothing after it can be reproduced."""
        self._frontier = None

    def close(self) -> None:
        if self._frontier is None:
            return
        if self._frontier.to_bytes() != self._head.frontier:
            self._found.note("frontier_wrong")
        if self._last_root != self._frontier.size:
            self._found.note("root_missing", size=self._frontier.size)
        for root in self._roots.strays():
            self._found.note("root_astray", size=root.size)
        for node in self._nodes.strays():
            self._found.note("node_astray", level=node.level, position=node.position)
        for signed in self._signed.strays():
            self._found.note("signed_head_astray", size=signed.size)

    def _compare_root(self, size: int) -> None:
        """Of several wrong roots in a row the first is noted: what is wrong in the tree stays wrong after it."""
        for signed in self._signed.take(size):
            if self._frontier is not None and not _is_over(signed, self._frontier):
                self._found.note("signed_head_wrong", size=size)
        for root in self._roots.take(size):
            self._last_root = size
            is_wrong = self._frontier is not None and root.hash != self._frontier.root()
            if is_wrong and not self._in_wrong_roots:
                self._found.note("root_wrong", size=size)
            self._in_wrong_roots = is_wrong


def frontier_at(view: View, size: int) -> Frontier | None:
    """The right edge of the tree of this size, from stored nodes and leaves; None if some of them are missing."""
    tops: list[bytes] = []
    start = 0
    for height in reversed(range(size.bit_length())):
        if size >> height & 1:
            level = height - height % TILE_HEIGHT
            count = 1 << (height - level)
            hashes = tree_streams.node_hashes(view, level, start >> level, count)
            if len(hashes) != count:
                return None
            tops.append(_top(hashes))
            start += 1 << height
    return Frontier(size, tops)


def _is_over(signed: SignedRead, tree: Frontier) -> bool:
    """Whether a head that was published is the head of this tree. Whose signature it is, is said elsewhere."""
    try:
        head = checkpoint_of(note_of(signed.note.encode()))
    except NoteMalformed:
        return False
    return (head.origin, head.size, head.root) == (signed.origin, tree.size, tree.root())


def _top(hashes: list[bytes]) -> bytes:
    """The root of a perfect subtree."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
    return hashes[0]
