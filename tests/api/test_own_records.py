"""What a volunteer at a kiosk does with records of their own."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from ledger.bank import By
from ledger.service import activities, activity_sessions
from ledger.service.activity_sessions import Timetable
from tests.api.conftest import Client, Founded, People, Scene
from tests.banks import SHANGHAI, STAFF

V1 = "/api/v1"


@pytest.fixture
def here(founded: Founded, people: People, scene: Scene) -> Client:
    """The volunteer of the scene, let in by staff who help them."""
    found = activities.find(founded.bank, UUID(scene.activity_id))
    assert found is not None
    begins = int(datetime(2026, 3, 1, 9, tzinfo=SHANGHAI).timestamp()) * 1_000_000
    timetable = Timetable(starts_at=begins, ends_at=begins + 2 * 3_600_000_000)
    activity_sessions.add(founded.bank, By(actor=STAFF), found, timetable)
    activities.publish(founded.bank, By(actor=STAFF), found)
    body = {"volunteer_no": scene.volunteer_no, "purpose": "needs_help"}
    told = people.desk.post(f"{V1}/auth/volunteer/assist", body)
    assert told.status == 200, told.text
    return Client(people.desk.flask, told.json["access_token"])


def declared(scene: Scene, **more: Any) -> dict[str, Any]:
    return {"activity_id": scene.activity_id, "minutes": 60, "served_on": "2026-03-01"} | more


def test_a_volunteer_declares_hours_and_sees_what_becomes_of_them(here: Client, people: People, scene: Scene) -> None:
    said = here.post(f"{V1}/me/service-records", declared(scene, from_time="09:00", remark="忘了签到"))
    assert (said.status, said.json["state"], said.json["reviews_needed"]) == (201, "submitted", 2)
    [waiting] = people.reviewer.get(f"{V1}/service-records").json["items"]
    assert (waiting["capture_method"], waiting["volunteer_no"]) == ("declared", scene.volunteer_no)
    path = f"{V1}/service-records/{said.json['id']}"
    assert people.reviewer.get(path).json["history"][0]["reason"] == "忘了签到"
    told = people.reviewer.post(f"{path}/review", {"decision": "reject", "reason": "名册上没有"})
    assert told.json["state"] == "rejected"
    [own] = here.get(f"{V1}/me/service-records").json["items"]
    assert [(step["what"], step["reason"]) for step in own["history"]] == [
        ("submitted", "忘了签到"),
        ("rejected", "名册上没有"),
    ]


def test_what_waits_may_be_taken_back_once_and_only_by_whose_it_is(here: Client, people: People, scene: Scene) -> None:
    said = here.post(f"{V1}/me/service-records", declared(scene))
    path = f"{V1}/me/service-records/{said.json['id']}/withdraw"
    assert here.post(path, {"reason": "记错了"}).json["state"] == "withdrawn"
    assert here.post(path, {"reason": "记错了"}).json["code"] == "already_decided"
    recorded = people.organiser.post(f"{V1}/service-records", scene.record(capture_method="backfilled"))
    other = f"{V1}/me/service-records/{recorded.json['id']}/withdraw"
    assert here.post(other, {"reason": "记错了"}).status == 404


def test_nobody_declares_hours_in_what_was_never_published(here: Client, people: People, scene: Scene) -> None:
    draft = people.organiser.post(
        f"{V1}/activities",
        {
            "organisation_id": scene.organisation_id,
            "title": "示例活动",
            "activity_type": "cleaning",
            "held_on": "2026-03-01",
            "place": "示例地点",
            "person_in_charge": "示例乙",
        },
    )
    assert draft.status == 201, draft.text
    assert here.post(f"{V1}/me/service-records", declared(scene, activity_id=draft.json["id"])).status == 404
