"""Sign-ups (报名): who means to come to a session; first come, first served, the others wait for a place.

Places are counted while the activity is held, so that of many at once exactly as many get one as there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Changes, Page
from ledger.core.refusals.activities import AlreadySignedUp, NotPublished, NotSignedUp, SessionOver, SignUpOverlaps
from ledger.core.refusals.people import VolunteerClosed
from ledger.core.refusals.refusal import Refusal, Refused
from ledger.people.volunteers import Volunteer
from ledger.service import activities, activity_sessions, admission, places
from ledger.service.activities import Activity
from ledger.service.activity_sessions import ActivitySession
from ledger.service.served_spans import MINUTE
from ledger.store import sign_ups as store
from ledger.store.rows import still

State = Literal["confirmed", "waiting", "cancelled"]
NoShow = Literal["excused", "unexcused", "malicious"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    id: UUID
    activity_id: UUID
    session_id: UUID
    organisation_path: str
    """Of the organiser."""
    title: str
    is_called_off: bool
    """Whether the activity was."""
    starts_at: int
    ends_at: int
    volunteer_id: UUID
    volunteer_no: str
    name: str
    home_path: str
    """Where the volunteer belongs."""
    state: State
    place: int | None
    """In the line of those who wait; 1 comes next."""
    warnings: tuple[str, ...]
    """What the organiser should know: `overlap`, `too_young`, `age_unknown`, `over_capacity`."""
    asked_at: int
    cancelled_at: int | None
    is_late: bool | None
    """Whether it was cancelled after the time for it; None where it was not cancelled."""
    came: bool
    no_show: NoShow | None
    no_show_deed_id: UUID | None
    no_show_lifted_at: int | None


def sign_up(
    bank: Bank,
    by: By,
    activity: Activity,
    session: ActivitySession,
    volunteer: Volunteer,
    *,
    override: str | None = None,
) -> SignUp:
    """A place in the session, or one in the line of those who wait for it.

    `override` is why the organiser takes somebody whom the activity's own limits would turn away; they get a place.
    Refuses VolunteerClosed, ActivityOver, NotPublished, SessionOver, AlreadySignedUp, GuardianMissing; and unless
    overridden AgeUnknown, TooYoung, SignUpOverlaps.
    """
    if volunteer.closed is not None:
        raise Refused(VolunteerClosed())
    day = activity_sessions.day_of(bank, session.starts_at)
    minor = admission.of_minor(bank, volunteer, day)
    against = admission.of_age(bank, activity, volunteer, day)
    with bank.changing(by) as change:
        now = activities.hold(change, activity.id)
        its = activity_sessions.again(change, session.id)
        _refuse_closed(change, now, its)
        store.hold_volunteer(change.connection, volunteer.id)
        if store.standing(change.connection, its.id, volunteer.id) is not None:
            raise Refused(AlreadySignedUp())
        if minor is not None:
            raise Refused(minor)
        warnings = _warnings(change, now, its, volunteer, against, override)
        is_free = places.is_free(change, its.id, its.places(now))
        if override is not None and not is_free:
            warnings.append("over_capacity")
        state = "confirmed" if is_free or override is not None else "waiting"
        id = change.new_id()
        row = {
            "id": id,
            "activity_id": now.id,
            "session_id": its.id,
            "volunteer_id": volunteer.id,
            "number": store.next_number(change.connection, its.id),
            "state": state,
            "warnings": " ".join(warnings),
            "asked_at": change.now,
            "asked_by": by.actor,
            "device_id": by.device,
            "confirmed_at": change.now if state == "confirmed" else None,
            "overridden_by": by.actor if override is not None else None,
            "override_reason": override,
        }
        change.add("sign_up", row)
        change.audit(
            "sign_up", "sign_up", id, after={"state": state, "volunteer_id": volunteer.id, "warnings": warnings}
        )
        return _again(change, id)


def cancel(bank: Bank, by: By, signed_up: SignUp) -> SignUp:
    """They do not come. In time, their place goes to whoever waits longest; later it stays empty until the organiser
    gives it away, since nobody could be told any more. Refuses NotSignedUp, SessionOver once the session has ended.
    """
    with bank.changing(by) as change:
        activity = activities.hold(change, signed_up.activity_id)
        session = activity_sessions.again(change, signed_up.session_id)
        now = _again(change, signed_up.id)
        if now.state == "cancelled":
            raise Refused(NotSignedUp())
        if session.closed_at is not None or change.now >= session.ends_at:
            raise Refused(SessionOver())
        in_time = change.now <= session.starts_at - activity.cancel_before_minutes * MINUTE
        is_late = now.state == "confirmed" and not in_time
        change.change(
            "sign_up",
            now.id,
            {"state": "cancelled", "cancelled_at": change.now, "cancelled_by": by.actor, "is_late": int(is_late)},
        )
        change.audit(
            "cancel", "sign_up", now.id, before={"state": now.state}, after={"state": "cancelled", "is_late": is_late}
        )
        if now.state == "confirmed" and in_time and activity.state == "published":
            places.move_up(change, session.id, session.places(activity))
        return _again(change, now.id)


def confirm(bank: Bank, by: By, signed_up: SignUp, reason: str) -> SignUp:
    """The organiser gives somebody who waits a place, out of turn or beyond the last one, and says why.

    Refuses NotSignedUp (who does not wait), ActivityOver, SessionOver.
    """
    with bank.changing(by) as change:
        activity = activities.hold(change, signed_up.activity_id)
        session = activity_sessions.again(change, signed_up.session_id)
        now = _again(change, signed_up.id)
        _refuse_closed(change, activity, session)
        if now.state != "waiting":
            raise Refused(NotSignedUp())
        row = {
            "state": "confirmed",
            "confirmed_at": change.now,
            "overridden_by": by.actor,
            "override_reason": reason,
        }
        change.change("sign_up", now.id, row)
        change.audit("confirm", "sign_up", now.id, before={"state": "waiting"}, after={"state": "confirmed"})
        return _again(change, now.id)


def find(bank: Bank, id: UUID) -> SignUp | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return from_row(row) if row else None


def of_activity(
    bank: Bank,
    activity: Activity,
    *,
    session_id: UUID | None,
    state: str | None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[SignUp]:
    """In the order in which people asked."""
    with bank.store.reading() as connection:
        found = store.of_activity(connection, activity.id, session_id=session_id, state=state, after=after, limit=limit)
    return found.each(from_row)


def of_volunteer(bank: Bank, volunteer: Volunteer, *, after: Sequence[Any] | None, limit: int) -> Page[SignUp]:
    """The last one first."""
    with bank.store.reading() as connection:
        found = store.of_volunteer(connection, volunteer.id, after=after, limit=limit)
    return found.each(from_row)


def counted(bank: Bank, sessions: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """How many of each session are confirmed, waiting and cancelled."""
    with bank.store.reading() as connection:
        return store.counted(connection, sessions)


def from_row(row: Mapping[str, Any]) -> SignUp:
    known = {name: row[name] for name in SignUp.__slots__}
    return SignUp(
        **known
        | {
            "warnings": tuple(row["warnings"].split()),
            "is_late": None if row["is_late"] is None else bool(row["is_late"]),
            "came": bool(row["came"]),
            "is_called_off": bool(row["is_called_off"]),
            "place": row["place"] if row["state"] == "waiting" else None,
        }
    )


def _refuse_closed(change: Changes, activity: Activity, session: ActivitySession) -> None:
    activities.refuse_over(activity)
    if activity.published_at is None:
        raise Refused(NotPublished())
    if session.closed_at is not None or change.now >= session.ends_at:
        raise Refused(SessionOver())


def _warnings(
    change: Changes,
    activity: Activity,
    session: ActivitySession,
    volunteer: Volunteer,
    against: Refusal | None,
    override: str | None,
) -> list[str]:
    """What speaks against it and is put up with. Refuses what is not."""
    warnings = []
    if against is not None:
        if override is None:
            raise Refused(against)
        warnings.append(against.code)
    times = {"id": session.id, "starts_at": session.starts_at, "ends_at": session.ends_at}
    if store.is_overlapping(change.connection, volunteer.id, times):
        if override is None and activity.overlap == "refuse":
            raise Refused(SignUpOverlaps())
        warnings.append("overlap")
    return warnings


def _again(change: Changes, id: UUID) -> SignUp:
    return from_row(still(store.find(change.connection, id), "sign-up", id))
