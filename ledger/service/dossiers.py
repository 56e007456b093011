"""Dossiers (志愿者档案): training, commendations and evaluations of volunteers (民政部令67 art. 8-10), kept where
somebody keeps them, and printed on their certificates.

What was wrong is withdrawn and kept anew: a certificate that says it is superseded from then on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By
from ledger.core.refusals.postings import ChangedMeanwhile, FutureDay
from ledger.core.refusals.refusal import Refused
from ledger.people.volunteers import Volunteer
from ledger.store import dossiers as store
from ledger.store import persons

Kind = Literal["training", "commendation", "evaluation"]
KINDS: tuple[Kind, ...] = ("training", "commendation", "evaluation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One training, commendation or evaluation."""

    id: UUID
    volunteer_id: UUID
    volunteer_no: str
    organisation_path: str
    """Where the volunteer belongs."""
    kind: Kind
    on_day: date
    title: str
    given_by: str
    """Who trained, commended or evaluated."""
    detail: str | None
    """Where and what of, or the result."""
    minutes: int | None
    """How long a training was."""
    withdrawn_at: int | None


def keep(
    bank: Bank,
    by: By,
    volunteer: Volunteer,
    *,
    kind: Kind,
    on_day: date,
    title: str,
    given_by: str,
    detail: str | None = None,
    minutes: int | None = None,
) -> Entry:
    """Keep an entry. Refuses FutureDay."""
    if on_day > bank.today():
        raise Refused(FutureDay(on=on_day.isoformat(), today=bank.today().isoformat()))
    with bank.changing(by) as change:
        id = change.new_id()
        row = {
            "id": id,
            "volunteer_id": volunteer.id,
            "kind": kind,
            "on_day": on_day,
            "title": title,
            "given_by": given_by,
            "detail": detail,
            "minutes": minutes,
            "recorded_at": change.now,
            "recorded_by": by.actor,
        }
        change.add("dossier_entry", row)
        told = {"kind": kind, "on": on_day}
        change.audit("keep", "dossier_entry", id, organisation=volunteer.organisation_id, after=told)
        return _from(store.find(change.connection, id) or {})


def withdraw(bank: Bank, by: By, entry: Entry) -> Entry:
    """It was not so. Refuses ChangedMeanwhile where it was withdrawn before."""
    with bank.changing(by) as change:
        change.hold("dossier_entry", entry.id)
        now = store.find(change.connection, entry.id)
        if now is None or now["withdrawn_at"] is not None:
            raise Refused(ChangedMeanwhile())
        change.change("dossier_entry", entry.id, {"withdrawn_at": change.now, "withdrawn_by": by.actor})
        change.audit("withdraw", "dossier_entry", entry.id, before={"kind": entry.kind, "on": entry.on_day})
        return _from(store.find(change.connection, entry.id) or {})


def find(bank: Bank, id: UUID) -> Entry | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return _from(row) if row else None


def of_volunteer(bank: Bank, volunteer: Volunteer) -> list[Entry]:
    """What stands of this volunteer, the earliest first."""
    with bank.store.reading() as connection:
        return [_from(row) for row in store.of_people(connection, sorted(persons.ids_of(connection, volunteer.id)))]


def _from(row: Mapping[str, Any]) -> Entry:
    return Entry(**{name: row[name] for name in Entry.__slots__})
