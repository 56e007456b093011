"""A card is lost, replaced and followed by others; alone it tells little and spends nothing."""

from __future__ import annotations

from typing import Any

from api.routes import PREFIX
from tests.api.conftest import Client, Founded, People, Scene, make_scene
from tests.api.devices import PIN, SELF, WRONG, card, kiosk, own, sign_in, signed_in, with_pin

__all__ = ["card", "kiosk"]


def test_security_8_a_card_alone_tells_a_masked_name_and_the_balance_and_spends_nothing(
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


def test_who_left_or_was_erased_is_nobody_to_a_kiosk(
    kiosk: Client, people: People, scene: Scene, card: dict[str, Any]
) -> None:
    path = f"{PREFIX}/volunteers/{scene.volunteer_no}"
    ways = ({"volunteer_no": scene.volunteer_no}, {"card": card["card_no"]})
    here = signed_in(kiosk, volunteer_no=scene.volunteer_no)
    code = here.post(f"{SELF}/screen-code", {}).json["code"]
    assert people.reviewer.post(f"{path}/closing", {"reason": "left"}).status == 201
    assert [sign_in(kiosk, **who).status for who in ways] == [401, 401]
    assert kiosk.post(f"{SELF}/screen", {"code": code}).status == 401
    assert kiosk.post(f"{SELF}/glance", {"card": card["card_no"]}).status == 404
    assert here.get(f"{path}/balance").status == 200, "until the session ends, their own is still theirs to read"
    tag = people.admin.get(path).headers["ETag"]
    assert people.admin.delete(path, If_Match=tag).status == 200
    assert here.get(SELF).status == 401


def test_a_card_of_a_merged_number_opens_what_it_was_merged_into(
    founded: Founded, kiosk: Client, people: People, scene: Scene, card: dict[str, Any]
) -> None:
    """With the PIN of the account that remains; and the card can still be reported lost."""
    remains = make_scene(founded.here, people)
    with_pin(people.desk, remains.volunteer_no, "907142")
    path = f"{PREFIX}/volunteers/{scene.volunteer_no}"
    assert people.reviewer.post(f"{path}/merge", {"survivor_no": remains.volunteer_no}).status == 201
    assert sign_in(kiosk, card=card["card_no"]).status == 401
    told = sign_in(kiosk, "907142", card=card["card_no"])
    assert (told.status, told.json["volunteer_no"]) == (200, remains.volunteer_no)
    cards = f"{PREFIX}/volunteers/{remains.volunteer_no}/cards"
    assert [each["id"] for each in people.desk.get(cards).json["items"]] == [card["id"]]
    assert people.desk.post(f"{cards}/{card['id']}/end", {"reason": "lost"}).status == 200
    assert sign_in(kiosk, "907142", card=card["card_no"]).status == 401


def test_a_pin_is_no_part_of_one_s_telephone_number(founded: Founded, people: People) -> None:
    rules = people.admin.get(f"{PREFIX}/privacy-rules")
    kept = people.admin.patch(f"{PREFIX}/privacy-rules", {"kept_fields": ["phone"]}, If_Match=rules.headers["ETag"])
    assert kept.status == 200
    newcomer = {"name": "王示英", "organisation_id": str(founded.here.id), "phone": "13857283614"}
    number = people.organiser.post(f"{PREFIX}/volunteers", newcomer).json["volunteer_no"]
    for pin in ("283614", "857283"):
        assert people.desk.post(f"{PREFIX}/volunteers/{number}/pin", {"pin": pin}).status == 422
    with_pin(people.desk, number)
