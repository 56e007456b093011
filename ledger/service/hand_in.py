"""Handing in (上交出勤): a session that is closed becomes service records, one for each person and day.

Each has a key that follows from the attendance and the day, so that handing in again, after a power cut or by somebody
else, gives back what was posted and posts only what is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Request
from ledger.core.canonical import digest
from ledger.core.refusals import Refused, SessionNotBegun
from ledger.people import volunteers
from ledger.people.volunteers import Volunteer
from ledger.service import activities, activity_sessions, attendances, records, rulebooks
from ledger.service.activities import Activity
from ledger.service.activity_sessions import ActivitySession
from ledger.service.attendances import Attendance
from ledger.service.attended import Attended
from ledger.service.records import Claim
from ledger.service.served_spans import Span

CLIENT = "attendance"
"""Whose keys those of records made of attendances are: no client's."""


class HandedIn(NamedTuple):
    """What became of one day of somebody's attendance."""

    attendance: Attendance
    span: Span | None
    """None where nothing counts: nobody checked them out, or they left before it began."""
    outcome: Outcome | None
    """None where there was nothing to hand in, or the person was erased."""


def close(bank: Bank, by: By, session: ActivitySession) -> ActivitySession:
    """From now on nobody is checked in or out. One that is closed stays so. Refuses SessionNotBegun."""
    with bank.changing(by) as change:
        activities.hold(change, session.activity_id)
        now = activity_sessions.again(change, session.id)
        if now.closed_at is not None:
            return now
        if change.now < now.starts_at:
            raise Refused(SessionNotBegun())
        change.change("activity_session", now.id, {"closed_at": change.now, "closed_by": by.actor})
        change.audit("close", "activity_session", now.id, before={"state": "open"}, after={"state": "closed"})
        return activity_sessions.again(change, now.id)


def refuse_not_begun(bank: Bank, sessions: Sequence[ActivitySession]) -> None:
    """SessionNotBegun where one of these has not."""
    if any(bank.world.clock() < each.starts_at for each in sessions):
        raise Refused(SessionNotBegun())


def close_activity(bank: Bank, by: By, activity: Activity) -> Activity:
    """Nothing of it is open any more, and no session is left to close. Refuses ActivityOver, SessionNotBegun."""
    with bank.changing(by) as change:
        now = activities.hold(change, activity.id)
        if now.state == "closed":
            return now
        activities.refuse_over(now)
        for row in activity_sessions.all_of(change, now.id):
            if row.closed_at is None:
                raise Refused(SessionNotBegun())
        change.change("activity", now.id, {"closed_at": change.now, "closed_by": by.actor})
        made = activities.again(change, now.id)
        change.audit("close", "activity", now.id, before={"state": now.state}, after={"state": made.state})
        return made


def hand_in(bank: Bank, by: By, session: ActivitySession) -> list[HandedIn]:
    """Hand in everybody's attendance of a closed session; each day of each person has its own outcome."""
    activity = activities.find(bank, session.activity_id)
    if activity is None or session.closed_at is None or activity.cancelled_at is not None:
        return []
    came = attendances.of_session(bank, session)
    people = volunteers.find_all(bank, sorted({each.volunteer_no for each in came}))
    spans = [(each, attendances.served(bank, activity, session, each)) for each in came]
    days = [(each, span) for each, served in spans for span in served if each.volunteer_no in people]
    homes = records.homes(bank, [(people[each.volunteer_no], span.day) for each, span in days])
    books = {
        day: rulebooks.in_force(bank, day, organisation_path=activity.organisation_path)
        for day in {span.day for _, span in days}
    }
    roster = [
        (
            _request(each, span),
            _claim(
                activity,
                each,
                span,
                people[each.volunteer_no],
                homes.get((people[each.volunteer_no].id, span.day)),
            ),
            books[span.day],
        )
        for each, span in days
    ]
    outcomes = dict(
        zip(
            [(each.id, span.day) for each, span in days],
            records.record_all(bank, by, roster) if roster else [],
            strict=True,
        )
    )
    handed_in: list[HandedIn] = []
    for each, served in spans:
        handed_in += [HandedIn(each, span, outcomes.get((each.id, span.day))) for span in served]
        if not served:
            handed_in.append(HandedIn(each, None, None))
    return handed_in


def _request(attendance: Attendance, span: Span) -> Request:
    said = f"{attendance.id} {span.day} {span.began_at} {span.ended_at}"
    return Request(CLIENT, f"{attendance.id}-{span.day}", digest(said.encode()))


def _claim(
    activity: Activity,
    attendance: Attendance,
    span: Span,
    volunteer: Volunteer,
    household: UUID | None,
) -> Claim:
    return Claim(
        volunteer=volunteer,
        activity=activity,
        minutes=span.minutes,
        served_on=span.day,
        capture_method=attendances.capture_method_of(attendance),
        household=household,
        attended=Attended(
            attendance_id=attendance.id,
            session_id=attendance.session_id,
            began_at=span.began_at,
            ended_at=span.ended_at,
        ),
    )
