"""A card is lost, replaced and followed by others; alone it tells little and spends nothing."""

from __future__ import annotations

from typing import Any

from api.routes import PREFIX
from tests.api.conftest import Client, Founded, People, Scene, make_scene
from tests.api.devices import PIN, SELF, WRONG, another, card, kiosk, own, sign_in, signed_in

__all__ = ["another", "card", "kiosk"]


def test_a_card_alone_tells_a_masked_name_and_the_balance_and_spends_nothing(
    kiosk: Client, people: People, scene: Scene, card: dict[str, Any]
) -> None:
    people.organiser.post(f"{PREFIX}/service-records", scene.record())
    balance = people.desk.get(own(scene.volunteer_no)[1]).json["points"]["balance"]
    told = kiosk.post(f"{SELF}/glance", {"card": card["card_no"]})
    assert (told.status, told.json) == (200, {"name": "王*英", "points": balance})
    assert balance > 0
    assert kiosk.post(SELF, {"card": card["card_no"]}).status == 422
    assert sign_in(kiosk, WRONG, card=card["card_no"]).status == 401
    redemption = {"card": card["card_no"]} | {k: v for k, v in scene.redemption().items() if k != "volunteer_no"}
    assert kiosk.post(f"{PREFIX}/redemptions", redemption).status == 403
    assert people.desk.post(f"{PREFIX}/redemptions", redemption).status == 422
    assert kiosk.post(f"{SELF}/glance", {"card": "0" * 16}).status == 404


def test_a_lost_card_opens_nothing_from_that_moment_and_its_successor_does(
    kiosk: Client, people: People, scene: Scene, card: dict[str, Any]
) -> None:
    path = f"{PREFIX}/volunteers/{scene.volunteer_no}/cards"
    volunteer = signed_in(kiosk, volunteer_no=scene.volunteer_no)
    ended = volunteer.post(f"{path}/{card['id']}/end", {"reason": "lost"})
    assert (ended.status, ended.json["ended_for"]) == (200, "lost")
    assert sign_in(kiosk, card=card["card_no"]).status == 401
    assert kiosk.post(f"{SELF}/glance", {"card": card["card_no"]}).status == 404
    second = people.desk.post(path, {"replaces": card["id"]}).json
    third = people.desk.post(path, {"replaces": second["id"]}).json
    assert [sign_in(kiosk, card=each["card_no"]).status for each in (second, third)] == [401, 200]
    listed = people.desk.get(path).json["items"]
    assert [each["ended_for"] for each in listed] == ["lost", "replaced", None]


def test_a_card_is_its_volunteer_s_and_within_reach_only(
    founded: Founded, people: People, scene: Scene, card: dict[str, Any]
) -> None:
    neighbour = make_scene(founded.there, people)
    founded.hire("desk-there", ("desk", founded.there))
    there = people.sign_in("desk-there")
    path = f"{PREFIX}/volunteers/{neighbour.volunteer_no}/cards"
    assert there.get(path).status == 200
    assert there.post(f"{path}/{card['id']}/end", {"reason": "lost"}).status == 404
    assert there.post(path, {"replaces": card["id"]}).status == 404
    for what in ("qr.svg", "qr.png", "face.svg"):
        assert there.get(f"{path}/{card['id']}/{what}").status == 404
    assert there.get(f"{PREFIX}/volunteers/{scene.volunteer_no}/cards").status == 404
    assert there.post(f"{PREFIX}/volunteers/{scene.volunteer_no}/pin", {"pin": PIN}).status == 404
