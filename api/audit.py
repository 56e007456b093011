"""The audit: who did what to which object, when, from which device, before and after; what was refused, and who
looked at whom.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import CursorParameter, Day, Form, Id
from api.pagination import Keyset, PageQuery
from api.rendering import Answer, instant
from api.routes import Call, Routes
from api.scopes import Scope
from ledger.bank import Note
from ledger.core.cells import neutralised
from ledger.reading import audit
from ledger.reading.audit import Asked, Line

routes = Routes("audit")
_keyset = Keyset(int, UUID)

EXPORT_MAX = 20_000
"""How many lines one file holds; the Link of the answer leads to the next."""
COLUMNS = (
    *("recorded_at", "actor_kind", "actor_id", "actor_name", "device_id", "action", "outcome"),
    *("subject_kind", "subject_id", "organisation_id", "change"),
)

ActorKind = Literal["staff", "volunteer", "device", "operator", "nobody"]
Outcome = Literal["done", "viewed", "refused"]
Code = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern="^[A-Za-z0-9_.:/@-]+$")]


class Search(Form):
    """What to look for. Days are business days, both included."""

    actor: Id | None = None
    device: Id | None = None
    subject_kind: Code | None = None
    subject_id: Code | None = None
    action: Code | None = None
    outcome: Outcome | None = None
    organisation_id: Id | None = None
    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")


class AuditQuery(Search, PageQuery):
    """What to look for, a page at a time."""


class ExportQuery(Search):
    """What to look for, and where the last file ended."""

    cursor: CursorParameter | None = None


class LineAnswer(TypedDict):
    """One line. `actor_name` only of staff; `change` holds what stood there before and after, or what was looked at."""

    id: str
    recorded_at: str
    actor_kind: ActorKind
    actor_id: str
    actor_name: str | None
    device_id: str | None
    action: str
    outcome: Outcome
    subject_kind: str
    subject_id: str
    organisation_id: str | None
    change: dict[str, Any]


@routes.get("/audit", scope=Scope.AUDIT_READ, query=AuditQuery, answer=page_of(LineAnswer))
def page(call: Call, query: AuditQuery) -> Answer:
    """Search the audit, the newest lines first."""
    found = audit.lines(call.bank, _asked(query), within=call.within, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _told)


@routes.get("/audit/export", scope=Scope.AUDIT_READ, query=ExportQuery, answer=str, media_type="text/csv")
def export(call: Call, query: ExportQuery) -> Answer:
    """Take the result of a search away as a CSV file."""
    paged = PageQuery(cursor=query.cursor)
    found = audit.lines(call.bank, _asked(query), within=call.within, after=_keyset.after(paged), limit=EXPORT_MAX)
    call.bank.noted(call.by, Note(action="export", kind="audit", subject="lines", change={"lines": len(found.items)}))
    written = io.StringIO(newline="")
    sheet = csv.writer(written)
    sheet.writerow(COLUMNS)
    for line in found.items:
        sheet.writerow([neutralised(cell) for cell in _cells(_told(line))])
    link = _keyset.answer(found, _told).headers
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"', **link}
    return Answer(written.getvalue().encode("utf-8-sig"), headers=headers, media_type="text/csv; charset=utf-8")


def _cells(told: LineAnswer) -> list[str | None]:
    cells: dict[str, Any] = {**told, "change": json.dumps(told["change"], ensure_ascii=False)}
    return [cells[column] for column in COLUMNS]


def _asked(query: Search) -> Asked:
    return Asked(
        actor=query.actor,
        device=query.device,
        subject_kind=query.subject_kind,
        subject_id=query.subject_id,
        action=query.action,
        outcome=query.outcome,
        organisation=query.organisation_id,
        since=query.since,
        until=query.until,
    )


def _told(line: Line) -> LineAnswer:
    return {
        "id": str(line.id),
        "recorded_at": instant(line.recorded_at),
        "actor_kind": line.actor_kind,  # type: ignore[typeddict-item]
        "actor_id": str(line.actor_id),
        "actor_name": line.actor_name,
        "device_id": str(line.device_id) if line.device_id else None,
        "action": line.action,
        "outcome": line.outcome,  # type: ignore[typeddict-item]
        "subject_kind": line.subject_kind,
        "subject_id": line.subject_id,
        "organisation_id": str(line.organisation_id) if line.organisation_id else None,
        "change": dict(line.change),
    }
