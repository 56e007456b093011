"""What a volunteer says is wrong with their entries, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Client, People, Scene

V1 = "/api/v1"


@pytest.fixture
def here(people: People, scene: Scene) -> Client:
    """The volunteer of the scene, let in by staff who help them."""
    body = {"volunteer_no": scene.volunteer_no, "purpose": "needs_help"}
    told = people.desk.post(f"{V1}/auth/volunteer/assist", body)
    assert told.status == 200, told.text
    return Client(people.desk.flask, told.json["access_token"])


@pytest.fixture
def record(people: People, scene: Scene) -> dict[str, Any]:
    made = people.organiser.post(f"{V1}/service-records", scene.record())
    assert made.status == 201, made.text
    return dict(made.json)


def test_what_was_said_is_read_by_who_answers_and_the_answer_by_who_said_it(
    here: Client, people: People, record: dict[str, Any]
) -> None:
    words = "我做了三个小时"
    said = here.post(f"{V1}/me/disputes", {"record_id": record["id"], "reason_code": "hours_wrong", "words": words})
    assert (said.status, said.json["state"]) == (201, "open")
    [waiting] = people.reviewer.get(f"{V1}/disputes").json["items"]
    assert (waiting["words"], waiting["disputed_seq"]) == (words, record["transaction_seq"])
    assert (waiting["is_overdue"], waiting["days_left"]) == (False, 10)
    [own] = here.get(f"{V1}/me/disputes").json["items"]
    assert "words" not in own
    path = f"{V1}/disputes/{waiting['id']}"
    assert people.reviewer.post(f"{path}/answer", {"outcome": "stands", "reason": "名册如此"}).status == 201
    assert people.reviewer.get(f"{V1}/disputes").json["items"] == []
    assert len(people.reviewer.get(f"{V1}/disputes?state=answered").json["items"]) == 1
    [own] = here.get(f"{V1}/me/disputes").json["items"]
    assert (own["state"], own["answer"]) == ("stands", "名册如此")


@pytest.mark.parametrize(
    ("said", "pointers"),
    [
        ({"reason_code": "hours_wrong"}, ["/record_id"]),
        ({"reason_code": "hours_wrong", "day": "2026-03-01", "transaction_seq": 7}, ["/day"]),
        ({"reason_code": "missing", "transaction_seq": 7}, ["/transaction_seq"]),
        ({"reason_code": "missing"}, ["/activity_id"]),
        ({"reason_code": "because"}, ["/reason_code"]),
        ({"reason_code": "missing", "day": "2026-03-01", "words": "110101199003070011"}, ["/words"]),
    ],
)
def test_it_is_said_once_what_it_is_about(here: Client, said: dict[str, Any], pointers: list[str]) -> None:
    told = here.post(f"{V1}/me/disputes", said)
    assert (told.status, [fault["pointer"] for fault in told.json["errors"]]) == (422, pointers)


def test_the_same_request_sent_again_is_one_dispute(here: Client, record: dict[str, Any]) -> None:
    body = {"transaction_seq": record["transaction_seq"], "reason_code": "points_wrong"}
    first, again = (here.post(f"{V1}/me/disputes", body, key="k" * 20) for _ in range(2))
    assert first.json["transaction_seq"] == again.json["transaction_seq"]
    assert len(here.get(f"{V1}/me/disputes").json["items"]) == 1
