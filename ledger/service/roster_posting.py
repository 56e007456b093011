"""What was checked is posted: all rows or none, unless whoever commits chooses otherwise.

What is to be posted is kept before the first row is, and each row is posted under a key made from the import and the
row: interrupted anywhere and committed again, each is posted exactly once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Request
from ledger.core.canonical import digest
from ledger.core.refusals.people import ImportFaulty, QuestionsOpen
from ledger.core.refusals.refusal import Refused
from ledger.people import imports, volunteers
from ledger.people.imports import COMMITTED, COMMITTING, Question, Run
from ledger.people.volunteers import Volunteer
from ledger.service import activities, records
from ledger.service.records import Claim
from ledger.service.roster_judging import GONE, Entry, Judging
from ledger.tables import Fault

CLIENT = "imports"
"""Whose keys the rows are posted under."""
CHUNK_ROWS = 1_000
SKIP = "skip"
"""Leave the row out, whoever it is about."""

Mode = Literal["all", "partial"]
Step = Callable[[int, int], None]
"""(rows that have their outcome, of how many)."""


def commit(
    bank: Bank,
    by: By,
    run: Run,
    *,
    mode: Mode = "all",
    choices: Mapping[int, Sequence[str]] | None = None,
    request: Request | None = None,
    step: Step = lambda _done, _total: None,
) -> Run:
    """Post every row, or none; with "partial" those without faults and open questions.

    `choices` are by row: a candidate of each of its questions, or SKIP. A run that was committed answers as it did, one
    that was interrupted goes on with what was decided then. `request` is remembered with it. Refuses ImportFaulty,
    QuestionsOpen, ImportExpired.
    """
    run = _found(bank, run)
    if run.state == COMMITTED:
        return run
    if run.state != COMMITTING:
        _begin(bank, by, run, mode, choices or {}, request)
    try:
        decided = imports.waiting(bank, run)
    except Refused:
        if (settled := imports.find(bank, run.id)) and settled.state == COMMITTED:
            return settled
        raise
    made = 0
    entries = _entries(bank, decided)
    for at in range(0, len(decided), CHUNK_ROWS):
        some = slice(at, at + CHUNK_ROWS)
        made += sum(outcome.posted for outcome in _post(bank, by, run, decided[some], entries[some]))
        done = min(at + CHUNK_ROWS, len(decided))
        imports.advance(bank, run, done)
        step(done, len(decided))
    left_out = _found(bank, run).left_out
    with bank.changing(by) as change:
        imports.settle(change, run, made, refused=len(decided) - made, left_out=left_out)
    return _found(bank, run)


def is_unfit(run: Run, row: int, choice: str) -> bool:
    """Whether this is no answer to any question about this row."""
    return choice != SKIP and not any(choice in one.candidates for one in run.report.questions if one.row == row)


def key_of(run: Run, row: int) -> str:
    """Under which key a row is posted: no client can send one with `#` in it."""
    return f"{run.id.hex}#{row:05}"


def _begin(
    bank: Bank, by: By, run: Run, mode: Mode, choices: Mapping[int, Sequence[str]], request: Request | None
) -> None:
    """Decide what is posted, as things stand now, and keep that before anything is."""
    if mode == "all" and run.report.faults:
        raise Refused(ImportFaulty(faults=len(run.report.faults)))
    asked: dict[int, list[Question]] = {}
    for question in run.report.questions:
        asked.setdefault(question.row, []).append(question)
    answered: list[dict[str, Any]] = []
    open_rows = 0
    for one in imports.waiting(bank, run):
        given = choices.get(one["row"], ())
        if SKIP in given:
            continue
        answers = [_answer(question, given) for question in asked.get(one["row"], ())]
        if None in answers:
            open_rows += 1
        else:
            answered.append(one | {key: value for answer in answers if answer for key, value in answer.items()})
    if mode == "all" and open_rows:
        raise Refused(QuestionsOpen(questions=open_rows))
    decided, faults = _judged_again(bank, answered)
    if mode == "all" and faults:
        imports.amend(bank, by, run, faults)
        raise Refused(ImportFaulty(faults=len(faults)))
    faulty = {each.row for each in (*run.report.faults, *faults)}
    imports.begin(bank, by, run, decided, left_out=len(faulty) + open_rows, request=request)


def _answer(question: Question, given: Sequence[str]) -> dict[str, str] | None:
    """What the answer to a question makes of the row; None where there is none."""
    chosen = next((choice for choice in given if choice in question.candidates), None)
    if chosen is None:
        return None
    return {"volunteer_no" if question.code == "ambiguous_name" else "activity_id": chosen}


def _judged_again(bank: Bank, rows: Sequence[Mapping[str, Any]]) -> tuple[list[Mapping[str, Any]], list[Fault]]:
    """(rows that can be posted today, what is wrong with the others). What was recorded meanwhile is neither."""
    entries = [(one, entry) for one, entry in zip(rows, _entries(bank, rows), strict=True)]
    judging = Judging(bank, [(entry.activity.id, entry.served_on) for _, entry in entries if entry])
    decided: list[Mapping[str, Any]] = []
    faults: list[Fault] = []
    for one, entry in entries:
        verdict = GONE if entry is None else judging.verdict(entry)
        if verdict is None:
            decided.append(one)
        elif not verdict.is_known:
            faults.append(Fault(row=one["row"], code=verdict.code, zh=verdict.zh, en=verdict.en))
    return decided, faults


def _entries(bank: Bank, rows: Sequence[Mapping[str, Any]]) -> list[Entry | None]:
    """Each row with whom and what it names, as they stand now; None where one is gone."""
    people = _volunteers(bank, rows)
    known = activities.find_all(bank, sorted({UUID(one["activity_id"]) for one in rows}))
    return [
        Entry(
            row=one["row"],
            volunteer=volunteer,
            activity=activity,
            served_on=date.fromisoformat(one["served_on"]),
            minutes=one["minutes"],
            capture_method=one["capture_method"],
            evaluation=one["evaluation"],
        )
        if (volunteer := people.get(one["volunteer_no"])) and (activity := known.get(UUID(one["activity_id"])))
        else None
        for one in rows
    ]


def _volunteers(bank: Bank, rows: Sequence[Mapping[str, Any]]) -> dict[str, Volunteer]:
    numbers = sorted({one["volunteer_no"] for one in rows})
    found: dict[str, Volunteer] = {}
    for at in range(0, len(numbers), CHUNK_ROWS):
        found |= volunteers.find_all(bank, numbers[at : at + CHUNK_ROWS])
    return found


def _post(
    bank: Bank, by: By, run: Run, rows: Sequence[Mapping[str, Any]], entries: Sequence[Entry | None]
) -> list[Outcome]:
    """The outcome of each of these rows; of one whose volunteer or activity is gone there is none."""
    known = [(entry, one) for entry, one in zip(entries, rows, strict=True) if entry is not None]
    homes = records.homes(bank, [(entry.volunteer, entry.served_on) for entry, _ in known])
    judging = Judging(bank, ())
    roster = [
        (
            Request(CLIENT, key_of(run, entry.row), digest(json.dumps(one, sort_keys=True).encode())),
            Claim(
                volunteer=entry.volunteer,
                activity=entry.activity,
                minutes=entry.minutes,
                served_on=entry.served_on,
                capture_method=entry.capture_method,
                evaluation=entry.evaluation,
                household=homes.get((entry.volunteer.id, entry.served_on)),
            ),
            judging.rulebook(entry.activity, entry.served_on),
        )
        for entry, one in known
    ]
    return records.record_all(bank, by, roster)


def _found(bank: Bank, run: Run) -> Run:
    found = imports.find(bank, run.id)
    if found is None:
        raise LookupError(f"import {run.id} is gone")
    return found
