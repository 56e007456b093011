"""The questions that can be asked of a log: is it whole, is my receipt in it, is it still the same."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

from ledger.log.verifying.heads import Head, Note, Trust, Verdict, invalid, unbase64
from ledger.log.verifying.meaning import Meaning
from ledger.log.verifying.sources import WIDTH, Source
from ledger.log.verifying.trees import Tree, node, root_by_path


def verify_consistency(old: Head, new: Source, trust: Trust) -> str:
    """Whether the head `old` is the beginning of the log `new`. Verdict 3 where one bank signed both and it is not."""
    head = new.head()
    for one in (old, head):
        trust.check(one)
    if old.origin != head.origin:
        raise Verdict(2, f"these are two logs, {old.origin} and {head.origin}: they may differ")
    if old.size > head.size:
        raise Verdict(3, f"ROLLED BACK: a head over {old.size} entries was signed, and now one over {head.size}")
    tree = Tree()
    was = tree.root()
    if old.size == head.size:
        was = head.root
    elif Path(new.place).is_file():
        raise Verdict(2, "name the log itself (URL or directory): two heads alone cannot be compared")
    else:
        for n in range(-(-head.size // WIDTH)):
            for leaf in new.leaves(n, head.size):
                tree.grow(leaf)
                was = tree.root() if tree.size == old.size else was
        if tree.root() != head.root:
            raise invalid("the tiles do not belong to the signed head")
    if was != old.root:
        raise Verdict(3, f"SPLIT: two signed histories differ within their first {old.size} entries")
    return f"valid 有效: {head.origin} grew from {old.size} to {head.size} entries, and nothing before was changed"


def verify_log(source: Source, trust: Trust, totals: str | None, months: str | None = None) -> str:
    """The whole log: every byte under the signed root, what the entries say, and whether they add up to what is stated
    at these paths, in all and month by month.
    """
    paths = {"totals": totals, "months": months}
    stated = {what: json.loads(source.read(path)) for what, path in paths.items() if path}
    head, tree, meaning = source.head(), Tree(), Meaning()
    trust.check(head)
    for what, said in stated.items():
        if said["size"] > head.size:
            raise Verdict(2, f"{what} are stated over {said['size']} entries, signed are {head.size}: ask again")
    for n in range(-(-head.size // WIDTH)):
        entries = source.entries(n, head.size)
        leaves = [hashlib.sha256(b"\0" + entry).digest() for entry in entries]
        if leaves != source.leaves(n, head.size):
            raise invalid(f"tile {n} is not over the entries of bundle {n}")
        for entry, leaf in zip(entries, leaves, strict=True):
            meaning.read(entry)
            tree.grow(leaf)
            for what, said in stated.items():
                if tree.size == said["size"] and meaning.sums(what) != said[what]:
                    raise invalid(f"the {what} stated over {tree.size} entries are not those of the entries")
    if tree.root() != head.root:
        raise invalid("the entries do not add up to the signed root")
    check_tiles(source, head)
    return told(head, meaning, stated)


def check_tiles(source: Source, head: Head) -> None:
    """Every stored hash above the leaves is the hash of the tile below it."""
    level, below = 0, head.size
    while below >= WIDTH:
        level, hashes = level + 1, []
        for n in range(below // WIDTH):
            tile = source.tile(str(level - 1), n, below)
            row = [tile[at : at + 32] for at in range(0, len(tile), 32)]
            while len(row) > 1:
                row = [node(row[at], row[at + 1]) for at in range(0, len(row), 2)]
            hashes.append(row[0])
        below = len(hashes)
        for n in range(-(-below // WIDTH)):
            if source.tile(str(level), n, below) != b"".join(hashes[n * WIDTH : (n + 1) * WIDTH]):
                raise invalid(f"tile {n} of level {level} is not over the tiles below it")


def told(head: Head, meaning: Meaning, stated: Any) -> str:
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(meaning.kinds.items()))
    lines = [f"valid 有效: {head.origin}, {head.size} entries, root {head.root.hex()}", f"entries: {kinds}"]
    lines += [f"total {what}: {json.dumps(units)}" for what, units in meaning.totals().items()]
    lines += [f"key {key}" for key in meaning.keys]
    lines += [] if meaning.books else ["rulebooks: none is published in this log, so awards cite what you cannot see"]
    lines += [f"{what} stated by the bank: equal" for what in stated]
    return "\n".join(lines)


def verify_receipt(content: bytes, trust: Trust) -> str:
    """A receipt, a promise of one, or a statement."""
    if content.startswith(b"{"):
        return verify_statement(content, trust)
    if content.startswith(b"pioneer-bank promise v1\n"):
        promise = Note(content)
        trust.signers(promise, promise.said[1])
        raise Verdict(2, f"a promise, truly signed: {', '.join(promise.said[1:])}; ask for the proof")
    head, index, extra = opened_receipt(content, trust)
    if "entry" not in extra:
        return f"valid 有效: leaf {index} is in the log of {head.origin}; the receipt tells nothing else"
    shown = [f"valid 有效: entry {index + 1} of {head.origin}, under the head over {head.size} entries", extra["entry"]]
    return "\n".join([*shown, extra.get("opening", "its opening is not shown")])


def opened_receipt(content: bytes, trust: Trust) -> tuple[Head, int, dict[str, str]]:
    """A tlog-proof whose entry is in the log, and whose opening is the entry's: its head, its index, its extra."""
    try:
        first, gap, note = content.decode().partition("\n\n")
        lines = first.split("\n")
        extra = json.loads(unbase64(lines[1].removeprefix("extra ")))
        number = lines[2].removeprefix("index ")
        index, path = int(number), [unbase64(line) for line in lines[3:]]
        if lines[0] != "c2sp.org/tlog-proof@v1" or not gap or f"index {index}" != lines[2] or index < 0:
            raise ValueError("no tlog-proof")
        entry = json.loads(extra["entry"]) if "entry" in extra else None
        if entry is not None:
            leaf = hashlib.sha256(b"\0" + extra["entry"].encode()).digest()
            if entry["seq"] != index + 1:
                raise ValueError("its entry belongs elsewhere")
        else:
            leaf = bytes.fromhex(extra["leaf"])
        if "opening" in extra:
            committed = hmac.digest(bytes.fromhex(extra["salt"]), extra["opening"].encode(), "sha256").hex()
            if entry is None or committed != entry["private"]:
                raise ValueError("the opening is not the one that the entry commits to")
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise invalid(f"this is no receipt: {error}") from error
    head = Head(note.encode())
    trust.check(head)
    if index >= head.size or root_by_path(index, head.size, leaf, path) != head.root:
        raise invalid("the entry of this receipt is not in the signed log")
    return head, index, extra


def verify_statement(content: bytes, trust: Trust) -> str:
    """All entries of some accounts: the running numbers have no gap, and each balance follows from the one before."""
    counts: dict[int, int] = {}
    held: dict[int, int] = {}
    try:
        bundle = json.loads(content)
        for proof in bundle["proofs"]:
            _, _, extra = opened_receipt(proof.encode(), trust)
            for move, leg in zip(
                json.loads(extra["entry"])["moves"], json.loads(extra["opening"])["legs"], strict=True
            ):
                for id, number, balance, sign in ((*leg[:3], -1), (*leg[3:], 1)):
                    if id not in bundle["accounts"]:
                        continue
                    counts[id], held[id] = counts.get(id, 0) + 1, held.get(id, 0) + sign * move["amount"]
                    if (counts[id], held[id]) != (number, balance):
                        raise invalid(f"account {id}: entry {number} with balance {balance} does not follow")
        told = [f"account {id}: {counts.get(id, 0)} entries, none missing, balance {held.get(id, 0)}"
                for id in bundle["accounts"]]  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise invalid(f"this is no statement: {error}") from error
    return "\n".join(["valid 有效", *told])
