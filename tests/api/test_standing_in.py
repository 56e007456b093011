"""Redemptions over HTTP in which somebody stands in: an agent for the volunteer, or a household that pays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from tests.api.conftest import Founded, People, Scene
from tests.banks import STAFF

V1 = "/api/v1"


def authorised(people: People, number: str, **more: Any) -> dict[str, Any]:
    body = {"agent_name": "示例邻居", "captured": "paper", "scope": "redeem"} | more
    made = people.organiser.post(f"{V1}/volunteers/{number}/agents", body)
    assert made.status == 201, made.json
    answer: dict[str, Any] = made.json
    return answer


def earned(people: People, scene: Scene) -> None:
    assert people.organiser.post(f"{V1}/service-records", scene.record()).status == 201
    receipt = {"desk_id": scene.desk_id, "prize_id": scene.prize_id, "quantity": 9, "source": "示例捐赠"}
    assert people.desk.post(f"{V1}/stock-receipts", receipt).status == 201


def test_the_slip_of_what_an_agent_collected_says_under_which_authorisation(
    founded: Founded, people: People, scene: Scene
) -> None:
    earned(people, scene)
    agency = authorised(people, scene.volunteer_no)
    told = people.desk.post(f"{V1}/redemptions", scene.redemption() | {"collected_by": agency["id"]})
    assert (told.status, told.json["collected_by"]) == (201, agency["id"])
    with founded.bank.store.reading() as connection:
        [(id,)] = connection.execute(text("SELECT collected_by FROM redemption")).all()
    assert str(id) == agency["id"]


def test_an_authorisation_of_another_volunteer_is_not_there(people: People, scene: Scene) -> None:
    earned(people, scene)
    of = {"organisation_id": scene.organisation_id, "name": "示例乙"}
    other = people.organiser.post(f"{V1}/volunteers", of).json["volunteer_no"]
    agency = authorised(people, other)
    for id in (agency["id"], str(STAFF)):
        told = people.desk.post(f"{V1}/redemptions", scene.redemption() | {"collected_by": id})
        assert (told.status, told.json["errors"][0]["pointer"]) == (404, "/collected_by")


def test_a_refused_agent_is_told_why_in_both_languages(people: People, scene: Scene) -> None:
    earned(people, scene)
    agency = authorised(people, scene.volunteer_no)
    path = f"{V1}/volunteers/{scene.volunteer_no}/agents/{agency['id']}/revoke"
    assert people.organiser.post(path, {}).status == 201
    wanted = scene.redemption() | {"collected_by": agency["id"]}
    zh = people.desk.post(f"{V1}/redemptions", wanted)
    en = people.desk.post(f"{V1}/redemptions", wanted, Accept_Language="en")
    assert (zh.status, zh.json["code"], zh.json["detail"]) == (409, "agency_revoked", "这份代领授权已经收回。")
    assert en.json["detail"] == "This authorisation was taken back."


def test_only_one_stands_in(people: People, scene: Scene) -> None:
    id = str(STAFF)
    for both in (("household_id", "group_id"), ("household_id", "collected_by"), ("group_id", "collected_by")):
        told = people.desk.post(f"{V1}/redemptions", scene.redemption() | dict.fromkeys(both, id))
        found = [(error["pointer"], error["code"]) for error in told.json["errors"]]
        assert (told.status, found) == (422, [(f"/{name}", "not_together") for name in both])


def test_a_household_that_this_desk_does_not_know_is_not_there(founded: Founded, people: People, scene: Scene) -> None:
    founded.hire("organiser-there", ("organiser", founded.there))
    founded.hire("desk-here", ("desk", founded.here))
    desk = people.sign_in("desk-here")
    there = {"organisation_id": str(founded.there.id), "name": "示例他户"}
    elsewhere = people.sign_in("organiser-there").post(f"{V1}/households", there).json["id"]
    for name, id in (("household_id", elsewhere), ("group_id", elsewhere), ("household_id", str(STAFF))):
        told = desk.post(f"{V1}/redemptions", scene.redemption() | {name: id})
        assert told.status == 404, told.json
        assert told.json["errors"][0]["pointer"] == f"/{name}"
