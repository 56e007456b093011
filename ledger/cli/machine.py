"""What this machine really promises, and how fast it is."""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from ledger import rules
from ledger.bank import Bank, By, Charter, Submission, is_bank_here
from ledger.cli.console import as_json, refuse, refusing, result, settings, shown, steps, table
from ledger.core.accounts import POINTS
from ledger.log import doctoring as log_doctoring
from ledger.people import organisations, volunteers
from ledger.reading import balances, statements
from ledger.service import activities, records
from ledger.service.records import Claim
from ledger.settings import Settings
from ledger.store import doctoring

MARKS = {"ok": "[green]ok[/]", "warn": "[yellow]look[/]", "fail": "[red]no[/]"}


@click.command()
@as_json
@refusing
def doctor(as_json: bool) -> None:
    """Say what this machine's durability really is: engine, versions, settings, disk. Exit code 1 where it could lose
    data.
    """
    found = [*doctoring.examine(settings()), *log_doctoring.examine(settings())]
    fit = all(finding.level != "fail" for finding in found)
    values: dict[str, Any] = {"ok": fit, "findings": [vars_of(finding) for finding in found]}

    def words() -> None:
        rows = table("What this machine promises", "", "what", "said", "mend")
        for finding in found:
            rows.add_row(MARKS[finding.level], finding.subject, finding.said, finding.mend)
        shown.print(rows)
        shown.print("Fit to keep a bank." if fit else "[red]Not fit: mend what is marked no.[/]")

    result(values, as_json, words)
    if not fit:
        sys.exit(1)


def vars_of(finding: doctoring.Finding) -> dict[str, str]:
    return {"level": finding.level, "subject": finding.subject, "said": finding.said, "mend": finding.mend}


@click.command()
@click.option(
    "--awards",
    type=click.IntRange(100, 10_000_000),
    default=20_000,
    show_default=True,
    help="How many to post in each round.",
)
@as_json
@refusing
def bench(awards: int, as_json: bool) -> None:
    """Measure this machine: awards a second by batch size, and how long a balance and a statement take.

    Works in a scratch bank beside the data directory, or in PIONEER_DATABASE_URL if that is an empty database.
    """
    how = settings()
    scratch = Path(tempfile.mkdtemp(prefix="pioneer-bench-", dir=_existing(how.data_dir)))
    try:
        if how.database_url:
            if is_bank_here(how) is not None:
                refuse("a bank stands in this database; give PIONEER_DATABASE_URL an empty one", as_json)
        else:
            how = replace(how, data_dir=scratch)
        figures = _measure(how, awards, quiet=as_json)
    finally:
        shutil.rmtree(scratch)

    def words() -> None:
        rows = table("This machine, this moment (compare ratios, not days)", "what", "figure")
        for what, figure in figures.items():
            rows.add_row(what, f"{figure:,}")
        shown.print(rows)

    result({"figures": figures}, as_json, words)


def _existing(directory: Path) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def _measure(how: Settings, awards: int, *, quiet: bool) -> dict[str, float]:
    Bank.found(how, Charter(name="bench", origin="bench.pioneer.example"))
    book = rules.load(rules.book("example"), points_scale=0)
    figures: dict[str, float] = {}
    with Bank.open(how) as bank, steps(quiet=quiet) as progress:
        dice = random.Random(1)  # noqa: S311 - which volunteer, not a secret
        actor = bank.world.new_id()
        root = organisations.create(bank, By(actor=actor), parent=None, level="district", name="bench")
        people = volunteers.register_all(bank, By(actor=actor), organisation=root, names=["示例"] * 2_400)
        weeks = [
            activities.create(
                bank,
                By(actor=actor),
                organisation=root,
                title="bench",
                activity_type="cleaning",
                held_on=bank.today(),
                place="bench",
                content="bench",
                person_in_charge="bench",
            )
            for _ in range(50)
        ]
        claims = [
            Claim(
                volunteer=person,
                activity=week,
                minutes=60,
                served_on=bank.today(),
                capture_method="clocked",
                household=None,
            )
            for person in people
            for week in weeks
        ]
        dice.shuffle(claims)
        for size in (1, 16, 100, 1_000):
            rounds = max(2, min(awards, size * 400) // size)
            batches = [
                [Submission.own(records.award(bank, By(actor=actor), dice.choice(claims), book)) for _ in range(size)]
                for _ in range(rounds)
            ]
            started = time.perf_counter()
            for done, batch in enumerate(batches, 1):
                bank.submit_all(batch)
                progress(f"batches of {size}", done, rounds)
            figures[f"awards/s in batches of {size}"] = round(rounds * size / (time.perf_counter() - started))
        figures["balance, ms"] = _milliseconds(lambda: balances.balance_of(bank, dice.choice(people).owner))
        figures["first statement page, ms"] = _milliseconds(
            lambda: statements.statement(bank, dice.choice(people).owner, POINTS)
        )
    return figures


def _milliseconds(action: Any) -> float:
    times = []
    for _ in range(200):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return round(statistics.median(times) * 1_000, 2)
