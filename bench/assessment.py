"""How much of the time of posting a thousand records goes into the rules: questions to the past, answers,
assessments and what is recorded of them. Asked of the example rulebook.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.ground import ENGINES, Line, database, district, quick, report, told
from ledger.service import awards

ASKED = ("asked_of_deeds", "answered", "assess", "recorded_inputs", "kept")
"""What an award does because of the rules."""
RECORDS = 1_000


class Stopwatch:
    """The seconds spent in some functions of a module while it runs."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def over(self, module: Any, names: tuple[str, ...]) -> Iterator[None]:
        originals = {name: getattr(module, name) for name in names}
        for name, function in originals.items():
            setattr(module, name, self._timed(function))
        try:
            yield
        finally:
            for name, function in originals.items():
                setattr(module, name, function)

    def _timed(self, function: Any) -> Any:
        def timed(*arguments: Any) -> Any:
            started = time.perf_counter()
            try:
                return function(*arguments)
            finally:
                self.seconds += time.perf_counter() - started

        return timed


def share(engine: str, rounds: int) -> tuple[float, float]:
    """Records posted a second, and the share of the rules in that time: medians over the rounds."""
    rates, shares = [], []
    with database(engine) as url, district(url, people=500, weeks=20) as made:
        dice = random.Random(4)
        for _ in range(rounds):
            submissions = made.awards(dice, RECORDS)
            watch = Stopwatch()
            with watch.over(awards, ASKED):
                started = time.perf_counter()
                made.post(submissions)
                taken = time.perf_counter() - started
            rates.append(RECORDS / taken)
            shares.append(watch.seconds / taken)
    return statistics.median(rates), statistics.median(shares)


def main() -> None:
    rounds = 5 if quick() else 20
    lines = []
    for engine in ENGINES:
        told(engine)
        rate, of_it = share(engine, rounds)
        lines.append(Line(f"assessing 1,000 records, {engine}", f"{rate:,.0f}/s", "posting them", of_it, ("<=", 0.2)))
    report("The rules' share of a posting", lines)


if __name__ == "__main__":
    main()
