"""Proving the bank, lapsing what is due, and taking the books away."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from ledger.bank import Bank
from ledger.cli.console import as_json, refuse, refusing, result, said, settings, shown, steps, table
from ledger.core.accounts import Owner, OwnerKind
from ledger.people import organisations
from ledger.prizes import lapses
from ledger.reading import check as checking
from ledger.reading import export as exporting

FINDINGS_SHOWN = 50


@click.command()
@click.option(
    "--from-seq",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Trust what stands before this transaction, prove the rest.",
)
@as_json
@refusing
def check(from_seq: int, as_json: bool) -> None:
    """Prove from the rows alone that nothing was lost, invented or changed.

    Every balance, every floor, the order, the tree, each award from its recorded inputs. Exit code 0: clean. 1:
    findings, each named.
    """
    with Bank.open(settings()) as bank, steps(quiet=as_json) as progress:
        report = checking.check(bank.store, from_seq=from_seq, progress=progress)
    values = report.as_json()
    result(values | {"ok": report.clean}, as_json, lambda: _tell(report))
    if not report.clean:
        sys.exit(1)


def _tell(report: checking.Report) -> None:
    if report.clean:
        shown.print(
            f"[green]Clean.[/] {report.transactions:,} transactions, {report.accounts:,} accounts: everything adds up."
        )
        return
    found = table(f"{len(report.findings):,} findings", "code", "where", "what")
    for finding in report.findings[:FINDINGS_SHOWN]:
        found.add_row(finding.code, finding.where, finding.sentence("en"))
    shown.print(found)
    if len(report.findings) > FINDINGS_SHOWN:
        said.print(f"… and {len(report.findings) - FINDINGS_SHOWN:,} more: use --json for all of them.")


@click.command()
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Lapse what was valid until the day before this one.  [default: today]",
)
@click.option("--dry-run", is_flag=True, help="Count only; nothing is posted.")
@as_json
@refusing
def lapse(on: datetime | None, dry_run: bool, as_json: bool) -> None:
    """Lapse the points whose last day has passed. Can be stopped and repeated: a second run finds nothing."""
    with Bank.open(settings()) as bank, steps(quiet=as_json) as progress:
        day = on.date() if on else bank.today()
        if day > bank.today():
            refuse(f"{day} has not come yet (today is {bank.today()})", as_json)
        root = organisations.root(bank)
        run = lapses.lapse(
            bank,
            bank.world.new_id(),
            Owner(OwnerKind.ORGANISATION, root.id),
            on=day,
            dry_run=dry_run,
            progress=lambda lots: progress("lots", lots, lots),
        )
    words = f"{'Would lapse' if dry_run else 'Lapsed'} {run.points:,} points (smallest units) from {run.lots:,} lots."
    result({"lots": run.lots, "points": run.points, "dry_run": dry_run}, as_json, lambda: shown.print(words))


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(exporting.FORMATS),
    required=True,
    help="beancount and hledger: journals their own tools can check. csv: tables. jsonl: the public entries.",
)
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@as_json
@refusing
def export(form: str, directory: Path, as_json: bool) -> None:
    """Write the whole ledger into DIRECTORY (new or empty). Nobody's name is in it."""
    with Bank.open(settings()) as bank, steps(quiet=as_json) as progress:
        try:
            files = exporting.export(bank.store, bank.charter, form, directory, progress=progress)
        except exporting.ExportRefused as error:
            refuse(str(error), as_json)
    words = "\n".join(f"{file}  ({file.stat().st_size:,} bytes)" for file in files)
    result({"files": [str(file) for file in files]}, as_json, lambda: shown.print(words))
