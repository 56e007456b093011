"""Rosters as they stand: who is recorded where; taken away and brought in again, nothing is new."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.bank import By
from ledger.people import volunteers
from tests.api.conftest import ACTIVITY, Founded, People, Told
from tests.banks import LONG

API = "/api/v1"
METHODS = ("clocked", "roster", "backfilled", "declared", "imported")
DEED = st.tuples(
    st.integers(0, 3),
    st.integers(0, 2),
    st.integers(1, 1440),
    st.sampled_from(METHODS),
    st.sampled_from([None, "ok", "complaint", "满意", "=1+1"]),
)


def activities(founded: Founded, people: People) -> list[dict[str, Any]]:
    made = []
    for number in range(3):
        day = founded.bank.today() - timedelta(days=number)
        body = {"organisation_id": str(founded.here.id), **ACTIVITY, "held_on": day.isoformat()}
        made.append(people.organiser.post(f"{API}/activities", body).json)
    return made


def recorded(people: People, volunteer: volunteers.Volunteer, activity: dict[str, Any], **more: Any) -> Told:
    record = {
        "volunteer_no": volunteer.volunteer_no,
        "activity_id": activity["id"],
        "served_on": activity["held_on"],
        "minutes": 60,
        "capture_method": "clocked",
    }
    return people.organiser.post(f"{API}/service-records", record | more)


def register(founded: Founded, *names: str) -> list[volunteers.Volunteer]:
    by = By(actor=founded.bank.world.new_id())
    return volunteers.register_all(founded.bank, by, organisation=founded.here, names=names)


def items(people: People, query: str = "") -> list[dict[str, Any]]:
    told = people.organiser.get(f"{API}/rosters{query}")
    assert told.status == 200, told.text
    found: list[dict[str, Any]] = told.json["items"]
    return found


def test_a_roster_shows_what_is_posted_and_what_waits_and_nothing_that_was_undone(
    founded: Founded, people: People
) -> None:
    ana, bo, cy = register(founded, "示例甲", "示例乙", "示例丙")
    today, yesterday, _ = activities(founded, people)
    recorded(people, ana, today)
    recorded(people, bo, today, capture_method="backfilled")
    undone = recorded(people, cy, yesterday).json["id"]
    assert people.reviewer.post(f"{API}/service-records/{undone}/reverse", {"reason": "示例更正"}).status == 201
    recorded(people, cy, yesterday, minutes=30)
    told = {(one["volunteer_name"], one["state"], one["minutes"]) for one in items(people)}
    assert told == {("示例甲", "posted", 60), ("示例乙", "submitted", 60), ("示例丙", "posted", 30)}
    assert [one["volunteer_name"] for one in items(people, f"?activity_id={yesterday['id']}")] == ["示例丙"]
    assert [one["volunteer_name"] for one in items(people, f"?to={yesterday['held_on']}")] == ["示例丙"]
    walked: list[str] = []
    more = "&"
    while more:
        page = people.organiser.get(f"{API}/rosters?limit=1{more}".rstrip("&")).json
        walked += [one["id"] for one in page["items"]]
        more = f"&cursor={page['next_cursor']}" if page["next_cursor"] else ""
    assert len(walked) == len(set(walked)) == 3


def test_a_guest_is_shown_by_number_and_mask_and_others_rosters_are_not_shown(founded: Founded, people: People) -> None:
    by = By(actor=founded.bank.world.new_id())
    [guest] = volunteers.register_all(founded.bank, by, organisation=founded.there, names=["示例客"])
    [held, *_] = activities(founded, people)
    recorded(people, guest, held)
    for name, place in (("organiser-here", founded.here), ("organiser-there", founded.there)):
        founded.hire(name, ("organiser", place))
    [line] = people.sign_in("organiser-here").get(f"{API}/rosters").json["items"]
    assert (line["volunteer_no"], line["volunteer_name"]) == (guest.volunteer_no, "示*客")
    assert people.sign_in("organiser-there").get(f"{API}/rosters").json["items"] == []


def test_any_roster_taken_away_and_brought_in_again_posts_nothing_new(founded: Founded, people: People) -> None:
    """In every format and language, guests, namesakes and odd evaluations included."""
    by = By(actor=founded.bank.world.new_id())
    somebody = register(founded, "示例甲", "示例甲", "-示例乙")
    somebody += volunteers.register_all(founded.bank, by, organisation=founded.there, names=["示例客"])
    held = activities(founded, people)
    founded.hire("organiser-here", ("organiser", founded.here))
    here = people.sign_in("organiser-here")

    @settings(
        max_examples=40 if LONG else 6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=not LONG
    )
    @given(st.lists(DEED, min_size=1, max_size=6), st.sampled_from(["csv", "xlsx"]), st.sampled_from(["zh-CN", "en"]))
    def brought_again(deeds: Any, kind: str, language: str) -> None:
        for who, what, minutes, method, evaluation in deeds:
            more = {"minutes": minutes, "capture_method": method}
            told = recorded(
                people, somebody[who], held[what], **more | ({"evaluation": evaluation} if evaluation else {})
            )
            assert told.status == 201, told.text
        before = {one["id"] for one in items(people, "?limit=200")}
        got = here.get(f"{API}/rosters?format={kind}", Accept_Language=language)
        body = {"organisation_id": str(founded.here.id), "file": (io.BytesIO(got.data), "x")}
        headers = {"Authorization": f"Bearer {here.token}"}
        told = Told(here.flask.post(f"{API}/imports/service-records", data=body, headers=headers))
        assert told.status == 201, told.text
        assert (told.json["rows"], told.json["faults"], told.json["questions"]) == (0, [], []), told.text
        assert {note["code"] for note in told.json["notes"]} == {"already_recorded"}
        done = here.post(f"{API}/imports/{told.json['id']}/commit", {"mode": "partial"}, key=uuid4().hex)
        assert (done.status, done.json["made"]) == (200, 0)
        assert {one["id"] for one in items(people, "?limit=200")} == before

    brought_again()
