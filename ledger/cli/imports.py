"""Bringing in what stands in spreadsheets."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from ledger.bank import Bank, By
from ledger.cli.console import as_json, refuse, refusing, result, said, settings, shown, table
from ledger.core.refusals.refusal import Refused
from ledger.people import organisations, volunteer_imports
from ledger.people.imports import COMMITTED, Question, Run
from ledger.people.organisations import Organisation
from ledger.people.volunteer_imports import ANSWERS
from ledger.tables import TableRefused

SHOWN_MAX = 50


@click.group("import")
def import_() -> None:
    """Bring in what stands in spreadsheets (xlsx, xls, ods, csv): checked first, then all of it or nothing."""


@import_.command("volunteers")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", "name", help="Name or id of the organisation; the district at the root if left out.")
@click.option("--dry-run", is_flag=True, help="Check the file and change nothing.")
@click.option("--leave-out-faulty", is_flag=True, help="Register the rows without faults, leave out the others.")
@click.option(
    "--same-name",
    type=click.Choice(ANSWERS),
    help="What rows are whose name is registered or stands there twice; they are never guessed about.",
)
@as_json
@refusing
def import_volunteers(
    file: Path, name: str | None, dry_run: bool, leave_out_faulty: bool, same_name: str | None, as_json: bool
) -> None:
    """Register everybody in a roster (志愿者名册). The columns are found by their headers: 姓名, 所属组织, ...

    The same file again registers nobody twice. Exit code 1: faults or open questions, and nothing was registered.
    """
    with Bank.open(settings()) as bank:
        by = By(actor=bank.world.new_id())
        organisation = organisation_named(bank, name, as_json)
        try:
            run = volunteer_imports.check(bank, by, organisation, file.read_bytes())
        except TableRefused as no:
            refuse(f"{file.name}: {no.en} ({no.zh})", as_json)
        was_known = run.state == COMMITTED
        answers = {question.row: same_name for question in run.report.questions if same_name}
        problem = None
        if not dry_run:
            try:
                run = volunteer_imports.commit(bank, by, run, answers=answers, leave_out_faulty=leave_out_faulty)
            except Refused as no:
                problem = no.refusal.sentence("en")
    is_clean = not run.report.faults and (not run.report.questions or same_name is not None)
    values = {
        "ok": problem is None and (is_clean or not dry_run),
        "state": run.state,
        "rows": run.rows,
        "registered": 0 if was_known else run.made,
        "known_before": was_known,
        **faults_told(run),
    }
    result(values, as_json, lambda: _told(run, problem, was_known=was_known, dry_run=dry_run))
    sys.exit(0 if values["ok"] else 1)


def organisation_named(bank: Bank, name: str | None, json_wanted: bool) -> Organisation:
    root = organisations.root(bank)
    if name is None:
        return root
    page = organisations.page(bank, within=[root.path], after=None, limit=volunteer_imports.ORGANISATIONS_MAX)
    found = [one for one in page.items if name in (one.name, str(one.id))]
    if len(found) != 1:
        said_of = "no organisation is" if not found else f"{len(found)} organisations are"
        refuse(f"{said_of} called {name}; give its id", json_wanted)
    return found[0]


def faults_told(run: Run) -> dict[str, Any]:
    """What was found in the file, for the JSON line."""
    return {
        "faults": [
            {"row": fault.row, "column": fault.column, "code": fault.code, "said": fault.en}
            for fault in run.report.faults
        ],
        "questions": [
            {"row": question.row, "code": question.code, "said": question.en, "candidates": question.candidates}
            for question in run.report.questions
        ],
        "notes": [
            {"row": note.row, "column": note.column, "code": note.code, "said": note.en} for note in run.report.notes
        ],
        "ignored_columns": run.report.ignored,
    }


def report_shown(run: Run) -> None:
    """What was found in the file, in words."""
    if run.report.faults or (run.report.questions and run.state != COMMITTED):
        made = table("", "row", "column", "what")
        lines = [(fault.row, fault.column, fault.zh, fault.en) for fault in run.report.faults]
        lines += [
            (question.row, None, question.zh, "\n".join([question.en, *_candidates(question)]))
            for question in run.report.questions
        ]
        for row, column, zh, en in lines[:SHOWN_MAX]:
            made.add_row(str(row or ""), column or "", f"{en}\n{zh}")
        shown.print(made)
        if len(lines) > SHOWN_MAX:
            shown.print(f"… and {len(lines) - SHOWN_MAX} more")
    if run.report.ignored:
        said.print(f"Columns not read: {'、'.join(run.report.ignored)}", markup=False)


def _candidates(question: Question) -> list[str]:
    return [f"  {choice}  {escape(mask)}" for choice, mask in zip(question.candidates, question.shown, strict=False)]


def _told(run: Run, problem: str | None, *, was_known: bool, dry_run: bool) -> None:
    report_shown(run)
    if problem is not None:
        shown.print(f"Nothing was registered. {problem}")
    elif was_known:
        shown.print(f"This very file was brought in before: {run.made} were registered then, nobody now.")
    elif dry_run:
        shown.print(f"{run.rows} rows can be registered. Nothing was changed.")
    else:
        shown.print(f"{run.made} volunteers registered.")
