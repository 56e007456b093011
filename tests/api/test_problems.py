"""Every error is a problem after RFC 9457, in the reader's language, and every sort of problem has its page."""

from __future__ import annotations

from typing import Any

from api.sorts import FIELD_FAULTS, OF_THE_BANK, SORTS
from ledger.core.refusals.precedence import REFUSALS
from tests.api.conftest import Client, People, Scene, Told

NEW = "0190a000-0000-7000-8000-000000000000"


def test_every_refusal_has_a_status_and_a_sentence() -> None:
    assert set(OF_THE_BANK) == {refusal.code for refusal in REFUSALS}
    assert all(refusal.zh and refusal.en for refusal in REFUSALS)


def test_every_sort_of_problem_has_a_page(nobody: Client) -> None:
    for code, sort in SORTS.items():
        page = nobody.get(f"/problems/{code}")
        assert page.status == 200
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert sort.zh in page.text
        told = nobody.get(f"/problems/{code}", Accept="application/json")
        assert told.json["status"] == sort.status


def golden(told: Told) -> dict[str, Any]:
    """The problem without what differs each time."""
    assert told.headers["Content-Type"] == "application/problem+json"
    assert told.json["instance"] == f"urn:uuid:{told.headers['X-Request-Id']}"
    return {name: value for name, value in told.json.items() if name != "instance"}


def test_an_unknown_path(nobody: Client) -> None:
    assert golden(nobody.get("/api/v1/nothing")) == {
        "type": "/problems/not_found",
        "title": "没有找到",
        "status": 404,
        "code": "not_found",
    }


def test_a_wrong_method_names_the_right_ones(nobody: Client) -> None:
    told = nobody.post("/api/v1/bank", {})
    assert golden(told) == {
        "type": "/problems/method_not_allowed",
        "title": "不支持这种请求方法",
        "status": 405,
        "code": "method_not_allowed",
    }
    assert told.headers["Allow"] == "GET, HEAD"


def test_no_token(nobody: Client) -> None:
    told = nobody.get("/api/v1/volunteers", Accept_Language="en-GB,en;q=0.9")
    assert golden(told) == {
        "type": "/problems/unauthenticated",
        "title": "Sign in first",
        "status": 401,
        "code": "unauthenticated",
    }
    assert told.headers["WWW-Authenticate"] == 'Bearer realm="pioneer-bank"'
    assert told.headers["Content-Language"] == "en"


def test_not_in_this_role(people: People) -> None:
    told = people.auditor.post("/api/v1/volunteers", {})
    assert golden(told) == {
        "type": "/problems/insufficient_scope",
        "title": "没有这项权限",
        "status": 403,
        "code": "insufficient_scope",
        "detail": "需要权限 volunteers:write",
    }
    assert told.headers["WWW-Authenticate"] == 'Bearer realm="pioneer-bank", error="insufficient_scope"'


def test_all_bad_fields_at_once(people: People) -> None:
    body = {"volunteer_no": 7, "minutes": "60", "served_on": "2026-02-30", "capture_method": "guessed", "extra/~": 1}
    assert golden(people.organiser.post("/api/v1/service-records", body)) == {
        "type": "/problems/invalid_request",
        "title": "填写的内容有误",
        "status": 422,
        "code": "invalid_request",
        "errors": [
            {"pointer": "/volunteer_no", "code": "not_a_text", "detail": "应为文本"},
            {"pointer": "/activity_id", "code": "missing", "detail": "必填"},
            {"pointer": "/minutes", "code": "not_a_whole_number", "detail": "应为整数"},
            {"pointer": "/served_on", "code": "not_a_date", "detail": "应为 YYYY-MM-DD 形式的日期"},
            {"pointer": "/capture_method", "code": "not_one_of", "detail": "不在允许的取值之内"},
            {"pointer": "/extra~1~0", "code": "unknown_member", "detail": "没有这个字段"},
        ],
    }


def test_bad_parameters_are_named(people: People) -> None:
    told = people.organiser.get("/api/v1/volunteers?limit=0&colour=red&q=a&q=b", Accept_Language="en")
    assert told.status == 422
    assert {(error["parameter"], error["code"]) for error in told.json["errors"]} == {
        ("q", "repeated_parameter"),
        ("limit", "out_of_range"),
        ("colour", "unknown_parameter"),
    }


def test_not_json(people: People) -> None:
    told = people.organiser.raw("/api/v1/volunteers", b'{"name": }', Accept_Language="en")
    assert golden(told) == {
        "type": "/problems/malformed_json",
        "title": "The body is not proper JSON",
        "status": 400,
        "code": "malformed_json",
        "detail": "line 1, column 10",
    }


def test_another_media_type(people: People) -> None:
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "", "application/json; charset=gbk"):
        told = people.organiser.raw("/api/v1/volunteers", b"{}", content_type)
        assert (told.status, golden(told)["code"]) == (415, "unsupported_media_type"), content_type


def test_too_large(people: People) -> None:
    told = people.organiser.raw("/api/v1/volunteers", b" " * 1_000_001)
    assert golden(told)["code"] == "body_too_large"
    assert told.status == 413


def test_what_the_body_names_is_unknown(people: People, scene: Scene) -> None:
    told = people.desk.post(
        "/api/v1/redemptions", scene.redemption() | {"items": [{"prize_id": NEW, "quantity": 1}] * 2}
    )
    assert golden(told) == {
        "type": "/problems/not_found",
        "title": "没有找到",
        "status": 404,
        "code": "not_found",
        "errors": [{"pointer": f"/items/{at}/prize_id", "code": "unknown", "detail": "没有找到"} for at in range(2)],
    }


def test_the_rules_say_no(people: People, scene: Scene) -> None:
    told = people.organiser.post("/api/v1/service-records", scene.record(served_on="2999-01-01"), Accept_Language="en")
    today = told.json["facts"].pop("today")
    assert golden(told) == {
        "type": "/problems/future_day",
        "title": "That day has not come yet",
        "status": 409,
        "code": "future_day",
        "detail": f"2999-01-01 has not come yet (today is {today}).",
        "facts": {"on": "2999-01-01"},
    }


def test_a_stale_change(people: People, scene: Scene) -> None:
    path = f"/api/v1/prizes/{scene.prize_id}"
    tag = people.admin.get(path).headers["ETag"]
    assert people.admin.get(path, If_None_Match=tag).status == 304
    assert golden(people.admin.patch(path, {"cost_points": 3}))["code"] == "precondition_required"
    changed = people.admin.patch(path, {"cost_points": 3}, If_Match=tag)
    assert (changed.status, changed.json["cost_points"]) == (200, 3)
    told = people.admin.patch(path, {"cost_points": 4}, If_Match=tag)
    assert (told.status, golden(told)["code"]) == (412, "precondition_failed")
    assert people.admin.patch(path, {"on_shelf": False}, If_Match=changed.headers["ETag"]).json["on_shelf"] is False


def test_every_fault_has_both_languages() -> None:
    assert all(zh and en for zh, en in FIELD_FAULTS.values())
