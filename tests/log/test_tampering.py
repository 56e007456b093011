"""Whatever an insider does to a published log, everybody who looks finds it: our verifier and those of strangers.

Every deed is done a few hundred times at random places; none may pass even once.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ledger.core.notes import ED25519, Note, VerifierKey, note_of
from ledger.log import watching
from ledger.log.keys import SigningKey
from ledger.log.verifying import heads
from ledger.log.verifying.questions import verify_log
from tests.log import strangers
from tests.log.conftest import Exhibit
from tests.log.files import Files, Found, InMemory, built, entries_of, signed, verdict, write

TIMES = 200

Deed = Callable[[Exhibit, random.Random], Files]


def looked_at(files: Files, vkey: str) -> Found:
    return verdict(lambda: verify_log(InMemory(files), heads.Trust([vkey], None), None))


def another(byte: int, dice: random.Random) -> int:
    return byte ^ dice.randrange(1, 256)


def changed(content: bytes, dice: random.Random) -> bytes:
    """One byte of it is another one."""
    at = dice.randrange(len(content))
    return content[:at] + bytes([another(content[at], dice)]) + content[at + 1 :]


def rebuilt(exhibit: Exhibit, dice: random.Random, entries: list[bytes]) -> Files:
    """The spoiled entries: with the old tiles where they still fit, or all tiles hashed anew."""
    note = exhibit.files["checkpoint"]
    fresh = built(entries, note)
    if dice.random() < 0.5:
        return fresh
    bundles = {name: content for name, content in fresh.items() if name.startswith("tile/entries/")}
    return {name: content for name, content in exhibit.files.items() if not name.startswith("tile/entries/")} | bundles


def edit(exhibit: Exhibit, dice: random.Random) -> Files:
    entries = entries_of(exhibit.files)
    at = dice.randrange(len(entries))
    entries[at] = changed(entries[at], dice)
    return rebuilt(exhibit, dice, entries)


def delete(exhibit: Exhibit, dice: random.Random) -> Files:
    entries = entries_of(exhibit.files)
    del entries[dice.randrange(len(entries))]
    return rebuilt(exhibit, dice, entries)


def insert(exhibit: Exhibit, dice: random.Random) -> Files:
    entries = entries_of(exhibit.files)
    entries.insert(dice.randrange(len(entries) + 1), dice.choice(entries))
    return rebuilt(exhibit, dice, entries)


def reorder(exhibit: Exhibit, dice: random.Random) -> Files:
    entries = entries_of(exhibit.files)
    one, two = dice.sample(range(len(entries)), 2)
    entries[one], entries[two] = entries[two], entries[one]
    return rebuilt(exhibit, dice, entries)


def swap(exhibit: Exhibit, dice: random.Random) -> Files:
    """Two files in each other's place."""
    names = sorted(name for name in exhibit.files if name.startswith("tile/"))
    one, two = dice.sample(names, 2)
    return exhibit.files | {one: exhibit.files[two], two: exhibit.files[one]}


def truncate(exhibit: Exhibit, dice: random.Random) -> Files:
    name = dice.choice(sorted(name for name in exhibit.files if name != "vkey"))
    content = exhibit.files[name]
    if name == "checkpoint":  # its second signature nobody here asked for: without it the head is as good
        content = content[: content.rindex("—".encode())]
    return exhibit.files | {name: content[: dice.randrange(len(content))]}


def forge_tile(exhibit: Exhibit, dice: random.Random) -> Files:
    name = dice.choice(sorted(name for name in exhibit.files if name.startswith("tile/0/")))
    return exhibit.files | {name: changed(exhibit.files[name], dice)}


def forge_node(exhibit: Exhibit, dice: random.Random) -> Files:
    name = dice.choice(sorted(name for name in exhibit.files if name.startswith("tile/1/")))
    return exhibit.files | {name: changed(exhibit.files[name], dice)}


def forge_note(exhibit: Exhibit, dice: random.Random) -> Files:
    """Another origin, size or root under the old signatures; or signatures that are another's."""
    note = note_of(exhibit.files["checkpoint"])
    lines = note.text.split("\n")
    which = dice.randrange(4)
    if which == 3:
        spoiled = tuple(line._replace(blob=changed(line.blob, dice)) for line in note.signatures)
        return exhibit.files | {"checkpoint": str(Note(note.text, spoiled)).encode()}
    lines[which] = [f"{lines[0]}{dice.randrange(10)}", str(dice.randrange(int(lines[1]))), "A" * 43 + "="][which]
    return exhibit.files | {"checkpoint": str(Note("\n".join(lines), note.signatures)).encode()}


def forge_key(exhibit: Exhibit, dice: random.Random) -> Files:
    """Other entries, well signed: by somebody else under the same name, even under the same key id."""
    entries = entries_of(exhibit.files)[: dice.randrange(1, 300)]
    private = Ed25519PrivateKey.from_private_bytes(dice.randbytes(32))
    public = VerifierKey("bank.example", ED25519, private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    note = note_of(signed(entries, SigningKey(Path(), private, public)))
    if dice.random() < 0.5:
        note = Note(note.text, tuple(line._replace(key_id=exhibit.key.public.id) for line in note.signatures))
    return built(entries, str(note).encode())


DEEDS: dict[str, Deed] = {
    deed.__name__: deed
    for deed in (edit, delete, insert, reorder, swap, truncate, forge_tile, forge_node, forge_note, forge_key)
}


def test_the_log_as_it_was_exported_is_accepted_by_all(exhibit: Exhibit) -> None:
    assert looked_at(exhibit.files, exhibit.vkey).code == 0, looked_at(exhibit.files, exhibit.vkey).said
    assert strangers.scales_accepts(exhibit.files, exhibit.vkey)
    assert strangers.aics_accepts(exhibit.files, exhibit.vkey)


def test_what_this_test_builds_is_what_the_bank_exports(exhibit: Exhibit) -> None:
    """So that a deed is found for what it spoils, not for how it was built."""
    fresh = built(entries_of(exhibit.files), exhibit.files["checkpoint"])
    assert fresh == {name: content for name, content in exhibit.files.items() if name != "vkey"}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("deed", DEEDS)
def test_no_deed_of_an_insider_passes(exhibit: Exhibit, deed: str) -> None:
    dice = random.Random(deed)
    passed = []
    for at in range(TIMES):
        files = DEEDS[deed](exhibit, dice)
        if files == exhibit.files:
            continue
        judges = {
            "ours": looked_at(files, exhibit.vkey).code != 0,
            "tlog-scales": not strangers.scales_accepts(files, exhibit.vkey),
            "aics-tlog": not strangers.aics_accepts(files, exhibit.vkey),
        }
        passed += [(at, judge) for judge, found in judges.items() if not found]
    assert passed == []


@pytest.mark.parametrize("deed", ["roll_back", "fork"])
def test_a_bank_that_signs_another_history_is_convicted_by_its_own_heads(
    exhibit: Exhibit, deed: str, tmp_path: Path
) -> None:
    """Well signed, and so valid by itself: whoever remembers an earlier head proves the fraud, and keeps the proof."""
    dice = random.Random(deed)
    for at in range(TIMES):
        entries = entries_of(exhibit.files)
        if deed == "roll_back":
            entries = entries[: dice.randrange(1, len(entries))]
        else:
            cut = dice.randrange(270)
            entries[cut] = entries[cut].replace(b'"seq":', b'"seQ":', 1)
        shown = write(built(entries, signed(entries, exhibit.key)), tmp_path / f"{at}")
        remembered = tmp_path / f"{at}" / "remembered"
        remembered.write_bytes((exhibit.files if deed == "roll_back" else exhibit.earlier)["checkpoint"])
        evidence = tmp_path / f"{at}" / "evidence"
        trust = heads.Trust([exhibit.vkey], None)
        found = verdict(
            lambda: watching.against_remembered(str(shown), trust, remembered, evidence)  # noqa: B023
        )
        assert found.code == 3, (at, found)
        kept = [heads.Head(file.read_bytes()) for file in evidence.iterdir()]
        assert len(kept) == 2
        for head in kept:
            trust.check(head)


def test_a_log_that_grew_is_no_fraud(exhibit: Exhibit, tmp_path: Path) -> None:
    remembered = tmp_path / "remembered"
    remembered.write_bytes(exhibit.earlier["checkpoint"])
    trust = heads.Trust([exhibit.vkey], None)
    shown = write(exhibit.files, tmp_path / "log")
    watching.against_remembered(str(shown), trust, remembered, tmp_path / "evidence")
    assert remembered.read_bytes() == exhibit.files["checkpoint"]
    assert not (tmp_path / "evidence").exists()
