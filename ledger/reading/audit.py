"""The audit as its auditor reads it: who did what to which object, when, from which device, and what was refused."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from ledger.bank import Bank, Page
from ledger.store import audit


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for; None is anything. Days are the bank's, both included."""

    actor: UUID | None = None
    device: UUID | None = None
    subject_kind: str | None = None
    subject_id: str | None = None
    action: str | None = None
    outcome: str | None = None
    organisation: UUID | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the audit."""

    id: UUID
    recorded_at: int
    """Microseconds since 1970 UTC."""
    actor_kind: str
    actor_id: UUID
    actor_name: str | None
    """Of staff only."""
    device_id: UUID | None
    action: str
    outcome: str
    """done, viewed or refused."""
    subject_kind: str
    subject_id: str
    organisation_id: UUID | None
    change: Mapping[str, Any]


def lines(bank: Bank, asked: Asked, *, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[Line]:
    """Lines of the organisations at and below these paths, the newest first. Whoever may read the root reads also
    those that belong to no organisation.
    """
    equal = {
        "actor_id": asked.actor,
        "device_id": asked.device,
        "subject_kind": asked.subject_kind,
        "subject_id": asked.subject_id,
        "action": asked.action,
        "outcome": asked.outcome,
        "organisation_id": asked.organisation,
    }
    whole = any(path.count("/") == 1 for path in within)
    with bank.store.reading() as connection:
        rows = audit.search(
            connection,
            within=None if whole else within,
            equal={name: value for name, value in equal.items() if value is not None},
            since=_midnight(bank, asked.since) if asked.since else None,
            before=_midnight(bank, asked.until + timedelta(days=1)) if asked.until else None,
            after=(after[0], after[1]) if after else None,
            limit=limit + 1,
        )
    found = [Line(**row | {"change": json.loads(row["change"])}) for row in rows]
    last = found[limit - 1] if len(found) > limit else None
    return Page(found[:limit], (last.recorded_at, last.id) if last else None)


def _midnight(bank: Bank, day: date) -> int:
    """When this day begins in the bank's zone."""
    return int(datetime.combine(day, time(), bank.zone).timestamp()) * 1_000_000
