"""Bringing in rosters of service: `pioneer import service-records`, and the template to fill in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from ledger.bank import Bank, By
from ledger.cli.console import as_json, refuse, refusing, result, said, settings, shown, steps
from ledger.cli.imports import faults_told, organisation_named, report_shown
from ledger.core.refusals.refusal import Refused
from ledger.people import imports
from ledger.people.imports import COMMITTED, Run
from ledger.service import activities, roster_imports, roster_outcomes, roster_posting, roster_template
from ledger.service.activities import Activity
from ledger.tables import TableRefused

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command("service-records")
@click.argument("file", type=_FILE)
@click.option("--organisation", "name", help="Name or id of the organisation; the district at the root if left out.")
@click.option("--activity", "activity_id", type=click.UUID, help="The activity of all rows that name none.")
@click.option("--dry-run", is_flag=True, help="Check the file and post nothing.")
@click.option("--partial", is_flag=True, help="Post the rows without faults and open questions, leave out the others.")
@click.option(
    "--choose",
    "chosen",
    multiple=True,
    metavar="ROW=CHOICE",
    help="Which candidate a row is about, or `skip`; once for each question.",
)
@click.option("--report", "report", type=_NEW_FILE, help="Write the file back with what is wrong marked in it (xlsx).")
@as_json
@refusing
def import_service_records(
    file: Path,
    name: str | None,
    activity_id: UUID | None,
    dry_run: bool,
    partial: bool,
    chosen: Sequence[str],
    report: Path | None,
    as_json: bool,
) -> None:
    """Post a roster (名册) of service: who helped where, when and how long. The columns are found by their headers:
    志愿者编号, 姓名, 活动名称, 日期, 时长(小时), ...

    The same row again is never posted twice: not by the same file, and not by another. Exit code 1: faults or open
    questions, and nothing was posted; or some rows were refused.
    """
    choices = _choices(chosen)
    with Bank.open(settings()) as bank:
        by = By(actor=bank.world.new_id(), kind="operator")
        organisation = organisation_named(bank, name, as_json)
        activity = _activity(bank, activity_id, as_json)
        within = [organisation.path.split("/")[0] + "/"]
        try:
            run = roster_imports.check(bank, by, organisation, file.read_bytes(), within=within, activity=activity)
        except TableRefused as no:
            refuse(f"{file.name}: {no.en} ({no.zh})", as_json)
        was_known = run.state == COMMITTED
        for row, choice in ((row, choice) for row, given in choices.items() for choice in given):
            if not was_known and roster_posting.is_unfit(run, row, choice):
                refuse(f"row {row} has no candidate {choice}", as_json)
        problem = None
        if not dry_run:
            try:
                run = _committed(bank, by, run, choices, partial=partial, quiet=as_json)
            except Refused as no:
                problem = no.refusal.sentence("en")
                run = imports.find(bank, run.id) or run
        if report is not None:
            report.write_bytes(roster_outcomes.workbook(bank, run))
        refused = [one for one in roster_outcomes.outcomes(bank, run) if one.refusal] if run.refused else []
    is_clean = not run.report.faults and not (run.report.questions and run.state != COMMITTED)
    values: dict[str, Any] = {
        "ok": problem is None and not run.refused and (is_clean or not dry_run),
        "import_id": run.id,
        "state": run.state,
        "rows": run.rows,
        "posted": 0 if was_known else run.made,
        "refused": run.refused,
        "left_out": run.left_out,
        "known_before": was_known,
        **faults_told(run),
        "refusals": [{"row": one.row, "code": one.refusal.code} for one in refused if one.refusal],
    }
    result(values, as_json, lambda: _told(run, problem, was_known=was_known, dry_run=dry_run))
    sys.exit(0 if values["ok"] else 1)


@click.group("template")
def template() -> None:
    """Write an empty table to be filled in with Excel or WPS."""


@template.command("service-records")
@click.argument("file", type=_NEW_FILE)
@click.option(
    "--organisation", "name", help="Whose evaluations and activities are offered; the district's if left out."
)
@click.option("--activities", "offers", is_flag=True, help="Offer the titles of its activities to choose from.")
@as_json
@refusing
def template_service_records(file: Path, name: str | None, offers: bool, as_json: bool) -> None:
    """Write an empty roster (名册模板) as xlsx: columns of text, lists to choose from, an example, instructions."""
    with Bank.open(settings()) as bank:
        organisation = organisation_named(bank, name, as_json)
        file.write_bytes(roster_template.template(bank, organisation, offers_activities=offers))
    result({"file": str(file)}, as_json, lambda: shown.print(f"Wrote {file}.", markup=False))


def _committed(bank: Bank, by: By, run: Run, choices: dict[int, list[str]], *, partial: bool, quiet: bool) -> Run:
    with steps(quiet) as step:
        return roster_posting.commit(
            bank,
            by,
            run,
            mode="partial" if partial else "all",
            choices=choices,
            step=lambda done, total: step("rows posted", done, total),
        )


def _choices(chosen: Sequence[str]) -> dict[int, list[str]]:
    made: dict[int, list[str]] = {}
    for one in chosen:
        row, _, choice = one.partition("=")
        if not row.isdigit() or not choice:
            raise click.UsageError(f"--choose {one}: write ROW=CHOICE, such as 3=1234567894")
        made.setdefault(int(row), []).append(choice)
    return made


def _activity(bank: Bank, id: UUID | None, json_wanted: bool) -> Activity | None:
    found = None if id is None else activities.find(bank, id)
    if id is not None and found is None:
        refuse(f"there is no activity {id}", json_wanted)
    return found


def _told(run: Run, problem: str | None, *, was_known: bool, dry_run: bool) -> None:
    report_shown(run)
    left_out = f"; {run.left_out} left out" if run.left_out else ""
    if problem is not None:
        shown.print(f"Nothing was posted. {problem}")
    elif was_known:
        shown.print(f"This very file was brought in before: {run.made} rows were posted then, none now.")
    elif dry_run:
        shown.print(f"{run.rows} rows can be posted. Nothing was changed.")
    else:
        shown.print(f"{run.made} records posted or handed in for review; {run.refused} refused{left_out}.")
    if run.report.notes:
        said.print(f"{len(run.report.notes)} remarks, none of them a fault; --report FILE.xlsx shows where.")
