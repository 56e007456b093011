"""Attendance (签到、签退): who came to a session and left it when, how that is known, from whom and at which device.

`clocked` is what a code or a card showed at that moment, at both ends; whatever a person wrote down is `roster`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Changes, Page, Request
from ledger.core.refusals.activities import (
    AlreadyCheckedIn,
    AlreadyCheckedOut,
    AttendanceHandedIn,
    CodeForeign,
    CodeUsed,
    NotCheckedIn,
    OutsideSession,
    SessionOver,
    TooEarly,
)
from ledger.core.refusals.people import VolunteerClosed
from ledger.core.refusals.postings import KeyReused
from ledger.core.refusals.refusal import Refusal, Refused
from ledger.people.volunteers import Volunteer
from ledger.service import activities, activity_sessions, admission, served_spans
from ledger.service.activities import Activity
from ledger.service.activity_sessions import ActivitySession
from ledger.service.attendance_codes import ReadCode
from ledger.service.served_spans import MINUTE, Bounds, Span
from ledger.store import attendances as store
from ledger.store.rows import still

Way = Literal["screen", "typed", "card", "screen_code", "hand", "list"]
CLOCKED_WAYS = frozenset({"screen", "typed", "card", "screen_code"})
"""The organiser's screen scanned or its code typed; the volunteer's card or screen scanned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Instants in microseconds since 1970 UTC."""

    id: UUID
    activity_id: UUID
    session_id: UUID
    organisation_path: str
    """Of the organiser."""
    title: str
    starts_at: int
    ends_at: int
    volunteer_id: UUID
    volunteer_no: str
    name: str
    home_path: str
    """Where the volunteer belongs."""
    capture_method: Literal["clocked", "roster"]
    in_at: int
    in_way: Way
    in_by: UUID
    in_device_id: UUID | None
    out_at: int | None
    """None: nobody checked them out; what then counts is a setting of the activity, and never a day."""
    out_way: Way | None
    out_by: UUID | None
    out_device_id: UUID | None
    voided_at: int | None
    is_signed_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How it is known that somebody came or left."""

    way: Way
    code: ReadCode | None = None
    """Of the organiser's screen."""
    at: int | None = None
    """When, where a person says it; None is now."""
    request: Request | None = None
    """Under which it may be sent again and is one."""


def check_in(bank: Bank, by: By, session: ActivitySession, volunteer: Volunteer, shown: Shown) -> Attendance:
    """They came. Sent again under the same key it is the same.

    Refuses KeyReused, VolunteerClosed, ActivityOver, SessionOver, CodeForeign, CodeUsed, TooEarly, OutsideSession,
    AlreadyCheckedIn; and unless a person writes it down, of who has no place: GuardianMissing, TooYoung, AgeUnknown.
    """
    against = _against(bank, session, volunteer) if shown.way in CLOCKED_WAYS else None
    with bank.changing(by) as change:
        activities.hold(change, session.activity_id)
        return before(change, shown.request) or _checked_in(change, session, volunteer, shown, against)


def check_out(bank: Bank, by: By, session: ActivitySession, volunteer: Volunteer, shown: Shown) -> Attendance:
    """They left. After the session was closed only by hand, for who did not check out, until that is handed in.

    Refuses KeyReused, ActivityOver, SessionOver, CodeForeign, CodeUsed, NotCheckedIn, AlreadyCheckedOut,
    OutsideSession, AttendanceHandedIn.
    """
    with bank.changing(by) as change:
        activities.hold(change, session.activity_id)
        return before(change, shown.request) or _checked_out(change, session, volunteer, shown)


def write_down(
    bank: Bank, by: By, session: ActivitySession, roster: Sequence[tuple[Volunteer, int | None, int | None]]
) -> list[Attendance | Refusal]:
    """A list of who was there: from when until when, the whole session unless it says so. Each has an outcome."""
    told: list[Attendance | Refusal] = []
    with bank.changing(by) as change:
        for volunteer, in_at, out_at in roster:
            came = Shown(way="list", at=session.starts_at if in_at is None else in_at)
            left = Shown(way="list", at=min(session.ends_at, change.now) if out_at is None else out_at)
            try:
                if left.at is not None and came.at is not None and left.at < came.at:
                    raise Refused(OutsideSession())
                _checked_in(change, session, volunteer, came, None)
                told.append(_checked_out(change, session, volunteer, left))
            except Refused as no:
                told.append(no.refusal)
    return told


def void(bank: Bank, by: By, attendance: Attendance, reason: str) -> Attendance:
    """They were not there: the attendance is taken back, and stays to be seen. Refuses SessionOver, NotCheckedIn."""
    with bank.changing(by) as change:
        activities.hold(change, attendance.activity_id)
        session = activity_sessions.again(change, attendance.session_id)
        now = again(change, attendance.id)
        if session.closed_at is not None:
            raise Refused(SessionOver())
        if now.voided_at is not None:
            raise Refused(NotCheckedIn())
        change.change("attendance", now.id, {"voided_at": change.now, "voided_by": by.actor, "void_reason": reason})
        change.audit("void", "attendance", now.id, before={"state": "valid"}, after={"state": "void"})
        return again(change, now.id)


def repeated(bank: Bank, request: Request | None) -> Attendance | None:
    """What was done under this key before; None where nothing was. Refuses KeyReused."""
    if request is None:
        return None
    with bank.store.reading() as connection:
        return _repeated(connection, request)


def find(bank: Bank, id: UUID) -> Attendance | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return from_row(row) if row else None


def of_session(bank: Bank, session: ActivitySession) -> list[Attendance]:
    """All that were not taken back."""
    with bank.store.reading() as connection:
        return [from_row(row) for row in store.of_session(connection, session.id)]


def page(bank: Bank, *, after: Sequence[Any] | None, limit: int, **asked: UUID | None) -> Page[Attendance]:
    """Those of an `activity_id`, a `session_id` or a `volunteer_id`, the last one first."""
    with bank.store.reading() as connection:
        found = store.page(connection, after=after, limit=limit, **asked)
    return found.each(from_row)


def served(bank: Bank, activity: Activity, session: ActivitySession, attendance: Attendance) -> list[Span]:
    """What of it counts, day by day."""
    bounds = Bounds(session.starts_at, session.ends_at, activity.grace_minutes, activity.no_check_out)
    now = bank.world.clock() if session.closed_at is None else session.closed_at
    last = now if attendance.out_at is None else max(now, attendance.out_at)
    return served_spans.spans(attendance.in_at, attendance.out_at, bounds, now=last, zone=bank.zone)


def capture_method_of(attendance: Attendance) -> str:
    """`clocked` only where both ends were: an end that was assumed is nobody's clock."""
    return "roster" if attendance.out_at is None else attendance.capture_method


def again(change: Changes, id: UUID) -> Attendance:
    return from_row(still(store.find(change.connection, id), "attendance", id))


def from_row(row: Mapping[str, Any]) -> Attendance:
    known = {name: row[name] for name in Attendance.__slots__}
    return Attendance(**known | {"is_signed_up": bool(row["is_signed_up"])})


def before(change: Changes, request: Request | None) -> Attendance | None:
    """The same request again, as this transaction sees it."""
    return None if request is None else _repeated(change.connection, request)


def _repeated(connection: Any, request: Request) -> Attendance | None:
    row = store.request(connection, request.client, request.key)
    if row is None:
        return None
    if row["request"] != request.digest:
        raise Refused(KeyReused())
    found = store.find(connection, row["attendance_id"])
    return from_row(found) if found else None


def _checked_in(
    change: Changes, session: ActivitySession, volunteer: Volunteer, shown: Shown, against: Refusal | None
) -> Attendance:
    activity = activities.hold(change, session.activity_id)
    now = activity_sessions.again(change, session.id)
    if volunteer.closed is not None:
        raise Refused(VolunteerClosed())
    activities.refuse_over(activity)
    is_by_hand = shown.way not in CLOCKED_WAYS
    if now.closed_at is not None or (change.now >= now.ends_at and not is_by_hand):
        raise Refused(SessionOver())
    _refuse_code(change, now, volunteer, shown)
    at = change.now if shown.at is None else shown.at
    opens_at = now.starts_at - activity.check_in_before_minutes * MINUTE
    if change.now < opens_at:
        raise Refused(TooEarly(minutes_before=activity.check_in_before_minutes))
    if not opens_at <= at <= min(change.now, now.ends_at):
        raise Refused(OutsideSession())
    if store.valid(change.connection, now.id, volunteer.id) is not None:
        raise Refused(AlreadyCheckedIn())
    if against is not None and not store.is_signed_up(change.connection, now.id, volunteer.id):
        raise Refused(against)
    row = {
        "id": change.new_id(),
        "activity_id": activity.id,
        "session_id": now.id,
        "volunteer_id": volunteer.id,
        "capture_method": "roster" if is_by_hand else "clocked",
        "in_at": at,
        **_marked(change, "in", shown),
    }
    change.add("attendance", row)
    return _remembered(change, row["id"], "check_in", volunteer, shown)


def _checked_out(change: Changes, session: ActivitySession, volunteer: Volunteer, shown: Shown) -> Attendance:
    activity = activities.hold(change, session.activity_id)
    now = activity_sessions.again(change, session.id)
    is_by_hand = shown.way not in CLOCKED_WAYS
    if activity.state == "cancelled" or not is_by_hand:
        activities.refuse_over(activity)
    if now.closed_at is not None and not is_by_hand:
        raise Refused(SessionOver())
    _refuse_code(change, now, volunteer, shown)
    found = store.valid(change.connection, now.id, volunteer.id)
    if found is None:
        raise Refused(NotCheckedIn())
    if found["out_at"] is not None:
        raise Refused(AlreadyCheckedOut())
    if now.closed_at is not None and store.is_handed_in(change.connection, found["id"]):
        raise Refused(AttendanceHandedIn())
    at = change.now if shown.at is None else shown.at
    if not found["in_at"] <= at <= change.now:
        raise Refused(OutsideSession())
    row: dict[str, Any] = {"out_at": at, **_marked(change, "out", shown)}
    if is_by_hand:
        row["capture_method"] = "roster"
    change.change("attendance", found["id"], row)
    return _remembered(change, found["id"], "check_out", volunteer, shown)


def _marked(change: Changes, end: str, shown: Shown) -> dict[str, Any]:
    """Who, how, at which device, when it was written down."""
    by = change.by
    return {
        f"{end}_way": shown.way,
        f"{end}_by": by.actor,
        f"{end}_kind": by.kind,
        f"{end}_device_id": by.device,
        f"{end}_recorded_at": change.now,
    }


def _remembered(change: Changes, id: UUID, action: str, volunteer: Volunteer, shown: Shown) -> Attendance:
    if shown.request is not None:
        client, key, digest = shown.request
        asked = {"client": client, "key": key, "request": digest, "attendance_id": id, "recorded_at": change.now}
        change.add("attendance_request", asked, unique="key")
    made = again(change, id)
    at = made.in_at if action == "check_in" else made.out_at
    change.audit(action, "attendance", id, after={"volunteer_id": volunteer.id, "way": shown.way, "at": at})
    return made


def _refuse_code(change: Changes, session: ActivitySession, volunteer: Volunteer, shown: Shown) -> None:
    """A code is good at its session, and once for each person."""
    if shown.code is None:
        return
    if shown.code.session_id != session.id:
        raise Refused(CodeForeign())
    store.sweep_uses(change.connection, change.now)
    if store.is_used(change.connection, shown.code.digest, volunteer.id):
        raise Refused(CodeUsed())
    use = {"digest": shown.code.digest, "volunteer_id": volunteer.id, "expires_at": shown.code.expires_at}
    change.add("attendance_code_use", use, unique="digest")


def _against(bank: Bank, session: ActivitySession, volunteer: Volunteer) -> Refusal | None:
    """What would have turned somebody away who did not sign up."""
    activity = activities.find(bank, session.activity_id)
    day = activity_sessions.day_of(bank, session.starts_at)
    if activity is None:
        return None
    return admission.of_minor(bank, volunteer, day) or admission.of_age(bank, activity, volunteer, day)
