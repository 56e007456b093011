"""Attendance over HTTP: what is sent twice, who may write what down, and what a kiosk is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from ledger.service.attendance_codes import CODE_DIGITS
from tests.api.conftest import Client, Founded, People, Scene
from tests.api.devices import PIN, audited, device_id, pair

API = "/api/v1"


@pytest.fixture
def activity(founded: Founded, people: People) -> str:
    """One that takes place now, in the first of two sessions' time."""
    now = datetime.now(UTC)
    body = {
        "organisation_id": str(founded.here.id),
        "title": "示例清洁日",
        "activity_type": "cleaning",
        "place": "示例广场",
        "content": "清扫广场",
        "person_in_charge": "示例负责人",
        "sessions": [{"starts_at": spelled(now - timedelta(hours=1)), "ends_at": spelled(now + timedelta(hours=1))}],
    }
    made = people.organiser.post(f"{API}/activities", body)
    assert made.status == 201, made.text
    return f"{API}/activities/{made.json['id']}"


def spelled(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture
def kiosk(nobody: Client, people: People, founded: Founded) -> Client:
    return pair(nobody, people.admin, founded.here.id)


def card_of(people: People, volunteer_no: str) -> str:
    return str(people.organiser.post(f"{API}/volunteers/{volunteer_no}/cards", {}).json["card_no"])


def by_hand(scene: Scene) -> dict[str, Any]:
    return {"volunteer_no": scene.volunteer_no}


def bare(client: Client, path: str, body: Any) -> Any:
    """Without an Idempotency-Key."""
    return client.flask.post(path, json=body, headers={"Authorization": f"Bearer {client.token}"})


def test_a_check_in_that_is_sent_again_is_one(people: People, scene: Scene, activity: str) -> None:
    for path in (f"{activity}/check-ins", f"{activity}/check-outs"):
        key = uuid4().hex
        first = people.organiser.post(path, by_hand(scene), key=key)
        again = people.organiser.post(path, by_hand(scene), key=key)
        assert (first.status, again.status) == (201, 201)
        assert again.json["id"] == first.json["id"]
        assert again.headers["Idempotent-Replayed"] == "true"
        assert "Idempotent-Replayed" not in first.headers
        other = people.organiser.post(path, {"volunteer_no": "1234567897"}, key=key)
        assert (other.status, other.json["code"]) == (422, "idempotency_key_reused")
    assert len(people.organiser.get(f"{activity}/attendances").json["items"]) == 1


def test_a_check_in_may_do_without_a_key_but_not_with_a_bad_one(people: People, scene: Scene, activity: str) -> None:
    assert people.organiser.post(f"{activity}/check-ins", by_hand(scene), key="short").status == 400
    assert bare(people.organiser, f"{activity}/check-ins", by_hand(scene)).status_code == 201
    told = bare(people.organiser, f"{activity}/check-ins", by_hand(scene))
    assert (told.status_code, told.get_json()["code"]) == (409, "already_checked_in")


def test_a_card_that_is_sent_again_is_one_though_it_may_have_ended(
    people: People, scene: Scene, activity: str, kiosk: Client
) -> None:
    key, body = uuid4().hex, {"card": card_of(people, scene.volunteer_no)}
    first = kiosk.post(f"{activity}/check-ins", body, key=key)
    assert first.status == 201, first.text
    [card] = people.organiser.get(f"{API}/volunteers/{scene.volunteer_no}/cards").json["items"]
    ending = people.organiser.post(f"{API}/volunteers/{scene.volunteer_no}/cards/{card['id']}/end", {"reason": "lost"})
    assert ending.status in (200, 201)
    assert kiosk.post(f"{activity}/check-ins", body, key=key).json == first.json
    assert kiosk.post(f"{activity}/check-outs", body).status == 404


def test_a_kiosk_takes_cards_and_writes_nobody_down(people: People, scene: Scene, activity: str, kiosk: Client) -> None:
    assert kiosk.post(f"{activity}/check-ins", by_hand(scene)).status == 403
    told = kiosk.post(f"{activity}/check-ins", {"card": card_of(people, scene.volunteer_no)})
    assert (told.status, told.json["capture_method"], told.json["name"]) == (201, "clocked", "王*英")
    assert kiosk.get(f"{activity}/attendances").status == 403


def test_a_kiosk_elsewhere_knows_nothing_of_it(
    people: People, founded: Founded, nobody: Client, scene: Scene, activity: str
) -> None:
    elsewhere = pair(nobody, people.admin, founded.there.id)
    body = {"card": card_of(people, scene.volunteer_no)}
    assert elsewhere.post(f"{activity}/check-ins", body).status == 404


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/card"),
        ({"card": "1234567890123452", "volunteer_no": "1234567897"}, "/card"),
        ({"card": "1234567890123452", "at": "2026-03-07T01:00:00Z"}, "/at"),
    ],
)
def test_who_it_is_is_said_once(people: People, activity: str, body: dict[str, Any], pointer: str) -> None:
    told = people.organiser.post(f"{activity}/check-ins", body)
    assert (told.status, told.json["errors"][0]["pointer"]) == (422, pointer)


def test_the_screen_shows_digits_that_scanners_and_thumbs_can_give(people: People, activity: str) -> None:
    [session] = people.organiser.get(activity).json["sessions"]
    told = people.organiser.get(f"{API}/activity-sessions/{session['id']}/codes")
    assert told.headers["Cache-Control"] == "no-store"
    for purpose in ("check_in", "check_out"):
        shown = told.json[purpose]
        assert (len(shown["code"]), len(shown["short_code"])) == (CODE_DIGITS, 8)
        assert (shown["code"] + shown["short_code"]).isdigit()
        assert shown["svg"].startswith("<svg")
        assert spelled(datetime.now(UTC)) < shown["expires_at"] <= spelled(datetime.now(UTC) + timedelta(seconds=31))
    assert told.json["check_in"]["code"] != told.json["check_out"]["code"]


def test_a_list_answers_for_everybody_on_it(people: People, scene: Scene, activity: str) -> None:
    items = [by_hand(scene), {"volunteer_no": "1234567897"}, by_hand(scene)]
    told = people.organiser.post(f"{activity}/attendance-roster", {"items": items}).json["items"]
    assert [one["outcome"] for one in told] == ["written", "refused", "refused"]
    assert [one["problem"] and one["problem"]["code"] for one in told] == [None, "not_found", "already_checked_in"]
    assert told[0]["attendance"]["capture_method"] == "roster"


def test_of_eight_taps_at_once_one_is_the_check_in(
    app: Flask, founded: Founded, people: People, scene: Scene, activity: str
) -> None:
    """Under one key all are told the same; under eight, the others hear that it was done."""
    for key, told in ((uuid4().hex, [201] * 8), (None, [201] + [409] * 7)):
        path = f"{activity}/check-ins" if key else f"{activity}/check-outs"

        def tap(_: int, path: str = path, key: str | None = key) -> int:
            client = Client(app.test_client(), people.organiser.token)
            return client.post(path, by_hand(scene), key=key or uuid4().hex).status

        with ThreadPoolExecutor(8) as taps:
            assert sorted(taps.map(tap, range(8))) == told


def test_a_volunteer_s_own_check_in_leaves_a_line_with_the_device(
    founded: Founded, people: People, scene: Scene, activity: str, kiosk: Client
) -> None:
    assert people.desk.post(f"{API}/volunteers/{scene.volunteer_no}/pin", {"pin": PIN}).status == 200
    told = kiosk.post(f"{API}/auth/volunteer", {"volunteer_no": scene.volunteer_no, "pin": PIN})
    own = replace(kiosk, token=told.json["access_token"])
    [session] = people.organiser.get(activity).json["sessions"]
    shown = people.organiser.get(f"{API}/activity-sessions/{session['id']}/codes").json
    for path, purpose in (("check-ins", "check_in"), ("check-outs", "check_out")):
        short = {"session_id": session["id"], "short_code": shown[purpose]["short_code"]}
        made = own.post(f"{API}/{path}", short)
        assert (made.status, made.json["capture_method"], made.json["name"]) == (201, "clocked", "王秀英")
    lines = [*audited(founded, "check_in"), *audited(founded, "check_out")]
    assert len(lines) == 2
    assert {(line["actor_kind"], str(line["device_id"])) for line in lines} == {("volunteer", device_id(kiosk))}
    [mine] = own.get(f"{API}/volunteers/{scene.volunteer_no}/attendances").json["items"]
    assert mine["checked_in_by"] == "typed"
    assert own.get(f"{API}/volunteers/1234567897/attendances").status == 404
