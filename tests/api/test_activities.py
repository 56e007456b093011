"""Activities over HTTP: their forms, their faults, and what others may not change meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Client, Founded, People

API = "/api/v1/activities"
MORNING = {"starts_at": "2026-03-07T01:00:00Z", "ends_at": "2026-03-07T03:00:00Z"}
NIGHT = {"starts_at": "2026-03-08T14:00:00Z", "ends_at": "2026-03-08T18:00:00Z"}


@pytest.fixture
def body(founded: Founded) -> dict[str, Any]:
    return {
        "organisation_id": str(founded.here.id),
        "title": "示例清洁日",
        "activity_type": "cleaning",
        "place": "示例广场",
        "content": "清扫广场",
        "person_in_charge": "示例负责人",
    }


def test_an_activity_may_come_with_all_its_fields_and_sessions(people: People, body: dict[str, Any]) -> None:
    more: dict[str, Any] = {
        "tags": ["节日", "outdoor", "节日"],
        "capacity": 20,
        "minimum_age": 16,
        "is_dangerous": True,
        "risk_note": "登高作业, 请穿防滑鞋。",
        "insurance_reference": "A-0001",
        "grace_minutes": 10,
    }
    made = people.organiser.post(API, body | more | {"sessions": [NIGHT, MORNING | {"capacity": 5}]})
    assert made.status == 201, made.text
    assert made.json["held_on"] == "2026-03-07"
    assert made.json["tags"] == ["outdoor", "节日"]
    del more["tags"]
    assert {name: made.json[name] for name in more} == more
    assert [each["starts_at"] for each in made.json["sessions"]] == [
        "2026-03-07T01:00:00.000000Z",
        "2026-03-08T14:00:00.000000Z",
    ]
    assert [each["capacity"] for each in made.json["sessions"]] == [5, None]
    assert people.organiser.get(f"{API}/{made.json['id']}").json == made.json


def test_what_is_not_said_has_a_sensible_default(people: People, body: dict[str, Any]) -> None:
    made = people.organiser.post(API, body | {"held_on": "2026-03-05"}).json
    assert (made["state"], made["sessions"], made["tags"]) == ("draft", [], [])
    assert (made["capacity"], made["minimum_age"], made["insurance_reference"]) == (None, None, None)
    assert (made["cancel_before_minutes"], made["check_in_before_minutes"], made["grace_minutes"]) == (120, 60, 0)
    assert (made["overlap"], made["no_check_out"]) == ("refuse", "nothing")


@pytest.mark.parametrize(
    ("more", "pointer", "code"),
    [
        ({}, "/held_on", "missing"),
        ({"held_on": "2026-03-05", "sessions": [MORNING]}, "/held_on", "not_the_first_day"),
        ({"sessions": [{"starts_at": "2026-03-07", "ends_at": "x"}]}, "/sessions/0/starts_at", "not_an_instant"),
        ({"sessions": [{**MORNING, "starts_at": "2026-02-30T01:00:00Z"}]}, "/sessions/0/starts_at", "not_an_instant"),
        ({"sessions": [{**MORNING, "ends_at": MORNING["starts_at"]}]}, "/sessions", "out_of_range"),
        ({"held_on": "2026-03-05", "is_dangerous": True}, "/insurance_reference", "missing"),
        ({"held_on": "2026-03-05", "capacity": 0}, "/capacity", "out_of_range"),
        ({"held_on": "2026-03-05", "filed_at": "2026-03-05T00:00:00Z"}, "/filed_at", "unknown_member"),
    ],
)
def test_what_is_wrong_is_named(
    people: People, body: dict[str, Any], more: dict[str, Any], pointer: str, code: str
) -> None:
    told = people.organiser.post(API, body | more)
    assert told.status in (409, 422)
    assert (pointer, code) in [(fault["pointer"], fault["code"]) for fault in told.json["errors"]]
    assert people.organiser.get(API).json["items"] == []


def test_null_takes_a_limit_away_and_silence_does_not(people: People, body: dict[str, Any]) -> None:
    made = people.organiser.post(API, body | {"sessions": [MORNING], "capacity": 5, "minimum_age": 16})
    one = f"{API}/{made.json['id']}"
    changed = people.organiser.patch(one, {"capacity": None, "title": None}, If_Match=tag(people.organiser, one))
    assert (changed.json["capacity"], changed.json["minimum_age"]) == (None, 16)
    assert changed.json["title"] == "示例清洁日"
    wrong = people.organiser.patch(one, {"held_on": "2026-03-09"}, If_Match=tag(people.organiser, one))
    assert wrong.json["errors"][0]["code"] == "not_the_first_day"


def test_a_change_names_what_it_changes(people: People, body: dict[str, Any]) -> None:
    made = people.organiser.post(API, body | {"sessions": [MORNING]}).json
    for one in (f"{API}/{made['id']}", f"/api/v1/activity-sessions/{made['sessions'][0]['id']}"):
        assert people.organiser.patch(one, {"capacity": 3}).status == 428
        stale = tag(people.organiser, one)
        assert people.organiser.patch(one, {"capacity": 3}, If_Match=stale).status == 200
        assert people.organiser.patch(one, {"capacity": 4}, If_Match=stale).status == 412


def test_the_audit_keeps_no_name_of_an_activity_that_changed(people: People, body: dict[str, Any]) -> None:
    made = people.organiser.post(API, body | {"sessions": [MORNING]}).json
    one = f"{API}/{made['id']}"
    canary = {"person_in_charge": "示例金丝雀", "place": "金丝雀家", "risk_note": "金丝雀"}
    assert people.organiser.patch(one, canary, If_Match=tag(people.organiser, one)).status == 200
    told = people.auditor.get("/api/v1/audit").text
    assert "person_in_charge" in told
    assert "金丝雀" not in told


def tag(client: Client, path: str) -> str:
    return str(client.get(path).headers["ETag"])
