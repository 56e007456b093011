"""Giving over HTTP: who may, what the form must say, and that a repeated request gives once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Founded, People, Scene

API = "/api/v1"


@pytest.fixture
def household(founded: Founded, people: People, scene: Scene) -> str:
    body = {"organisation_id": str(founded.here.id), "name": "示例李家"}
    made = people.organiser.post(f"{API}/households", body).json["id"]
    member = {"volunteer_no": scene.volunteer_no, "role": "head"}
    assert people.organiser.post(f"{API}/households/{made}/members", member).status == 201
    return str(made)


def test_who_gives_and_receives_is_named_exactly_once(people: People, scene: Scene, household: str) -> None:
    person = {"volunteer_no": scene.volunteer_no}
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"giver": {}, "receiver": person}, "/giver", "not_exactly_one"),
        ({"giver": person | {"household_id": household}, "receiver": person}, "/giver", "not_exactly_one"),
        ({"giver": person, "receiver": {}}, "/receiver", "not_exactly_one"),
        ({"giver": {"organisation_id": household}, "receiver": person}, "/giver/organisation_id", "unknown_member"),
    ]
    for body, pointer, code in cases:
        told = people.desk.post(f"{API}/donations", body | {"points": 1})
        assert told.status == 422, told.text
        assert [(fault["pointer"], fault["code"]) for fault in told.json["errors"]] == [(pointer, code)]


def test_a_gift_asked_for_twice_is_given_once(founded: Founded, people: People, scene: Scene) -> None:
    assert people.organiser.post(f"{API}/service-records", scene.record(120)).json["points"] == 2
    body = {
        "giver": {"volunteer_no": scene.volunteer_no},
        "receiver": {"organisation_id": str(founded.here.id)},
        "points": 2,
    }
    first, second = (people.desk.post(f"{API}/donations", body, key="k" * 16) for _ in range(2))
    assert (first.status, second.status, second.json) == (201, 201, first.json)
    assert second.headers["Idempotent-Replayed"] == "true"
    [entry, _] = people.desk.get(f"{API}/volunteers/{scene.volunteer_no}/statement").json["items"]
    assert (entry["kind"], entry["amount"], entry["balance_after"]) == ("donation", -2, 0)
    assert entry["explanation"][0]["zh"] == "个人账户捐赠 2 分给公益用途"


def test_nobody_gives_to_or_from_what_they_do_not_know(
    founded: Founded, people: People, scene: Scene, household: str
) -> None:
    founded.hire("desk-there", ("desk", founded.there))
    stranger = people.sign_in("desk-there")
    person, home = {"volunteer_no": scene.volunteer_no}, {"household_id": household}
    told = stranger.post(f"{API}/households/{household}/pool", person | {"points": 1})
    assert told.status == 404
    for body in (
        {"giver": person, "receiver": {"organisation_id": str(founded.there.id)}},
        {"giver": home, "receiver": {"organisation_id": str(founded.there.id)}},
        {"giver": person, "receiver": {"group_id": household}},
    ):
        assert stranger.post(f"{API}/donations", body | {"points": 1}).status == 404
    unknown = people.desk.post(f"{API}/donations", {"giver": {"group_id": household}, "receiver": home, "points": 1})
    assert (unknown.status, unknown.json["errors"][0]["pointer"]) == (404, "/giver/group_id")


def test_only_a_desk_moves_points_between_hands(people: People, scene: Scene, household: str) -> None:
    body = {"volunteer_no": scene.volunteer_no, "points": 1}
    told = {role: getattr(people, role).post(f"{API}/households/{household}/pool", body) for role in ("admin", "desk")}
    assert told["admin"].status == 403
    assert (told["desk"].status, told["desk"].json["code"]) == (409, "pooling_not_allowed")
