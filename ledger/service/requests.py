"""Requests (需求清单): whatever residents ask for, by any channel, from the moment it is received until who asked says
that it is well. Two clocks run: until somebody accepts it, and until it is closed.

Both run from when it was received; a request that is reopened has its second clock run anew. How they count (minutes
round the clock, working hours, working days) its priority says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Changes
from ledger.core.refusals.people import VolunteerClosed
from ledger.core.refusals.refusal import Refused
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.service import askers, need_settings
from ledger.service.askers import Asker, Need
from ledger.service.need_settings import NeedSettings
from ledger.service.shown_texts import redacted
from ledger.store import requests as store
from ledger.store.requests import Asked
from ledger.store.rows import Page, still

__all__ = [
    "Asked",
    "NewRequest",
    "ResidentRequest",
    "State",
    "Step",
    "again",
    "due",
    "find",
    "forget_contacts",
    "hold",
    "moment",
    "moved",
    "of_volunteer",
    "page",
    "receive",
    "steps",
]

State = Literal["received", "accepted", "dispatched", "closed", "settled", "declined", "withdrawn"]
DAY = 24 * 3_600_000_000
"""In microseconds."""
OPEN: tuple[State, ...] = ("received", "accepted", "dispatched")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """What somebody asks for. Either a volunteer, or a neighbour by name, or nobody who said who they are."""

    organisation: Organisation
    """Where it is needed."""
    kind: str
    channel: str
    words: str
    place: str = ""
    """Where, as far as everybody who works on it may know: a stairwell, a courtyard; never a flat."""
    priority: str = "normal"
    volunteer: Volunteer | None = None
    asker: Asker | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentRequest:
    id: UUID
    organisation_id: UUID
    organisation_path: str
    organisation_name: str
    volunteer_id: UUID | None
    volunteer_no: str | None
    volunteer_name: str | None
    asker: bytes | None
    channel: str
    kind: str
    priority: str
    words: str
    place: str
    state: State
    answer: str | None
    score: int | None
    reopened: int
    """How often who asked was not satisfied."""
    escalated_to: str | None
    """joint_meeting or subdistrict, until they answered."""
    begun_at: int
    """From when the second clock runs."""
    accept_due_at: int
    close_due_at: int
    received_at: int
    accepted_at: int | None
    closed_at: int | None
    closed_by: UUID | None
    taken_minutes: int
    """What the second clock counted until it was closed, all rounds together."""

    @property
    def need(self) -> Need:
        """Where its asker stands."""
        return Need(
            kind="request",
            id=self.id,
            organisation_id=self.organisation_id,
            volunteer_no=self.volunteer_no,
            asker=self.asker,
        )

    def is_overdue(self, now: int) -> bool:
        """Whether one of its clocks has run out, and it is still open."""
        return self.state in OPEN and (
            (self.accepted_at is None and self.accept_due_at < now) or self.close_due_at < now
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that was done about it."""

    id: UUID
    step: str
    words: str
    recorded_at: int


def receive(bank: Bank, by: By, new: NewRequest) -> ResidentRequest:
    """A request comes in; both clocks begin, and contacts that nobody needs any more are forgotten on the way. Refuses
    VolunteerClosed.
    """
    if new.volunteer is not None and new.volunteer.closed is not None:
        raise Refused(VolunteerClosed())
    limits = need_settings.settings(bank)
    now = bank.world.clock()
    with bank.changing(by) as change:
        id = change.new_id()
        row = {
            "id": id,
            "organisation_id": new.organisation.id,
            "volunteer_id": new.volunteer.id if new.volunteer else None,
            "asker": askers.seal(bank, "request", id, askers.with_words(new.asker, new.words, new.place)),
            "channel": new.channel,
            "kind": new.kind,
            "priority": new.priority,
            "words": redacted(new.words),
            "place": redacted(new.place),
            "state": "received",
            "reopened": 0,
            "begun_at": now,
            "received_at": now,
            "received_by": by.actor,
            "taken_minutes": 0,
            **due(bank, limits, new.priority, now),
        }
        change.add("request", row)
        told = {name: row[name] for name in ("channel", "kind", "priority")}
        change.audit("receive", "request", id, after=told)
        store.forget_contacts(change.connection, now - limits.contact_days * DAY)
        return again(change, id)


def forget_contacts(bank: Bank) -> None:
    """How to reach who asked is forgotten of whatever was closed `contact_days` ago and never judged."""
    limits = need_settings.settings(bank)
    with bank.store.changing() as connection:
        store.forget_contacts(connection, bank.world.clock() - limits.contact_days * DAY)


def find(bank: Bank, id: UUID) -> ResidentRequest | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return from_row(row) if row else None


def page(
    bank: Bank, *, within: Sequence[str], asked: Asked, after: Sequence[Any] | None, limit: int
) -> Page[ResidentRequest]:
    """Requests as asked, the newest first."""
    with bank.store.reading() as connection:
        found = store.page(connection, within=within, asked=asked, after=after, limit=limit)
    return found.each(from_row)


def of_volunteer(bank: Bank, volunteer: Volunteer, *, after: Sequence[Any] | None, limit: int) -> Page[ResidentRequest]:
    """Somebody's own, the newest first."""
    with bank.store.reading() as connection:
        found = store.of_volunteer(connection, volunteer.id, after=after, limit=limit)
    return found.each(from_row)


def steps(bank: Bank, request: ResidentRequest) -> list[Step]:
    """Everything that was done about it, in order."""
    with bank.store.reading() as connection:
        found = store.steps(connection, request.id)
    return [Step(**{name: row[name] for name in Step.__slots__}) for row in found]


def hold(change: Changes, id: UUID) -> ResidentRequest:
    """The request as this transaction sees it; whoever else wants to do something with it waits."""
    change.hold("request", id)
    return again(change, id)


def again(change: Changes, id: UUID) -> ResidentRequest:
    return from_row(still(store.find(change.connection, id), "request", id))


def moved(
    change: Changes, request: ResidentRequest, step: str, columns: Mapping[str, Any], words: str = ""
) -> ResidentRequest:
    """It goes a step on, and the step is written down with what was said; the words stand there only."""
    if columns:
        change.change("request", request.id, columns)
    row = {"id": change.new_id(), "request_id": request.id, "step": step, "words": words}
    change.add("request_step", row | {"recorded_at": change.now, "recorded_by": change.by.actor})
    made = again(change, request.id)
    change.audit(step, "request", request.id, before={"state": request.state}, after={"state": made.state})
    return made


def due(bank: Bank, limits: NeedSettings, priority: str, since: int) -> dict[str, int]:
    """Until when it is to be accepted and closed, in microseconds."""
    clock, its, begins = limits.clock(bank), limits.clocks[priority], moment(bank, since)
    return {
        "accept_due_at": _micros(clock.due(begins, its.accept)),
        "close_due_at": _micros(clock.due(begins, its.close)),
    }


def moment(bank: Bank, micros: int) -> datetime:
    """An instant as the clocks want it: in the bank's zone."""
    return (_EPOCH + timedelta(microseconds=micros)).astimezone(bank.zone)


def from_row(row: Mapping[str, Any]) -> ResidentRequest:
    return ResidentRequest(**{name: row[name] for name in ResidentRequest.__slots__})


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
