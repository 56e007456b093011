"""What imports are told and tell: forms, and the report of a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, NotRequired

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from api.fields import INTEGER_MAX, Form, Id
from api.rendering import instant
from ledger.people.imports import Run
from ledger.tables import Fault
from ledger.tables.reading import ROWS_MAX

TOLD_MAX = 1_000
"""How many faults, questions and notes each an answer lists; the workbook has all of them."""
Row = Annotated[int, Field(ge=1, le=INTEGER_MAX)]
State = Literal["checked", "committing", "committed", "expired"]
Choice = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern="^[0-9a-z-]+$")]


class NewImport(Form):
    """For which organisation; the file is the part named `file`."""

    organisation_id: Id


class NewRosterImport(Form):
    """For which organisation, and the activity that rows are about which name none; the file is the part `file`."""

    organisation_id: Id
    activity_id: Id | None = None


class RowAnswer(Form):
    """What a row in doubt is: somebody new, or somebody registered already, who is skipped."""

    row: Row
    answer: Literal["new", "skip"]


class RowChoice(Form):
    """Which candidate a row is about, as a question lists them; or `skip`."""

    row: Row
    choice: Choice


class Committing(Form):
    """Answers to the questions of the report; `partial` leaves out rows with faults, and of service records those with
    open questions. `leave_out_faulty` means the same. `answers` are for volunteers, `choices` for service records.
    """

    mode: Literal["all", "partial"] = "all"
    answers: Annotated[list[RowAnswer], Field(max_length=ROWS_MAX, default_factory=list)]
    choices: Annotated[list[RowChoice], Field(max_length=ROWS_MAX, default_factory=list)]
    leave_out_faulty: bool = False

    @property
    def is_partial(self) -> bool:
        return self.mode == "partial" or self.leave_out_faulty


class TableFaultAnswer(TypedDict):
    """What is wrong, and where: the row as the spreadsheet counts it, the column by its letters and its header."""

    row: int | None
    column: str | None
    header: str | None
    code: str
    message: dict[str, str]


class CandidateAnswer(TypedDict):
    """One it may be about, with the name masked, or an activity with its day and place."""

    choice: str
    shown: str


class QuestionAnswer(TypedDict):
    """What nobody guesses: `candidates` are volunteer numbers or activities, `rows` other rows, that may be meant."""

    row: int
    code: str
    message: dict[str, str]
    candidates: list[str]
    choices: list[CandidateAnswer]
    rows: list[int]


class ImportAnswer(TypedDict):
    """A file that was brought in. `rows` could be read; `made` is what they became once it was committed. While it is
    committed, `done` of `total` rows have their outcome. Of faults, questions and notes the first 1,000 are listed.
    """

    id: str
    kind: str
    organisation_id: str
    state: State
    rows: int
    made: int
    total: int
    done: int
    refused: int
    left_out: int
    faults: list[TableFaultAnswer]
    faults_count: int
    questions: list[QuestionAnswer]
    questions_count: int
    notes: list[TableFaultAnswer]
    notes_count: int
    ignored_columns: list[str]
    created_at: str
    settled_at: NotRequired[str]


def told(run: Run) -> ImportAnswer:
    """A run as the contract has it."""
    report = run.report
    answer: ImportAnswer = {
        "id": str(run.id),
        "kind": run.kind,
        "organisation_id": str(run.organisation_id),
        "state": run.state,  # type: ignore[typeddict-item]
        "rows": run.rows,
        "made": run.made,
        "total": run.total,
        "done": run.done,
        "refused": run.refused,
        "left_out": run.left_out,
        "faults": _faults(report.faults),
        "faults_count": len(report.faults),
        "questions": [
            {
                "row": question.row,
                "code": question.code,
                "message": {"zh": question.zh, "en": question.en},
                "candidates": list(question.candidates),
                "choices": [
                    {"choice": choice, "shown": shown}
                    for choice, shown in zip(question.candidates, question.shown, strict=False)
                ],
                "rows": list(question.rows),
            }
            for question in report.questions[:TOLD_MAX]
        ],
        "questions_count": len(report.questions),
        "notes": _faults(report.notes),
        "notes_count": len(report.notes),
        "ignored_columns": list(report.ignored),
        "created_at": instant(run.created_at),
    }
    if run.settled_at is not None:
        answer["settled_at"] = instant(run.settled_at)
    return answer


def _faults(found: Sequence[Fault]) -> list[TableFaultAnswer]:
    return [
        {
            "row": fault.row,
            "column": fault.column,
            "header": fault.header,
            "code": fault.code,
            "message": {"zh": fault.zh, "en": fault.en},
        }
        for fault in found[:TOLD_MAX]
    ]
