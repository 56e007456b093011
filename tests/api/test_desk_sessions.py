"""A desk's day over HTTP: opened, counted, signed by another, on paper; and nobody looks at the desk next door."""

from __future__ import annotations

from typing import Any

import pytest

from api.routes import PREFIX
from tests.api.conftest import Client, Founded, People, Scene

PATH = f"{PREFIX}/desk-sessions"


@pytest.fixture
def day(people: People, scene: Scene) -> dict[str, Any]:
    """An open day of a desk with three mugs."""
    received = {"desk_id": scene.desk_id, "prize_id": scene.prize_id, "quantity": 3, "source": "示例捐赠"}
    received |= {"source_kind": "donor", "document": "示例-001", "batch": "A1", "best_before": "2999-12-31"}
    assert people.desk.post(f"{PREFIX}/stock-receipts", received).status == 201
    opened = people.desk.post(PATH, {"desk_id": scene.desk_id})
    assert opened.status == 201, opened.text
    return dict(opened.json)


@pytest.fixture
def second(founded: Founded, people: People) -> Client:
    """Another clerk of the desk."""
    founded.hire("second-desk", ("desk", founded.here))
    return people.sign_in("second-desk")


def test_a_day_is_counted_by_one_and_signed_by_another(
    people: People, scene: Scene, day: dict[str, Any], second: Client
) -> None:
    path = f"{PATH}/{day['id']}"
    assert people.desk.get(f"{path}/sheet").json["lines"][0]["counted"] is None
    counts = {"counts": [{"prize_id": scene.prize_id, "counted": 2, "reason": "damaged"}]}
    counted = people.desk.post(f"{path}/close", counts)
    assert (counted.status, counted.json["differences"]) == (201, 1)
    report = f"{PREFIX}/stock-reports/{counted.json['id']}"
    waiting = people.auditor.get(f"{PREFIX}/stock-reports?state=reported").json["items"]
    assert [one["id"] for one in waiting] == [counted.json["id"]]
    assert people.desk.post(f"{report}/confirm", {}).json["code"] == "same_person"
    assert second.post(f"{report}/confirm", {}).json["state"] == "confirmed"
    told = people.desk.get(path).json
    assert (told["state"], told["report_id"]) == ("closed", counted.json["id"])
    assert told["counted_by"] != told["signed_by"]
    sheet = people.auditor.get(f"{path}/sheet").json
    assert (sheet["from_seq"], sheet["until_seq"]) == (1, counted.json["transaction_seq"])
    assert sheet["differences"][0]["reason"] == "damaged"
    assert sheet == people.auditor.get(f"{path}/sheet").json
    assert people.auditor.get(f"{PREFIX}/ledger/transactions/{sheet['until_seq']}").json["kind"] == "stock_report"


def test_the_day_sheet_is_a_paper(people: People, day: dict[str, Any]) -> None:
    paper = people.desk.get(f"{PATH}/{day['id']}/sheet.pdf")
    assert (paper.status, paper.headers["Content-Type"]) == (200, "application/pdf")
    assert paper.data.startswith(b"%PDF-")


def test_what_is_counted_twice_or_of_nobody_is_sent_back(people: People, scene: Scene, day: dict[str, Any]) -> None:
    line = {"prize_id": scene.prize_id, "counted": 3}
    for twice in ([line, line], [line, line | {"best_before": "2999-12-31"}]):
        told = people.desk.post(f"{PATH}/{day['id']}/close", {"counts": twice})
        assert (told.status, told.json["errors"][0]["pointer"]) == (422, "/counts/1/prize_id")
    unknown = people.desk.post(f"{PATH}/{day['id']}/close", {"counts": [line | {"prize_id": day["id"]}]})
    assert (unknown.status, unknown.json["errors"][0]["pointer"]) == (404, "/counts/0/prize_id")


def test_the_shelf_says_what_is_low_and_what_expires_soon(people: People, scene: Scene) -> None:
    prize = f"{PREFIX}/prizes/{scene.prize_id}"
    tag = {"If_Match": people.admin.get(prize).headers["ETag"]}
    assert people.admin.patch(prize, {"low_at": 3}, **tag).json["low_at"] == 3
    received = {"desk_id": scene.desk_id, "prize_id": scene.prize_id, "quantity": 3, "source": "示例捐赠"}
    assert people.desk.post(f"{PREFIX}/stock-receipts", received | {"best_before": "2999-12-31"}).status == 201
    [shelf] = people.desk.get(f"{PREFIX}/desks/{scene.desk_id}/stock").json["items"]
    assert (shelf["quantity"], shelf["is_low"], shelf["batches"][0]["expires_soon"]) == (3, True, False)
    assert people.desk.get(f"{PREFIX}/desks/{scene.desk_id}/stock?days=367").status == 422


def test_a_no_about_a_prize_names_it_as_a_clerk_would(people: People, scene: Scene, day: dict[str, Any]) -> None:
    title = people.desk.get(f"{PREFIX}/prizes/{scene.prize_id}").json["title"]
    short = {"prize_id": scene.prize_id, "counted": 1}
    wanted = {"from_desk_id": scene.desk_id, "items": [{"prize_id": scene.prize_id, "quantity": 9}]}
    other = people.admin.post(f"{PREFIX}/desks", {"organisation_id": scene.organisation_id, "name": "示例二号台"}).json
    for path, body, code in (
        (f"{PATH}/{day['id']}/close", {"counts": []}, "count_missing"),
        (f"{PATH}/{day['id']}/close", {"counts": [short]}, "difference_unexplained"),
        (f"{PREFIX}/stocktakes", {"desk_id": scene.desk_id, "counts": [short]}, "difference_unexplained"),
        (f"{PREFIX}/stock-transfers", wanted | {"to_desk_id": other["id"]}, "insufficient_stock"),
    ):
        key = code.ljust(16, "-") + path[-6:].replace("/", "-")
        told, again = (people.desk.post(path, body, key=key) for _ in range(2))
        assert (told.status, told.json["code"]) == (409, code)
        assert told.json["detail"].startswith(f"{title}:")
        assert scene.prize_id not in told.json["detail"]
        assert (again.json["detail"], told.json["facts"]["prize"]) == (told.json["detail"], scene.prize_id)


def test_the_shelf_says_what_waits_for_somebody(people: People, scene: Scene, day: dict[str, Any]) -> None:
    assert people.organiser.post(f"{PREFIX}/service-records", scene.record(180)).status == 201
    wanted = {"volunteer_no": scene.volunteer_no, "desk_id": scene.desk_id}
    kept = people.desk.post(f"{PREFIX}/reservations", wanted | {"items": [{"prize_id": scene.prize_id, "quantity": 1}]})
    assert kept.status == 201, kept.text
    [shelf] = people.desk.get(f"{PREFIX}/desks/{scene.desk_id}/stock").json["items"]
    assert (shelf["quantity"], shelf["held"], day["state"]) == (2, 1, "open")
