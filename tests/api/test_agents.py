"""Agents over HTTP."""

from __future__ import annotations

from ledger.people import agents, volunteers
from ledger.store import rows
from tests.api.conftest import Founded, People, Scene

API = "/api/v1"


def test_an_agent_known_by_name_alone_is_sealed_and_may_be_named_at_the_desk(
    founded: Founded, people: People, scene: Scene
) -> None:
    path = f"{API}/volunteers/{scene.volunteer_no}/agents"
    made = people.organiser.post(path, {"agent_name": "示例金丝雀", "captured": "paper", "scope": "redeem"})
    assert (made.status, made.json["agent_name"], made.json["holds"]) == (201, "示例金丝雀", True)
    assert people.desk.get(path).json == {"items": [made.json]}
    bank, id = founded.bank, agents.agencies(founded.bank, _volunteer(founded, scene))[0].id
    with bank.store.reading() as connection:
        [row] = rows.page(connection, "agency", order=("id",), after=None, limit=9).items
        audit = rows.page(connection, "audit", order=("recorded_at", "id"), after=None, limit=99).items
    assert "金丝雀".encode() not in row["agent_sealed"]
    assert not any("金丝雀" in line["change"] for line in audit)
    principal = _volunteer(founded, scene).id
    assert agents.may_use(bank, id, principal, bank.today(), scope="redeem") is not None
    assert agents.may_use(bank, id, bank.world.new_id(), bank.today()) is None
    revoked = people.organiser.post(f"{path}/{made.json['id']}/revoke", {})
    assert (revoked.status, revoked.json["holds"]) == (201, False)
    assert agents.may_use(bank, id, principal, bank.today()) is None


def test_an_agent_is_a_number_or_a_name(people: People, scene: Scene) -> None:
    path = f"{API}/volunteers/{scene.volunteer_no}/agents"
    for body in ({}, {"agent_no": scene.volunteer_no, "agent_name": "示例"}):
        told = people.organiser.post(path, body | {"captured": "paper"})
        assert (told.status, told.json["errors"][0]["code"]) == (422, "not_exactly_one")


def test_the_agents_of_others_are_not_there(founded: Founded, people: People, scene: Scene) -> None:
    path = f"{API}/volunteers/{scene.volunteer_no}/agents"
    made = people.organiser.post(path, {"agent_name": "示例", "captured": "paper"}).json
    founded.hire("organiser-there", ("organiser", founded.there))
    stranger = people.sign_in("organiser-there")
    assert stranger.get(path).status == 404
    assert stranger.post(path, {"agent_name": "示例", "captured": "paper"}).status == 404
    assert stranger.post(f"{path}/{made['id']}/revoke", {}).status == 404
    of = {"organisation_id": str(founded.there.id), "name": "示例乙"}
    other = stranger.post(f"{API}/volunteers", of).json["volunteer_no"]
    assert stranger.post(f"{API}/volunteers/{other}/agents/{made['id']}/revoke", {}).status == 404


def _volunteer(founded: Founded, scene: Scene) -> volunteers.Volunteer:
    found = volunteers.find(founded.bank, scene.volunteer_no)
    assert found is not None
    return found
