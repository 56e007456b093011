"""Households and groups over HTTP: what staff may see and change, and what stays masked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Client, Founded, People, Scene

API = "/api/v1"


@pytest.fixture(params=["households", "groups"])
def path(request: pytest.FixtureRequest) -> str:
    """Both work alike."""
    return f"{API}/{request.param}"


def volunteer(client: Client, organisation: Any, name: str) -> str:
    told = client.post(f"{API}/volunteers", {"name": name, "organisation_id": str(organisation.id)})
    return str(told.json["volunteer_no"])


def test_a_household_is_told_with_its_members_of_today(
    path: str, founded: Founded, people: People, scene: Scene
) -> None:
    made = people.organiser.post(path, {"organisation_id": str(founded.here.id), "name": "示例李家"})
    assert (made.status, made.json["members"]) == (201, [])
    one = f"{path}/{made.json['id']}"
    joined = people.organiser.post(f"{one}/members", {"volunteer_no": scene.volunteer_no, "role": "head"})
    today = founded.bank.today().isoformat()
    member = {
        "volunteer_no": scene.volunteer_no,
        "name": "王秀英",
        "role": "head",
        "from_on": today,
        "until_on": None,
    }
    assert (joined.status, joined.json) == (201, member)
    assert people.desk.get(one).json["members"] == [member]
    left = people.organiser.post(f"{one}/members/{scene.volunteer_no}/leave", {})
    assert left.json == member | {"until_on": today}
    assert people.desk.get(f"{one}/members").json["members"] == [left.json]
    line = {name: value for name, value in made.json.items() if name != "members"}
    assert people.desk.get(path).json == {"items": [line], "next_cursor": None}
    empty = people.desk.get(f"{one}/balance").json
    assert (empty["points"]["balance"], empty["minutes"]["total"]) == (0, 0)
    assert people.desk.get(f"{one}/statement").json == {"items": [], "next_cursor": None}


def test_a_member_who_belongs_elsewhere_is_masked(path: str, founded: Founded, people: People) -> None:
    made = people.organiser.post(path, {"organisation_id": str(founded.here.id), "name": "示例队"}).json
    number = volunteer(people.organiser, founded.there, "示例甲")
    assert people.organiser.post(f"{path}/{made['id']}/members", {"volunteer_no": number}).status == 201
    founded.hire("desk-here", ("desk", founded.here))
    told = people.sign_in("desk-here").get(f"{path}/{made['id']}").json["members"]
    assert [(each["volunteer_no"], each["name"]) for each in told] == [(None, "示**")]


def test_what_is_elsewhere_is_not_there(path: str, founded: Founded, people: People, scene: Scene) -> None:
    made = people.organiser.post(path, {"organisation_id": str(founded.there.id), "name": "示例张家"}).json
    founded.hire("organiser-here", ("organiser", founded.here))
    stranger = people.sign_in("organiser-here")
    one = f"{path}/{made['id']}"
    asked = [
        stranger.get(one),
        stranger.get(f"{one}/members"),
        stranger.get(f"{one}/balance"),
        stranger.get(f"{one}/statement"),
        stranger.post(f"{one}/members", {"volunteer_no": scene.volunteer_no}),
        stranger.post(f"{one}/members/{scene.volunteer_no}/leave", {}),
        stranger.post(f"{one}/head", {"volunteer_no": scene.volunteer_no}),
        stranger.post(path, {"organisation_id": str(founded.there.id), "name": "示例"}),
    ]
    assert [told.status for told in asked] == [404] * len(asked)
    assert stranger.get(path).json["items"] == []


def test_a_volunteer_elsewhere_cannot_be_taken_in(path: str, founded: Founded, people: People) -> None:
    founded.hire("organiser-here", ("organiser", founded.here))
    keeper = people.sign_in("organiser-here")
    made = keeper.post(path, {"organisation_id": str(founded.here.id), "name": "示例李家"}).json
    number = volunteer(people.organiser, founded.there, "示例甲")
    told = keeper.post(f"{path}/{made['id']}/members", {"volunteer_no": number})
    assert (told.status, told.json["errors"][0]["pointer"]) == (404, "/volunteer_no")


def test_a_household_is_no_group(founded: Founded, people: People) -> None:
    made = people.organiser.post(f"{API}/households", {"organisation_id": str(founded.here.id), "name": "示例"}).json
    assert people.organiser.get(f"{API}/groups/{made['id']}").status == 404


def test_nobody_leaves_who_is_not_in_it(path: str, founded: Founded, people: People, scene: Scene) -> None:
    made = people.organiser.post(path, {"organisation_id": str(founded.here.id), "name": "示例李家"}).json
    for number in (scene.volunteer_no, "1234567890", "1"):
        told = people.organiser.post(f"{path}/{made['id']}/members/{number}/leave", {})
        assert (told.status, told.json["code"]) == (409, "not_a_member")
