"""What is not exactly as asked is refused with its place, and never reaches the bank."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from api import ROUTES
from api.fields import Form
from tests.api.conftest import People, Scene

RECORDS = "/api/v1/service-records"
VOLUNTEERS = "/api/v1/volunteers"


def with_minutes(scene: Scene, spelled: str) -> bytes:
    return json.dumps(scene.record()).replace('"minutes": 120', f'"minutes": {spelled}').encode()


def test_minutes_are_a_positive_exact_integer(people: People, scene: Scene) -> None:
    for spelled in [
        *("-1", "0", "-0", "9007199254740992", "1e309", "-1e309", "1e3", "1.0", "60.5", "NaN", "Infinity", "-Infinity"),
        *('"60"', '"６０"', '""', "true", "false", "null", "[60]", "{}", "9" * 400, "9" * 5_000),
    ]:
        told = people.organiser.raw(RECORDS, with_minutes(scene, spelled))
        assert (told.status, [error["pointer"] for error in told.json["errors"]]) == (422, ["/minutes"])


def test_what_is_no_json_number_is_no_json(people: People, scene: Scene) -> None:
    for spelled in ["060", "+60", "0x3c", "６０", "6_0", ".5", "5.", "1e", "'60'", ""]:
        told = people.organiser.raw(RECORDS, with_minutes(scene, spelled))
        assert (told.status, told.json["code"]) == (400, "malformed_json")


def test_what_is_no_strict_json_is_400(people: People) -> None:
    for body in [
        b"",
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\x00}\x00",
        '{"name": "王"}'.encode("gb18030"),
        b'{"name": "\xed\xa0\x80"}',
        b'{"name": "\\ud800"}',
        b'{"\\udfff": 1}',
        b'{"name": "a", "name": "b"}',
        b'{"name": {"a": 1, "a": 1}}',
        b"{} {}",
        b"{,}",
        b"{'name': 1}",
        b'{"name": "a\nb"}',
        b"[" * 21 + b"]" * 21,
        b'{"a":' * 21 + b"1" + b"}" * 21,
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
    ]:
        told = people.organiser.raw(VOLUNTEERS, body)
        assert (told.status, told.json["code"]) == (400, "malformed_json")


def test_a_body_of_another_shape_is_422(people: People) -> None:
    for body in [b"null", b"[]", b'"text"', b"7", b"[" * 20 + b"]" * 20]:
        told = people.organiser.raw(VOLUNTEERS, body)
        assert (told.status, told.json["errors"][0]["code"]) == (422, "not_an_object")


def test_a_name_is_one_visible_line(people: People, founded: Any) -> None:
    for name in [
        "",
        " ",
        "\u3000\u200b",
        "a\u0000b",
        "a\u001fb",
        "a\nb",
        "王\u202e英",
        "\u2066王",
        "\ufeff王",
        "王\u2028英",
        "x" * 101,
        7,
        None,
    ]:
        told = people.organiser.post(VOLUNTEERS, {"name": name, "organisation_id": str(founded.here.id)})
        assert (told.status, told.json["errors"][0]["pointer"]) == (422, "/name")


def test_a_name_stays_as_written(people: People, founded: Any) -> None:
    for name in [
        "王秀英",
        "阿依古丽·买买提",
        "<img src=x onerror=alert(1)>",
        "=1+1",
        "𠮷野",
        "O'Brien; DROP TABLE",
        "ﬁ ½",
        "x" * 98,
    ]:
        told = people.organiser.post(
            VOLUNTEERS, {"name": f"\u3000{name}\u200b", "organisation_id": str(founded.here.id)}
        )
        assert (told.status, told.json["name"]) == (201, name)
        assert people.organiser.get(f"{VOLUNTEERS}/{told.json['volunteer_no']}").json["name"] == name


def test_an_id_is_a_uuid_of_version_7(people: People) -> None:
    for id in [
        "",
        "x",
        "00000000-0000-0000-0000-000000000000",
        "6ba7b810-9dad-41d1-80b4-00c04fd430c8",
        7,
        None,
        "{0190a000-0000-7000-8000-000000000000}",
    ]:
        told = people.organiser.post(VOLUNTEERS, {"name": "王", "organisation_id": id})
        assert (told.status, told.json["errors"][0]["code"]) == (422, "not_an_id")


def test_a_day_is_a_real_one(people: People, scene: Scene) -> None:
    for day in [
        "2026-3-1",
        "2026-02-29",
        "20260301",
        "2026-03-01T00:00:00Z",
        "２０２６-03-01",
        "0000-01-01",
        20260301,
        "",
        " 2026-03-01",
    ]:
        told = people.organiser.post(RECORDS, scene.record(served_on=day))
        assert (told.status, told.json["errors"][0]["pointer"]) == (422, "/served_on")


def test_a_limit_is_1_to_200(people: People) -> None:
    for limit in ["0", "201", "-1", "1.0", "", "１", "+5", "05", "1e1", "true", "9" * 30]:
        assert people.organiser.get(f"{VOLUNTEERS}?limit={limit}").status == 422


def test_a_route_without_parameters_takes_none(people: People) -> None:
    for path in ["/api/v1/bank", "/api/v1/rulebooks", "/healthz", "/api/v1/ledger/trial-balance"]:
        told = people.auditor.get(f"{path}?a=1")
        assert (told.status, told.json["errors"][0]["parameter"]) == (422, "a")


def test_what_the_bank_decides_cannot_be_written(people: People, scene: Scene) -> None:
    for member in ["id", "points", "state", "organisation_id", "recorded_at"]:
        assert people.organiser.post(RECORDS, scene.record() | {member: "1"}).status == 422


def test_a_number_with_a_slip_is_nobody_s(people: People, scene: Scene) -> None:
    slipped = scene.volunteer_no[:-1] + str((int(scene.volunteer_no[-1]) + 1) % 10)
    assert people.organiser.get(f"{VOLUNTEERS}/{slipped}").status == 404
    assert people.organiser.get(f"{VOLUNTEERS}/{'9' * 400}").status == 404
    assert people.auditor.get("/api/v1/ledger/transactions/99999999999999999999").status == 404
    assert people.auditor.get("/api/v1/ledger/transactions/999999999999999").status == 404


def test_every_text_in_every_form_is_bounded() -> None:
    forms = {route.body for routes in ROUTES for route in routes.all if isinstance(route.body, type)}
    forms |= {route.query for routes in ROUTES for route in routes.all if route.query}
    assert len(forms) > 10
    for form in forms:
        assert issubclass(form, Form)
        for name, member in unbounded(form):
            raise AssertionError(f"{form.__name__}.{name} is unbounded: {member}")


def unbounded(form: type[BaseModel]) -> list[tuple[str, Any]]:
    schemas = form.model_json_schema()
    found = []
    for owner in (schemas, *schemas.get("$defs", {}).values()):
        for name, member in owner.get("properties", {}).items():
            for kind in member.get("anyOf", [member]):
                if kind.get("type") == "string" and not {"maxLength", "enum", "const"} & kind.keys():
                    found.append((name, kind))
                if kind.get("type") == "array" and "maxItems" not in kind:
                    found.append((name, kind))
                if kind.get("type") == "integer" and not ({"minimum", "maximum"} <= kind.keys() or "enum" in kind):
                    found.append((name, kind))
    return found
