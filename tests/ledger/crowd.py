"""Other processes that use the same bank at the same time. Each opens it for itself, as a worker of a server does."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from ledger.bank import Bank, Request
from ledger.core.accounts import Owner
from ledger.core.adjustment import Adjust
from ledger.core.canonical import digest
from ledger.core.posting import Command
from ledger.prizes.redeem import Item, Redeem
from ledger.settings import Settings
from ledger.store import postgresql, sqlite
from tests.banks import SECOND, STAFF

THREADS = 4


def processes() -> Any:
    """Fresh processes that share nothing with this one, begun quickly from one that has read our code already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ledger.bank", "ledger.prizes.redeem", "psycopg", "tests.ledger.crowd"])
    return context


class Answer(NamedTuple):
    """What a process was told."""

    key: str
    code: str
    seq: int | None
    replayed: bool
    fault: str | None


class Member(Protocol):
    """One process of a crowd: where its bank is, and what it asks for."""

    @property
    def url(self) -> str: ...

    def wishes(self, bank: Bank) -> Sequence[tuple[Command, Request]]: ...

    def prepare(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Giver:
    """Gives one point for each key; every giver uses the same keys."""

    url: str
    owner: Owner
    organisation: Owner
    keys: int

    def prepare(self) -> None:
        pass

    def wishes(self, bank: Bank) -> Sequence[tuple[Command, Request]]:
        return [
            (
                Adjust(
                    id=bank.world.new_id(),
                    actor=STAFF,
                    second=SECOND,
                    owner=self.owner,
                    organisation=self.organisation,
                    amount=1,
                    reason="示例",
                ),
                Request("crowd", f"gift-{n:012d}", digest(b"one point")),
            )
            for n in range(self.keys)
        ]


@dataclass(frozen=True, slots=True)
class Spender:
    """Wants each of these, again and again, for one volunteer at one desk."""

    url: str
    name: str
    volunteer: Owner
    desk: Owner
    wanted: tuple[tuple[UUID, int, int], ...]
    """(prize, unit, cost), in turn."""
    times: int
    unguarded: bool = False
    """The negative control: this process does not wait for the head."""

    def prepare(self) -> None:
        if self.unguarded:
            take_no_turns()

    def wishes(self, bank: Bank) -> Sequence[tuple[Command, Request]]:
        return [
            (
                Redeem(
                    id=bank.world.new_id(),
                    actor=STAFF,
                    volunteer=self.volunteer,
                    desk=self.desk,
                    items=(Item(prize, unit, "示例", 1, cost, True),),
                ),
                Request("crowd", f"{self.name}-{n:08d}-{unit}", digest(f"{unit}".encode())),
            )
            for n in range(self.times)
            for prize, unit, cost in self.wanted
        ]


def take_no_turns() -> None:
    """From now on this process reads the head without holding it: what the head row is for, taken away."""
    postgresql.STATEMENTS.head = postgresql.STATEMENTS.head.removesuffix(" FOR UPDATE")
    sqlite.SqliteBatches.read = _read_without_turn  # type: ignore[method-assign]


_read = sqlite.SqliteBatches.read


class _Deferred:
    """A connection that begins when it first writes, not when it first reads."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, statement: str, *parameters: Any) -> Any:
        return self._connection.execute("BEGIN" if statement == "BEGIN IMMEDIATE" else statement, *parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def _read_without_turn(self: Any, needs: Any) -> Any:
    if not isinstance(self._connected(), _Deferred):
        self._connection = _Deferred(self._connected())
    return _read(self, needs)


def send(members: Sequence[Member]) -> list[Answer]:
    """One process for each member, all begun together; everything each of them was told."""
    context = processes()
    with context.Manager() as manager, ProcessPoolExecutor(len(members), mp_context=context) as pool:
        barrier = manager.Barrier(len(members))
        return [answer for answers in pool.map(_live, members, [barrier] * len(members)) for answer in answers]


def _live(member: Member, barrier: Any) -> list[Answer]:
    member.prepare()
    with Bank.open(Settings(database_url=member.url)) as bank, ThreadPoolExecutor(THREADS) as pool:
        wishes = member.wishes(bank)
        barrier.wait(timeout=60)
        return list(pool.map(lambda wish: _ask(bank, *wish), wishes))


def _ask(bank: Bank, command: Command, request: Request) -> Answer:
    try:
        outcome = bank.submit(command, request)
    except Exception as fault:  # noqa: BLE001  whatever a process meets is told to the test
        return Answer(request.key, "", None, False, f"{type(fault).__name__}: {fault}")
    return Answer(request.key, outcome.answer.get("code", "posted"), outcome.seq, outcome.replayed, None)
