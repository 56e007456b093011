"""The catalogue over HTTP: who may have a prize, what it cost, and that money is shown to nobody who redeems."""

from __future__ import annotations

import io
import json

from api.routes import PREFIX
from ledger.prizes.bare_pictures import bare
from tests.api.conftest import Client, People, Scene, Told
from tests.pictures import KINDS, drawn

TERMS = {
    "limit": {"items": 2, "per": "month"},
    "balance_at_least": 50,
    "hours_at_least": 4,
    "star_level_at_least": 1,
    "local_only": True,
}


def prize_at(scene: Scene) -> str:
    return f"{PREFIX}/prizes/{scene.prize_id}"


def test_who_may_have_a_prize_is_said_as_a_whole_and_can_be_taken_back(people: People, scene: Scene) -> None:
    path = prize_at(scene)
    old = people.desk.get(path)
    changed = people.admin.patch(path, {"terms": TERMS, "low_at": 3}, If_Match=old.headers["ETag"])
    assert (changed.status, changed.json["terms"], changed.json["low_at"]) == (200, TERMS, 3)
    tag = changed.headers["ETag"]
    cleared = people.admin.patch(path, {"terms": {}, "low_at": None}, If_Match=tag).json
    assert (cleared["terms"], cleared["low_at"]) == (old.json["terms"], None)
    refused = people.admin.patch(path, {"terms": {"limit": {"items": 1}}}, If_Match=tag)
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/terms/limit/per")


def test_a_service_is_counted_in_slots(people: People, scene: Scene) -> None:
    body = {"organisation_id": scene.organisation_id, "title": "示例理发", "cost_points": 3, "kind": "service"}
    made = people.admin.post(f"{PREFIX}/prizes", body)
    assert (made.status, made.json["kind"]) == (201, "service")
    slots = {"desk_id": scene.desk_id, "prize_id": made.json["id"], "quantity": 20, "source": "示例理发店"}
    assert people.desk.post(f"{PREFIX}/stock-receipts", slots).status == 201


def test_what_a_prize_is_worth_is_for_those_who_keep_the_catalogue(people: People, scene: Scene) -> None:
    path = f"{prize_at(scene)}/reference-value"
    empty = people.admin.get(path)
    assert empty.json == {"reference_fen": None}
    said = people.admin.patch(path, {"reference_fen": 777_123}, If_Match=empty.headers["ETag"])
    assert said.json == people.admin.get(path).json == {"reference_fen": 777_123}
    assert people.admin.patch(path, {"reference_fen": 1}, If_Match=empty.headers["ETag"]).status == 412
    assert people.desk.get(path).status == 403
    for client in (people.desk, people.admin):
        for open_to_all in (prize_at(scene), f"{PREFIX}/prizes", f"{prize_at(scene)}/prices"):
            told = json.dumps(client.get(open_to_all).json)
            assert "fen" not in told
            assert "777123" not in told


def test_every_price_is_told_from_its_day_on(people: People, scene: Scene) -> None:
    path = prize_at(scene)
    first = people.desk.get(path)
    again = people.admin.patch(path, {"cost_points": 9}, If_Match=first.headers["ETag"])
    told = people.desk.get(f"{path}/prices").json["prices"]
    assert [(one["cost_points"], one["state"]) for one in told] == [
        (first.json["cost_points"], "past"),
        (9, "in_force"),
    ]
    assert {one["price_list"] for one in told} == {None}
    assert again.json["cost_points"] == 9


PNG, JPEG, WEBP = (drawn(kind) for kind in KINDS)


def put_up(client: Client, path: str, content: bytes) -> Told:
    sent = {"file": (io.BytesIO(content), "picture.png")}
    headers = client._headers({})
    return Told(client.flask.post(f"{path}/picture", data=sent, content_type="multipart/form-data", headers=headers))


def test_a_picture_is_what_its_bytes_say_and_everybody_sees_it(people: People, scene: Scene, nobody: Client) -> None:
    path = prize_at(scene)
    assert people.desk.get(path).json["picture"] is None
    for content, media_type in ((WEBP, "image/webp"), (JPEG, "image/jpeg"), (PNG, "image/png")):
        made = put_up(people.admin, path, content)
        assert made.status == 200, made.text
        seen = nobody.get(made.json["picture"])
        assert (seen.status, seen.headers["Content-Type"]) == (200, media_type)
        assert seen.data == bare(content, media_type)
        assert seen.headers["X-Content-Type-Options"] == "nosniff"
        assert seen.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        again = nobody.get(made.json["picture"], If_None_Match=seen.headers["ETag"])
        assert (again.status, again.data) == (304, b"")
    assert put_up(people.desk, path, PNG).status == 403


def test_what_no_screen_shows_or_is_too_large_is_no_picture(people: People, scene: Scene) -> None:
    cut_short = (PNG[:40], JPEG[: len(JPEG) // 2], WEBP[:30])
    for content in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"", PNG + b"\0" * 300_000, *cut_short):
        refused = put_up(people.admin, prize_at(scene), content)
        assert (refused.status, refused.json["code"]) == (422, "attachment_refused")
    assert people.desk.get(prize_at(scene)).json["picture"] is None


def test_a_picture_taken_down_is_served_no_more(people: People, scene: Scene, nobody: Client) -> None:
    path = prize_at(scene)
    address = put_up(people.admin, path, PNG).json["picture"]
    down = people.admin.delete(f"{path}/picture")
    assert (down.status, down.json["picture"]) == (200, None)
    assert nobody.get(address).status == 404
    assert put_up(people.admin, path, PNG).json["picture"] == address
    assert nobody.get(address).status == 200
