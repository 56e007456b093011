"""The catalogue over HTTP: who may have a prize, what it cost, and that money is shown to nobody who redeems."""

from __future__ import annotations

import json

from api.routes import PREFIX
from tests.api.conftest import People, Scene

TERMS = {
    "limit": {"items": 2, "per": "month"},
    "balance_at_least": 50,
    "hours_at_least": 4,
    "star_level_at_least": 1,
    "local_only": True,
}


def prize_at(scene: Scene) -> str:
    return f"{PREFIX}/prizes/{scene.prize_id}"


def test_who_may_have_a_prize_is_said_as_a_whole_and_can_be_taken_back(people: People, scene: Scene) -> None:
    path = prize_at(scene)
    old = people.desk.get(path)
    changed = people.admin.patch(path, {"terms": TERMS, "low_at": 3}, If_Match=old.headers["ETag"])
    assert (changed.status, changed.json["terms"], changed.json["low_at"]) == (200, TERMS, 3)
    tag = changed.headers["ETag"]
    cleared = people.admin.patch(path, {"terms": {}, "low_at": None}, If_Match=tag).json
    assert (cleared["terms"], cleared["low_at"]) == (old.json["terms"], None)
    refused = people.admin.patch(path, {"terms": {"limit": {"items": 1}}}, If_Match=tag)
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/terms/limit/per")


def test_a_service_is_counted_in_slots(people: People, scene: Scene) -> None:
    body = {"organisation_id": scene.organisation_id, "title": "示例理发", "cost_points": 3, "kind": "service"}
    made = people.admin.post(f"{PREFIX}/prizes", body)
    assert (made.status, made.json["kind"]) == (201, "service")
    slots = {"desk_id": scene.desk_id, "prize_id": made.json["id"], "quantity": 20, "source": "示例理发店"}
    assert people.desk.post(f"{PREFIX}/stock-receipts", slots).status == 201


def test_what_a_prize_is_worth_is_for_those_who_keep_the_catalogue(people: People, scene: Scene) -> None:
    path = f"{prize_at(scene)}/reference-value"
    empty = people.admin.get(path)
    assert empty.json == {"reference_fen": None}
    said = people.admin.patch(path, {"reference_fen": 777_123}, If_Match=empty.headers["ETag"])
    assert said.json == people.admin.get(path).json == {"reference_fen": 777_123}
    assert people.admin.patch(path, {"reference_fen": 1}, If_Match=empty.headers["ETag"]).status == 412
    assert people.desk.get(path).status == 403
    for client in (people.desk, people.admin):
        for open_to_all in (prize_at(scene), f"{PREFIX}/prizes", f"{prize_at(scene)}/prices"):
            told = json.dumps(client.get(open_to_all).json)
            assert "fen" not in told
            assert "777123" not in told


def test_every_price_is_told_from_its_day_on(people: People, scene: Scene) -> None:
    path = prize_at(scene)
    first = people.desk.get(path)
    again = people.admin.patch(path, {"cost_points": 9}, If_Match=first.headers["ETag"])
    told = people.desk.get(f"{path}/prices").json["prices"]
    assert [(one["cost_points"], one["state"]) for one in told] == [
        (first.json["cost_points"], "past"),
        (9, "in_force"),
    ]
    assert {one["price_list"] for one in told} == {None}
    assert again.json["cost_points"] == 9
