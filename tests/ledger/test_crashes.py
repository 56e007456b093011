"""kill -9 of whoever posts, and of the server behind: what was confirmed is there once, the rest wholly or not."""

from __future__ import annotations

import itertools
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from ledger.bank import Bank, Submission
from ledger.settings import Settings
from ledger.store.engines import Unavailable
from tests.banks import LONG, PlayedWorld, Templates, examine, examine_at
from tests.ledger.poster import Scene, key_of, number_of, posting
from tests.postgres import PostgresServer
from tests.towns import Town

KILLS = 500 if LONG else 3
SERVER_KILLS = 50 if LONG else 2

pytestmark = pytest.mark.timeout(0 if LONG else 120)

Told = dict[str, tuple[str, int | None]]


def set_up(url: str, play: PlayedWorld) -> Scene:
    with Bank.open(Settings(database_url=url), world=play.world) as bank:
        return Scene.of(url, Town(bank))


def lost(bank: Bank, told: Told) -> list[str]:
    """Keys that were confirmed and are not remembered as they were confirmed."""
    with bank.store.reading() as connection:
        rows = connection.execute(text("SELECT key, outcome, seq FROM command WHERE client = 'poster'")).all()
    remembered = {row[0]: (row[1], row[2]) for row in rows}
    return [
        key
        for key, (code, seq) in told.items()
        if remembered.get(key) != ("posted" if code == "posted" else "refused", seq)
    ]


def state(bank: Bank) -> list[object]:
    """Everything that postings change."""
    with bank.store.reading() as connection:
        return [
            connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2")).all()  # noqa: S608
            for table in ("head", "account", "transfer", "command", "redemption", "stock_receipt")
        ]


def ask_all_again(bank: Bank, scene: Scene, told: Told) -> None:
    """Every request once more gets its first answer; a third time nothing changes any more."""
    numbers = range(max(map(number_of, told)) + 1)
    submissions = [Submission(command, *request) for command, request in (scene.wish(bank, n) for n in numbers)]
    first = bank.submit_all(submissions)
    for n, outcome in zip(numbers, first, strict=True):
        if key_of(n) in told:
            assert outcome.replayed
            assert (outcome.answer.get("code", "posted"), outcome.seq) == told[key_of(n)]
    posted = [outcome.seq for outcome in first if outcome.posted]
    assert len(posted) == len(set(posted))
    before = state(bank)
    second = bank.submit_all(submissions)
    assert all(outcome.replayed for outcome in second)
    assert [outcome.answer for outcome in second] == [outcome.answer for outcome in first]
    assert state(bank) == before


def test_a_killed_process_leaves_all_that_it_confirmed_and_nothing_by_halves(bank_url: str, play: PlayedWorld) -> None:
    scene = set_up(bank_url, play)
    dice = random.Random(9)
    told: Told = {}
    for _ in range(KILLS):
        first = max(map(number_of, told), default=-1) + 1
        with posting(scene, first) as poster:
            poster.wait_for(dice.randint(1, 60))
            time.sleep(dice.random() / 200)
            poster.kill()
        told |= poster.told
        with Bank.open(Settings(database_url=bank_url)) as bank:
            assert lost(bank, told) == []
    assert len(told) > KILLS
    with Bank.open(Settings(database_url=bank_url)) as bank:
        ask_all_again(bank, scene, told)


def test_a_writer_that_confirms_too_early_is_caught(bank_url: str, play: PlayedWorld) -> None:
    """The negative control."""
    scene = set_up(bank_url, play)
    for attempt in range(20):
        with posting(scene, 100_000 * attempt, hasty=True) as poster:
            poster.wait_for(10)
            poster.kill()
        with Bank.open(Settings(database_url=bank_url)) as bank:
            if lost(bank, poster.told):
                return
    pytest.fail("nothing was ever lost")


@pytest.mark.postgresql
def test_a_killed_server_has_kept_all_that_it_confirmed(
    own_server: PostgresServer, play: PlayedWorld, tmp_path: Path
) -> None:
    url = Templates(tmp_path, own_server).url("postgresql")
    scene = set_up(url, play)
    told: Told = {}
    failed = 0
    numbers = itertools.count()
    telling = threading.Lock()
    with Bank.open(Settings(database_url=url)) as bank:
        for _ in range(SERVER_KILLS):
            stop = threading.Event()

            def work(stop: threading.Event = stop) -> None:
                nonlocal failed
                while not stop.is_set():
                    n = next(numbers)
                    started = time.monotonic()
                    try:
                        outcome = bank.submit(*scene.wish(bank, n))
                    except Unavailable:
                        failed += 1
                        assert time.monotonic() - started < 5, "it says quickly that the database is away"
                        time.sleep(0.01)
                        continue
                    with telling:
                        told[key_of(n)] = (outcome.answer.get("code", "posted"), outcome.seq)

            with ThreadPoolExecutor(8) as pool:
                workers = [pool.submit(work) for _ in range(8)]
                time.sleep(0.3)
                own_server.kill9()
                time.sleep(0.1)
                stop.set()
            for worker in workers:
                worker.result()
            own_server.restart()
            with pytest.raises(
                OperationalError
            ):  # readers' sessions are as dead as the server was; the first finds out
                lost(bank, told)
            assert lost(bank, told) == []
            assert examine(bank.store) == []
        assert failed > 0
        assert len(told) > 100
        ask_all_again(bank, scene, told)
    assert examine_at(url) == []
