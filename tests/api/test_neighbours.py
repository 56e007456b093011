"""What flows down the tree is known below, and somebody from next door can help: docs/decisions/0008."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from api.idempotency import digest
from ledger.store.schema.audit import audit
from tests.api.conftest import Client, Founded, People, Scene, make_scene
from tests.api.devices import PIN

V1 = "/api/v1"


@pytest.fixture
def there(founded: Founded, people: People) -> Scene:
    """The community next door."""
    return make_scene(founded.there, people)


def local(founded: Founded, people: People, role: str) -> Client:
    """Somebody whose role holds in the community `here` only."""
    founded.hire(f"{role}-here", (role, founded.here))
    return people.sign_in(f"{role}-here")


def test_a_prize_of_the_district_is_known_and_handed_out_below(founded: Founded, people: People, scene: Scene) -> None:
    offered = {"title": "示例雨伞", "cost_points": 1, "organisation_id": str(founded.district.id)}
    prize = people.admin.post(f"{V1}/prizes", offered).json["id"]
    desk = local(founded, people, "desk")
    assert desk.get(f"{V1}/prizes/{prize}").status == 200
    assert [each["id"] for each in desk.get(f"{V1}/prizes").json["items"]] == [scene.prize_id, prize]
    people.organiser.post(f"{V1}/service-records", scene.record())
    receipt = {"desk_id": scene.desk_id, "prize_id": prize, "quantity": 3, "source": "示例捐赠"}
    assert desk.post(f"{V1}/stock-receipts", receipt).status == 201
    redeemed = desk.post(f"{V1}/redemptions", scene.redemption() | {"items": [{"prize_id": prize, "quantity": 1}]})
    assert (redeemed.status, redeemed.json.get("points")) == (201, 1)


def test_a_prize_of_the_district_stays_the_district_s_to_change(founded: Founded, people: People, scene: Scene) -> None:
    offered = {"title": "示例雨伞", "cost_points": 1, "organisation_id": str(founded.district.id)}
    prize = people.admin.post(f"{V1}/prizes", offered).json["id"]
    admin = local(founded, people, "admin")
    told = admin.patch(
        f"{V1}/prizes/{prize}", {"cost_points": 2}, If_Match=admin.get(f"{V1}/prizes/{prize}").headers["ETag"]
    )
    assert (told.status, told.json["code"]) == (403, "insufficient_scope")
    assert admin.post(f"{V1}/prizes", offered).status == 404


def test_a_prize_next_door_or_below_next_door_is_not_there(
    founded: Founded, people: People, scene: Scene, there: Scene
) -> None:
    desk, admin = (local(founded, people, role) for role in ("desk", "admin"))
    assert desk.get(f"{V1}/prizes/{there.prize_id}").status == 404
    assert [each["id"] for each in desk.get(f"{V1}/prizes").json["items"]] == [scene.prize_id]
    assert admin.patch(f"{V1}/prizes/{there.prize_id}", {}, If_Match='"x"').status == 404
    items = [{"prize_id": there.prize_id, "quantity": 1}]
    assert desk.post(f"{V1}/redemptions", scene.redemption() | {"items": items}).status == 404


def test_a_volunteer_from_next_door_is_recorded_where_they_helped(
    founded: Founded, people: People, scene: Scene, there: Scene
) -> None:
    organiser = local(founded, people, "organiser")
    recorded = organiser.post(f"{V1}/service-records", scene.record(volunteer_no=there.volunteer_no, from_time="09:00"))
    assert recorded.status == 201
    roster = organiser.post(
        f"{V1}/service-records/batch", {"items": [scene.record(60, volunteer_no=there.volunteer_no, from_time="11:00")]}
    )
    assert [item["outcome"] for item in roster.json["items"]] == ["posted"]
    assert organiser.post(f"{V1}/service-records", there.record()).status == 404
    held = people.organiser.get(f"{V1}/volunteers/{there.volunteer_no}/balance").json
    assert held["minutes"]["clocked"] == 180
    reviewer = local(founded, people, "reviewer")
    told = reviewer.post(f"{V1}/service-records/{recorded.json['id']}/reverse", {"reason": "示例更正"})
    assert told.status == 201


def test_of_a_guest_only_the_masked_name_is_told_and_every_look_is_noted(
    founded: Founded, people: People, there: Scene
) -> None:
    organiser = local(founded, people, "organiser")
    assert organiser.get(f"{V1}/guests/{there.volunteer_no}").json == {
        "volunteer_no": there.volunteer_no,
        "masked_name": "王*英",
    }
    for path in ("", "/balance", "/statement"):
        assert organiser.get(f"{V1}/volunteers/{there.volunteer_no}{path}").status == 404
    slipped = there.volunteer_no[:-1] + str((int(there.volunteer_no[-1]) + 1) % 10)
    assert organiser.get(f"{V1}/guests/{slipped}").status == 404
    with founded.bank.store.reading() as connection:
        lines = connection.execute(select(audit).where(audit.c.outcome == "viewed")).mappings().all()
    assert [(line["action"], line["organisation_id"]) for line in lines] == [("view", founded.there.id)]
    assert json.loads(lines[0]["change"]) == {"fields": ["masked_name"]}


def test_a_guest_spends_with_their_pin_and_not_without(
    founded: Founded, people: People, scene: Scene, there: Scene
) -> None:
    people.organiser.post(f"{V1}/service-records", there.record())
    people.desk.post(f"{V1}/volunteers/{there.volunteer_no}/pin", {"pin": PIN})
    desk = local(founded, people, "desk")
    receipt = {"desk_id": scene.desk_id, "prize_id": scene.prize_id, "quantity": 3, "source": "示例捐赠"}
    desk.post(f"{V1}/stock-receipts", receipt)
    wanted = scene.redemption() | {"volunteer_no": there.volunteer_no}
    assert desk.post(f"{V1}/redemptions", wanted).status == 404
    nobody = desk.post(f"{V1}/redemptions", wanted | {"volunteer_no": "1234567897", "pin": PIN})
    wrong = desk.post(f"{V1}/redemptions", wanted | {"pin": "583915"})
    for told in (nobody, wrong):
        assert (told.status, told.json["errors"][0]["pointer"], told.json["errors"][0]["code"]) == (
            422,
            "/pin",
            "wrong_pin",
        )
    redeemed = desk.post(f"{V1}/redemptions", wanted | {"pin": PIN})
    assert (redeemed.status, redeemed.json.get("points")) == (201, 2)
    assert desk.get(f"{V1}/volunteers/{there.volunteer_no}/balance").status == 404


def test_a_pin_cannot_be_tried_out_against_what_is_kept_of_a_request() -> None:
    asked = {"volunteer_no": "1234567897", "pin": PIN}
    kept = digest("POST", "/redemptions", asked)
    assert kept == digest("POST", "/redemptions", asked | {"pin": "000000"})
    assert kept != digest("POST", "/redemptions", {"volunteer_no": "1234567897"})
