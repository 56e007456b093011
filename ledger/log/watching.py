"""Watching a log from outside: remembering its heads, comparing what two people were shown, keeping the evidence."""

from __future__ import annotations

import json
import time
from pathlib import Path

from ledger.log.verifying.heads import Head, Trust, Verdict, invalid
from ledger.log.verifying.questions import verify_consistency
from ledger.log.verifying.sources import WIDTH, Source
from ledger.log.verifying.trees import Tree


def compare(one: str, two: str, trust: Trust, evidence: Path) -> str:
    """Whether two places show one log. Verdict 3, with both heads kept, where the bank signed two histories."""
    places = Source(one), Source(two)
    heads = places[0].head(), places[1].head()
    for head in heads:
        trust.check(head)
    small, large = (0, 1) if heads[0].size <= heads[1].size else (1, 0)
    try:
        return verify_consistency(heads[small], places[large], trust)
    except Verdict as verdict:
        raise _kept(verdict, evidence, *heads) from verdict


def against_remembered(place: str, trust: Trust, remember: Path, evidence: Path) -> None:
    """Whether a log still begins with the head that was remembered; remembers the new one. Verdict 3 where not."""
    source = Source(place)
    head = source.head()
    if remember.exists():
        old = Head(remember.read_bytes())
        try:
            verify_consistency(old, source, trust)
        except Verdict as verdict:
            raise _kept(verdict, evidence, old, head) from verdict
    trust.check(head)
    remember.write_bytes(head.note.encode())


def watch(place: str, trust: Trust, remember: Path, evidence: Path, *, every: float, rounds: int) -> str:
    """Look again and again, reading only what is new; `rounds` 0 is for ever. Verdict 3 where history changed."""
    source, tree, last = Source(place), Tree(), None
    if remember.exists():
        kept = json.loads(remember.read_bytes())
        last, tree = Head(kept["note"].encode()), Tree(kept["size"], [bytes.fromhex(top) for top in kept["tops"]])
    while True:
        head = source.head()
        trust.check(head)
        tree = _grown(source, tree, last, head, trust, evidence)
        last = head
        state = {"note": head.note, "size": tree.size, "tops": [top.hex() for top in tree.tops]}
        remember.write_text(json.dumps(state), encoding="utf-8")
        rounds -= 1
        if rounds == 0:
            return f"valid 有效: {head.origin}, {head.size} entries, still the same log"
        time.sleep(every)


def _grown(source: Source, tree: Tree, last: Head | None, head: Head, trust: Trust, evidence: Path) -> Tree:
    """The tree as it was, and the leaves since."""
    if last is not None and head.size < last.size:
        raise _kept(Verdict(3, f"ROLLED BACK from {last.size} to {head.size} entries"), evidence, last, head)
    grown = Tree(tree.size, [*tree.tops])
    for n in range(grown.size // WIDTH, -(-head.size // WIDTH)):
        for leaf in source.leaves(n, head.size)[max(0, grown.size - n * WIDTH) :]:
            grown.grow(leaf)
    if grown.root() == head.root:
        return grown
    if last is None:
        raise invalid("the tiles do not belong to the signed head")
    # Whether the tiles are wrong or the head is: only leaves that lead to the new head prove that history changed.
    try:
        verify_consistency(last, source, trust)
    except Verdict as verdict:
        raise _kept(verdict, evidence, last, head) from verdict
    raise invalid("the tiles do not belong to the signed head")


def _kept(verdict: Verdict, evidence: Path, *heads: Head) -> Verdict:
    """Write contradicting heads down: whoever has the key can check them, and the bank cannot deny them."""
    if verdict.code != 3:
        return verdict
    evidence.mkdir(parents=True, exist_ok=True)
    for at, head in enumerate(heads, 1):
        (evidence / f"head-{at}-{head.size}-{head.root.hex()[:16]}").write_bytes(head.note.encode())
    return Verdict(3, f"{verdict}; both heads are kept in {evidence}")
