"""Who holds a wish, for those who look after wishes: page by page, only what still counts, and nobody by name."""

from __future__ import annotations

import json
from typing import Any

from tests.api.conftest import Client, People, Scene

V1 = "/api/v1"


def hung(people: People, scene: Scene, words: str) -> str:
    """A wish on the wall, for two to fulfil."""
    asked = {"organisation_id": scene.organisation_id, "kind": "thing", "channel": "wall", "words": words}
    wish = people.desk.post(f"{V1}/wishes", asked | {"asker": {"name": f"示例{words}"}}).json
    shown = {"text": words, "points": 5, "cost_fen": 2_000, "person_in_charge": "示例乙", "claimers_at_most": 2}
    assert people.reviewer.post(f"{V1}/wishes/{wish['id']}/publish", shown).status == 200
    return str(wish["id"])


def claimed(people: People, wish: str, number: str) -> dict[str, Any]:
    told = people.organiser.post(f"{V1}/wishes/{wish}/claims", {"volunteer_no": number})
    assert told.status == 201, told.text
    return dict(told.json)


def held(client: Client) -> list[dict[str, Any]]:
    """All pages, one claim each."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = client.get(f"{V1}/wish-claims?limit=1{cursor}").json
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


def test_who_holds_a_wish_is_listed_until_it_is_given_back(people: People, scene: Scene) -> None:
    bottle, lamp = (hung(people, scene, words) for words in ("想要热水袋", "想要台灯"))
    first, second = (claimed(people, wish, scene.volunteer_no) for wish in (bottle, lamp))
    listed = held(people.reviewer)
    assert [each["id"] for each in listed] == [first["id"], second["id"]]
    assert {each["state"] for each in listed} == {"open"}
    assert "王秀英" not in json.dumps(listed, ensure_ascii=False)
    people.organiser.post(f"{V1}/wish-claims/{first['id']}/give-back", {})
    assert [each["id"] for each in held(people.desk)] == [second["id"]]
    assert people.auditor.get(f"{V1}/wish-claims").status == 403


def test_a_wish_tells_the_staff_who_took_each_step(people: People, scene: Scene) -> None:
    wish = hung(people, scene, "想要热水袋")
    told = people.organiser.get(f"{V1}/wishes/{wish}").json
    assert told["fulfilled_by"] is None
    assert told["verified_by"] == people.reviewer.get(f"{V1}/auth/me").json["id"]
    assert told["collected_by"] == people.desk.get(f"{V1}/auth/me").json["id"]


def test_the_result_of_a_form_is_told_when_it_is_over_and_not_before(
    people: People, scene: Scene, nobody: Client
) -> None:
    said = {"kind": "other", "title": "示例评议", "questions": ["示例"], "until_on": "2099-12-31"}
    of = {"organisation_id": scene.organisation_id}
    running = people.organiser.post(f"{V1}/appraisals", of | said | {"from_on": "2020-01-01"}).json["id"]
    over = people.organiser.post(
        f"{V1}/appraisals", of | said | {"from_on": "2020-01-01", "until_on": "2020-01-31"}
    ).json["id"]
    assert nobody.get(f"{V1}/appraisals/results/{running}").status == 404
    told = nobody.get(f"{V1}/appraisals/results/{over}")
    assert (told.status, told.json["voices"], told.json["stars"]) == (200, 0, None)
