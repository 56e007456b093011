"""Proving the bank, lapsing what is due, and taking the books away."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from ledger.bank import Bank, By, charter_of, opened_store
from ledger.cli.console import as_json, refuse, refusing, result, said, settings, shown, steps, table
from ledger.core.accounts import Owner, OwnerKind
from ledger.people import organisations
from ledger.prizes import lapses
from ledger.reading import check as checking
from ledger.reading import export as exporting
from ledger.reading.findings import Finding

FINDINGS_SHOWN = 50
FINDINGS_KEPT = 1_000
"""A bank in ruins must not fill the memory of whoever examines it."""


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
    count, kept, proved = 0, [], 0

    def proving(done: int, total: int) -> None:
        nonlocal proved
        proved = done
        progress("transactions proved", done, total)

    with opened_store(settings()) as store, steps(quiet=as_json) as progress:
        for finding in checking.check(store, charter=charter_of(store), from_seq=from_seq, progress=proving):
            count += 1
            if count <= FINDINGS_KEPT:
                kept.append(finding)
    values = {
        "ok": count == 0,
        "transactions": proved,
        "from_seq": from_seq,
        "findings_count": count,
        "findings": [
            {"code": one.code, "seq": one.seq, "account": one.account, "said": one.sentence("en")} for one in kept
        ],
    }
    result(values, as_json, lambda: _tell(proved, count, kept))
    if count:
        sys.exit(1)


def _tell(proved: int, count: int, kept: list[Finding]) -> None:
    if count == 0:
        shown.print(f"[green]Clean.[/] {proved:,} transactions: every balance, award and leaf follows from the rows.")
        return
    rows = table(f"{count:,} findings", "code", "what")
    for finding in kept[:FINDINGS_SHOWN]:
        rows.add_row(finding.code, finding.sentence("en"))
    shown.print(rows)
    if count > FINDINGS_SHOWN:
        said.print(f"… and {count - FINDINGS_SHOWN:,} more; --json names the first {FINDINGS_KEPT:,}.")


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
            By(actor=bank.world.new_id(), kind="operator"),
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
    type=click.Choice(list(exporting.FORMATS)),
    required=True,
    help="beancount and hledger: journals their own tools can check. csv: tables. jsonl: the public entries.",
)
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@as_json
@refusing
def export(form: exporting.Format, directory: Path, as_json: bool) -> None:
    """Write the whole ledger into DIRECTORY (new or empty). Nobody's name is in it."""
    with opened_store(settings()) as store, steps(quiet=as_json) as progress:
        try:
            written = exporting.export(
                store, charter_of(store), form, directory, lambda done, total: progress("transactions", done, total)
            )
        except (exporting.FolderInUse, exporting.BooksBroken) as error:
            refuse(str(error), as_json)
    values = {"directory": str(directory), "files": written.files, "seq": written.seq, "root": written.root}
    wrote = ", ".join(written.files)
    words = f"Wrote {wrote} into {directory}: {written.seq:,} transactions, tree root {written.root}."
    result(values, as_json, lambda: shown.print(words))
