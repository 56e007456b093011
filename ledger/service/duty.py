"""The duty to record (民政部令67 art. 11): what was held must be recorded within ten working days; what is due, what is
overdue, and whose it is.

Due is every session of volunteer service that has ended, and every activity without sessions whose day has passed, that
was not called off, until it is settled. It is settled when nothing handed in of it waits any more (for reviewers, a
release or a notice) and either something of it was posted or it was closed: who closes a session says that all who
came are in it. Whether a roster is complete only its organiser knows, so what is settled may still lack somebody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, Page
from ledger.core.workdays import WorkingDays
from ledger.service import record_settings
from ledger.service.activity_sessions import day_of
from ledger.service.working_days import working_days
from ledger.store import duty as store


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something held that is not settled."""

    activity_id: UUID
    session_id: UUID | None
    """None: an activity that has no sessions."""
    organisation_id: UUID
    organisation_path: str
    organisation_name: str
    title: str
    held_on: date
    due_on: date
    days_left: int
    """Working days; below zero where it is overdue."""
    state: Literal["not_recorded", "waiting"]
    posted: int
    waiting: int
    unannounced: tuple[int, ...]
    """Years whose working days are not announced yet, so that `due_on` may move."""

    @property
    def is_overdue(self) -> bool:
        return self.days_left < 0

    @property
    def id(self) -> UUID:
        return self.session_id or self.activity_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """How one organisation stands."""

    organisation_id: UUID
    organisation_name: str
    due: int
    overdue: int
    oldest_due_on: date


def due(bank: Bank, *, on: date | None = None, within: Sequence[str] | None = None) -> list[Due]:
    """Everything that is due on a day (today), the soonest first. `within` are organisation paths; None is everywhere.

    Of another day it is what is unsettled now and was held before that day, counted as of it.
    """
    today = on or bank.today()
    days, settings = working_days(bank), record_settings.settings(bank)
    with bank.store.snapshot() as connection:
        held = store.held(connection, today, bank.world.clock(), within)
        counts = store.recorded(connection, sorted({row["activity_id"] for row in held}))
    found = [_due(bank, row, counts, days, settings.duty_working_days, today) for row in held]
    return sorted((one for one in found if one is not None), key=lambda one: (one.due_on, one.id))


def page(
    bank: Bank, *, within: Sequence[str], overdue_only: bool, after: tuple[date, UUID] | None, limit: int
) -> Page[Due]:
    """The same, a page at a time."""
    found = [one for one in due(bank, within=within) if one.is_overdue or not overdue_only]
    rest = [one for one in found if after is None or (one.due_on, one.id) > after]
    last = rest[limit - 1] if len(rest) > limit else None
    return Page(rest[:limit], (last.due_on, last.id) if last else None)


def report(bank: Bank, *, on: date | None = None, within: Sequence[str] | None = None) -> list[Overdue]:
    """By organisation, those with the oldest first."""
    by: dict[UUID, list[Due]] = {}
    for one in due(bank, on=on, within=within):
        by.setdefault(one.organisation_id, []).append(one)
    return [
        Overdue(
            organisation_id=id,
            organisation_name=ones[0].organisation_name,
            due=len(ones),
            overdue=sum(one.is_overdue for one in ones),
            oldest_due_on=ones[0].due_on,
        )
        for id, ones in by.items()
    ]


def _due(
    bank: Bank,
    row: Mapping[str, Any],
    counts: Mapping[tuple[UUID, UUID | None, date], tuple[int, int]],
    days: WorkingDays,
    within_days: int,
    today: date,
) -> Due | None:
    """None where it is settled, or was not held yet on that day."""
    session, activity = row["session_id"], row["activity_id"]
    if session is None:
        first = last = row["held_on"]
        theirs = [sums for (of, _, _), sums in counts.items() if of == activity]
    else:
        first, last = day_of(bank, row["starts_at"]), day_of(bank, row["ends_at"] - 1)
        theirs = [
            sums
            for (of, within, day), sums in counts.items()
            if of == activity and (within == session or (within is None and first <= day <= last))
        ]
    posted, waiting = sum(sums[0] for sums in theirs), sum(sums[1] for sums in theirs)
    is_closed = row["closed_at"] is not None or row["activity_closed_at"] is not None
    if last >= today or (not waiting and (posted or is_closed)):
        return None
    due_on = days.later(last, within_days)
    left = days.between(today, due_on) if today <= due_on else -days.between(due_on, today)
    return Due(
        activity_id=activity,
        session_id=session,
        organisation_id=row["organisation_id"],
        organisation_path=row["organisation_path"],
        organisation_name=row["organisation_name"],
        title=row["title"],
        held_on=last,
        due_on=due_on,
        days_left=left if today <= due_on else min(left, -1),
        state="waiting" if waiting else "not_recorded",
        posted=posted,
        waiting=waiting,
        unannounced=days.unannounced(last, max(due_on, today)),
    )
