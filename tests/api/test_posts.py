"""Posts over HTTP: what anybody may see, and what only staff may."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.store import rows
from tests.api.conftest import Client, Founded, People, Scene

API = "/api/v1"


@pytest.fixture
def post(founded: Founded, people: People) -> str:
    body = {"organisation_id": str(founded.here.id), "kind": "building_head"}
    made = people.organiser.post(f"{API}/posts", body)
    assert (made.status, made.json["title"]) == (201, "楼栋长")
    return str(made.json["id"])


def public(nobody: Client, organisation: Any) -> list[dict[str, Any]]:
    told = nobody.get(f"{API}/organisations/{organisation.id}/posts")
    assert told.status == 200
    posts: list[dict[str, Any]] = told.json["posts"]
    return posts


def test_anybody_sees_who_holds_a_post_masked_and_no_number(
    founded: Founded, people: People, nobody: Client, scene: Scene, post: str
) -> None:
    vacant = {"organisation": "梧桐社区", "kind": "building_head", "title": "楼栋长"}
    assert public(nobody, founded.district) == [vacant | {"name": None, "since": None, "contact": None}]
    term = {"volunteer_no": scene.volunteer_no, "contact": "010-00000000"}
    assert people.organiser.post(f"{API}/posts/{post}/holders", term).status == 201
    today = founded.bank.today().isoformat()
    held = vacant | {"name": "王*英", "since": today, "contact": None}
    assert public(nobody, founded.district) == public(nobody, founded.here) == [held]
    assert public(nobody, founded.there) == []
    told = nobody.get(f"{API}/organisations/{founded.here.id}/posts").text
    assert scene.volunteer_no not in told
    assert "010" not in told


def test_staff_see_the_history_of_a_post(people: People, scene: Scene, post: str) -> None:
    one = f"{API}/posts/{post}"
    people.organiser.post(f"{one}/holders", {"volunteer_no": scene.volunteer_no, "from_on": "2026-01-01"})
    ended = people.organiser.post(f"{one}/holders/{scene.volunteer_no}/end", {"until_on": "2026-02-01"})
    term = {"volunteer_no": scene.volunteer_no, "name": "王秀英", "from_on": "2026-01-01", "until_on": "2026-02-01"}
    assert ended.json == term
    assert people.desk.get(one).json["terms"] == [term]
    assert [each["id"] for each in people.desk.get(f"{API}/posts").json["items"]] == [post]
    for number in ("1234567890", scene.volunteer_no):
        told = people.organiser.post(f"{one}/holders/{number}/end", {"until_on": "2026-03-01"})
        assert told.json["code"] == "not_in_post"


def test_a_post_elsewhere_is_not_there(founded: Founded, people: People, scene: Scene, post: str) -> None:
    founded.hire("organiser-there", ("organiser", founded.there))
    stranger = people.sign_in("organiser-there")
    one = f"{API}/posts/{post}"
    asked = [
        stranger.get(one),
        stranger.post(f"{one}/holders", {"volunteer_no": scene.volunteer_no}),
        stranger.post(f"{one}/holders/{scene.volunteer_no}/end", {}),
        stranger.post(f"{API}/posts", {"organisation_id": str(founded.here.id), "kind": "building_head"}),
    ]
    assert [told.status for told in asked] == [404] * 4
    assert stranger.get(f"{API}/posts").json["items"] == []


def test_an_unknown_organisation_has_no_posts(nobody: Client) -> None:
    assert nobody.get(f"{API}/organisations/0190a000-0000-7000-8000-000000000000/posts").status == 404


def test_a_contact_is_sealed_where_it_stands(founded: Founded, people: People, scene: Scene, post: str) -> None:
    term = {"volunteer_no": scene.volunteer_no, "contact": "010-00000000"}
    people.organiser.post(f"{API}/posts/{post}/holders", term)
    with founded.bank.store.reading() as connection:
        [row] = rows.page(connection, "term", order=("id",), after=None, limit=9).items
    assert b"010-00000000" not in row["contact"]
