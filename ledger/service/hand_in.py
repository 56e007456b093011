"""Handing in (上交出勤): a session that is closed becomes service records, one for each person and day; or, where the
activity is no volunteer service (a meeting, a lesson), a good deed for each person, which has no hours (令67 art. 19).

Each has a key that follows from the attendance and the day, so that handing in again, after a power cut or by somebody
else, gives back what was posted and posts only what is missing, also what was refused before and can be posted now.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Request
from ledger.core.canonical import digest
from ledger.core.refusals.activities import SessionNotBegun
from ledger.core.refusals.refusal import Refused
from ledger.people import organisations, volunteers
from ledger.people.volunteers import Volunteer
from ledger.rules import Rulebook
from ledger.service import activities, activity_sessions, attempts, attendances, deeds, records, rulebooks
from ledger.service.activities import Activity
from ledger.service.activity_sessions import ActivitySession
from ledger.service.attendances import Attendance
from ledger.service.attended import Attended
from ledger.service.deeds import Doing
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


class Part(NamedTuple):
    """One day of somebody's attendance, with what its posting needs."""

    attendance: Attendance
    span: Span
    volunteer: Volunteer
    household: UUID | None
    """On that day, as is the rulebook."""
    rulebook: Rulebook | None


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
    spans = [(each, _countable(activity, attendances.served(bank, activity, session, each))) for each in came]
    days = [(each, span) for each, served in spans for span in served if each.volunteer_no in people]
    homes = records.homes(bank, [(people[each.volunteer_no], span.day) for each, span in days])
    books = {
        day: rulebooks.in_force(bank, day, organisation_path=activity.organisation_path)
        for day in {span.day for _, span in days}
    }
    parts = [
        Part(
            each, span, people[each.volunteer_no], homes.get((people[each.volunteer_no].id, span.day)), books[span.day]
        )
        for each, span in days
    ]
    submitted = _as_service if activity.is_volunteer_service else _as_good_deeds
    outcomes = dict(
        zip([(each.id, span.day) for each, span in days], submitted(bank, by, activity, parts), strict=True)
    )
    handed_in: list[HandedIn] = []
    for each, served in spans:
        handed_in += [HandedIn(each, span, outcomes.get((each.id, span.day))) for span in served]
        if not served:
            handed_in.append(HandedIn(each, None, None))
    return handed_in


def _countable(activity: Activity, served: list[Span]) -> list[Span]:
    """Every day is a record; a good deed is one, however late it gets."""
    return served if activity.is_volunteer_service else served[:1]


def _as_service(bank: Bank, by: By, activity: Activity, parts: Sequence[Part]) -> list[Outcome]:
    roster = [
        (
            request,
            Claim(
                volunteer=part.volunteer,
                activity=activity,
                minutes=part.span.minutes,
                served_on=part.span.day,
                capture_method=attendances.capture_method_of(part.attendance),
                household=part.household,
                attended=Attended(
                    attendance_id=part.attendance.id,
                    session_id=part.attendance.session_id,
                    began_at=part.span.began_at,
                    ended_at=part.span.ended_at,
                ),
            ),
            part.rulebook,
        )
        for part, request in zip(parts, _requests(bank, parts), strict=True)
    ]
    return records.record_all(bank, by, roster) if roster else []


def _as_good_deeds(bank: Bank, by: By, activity: Activity, parts: Sequence[Part]) -> list[Outcome]:
    organisation = organisations.find_all(bank, [activity.organisation_id])[activity.organisation_id]
    done = [
        (
            request,
            Doing(
                volunteer=part.volunteer,
                organisation=organisation,
                kind="good_deed",
                deed_type=activity.activity_type,
                done_on=part.span.day,
                activity=activity,
                tags=frozenset(activity.tags),
                household=part.household,
            ),
            part.rulebook,
        )
        for part, request in zip(parts, _requests(bank, parts), strict=True)
    ]
    return deeds.post_all(bank, by, done) if done else []


def _requests(bank: Bank, parts: Sequence[Part]) -> list[Request]:
    """Under which key each part is handed in, whoever does it."""
    subjects = [f"{part.attendance.id}-{part.span.day}" for part in parts]
    keys = attempts.keys_of(bank, CLIENT, subjects)
    return [
        Request(CLIENT, keys[subject], digest(f"{subject} {part.span.began_at} {part.span.ended_at}".encode()))
        for subject, part in zip(subjects, parts, strict=True)
    ]
