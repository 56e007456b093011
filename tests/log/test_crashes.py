"""kill -9 of the signer and of the database behind it: every head that was ever published stays one with the log."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.bank import Bank
from ledger.core.notes import checkpoint_of, note_of
from ledger.log import keys, publication, signer
from ledger.settings import Settings
from ledger.store.anchors import AnchorFile
from ledger.store.schema import log as schema
from tests.banks import LONG, Templates
from tests.postgres import PostgresServer

ROOT = Path(__file__).parents[2]
KILLS = 300 if LONG else 4
SERVER_KILLS = 30 if LONG else 2

pytestmark = pytest.mark.timeout(0 if LONG else 120)


@contextmanager
def signing(url: str, directory: Path, told: list[str]) -> Iterator[subprocess.Popen[str]]:
    """Somebody who signs; killed at the end. What it said it published is added to `told`."""
    command = [sys.executable, "-m", "tests.log.poster", url, str(directory)]
    with (directory / "poster.err").open("ab") as errors:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True)
        assert process.stdout is not None
        try:
            told.append(process.stdout.readline())  # it has begun
            assert told[-1], (directory / "poster.err").read_text()
            yield process
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            told += [line for line in process.stdout.read().splitlines(keepends=True) if line.endswith("|\n")]
            process.stdout.close()


def assert_one_with_the_log(url: str, directory: Path, told: list[str]) -> None:
    """Every head that was told or stored is over the beginning of the tree as it is now, and the next can be signed."""
    with Bank.open(Settings(database_url=url, data_dir=directory)) as bank:
        with bank.store.reading() as connection:
            stored = [row.note for row in connection.execute(schema.checkpoint.select())]
        notes = {line.strip().replace("|", "\n") for line in told if line.strip()}
        assert notes <= set(stored)
        anchored = AnchorFile(directory / "log", "bank.example").last()
        assert anchored is not None
        (key,) = keys.public(directory, "bank.example")
        for note in (*stored, anchored.note):
            head = checkpoint_of(note_of(note.encode()))
            assert keys.is_signed(note_of(note.encode()), key)
            assert publication.root_at(bank.store, head.size) == head.root
            assert head.size <= anchored.head.size
        assert signer.refused(bank) is None


def test_a_killed_signer_leaves_no_head_that_contradicts_the_log(bank_url: str, tmp_path: Path) -> None:
    keys.ensure(tmp_path, "bank.example")
    dice, told = random.Random(3), list[str]()
    for _ in range(KILLS):
        with signing(bank_url, tmp_path, told):
            time.sleep(dice.random() / 3)
        assert_one_with_the_log(bank_url, tmp_path, told)
    assert len(told) > KILLS * 2


def test_two_signers_at_once_make_one_history(bank_url: str, tmp_path: Path) -> None:
    keys.ensure(tmp_path, "bank.example")
    told = list[str]()
    with signing(bank_url, tmp_path, told), signing(bank_url, tmp_path, told):
        time.sleep(1)
    assert_one_with_the_log(bank_url, tmp_path, told)


@pytest.mark.postgresql
def test_a_killed_database_takes_no_published_head_with_it(own_server: PostgresServer, tmp_path: Path) -> None:
    url = Templates(tmp_path, own_server).url("postgresql")
    keys.ensure(tmp_path, "bank.example")
    told = list[str]()
    with signing(url, tmp_path, told):
        for _ in range(SERVER_KILLS):
            time.sleep(0.4)
            own_server.kill9()
            own_server.restart()
    assert_one_with_the_log(url, tmp_path, told)
