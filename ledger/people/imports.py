"""Imports: a file is checked, its report is read by somebody, and only then it is committed, all of it or nothing.

What waits in between is personal and stands sealed; it is gone once it was committed, or after `WAITS_DAYS`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Changes
from ledger.core.refusals import ImportExpired, Refused
from ledger.people import sealing
from ledger.people.organisations import Organisation
from ledger.store import imports as store
from ledger.store import rows
from ledger.tables import Fault

WAITS_DAYS = 7
_DAY = 24 * 60 * 60 * 1_000_000
CHECKED, COMMITTED, EXPIRED = "checked", "committed", "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the file alone does not tell, and nobody guesses: whoever commits must answer for this row."""

    row: int
    code: str
    zh: str
    en: str
    candidates: tuple[str, ...] = ()
    """Volunteer numbers it may be about."""
    rows: tuple[int, ...] = ()
    """Other rows it may be about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found in a file. It quotes no cell."""

    faults: tuple[Fault, ...] = ()
    questions: tuple[Question, ...] = ()
    ignored: tuple[str, ...] = ()
    """Headers of columns that were not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One file that was brought in for an organisation. `made` is how many records it became."""

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


def digest_of(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def known(bank: Bank, kind: str, organisation: Organisation, digest: bytes) -> Run | None:
    """The run that already brought in the very same file."""
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
) -> Run:
    """Keep a checked file until it is committed. What waited too long is forgotten on the way."""
    id = bank.world.new_id()
    sealed = sealing.of(bank).seal(json.dumps(waiting, ensure_ascii=False), place=f"import/{id}")
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
            "created_at": change.now,
            "created_by": by.actor,
            "settled_at": None,
            "made": 0,
        }
        change.add("import_run", row)
        change.audit("check", f"import_{kind}", id, after={"rows": len(waiting), "faults": len(report.faults)})
    return _from(row | {"organisation_path": organisation.path})


def find(bank: Bank, id: UUID) -> Run | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "import_run", id=id)
    return _from(row) if row else None


def waiting(bank: Bank, run: Run) -> list[dict[str, Any]]:
    """The rows of a checked run, opened. Refuses ImportExpired."""
    with bank.store.reading() as connection:
        row = rows.find(connection, "import_run", id=run.id)
    if row is None or row["sealed"] is None:
        raise Refused(ImportExpired(days=WAITS_DAYS))
    found: list[dict[str, Any]] = json.loads(sealing.of(bank).open(row["sealed"], place=f"import/{run.id}"))
    return found


def settle(change: Changes, run: Run, made: int) -> bool:
    """Say in the same transaction what it became; False where somebody else committed it meanwhile."""
    if not store.settle(change.connection, run.id, now=change.now, made=made):
        return False
    change.audit("commit", f"import_{run.kind}", run.id, after={"made": made})
    return True


def _from(row: Mapping[str, Any]) -> Run:
    told = json.loads(row["report"])
    report = Report(
        faults=tuple(Fault(**each) for each in told["faults"]),
        questions=tuple(
            Question(**each | {"candidates": tuple(each["candidates"]), "rows": tuple(each["rows"])})
            for each in told["questions"]
        ),
        ignored=tuple(told["ignored"]),
    )
    return Run(**{name: row[name] for name in Run.__slots__ if name != "report"}, report=report)
