"""Purchases and budgets over HTTP: ordered by the administrator, taken in by the clerk, and told in the liability."""

from __future__ import annotations

from api.routes import PREFIX
from tests.api.conftest import People, Scene

PATH = f"{PREFIX}/purchases"


def test_what_was_ordered_comes_in_at_the_desk_and_no_longer_binds_the_budget(people: People, scene: Scene) -> None:
    year = {"organisation_id": scene.organisation_id, "year": 2026, "budget_fen": 50_000}
    assert people.admin.post(f"{PREFIX}/prize-budgets", year).status == 201
    assert people.desk.post(f"{PREFIX}/prize-budgets", year).status == 403
    told = people.auditor.get(f"{PREFIX}/prize-budgets?year=2026").json["items"]
    assert [(one["organisation_id"], one["budget_fen"]) for one in told] == [(scene.organisation_id, 50_000)]
    order = {"organisation_id": scene.organisation_id, "prize_id": scene.prize_id, "quantity": 10}
    order |= {"supplier": "示例商店", "document": "示例-7", "cost_fen": 9_900, "expected_on": "2026-12-01"}
    made = people.admin.post(PATH, order)
    assert (made.status, made.json["state"]) == (201, "open"), made.text
    assert people.desk.post(PATH, order).status == 403
    came = {"desk_id": scene.desk_id, "prize_id": scene.prize_id, "quantity": 4, "source": "示例商店"}
    came |= {"source_kind": "purchase", "purchase_id": made.json["id"]}
    assert people.desk.post(f"{PREFIX}/stock-receipts", came).status == 201
    [open_one] = people.desk.get(f"{PATH}?state=open").json["items"]
    assert (open_one["received"], open_one["quantity"]) == (4, 10)
    lines = people.auditor.get(f"{PREFIX}/reports/liability").json["items"]
    assert [(one["kind"], one["quantity"], one["value_fen"]) for one in lines if one["value_fen"] is not None] == [
        ("ordered", 6, 5_940),
        ("budget", None, 50_000),
        ("spent", None, 3_960),
        ("left", None, 40_100),
    ]
    table = people.auditor.get(f"{PREFIX}/reports/liability?format=csv").text
    assert "5940" in table
    ended = people.admin.post(f"{PATH}/{made.json['id']}/end", {})
    assert (ended.json["state"], people.desk.get(f"{PATH}?state=open").json["items"]) == ("ended", [])


def test_goods_are_taken_in_with_the_order_they_were_ordered_with(people: People, scene: Scene) -> None:
    other = people.admin.post(
        f"{PREFIX}/prizes", {"organisation_id": scene.organisation_id, "title": "示例碗", "cost_points": 3}
    ).json["id"]
    order = {"organisation_id": scene.organisation_id, "prize_id": other, "quantity": 1, "supplier": "示例商店"}
    bought = people.admin.post(PATH, order).json["id"]
    came = {"desk_id": scene.desk_id, "prize_id": scene.prize_id, "quantity": 1, "source": "示例商店"}
    wrong = people.desk.post(f"{PREFIX}/stock-receipts", came | {"purchase_id": bought})
    assert (wrong.status, wrong.json["errors"][0]["code"]) == (422, "another_prize")
    unknown = people.desk.post(f"{PREFIX}/stock-receipts", came | {"purchase_id": scene.desk_id})
    assert (unknown.status, unknown.json["errors"][0]["pointer"]) == (404, "/purchase_id")
