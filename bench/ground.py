"""What the measurements stand on: scratch databases, an invented district, contenders taken in turns, and a table."""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ledger import rules
from ledger.bank import Bank, By, Charter, Submission
from ledger.people import organisations, volunteers
from ledger.people.volunteers import Volunteer
from ledger.rules import Rulebook
from ledger.service import activities, records, rulebooks
from ledger.service.activities import Activity
from ledger.service.records import Claim
from ledger.settings import Settings
from tests.postgres import Postgres, PostgresServer

ENGINES = ("postgresql", "sqlite")


def quick() -> bool:
    """Whether the command line says --quick: a sketch in seconds, not a figure to quote."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and smaller rounds: a sketch, not a figure")
    return bool(parser.parse_args().quick)


@contextmanager
def scratch() -> Iterator[Path]:
    """A directory on the disk of TMPDIR, gone afterwards. A directory in memory would measure no durable commit."""
    directory = Path(tempfile.mkdtemp(prefix="pioneer-bench-"))
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of our own, as it comes out of the box."""
    with PostgresServer.start() as server:
        yield server


@contextmanager
def database(engine: str) -> Iterator[str]:
    """The URL of an empty database."""
    if engine == "sqlite":
        with scratch() as directory:
            yield f"sqlite:///{directory / 'bank.db'}"
    else:
        with postgres() as server:
            yield server.create_database()


@dataclass(frozen=True, slots=True)
class District:
    """An open bank with people and activities: enough to award."""

    bank: Bank
    actor: UUID
    rulebook: Rulebook
    people: Sequence[Volunteer]
    weeks: Sequence[Activity]
    """One activity a week, all of one issuer."""

    def award(self, person: Volunteer, week: Activity) -> Submission:
        """A clocked hour: minutes and points, two transfers."""
        claim = Claim(
            volunteer=person,
            activity=week,
            minutes=60,
            served_on=self.bank.today(),
            capture_method="clocked",
            household=None,
        )
        command = records.award(self.bank, By(actor=self.actor), claim, self.rulebook)
        return Submission(command, "bench", command.id.hex, hashlib.sha256(command.id.bytes).digest())

    def awards(self, dice: random.Random, count: int, weeks: Sequence[Activity] | None = None) -> list[Submission]:
        """That many awards to people and for activities drawn by `dice`."""
        weeks = weeks or self.weeks
        return [self.award(dice.choice(self.people), dice.choice(weeks)) for _ in range(count)]

    def post(self, submissions: Sequence[Submission]) -> None:
        """Post these; the writer takes them a thousand at a time. Whatever is not posted is loud."""
        refused = [outcome for outcome in self.bank.submit_all(submissions) if not outcome.posted]
        assert not refused, refused[0]

    def post_singly(self, submissions: Sequence[Submission]) -> None:
        """Post these, the next when the last is answered."""
        for submission in submissions:
            self.post([submission])


@contextmanager
def district(url: str, *, people: int, weeks: int) -> Iterator[District]:
    """A new bank at this URL with a district in it. Everybody has one award, so that all wallets are open."""
    settings = Settings(database_url=url)
    Bank.found(settings, Charter(name="bench", origin="bench.pioneer.example"))
    with Bank.open(settings) as bank:
        actor = bank.world.new_id()
        root = organisations.create(bank, By(actor=actor), parent=None, level="district", name="bench")
        made = District(
            bank=bank,
            actor=actor,
            rulebook=rulebooks.found(bank, By(actor=actor), rules.book("example"), organisation=root).rulebook,
            people=volunteers.register_all(bank, By(actor=actor), organisation=root, names=["示例"] * people),
            weeks=[activity(bank, actor, root) for _ in range(weeks)],
        )
        made.post([made.award(person, made.weeks[0]) for person in made.people])
        yield made


def activity(bank: Bank, actor: UUID, organiser: organisations.Organisation) -> Activity:
    """An activity that the example rulebook gives points for."""
    return activities.create(
        bank,
        By(actor=actor),
        organisation=organiser,
        title="bench",
        activity_type="cleaning",
        held_on=bank.today(),
        place="bench",
        content="bench",
        person_in_charge="bench",
    )


Turn = Callable[[], int]
"""Does one round's work and says how many things it did."""


def in_turns(contenders: Mapping[str, Turn], rounds: int) -> dict[str, list[float]]:
    """Things a second of each contender in each round. They alternate within a round and swap places every round, so
    that what else the machine does falls on all alike.
    """
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    order = list(contenders)
    for _ in range(rounds):
        for name in order:
            started = time.perf_counter()
            done = contenders[name]()
            rates[name].append(done / (time.perf_counter() - started))
        order = order[1:] + order[:1]
    return rates


def ratio(rates: Mapping[str, Sequence[float]], ours: str, theirs: str) -> float:
    """The median over the rounds of ours over theirs in the same round."""
    return statistics.median(a / b for a, b in zip(rates[ours], rates[theirs], strict=True))


def milliseconds(action: Callable[[], object], times: int) -> list[float]:
    """How long each of so many calls took."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        action()
        taken.append((time.perf_counter() - started) * 1_000)
    return taken


@dataclass(frozen=True, slots=True)
class Line:
    """One answered question. `target` is (">=" or "<=", bound), None for information only."""

    question: str
    ours: str
    against: str
    ratio: float | None
    target: tuple[str, float] | None = None

    @property
    def verdict(self) -> str:
        if self.target is None or self.ratio is None:
            return ""
        sign, bound = self.target
        return "met" if (self.ratio >= bound if sign == ">=" else self.ratio <= bound) else "MISSED"

    def cells(self) -> tuple[str, ...]:
        shown = "" if self.ratio is None else f"{self.ratio:.2f}"
        target = "" if self.target is None else f"{self.target[0]} {self.target[1]:g}"
        return self.question, self.ours, self.against, shown, target, self.verdict


def report(title: str, lines: Sequence[Line]) -> None:
    """Print the table."""
    rows = [("question", "bank", "against", "ratio", "target", ""), *(line.cells() for line in lines)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    print(f"\n{title}")
    for row in rows:
        cells = [
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


def rate(rates: Sequence[float]) -> str:
    """A median with its range."""
    return f"{statistics.median(rates):,.0f}/s ({min(rates):,.0f}-{max(rates):,.0f})"


def told(words: str) -> None:
    """Progress, beside the result."""
    print(words, file=sys.stderr, flush=True)
