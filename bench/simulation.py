"""How long a draft over 100,000 past deeds takes, and how much memory: python -m bench.simulation [--quick]."""

from __future__ import annotations

import resource
import time

from bench.ground import database, district, quick
from ledger.governance.simulating import simulated
from ledger.people import organisations
from ledger.rules import book, load

DRAFTS = ("example", "hailin", "nanjing", "generic", "longquanyi")


def main() -> None:
    """A year of deeds, posted as they would be; then each draft over all of them."""
    size = 5_000 if quick() else 100_000
    with database("sqlite") as url, district(url, people=size // 50, weeks=50) as made:
        made.post([made.award(person, week) for week in made.weeks[1:] for person in made.people])
        root, today = organisations.root(made.bank), made.bank.today()
        for name in DRAFTS:
            draft = load(book(name), points_scale=0)
            began = time.perf_counter()
            done = simulated(made.bank, draft, since=today.replace(year=2000), until=today, within=root.path)
            seconds = time.perf_counter() - began
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"{name:<12} {done.deeds:>7,} deeds in {seconds:5.1f} s, {done.deeds / seconds:>8,.0f}/s, "
                f"peak {peak} MB"
            )


if __name__ == "__main__":
    main()
