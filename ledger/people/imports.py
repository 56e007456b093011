"""Imports: a file is checked, its report is read by somebody, and only then it is committed, all of it or nothing.

What waits in between is personal and stands sealed; it is gone once it was committed, or after `WAITS_DAYS`. So does
the file, to be given back marked up; it is gone after the same days, or when somebody is erased.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Changes, Page, Request
from ledger.core.refusals.people import ImportExpired
from ledger.core.refusals.refusal import Refused
from ledger.people import sealing
from ledger.people.organisations import Organisation
from ledger.store import imports as store
from ledger.store import rows
from ledger.tables import Fault

WAITS_DAYS = 7
_DAY = 24 * 60 * 60 * 1_000_000
CHECKED, COMMITTING, COMMITTED, EXPIRED = "checked", "committing", "committed", "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the file alone does not tell, and nobody guesses: whoever commits must answer for this row."""

    row: int
    code: str
    zh: str
    en: str
    candidates: tuple[str, ...] = ()
    """Volunteer numbers it may be about, or ids of activities."""
    shown: tuple[str, ...] = ()
    """How each candidate is told from the others, names masked."""
    rows: tuple[int, ...] = ()
    """Other rows it may be about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found in a file. It quotes no cell."""

    faults: tuple[Fault, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[Fault, ...] = ()
    """What is no fault but should be known: rows recorded already, formulas that were read, totals that were not."""
    ignored: tuple[str, ...] = ()
    """Headers of columns that were not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One file that was brought in for an organisation. `rows` could be read; `made` is how many records it became.

    While it is committed, `done` of `total` rows have their outcome; `refused` were refused one by one, `left_out` had
    faults or questions and were not tried.
    """

    id: UUID
    kind: str
    organisation_id: UUID
    organisation_path: str
    state: str
    rows: int
    report: Report
    created_at: int
    settled_at: int | None
    made: int
    total: int
    done: int
    refused: int
    left_out: int


def digest_of(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def known(bank: Bank, kind: str, organisation: Organisation, digest: bytes) -> Run | None:
    """The run that already brought in the very same file, with nothing left out."""
    with bank.store.reading() as connection:
        row = store.committed(connection, kind, organisation.id, digest)
    return _from(row) if row else None


def keep(
    bank: Bank,
    by: By,
    kind: str,
    organisation: Organisation,
    digest: bytes,
    report: Report,
    waiting: Sequence[Mapping[str, Any]],
    content: bytes,
) -> Run:
    """Keep a checked file until it is committed. What waited too long is forgotten on the way."""
    id = bank.world.new_id()
    sealed = _sealed(bank, id, waiting)
    file = sealing.of(bank).seal(base64.b64encode(content).decode(), place=file_place_of(id))
    with bank.changing(by) as change:
        store.expire(change.connection, change.now - WAITS_DAYS * _DAY)
        row = {
            "id": id,
            "kind": kind,
            "organisation_id": organisation.id,
            "digest": digest,
            "state": CHECKED,
            "rows": len(waiting),
            "report": json.dumps(asdict(report), ensure_ascii=False),
            "sealed": sealed,
            "file": file,
            "created_at": change.now,
            "created_by": by.actor,
            "settled_at": None,
            **dict.fromkeys(("commit_client", "commit_key", "commit_request")),
            **dict.fromkeys(("made", "total", "done", "refused", "left_out"), 0),
        }
        change.add("import_run", row)
        change.audit("check", f"import_{kind}", id, after={"rows": len(waiting), "faults": len(report.faults)})
    return _from(row | {"organisation_path": organisation.path})


def find(bank: Bank, id: UUID) -> Run | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "import_run", id=id)
    return _from(row) if row else None


def page(bank: Bank, kind: str, *, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[Run]:
    """The runs of a kind for these organisations and all below them, the newest first."""
    with bank.store.reading() as connection:
        found = rows.page(
            connection,
            "import_run",
            order=("id",),
            after=after,
            limit=limit,
            within=within,
            newest_first=True,
            kind=kind,
        )
    return found.each(_from)


def waiting(bank: Bank, run: Run) -> list[dict[str, Any]]:
    """The rows of a checked run, opened. Refuses ImportExpired."""
    with bank.store.reading() as connection:
        row = rows.find(connection, "import_run", id=run.id)
    if row is None or row["sealed"] is None:
        raise Refused(ImportExpired(days=WAITS_DAYS))
    found: list[dict[str, Any]] = json.loads(sealing.of(bank).open(row["sealed"], place=place_of(run.id)))
    return found


def file_of(bank: Bank, run: Run) -> bytes:
    """The file as it was brought in. Refuses ImportExpired."""
    with bank.store.reading() as connection:
        row = rows.find(connection, "import_run", id=run.id)
    if row is None or row["file"] is None:
        raise Refused(ImportExpired(days=WAITS_DAYS))
    return base64.b64decode(sealing.of(bank).open(row["file"], place=file_place_of(run.id)))


def amend(bank: Bank, by: By, run: Run, faults: Sequence[Fault]) -> None:
    """Things changed since the file was checked: these rows cannot be committed any more."""
    wrong = {fault.row for fault in faults}
    report = replace(
        run.report,
        faults=(*run.report.faults, *faults),
        questions=tuple(question for question in run.report.questions if question.row not in wrong),
    )
    left = [row for row in waiting(bank, run) if row["row"] not in wrong]
    with bank.changing(by) as change:
        row = {"report": json.dumps(asdict(report), ensure_ascii=False), "sealed": _sealed(bank, run.id, left)}
        change.change("import_run", run.id, row | {"rows": len(left)})
        change.audit("check", f"import_{run.kind}", run.id, after={"rows": len(left), "faults": len(report.faults)})


def begin(
    bank: Bank, by: By, run: Run, decided: Sequence[Mapping[str, Any]], *, left_out: int, request: Request | None
) -> None:
    """From now on these rows are posted one by one, whatever happens in between. Somebody else may have begun: then
    what they decided stands.
    """
    row: dict[str, Any] = {"sealed": _sealed(bank, run.id, decided), "total": len(decided), "left_out": left_out}
    if request is not None:
        row |= {"commit_client": request.client, "commit_key": request.key, "commit_request": request.digest}
    with bank.changing(by) as change:
        if store.begin(change.connection, run.id, row):
            change.audit("begin", f"import_{run.kind}", run.id, after={"rows": len(decided), "left_out": left_out})


def is_reused(bank: Bank, run: Run, request: Request) -> bool:
    """Whether this key already committed another run, or was sent with something else."""
    with bank.store.reading() as connection:
        known = store.committed_under(connection, request.client, request.key)
    return any(one != (run.id, request.digest) for one in known)


def advance(bank: Bank, run: Run, done: int) -> None:
    """So many of its rows have their outcome."""
    with bank.store.changing() as connection:
        store.advance(connection, run.id, done)


def settle(change: Changes, run: Run, made: int, *, refused: int = 0, left_out: int = 0) -> bool:
    """Say in the same transaction what it became; False where somebody else committed it meanwhile."""
    if not store.settle(change.connection, run.id, now=change.now, made=made, refused=refused, left_out=left_out):
        return False
    change.audit("commit", f"import_{run.kind}", run.id, after={"made": made, "refused": refused, "left_out": left_out})
    return True


def _sealed(bank: Bank, id: UUID, rows: Sequence[Mapping[str, Any]]) -> bytes:
    return sealing.of(bank).seal(json.dumps(rows, ensure_ascii=False), place=place_of(id))


def _from(row: Mapping[str, Any]) -> Run:
    told = json.loads(row["report"])
    report = Report(
        faults=tuple(Fault(**each) for each in told["faults"]),
        notes=tuple(Fault(**each) for each in told["notes"]),
        questions=tuple(
            Question(**each | {name: tuple(each[name]) for name in ("candidates", "shown", "rows")})
            for each in told["questions"]
        ),
        ignored=tuple(told["ignored"]),
    )
    return Run(**{name: row[name] for name in Run.__slots__ if name != "report"}, report=report)


def place_of(id: UUID) -> str:
    """Where the rows of a run that wait are sealed for, and below where its file is."""
    return f"import/{id}"


def file_place_of(id: UUID) -> str:
    return f"{place_of(id)}/file"
