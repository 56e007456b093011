"""Gatherings: activities as they are run with the bank at hand: published, signed up for, checked in and out by card,
handed in; one whose places are all taken is still to come.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from ledger.bank import Bank, By
from ledger.demo.district import ActivityIdea
from ledger.demo.world import ZONE, Story
from ledger.people import volunteers
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.service import activities, activity_sessions, attendances, hand_in, no_shows, sign_ups
from ledger.service.activities import Activity
from ledger.service.activity_sessions import ActivitySession, Timetable
from ledger.service.attendances import Shown
from ledger.service.hand_in import HandedIn

BEGINS, ENDS = time(9, 30), time(11, 30)
CAME = 8
"""So many come to a gathering by card; one more had a place and stays away."""
EVERY = 8
"""One activity in so many is a gathering."""
PLACES = 3
"""Of the one that is still to come."""


def announce(
    bank: Bank, by: By, estate: Organisation, idea: ActivityIdea, day: date, **more: int
) -> tuple[Activity, ActivitySession]:
    """An activity of that day, filed and published."""
    made, [session] = activity_sessions.announce(
        bank,
        by,
        organisation=estate,
        timetables=[Timetable(starts_at=_instant(day, BEGINS), ends_at=_instant(day, ENDS))],
        fields={
            "title": f"{estate.name}{idea.title}",
            "activity_type": idea.activity_type,
            "held_on": day,
            "place": f"{estate.name}党群服务站",
            "content": idea.content,
            "person_in_charge": "范示乙",
            **more,
        },
    )
    activities.file(bank, by, made)
    return activities.publish(bank, by, made), session


def gather(
    bank: Bank, by: By, story: Story, activity: Activity, session: ActivitySession, people: Sequence[Volunteer]
) -> Sequence[Volunteer]:
    """Who signs up, and comes: in by card at the beginning, out at the end, but for one who forgets it. Nobody, where
    the day is too far gone.
    """
    if bank.world.clock() > session.starts_at:
        return ()
    for person in people[: CAME + 1]:
        sign_ups.sign_up(bank, by, activity, session, person)
    came = people[:CAME]
    story.turn_to(activity.held_on, BEGINS)
    for person in came:
        attendances.check_in(bank, by, session, person, Shown(way="card"))
    story.turn_to(activity.held_on, ENDS)
    for person in came[1:]:
        attendances.check_out(bank, by, session, person, Shown(way="card"))
    return came


def close(bank: Bank, by: By, activity: Activity, session: ActivitySession) -> list[HandedIn]:
    """The evening: the organiser says when somebody left who forgot to check out, attendance is handed in, and who
    stayed away is excused.
    """
    closed = hand_in.close(bank, by, session)
    people = {each.volunteer_no: each for each in attendances.of_session(bank, closed) if each.out_at is None}
    for number, person in volunteers.find_all(bank, sorted(people)).items():
        half = (people[number].in_at + closed.ends_at) // 2
        attendances.check_out(bank, by, closed, person, Shown(way="hand", at=half))
    handed_in = hand_in.hand_in(bank, by, closed)
    expected = sign_ups.of_activity(bank, activity, session_id=None, state="confirmed", after=None, limit=200)
    for signed_up in expected.items:
        if not signed_up.came:
            no_shows.record(bank, by, signed_up, "excused")
    hand_in.close_activity(bank, by, activity)
    return handed_in


def plan(bank: Bank, by: By, estate: Organisation, idea: ActivityIdea, people: Sequence[Volunteer]) -> None:
    """Next week's activity: every place is taken, others wait for one."""
    day = bank.today() + timedelta(days=7)
    activity, session = announce(bank, by, estate, idea, day, capacity=PLACES)
    for person in people[: PLACES * 2]:
        sign_ups.sign_up(bank, by, activity, session, person)


def _instant(day: date, at: time) -> int:
    return int(datetime.combine(day, at, ZONE).timestamp()) * 1_000_000
