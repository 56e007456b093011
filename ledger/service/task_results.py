"""What comes of a task: done, it is a record of service of everybody who did it, with nothing keyed in twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ledger.bank import Bank, By, Changes, Outcome, Request
from ledger.core.refusals.needs import OwnNeed, PlacesTaken
from ledger.core.refusals.postings import FutureDay
from ledger.core.refusals.refusal import Refused
from ledger.people import organisations, volunteers
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.service import activities, need_credits, tasks
from ledger.service.need_credits import Merit
from ledger.service.need_steps import refuse_other
from ledger.service.tasks import Helper, Task
from ledger.store import persons
from ledger.store import tasks as store


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """One helper, and what became of their record."""

    volunteer_no: str
    outcome: Outcome


def finish(
    bank: Bank,
    by: By,
    request: Request,
    task: Task,
    *,
    outcome: str,
    done_on: date,
    served: Mapping[Volunteer, int],
) -> tuple[Task, list[Credited]]:
    """It is done, by these volunteers in so many minutes each, whether they had taken it up before or not; without
    any, by others than volunteers. Sent again, the records that are still missing are posted.

    Refuses StepNotPossible, FutureDay, OwnNeed, PlacesTaken (more than it is for); what the rules refuse is each
    helper's own outcome.
    """
    if done_on > bank.today():
        raise Refused(FutureDay(on=done_on.isoformat(), today=bank.today().isoformat()))
    home = organisations.find(bank, task.organisation_id)
    if home is None:
        raise LookupError(f"the task {task.id} belongs to an organisation, and none is ever deleted")
    with bank.changing(by) as change:
        now = tasks.hold(change, task.id)
        refuse_other(now.state, "finish", "dispatched", "done")
        if now.state == "dispatched":
            now = _done(change, home, now, outcome, done_on, served)
        did = [tasks.helper(row) for row in store.helpers(change.connection, now.id) if row["minutes"]]
    return now, _credit(bank, by, request, home, now, did)


def _done(
    change: Changes, home: Organisation, task: Task, outcome: str, done_on: date, served: Mapping[Volunteer, int]
) -> Task:
    if len(served) > task.helpers_at_most:
        raise Refused(PlacesTaken(most=task.helpers_at_most))
    if any(task.asker_id in persons.ids_of(change.connection, each.id) for each in served):
        raise Refused(OwnNeed())
    for each, minutes in served.items():
        if not tasks.helped_by(change, task.id, each):
            tasks.enlist(change, task.id, each.id)
        helping = tasks.helped_by(change, task.id, each)[0]
        change.change("task_helper", helping["id"], {"minutes": minutes})
    activity_id = None
    if served:
        activity_id = activities.add(
            change,
            organisation=home,
            title=task.title,
            activity_type=task.kind,
            held_on=done_on,
            place=task.place or task.organisation_name,
            content=task.content,
            person_in_charge=task.person_in_charge,
        ).id
    columns = {
        "state": "done",
        "outcome": outcome,
        "done_on": done_on,
        "activity_id": activity_id,
        "ended_at": change.now,
        "ended_by": change.by.actor,
    }
    change.change("task", task.id, columns)
    change.audit(
        "finish", "task", task.id, before={"state": task.state}, after={"state": "done", "helpers": len(served)}
    )
    return tasks.again(change, task.id)


def _credit(bank: Bank, by: By, request: Request, home: Organisation, task: Task, did: list[Helper]) -> list[Credited]:
    activity = activities.find(bank, task.activity_id) if task.activity_id else None
    people = volunteers.find_all(bank, sorted({each.volunteer_no for each in did}))
    merits = [Merit(volunteer=people[each.volunteer_no], minutes=each.minutes) for each in did]
    outcomes = need_credits.credit(
        *(bank, by, request, task.id, merits),
        done_on=task.done_on or bank.today(),
        organisation=home,
        activity=activity,
        deed_type=task.kind,
    )
    return [
        Credited(volunteer_no=each.volunteer.volunteer_no, outcome=made)
        for each, made in zip(merits, outcomes, strict=True)
    ]
