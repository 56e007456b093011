"""Deeds other than service over HTTP: points and no hours, many at once, and undone."""

from __future__ import annotations

from tests.api.conftest import People, Scene

DEEDS = "/api/v1/deeds"


def test_a_good_deed_earns_points_and_no_hours(people: People, scene: Scene) -> None:
    posted = people.organiser.post(DEEDS, scene.deed())
    assert posted.status == 201
    told = posted.json
    assert (told["state"], told["points"], told["debt_points"], told["flags"]) == ("posted", 5, 0, [])
    assert told["explanation"][0]["zh"].endswith("+5 分")
    balance = people.organiser.get(f"/api/v1/volunteers/{scene.volunteer_no}/balance").json
    assert (balance["points"]["balance"], balance["minutes"]["total"]) == (5, 0)
    undone = people.reviewer.post(f"{DEEDS}/{told['id']}/reverse", {"reason": "登记有误"})
    assert (undone.status, undone.json["points"]) == (201, -5)


def test_many_deeds_have_each_their_own_outcome_and_see_those_before(people: People, scene: Scene) -> None:
    items = [
        scene.deed(),
        scene.deed(),
        scene.deed(volunteer_no="0000000000"),
        scene.deed(done_on="2999-01-01"),
        scene.deed(done_on="2026-02-28"),
    ]
    answer = people.organiser.post(f"{DEEDS}/batch", {"items": items}, key="many-deeds-000001")
    told = answer.json["items"]
    assert answer.status == 200
    assert [item["outcome"] for item in told] == ["posted", "posted", "refused", "refused", "posted"]
    assert [item["deed"]["points"] for item in told if item["outcome"] == "posted"] == [5, 0, 5]
    assert [item["problem"]["code"] for item in told if item["outcome"] == "refused"] == ["not_found", "future_day"]
    again = people.organiser.post(f"{DEEDS}/batch", {"items": items}, key="many-deeds-000001")
    assert again.headers["Idempotent-Replayed"] == "true"
    assert [item.get("deed") for item in again.json["items"]] == [item.get("deed") for item in told]
    assert people.organiser.post(f"{DEEDS}/batch", {"items": items[:1]}, key="many-deeds-000001").status == 422


def test_a_deed_of_a_household_or_group_is_refused_to_whoever_is_not_in_it(people: People, scene: Scene) -> None:
    refused = people.organiser.post(DEEDS, scene.deed(on_behalf="household"))
    assert (refused.status, refused.json["code"]) == (409, "not_a_member")
    unknown = people.organiser.post(DEEDS, scene.deed(on_behalf="group", group_id=scene.volunteer_no.rjust(32, "0")))
    assert unknown.status == 422
    assert people.organiser.post(DEEDS, scene.deed(on_behalf="group")).status == 404
