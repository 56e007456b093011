"""A certificate is asked for at a kiosk or by staff, printed, and looked up by whoever is shown one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api import devices
from tests.api.conftest import Client, Founded, People, Scene


@pytest.fixture
def served(people: People, scene: Scene) -> str:
    """Somebody who has served for two hours; their number."""
    assert people.organiser.post("/api/v1/service-records", scene.record(minutes=120)).status == 201
    return scene.volunteer_no


def issued(client: Client, volunteer_no: str, **period: str) -> Any:
    told = client.post(f"/api/v1/volunteers/{volunteer_no}/certificates", period)
    assert told.status == 201, told.json
    return told.json


def test_whoever_is_shown_a_certificate_learns_what_to_compare_and_no_name(
    people: People, nobody: Client, served: str
) -> None:
    made = issued(people.organiser, served)
    told = nobody.get(f"/api/v1/certificates/{made['certificate_no']}").json
    assert (told["state"], told["minutes"], told["records"]) == ("valid", 120, 1)
    assert told["volunteer_no_tail"] == served[-4:]
    assert "*" in told["masked_name"]
    assert served not in str(told)


def test_a_number_that_was_never_given_out_is_unknown(nobody: Client) -> None:
    assert nobody.get("/api/v1/certificates/12345678901234567895").status == 404


def test_the_paper_is_a_pdf_and_for_staff_in_reach_only(people: People, founded: Founded, served: str) -> None:
    made = issued(people.organiser, served)
    told = people.organiser.post("/api/v1/certificates/papers", {"ids": [made["id"]], "english": True})
    assert (told.status, told.headers["Content-Type"]) == (200, "application/pdf")
    assert told.headers["Cache-Control"] == "no-store"
    assert told.data.startswith(b"%PDF-")
    assert people.auditor.post("/api/v1/certificates/papers", {"ids": [made["id"]]}).status == 200
    assert people.admin.post(f"/api/v1/volunteers/{served}/certificates", {}).status == 403


def test_nothing_is_certified_where_nothing_is_recorded(people: People, scene: Scene) -> None:
    told = people.organiser.post(f"/api/v1/volunteers/{scene.volunteer_no}/certificates", {})
    assert (told.status, told.json["code"]) == (409, "no_service_recorded")


def test_a_period_that_ends_before_it_begins_is_refused(people: People, served: str) -> None:
    period = {"from_on": "2026-03-02", "until_on": "2026-03-01"}
    told = people.organiser.post(f"/api/v1/volunteers/{served}/certificates", period)
    assert told.status == 422
    assert told.json["errors"] == [
        {"pointer": "/until_on", "code": "ends_before_it_begins", "detail": told.json["errors"][0]["detail"]}
    ]


def test_many_at_once(people: People, scene: Scene, served: str) -> None:
    told = people.desk.post("/api/v1/certificates/batch", {"volunteer_nos": [served, "0000000000"]})
    assert [item["outcome"] for item in told.json["items"]] == ["posted", "refused"]
    listed = people.desk.get(f"/api/v1/volunteers/{served}/certificates").json["items"]
    assert [one["id"] for one in listed] == [told.json["items"][0]["certificate"]["id"]]


def test_a_revoked_certificate_says_so_and_is_revoked_once(people: People, nobody: Client, served: str) -> None:
    made = issued(people.organiser, served)
    path = f"/api/v1/certificates/{made['id']}/revoke"
    assert people.organiser.post(path, {"reason": "mistake"}).status == 403
    assert people.reviewer.post(path, {"reason": "mistake"}).status == 201
    assert people.reviewer.post(path, {"reason": "fraud"}).json["code"] == "certificate_ended"
    assert nobody.get(f"/api/v1/certificates/{made['certificate_no']}").json["state"] == "revoked"


def test_whoever_stands_at_the_kiosk_takes_their_own_and_nobody_else_s(
    founded: Founded, people: People, nobody: Client, scene: Scene, served: str
) -> None:
    kiosk = devices.pair(nobody, people.admin, founded.here.id)
    devices.with_pin(people.desk, served)
    mine = devices.signed_in(kiosk, volunteer_no=served)
    made = issued(mine, served)
    assert mine.post("/api/v1/certificates/papers", {"ids": [made["id"]]}).data.startswith(b"%PDF-")
    assert mine.post(f"/api/v1/certificates/{made['id']}/revoke", {"reason": "wish"}).status == 403
    neighbour = {"name": "示例邻", "organisation_id": scene.organisation_id}
    other = people.organiser.post("/api/v1/volunteers", neighbour).json["volunteer_no"]
    assert mine.post(f"/api/v1/volunteers/{other}/certificates", {}).status == 404
    assert mine.get(f"/api/v1/volunteers/{other}/certificates").status == 404


def test_the_passbook_is_a_pdf_for_those_in_reach(people: People, served: str) -> None:
    told = people.desk.get(f"/api/v1/volunteers/{served}/passbook?from=2026-01-01&to=2026-12-31")
    assert (told.status, told.headers["Content-Type"]) == (200, "application/pdf")
    assert told.data.startswith(b"%PDF-")
    wrong = people.desk.get(f"/api/v1/volunteers/{served}/passbook?from=2026-03-02&to=2026-03-01")
    assert (wrong.status, wrong.json["errors"][0]["code"]) == (422, "ends_before_it_begins")
