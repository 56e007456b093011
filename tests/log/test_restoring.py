"""The restore of an old backup forks no history in silence: it is refused, explained, and goes on in the open."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.bank import Bank, Unavailable
from ledger.core.notes import VerifierKey, checkpoint_of, note_of
from ledger.log import export as exporting
from ledger.log import keys, publication, restoring, signer
from ledger.log.doctoring import examine
from ledger.log.signer import MayNotSign
from ledger.log.verifying.heads import Trust
from ledger.log.verifying.questions import verify_log
from ledger.settings import Settings
from tests.banks import PlayedWorld, Templates
from tests.log import strangers
from tests.log.conftest import BY, Logged
from tests.log.files import InMemory, read
from tests.towns import Town


@pytest.fixture
def restored(
    log_settings: Settings, templates: Templates, play: PlayedWorld, tmp_path: Path, engine: str
) -> Iterator[Logged]:
    """A backup after 10 entries, and the bank lived on to 30 and was published; then the backup was restored."""
    with Bank.open(log_settings, world=play.world) as bank:
        before = Logged(bank, Town(bank), play.clock)
        before.live(10)
        before.sign()
    with templates.copy(engine, tmp_path, of=log_settings.database_url) as backup:
        with Bank.open(log_settings, world=play.world) as bank:
            before.bank = before.town.bank = bank
            before.live(20)
            before.sign()
            exporting.export(bank, tmp_path / "mirror", [str(key) for key in before.keys])
        settings = Settings(database_url=backup, data_dir=log_settings.data_dir)
        with Bank.open(settings, world=play.world) as bank:
            before.bank = before.town.bank = bank
            yield before


def test_an_old_backup_is_read_but_neither_posted_to_nor_signed(restored: Logged) -> None:
    standing = signer.standing(restored.bank)
    assert standing.refused is not None
    assert (standing.refused.code, standing.entries) == ("rolled_back", 11)
    restored.clock.forward(seconds=5)
    with pytest.raises(Unavailable, match="31 entries"):
        restored.town.receive("mug", 1)
    assert publication.size_of(restored.bank.store, "bank.example") == 11
    (said,) = [finding for finding in examine(restored.bank.settings) if finding.subject == "log"]
    assert said.level == "fail"
    assert "new-epoch" in said.mend


def test_a_backup_that_has_grown_past_the_anchor_is_found_out_too(restored: Logged) -> None:
    """Postings made by somebody who went around the refusal do not make the two histories one."""
    restored.bank.halted = None
    for _ in range(25):
        restored.town.receive("mug", 1)
    restored.clock.forward(seconds=5)
    with pytest.raises(MayNotSign) as refused:
        signer.sign(restored.bank)
    assert refused.value.code == "forked"
    assert publication.size_of(restored.bank.store, "bank.example") == 11  # the lost head is not passed off as its own


def test_a_new_epoch_says_what_was_lost_and_keeps_it_from_a_mirror(restored: Logged, tmp_path: Path) -> None:
    old_head = restored.anchor.last()
    assert old_head is not None
    mirror = read(tmp_path / "mirror")
    made = restoring.begin_epoch(restored.bank, BY, str(tmp_path / "mirror"))
    assert (made.origin, made.kept, made.lost) == ("bank.example/2", 11, 20)
    assert made.lost_file is not None
    lost = [json.loads(line) for line in made.lost_file.read_bytes().splitlines()]
    assert [entry["seq"] for entry in lost] == list(range(12, 32))
    (said,) = publication.entries(restored.bank.store, 11, 1)
    assert json.loads(said)["kind"] == "process.epoch_change"
    assert json.loads(said)["detail"] == {
        "epoch": 2,
        "origin": "bank.example/2",
        "lost_origin": "bank.example",
        "lost_size": 31,
        "lost_root": old_head.head.root.hex(),
    }
    restored.live(2)
    assert restored.sign() is not None
    folder = exporting.export(restored.bank, tmp_path / "anew", []).directory
    assert strangers.scales_accepts(read(folder), str(made.key))
    assert strangers.scales_accepts(mirror, str(_key_of(restored, "bank.example")))  # and the lost log still verifies
    assert "epoch_change" in verify_log(InMemory(read(folder)), Trust([str(made.key)], None), None)


def test_the_epoch_is_remembered(restored: Logged, play: PlayedWorld) -> None:
    restoring.begin_epoch(restored.bank, BY)
    with Bank.open(restored.bank.settings, world=play.world) as again:
        assert (again.log_origin, again.halted) == ("bank.example/2", None)
        assert signer.standing(again).refused is None


def test_a_served_bank_goes_on_by_itself_when_the_new_epoch_has_begun(restored: Logged, play: PlayedWorld) -> None:
    heads = threading.Semaphore(0)
    with Bank.open(restored.bank.settings, world=play.world) as served, signing(served, heads.release):
        town, restored.town.bank = restored.town, served
        assert served.halted is not None
        with pytest.raises(Unavailable, match="31 entries"):
            town.receive("mug", 1)
        restoring.begin_epoch(restored.bank, BY)
        eventually(lambda: served.log_origin == "bank.example/2")
        restored.clock.forward(seconds=5)
        town.receive("mug", 1)
        assert heads.acquire(timeout=20)
        assert publication.size_of(served.store, "bank.example/2") == 13


def eventually(comes: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not comes():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@contextmanager
def signing(bank: Bank, signed: Callable[[], object]) -> Iterator[None]:
    thread = signer.Signing(bank, signed=lambda: (signed(), None)[1])
    try:
        yield
    finally:
        thread.stop()


def test_a_mirror_that_is_not_what_was_signed_is_not_believed(restored: Logged, tmp_path: Path) -> None:
    bundle = tmp_path / "mirror" / "tile" / "entries" / "000.p" / "31"
    bundle.write_bytes(bundle.read_bytes().replace(b'"amount":', b'"amuont":', 1))
    with pytest.raises(Exception, match="not over the entries"):
        restoring.begin_epoch(restored.bank, BY, str(tmp_path / "mirror"))
    assert restored.bank.log_origin == "bank.example"


def test_no_epoch_begins_while_nothing_is_lost(logged: Logged) -> None:
    logged.live(1)
    logged.sign()
    with pytest.raises(restoring.NothingToMend):
        restoring.begin_epoch(logged.bank, BY)
    with pytest.raises(restoring.NothingToMend):
        restoring.resume(logged.bank)


def test_an_anchor_that_is_gone_is_taken_from_the_newest_head_when_asked_for(logged: Logged) -> None:
    logged.live(3)
    logged.sign()
    shutil.rmtree(logged.bank.settings.log_directory)
    logged.live(1)
    with pytest.raises(MayNotSign, match="log resume"):
        logged.sign()
    assert restoring.resume(logged.bank).size == 4
    head = logged.sign()
    assert head is not None
    assert head.size == 5


def test_the_right_backup_is_simply_signed_on(restored: Logged, log_settings: Settings, play: PlayedWorld) -> None:
    with Bank.open(log_settings, world=play.world) as newest:
        assert newest.halted is None
        found = publication.checkpoint(newest.store, "bank.example")
        assert found is not None
        assert checkpoint_of(note_of(found.encode())).size == 31


def _key_of(logged: Logged, origin: str) -> VerifierKey:
    return keys.load(logged.bank.settings.data_dir, origin)[0].public
