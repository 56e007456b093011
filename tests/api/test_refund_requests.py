"""Refunds that wait for a second person: nothing moves before they sign, then once, in time, and by somebody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from tests.api.conftest import Client, Founded, People, Scene

V1 = "/api/v1"


@pytest.fixture
def handed(founded: Founded, people: People, scene: Scene) -> str:
    """What the desk handed over, for the only 2 points there were."""
    founded.hire("second", ("desk", founded.here))
    assert people.organiser.post(f"{V1}/service-records", scene.record()).status == 201
    receipt = {"desk_id": scene.desk_id, "prize_id": scene.prize_id, "quantity": 9, "source": "示例捐赠"}
    assert people.desk.post(f"{V1}/stock-receipts", receipt).status == 201
    return str(people.desk.post(f"{V1}/redemptions", scene.redemption()).json["id"])


def prepared(clerk: Client, redemption: str, **more: Any) -> dict[str, Any]:
    body = {"reason": "示例退回"} | more
    told = clerk.post(f"{V1}/redemptions/{redemption}/refund-requests", body)
    assert told.status == 201, told.text
    return dict(told.json)


def held(people: People, scene: Scene) -> int:
    return int(people.desk.get(f"{V1}/volunteers/{scene.volunteer_no}/balance").json["points"]["balance"])


def test_nothing_moves_before_a_second_person_signs_and_then_once(people: People, scene: Scene, handed: str) -> None:
    before, asked = held(people, scene), prepared(people.desk, handed, goods="damaged")
    assert (asked["state"], held(people, scene)) == ("waiting", before)
    path = f"{V1}/refund-requests/{asked['id']}/countersign"
    own = people.desk.post(path, {})
    assert (own.status, own.json["code"]) == (409, "same_person")
    done = people.second.post(path, {}, key="k" * 16)
    assert (done.status, people.second.post(path, {}, key="k" * 16).json) == (201, done.json)
    assert held(people, scene) > before
    again = people.second.post(path, {})
    assert (again.status, again.json["code"]) == (409, "already_reversed")
    assert people.second.get(f"{V1}/refund-requests?state=waiting").json["items"] == []
    [one] = people.second.get(f"{V1}/refund-requests").json["items"]
    assert (one["state"], one["goods"], one["reason"]) == ("refunded", "damaged", "示例退回")


def test_who_prepared_it_for_another_does_not_sign_it_either(people: People, scene: Scene, handed: str) -> None:
    asked = prepared(people.second, handed)
    told = people.second.post(f"{V1}/refund-requests/{asked['id']}/countersign", {})
    assert (told.status, told.json["code"]) == (409, "same_person")


def test_what_was_withdrawn_or_prepared_anew_is_not_signed(people: People, handed: str) -> None:
    first = prepared(people.desk, handed)
    second = prepared(people.desk, handed, reason="示例更清楚")
    [waiting] = people.second.get(f"{V1}/refund-requests?state=waiting").json["items"]
    assert waiting["id"] == second["id"]
    assert people.desk.post(f"{V1}/refund-requests/{second['id']}/withdraw", {}).json["state"] == "withdrawn"
    for one in (first, second):
        told = people.second.post(f"{V1}/refund-requests/{one['id']}/countersign", {})
        assert (told.status, told.json["code"]) == (409, "already_decided")


def test_what_nobody_signed_in_time_expires(founded: Founded, people: People, handed: str) -> None:
    asked = prepared(people.desk, handed)
    assert asked["until_on"] == (founded.bank.today() + timedelta(days=7)).isoformat()
    with founded.bank.store.changing() as connection:
        connection.execute(text("UPDATE refund_request SET until_on = '2020-01-01'"))
    [one] = people.second.get(f"{V1}/refund-requests").json["items"]
    assert one["state"] == "expired"
    assert people.second.get(f"{V1}/refund-requests?state=waiting").json["items"] == []
    told = people.second.post(f"{V1}/refund-requests/{asked['id']}/countersign", {})
    assert (told.status, told.json["code"]) == (409, "already_decided")


def test_what_came_back_or_stays_is_not_prepared(people: People, handed: str) -> None:
    body = {"reason": "示例退回"}
    assert people.second.post(f"{V1}/redemptions/{handed}/reverse", body).status == 201
    told = people.desk.post(f"{V1}/redemptions/{handed}/refund-requests", body)
    assert (told.status, told.json["code"]) == (409, "already_reversed")


def test_preparing_and_withdrawing_are_in_the_audit_and_say_nothing_personal(people: People, handed: str) -> None:
    asked = prepared(people.desk, handed)
    people.desk.post(f"{V1}/refund-requests/{asked['id']}/withdraw", {})
    told = people.auditor.get(f"{V1}/audit?subject_id={asked['id']}")
    assert told.status == 200, told.text
    assert {one["action"] for one in told.json["items"]} == {"prepare", "withdraw"}
    assert "示例退回" not in told.text
