"""Disputes (这笔不对): a volunteer asks for their record to be put right (民政部令67 art. 12-13), and is answered.

What waits to be posted is held while it is disputed. That it stands lets it go on; where it was put right or passed on,
whoever answers has rejected, corrected or will release it as they would without a dispute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Page, Request
from ledger.core.canonical import digest
from ledger.core.workdays import WorkingDays
from ledger.people import volunteers
from ledger.people.staff import NOBODY
from ledger.service import record_settings, reviews
from ledger.service.activities import Activity
from ledger.service.claim_states import HOLD, RELEASE
from ledger.service.disputing import AnswerDispute, Subject
from ledger.service.disputing import Dispute as Command
from ledger.service.reviewing import Step
from ledger.service.working_days import working_days
from ledger.store import disputes as store
from ledger.store import rows

STANDS = "stands"
HELD_FOR = "disputed"
"""Why the bank holds a claim whose volunteer says that it is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """What a volunteer said is wrong, and what came of it."""

    id: UUID
    seq: int
    volunteer_id: UUID
    volunteer_no: str
    organisation_id: UUID
    organisation_path: str
    disputed_seq: int | None
    record_id: UUID | None
    activity_id: UUID | None
    day: date | None
    reason_code: str
    said: str | None
    """None where nothing was said, or it was erased with the person."""
    made_on: date
    due_on: date
    days_left: int
    """Working days; below zero where the answer is overdue. 0 once it is answered."""
    outcome: str | None
    answered_on: date | None
    answered: str | None
    """The reason given; None while it is open, or where it was erased."""

    @property
    def state(self) -> str:
        return self.outcome or "open"

    @property
    def is_overdue(self) -> bool:
        return self.days_left < 0


def subject(bank: Bank, volunteer_id: UUID, *, record_id: UUID | None = None, seq: int | None = None) -> Subject | None:
    """An entry of this person's: a record of service, or any posting that moved what is theirs; None
    where it is not theirs.
    """
    with bank.store.reading() as connection:
        found = store.entry_of(connection, volunteer_id, record_id=record_id, seq=seq)
    if found is None:
        return None
    entry, organisation_id, record = found
    whose = organisation_id or _home(bank, volunteer_id)
    return Subject(volunteer=volunteer_id, organisation=whose, seq=entry, record=record)


def missing(bank: Bank, volunteer_id: UUID, *, activity: Activity | None, day: date | None) -> Subject:
    """Something that is not in the list: of an activity, or of a day."""
    return Subject(
        volunteer=volunteer_id,
        organisation=activity.organisation_id if activity is not None else _home(bank, volunteer_id),
        activity=activity.id if activity is not None else None,
        day=day,
    )


def dispute(bank: Bank, by: By, request: Request, subject: Subject, *, reason_code: str, words: str) -> Outcome:
    """Say that it is wrong. What waits is held until somebody has answered. Refuses as the command does."""
    command = Command(id=bank.world.new_id(), actor=by.actor, subject=subject, reason_code=reason_code, words=words)
    outcome = bank.submit(command, request)
    if outcome.posted and subject.record is not None:
        _hold(bank, subject.record, UUID(str(outcome.answer["id"])))
    return outcome


def answer(bank: Bank, by: By, request: Request, disputed: Disputed, *, outcome: str, reason: str) -> Outcome:
    """Answer it. Where it stands, what was held for it goes on. Refuses as the command does."""
    with bank.store.reading() as connection:
        entry = rows.find(connection, "transaction", seq=disputed.disputed_seq) if disputed.disputed_seq else None
    command = AnswerDispute(
        id=bank.world.new_id(),
        actor=by.actor,
        dispute=disputed.id,
        record=disputed.record_id,
        entered_by=entry["actor_id"] if entry else None,
        outcome=outcome,
        reason=reason,
    )
    done = bank.submit(command, request)
    if done.posted and done.answer["state"] == STANDS and disputed.record_id is not None:
        _release(bank, by, disputed.record_id, disputed.id, reason)
    return done


def find(bank: Bank, id: UUID) -> Disputed | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return _all(bank, [row])[0] if row else None


def page(
    bank: Bank, *, within: Sequence[str], is_open: bool | None, after: Sequence[Any] | None, limit: int
) -> Page[Disputed]:
    """Disputes that reviewers of these organisations and those below answer, the oldest first; None: all of them."""
    with bank.store.reading() as connection:
        found = store.page(connection, within=within, is_open=is_open, after=after, limit=limit)
    return Page(_all(bank, found.items), found.after)


def page_of(bank: Bank, volunteer_id: UUID, *, after: Sequence[Any] | None, limit: int) -> Page[Disputed]:
    """Those of one person, the newest first."""
    with bank.store.reading() as connection:
        found = store.page_of(connection, volunteer_id, after=after, limit=limit)
    return Page(_all(bank, found.items), found.after)


def _home(bank: Bank, volunteer_id: UUID) -> UUID:
    """Where they belong."""
    found = volunteers.find_by_id(bank, volunteer_id)
    if found is None:
        raise LookupError(f"no volunteer {volunteer_id}")
    return found.organisation_id


def _hold(bank: Bank, record_id: UUID, id: UUID) -> None:
    """Done again it changes nothing; what is posted, over or held already stays as it is."""
    if reviews.find(bank, record_id) is None:
        return
    step = Step(id=bank.world.new_id(), actor=NOBODY, claim_id=record_id, step=HOLD, code=HELD_FOR)
    bank.submit(step, Request("disputes", f"{id.hex}:hold", digest(id.bytes)))


def _release(bank: Bank, by: By, record_id: UUID, id: UUID, reason: str) -> None:
    with bank.store.reading() as connection:
        is_held = store.is_held_for(connection, record_id, HELD_FOR)
    claim = reviews.find(bank, record_id) if is_held else None
    if claim is not None:
        request = Request("disputes", f"{id.hex}:release", digest(id.bytes))
        reviews.take_step(bank, by, request, claim, RELEASE, reason)


def _all(bank: Bank, found: Sequence[Mapping[str, Any]]) -> list[Disputed]:
    if not found:
        return []
    days, within, today = working_days(bank), record_settings.settings(bank).duty_working_days, bank.today()
    return [_from(row, days, within, today) for row in found]


def _from(row: Mapping[str, Any], days: WorkingDays, within: int, today: date) -> Disputed:
    due_on = days.later(row["made_on"], within)
    left = days.between(today, due_on) if today <= due_on else min(-days.between(due_on, today), -1)
    known = {name: row[name] for name in Disputed.__slots__ if name in row}
    return Disputed(**known, due_on=due_on, days_left=0 if row["outcome"] else left)
