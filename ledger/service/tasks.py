"""Tasks (任务清单): what a request becomes for whoever does it: a team, a unit, whoever holds a post, or any volunteer
who takes it up.

A task says what is to be done and where, as far as all who may see it need to know; how to reach who asked is told to
those who took it up, while it is theirs, and noted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Changes
from ledger.core.refusals.needs import AlreadyTakenUp, NotTakenUp, OwnNeed, PlacesTaken, StepNotPossible, TellsWho
from ledger.core.refusals.people import VolunteerClosed
from ledger.core.refusals.refusal import Refused
from ledger.governance.chain import DECIDED
from ledger.governance.proposals import Proposal
from ledger.people import posts, volunteers
from ledger.people.organisations import Organisation
from ledger.people.posts import Post
from ledger.people.volunteers import Volunteer
from ledger.service import askers, requests
from ledger.service.askers import Asker
from ledger.service.need_steps import refuse_other
from ledger.service.requests import ResidentRequest
from ledger.service.shown_texts import exposes
from ledger.store import persons
from ledger.store import tasks as store
from ledger.store.rows import Page, still
from ledger.store.tasks import Asked

__all__ = [
    "Asked",
    "Helper",
    "NewTask",
    "Task",
    "again",
    "cancel",
    "contact",
    "dispatch",
    "enlist",
    "find",
    "give_back",
    "helpers",
    "hold",
    "of_volunteer",
    "page",
    "take",
]

State = Literal["dispatched", "done", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """What is to be done, and by whom."""

    organisation: Organisation
    """The team or unit; where it is open to all, the estate."""
    kind: str
    """A type of activity, as rulebooks know it."""
    title: str
    content: str
    place: str
    person_in_charge: str
    helpers_at_most: int = 1
    is_open: bool = False
    post: Post | None = None
    """Whoever holds it today has taken the task up."""
    offer_id: UUID | None = None
    """The standing offer that it draws on."""
    proposal: Proposal | None = None
    """What was decided, by a joint meeting for one, and is carried out by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    id: UUID
    organisation_id: UUID
    organisation_path: str
    organisation_name: str
    request_id: UUID | None
    asker_id: UUID | None
    """The volunteer who asked, where it was one."""
    post_id: UUID | None
    offer_id: UUID | None
    proposal_id: UUID | None
    kind: str
    title: str
    content: str
    place: str
    person_in_charge: str
    helpers_at_most: int
    helpers: int
    """How many have taken it up."""
    is_open: bool
    due_at: int | None
    state: State
    outcome: str
    done_on: date | None
    activity_id: UUID | None
    created_at: int
    ended_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """Somebody who has taken a task up."""

    id: UUID
    task_id: UUID
    organisation_path: str
    """Of the task."""
    volunteer_id: UUID
    volunteer_no: str
    name: str
    minutes: int | None


def dispatch(bank: Bank, by: By, request: ResidentRequest | None, new: NewTask) -> Task:
    """A task, of a request, of what was decided, or by itself; it is due when its request is. Refuses StepNotPossible,
    also while nothing is decided, and TellsWho where its words would give who asked away.
    """
    if new.proposal is not None and new.proposal.chain.state != DECIDED:
        raise Refused(StepNotPossible(state=new.proposal.chain.state, step="dispatch"))
    known = askers.opened(bank, "request", request.id, request.asker) if request else None
    names = [each for each in (known and known.name, request and request.volunteer_name) if each]
    what = exposes(f"{new.title}\n{new.content}\n{new.place}", names)
    if what is not None:
        raise Refused(TellsWho(what=what))
    holders = _holders(bank, new, request.volunteer_id if request else None)
    with bank.changing(by) as change:
        due_at = None
        if request is not None:
            now = requests.hold(change, request.id)
            refuse_other(now.state, "dispatch", "accepted", "dispatched")
            due_at = now.close_due_at
            requests.moved(change, now, "dispatch", {"state": "dispatched"})
        id = change.new_id()
        row = {
            "id": id,
            "organisation_id": new.organisation.id,
            "request_id": request.id if request else None,
            "post_id": new.post.id if new.post else None,
            "offer_id": new.offer_id,
            "proposal_id": new.proposal.id if new.proposal else None,
            "kind": new.kind,
            "title": new.title,
            "content": new.content,
            "place": new.place,
            "person_in_charge": new.person_in_charge,
            "helpers_at_most": max(new.helpers_at_most, len(holders)),
            "is_open": int(new.is_open),
            "due_at": due_at,
            "state": "dispatched",
            "outcome": "",
            "created_at": change.now,
            "created_by": by.actor,
        }
        change.add("task", row)
        told = {name: row[f"{name}_id"] for name in ("request", "proposal")} | {"kind": new.kind}
        change.audit("dispatch", "task", id, after=told)
        for each in holders:
            enlist(change, id, each.id)
        return again(change, id)


def take(bank: Bank, by: By, task: Task, volunteer: Volunteer) -> Task:
    """A volunteer does it, or with others. Refuses StepNotPossible, VolunteerClosed, OwnNeed, AlreadyTakenUp,
    PlacesTaken.
    """
    with bank.changing(by) as change:
        now = hold(change, task.id)
        refuse_other(now.state, "take", "dispatched")
        if volunteer.closed is not None:
            raise Refused(VolunteerClosed())
        if now.asker_id in persons.ids_of(change.connection, volunteer.id):
            raise Refused(OwnNeed())
        if helped_by(change, now.id, volunteer):
            raise Refused(AlreadyTakenUp())
        if now.helpers >= now.helpers_at_most:
            raise Refused(PlacesTaken(most=now.helpers_at_most))
        enlist(change, now.id, volunteer.id)
        change.audit("take", "task", now.id, after={"volunteer": volunteer.id})
        return again(change, now.id)


def give_back(bank: Bank, by: By, task: Task, volunteer: Volunteer) -> Task:
    """They cannot do it after all. Refuses StepNotPossible, NotTakenUp."""
    with bank.changing(by) as change:
        now = hold(change, task.id)
        refuse_other(now.state, "give_back", "dispatched")
        held = helped_by(change, now.id, volunteer)
        if not held:
            raise Refused(NotTakenUp())
        change.change("task_helper", held[0]["id"], {"given_back_at": change.now, "open_as": None})
        change.audit("give_back", "task", now.id, after={"volunteer": volunteer.id})
        return again(change, now.id)


def cancel(bank: Bank, by: By, task: Task, reason: str) -> Task:
    """Nobody needs to do it. Refuses StepNotPossible."""
    with bank.changing(by) as change:
        now = hold(change, task.id)
        refuse_other(now.state, "cancel", "dispatched")
        ended = {"state": "cancelled", "outcome": reason, "ended_at": change.now, "ended_by": by.actor}
        change.change("task", now.id, ended)
        change.audit("cancel", "task", now.id, before={"state": now.state}, after={"state": "cancelled"})
        return again(change, now.id)


def contact(bank: Bank, by: By, task: Task, purpose: str) -> Asker | None:
    """How to reach who asked, for those whose task it is, while it is. Refuses StepNotPossible."""
    refuse_other(task.state, "contact", "dispatched")
    request = requests.find(bank, task.request_id) if task.request_id else None
    return askers.disclose(bank, by, request.need, purpose) if request else None


def find(bank: Bank, id: UUID) -> Task | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return from_row(row) if row else None


def page(
    bank: Bank, *, within: Sequence[str] | None, asked: Asked, after: Sequence[Any] | None, limit: int
) -> Page[Task]:
    """Tasks as asked, the newest first."""
    with bank.store.reading() as connection:
        found = store.page(connection, within=within, asked=asked, after=after, limit=limit)
    return found.each(from_row)


def of_volunteer(bank: Bank, volunteer: Volunteer, *, after: Sequence[Any] | None, limit: int) -> Page[Task]:
    """What somebody took up, the newest first."""
    with bank.store.reading() as connection:
        found = store.of_volunteer(connection, volunteer.id, after=after, limit=limit)
    return found.each(from_row)


def helpers(bank: Bank, task: Task) -> list[Helper]:
    """Who took it up, the first one first."""
    with bank.store.reading() as connection:
        return [helper(row) for row in store.helpers(connection, task.id)]


def hold(change: Changes, id: UUID) -> Task:
    """The task as this transaction sees it; whoever else wants to do something with it waits."""
    change.hold("task", id)
    return again(change, id)


def again(change: Changes, id: UUID) -> Task:
    return from_row(still(store.find(change.connection, id), "task", id))


def enlist(change: Changes, task_id: UUID, volunteer_id: UUID) -> None:
    """They have taken it up."""
    id = change.new_id()
    row = {"id": id, "task_id": task_id, "volunteer_id": volunteer_id, "open_as": _open_as(task_id, volunteer_id)}
    change.add("task_helper", row | {"taken_at": change.now, "taken_by": change.by.actor})


def helped_by(change: Changes, task_id: UUID, volunteer: Volunteer) -> list[dict[str, Any]]:
    """That they have taken it up, under whatever number they had then."""
    mine = persons.ids_of(change.connection, volunteer.id)
    return [row for row in store.helpers(change.connection, task_id) if row["volunteer_id"] in mine]


def from_row(row: Mapping[str, Any]) -> Task:
    return Task(**{name: row[name] for name in Task.__slots__} | {"is_open": bool(row["is_open"])})


def helper(row: Mapping[str, Any]) -> Helper:
    return Helper(**{name: row[name] for name in Helper.__slots__})


def _holders(bank: Bank, new: NewTask, asker: UUID | None) -> list[Volunteer]:
    """Whoever holds the post today; nobody takes up what they asked for themselves."""
    if new.post is None:
        return []
    today = bank.today()
    numbers = [each.volunteer_no for each in posts.terms(bank, new.post) if each.holds(today)]
    held = volunteers.find_all(bank, sorted(set(numbers))).values()
    with bank.store.reading() as connection:
        return [each for each in held if asker not in persons.ids_of(connection, each.id)]


def _open_as(task_id: UUID, volunteer_id: UUID) -> str:
    return f"{task_id}/{volunteer_id}"
