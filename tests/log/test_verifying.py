"""Our verifier against published vectors, against nonsense, and against entries that may not say what they say."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.cli import main
from ledger.core.notes import NoteMalformed, checkpoint_of, key_of, note_of, signatures_of
from ledger.log.keys import is_signed
from ledger.log.verifying import one_file
from ledger.log.verifying.curve import ORDER, signed_by
from ledger.log.verifying.heads import Head, Key, Trust, Verdict
from ledger.log.verifying.meaning import Meaning
from ledger.log.verifying.questions import verify_receipt
from tests.log.cases import ADDING_UP, AWARD, CITING, FOUND, LAPSED, RFC_8032, written
from tests.log.conftest import Exhibit
from tests.log.files import built, entries_of, signed, write

NOTES = [
    (
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
    ),
    (
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "This is an example message.\n",
        "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",  # noqa: E501
    ),
]
"""Signed notes that others published: in the documentation of Go's note package, and of an implementation in Elixir."""

CHECKPOINT = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
"""The example of C2SP tlog-checkpoint."""


@pytest.mark.parametrize(("vkey", "text", "lines"), NOTES)
def test_notes_of_others_verify_here(vkey: str, text: str, lines: str) -> None:
    note = f"{text}\n{lines}"
    made, key = note_of(note.encode()), key_of(vkey)
    assert str(made) == note
    assert str(key) == vkey
    assert is_signed(made, key) is True
    theirs = Key(vkey)
    assert all(theirs.has_signed(made.text, line.blob) for line in made.signatures)
    assert not any(theirs.has_signed(made.text + "x", line.blob) for line in made.signatures)


def test_the_checkpoint_of_the_standard_is_read() -> None:
    head = checkpoint_of(note_of(CHECKPOINT.encode()))
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert CHECKPOINT.startswith(head.body())
    ours = Head(CHECKPOINT.encode())
    assert (ours.origin, ours.size, ours.root) == (head.origin, head.size, head.root)


@pytest.mark.parametrize("vector", RFC_8032.values())
def test_signatures_of_rfc_8032(vector: tuple[str, str, str]) -> None:
    key, signature, message = map(bytes.fromhex, vector)
    assert signed_by(key, signature, message)
    assert not signed_by(key, signature, message + b"x")


@settings(max_examples=25)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 511))
def test_signatures_agree_with_the_library(seed: bytes, message: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert signed_by(public, signature, message)
    spoiled = bytearray(signature)
    spoiled[bit // 8] ^= 1 << bit % 8
    assert not signed_by(public, bytes(spoiled), message)


def test_a_signature_has_one_spelling_and_a_key_of_small_order_signs_nothing() -> None:
    key, signature, message = map(bytes.fromhex, RFC_8032["rfc-2"])
    scalar = int.from_bytes(signature[32:], "little") + ORDER
    assert not signed_by(key, signature[:32] + scalar.to_bytes(32, "little"), message)
    for weak in (bytes([1, *bytes(31)]), bytes(32)):
        assert not signed_by(weak, weak + bytes(32), b"anything")
    assert not signed_by(b"", b"", b"")
    assert not signed_by(key, signature[:-1], message)


# -- nonsense ---------------------------------------------------------------------------------------------------------

READERS: list[tuple[Callable[[bytes], object], type[Exception]]] = [
    (lambda given: checkpoint_of(note_of(given)), NoteMalformed),
    (lambda given: key_of(given.decode("utf-8", "replace")), NoteMalformed),
    (lambda given: signatures_of(given.decode("utf-8", "replace")), NoteMalformed),
    (Head, Verdict),
    (lambda given: Key(given.decode("utf-8", "replace")), Verdict),
    (lambda given: verify_receipt(given, Trust([NOTES[0][0]], None)), Verdict),
    (lambda given: Meaning().read(given), Verdict),
]
SEEDS = [
    CHECKPOINT.encode(),
    NOTES[0][0].encode(),
    NOTES[1][1].encode(),
    b"c2sp.org/tlog-proof@v1\nindex 0\n\n",
    b'{"a":1}',
]


@pytest.mark.parametrize("reader", READERS)
@given(st.one_of(st.binary(max_size=300), st.sampled_from(SEEDS)), st.data())
def test_readers_refuse_nonsense_in_their_own_words(
    reader: tuple[Callable[[bytes], object], type[Exception]], given: bytes, data: st.DataObject
) -> None:
    read, refusal = reader
    cut = data.draw(st.integers(0, len(given)))
    spoiled = given[:cut] + data.draw(st.binary(max_size=8)) + given[cut + data.draw(st.integers(0, 8)) :]
    with contextlib.suppress(refusal):
        read(spoiled)


@pytest.mark.parametrize(
    "spoiled",
    [
        CHECKPOINT.replace("20852163", "020852163"),
        CHECKPOINT.replace("20852163", "+1"),
        CHECKPOINT.replace("20852163", "-1"),
        CHECKPOINT.replace("20852163", "٣"),
        CHECKPOINT.replace("I=", "J="),
        CHECKPOINT.replace("— ", "- "),
        CHECKPOINT.replace("\n\n", "\n"),
        CHECKPOINT[:-1],
        CHECKPOINT.replace("\n", "\r\n"),
        CHECKPOINT.replace("2I=\n", "2I=\n\nx\n"),
    ],
)
def test_what_is_almost_a_head_is_none(spoiled: str) -> None:
    with pytest.raises(NoteMalformed):
        checkpoint_of(note_of(spoiled.encode()))
    with pytest.raises(Verdict):
        Trust(["example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"], None).check(
            Head(spoiled.encode())
        )


# -- meaning ----------------------------------------------------------------------------------------------------------


def read(*entries: dict[str, Any]) -> Meaning:
    meaning = Meaning()
    for entry in written(*entries):
        meaning.read(entry)
    return meaning


def test_entries_that_add_up_are_believed() -> None:
    meaning = read(*ADDING_UP)
    assert meaning.totals() == {
        "issuance": {"points": -5},
        "received": {"prize:3": -2},
        "redeemed": {"points": 5},
        "stock": {"prize:3": 2},
    }
    read(*CITING)


def test_an_award_that_lapsed_is_undone_out_of_what_lapsed() -> None:
    assert read(*LAPSED).totals() == {}


@pytest.mark.parametrize(("entries", "why"), FOUND)
def test_entries_that_may_not_say_what_they_say_are_found(entries: list[dict[str, Any]], why: str) -> None:
    with pytest.raises(Verdict, match=why) as ended:
        read(*entries)
    assert ended.value.code == 1


def test_an_entry_in_another_spelling_is_found() -> None:
    spelled = json.dumps(AWARD | {"detail": {}, "on": "2026-03-01", "private": "00", "seq": 1, "v": 1}).encode()
    with pytest.raises(Verdict, match="not canonical"):
        Meaning().read(spelled)


# -- as programs ------------------------------------------------------------------------------------------------------


@pytest.fixture
def log(exhibit: Exhibit, tmp_path: Path) -> Path:
    return write(exhibit.files, tmp_path / "log")


def pioneer(*words: str) -> tuple[int, str]:
    ran = CliRunner().invoke(main, list(words))
    return ran.exit_code, ran.output


def test_the_one_file_runs_with_nothing_installed(exhibit: Exhibit, log: Path, tmp_path: Path) -> None:
    program = tmp_path / "verify.py"
    program.write_text(one_file(), encoding="utf-8")

    def run(*words: str) -> tuple[int, str]:
        command = [sys.executable, "-I", "-S", str(program), *words]
        ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        return ran.returncode, ran.stdout + ran.stderr

    code, said = run("log", str(log), "--key", exhibit.vkey)
    assert code == 0, said
    assert f"{len(entries_of(exhibit.files))} entries" in said
    (tmp_path / "old").write_bytes(exhibit.earlier["checkpoint"])
    assert run("consistency", "old", str(log), "--key", exhibit.vkey)[0] == 0
    assert run("log", str(log))[0] == 2
    assert run("log", str(tmp_path / "nowhere"), "--key", exhibit.vkey)[0] == 1
    assert run("log", "http://127.0.0.1:9/log", "--key", exhibit.vkey)[0] == 2
    (log / "tile" / "0" / "000").write_bytes(b"\0" * 8192)
    assert run("log", str(log), "--key", exhibit.vkey)[0] == 1


def test_the_one_file_is_short_enough_to_be_read() -> None:
    text = one_file()
    compile(text, "verify.py", "exec")
    assert len(text.splitlines()) < 700
    assert max(map(len, text.splitlines())) <= 120


def test_exit_codes_say_what_was_found(exhibit: Exhibit, log: Path, tmp_path: Path) -> None:
    key, evidence = ("--key", exhibit.vkey), ("--evidence", str(tmp_path / "evidence"))
    old, forked = tmp_path / "old", tmp_path / "forked"
    old.write_bytes(exhibit.earlier["checkpoint"])
    entries = entries_of(exhibit.files)
    write(built(entries[:200], signed(entries[:200], exhibit.key)), tmp_path / "short")
    other = [b"{}", *entries[1:]]
    write(built(other, signed(other, exhibit.key)), forked)
    state = ("--remember", str(tmp_path / "state"), "--rounds", "1")
    assert pioneer("log", "verify", str(log), *key)[0] == 0
    assert pioneer("log", "consistency", str(old), str(log), *key)[0] == 0
    assert pioneer("log", "consistency", str(old), str(tmp_path / "short"), *key)[0] == 3
    assert pioneer("log", "compare", str(log), str(tmp_path / "short"), *key, *evidence)[0] == 0
    assert not (tmp_path / "evidence").exists()
    code, said = pioneer("log", "compare", str(log), str(forked), *key, *evidence)
    assert code == 3
    assert "SPLIT" in said
    assert len(list((tmp_path / "evidence").iterdir())) == 2
    assert pioneer("log", "watch", str(tmp_path / "short"), *key, *evidence, *state)[0] == 0
    assert pioneer("log", "watch", str(log), *key, *evidence, *state)[0] == 0
    assert pioneer("log", "watch", str(tmp_path / "short"), *key, *evidence, *state)[0] == 3
    assert pioneer("log", "watch", str(forked), *key, *evidence, *state)[0] == 3
    assert pioneer("log", "verify", str(log))[0] == 2


def test_the_key_that_a_server_hands_out_is_not_believed(exhibit: Exhibit, log: Path) -> None:
    stranger = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    code, said = pioneer("log", "verify", str(log), "--key", stranger)
    assert code == 1
    assert "no key you trust" in said
