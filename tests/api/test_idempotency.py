"""A request that posts may be sent any number of times, at once or later, and posts once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from flask import Flask

from tests.api.conftest import Client, Founded, People, Scene, make_scene

RECORDS = "/api/v1/service-records"


def posted(people: People) -> int:
    """How many transactions there are beside the founding of the rules."""
    return len(people.auditor.get("/api/v1/ledger/transactions?limit=200").json["items"]) - 1


def test_an_ill_formed_key_is_400(people: People, scene: Scene) -> None:
    for key in [
        "",
        "short",
        "x" * 129,
        "has space in the middle",
        "sixteen-chars-é!",
        '"' + "x" * 15 + '"',
        '"' + "x" * 20,
    ]:
        told = people.organiser.post(RECORDS, scene.record(), key=key)
        assert (told.status, told.json["code"]) == (400, "idempotency_key_malformed"), key
    assert posted(people) == 0


def test_a_missing_key_is_400(people: People, scene: Scene) -> None:
    client = people.organiser
    answer = client.flask.post(RECORDS, json=scene.record(), headers={"Authorization": f"Bearer {client.token}"})
    assert answer.status_code == 400
    assert answer.get_json()["code"] == "idempotency_key_missing"


def test_a_replay_answers_what_was_answered_first(people: People, scene: Scene) -> None:
    key = uuid4().hex
    first = people.organiser.post(RECORDS, scene.record(), key=key)
    assert "Idempotent-Replayed" not in first.headers
    turned = dict(reversed(scene.record().items()))
    again = people.organiser.post(RECORDS, turned, key=f'"{key}"')
    assert (again.status, again.json) == (201, first.json)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert posted(people) == 1


def test_a_refusal_is_replayed_too(people: People, scene: Scene) -> None:
    key = uuid4().hex
    first = people.desk.post("/api/v1/redemptions", scene.redemption(), key=key)
    people.organiser.post(RECORDS, scene.record(600))
    again = people.desk.post("/api/v1/redemptions", scene.redemption(), key=key)
    assert first.status == again.status == 409
    assert {**first.json, "instance": 0} == {**again.json, "instance": 0}
    assert again.headers["Idempotent-Replayed"] == "true"


def test_another_body_or_path_under_the_same_key_is_422(people: People, scene: Scene) -> None:
    key = uuid4().hex
    record = people.organiser.post(RECORDS, scene.record(), key=key).json
    told = people.organiser.post(RECORDS, scene.record(minutes=121), key=key)
    assert (told.status, told.json["code"]) == (422, "idempotency_key_reused")
    key = uuid4().hex
    path = f"{RECORDS}/{record['id']}/reverse"
    assert people.reviewer.post(path, {"reason": "一"}, key=key).status == 201
    assert people.reviewer.post(path, {"reason": "二"}, key=key).status == 422


def test_what_is_wrong_in_form_or_rights_is_not_remembered(people: People, scene: Scene) -> None:
    key = uuid4().hex
    assert people.organiser.post(RECORDS, scene.record(minutes=0), key=key).status == 422
    assert people.organiser.post(RECORDS, scene.record(volunteer_no="1234567890"), key=key).status == 404
    assert people.desk.post(RECORDS, scene.record(), key=key).status == 403
    assert people.organiser.post(RECORDS, scene.record(), key=key).status == 201


def test_rights_come_before_replay(founded: Founded, people: People, scene: Scene) -> None:
    key = uuid4().hex
    assert people.organiser.post(RECORDS, scene.record(), key=key).status == 201
    founded.hire("elsewhere", ("organiser", founded.there))
    assert people.sign_in("elsewhere").post(RECORDS, scene.record(), key=key).status == 404


def test_two_people_may_use_the_same_key(founded: Founded, people: People, scene: Scene) -> None:
    key = uuid4().hex
    founded.hire("second", ("organiser", founded.district))
    assert people.organiser.post(RECORDS, scene.record(), key=key).status == 201
    assert people.sign_in("second").post(RECORDS, scene.record(minutes=30), key=key).status == 201


def test_the_same_request_sixteen_times_at_once_posts_once(app: Flask, people: People, scene: Scene) -> None:
    key, token = uuid4().hex, people.organiser.token
    with ThreadPoolExecutor(16) as threads:
        told = list(
            threads.map(lambda _: Client(app.test_client(), token).post(RECORDS, scene.record(), key=key), range(16))
        )
    assert {each.status for each in told} == {201}
    assert len({each.text for each in told}) == 1
    assert sum("Idempotent-Replayed" in each.headers for each in told) == 15
    assert posted(people) == 1


def test_a_roster_tells_the_outcome_of_each_item(founded: Founded, people: People, scene: Scene) -> None:
    there = make_scene(founded.there, people)
    founded.hire("local", ("organiser", founded.here))
    local = people.sign_in("local")
    items = [
        scene.record(60),
        scene.record(served_on="2999-01-01"),
        scene.record(volunteer_no="1234567897"),
        scene.record(activity_id=there.activity_id),
        scene.record(30),
    ]
    key = uuid4().hex
    first = local.post(f"{RECORDS}/batch", {"items": items}, key=key)
    assert first.status == 200, first.text
    assert [each["outcome"] for each in first.json["items"]] == ["posted", "refused", "refused", "refused", "posted"]
    codes = [each.get("problem", {}).get("code") for each in first.json["items"]]
    assert codes == [None, "future_day", "not_found", "not_found", None]
    assert first.json["items"][3]["problem"]["errors"][0]["pointer"] == "/items/3/activity_id"
    again = local.post(f"{RECORDS}/batch", {"items": items}, key=key)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert [each.get("record") for each in again.json["items"]] == [each.get("record") for each in first.json["items"]]
    for other in (items[:1], [*items, items[0]], [items[2], items[2], items[2], items[2], items[2], scene.record(10)]):
        told = local.post(f"{RECORDS}/batch", {"items": other}, key=key)
        assert (told.status, told.json["code"]) == (422, "idempotency_key_reused")
    assert posted(people) == 2


def test_a_roster_of_a_thousand_and_no_more(people: People, scene: Scene) -> None:
    told = people.organiser.post(f"{RECORDS}/batch", {"items": [scene.record(1)] * 1_000})
    assert told.status == 200
    assert {each["outcome"] for each in told.json["items"]} == {"posted"}
    assert people.organiser.post(f"{RECORDS}/batch", {"items": [scene.record(1)] * 1_001}).status == 422
    assert people.organiser.post(f"{RECORDS}/batch", {"items": []}).status == 422
