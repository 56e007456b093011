"""Receipts: a promise at once, then a proof that stands by itself; an erased person leaves all others' as they were."""

from __future__ import annotations

import base64
import io
import json

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import update

from ledger.core import merkle
from ledger.core.notes import NoteMalformed, checkpoint_of, note_of
from ledger.core.receipts import is_token, receipt_token, seq_of
from ledger.log import keys, receipts
from ledger.log.receipts import Receipt
from ledger.log.verifying.heads import Trust, Verdict
from ledger.log.verifying.questions import verify_receipt
from ledger.store.schema import books
from ledger.store.writer import Outcome
from tests.log import strangers
from tests.log.conftest import Logged


def receipt_of(logged: Logged, outcome: Outcome) -> Receipt:
    found = receipts.find(logged.bank, str(outcome.answer["receipt_token"]))
    assert found is not None
    return found


def trust(logged: Logged) -> Trust:
    return Trust([str(key) for key in logged.keys], None)


def verified(logged: Logged, proof: str | None) -> str:
    assert proof is not None
    return verify_receipt(proof.encode(), trust(logged))


def erase(logged: Logged, seq: int) -> None:
    with logged.bank.store.changing() as connection:
        connection.execute(update(books.private).where(books.private.c.seq == seq).values(salt=None, opening=None))


def test_a_promise_is_signed_at_once_and_can_be_held_against_the_bank(logged: Logged) -> None:
    receipt = receipt_of(logged, logged.town.award("ana", 60))
    assert receipts.proof(logged.bank, receipt) is None
    note = note_of(receipts.promise(logged.bank, receipt).encode())
    assert keys.is_signed(note, logged.keys[0])
    first, origin, index, leaf, due, _ = note.text.split("\n")
    assert (first, origin, index) == ("pioneer-bank promise v1", "bank.example", "index 1")
    assert base64.b64decode(leaf.split(" ")[1]) == merkle.leaf_hash(receipt.entry)
    assert int(due.split(" ")[1]) > logged.clock() // 1_000_000
    with pytest.raises(NoteMalformed):
        checkpoint_of(note)  # nobody can pass it off as a head


def test_a_proof_shows_entry_and_opening_and_needs_nothing_but_the_key(logged: Logged) -> None:
    logged.live(20)
    outcome = logged.town.award("ana", 90)
    logged.live(5)
    logged.sign()
    receipt = receipt_of(logged, outcome)
    told = verified(logged, receipts.proof(logged.bank, receipt))
    assert f"entry {outcome.seq} of bank.example" in told
    assert receipt.entry.decode() in told
    assert receipt.opening is not None
    assert receipt.opening in told


def test_a_proof_stays_the_same_when_the_log_grows(logged: Logged) -> None:
    receipt = receipt_of(logged, logged.town.award("ana", 90))
    logged.sign()
    before = receipts.proof(logged.bank, receipt)
    logged.live(4)
    logged.sign()
    assert receipts.proof(logged.bank, receipt) == before


def test_a_stranger_accepts_the_proof(logged: Logged) -> None:
    logged.live(9)
    receipt = receipt_of(logged, logged.town.award("ana", 90))
    logged.live(3)
    logged.sign()
    proof = receipts.proof(logged.bank, receipt)
    assert proof is not None
    top, _, note = proof.partition("\n\n")
    path = [base64.b64decode(line) for line in top.split("\n")[3:]]
    head = checkpoint_of(note_of(note.encode()))
    tlog = strangers.aics("aics_tlog")
    assert tlog.verify_checkpoint(tlog.parse_note(note), tlog.parse_vkey(str(logged.keys[0]))).log_ok
    assert tlog.verify_inclusion(merkle.leaf_hash(receipt.entry), receipt.seq - 1, head.size, path, head.root)


def test_a_bare_proof_tells_nothing(logged: Logged) -> None:
    receipt = receipt_of(logged, logged.town.award("ana", 90))
    logged.sign()
    proof = receipts.proof(logged.bank, receipt, bare=True)
    assert proof is not None
    assert "tells nothing else" in verified(logged, proof)
    extra = json.loads(base64.b64decode(proof.split("\n")[1].removeprefix("extra ")))
    assert set(extra) == {"leaf"}


@pytest.mark.parametrize("what", ["entry", "opening", "salt", "index", "path", "head"])
def test_a_receipt_that_was_altered_anywhere_is_refused(logged: Logged, what: str) -> None:
    logged.live(6)
    receipt = receipt_of(logged, logged.town.award("ana", 90))
    logged.live(2)
    logged.sign()
    proof = receipts.proof(logged.bank, receipt)
    assert proof is not None
    lines = proof.split("\n")
    extra = json.loads(base64.b64decode(lines[1].removeprefix("extra ")))
    if what == "entry":
        extra["entry"] = extra["entry"].replace('"amount":', '"amount":1')
    elif what == "opening":
        extra["opening"] = extra["opening"].replace('"legs":[[', '"legs":[[9')
    elif what == "salt":
        extra["salt"] = "00" * 32
    elif what == "index":
        lines[2] = "index 5"
    elif what == "path":
        lines[3] = base64.b64encode(bytes(32)).decode()
    else:
        lines[lines.index("") + 2] = str(receipt.seq)
    lines[1] = f"extra {base64.b64encode(json.dumps(extra).encode()).decode()}"
    with pytest.raises(Verdict) as ended:
        verify_receipt("\n".join(lines).encode(), trust(logged))
    assert ended.value.code == 1


def test_receipts_of_every_kind_are_proven(logged: Logged) -> None:
    town = logged.town
    outcomes = [town.award("ana", 600), town.receive("mug", 3), town.adjust("ana", 40)]
    outcomes += [town.redeem("ana", ("mug", 1)), town.reverse(2)]
    logged.sign()
    for outcome in outcomes:
        assert "valid" in verified(logged, receipts.proof(logged.bank, receipt_of(logged, outcome)))


def test_a_replay_gives_the_same_link(logged: Logged) -> None:
    first, again = (logged.town.award("ana", 60, key="town-key-of-my-own") for _ in range(2))
    assert again.replayed
    assert first.answer["receipt_token"] == again.answer["receipt_token"]


def test_after_erasure_the_link_is_gone_and_everybody_else_s_proof_stands(logged: Logged) -> None:
    mine, other = logged.town.award("ana", 60), logged.town.award("bob", 60)
    logged.sign()
    kept = [receipts.proof(logged.bank, receipt_of(logged, outcome)) for outcome in (mine, other)]
    assert mine.seq is not None
    erase(logged, mine.seq)
    assert receipts.find(logged.bank, str(mine.answer["receipt_token"])) is None
    assert receipts.proof(logged.bank, receipt_of(logged, other)) == kept[1]
    for proof in kept:  # who kept theirs can still prove it
        assert "valid" in verified(logged, proof)
    logged.live(1)
    assert logged.sign() is not None


def test_a_statement_shows_that_nothing_is_missing(logged: Logged) -> None:
    town = logged.town
    town.award("ana", 600)
    town.receive("mug", 5)
    town.redeem("ana", ("mug", 1))
    town.award("bob", 60)
    town.award("ana", 60, activity="cleaning-2")
    logged.sign()
    bundle = receipts.statement(logged.bank, town.volunteer("ana").id)
    assert len(bundle["proofs"]) == 3
    told = verify_receipt(json.dumps(bundle).encode(), trust(logged))
    assert f"none missing, balance {town.points('ana')}" in told
    for missing in range(2):
        short = bundle | {"proofs": [one for at, one in enumerate(bundle["proofs"]) if at != missing]}
        with pytest.raises(Verdict, match="does not follow"):
            verify_receipt(json.dumps(short).encode(), trust(logged))


@given(st.text(max_size=40))
def test_no_word_is_taken_for_a_token(word: str) -> None:
    seq = seq_of(word)
    assert seq is None or not is_token(word, seq, bytes(32))


@given(st.integers(1, 2**40 - 1), st.binary(min_size=32, max_size=32))
def test_a_token_names_its_transaction_and_nobody_else_makes_it(seq: int, salt: bytes) -> None:
    token = receipt_token(seq, salt)
    assert seq_of(token) == seq
    assert is_token(token, seq, salt)
    assert not is_token(receipt_token(seq, bytes(32)), seq, salt) or salt == bytes(32)


def test_the_code_on_a_slip_is_read_when_it_lies_askew() -> None:
    link = f"https://bank.example/verify#{receipt_token(41, bytes(32))}"
    drawn = io.BytesIO()
    segno.make_qr(link, error="m").save(drawn, kind="png", scale=6, border=4)
    flat = Image.open(drawn).convert("L")
    for degrees in (-17, 5, 33):
        tilted = flat.rotate(degrees, expand=True, fillcolor=255)
        wide, high = tilted.size
        askew = tilted.transform(
            (wide, high), Image.Transform.QUAD, (0, 0, 12, high, wide - 4, high - 9, wide, 5), fillcolor=255
        ).resize((wide * 2 // 3, high * 2 // 3))
        (read,) = zxingcpp.read_barcodes(askew)
        assert read.text == link
