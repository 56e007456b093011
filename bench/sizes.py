"""Does a bank grow slow or fat? Reading at a million transactions against ten thousand, and the memory that `check` and
`export` take at a million.

The larger bank has a hundred times the people; everybody has about sixty-six awards in both, so that the answers are
alike and only the bank around them is larger.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.ground import ENGINES, District, Line, district, postgres, quick, report, scratch, told
from ledger.core.accounts import POINTS, Owner, Purpose
from ledger.reading import balances, books, statements
from ledger.store import pages

AWARDS_EACH = 66
WEEKS = 120
FORMATS = ("beancount", "hledger", "csv", "jsonl")
MEMORY_MB = 400
PEAK = Path(__file__).with_name("peak.py")


@contextmanager
def place_for(engine: str) -> Iterator[Callable[[], str]]:
    """Gives out URLs of empty databases side by side on one machine."""
    if engine == "sqlite":
        with scratch() as directory:
            numbers = iter(range(100))
            yield lambda: f"sqlite:///{directory / f'bank-{next(numbers)}.db'}"
    else:
        with postgres() as server:
            yield server.create_database


def fill(place: District, transactions: int) -> None:
    """Post until so many stand in the book, with a word now and then."""
    dice, left = random.Random(1), transactions - len(place.people)
    started = said = time.monotonic()
    while left > 0:
        count = min(left, 1_000)
        place.post(place.awards(dice, count))
        left -= count
        if time.monotonic() - said > 20:
            said = time.monotonic()
            told(f"  {transactions - left:,} of {transactions:,} ({(transactions - left) / (said - started):,.0f}/s)")


def reads(place: District) -> dict[str, Callable[[random.Random], object]]:
    """What is asked of a bank of any size."""
    bank, issuer = place.bank, place.weeks[0].organiser
    with bank.store.reading() as connection:
        seq, accounts = pages.holdings(connection, issuer.id)
    issuance = next(a.id for a in accounts if a.key.unit == POINTS and a.key.purpose is Purpose.ISSUANCE)

    def person(dice: random.Random) -> Owner:
        return dice.choice(place.people).owner

    return {
        "balance of a volunteer": lambda dice: balances.balance_of(bank, person(dice)),
        "first statement page of a volunteer": lambda dice: statements.statement(bank, person(dice), POINTS),
        "issuance account at an old seq": lambda dice: books.account(bank, issuance, as_of_seq=dice.randrange(1, seq)),
        "first statement page of the issuer": lambda _: statements.statement(bank, issuer, POINTS),
        "latest transactions, first page": lambda _: books.transactions(bank, after=None, limit=50),
    }


def compared(small: District, large: District, calls: int) -> list[Line]:
    """p50 of each question at both sizes, asked in turns."""
    lines = []
    for what, ask_small in reads(small).items():
        asks = {"small": ask_small, "large": reads(large)[what]}
        taken: dict[str, list[float]] = {name: [] for name in asks}
        dice = random.Random(2)
        for call in range(calls + 20):
            for name in sorted(asks, reverse=bool(call % 2)):
                started = time.perf_counter()
                asks[name](dice)
                if call >= 20:
                    taken[name].append((time.perf_counter() - started) * 1_000)
        ours, theirs = (statistics.median(taken[name]) for name in ("large", "small"))
        lines.append(Line(what, f"{ours:.2f} ms", f"{theirs:.2f} ms", ours / theirs, ("<=", 1.3)))
    return lines


def memory(url: str, directory: Path, transactions: int) -> list[Line]:
    """The most memory that proving and exporting take. Their progress goes to the terminal."""
    lines = []
    commands = [["check"], *(["export", "--format", form, str(directory / form)] for form in FORMATS)]
    for command in commands:
        told(f"  pioneer {' '.join(command[:3])}")
        file = directory / "peak"
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, PEAK, file, *command],
            env={**os.environ, "PIONEER_DATABASE_URL": url, "PIONEER_DATA_DIR": str(directory)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        seconds, peak = time.perf_counter() - started, float(file.read_text())
        words = f"{peak:,.0f} MB in {seconds:,.0f} s, {len(done.stderr.splitlines())} lines of progress"
        name = " ".join(command[:3])
        lines.append(Line(f"{name}, {transactions:,}", words, f"{MEMORY_MB} MB", peak / MEMORY_MB, ("<=", 1)))
    return lines


def measure(engine: str, *, sketch: bool) -> None:
    small_size, large_size, calls = (1_000, 30_000, 100) if sketch else (10_000, 1_000_000, 400)
    with ExitStack() as open_until_end:
        enter = open_until_end.enter_context
        new_url, directory = enter(place_for(engine)), enter(scratch())
        large_url = new_url()
        small = enter(district(new_url(), people=max(1, small_size // AWARDS_EACH), weeks=WEEKS))
        large = enter(district(large_url, people=large_size // AWARDS_EACH, weeks=WEEKS))
        for place, size in ((small, small_size), (large, large_size)):
            told(f"{engine}: filling {size:,}")
            fill(place, size)
        report(f"{engine}: p50 at {large_size:,} transactions against {small_size:,}", compared(small, large, calls))
        report(f"{engine}: memory at {large_size:,} transactions", memory(large_url, directory, large_size))


if __name__ == "__main__":
    sketch = quick()
    for engine in ENGINES:
        measure(engine, sketch=sketch)
