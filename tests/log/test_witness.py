"""Banks stand for each other's heads: what they remember they never contradict, and strangers do it with them."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ledger.core import merkle
from ledger.core.consistency import is_consistent
from ledger.core.notes import Signature, note_of, signatures_of
from ledger.log import keys, publication, receipts, witness
from ledger.log.verifying.heads import Head, Trust, Verdict
from ledger.log.verifying.questions import verify_receipt
from ledger.log.witness import Declined
from tests.core.test_merkle import CONSISTENCY, LEAVES
from tests.log import strangers
from tests.log.conftest import Exhibit, Logged
from tests.log.files import built, entries_of, signed


def request_of(old: int, proof: list[bytes], note: bytes) -> bytes:
    lines = "".join(f"{base64.b64encode(step).decode()}\n" for step in proof)
    return f"old {old}\n{lines}\n".encode() + note


def knows(logged: Logged, *lines: str) -> None:
    """The policy of this bank."""
    logged.bank.settings.log_directory.mkdir(exist_ok=True, parents=True)
    (logged.bank.settings.log_directory / witness.POLICY).write_text("\n".join([*lines, "quorum none", ""]))


class Sister:
    """Another bank's log, which may misbehave."""

    def __init__(self, exhibit: Exhibit) -> None:
        self.entries, self.key = entries_of(exhibit.files), exhibit.key
        self.leaves = [merkle.leaf_hash(entry) for entry in self.entries]

    def asks(self, old: int, size: int, *, leaves: list[bytes] | None = None) -> bytes:
        leaves = leaves or self.leaves
        proof = merkle.consistency_proof(old, leaves[:size]) if 0 < old < size else []
        return request_of(old, proof, signed(self.entries[:size], self.key))


@pytest.fixture
def sister(exhibit: Exhibit) -> Sister:
    return Sister(exhibit)


@pytest.fixture
def standing(logged: Logged, exhibit: Exhibit) -> Logged:
    """A bank that knows the sister's log."""
    knows(logged, f"log {exhibit.vkey}")
    return logged


def declined(logged: Logged, request: bytes) -> Declined:
    with pytest.raises(Declined) as raised:
        witness.cosign(logged.bank, request)
    return raised.value


def test_a_growing_log_is_cosigned_and_a_stranger_accepts_it(standing: Logged, sister: Sister) -> None:
    tlog = strangers.aics("aics_tlog")
    for old, size in ((0, 10), (10, 10), (10, 300)):
        line = witness.cosign(standing.bank, sister.asks(old, size))
        note = signed(sister.entries[:size], sister.key).decode()
        key = tlog.parse_vkey(str(witness.own_key(standing.bank).public))
        found = tlog.verify_checkpoint(tlog.parse_note(note + line), tlog.parse_vkey(str(sister.key.public)), [key], 1)
        assert found.ok, found.error


def test_what_was_cosigned_is_never_contradicted(standing: Logged, sister: Sister) -> None:
    witness.cosign(standing.bank, sister.asks(0, 100))
    rolled = declined(standing, sister.asks(0, 50))
    assert (rolled.status, rolled.size) == (409, 100)
    assert declined(standing, sister.asks(100, 50)).status == 400
    other = Sister.__new__(Sister)
    other.entries, other.key = [b'{"forged":1}', *sister.entries[1:]], sister.key
    other.leaves = [merkle.leaf_hash(entry) for entry in other.entries]
    assert declined(standing, other.asks(100, 200)).status == 422
    assert declined(standing, other.asks(100, 100)).status == 409
    witness.cosign(standing.bank, sister.asks(100, 200))


def test_each_refusal_is_the_one_of_the_standard(standing: Logged, sister: Sister, exhibit: Exhibit) -> None:
    good = sister.asks(0, 10)
    stranger = good.replace(b"bank.example", b"bonk.example")
    assert declined(standing, stranger).status == 404
    private = Ed25519PrivateKey.generate()
    note = note_of(good.split(b"\n\n", 1)[1])
    forged = [Signature(line.name, line.key_id, private.sign(note.text.encode())) for line in note.signatures]
    assert declined(standing, good.split(b"\n\n", 1)[0] + f"\n\n{note.text}\n{forged[0].line()}".encode()).status == 403
    for malformed in (b"", b"old 1", b"old 01\n\n", good.replace(b"old 0", b"old -1"), b"old 0\nAA\n\n", b"\xff"):
        assert declined(standing, malformed).status == 400
    spare = good.replace(b"old 0\n", b"old 0\n" + base64.b64encode(bytes(32)) + b"\n")
    assert declined(standing, spare).status == 422
    assert declined(standing, sister.asks(5, 10)).size == 0


def test_two_at_once_cannot_both_go_on_from_the_same_head(standing: Logged, sister: Sister) -> None:
    witness.cosign(standing.bank, sister.asks(0, 10))
    answers: list[object] = []

    def ask(size: int) -> None:
        try:
            answers.append(witness.cosign(standing.bank, sister.asks(10, size)))
        except Declined as no:
            answers.append(no.status)

    threads = [threading.Thread(target=ask, args=(size,)) for size in (20, 30, 40, 50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([one for one in answers if isinstance(one, str)]) == 1
    assert answers.count(409) == 3


@pytest.fixture
def outsider(logged: Logged, tmp_path: Path) -> Iterator[Any]:
    """aics-witness, as its authors serve it over HTTP, knowing this bank's key."""
    made = strangers.aics("aics_witness")
    tlog = strangers.aics("aics_tlog")
    config = made.LogConfig(origin="bank.example", vkeys=(tlog.parse_vkey(str(logged.keys[0])),))
    with made.WitnessStore(tmp_path / "witness.db", create=True) as store:
        one = made.Witness("witness.example", Ed25519PrivateKey.generate(), store, [config])
        server = made.make_server(one, "127.0.0.1", 0)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield one, server.url
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_stranger_s_witness_stands_for_our_heads_and_receipts_carry_it(logged: Logged, outsider: Any) -> None:
    one, url = outsider
    knows(logged, f"witness outsider {one.vkey_text} {url}")
    outcome = logged.town.award("ana", 60)
    for deeds in (3, 300):
        logged.live(deeds)
        logged.sign()
        assert [told.said for told in witness.gather(logged.bank)] == [
            f"stands for {publication.size_of(logged.bank.store, 'bank.example')} entries"
        ]
    head = publication.checkpoint(logged.bank.store, "bank.example")
    assert head is not None
    policy = logged.bank.settings.log_directory / "theirs"
    policy.write_text(f"log {logged.keys[0]}\nwitness outsider {one.vkey_text}\nquorum outsider\n")
    Trust([], str(policy)).check(Head(head.encode()))
    found = receipts.find(logged.bank, str(outcome.answer["receipt_token"]))
    assert found is not None
    proof = receipts.proof(logged.bank, found)
    assert proof is not None
    assert "valid" in verify_receipt(proof.encode(), Trust([], str(policy)))
    logged.live(1)
    logged.sign()  # nobody stands for this one yet
    alone = publication.checkpoint(logged.bank.store, "bank.example")
    assert alone is not None
    with pytest.raises(Verdict, match="not enough witnesses") as ended:
        Trust([], str(policy)).check(Head(alone.encode()))
    assert ended.value.code == 2


def test_a_stranger_s_witness_refuses_our_fork_and_our_rollback(
    logged: Logged, outsider: Any, exhibit: Exhibit
) -> None:
    one, _ = outsider
    made = strangers.aics("aics_witness")
    tlog = strangers.aics("aics_tlog")
    one.set_logs([made.LogConfig(origin="bank.example", vkeys=(tlog.parse_vkey(exhibit.vkey),))])
    sister = Sister(exhibit)
    assert signatures_of(one.add_checkpoint(sister.asks(0, 100)).decode())
    forked = Sister(exhibit)
    forked.entries[3] = b'{"forged":1}'
    forked.leaves = [merkle.leaf_hash(entry) for entry in forked.entries]
    refusals = ((sister.asks(0, 50), {409}), (forked.asks(100, 200), {422}), (forked.asks(100, 100), {409, 422}))
    for asked, statuses in refusals:
        with pytest.raises(made.WitnessError) as refused:
            one.add_checkpoint(asked)
        assert refused.value.status in statuses


def test_a_quorum_counts_groups_as_the_policy_says(tmp_path: Path, exhibit: Exhibit) -> None:
    entries = entries_of(exhibit.files)
    head = signed(entries, exhibit.key).decode()
    made = [keys.witness_key(tmp_path / name, f"{name}.example", 4) for name in "abc"]
    lines = [f"witness {name} {key.public}" for name, key in zip("abc", made, strict=True)]
    text = head.split("\n\n")[0] + "\n"
    cosigned = [witness.cosignature(key, text, 1_700_000_000).line() for key in made]
    for rule, by, stands in (
        ("group two 2 a b c\nquorum two", "ab", True),
        ("group two 2 a b c\nquorum two", "c", False),
        ("group all all a b\nquorum all", "ab", True),
        ("group any any a b\ngroup both all any c\nquorum both", "bc", True),
        ("group any any a b\ngroup both all any c\nquorum both", "ab", False),
        ("quorum b", "b", True),
        ("quorum none", "", True),
    ):
        policy = tmp_path / "policy"
        policy.write_text("\n".join([f"log {exhibit.vkey}", *lines, rule, ""]))
        shown = Head((head + "".join(cosigned["abc".index(name)] for name in by)).encode())
        if stands:
            Trust([], str(policy)).check(shown)
        else:
            with pytest.raises(Verdict):
                Trust([], str(policy)).check(shown)


@pytest.mark.parametrize("line", ["log nothing", "witness a", "group a x b", "group g 2", "sorcery", "quorum"])
def test_a_policy_nobody_understands_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "policy").write_text(f"{line}\n")
    with pytest.raises(Verdict) as ended:
        Trust([], str(tmp_path / "policy"))
    assert ended.value.code in (1, 2)


# -- consistency proofs -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("old", "size", "proof"), CONSISTENCY)
def test_the_known_proofs_of_rfc_6962_hold(old: int, size: int, proof: list[str]) -> None:
    roots = [merkle.root_of(LEAVES[:n]) for n in (old, size)]
    assert is_consistent(old, roots[0], size, roots[1], [bytes.fromhex(step) for step in proof])


@given(st.integers(0, 70), st.integers(0, 70), st.data())
def test_a_proof_holds_for_its_own_heads_and_no_other(old: int, size: int, data: st.DataObject) -> None:
    leaves = [merkle.leaf_hash(bytes([at])) for at in range(70)]
    roots = [merkle.root_of(leaves[:n]) for n in range(71)]
    if old > size:
        assert not is_consistent(old, roots[old], size, roots[size], [])
        return
    proof = merkle.consistency_proof(old, leaves[:size]) if 0 < old < size else []
    assert is_consistent(old, roots[old], size, roots[size], proof)
    if old:
        assert not is_consistent(old, bytes(32), size, roots[size], proof)
    assert not is_consistent(old, roots[old], size, roots[size], [*proof, bytes(32)])
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        assert not is_consistent(old, roots[old], size, roots[size], [*proof[:at], bytes(32), *proof[at + 1 :]])
        assert not is_consistent(old, roots[old], size, roots[size], proof[:-1])
        assert not is_consistent(old, roots[old], size, bytes(32), proof)


def test_what_this_test_calls_a_log_is_one(exhibit: Exhibit) -> None:
    entries = entries_of(exhibit.files)
    assert strangers.scales_accepts(built(entries, signed(entries, exhibit.key)), exhibit.vkey)
