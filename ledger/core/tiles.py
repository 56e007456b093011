"""The tree read from its tiles (C2SP tlog-tiles, height 8): roots, inclusion and consistency proofs of RFC 6962 from a
few of them, whatever the size of the log.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ledger.core.merkle import TILE_HEIGHT, Frontier, node_hash

TILE_WIDTH = 1 << TILE_HEIGHT

Fetch = Callable[[int, int], Sequence[bytes]]
"""fetch(level, n): the hashes of the n-th tile of a level, as many as there are; level 0 holds leaves."""


class TilesMissing(LookupError):
    """The tree has not as many nodes as it should."""


class Tiles:
    """A tree of `size` leaves. Tiles are fetched once each, when first needed."""

    def __init__(self, fetch: Fetch, size: int) -> None:
        self.size = size
        self._fetch = fetch
        self._fetched: dict[tuple[int, int], Sequence[bytes]] = {}

    def frontier(self) -> Frontier:
        """The tops of the tree's perfect subtrees. Refuses TilesMissing."""
        tops, start = [], 0
        for height in reversed(range(self.size.bit_length())):
            if self.size >> height & 1:
                tops.append(self._top(height, start >> height))
                start += 1 << height
        return Frontier(self.size, tops)

    def inclusion(self, index: int) -> list[bytes]:
        """PATH(index, D[size]), from the leaf's sibling up. Refuses TilesMissing."""
        if not 0 <= index < self.size:
            raise ValueError(f"no leaf {index} in a tree of {self.size}")
        path, start, end = [], 0, self.size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._root(middle, end))
                end = middle
            else:
                path.append(self._root(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, old: int) -> list[bytes]:
        """PROOF(old, D[size]); empty from the empty tree and to the same. Refuses TilesMissing."""
        if not 0 <= old <= self.size:
            raise ValueError(f"no head of size {old} in a tree of {self.size}")
        if old in (0, self.size):
            return []
        proof, start, end = [], 0, self.size
        while end != old:
            middle = start + _split(end - start)
            if old <= middle:
                proof.append(self._root(middle, end))
                end = middle
            else:
                proof.append(self._root(start, middle))
                start = middle
        if start:
            proof.append(self._root(start, end))
        return proof[::-1]

    def _root(self, start: int, end: int) -> bytes:
        """The hash over D[start:end], a range as it comes up in proofs."""
        width = end - start
        if width & (width - 1) == 0:
            height = width.bit_length() - 1
            return self._top(height, start >> height)
        middle = start + _split(width)
        return node_hash(self._root(start, middle), self._root(middle, end))

    def _top(self, height: int, position: int) -> bytes:
        """The top of a perfect subtree."""
        level, above = divmod(height, TILE_HEIGHT)
        first = position << above
        tile = self._tile(level, first // TILE_WIDTH)
        at = first % TILE_WIDTH
        hashes = list(tile[at : at + (1 << above)])
        if len(hashes) != 1 << above:
            raise TilesMissing(f"tile {first // TILE_WIDTH} of level {level} is too short")
        while len(hashes) > 1:
            hashes = [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
        return hashes[0]

    def _tile(self, level: int, n: int) -> Sequence[bytes]:
        if (level, n) not in self._fetched:
            self._fetched[level, n] = self._fetch(level, n)
        return self._fetched[level, n]


def width_of(size: int, level: int, n: int) -> int:
    """How many hashes the n-th tile of a level holds in a tree of this size; 0 where there is none."""
    return max(0, min(TILE_WIDTH, (size >> TILE_HEIGHT * level) - n * TILE_WIDTH))


def path_of(n: int) -> str:
    """A tile's index as path elements of three digits: 1234067 is x001/x234/067."""
    parts = [f"{n % 1000:03}"]
    while n := n // 1000:
        parts.append(f"x{n % 1000:03}")
    return "/".join(reversed(parts))


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1
