"""Activities: what volunteers are asked to do, with the fields the law wants on a record (民政部令67 art. 7), from the
first draft to the close.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Changes
from ledger.core.accounts import Owner, OwnerKind
from ledger.core.refusals.activities import (
    ActivityIncomplete,
    ActivityInUse,
    ActivityOver,
    AlreadyFiled,
    AlreadyPublished,
    InsuranceMissing,
)
from ledger.core.refusals.refusal import Refused
from ledger.people.organisations import Organisation
from ledger.service import places
from ledger.store import activities as store
from ledger.store import rows
from ledger.store.activities import Asked
from ledger.store.rows import Page, still

__all__ = [
    "CHANGEABLE",
    "DEFAULTS",
    "Activity",
    "Asked",
    "State",
    "add",
    "again",
    "cancel",
    "change_activity",
    "create",
    "file",
    "find",
    "find_all",
    "from_row",
    "hold",
    "page",
    "publish",
    "published",
    "refuse_cancelled",
    "refuse_over",
]

State = Literal["draft", "filed", "published", "closed", "cancelled"]

DEFAULTS: Mapping[str, Any] = {
    "is_volunteer_service": True,
    "tags": (),
    "capacity": None,
    "minimum_age": None,
    "is_dangerous": False,
    "risk_note": "",
    "insurance_reference": None,
    "cancel_before_minutes": 120,
    "check_in_before_minutes": 60,
    "grace_minutes": 0,
    "overlap": "refuse",
    "no_check_out": "nothing",
}
"""What an activity is that says nothing else."""

CHANGEABLE = frozenset({"title", "activity_type", "held_on", "place", "content", "person_in_charge", *DEFAULTS})
DECIDES_POINTS = frozenset({"activity_type", "held_on", "is_volunteer_service", "tags"})
"""What rulebooks ask of an activity; it stays once something was recorded in it."""
DECIDES_MINUTES = frozenset({"grace_minutes", "no_check_out"})
"""What is asked when a session is closed; it stays once one was."""
_TOLD = CHANGEABLE - {"title", "place", "content", "person_in_charge", "risk_note", "insurance_reference"}
"""What the audit says in full: numbers and codes. Of the others, which may name people, it says that they changed."""
_FLAGS = ("is_volunteer_service", "is_dangerous")


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    id: UUID
    organisation_id: UUID
    organisation_path: str
    title: str
    activity_type: str
    held_on: date
    place: str
    content: str
    person_in_charge: str
    is_volunteer_service: bool
    tags: tuple[str, ...]
    """What rulebooks may ask for, sorted."""
    capacity: int | None
    """Places in each of its sessions that does not say otherwise; None: as many as come."""
    minimum_age: int | None
    """Years at the beginning of a session; None: everybody."""
    is_dangerous: bool
    risk_note: str
    insurance_reference: str | None
    """Of the policy that covers the volunteers; there where the activity is dangerous."""
    cancel_before_minutes: int
    """Until so long before a session begins a sign-up is cancelled in time."""
    check_in_before_minutes: int
    """From so long before a session begins people may check in."""
    grace_minutes: int
    """So much before and after a session still counts as service."""
    overlap: Literal["refuse", "warn"]
    """What becomes of a sign-up that overlaps another one of the same person."""
    no_check_out: Literal["nothing", "session"]
    """What counts where somebody did not check out: nothing until the organiser confirms, or all to the end."""
    filed_at: int | None
    filed_by: UUID | None
    published_at: int | None
    published_by: UUID | None
    closed_at: int | None
    closed_by: UUID | None
    cancelled_at: int | None
    cancelled_by: UUID | None
    cancel_reason: str | None

    @property
    def organiser(self) -> Owner:
        """The organising unit, whose issuance account is the other side of its awards."""
        return Owner(OwnerKind.ORGANISATION, self.organisation_id)

    @property
    def state(self) -> State:
        """How far it has come. An activity may be published without being filed: `filed_at` says whether it was."""
        if self.cancelled_at is not None:
            return "cancelled"
        if self.closed_at is not None:
            return "closed"
        if self.published_at is not None:
            return "published"
        return "draft" if self.filed_at is None else "filed"


def create(
    bank: Bank,
    by: By,
    *,
    organisation: Organisation,
    title: str,
    activity_type: str,
    held_on: date,
    place: str,
    content: str,
    person_in_charge: str,
    **more: Any,
) -> Activity:
    """A new activity of this organisation; `more` replaces DEFAULTS. What is not volunteer service earns no hours
    (民政部令67 art. 19). Refuses InsuranceMissing.
    """
    with bank.changing(by) as change:
        return add(
            change,
            organisation=organisation,
            title=title,
            activity_type=activity_type,
            held_on=held_on,
            place=place,
            content=content,
            person_in_charge=person_in_charge,
            **more,
        )


def add(change: Changes, *, organisation: Organisation, **fields: Any) -> Activity:
    """The same within a transaction that does more."""
    if unknown := fields.keys() - CHANGEABLE:
        raise TypeError(f"an activity has no {', '.join(sorted(unknown))}")
    given = {**DEFAULTS, **fields}
    _refuse_uninsured(given)
    id = change.new_id()
    change.add("activity", {"id": id, "organisation_id": organisation.id, "created_at": change.now, **_spelled(given)})
    change.audit("create", "activity", id, after={"title": given["title"], "held_on": given["held_on"]})
    return again(change, id)


def change_activity(bank: Bank, by: By, activity: Activity, fields: Mapping[str, Any]) -> Activity:
    """Some of its CHANGEABLE fields become others. Refuses ActivityOver, ActivityInUse, InsuranceMissing, and
    ActivityIncomplete where it is published and would lack what that needs.
    """
    with bank.changing(by) as change:
        now = hold(change, activity.id)
        refuse_over(now)
        given = dict(fields) | ({"tags": tuple(sorted(set(fields["tags"])))} if "tags" in fields else {})
        after = {name: value for name, value in given.items() if value != getattr(now, name)}
        _refuse_uninsured({name: getattr(now, name) for name in ("is_dangerous", "insurance_reference")} | after)
        if now.published_at is not None and after.get("content") == "":
            raise Refused(ActivityIncomplete(missing="content"))
        if after.keys() & DECIDES_POINTS and store.is_recorded_in(change.connection, now.id):
            raise Refused(ActivityInUse(fields=", ".join(sorted(after.keys() & DECIDES_POINTS))))
        sessions = store.sessions_of(change.connection, [now.id])
        if after.keys() & DECIDES_MINUTES and any(row["closed_at"] is not None for row in sessions):
            raise Refused(ActivityInUse(fields=", ".join(sorted(after.keys() & DECIDES_MINUTES))))
        if not after:
            return now
        change.change("activity", now.id, _spelled(after))
        change.audit(
            "change",
            "activity",
            now.id,
            before={name: getattr(now, name) for name in sorted(after.keys() & _TOLD)},
            after={"fields": sorted(after)} | {name: after[name] for name in sorted(after.keys() & _TOLD)},
        )
        made = again(change, now.id)
        for row in sessions if "capacity" in after else ():
            if row["capacity"] is None and row["closed_at"] is None:
                places.move_up(change, row["id"], made.capacity)
        return made


def file(bank: Bank, by: By, activity: Activity) -> Activity:
    """It is on file (备案) with whoever supervises the organiser. Refuses ActivityOver, AlreadyFiled."""
    with bank.changing(by) as change:
        now = hold(change, activity.id)
        refuse_over(now)
        if now.filed_at is not None:
            raise Refused(AlreadyFiled())
        return _marked(change, now, "file", filed_at=change.now, filed_by=by.actor)


def publish(bank: Bank, by: By, activity: Activity) -> Activity:
    """Everybody may see it and sign up. Refuses ActivityOver, AlreadyPublished, and ActivityIncomplete where what it
    is about or when it takes place is not said.
    """
    with bank.changing(by) as change:
        now = hold(change, activity.id)
        refuse_over(now)
        if now.published_at is not None:
            raise Refused(AlreadyPublished())
        if not now.content.strip():
            raise Refused(ActivityIncomplete(missing="content"))
        if not store.sessions_of(change.connection, [now.id]):
            raise Refused(ActivityIncomplete(missing="sessions"))
        return _marked(change, now, "publish", published_at=change.now, published_by=by.actor)


def cancel(bank: Bank, by: By, activity: Activity, reason: str) -> Activity:
    """It does not take place. What was recorded in it stays. Refuses ActivityOver."""
    with bank.changing(by) as change:
        now = hold(change, activity.id)
        refuse_over(now)
        return _marked(change, now, "cancel", cancelled_at=change.now, cancelled_by=by.actor, cancel_reason=reason)


def find(bank: Bank, id: UUID) -> Activity | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "activity", id=id)
    return from_row(row) if row else None


def find_all(bank: Bank, ids: Sequence[UUID]) -> dict[UUID, Activity]:
    """Those there are, by id."""
    with bank.store.reading() as connection:
        return {id: from_row(row) for id, row in rows.find_all(connection, "activity", ids).items()}


def page(
    bank: Bank, *, within: Sequence[str], after: Sequence[Any] | None, limit: int, asked: Asked | None = None
) -> Page[Activity]:
    """Activities as `asked`, the newest first."""
    with bank.store.reading() as connection:
        found = store.page(connection, within=within, asked=asked or Asked(), after=after, limit=limit)
    return found.each(from_row)


def published(bank: Bank, *, after: Sequence[Any] | None, limit: int, asked: Asked) -> Page[Activity]:
    """Activities of all organisations as `asked`, the earliest first."""
    with bank.store.reading() as connection:
        found = store.page(connection, within=None, asked=asked, after=after, limit=limit, newest_first=False)
    return found.each(from_row)


def hold(change: Changes, id: UUID) -> Activity:
    """The activity as this transaction sees it; whoever else wants to change it, or sign up in it, waits."""
    change.hold("activity", id)
    return again(change, id)


def again(change: Changes, id: UUID) -> Activity:
    return from_row(still(change.find("activity", id=id), "activity", id))


def refuse_over(activity: Activity) -> None:
    """ActivityOver where it was closed or cancelled."""
    if activity.state in ("closed", "cancelled"):
        raise Refused(ActivityOver(state=activity.state))


def refuse_cancelled(activity: Activity) -> None:
    """ActivityOver where it was called off."""
    if activity.cancelled_at is not None:
        raise Refused(ActivityOver(state=activity.state))


def from_row(row: Mapping[str, Any]) -> Activity:
    known = {field: row[field] for field in Activity.__slots__}
    return Activity(
        **known | {flag: bool(row[flag]) for flag in _FLAGS} | {"tags": tuple(json.loads(row["tags"]))},
    )


def _marked(change: Changes, activity: Activity, action: str, **columns: Any) -> Activity:
    change.change("activity", activity.id, columns)
    made = again(change, activity.id)
    change.audit(action, "activity", activity.id, before={"state": activity.state}, after={"state": made.state})
    return made


def _refuse_uninsured(fields: Mapping[str, Any]) -> None:
    if fields["is_dangerous"] and not fields["insurance_reference"]:
        raise Refused(InsuranceMissing())


def _spelled(fields: Mapping[str, Any]) -> dict[str, Any]:
    """As the columns hold them."""
    row = dict(fields)
    row |= {flag: int(row[flag]) for flag in _FLAGS if flag in row}
    if "tags" in row:
        row["tags"] = json.dumps(sorted(set(row["tags"])), ensure_ascii=False)
    return row
