"""The tree over HTTP: what is refused names its field and its mend, and rights follow a branch that moves at once."""

from __future__ import annotations

from typing import Any

from tests.api.conftest import Client, Founded, People, Scene, Told

PATH = "/api/v1/organisations"


def add(client: Client, parent: object, level: str = "estate", name: str = "示例小区") -> Told:
    return client.post(PATH, {"parent_id": str(parent), "level": level, "name": name})


def test_a_level_out_of_place_names_the_field_and_where_it_may_stand(people: People, founded: Founded) -> None:
    told = add(people.admin, founded.here.id, "subdistrict", "示例街道")
    assert (told.status, told.json["code"]) == (422, "level_not_below")
    assert told.json["detail"] == "“街道”不能设在“社区”之下, 可设在: 区。"
    assert [error["pointer"] for error in told.json["errors"]] == ["/level"]
    told = people.admin.post(f"{PATH}/{founded.here.id}/move", {"parent_id": str(founded.there.id)})
    assert (told.status, [error["pointer"] for error in told.json["errors"]]) == (422, ["/parent_id"])


def test_a_rename_needs_the_state_it_changes(people: People, founded: Founded) -> None:
    path = f"{PATH}/{founded.here.id}"
    tag = people.admin.get(path).headers["ETag"]
    assert people.admin.patch(path, {"name": "新梧桐社区"}).status == 428
    renamed = people.admin.patch(path, {"name": "新梧桐社区"}, If_Match=tag)
    assert (renamed.status, renamed.json["name"]) == (200, "新梧桐社区")
    assert people.admin.patch(path, {"name": "又一社区"}, If_Match=tag).status == 412
    assert people.admin.get(path).headers["ETag"] == renamed.headers["ETag"]


def test_they_are_found_by_the_beginning_of_their_name_and_by_parent(people: People, founded: Founded) -> None:
    for name in ("梧桐小区", "梧桐花园", "银杏小区"):
        add(people.admin, founded.here.id, name=name)

    def names(query: str) -> list[str]:
        return [each["name"] for each in people.desk.get(f"{PATH}?{query}").json["items"]]

    assert names("q=梧桐") == ["梧桐花园", "梧桐社区", "梧桐小区"]
    assert names("q=yin+xing") == ["银杏社区", "银杏小区"]
    assert names(f"parent_id={founded.here.id}") == ["梧桐小区", "梧桐花园", "银杏小区"]
    assert names(f"parent_id={founded.here.id}&q=银") == ["银杏小区"]
    first = people.desk.get(f"{PATH}?q=梧桐&limit=2")
    assert [each["name"] for each in first.json["items"]] == ["梧桐花园", "梧桐社区"]
    assert names(f"q=梧桐&limit=2&cursor={first.json['next_cursor']}") == ["梧桐小区"]
    assert people.desk.get(f"{PATH}?cursor={first.json['next_cursor']}").status == 422


def test_rights_follow_a_branch_that_moves_at_once(founded: Founded, people: People, scene: Scene) -> None:
    """Nobody signs in again: the same tokens reach what lies below them now, and nothing else."""
    estate = add(people.admin, founded.here.id).json["id"]
    of = {"organisation_id": estate}
    volunteer = people.organiser.post("/api/v1/volunteers", of | {"name": "王秀英"}).json["volunteer_no"]
    for role in ("organiser", "admin"):
        for side in ("here", "there"):
            founded.hire(f"{role}-{side}", (role, getattr(founded, side)))
    here, there = people.sign_in("organiser-here"), people.sign_in("organiser-there")
    assert (here.get(f"/api/v1/volunteers/{volunteer}").status, there.get(f"{PATH}/{estate}").status) == (200, 404)
    moved = people.admin.post(f"{PATH}/{estate}/move", {"parent_id": str(founded.there.id)})
    assert (moved.status, moved.json["parent_id"]) == (200, str(founded.there.id))
    assert (here.get(f"/api/v1/volunteers/{volunteer}").status, there.get(f"{PATH}/{estate}").status) == (404, 200)
    assert [each["id"] for each in here.get(PATH).json["items"]] == [str(founded.here.id)]


def test_nobody_moves_or_closes_the_ground_they_stand_on(founded: Founded, people: People) -> None:
    estate = add(people.admin, founded.here.id).json["id"]
    founded.hire("admin-here", ("admin", founded.here))
    admin = people.sign_in("admin-here")
    for deed, body in (("move", {"parent_id": str(founded.here.id)}), ("close", {}), ("reopen", {})):
        told = admin.post(f"{PATH}/{founded.here.id}/{deed}", body)
        assert (told.status, told.json["code"]) == (403, "insufficient_scope"), deed
        assert admin.post(f"{PATH}/{founded.there.id}/{deed}", body).status == 404
    assert admin.post(f"{PATH}/{estate}/move", {"parent_id": str(founded.there.id)}).status == 404
    assert admin.post(f"{PATH}/{estate}/close", {}).json["closed_at"] is not None
    assert admin.post(f"{PATH}/{estate}/reopen", {}).json["closed_at"] is None


def test_a_closed_organisation_takes_up_nothing_new(founded: Founded, people: People, scene: Scene) -> None:
    told = people.admin.post(f"{PATH}/{founded.here.id}/close", {})
    assert (told.status, told.json["code"], told.json["facts"]["volunteers"]) == (409, "organisation_in_use", 1)
    estate = add(people.admin, founded.here.id).json["id"]
    desk = people.admin.post("/api/v1/desks", {"organisation_id": estate, "name": "台"}).json["id"]
    assert people.admin.post(f"{PATH}/{estate}/close", {}).status == 200
    of = {"organisation_id": estate}
    posts: list[tuple[Client, str, dict[str, Any]]] = [
        (people.organiser, "volunteers", of | {"name": "王秀英"}),
        (people.admin, "desks", of | {"name": "台"}),
        (people.admin, "prizes", of | {"title": "米", "cost_points": 1}),
        (people.admin, "organisations", {"parent_id": estate, "level": "team", "name": "队"}),
        (people.desk, "stock-receipts", {"desk_id": desk, "prize_id": scene.prize_id, "quantity": 1, "source": "x"}),
    ]
    for client, path, body in posts:
        told = client.post(f"/api/v1/{path}", body)
        assert (told.status, told.json["code"]) == (409, "organisation_closed"), path
        assert told.json["errors"][0]["code"] == "closed"
    assert people.admin.get(f"{PATH}/{estate}").json["closed_at"] is not None
