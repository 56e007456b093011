"""Places in a session: of many who ask at once exactly as many get one as there are, and nobody is forgotten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from ledger.bank import Bank, By
from ledger.people import volunteers
from ledger.service import activities, activity_sessions, places, sign_ups
from ledger.service.activities import Activity
from ledger.service.activity_sessions import ActivitySession, Timetable
from ledger.service.sign_ups import SignUp
from tests.banks import STAFF, Clock
from tests.towns import Town

BY = By(actor=STAFF)
HOUR = 3_600_000_000
CROWD = 64
PLACES = 10


def published(bank: Bank, clock: Clock, places: int | None) -> tuple[Town, Activity, ActivitySession]:
    town = Town(bank, rulebook=None)
    begins = clock() + 24 * HOUR
    made, [session] = activity_sessions.announce(
        bank,
        BY,
        organisation=town.district,
        timetables=[Timetable(starts_at=begins, ends_at=begins + HOUR)],
        fields={
            "title": "示例活动",
            "activity_type": "cleaning",
            "held_on": date(2026, 3, 3),
            "place": "示例小区",
            "content": "示例内容",
            "person_in_charge": "示例负责人",
            "capacity": places,
        },
    )
    return town, activities.publish(bank, BY, made), session


def everybody_signs_up(bank: Bank, clock: Clock) -> tuple[Activity, list[SignUp]]:
    town, activity, session = published(bank, clock, PLACES)
    names = [f"示例{at}" for at in range(CROWD)]
    people = volunteers.register_all(bank, BY, organisation=town.district, names=names)
    with ThreadPoolExecutor(CROWD) as crowd:
        list(crowd.map(lambda who: sign_ups.sign_up(bank, BY, activity, session, who), people))
    return activity, all_of(bank, activity)


def all_of(bank: Bank, activity: Activity) -> list[SignUp]:
    return list(sign_ups.of_activity(bank, activity, session_id=None, state=None, after=None, limit=200).items)


def test_of_64_who_ask_at_once_exactly_10_get_one_of_10_places(bank: Bank, clock: Clock) -> None:
    _, made = everybody_signs_up(bank, clock)
    assert sum(one.state == "confirmed" for one in made) == PLACES
    assert sorted(one.place for one in made if one.place) == list(range(1, CROWD - PLACES + 1))


def test_all_who_cancel_at_once_make_room_for_as_many(bank: Bank, clock: Clock) -> None:
    activity, made = everybody_signs_up(bank, clock)
    going = [one for one in made if one.state == "confirmed"]
    with ThreadPoolExecutor(PLACES) as crowd:
        list(crowd.map(lambda one: sign_ups.cancel(bank, BY, one), going))
    now = {one.id: one for one in all_of(bank, activity)}
    assert [now[one.id].state for one in going] == ["cancelled"] * PLACES
    waited = sorted((one for one in made if one.place), key=lambda one: one.place or 0)
    assert [now[one.id].state for one in waited] == ["confirmed"] * PLACES + ["waiting"] * (CROWD - 2 * PLACES)


def test_one_person_signs_up_once_however_often_they_tap(bank: Bank, clock: Clock) -> None:
    from ledger.core.refusals.activities import AlreadySignedUp
    from ledger.core.refusals.refusal import Refused

    town, activity, session = published(bank, clock, PLACES)

    def tap(_: int) -> str:
        try:
            return sign_ups.sign_up(bank, BY, activity, session, town.volunteer("ana")).state
        except Refused as no:
            return no.refusal.code

    town.volunteer("ana")
    with ThreadPoolExecutor(8) as taps:
        told = list(taps.map(tap, range(8)))
    assert sorted(told) == [AlreadySignedUp.code] * 7 + ["confirmed"]


def test_places_that_nobody_holds_still_are_given_twice(
    bank: Bank, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the tests above can fail: with every place free, all get one."""
    monkeypatch.setattr(places, "is_free", lambda *_: True)
    _, made = everybody_signs_up(bank, clock)
    assert sum(one.state == "confirmed" for one in made) == CROWD
