"""The tree is the one of RFC 6962: its known answers, and proofs judged by a verifier written apart from it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core import merkle
from tests.oracle import naive_tree

ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The eight leaves that Certificate Transparency's implementations have been tested with since 2013."""
HEADS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""The heads over the first 1 to 8 of them."""
EMPTY_HEAD = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]
INCLUSION = [
    # (leaf, tree size, path), from the same source
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
CONSISTENCY = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert merkle.root_of([]).hex() == EMPTY_HEAD


@pytest.mark.parametrize("size", range(1, 9))
def test_heads_are_those_every_implementation_gives(size: int) -> None:
    assert merkle.root_of(LEAVES[:size]).hex() == HEADS[size - 1]


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_inclusion_proofs_are_those_every_implementation_gives(index: int, size: int, path: list[str]) -> None:
    assert [node.hex() for node in merkle.inclusion_proof(index, LEAVES[:size])] == path


@pytest.mark.parametrize(("old", "new", "path"), CONSISTENCY)
def test_consistency_proofs_are_those_every_implementation_gives(old: int, new: int, path: list[str]) -> None:
    assert [node.hex() for node in merkle.consistency_proof(old, LEAVES[:new])] == path


@pytest.mark.parametrize("size", [*range(70), 255, 256, 257, 511, 512, 513, 1000])
def test_the_frontier_grows_the_same_tree_as_the_definition(size: int) -> None:
    leaves = numbered(size)
    frontier, completed = merkle.Frontier(), []
    for leaf in leaves:
        completed += frontier.append(leaf)
    subtree = naive_tree(leaves)
    assert frontier.root() == subtree(0, size)
    for node in completed:
        assert node.hash == subtree(node.position << node.level, (node.position + 1) << node.level)
    assert [(node.level, node.position) for node in completed] == [(8, position) for position in range(size // 256)]


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_frontier_taken_up_again_goes_on_as_if_never_put_down(first: int, more: int) -> None:
    leaves = numbered(first + more)
    frontier = merkle.Frontier()
    for leaf in leaves[:first]:
        frontier.append(leaf)
    again = merkle.Frontier.from_bytes(first, frontier.to_bytes())
    for leaf in leaves[first:]:
        again.append(leaf)
    assert again.root() == merkle.root_of(leaves)


@pytest.mark.parametrize(("size", "length"), [(0, 32), (1, 0), (1, 64), (3, 33), (7, 64)])
def test_a_frontier_of_another_tree_is_refused(size: int, length: int) -> None:
    with pytest.raises(ValueError, match="does not belong"):
        merkle.Frontier.from_bytes(size, bytes(length))


@given(st.data())
def test_each_leaf_is_proven_to_be_in_its_place_and_nowhere_else(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 130))
    index = data.draw(st.integers(0, size - 1))
    leaves = numbered(size)
    path, root = merkle.inclusion_proof(index, leaves), merkle.root_of(leaves)
    assert included(leaves[index], index, size, path, root)
    assert not included(merkle.leaf_hash(b"another"), index, size, path, root)
    if size > 1:
        other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index))
        assert not included(leaves[index], other, size, path, root)
        torn = data.draw(st.integers(0, len(path) - 1))
        assert not included(leaves[index], index, size, [*path[:torn], bytes(32), *path[torn + 1 :]], root)


@given(st.data())
def test_an_older_head_is_proven_to_be_the_beginning_of_a_newer_one(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, 130))
    old = data.draw(st.integers(1, new))
    leaves = numbered(new)
    path, roots = merkle.consistency_proof(old, leaves), (merkle.root_of(leaves[:old]), merkle.root_of(leaves))
    assert consistent(old, new, *roots, path)
    rewritten = [merkle.leaf_hash(b"another"), *leaves[1:]]
    assert not consistent(old, new, merkle.root_of(rewritten[:old]), roots[1], path)
    assert not consistent(old, new, roots[0], merkle.root_of(rewritten), merkle.consistency_proof(old, rewritten))


@pytest.mark.parametrize("index", [-1, 3, 4])
def test_there_is_no_proof_for_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_proof(index, LEAVES[:3])


@pytest.mark.parametrize("size", [-1, 0, 4])
def test_there_is_no_proof_for_a_head_that_was_never_there(size: int) -> None:
    with pytest.raises(ValueError, match="no head"):
        merkle.consistency_proof(size, LEAVES[:3])


def numbered(count: int) -> list[bytes]:
    return [merkle.leaf_hash(str(n).encode()) for n in range(count)]


def included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162 section 2.1.3.2, step by step."""
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = _node(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = _node(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def consistent(first: int, second: int, first_hash: bytes, second_hash: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162 section 2.1.4.2, step by step."""
    if first == second:
        return not proof and first_hash == second_hash
    path = [first_hash, *proof] if first & (first - 1) == 0 else list(proof)
    if not path:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = _node(c, fr), _node(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = _node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first_hash and sr == second_hash


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
