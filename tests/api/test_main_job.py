"""The main job over HTTP: register, record, redeem, reverse, and the books agree."""

from __future__ import annotations

from tests.api.conftest import Founded, People, Scene


def test_hours_become_points_become_a_prize(founded: Founded, people: People, scene: Scene) -> None:
    recorded = people.organiser.post("/api/v1/service-records", scene.record(180))
    assert recorded.status == 201
    assert recorded.json["state"] == "posted"
    points = recorded.json["points"]
    assert points > 0
    received = people.desk.post(
        "/api/v1/stock-receipts",
        {"desk_id": scene.desk_id, "prize_id": scene.prize_id, "quantity": 3, "source": "爱心超市"},
    )
    assert received.status == 201
    redeemed = people.desk.post("/api/v1/redemptions", scene.redemption())
    assert redeemed.status == 201, redeemed.json
    assert redeemed.json["points"] == 2
    balance = people.desk.get(f"/api/v1/volunteers/{scene.volunteer_no}/balance").json
    assert balance["points"]["balance"] == points - 2
    assert balance["minutes"] == {"total": 180, "clocked": 180, "honorary": 0}
    statement = people.desk.get(f"/api/v1/volunteers/{scene.volunteer_no}/statement").json
    assert [entry["amount"] for entry in statement["items"]] == [-2, points]
    assert [entry["balance_after"] for entry in statement["items"]] == [points - 2, points]
    back, why = f"/api/v1/redemptions/{redeemed.json['id']}/reverse", {"reason": "未拆封退回"}
    assert people.desk.post(back, why).json["code"] == "same_person"
    founded.hire("another-desk", ("desk", founded.here))
    undone = people.sign_in("another-desk").post(back, why)
    assert undone.status == 201, undone.json
    undone = people.reviewer.post(f"/api/v1/service-records/{recorded.json['id']}/reverse", {"reason": "签到有误"})
    assert undone.status == 201, undone.json
    trial = people.auditor.get("/api/v1/ledger/trial-balance").json
    for unit in {row["unit"] for row in trial["items"]}:
        rows = [row for row in trial["items"] if row["unit"] == unit]
        assert sum(row["debit"] for row in rows) == sum(row["credit"] for row in rows)
    assert people.auditor.get("/api/v1/ledger/transactions/2").json["kind"] == "award"


def test_a_volunteer_cannot_spend_more_than_they_hold(people: People, scene: Scene) -> None:
    refused = people.desk.post("/api/v1/redemptions", scene.redemption(5), Accept_Language="en")
    assert refused.status == 409
    assert refused.json["code"] == "insufficient_points"
    assert refused.json["facts"] == {"held": 0, "asked": 10}
