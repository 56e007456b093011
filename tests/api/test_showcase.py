"""The showcase: anybody sees what can be had and where it lies, and nothing that is for those who keep the shelves."""

from __future__ import annotations

from typing import Any

from api.routes import PREFIX
from tests.api.conftest import Client, People, Scene


def shown(nobody: Client) -> dict[str, Any]:
    """What anybody sees, by the prize's id."""
    told = nobody.get(f"{PREFIX}/showcase")
    assert told.status == 200, told.text
    return {item["id"]: item for item in told.json["items"]}


def test_anybody_sees_what_lies_free_at_which_desk(people: People, nobody: Client, scene: Scene) -> None:
    was = shown(nobody)[scene.prize_id]["quantity"]
    other = people.admin.post(f"{PREFIX}/desks", {"organisation_id": scene.organisation_id, "name": "示例二号台"})
    goods = {"prize_id": scene.prize_id, "source": "示例捐赠"}
    for received in (
        {"desk_id": scene.desk_id, "quantity": 5},
        {"desk_id": other.json["id"], "quantity": 3, "best_before": "2999-12-31"},
        {"desk_id": other.json["id"], "quantity": 90, "best_before": "2026-01-01"},
    ):
        assert people.desk.post(f"{PREFIX}/stock-receipts", goods | received).status == 201
    assert people.organiser.post(f"{PREFIX}/service-records", scene.record(600)).status == 201
    assert people.desk.post(f"{PREFIX}/reservations", scene.redemption()).status == 201
    found = shown(nobody)[scene.prize_id]
    assert found["quantity"] == was + 5 + 3 - 1  # what is set aside or has expired is not to be had
    assert found["desks"][-1] == {"desk": "示例二号台", "organisation": found["organisation"], "quantity": 3}
    assert found["quantity"] == sum(desk["quantity"] for desk in found["desks"])


def test_what_is_not_on_the_shelf_is_not_shown_and_what_is_for_the_keepers_neither(
    people: People, nobody: Client, scene: Scene
) -> None:
    path = f"{PREFIX}/prizes/{scene.prize_id}"
    worth = people.admin.get(f"{path}/reference-value")
    said = {"reference_fen": 777_123}
    assert people.admin.patch(f"{path}/reference-value", said, If_Match=worth.headers["ETag"]).status == 200
    low = people.admin.patch(path, {"low_at": 4}, If_Match=people.admin.get(path).headers["ETag"])
    told = nobody.get(f"{PREFIX}/showcase").text
    assert scene.prize_id in told
    assert not any(word in told for word in ("fen", "777123", "low_at"))
    assert people.admin.patch(path, {"on_shelf": False}, If_Match=low.headers["ETag"]).status == 200
    assert scene.prize_id not in shown(nobody)
