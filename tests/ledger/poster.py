"""A process that posts as fast as it can and says what was confirmed to it, until it is killed."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from ledger import bank as bank_module
from ledger.bank import Bank, Request
from ledger.core.accounts import Owner
from ledger.core.adjustment import Adjust
from ledger.core.canonical import digest
from ledger.core.posting import Command
from ledger.prizes.receive_stock import ReceiveStock
from ledger.prizes.redeem import Item, Redeem
from ledger.settings import Settings
from ledger.store.batches import BatchNeeds
from ledger.store.engines import Unavailable
from ledger.store.writer import SALT_BYTES, Batch, Writer
from tests.banks import SECOND, STAFF
from tests.ledger.crowd import processes
from tests.towns import Town

THREADS = 8


@dataclass(frozen=True, slots=True)
class Scene:
    """Whom it gives points, whose shelf it fills and empties. The n-th wish is the same for whoever wishes it."""

    url: str
    volunteer: Owner
    town: Owner
    desk: Owner
    mug: tuple[Any, int, int]

    @classmethod
    def of(cls, url: str, town: Town) -> Scene:
        mug = town.prize("mug", 1)
        return cls(url, town.volunteer("甲").owner, town.owner, town.desk.owner, (mug.id, mug.unit_id, mug.cost_points))

    def wish(self, bank: Bank, n: int) -> tuple[Command, Request]:
        return self._command(bank, n), Request("poster", key_of(n), digest(str(n).encode()))

    def _command(self, bank: Bank, n: int) -> Command:
        prize, unit, cost = self.mug
        ids: dict[str, Any] = {"id": bank.world.new_id(), "actor": STAFF}
        if n % 4 == 0:
            return ReceiveStock(**ids, desk=self.desk, prize=prize, unit=unit, quantity=1, source="示例")
        if n % 4 == 3:
            item = Item(prize, unit, "示例", 1, cost, True)
            return Redeem(**ids, volunteer=self.volunteer, desk=self.desk, items=(item,))
        return Adjust(**ids, second=SECOND, owner=self.volunteer, organisation=self.town, amount=1, reason="示例")


def key_of(n: int) -> str:
    return f"posted-{n:010d}"


def number_of(key: str) -> int:
    return int(key.rsplit("-", 1)[1])


class Posting:
    """A poster at work, seen from outside."""

    def __init__(self, scene: Scene, first: int, *, hasty: bool = False) -> None:
        receive, send = processes().Pipe(duplex=False)
        self._receive: Connection = receive
        self.process = processes().Process(target=post, args=(scene, first, send, hasty), daemon=True)
        self.process.start()
        send.close()
        self.told: dict[str, tuple[str, int | None]] = {}

    def wait_for(self, count: int) -> None:
        """Until so many were confirmed."""
        while len(self.told) < count:
            self._hear()

    def kill(self) -> None:
        """SIGKILL; what had been confirmed until then has been heard."""
        self.process.kill()
        self.process.join()
        while True:
            try:
                self._hear()
            except EOFError:
                break
        self._receive.close()

    def _hear(self) -> None:
        key, code, seq = self._receive.recv()
        self.told[key] = (code, seq)


@contextmanager
def posting(scene: Scene, first: int, *, hasty: bool = False) -> Iterator[Posting]:
    made = Posting(scene, first, hasty=hasty)
    try:
        yield made
    finally:
        made.process.kill()


class Hasty(Writer):
    """The negative control: it confirms what it is about to commit."""

    def _try(self, waiting: Any) -> Exception | None:
        needs = BatchNeeds()
        for submission, _ in waiting:
            needs.add(submission.client, submission.key, submission.command.id, submission.command.needs())
        facts = self._connection.read(needs).facts()
        salts = self._salts(SALT_BYTES * len(waiting))
        batch = Batch(facts, now=self._clock(), zone=self._zone, salts=salts)
        for at, (submission, future) in enumerate(waiting):
            future.set_result(batch.decide(submission, at))
        time.sleep(0.02)
        self._connection.write(batch.take())
        self._connection.commit(*batch.end())
        return None


def post(scene: Scene, first: int, heard: Connection, hasty: bool) -> None:
    """What runs in the other process."""
    if hasty:
        vars(bank_module)["Writer"] = Hasty
    telling = threading.Lock()
    numbers = itertools.count(first)

    def work(bank: Bank) -> None:
        while True:
            command, request = scene.wish(bank, next(numbers))
            try:
                outcome = bank.submit(command, request)
            except Unavailable:
                continue
            with telling:
                heard.send((request.key, outcome.answer.get("code", "posted"), outcome.seq))

    with Bank.open(Settings(database_url=scene.url)) as bank:
        threads = [threading.Thread(target=work, args=(bank,), daemon=True) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
