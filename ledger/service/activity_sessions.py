"""The sessions of an activity: when and where it takes place, and for how many. One may run past midnight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Changes
from ledger.core.refusals.activities import SessionOver, SessionTimesWrong
from ledger.core.refusals.refusal import Refused
from ledger.people.organisations import Organisation
from ledger.service import activities, places
from ledger.service.activities import Activity
from ledger.service.served_spans import MINUTE
from ledger.store import activities as store
from ledger.store.rows import still

HOURS_MAX = 24
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """What is said of a session when it is made."""

    starts_at: int
    """Instants in microseconds since 1970 UTC."""
    ends_at: int
    place: str | None = None
    """None: the activity's."""
    capacity: int | None = None
    """None: the activity's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitySession:
    id: UUID
    activity_id: UUID
    organisation_id: UUID
    organisation_path: str
    starts_at: int
    ends_at: int
    place: str | None
    capacity: int | None
    closed_at: int | None
    """From when on nobody is checked in or out any more, and its attendance is handed in."""
    closed_by: UUID | None

    def places(self, activity: Activity) -> int | None:
        """How many may come; None: as many as like."""
        return activity.capacity if self.capacity is None else self.capacity


def announce(
    bank: Bank, by: By, *, organisation: Organisation, timetables: Sequence[Timetable], fields: Mapping[str, Any]
) -> tuple[Activity, list[ActivitySession]]:
    """A new activity with its sessions, or nothing of it. Refuses InsuranceMissing, SessionTimesWrong."""
    with bank.changing(by) as change:
        made = activities.add(change, organisation=organisation, **fields)
        sessions = [add_to(change, made, timetable) for timetable in timetables]
    return made, sorted(sessions, key=lambda each: (each.starts_at, each.id))


def add(bank: Bank, by: By, activity: Activity, timetable: Timetable) -> ActivitySession:
    """One more session. Refuses ActivityOver, SessionTimesWrong."""
    with bank.changing(by) as change:
        now = activities.hold(change, activity.id)
        activities.refuse_over(now)
        made = add_to(change, now, timetable)
        _follow(bank, change, now)
    return made


def add_to(change: Changes, activity: Activity, timetable: Timetable) -> ActivitySession:
    """The same within a transaction that does more."""
    _refuse_times(timetable.starts_at, timetable.ends_at)
    row = {name: getattr(timetable, name) for name in Timetable.__slots__}
    id = change.new_id()
    change.add("activity_session", row | {"id": id, "activity_id": activity.id, "created_at": change.now})
    change.audit("add", "activity_session", id, after={"activity_id": activity.id, **_told(row)})
    return again(change, id)


def change_session(bank: Bank, by: By, session: ActivitySession, fields: Mapping[str, Any]) -> ActivitySession:
    """Another time, place or capacity. Refuses ActivityOver, SessionOver, SessionTimesWrong."""
    with bank.changing(by) as change:
        activity = activities.hold(change, session.activity_id)
        activities.refuse_over(activity)
        now = again(change, session.id)
        if now.closed_at is not None:
            raise Refused(SessionOver())
        after = {name: value for name, value in fields.items() if value != getattr(now, name)}
        if not after:
            return now
        _refuse_times(after.get("starts_at", now.starts_at), after.get("ends_at", now.ends_at))
        change.change("activity_session", now.id, after)
        before = {name: getattr(now, name) for name in after}
        change.audit("change", "activity_session", now.id, before=_told(before), after=_told(after))
        _follow(bank, change, activity)
        places.move_up(change, now.id, again(change, now.id).places(activity))
        return again(change, now.id)


def find(bank: Bank, id: UUID) -> ActivitySession | None:
    with bank.store.reading() as connection:
        row = store.session(connection, id)
    return from_row(row) if row else None


def of(bank: Bank, found: Sequence[UUID]) -> dict[UUID, list[ActivitySession]]:
    """The sessions of each of these activities, the earliest first."""
    with bank.store.reading() as connection:
        rows = store.sessions_of(connection, found)
    made: dict[UUID, list[ActivitySession]] = {id: [] for id in found}
    for row in rows:
        made[row["activity_id"]].append(from_row(row))
    return made


def all_of(change: Changes, activity_id: UUID) -> list[ActivitySession]:
    """The sessions of an activity as this transaction sees them, the earliest first."""
    return [from_row(row) for row in store.sessions_of(change.connection, [activity_id])]


def again(change: Changes, id: UUID) -> ActivitySession:
    """The session as this transaction sees it."""
    return from_row(still(store.session(change.connection, id), "session", id))


def day_of(bank: Bank, instant: int) -> date:
    """The business day of an instant, in the bank's zone."""
    return (_EPOCH + timedelta(microseconds=instant)).astimezone(bank.zone).date()


def from_row(row: Mapping[str, Any]) -> ActivitySession:
    return ActivitySession(**{field: row[field] for field in ActivitySession.__slots__})


def _follow(bank: Bank, change: Changes, activity: Activity) -> None:
    """The day of the activity is that of its first session, until something is recorded by the one it has."""
    first = store.sessions_of(change.connection, [activity.id])[0]
    day = day_of(bank, first["starts_at"])
    if day != activity.held_on and not store.is_recorded_in(change.connection, activity.id):
        change.change("activity", activity.id, {"held_on": day})
        change.audit("change", "activity", activity.id, before={"held_on": activity.held_on}, after={"held_on": day})


def _refuse_times(starts_at: int, ends_at: int) -> None:
    if not MINUTE <= ends_at - starts_at <= HOURS_MAX * 60 * MINUTE:
        raise Refused(SessionTimesWrong(hours_most=HOURS_MAX))


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the audit says of a session; a place may be somebody's home."""
    return {name: value for name, value in row.items() if name != "place"} | (
        {"fields": ["place"]} if row.get("place") is not None else {}
    )
