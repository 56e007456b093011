"""A roster (名册) becomes service records: each row checked, each doubt asked about, before anything is posted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from ledger.bank import Bank, By
from ledger.people import imports
from ledger.people.imports import Report, Run
from ledger.people.organisations import Organisation
from ledger.service.activities import Activity
from ledger.service.roster_columns import COLUMNS, MANNERS, Told, columns_of, fault, told
from ledger.service.roster_judging import COLUMNS_OF, Entry, Judging
from ledger.service.roster_matching import Match, Matching
from ledger.tables import Fault, read, table_of

KIND = "service_records"


def check(
    bank: Bank,
    by: By,
    organisation: Organisation,
    content: bytes,
    *,
    within: Sequence[str],
    activity: Activity | None = None,
) -> Run:
    """Read a roster and keep what it would become; the same file again is recognised. Refuses TableRefused.

    `within` is how far the caller may look; `activity` is what rows are about that name none.
    """
    seen = imports.digest_of(content) if activity is None else hashlib.sha256(content + activity.id.bytes).digest()
    if before := imports.known(bank, KIND, organisation, seen):
        return before
    table = table_of(read(content), COLUMNS, MANNERS)
    faults, notes = list(table.faults), list(table.notes)
    said: list[Told] = []
    for row in table.rows:
        one, unfit_cells = told(row)
        faults += unfit_cells
        if not unfit_cells:
            said.append(one)
    matching = Matching(bank, said, within=within, below=organisation.path, activity=activity)
    matches = [matching.match(one) for one in said]
    faults += [each for match in matches for each in match.faults]
    kept, wrong, known = _judged(bank, [match for match in matches if not match.faults])
    report = Report(
        faults=_in_order([*faults, *wrong]),
        questions=tuple(question for match in matches for question in match.questions),
        notes=_in_order([*notes, *known]),
        ignored=tuple(header[:50] for header in table.ignored[:50]),
    )
    return imports.keep(bank, by, KIND, organisation, seen, report, [_waiting(bank, match) for match in kept], content)


def _judged(bank: Bank, matches: Sequence[Match]) -> tuple[list[Match], list[Fault], list[Fault]]:
    """(what can be posted or is asked about, faults, what should be known)."""
    about = [(match.activity.id, match.served_on) for match in matches if match.activity and match.served_on]
    judging = Judging(bank, about)
    kept: list[Match] = []
    faults: list[Fault] = []
    notes: list[Fault] = []
    for match in matches:
        row = match.told.row
        entry = _entry(bank, match)  # none while a question is open: it is judged when that is answered
        verdict = None if entry is None else judging.verdict(entry)
        if verdict is not None:
            column = columns_of(row, *COLUMNS_OF.get(verdict.code, ()))
            told_of = row.fault(column, verdict.code, verdict.zh, verdict.en)
            (notes if verdict.is_known else faults).append(told_of)
            continue
        kept.append(match)
        if match.told.capture_method is None and _method(bank, match) == "backfilled":
            column = columns_of(row, "served_on", "activity")
            notes.append(fault(row, column, "taken_as_backfilled", days=bank.settings.roster_days))
    return kept, faults, notes


def _entry(bank: Bank, match: Match) -> Entry | None:
    if match.volunteer is None or match.activity is None or match.served_on is None or match.told.minutes is None:
        return None
    return Entry(
        row=match.told.row.number,
        volunteer=match.volunteer,
        activity=match.activity,
        served_on=match.served_on,
        minutes=match.told.minutes,
        capture_method=_method(bank, match),
        evaluation=match.told.evaluation,
    )


def _method(bank: Bank, match: Match) -> str:
    """As the row says; else a roster, and a back-fill where the day is long ago."""
    if match.told.capture_method is not None:
        return match.told.capture_method
    long_ago = bank.today() - timedelta(days=bank.settings.roster_days)
    return "backfilled" if match.served_on is not None and match.served_on < long_ago else "roster"


def _in_order(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda each: (each.row or 0, each.column or "")))


def _waiting(bank: Bank, match: Match) -> dict[str, Any]:
    """What is kept of a row until it is committed: no name."""
    return {
        "row": match.told.row.number,
        "volunteer_no": match.volunteer.volunteer_no if match.volunteer else None,
        "activity_id": str(match.activity.id) if match.activity else None,
        "served_on": match.served_on.isoformat() if match.served_on else None,
        "minutes": match.told.minutes,
        "capture_method": _method(bank, match),
        "evaluation": match.told.evaluation,
    }
