"""Heads are signed after the commit, once a second, written to the anchor before they are published, and never against
it.
"""

from __future__ import annotations

import json
import stat
from typing import Any

import pytest

from ledger.bank import Bank, Unavailable
from ledger.core import merkle
from ledger.core.notes import ED25519, note_of
from ledger.log import keys, rotation, signer
from ledger.log.signer import MayNotSign
from ledger.people.keyfiles import KeysUnfit
from ledger.settings import Settings
from ledger.store import anchors
from ledger.store import log as rows
from ledger.store.schema import books, metadata
from tests.banks import PlayedWorld
from tests.log.conftest import BY, Logged


def leaves(logged: Logged) -> list[bytes]:
    with logged.bank.store.reading() as connection:
        found = connection.execute(books.transaction.select().order_by(books.transaction.c.seq))
        return [row.leaf_hash for row in found]


def test_a_head_is_the_tree_over_everything_committed_and_verifies_under_the_key(logged: Logged) -> None:
    logged.live(5)
    head = logged.sign()
    assert head is not None
    assert (head.origin, head.size, head.root) == ("bank.example", 6, merkle.root_of(leaves(logged)))
    note = note_of(logged.published.encode())
    (key,) = logged.keys
    assert key.kind == ED25519
    assert keys.is_signed(note, key) is True
    assert str(note) == logged.published


def test_an_altered_head_verifies_under_no_key(logged: Logged) -> None:
    logged.live(1)
    logged.sign()
    altered = note_of(logged.published.replace("\n2\n", "\n3\n").encode())
    assert keys.is_signed(altered, logged.keys[0]) is False


def test_nothing_new_is_not_signed_again(logged: Logged) -> None:
    assert logged.sign() is not None  # the founding rulebook is an entry
    assert logged.sign() is None
    logged.live(1)
    assert logged.sign() is not None
    assert logged.sign() is None


def test_at_most_one_head_a_second(logged: Logged) -> None:
    logged.live(1)
    assert logged.sign() is not None
    logged.town.receive("mug", 1)
    assert signer.sign(logged.bank) is None
    assert logged.sign() is not None


def test_a_clock_that_jumped_back_does_not_stop_the_signing(logged: Logged) -> None:
    logged.live(1)
    logged.sign()
    logged.clock.forward(hours=-5)
    logged.town.receive("mug", 1)
    assert logged.sign() is not None


def test_the_anchor_holds_every_head_before_it_is_published(logged: Logged, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    logged.live(2)
    monkeypatch.setattr(rows, "publish", killed)
    with pytest.raises(KeyboardInterrupt):
        logged.sign()
    monkeypatch.undo()
    anchored = logged.anchor.last()
    assert anchored is not None
    logged.sign()  # the next signer publishes what the one before could not
    assert logged.published == anchored.note


def test_a_line_of_the_anchor_that_was_torn_was_never_published(logged: Logged) -> None:
    logged.live(1)
    logged.sign()
    with logged.anchor.path.open("ab") as file:
        file.write(b'{"at": 17, "no')
    before = logged.anchor.last()
    assert before is not None
    assert before.head.size == 2
    logged.town.receive("mug", 1)
    assert logged.sign() is not None
    lines = logged.anchor.path.read_bytes().splitlines()
    assert [json.loads(line)["note"].split("\n")[1] for line in lines] == ["2", "3"]


def test_a_long_anchor_begins_anew_with_its_last_head(logged: Logged, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchors, "BYTES_MAX", 500)
    for _ in range(6):
        logged.town.receive("mug", 1)
        logged.sign()
    assert logged.anchor.path.stat().st_size < 1_000
    last = logged.anchor.last()
    assert last is not None
    assert last.head.size == 7


def test_a_damaged_anchor_is_not_signed_over(logged: Logged) -> None:
    logged.live(1)
    logged.sign()
    logged.anchor.path.write_bytes(b"{}\n")
    logged.town.receive("mug", 1)
    with pytest.raises(MayNotSign, match="damaged"):
        logged.sign()


def test_without_its_anchor_a_published_log_is_not_signed_any_further(logged: Logged) -> None:
    logged.live(1)
    logged.sign()
    logged.anchor.path.unlink()
    logged.town.receive("mug", 1)
    with pytest.raises(MayNotSign) as refused:
        logged.sign()
    assert refused.value.code == "anchor_missing"


def test_who_does_not_hold_the_lock_does_not_sign(logged: Logged) -> None:
    logged.live(1)
    with logged.anchor.locked() as is_signer:
        assert is_signer
        assert logged.sign() is None
    assert logged.sign() is not None


def test_a_database_that_went_back_is_not_signed_and_takes_no_postings_but_is_read(
    logged: Logged, play: PlayedWorld
) -> None:
    logged.live(3)
    logged.sign()
    made = logged.anchor.last()
    assert made is not None
    ahead = made.note.replace("\n4\n", "\n30\n")
    logged.anchor.append(made.at, ahead)
    with Bank.open(logged.bank.settings, world=play.world) as reopened:
        assert reopened.halted is not None
        assert reopened.halted.code == "rolled_back"
        logged.clock.forward(seconds=1)
        with pytest.raises(MayNotSign, match="restore a newer backup"):
            signer.sign(reopened)
        logged.town.bank = reopened
        with pytest.raises(Unavailable, match="restore a newer backup"):
            logged.town.receive("mug", 1)
        assert signer.standing(reopened).entries == 4


def test_another_history_is_not_signed(logged: Logged, play: PlayedWorld) -> None:
    logged.live(3)
    logged.sign()
    made = logged.anchor.last()
    assert made is not None
    root = made.note.split("\n")[2]
    logged.anchor.append(made.at, made.note.replace(root, "A" * 43 + "="))
    with Bank.open(logged.bank.settings, world=play.world) as reopened:
        assert reopened.halted is not None
        assert reopened.halted.code == "forked"


def test_keys_others_may_read_do_not_sign(logged: Logged) -> None:
    logged.live(1)
    file = keys.load(logged.bank.settings.data_dir, "bank.example")[0].file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    with pytest.raises(MayNotSign, match="chmod 600"):
        logged.sign()


def test_no_key_no_head(log_settings: Settings, logged: Logged) -> None:
    for file in (log_settings.data_dir / keys.DIRECTORY).iterdir():
        file.unlink()
    logged.live(1)
    with pytest.raises(MayNotSign, match="pioneer log keys create"):
        logged.sign()


def test_a_new_key_is_announced_and_signs_beside_the_old_until_that_is_retired(logged: Logged) -> None:
    old = logged.keys[0]
    new = rotation.rotate(logged.bank, BY)
    assert logged.keys == [old, new]
    logged.sign()
    note = note_of(logged.published.encode())
    assert [keys.is_signed(note, key) for key in (old, new)] == [True, True]
    assert rotation.retire(logged.bank, BY, old.id.hex()) == old
    logged.sign()
    note = note_of(logged.published.encode())
    assert [keys.is_signed(note, key) for key in (old, new)] == [None, True]
    with pytest.raises(KeysUnfit, match="the only key"):
        rotation.retire(logged.bank, BY, new.id.hex())
    said = [row.detail for row in _transactions(logged) if row.kind == "key_change"]
    assert [json.loads(detail) for detail in said] == [
        {"change": "added", "key": str(new)},
        {"change": "retired", "key": str(old)},
    ]


def test_a_rotation_that_was_cut_short_goes_on_with_the_same_key(
    logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Bank, "submit", killed)
    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(logged.bank, BY)
    monkeypatch.undo()
    assert len(logged.keys) == 1
    waiting = keys.make(logged.bank.settings.data_dir, "bank.example")
    assert rotation.rotate(logged.bank, BY) == keys.read(waiting.with_suffix(".pem"), "bank.example").public
    assert len(logged.keys) == 2
    assert len(_transactions(logged)) == 2


def test_no_private_key_is_in_the_database(logged: Logged) -> None:
    logged.live(2)
    rotation.rotate(logged.bank, BY)
    logged.sign()
    secrets = [key.private.private_bytes_raw() for key in keys.load(logged.bank.settings.data_dir, "bank.example")]
    with logged.bank.store.reading() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(table.select()):
                held = b" ".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
                assert not any(secret in held or secret.hex().encode() in held for secret in secrets)


def _transactions(logged: Logged) -> list[Any]:
    with logged.bank.store.reading() as connection:
        return list(connection.execute(books.transaction.select().order_by(books.transaction.c.seq)))


def test_the_anchor_is_its_owners_alone(logged: Logged) -> None:
    logged.live(1)
    logged.sign()
    assert stat.S_IMODE(logged.anchor.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(logged.anchor.path.parent.stat().st_mode) == 0o700
