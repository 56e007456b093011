"""Proving the bank, lapsing what is due, and taking the books away."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from ledger.bank import Bank, By, charter_of, opened_store
from ledger.cli.console import as_json, refuse, refusing, result, said, settings, shown, steps, table
from ledger.core.accounts import Owner, OwnerKind
from ledger.people import organisations
from ledger.prizes import lapses
from ledger.reading import check as checking
from ledger.reading import export as exporting
from ledger.reading.findings import Finding
from ledger.service import rulebooks

LISTED_AT_ONCE = 500
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
@click.option("--by-person", is_flag=True, help="With --dry-run: list it person by person, to be published (清零名单).")
@click.option("--warn", is_flag=True, help="List what will lapse instead, for its holders to be told (到期提醒).")
@click.option(
    "--days", type=click.IntRange(0, 366), help="How many days ahead --warn looks.  [default: the rulebook's]"
)
@as_json
@refusing
def lapse(on: datetime | None, dry_run: bool, by_person: bool, warn: bool, days: int | None, as_json: bool) -> None:
    """Lapse the points whose last day has passed. Can be stopped and repeated: a second run finds nothing."""
    if warn:
        _warn(days, as_json)
        return
    with Bank.open(settings()) as bank, steps(quiet=as_json) as progress:
        day = on.date() if on else bank.today()
        if day > bank.today():
            refuse(f"{day} has not come yet (today is {bank.today()})", as_json)
        if by_person:
            if not dry_run:
                raise click.UsageError("--by-person goes with --dry-run: after the run nothing is left to list")
            _list_due(bank, day, as_json)
            return
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
    if run.carried_over:
        words += f" {run.carried_over:,} more {'would be' if dry_run else 'were'} carried over (结转)."
    values = {"lots": run.lots, "points": run.points, "carried_over": run.carried_over, "dry_run": dry_run}
    result(values, as_json, lambda: shown.print(words))


def _list_due(bank: Bank, day: date, as_json: bool) -> None:
    found = list(lapses.due(bank, on=day))

    def words() -> None:
        rows = table("Would lapse 清零名单", "last day", "holder", "count", "figure")
        for one in found:
            rows.add_row(one.on.isoformat(), one.holder, f"{one.points - one.carried_over:,}", f"{one.carried_over:,}")
        shown.print(rows)
        shown.print(f"{len(found):,} lots: points that lapse, and points carried over (smallest units).")

    listed = [one._asdict() | {"on": one.on.isoformat()} for one in found]
    result({"on": day.isoformat(), "lots": listed}, as_json, words)


def _warn(days: int | None, as_json: bool) -> None:
    with Bank.open(settings()) as bank:
        ahead = lapses.warning_days(rulebooks.in_force(bank, bank.today()))
        wanted = ahead[0] if days is None else days
        within = [organisations.root(bank).path]
        found: list[lapses.Upcoming] = []
        after: Sequence[Any] | None = None
        while True:
            page = lapses.upcoming(bank, days=wanted, within=within, after=after, limit=LISTED_AT_ONCE)
            found += page.items
            if (after := page.after) is None:
                break
    points = sum(lot.points for lot in found)

    def words() -> None:
        rows = table(f"Lapsing within {wanted} days 即将到期", "last day", "days left", "volunteer no", "figure")
        for lot in found:
            rows.add_row(lot.on.isoformat(), str(lot.days_left), lot.volunteer_no, f"{lot.points:,}")
        shown.print(rows)
        shown.print(
            f"{points:,} points (smallest units) in {len(found):,} lots. The rulebook warns {_list(ahead)} ahead."
        )

    listed = [{"volunteer_no": lot.volunteer_no, "on": lot.on.isoformat(), "points": lot.points} for lot in found]
    result({"days": wanted, "points": points, "lots": listed}, as_json, words)


def _list(ahead: Sequence[int]) -> str:
    return ", ".join(f"{days} days" for days in ahead)


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
