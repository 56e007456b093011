"""What a volunteer belongs to, over HTTP, and whether they may spend from it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from ledger.core.accounts import Owner, OwnerKind
from ledger.prizes import standing_in
from ledger.prizes.standing_in import Payer
from tests.api.conftest import Founded, People, Scene

API = "/api/v1"


def test_what_somebody_belongs_to_is_told_to_whoever_may_know_both(
    founded: Founded, people: People, scene: Scene
) -> None:
    founded.hire("desk-here", ("desk", founded.here))
    made = {}
    for path, name, place in (("households", "示例家", "here"), ("groups", "示例队", "there")):
        body = {"organisation_id": str(getattr(founded, place).id), "name": name}
        made[path] = people.organiser.post(f"{API}/{path}", body).json["id"]
        member = {"volunteer_no": scene.volunteer_no, "role": "head"}
        assert people.organiser.post(f"{API}/{path}/{made[path]}/members", member).status == 201
    home = {"id": made["households"], "kind": "household", "name": "示例家", "role": "head"}
    path = f"{API}/volunteers/{scene.volunteer_no}/memberships"
    told = people.desk.get(path).json["items"]
    assert told[0] == home | {"available": 0, "may_spend": False}  # the example's rules know no such account
    assert [one["kind"] for one in told] == ["household", "group"]
    assert [one["id"] for one in people.sign_in("desk-here").get(path).json["items"]] == [home["id"]]


def test_whoever_has_not_joined_yet_or_has_left_is_no_member(founded: Founded, people: People, scene: Scene) -> None:
    home = people.organiser.post(f"{API}/households", {"organisation_id": str(founded.here.id), "name": "示例家"}).json[
        "id"
    ]
    tomorrow = (founded.bank.today() + timedelta(days=1)).isoformat()
    member = {"volunteer_no": scene.volunteer_no, "from_on": tomorrow}
    assert people.organiser.post(f"{API}/households/{home}/members", member).status == 201
    assert people.desk.get(f"{API}/volunteers/{scene.volunteer_no}/memberships").json["items"] == []


def test_who_may_spend_is_for_the_rulebook_to_say() -> None:
    def may(spends: str, *roles: str) -> bool:
        return standing_in.may_spend(Payer(owner=Owner(OwnerKind.HOUSEHOLD, uuid4()), spends=spends), roles)

    assert [may("anyone", "member"), may("head", "member"), may("head", "head"), may("nobody", "head")] == [
        True,
        False,
        True,
        False,
    ]
