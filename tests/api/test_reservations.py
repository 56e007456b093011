"""Reservations at a kiosk: the volunteer sets aside, sees the code, and fetches it at the desk; nobody else does."""

from __future__ import annotations

from typing import Any

import pytest

from api.routes import PREFIX
from tests.api.conftest import Client, Founded, People, Scene
from tests.api.devices import another, card, kiosk, signed_in, with_pin

__all__ = ["another", "card", "kiosk"]

PATH = f"{PREFIX}/reservations"


@pytest.fixture
def volunteer(people: People, scene: Scene, kiosk: Client) -> Client:
    """Somebody with points at the kiosk, and mugs at the desk."""
    received = {"desk_id": scene.desk_id, "prize_id": scene.prize_id, "quantity": 3, "source": "示例捐赠"}
    assert people.desk.post(f"{PREFIX}/stock-receipts", received).status == 201
    assert people.organiser.post(f"{PREFIX}/service-records", scene.record(180)).status == 201
    with_pin(people.desk, scene.volunteer_no)
    return signed_in(kiosk, volunteer_no=scene.volunteer_no)


def wanted(scene: Scene, **more: Any) -> dict[str, Any]:
    return {"desk_id": scene.desk_id, "items": [{"prize_id": scene.prize_id, "quantity": 1}]} | more


def test_what_is_set_aside_at_the_kiosk_is_fetched_at_the_desk(people: People, scene: Scene, volunteer: Client) -> None:
    made = volunteer.post(PATH, wanted(scene), key="k" * 16)
    assert made.status == 201, made.text
    assert volunteer.post(PATH, wanted(scene), key="k" * 16).json == made.json
    code, id = made.json["pickup_code"], made.json["id"]
    assert volunteer.get(f"{PATH}/{id}").json["pickup_code"] == code
    assert [one["pickup_code"] for one in volunteer.get(PATH).json["items"]] == [code]
    seen = people.desk.get(f"{PATH}?volunteer_no={scene.volunteer_no}&state=reserved").json["items"]
    assert [(one["id"], "pickup_code" in one) for one in seen] == [(id, False)]
    balance = people.desk.get(f"{PREFIX}/volunteers/{scene.volunteer_no}/balance").json["points"]
    assert (balance["held"], balance["balance"] - balance["available"]) == (made.json["points"], made.json["points"])
    fetched = people.desk.post(f"{PATH}/{id}/collect", {"pickup_code": code})
    assert fetched.status == 201, fetched.text
    assert (fetched.json["reservation_id"], fetched.json["points"]) == (id, made.json["points"])
    told = volunteer.get(f"{PATH}/{id}").json
    assert (told["state"], told["redemption_id"]) == ("collected", fetched.json["id"])
    assert "pickup_code" not in told
    again = people.desk.post(f"{PATH}/{id}/collect", {"pickup_code": code})
    assert (again.status, again.json["code"]) == (409, "reservation_ended")


def test_a_wrong_code_hands_nothing_over_and_guessing_is_held_up(
    people: People, scene: Scene, volunteer: Client
) -> None:
    made = volunteer.post(PATH, wanted(scene)).json
    path = f"{PATH}/{made['id']}/collect"
    told = [people.desk.post(path, {"pickup_code": f"{n:09d}"}) for n in range(6)]
    assert {each.status for each in told} == {422, 429}
    assert {each.json["errors"][0]["code"] for each in told if each.status == 422} == {"wrong_pickup_code"}
    assert people.desk.post(path, {"pickup_code": made["pickup_code"]}).status == 429
    balance = people.desk.get(f"{PREFIX}/volunteers/{scene.volunteer_no}/balance").json["points"]
    assert balance["held"] == made["points"]


def test_the_code_is_kept_nowhere(founded: Founded, scene: Scene, volunteer: Client) -> None:
    code = volunteer.post(PATH, wanted(scene)).json["pickup_code"]
    with founded.bank.store.reading() as connection:
        names = [
            *("command", "private", "reservation", "reservation_item", "audit", "transaction"),
        ]
        rows = [str(connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()) for name in names]  # noqa: S608
    assert scene.desk_id in "".join(rows)
    assert code not in "".join(rows)


def test_a_volunteer_reserves_for_nobody_else_and_cancels_nobody_elses(
    people: People, scene: Scene, volunteer: Client, kiosk: Client
) -> None:
    of = {"organisation_id": scene.organisation_id, "name": "示例乙"}
    number = people.organiser.post(f"{PREFIX}/volunteers", of).json["volunteer_no"]
    with_pin(people.desk, number)
    stranger = signed_in(kiosk, volunteer_no=number)
    assert stranger.post(PATH, wanted(scene, volunteer_no=scene.volunteer_no)).status == 404
    volunteer = signed_in(kiosk, volunteer_no=scene.volunteer_no)
    id = volunteer.post(PATH, wanted(scene, volunteer_no=scene.volunteer_no)).json["id"]
    stranger = signed_in(kiosk, volunteer_no=number)
    assert [stranger.get(f"{PATH}/{id}").status, stranger.post(f"{PATH}/{id}/cancel", {}).status] == [404, 404]
    assert stranger.get(PATH).json["items"] == []
    volunteer = signed_in(kiosk, volunteer_no=scene.volunteer_no)
    gone = volunteer.post(f"{PATH}/{id}/cancel", {})
    assert (gone.status, gone.json["state"]) == (201, "cancelled")


@pytest.mark.usefixtures("volunteer")
def test_the_desk_says_for_whom_it_reserves(people: People, scene: Scene) -> None:
    told = people.desk.post(PATH, wanted(scene))
    assert (told.status, told.json["errors"][0]["pointer"]) == (422, "/volunteer_no")
    assert people.desk.post(PATH, wanted(scene, volunteer_no=scene.volunteer_no)).status == 201
