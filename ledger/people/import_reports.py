"""The report of an import as a workbook: the rows as they were brought, what is wrong said where it is, to be mended
there and brought again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.bank import Bank
from ledger.people import imports
from ledger.people.imports import Question, Run
from ledger.tables import Column, Fault, Manners, columns, read
from ledger.tables.columns import Sheet
from ledger.tables.faults import place_of
from ledger.tables.marking import Mark, marked

WRONG = "问题 What is wrong"
"""What heads the column that the workbook adds; it is not read when it is brought again."""
ANSWERED_IN = {
    "ambiguous_name": ("volunteer_no", "志愿者编号"),
    "ambiguous_activity": ("activity", "活动"),
}
"""In which column (its key, its header where the file has none) a question is answered."""


def workbook(
    bank: Bank, run: Run, known: Sequence[Column], manners: Manners, *, outcomes: Sequence[Mark] = ()
) -> bytes:
    """The file of a run, marked up; `outcomes` are what became of rows already. Refuses ImportExpired."""
    sheet = columns.sheet_of(read(imports.file_of(bank, run)), known, manners)
    added: dict[int, str] = {}
    marks = [_mark(fault, "fault") for fault in run.report.faults if fault.row]
    marks += [_mark(fault, "note") for fault in run.report.notes if fault.row]
    if run.state == imports.CHECKED:
        marks += [mark for question in run.report.questions for mark in _asked(question, sheet, added)]
    return marked(sheet, [*marks, *outcomes], title=WRONG, added=added)


def _mark(fault: Fault, tone: str) -> Mark:
    column = place_of(fault.column) if fault.column else None
    return Mark(row=fault.row or 0, column=column, tone=tone, said=f"{fault.zh} / {fault.en}")  # type: ignore[arg-type]


def _asked(question: Question, sheet: Sheet, added: dict[int, str]) -> Iterator[Mark]:
    """The question, in the cell where it is answered: in a column of its own where the file has none."""
    key, header = ANSWERED_IN.get(question.code, (None, ""))
    width = max(len(row) for row in sheet.rows)
    place = None if key is None else sheet.placed.get(key)
    if place is None and key is not None:
        place = next((at for at, known in added.items() if known == header), width + len(added))
        added[place] = header
    shown = zip(question.candidates, question.shown or question.candidates, strict=True)
    candidates = "; ".join(f"{candidate} = {mask}" for candidate, mask in shown)
    said = f"{question.zh} / {question.en}: {candidates}" if candidates else f"{question.zh} / {question.en}"
    yield Mark(row=question.row, column=place, tone="question", said=said, choices=question.candidates)
