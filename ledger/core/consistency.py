"""Whether one tree head is the beginning of another, by a proof of RFC 6962 section 2.1.2 (verified after RFC 9162,
section 2.1.4.2).
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger.core.merkle import node_hash


def is_consistent(old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """False also for a proof that is longer or shorter than it must be."""
    if old > size or old < 0:
        return False
    if old in (0, size):
        return not proof and (old == 0 or old_root == root)
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    if not steps:
        return False
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, step)
        at, last = at >> 1, last >> 1
    return last == 0 and first == old_root and second == root
