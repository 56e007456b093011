"""Records of service as lists show them: whose each is."""

from __future__ import annotations

from typing import Any

from ledger.bank import By
from ledger.people import viewings, volunteers
from tests.api.conftest import ACTIVITY, Founded, People

API = "/api/v1"


def test_a_record_names_whose_it_is_masks_guests_and_notes_that_they_were_seen(
    founded: Founded, people: People
) -> None:
    by = By(actor=founded.bank.world.new_id())
    (own,) = volunteers.register_all(founded.bank, by, organisation=founded.here, names=["示例王芳"])
    (guest,) = volunteers.register_all(founded.bank, by, organisation=founded.there, names=["示例李雷"])
    founded.hire("nearby", ("organiser", founded.here))
    nearby = people.sign_in("nearby")
    today = founded.bank.today().isoformat()
    held = nearby.post(
        f"{API}/activities", {"organisation_id": str(founded.here.id), **ACTIVITY, "held_on": today}
    ).json
    record = {"activity_id": held["id"], "minutes": 60, "served_on": today, "capture_method": "clocked"}
    made: list[Any] = [
        nearby.post(f"{API}/service-records", record | {"volunteer_no": one.volunteer_no}) for one in (own, guest)
    ]
    assert [told.status for told in made] == [201, 201]
    seen = len(viewings.page(founded.bank, volunteer=None, after=None, limit=200).items)
    listed = nearby.get(f"{API}/service-records?state=all").json["items"]
    assert {one["volunteer_name"] for one in listed} == {"示例王芳", "示**雷"}
    assert nearby.get(f"{API}/service-records/{made[1].json['id']}").json["volunteer_name"] == "示**雷"
    noted = viewings.page(founded.bank, volunteer=None, after=None, limit=200).items
    assert [(one.what, one.fields) for one in noted[: len(noted) - seen]] == [("search", "name")] * 2
