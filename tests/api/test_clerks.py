"""What a clerk finds at the desk: who stands there by what they show, what went over before, what waits for a code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from stdnum import damm

from api import Keys, create_app
from api.routes import PREFIX
from ledger import rules
from ledger.bank import Bank
from ledger.people import keys
from ledger.settings import Settings
from ledger.store.schema.privacy import viewing
from tests.api.conftest import PASSWORD, Client, Founded, People, Scene, found, make_scene
from tests.api.devices import PIN, SELF, WRONG, another, card, kiosk, signed_in, with_pin

__all__ = ["another", "card", "kiosk"]

SHOWN = f"{PREFIX}/identifications"


@pytest.fixture
def elsewhere(founded: Founded, nobody: Client) -> Client:
    """The clerk of another community."""
    founded.hire("desk-there", ("desk", founded.there))
    told = nobody.post(
        f"{PREFIX}/auth/token", {"grant_type": "password", "username": "desk-there", "password": PASSWORD}
    )
    return Client(nobody.flask, token=told.json["access_token"])


def supplied(people: People, scene: Scene) -> None:
    received = {"desk_id": scene.desk_id, "prize_id": scene.prize_id, "quantity": 3, "source": "示例捐赠"}
    assert people.desk.post(f"{PREFIX}/stock-receipts", received).status == 201
    assert people.organiser.post(f"{PREFIX}/service-records", scene.record(180)).status == 201


def test_a_number_a_card_and_a_code_on_a_screen_say_who_stands_there(
    founded: Founded, people: People, kiosk: Client, scene: Scene, card: dict[str, Any]
) -> None:
    volunteer = signed_in(kiosk, volunteer_no=scene.volunteer_no)
    code = volunteer.post(f"{SELF}/screen-code", {}).json["code"]
    shows = ({"volunteer_no": scene.volunteer_no}, {"card": card["card_no"]}, {"code": code})
    told = [people.desk.post(SHOWN, shown) for shown in shows]
    assert [each.status for each in told] == [200, 200, 200], [each.text for each in told]
    assert {(each.json["volunteer_no"], each.json["is_guest"]) for each in told} == {(scene.volunteer_no, False)}
    balance = people.desk.get(f"{PREFIX}/volunteers/{scene.volunteer_no}/balance").json
    assert told[0].json["points"] == balance["points"]
    assert people.desk.post(SHOWN, {"code": code}).status == 404  # it opens once
    with founded.bank.store.reading() as connection:
        seen = connection.execute(select(viewing.c.what).where(viewing.c.volunteer_id.is_not(None))).scalars().all()
    assert seen.count("balance") == 4


def test_a_guest_is_known_by_the_pin_alone_and_nobody_is_told_who_there_is(
    people: People, elsewhere: Client, scene: Scene, card: dict[str, Any]
) -> None:
    with_pin(people.desk, scene.volunteer_no)
    for shown in ({"volunteer_no": scene.volunteer_no}, {"card": card["card_no"]}):
        assert elsewhere.post(SHOWN, shown).status == 404
        guest = elsewhere.post(SHOWN, shown | {"pin": PIN})
        assert (guest.status, guest.json["volunteer_no"], guest.json["is_guest"]) == (200, scene.volunteer_no, True)
        wrong = elsewhere.post(SHOWN, shown | {"pin": WRONG})
        assert (wrong.status, wrong.json["errors"][0]["code"]) == (422, "wrong_pin")
    nobody = str(damm.calc_check_digit("123456789"))
    told = elsewhere.post(SHOWN, {"volunteer_no": "123456789" + nobody, "pin": PIN})
    assert (told.status, told.json["errors"][0]["code"]) == (422, "wrong_pin")


@pytest.mark.parametrize("shown", [{}, {"volunteer_no": "1" * 10, "card": "1" * 16}, {"code": "1" * 40, "pin": PIN}])
def test_exactly_one_thing_is_shown(people: People, shown: dict[str, str]) -> None:
    told = people.desk.post(SHOWN, shown)
    assert (told.status, told.json["errors"][0]["code"]) == (422, "one_shown")


def test_what_went_over_is_found_again_by_slip_person_and_day(
    founded: Founded, people: People, elsewhere: Client, scene: Scene
) -> None:
    supplied(people, scene)
    done = people.desk.post(f"{PREFIX}/redemptions", scene.redemption()).json
    path = f"{PREFIX}/redemptions"
    today = founded.bank.today().isoformat()
    seen = people.desk.get(f"{path}/{done['id']}").json
    assert (seen["id"], seen["items"], seen["is_refunded"]) == (done["id"], done["items"], False)
    for asked in (f"receipt={done['receipt']['number']}", f"volunteer_no={scene.volunteer_no}", f"on={today}"):
        assert people.desk.get(f"{path}?desk_id={scene.desk_id}&{asked}").json["items"] == [seen]
    number = done["receipt"]["number"]
    slip = number[:-1] + str((int(number[-1]) + 1) % 10)
    for asked in (f"receipt={slip}", "on=2020-01-01"):
        assert people.desk.get(f"{path}?{asked}").json["items"] == []
    assert elsewhere.get(f"{path}/{done['id']}").status == 404
    assert elsewhere.get(f"{path}?receipt={number}").json["items"] == []
    founded.hire("desk-2", ("desk", founded.here))
    second = {"grant_type": "password", "username": "desk-2", "password": PASSWORD}
    token = people.desk.post(f"{PREFIX}/auth/token", second).json["access_token"]
    back = Client(people.desk.flask, token=token).post(f"{path}/{done['id']}/reverse", {"reason": "示例退回"})
    assert back.status == 201, back.text
    assert people.desk.get(f"{path}/{done['id']}").json["is_refunded"]


def test_a_code_read_out_finds_what_waits_for_it_at_this_desk_alone(
    founded: Founded, people: People, kiosk: Client, scene: Scene
) -> None:
    supplied(people, scene)
    with_pin(people.desk, scene.volunteer_no)
    volunteer = signed_in(kiosk, volunteer_no=scene.volunteer_no)
    wanted = {"desk_id": scene.desk_id, "items": [{"prize_id": scene.prize_id, "quantity": 1}]}
    made = volunteer.post(f"{PREFIX}/reservations", wanted).json
    code = {"pickup_code": made["pickup_code"]}
    found = people.desk.post(f"{PREFIX}/pickups", code | {"desk_id": scene.desk_id})
    assert (found.status, found.json["id"]) == (200, made["id"]), found.text
    assert "pickup_code" not in found.json
    other = make_scene(founded.here, people)
    assert people.desk.post(f"{PREFIX}/pickups", code | {"desk_id": other.desk_id}).status == 422
    assert people.desk.post(f"{PREFIX}/reservations/{made['id']}/collect", code).status == 201
    assert people.desk.post(f"{PREFIX}/pickups", code | {"desk_id": scene.desk_id}).status == 422
    tried = [
        people.desk.post(f"{PREFIX}/pickups", {"desk_id": scene.desk_id, "pickup_code": f"{n:09d}"}).status
        for n in range(6)
    ]
    assert 429 in tried


def test_for_whom_else_points_may_be_used_is_what_the_rulebook_in_force_says(people: People, tmp_path: Path) -> None:
    assert people.desk.get(f"{PREFIX}/beneficiaries").json == {"beneficiaries": []}
    settings = Settings(data_dir=tmp_path / "nanjing", database_url=f"sqlite:///{tmp_path / 'nanjing.db'}")
    template = found(settings, rules.book("nanjing"))
    with Bank.open(template.settings) as bank:
        signing = Keys(keys.load(template.settings.data_dir), issuer="bank.example", clock=bank.world.clock)
        flask = create_app(bank, signing).test_client()
        password = {"grant_type": "password", "username": "desk", "password": PASSWORD}
        token = Client(flask).post(f"{PREFIX}/auth/token", password).json["access_token"]
        [family] = Client(flask, token=token).get(f"{PREFIX}/beneficiaries").json["beneficiaries"]
    assert (family["relation"], family["age_at_least"]) == ("direct_relative", 60)


def test_a_prize_has_a_code_for_its_label(people: People, scene: Scene) -> None:
    told = people.desk.get(f"{PREFIX}/prizes/{scene.prize_id}").json
    assert len(told["code"]) == 8
    assert damm.is_valid(told["code"])
    assert damm.is_valid(told["code"].lstrip("0"))  # as fingers type it
