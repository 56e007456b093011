"""Volunteers over HTTP: what a clerk may type, see and change, and what nobody sees by accident."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from ledger.people import particulars
from ledger.store.schema.people import volunteer
from tests.api.conftest import Client, Founded, People, Scene, Told
from tests.api.devices import pair, signed_in, with_pin

BASE = "/api/v1/volunteers"
PHONE, ID_NUMBER, ADDRESS = "13800001234", "11010519491231002X", "示例路 18 号 3 单元"
AGREED = [{"purpose": "sensitive_data", "captured": "paper"}]


@pytest.fixture
def keeping(people: People) -> None:
    """The bank keeps everything that it can keep."""
    rules = people.admin.get("/api/v1/privacy-rules")
    change = {"kept_fields": list(particulars.FIELDS)}
    assert people.admin.patch("/api/v1/privacy-rules", change, If_Match=rules.headers["ETag"]).status == 200


def newcomer(founded: Founded, **more: Any) -> dict[str, Any]:
    return {"name": "王示英", "organisation_id": str(founded.here.id)} | more


def register(people: People, founded: Founded, **more: Any) -> str:
    told = people.organiser.post(BASE, newcomer(founded, **more))
    assert told.status == 201, told.text
    return str(told.json["volunteer_no"])


def whole(founded: Founded, people: People) -> str:
    return register(
        people, founded, phone=PHONE, id_number=ID_NUMBER, address=ADDRESS, party_member="是", consents=AGREED
    )


def close(people: People, number: str, **more: Any) -> Told:
    return people.reviewer.post(f"{BASE}/{number}/closing", {"reason": "left"} | more)


def test_particulars_are_off_until_an_administrator_of_the_root_turns_them_on(founded: Founded, people: People) -> None:
    told = people.organiser.post(BASE, newcomer(founded, phone=PHONE))
    assert (told.status, told.json["code"]) == (409, "field_not_kept")
    founded.hire("admin-here", ("admin", founded.here))
    theirs = people.sign_in("admin-here")
    rules = theirs.get("/api/v1/privacy-rules")
    assert rules.json["kept_fields"] == []
    change = {"kept_fields": ["phone"]}
    assert theirs.patch("/api/v1/privacy-rules", change, If_Match=rules.headers["ETag"]).status == 403
    assert people.admin.patch("/api/v1/privacy-rules", change).status == 428
    assert people.admin.patch("/api/v1/privacy-rules", change, If_Match=rules.headers["ETag"]).status == 200
    assert people.organiser.post(BASE, newcomer(founded, phone=PHONE)).status == 201


@pytest.mark.usefixtures("keeping")
def test_security_13_particulars_are_masked_unless_role_and_purpose(founded: Founded, people: People) -> None:
    number = whole(founded, people)
    for role in ("organiser", "reviewer", "desk", "admin", "auditor"):
        told = getattr(people, role).get(f"{BASE}/{number}")
        assert told.json["particulars"]["phone"]["masked"] == "138****1234"
        assert not re.search("|".join(map(re.escape, (PHONE, ID_NUMBER, ADDRESS))), told.text), role
    asked = {"fields": ["phone", "birth_date"], "purpose": "contact"}
    told = people.desk.post(f"{BASE}/{number}/disclosures", asked)
    assert told.json == {"fields": {"birth_date": None, "phone": PHONE}}
    assert people.auditor.post(f"{BASE}/{number}/disclosures", asked).status == 403
    assert people.desk.post(f"{BASE}/{number}/disclosures", asked | {"purpose": "curiosity"}).status == 422


@pytest.mark.usefixtures("keeping")
def test_security_13_every_view_of_personal_data_is_noted_and_no_search_text(founded: Founded, people: People) -> None:
    number = whole(founded, people)
    desk = people.desk
    for path in ("", "/balance", "/statement", "/consents", "/guardians", "/copy", "/copy/text"):
        assert desk.get(f"{BASE}/{number}{path}").status == 200
    desk.post(f"{BASE}/{number}/disclosures", {"fields": ["phone"], "purpose": "verify_identity"})
    assert desk.get(f"{BASE}?q={PHONE}").json["items"][0]["volunteer_no"] == number
    seen = people.auditor.get(f"{BASE}/{number}/viewings").json["items"]
    assert [one["what"] for one in reversed(seen)] == [
        *("profile", "balance", "statement", "profile", "profile", "copy", "copy", "disclosure"),
    ]
    assert (seen[0]["fields"], seen[0]["purpose"]) == (["phone"], "verify_identity")
    assert len({one["actor_id"] for one in seen}) == 1
    with founded.bank.store.reading() as connection:
        rows = connection.execute(text("SELECT what, fields FROM viewing WHERE volunteer_id IS NULL")).all()
        everything = str(connection.execute(text("SELECT * FROM viewing")).all())
    assert ("search", "lookup") in [tuple(row) for row in rows]
    assert PHONE not in everything
    assert desk.get(f"{BASE}/{number}/viewings").status == 403


@pytest.mark.usefixtures("keeping")
def test_security_13_nothing_is_shown_where_the_view_cannot_be_noted(
    founded: Founded, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = whole(founded, people)

    def fails(_: object) -> None:
        raise TimeoutError

    client = people.desk
    monkeypatch.setattr(founded.bank.store.viewings, "add", fails)
    for path in ("", "/balance", "/statement", "/copy"):
        assert client.get(f"{BASE}/{number}{path}").status == 503
    asked = {"fields": ["phone"], "purpose": "contact"}
    assert client.post(f"{BASE}/{number}/disclosures", asked).status == 503


@pytest.mark.parametrize("member", ["id", "volunteer_no", "registered_at", "closed", "name_pinyin", "merged_numbers"])
def test_security_4_what_the_server_owns_is_never_writable(founded: Founded, people: People, member: str) -> None:
    told = people.organiser.post(BASE, newcomer(founded) | {member: "x"})
    assert (told.status, told.json["errors"][0]["code"]) == (422, "unknown_member")
    number = register(people, founded)
    tag = people.organiser.get(f"{BASE}/{number}").headers["ETag"]
    assert people.organiser.patch(f"{BASE}/{number}", {member: "x"}, If_Match=tag).status == 422


def test_security_11_names_are_stored_and_told_as_text_and_control_characters_refused(
    founded: Founded, people: People
) -> None:
    for name in ("<img src=x onerror=alert(1)>", "=HYPERLINK(1)", "阿依古丽·买买提", 'O\'Neil "x" & y', "😀示例"):
        number = register(people, founded, name=name)
        told = people.organiser.get(f"{BASE}/{number}")
        assert told.json["name"] == name
        assert told.headers["Content-Type"] == "application/json"
        assert told.headers["X-Content-Type-Options"] == "nosniff"
    for bad in ("王\u202e英", "王\u2066英", "王\x00英", "王\n英", "王\u200f", "\u3000", ""):
        assert people.organiser.post(BASE, newcomer(founded, name=bad)).status == 422, repr(bad)


@pytest.mark.usefixtures("keeping")
def test_every_bad_particular_is_told_with_its_pointer_and_mend(founded: Founded, people: People) -> None:
    bad = newcomer(founded, phone="12", id_number="1.10105E+17", gender="?", birth_date="1980-02-30")
    told = people.organiser.post(BASE, bad, Accept_Language="en")
    assert told.status == 422
    assert [(one["pointer"], one["code"]) for one in told.json["errors"]] == [
        ("/phone", "phone_wrong"),
        ("/id_number", "digits_lost"),
        ("/birth_date", "birth_date_wrong"),
        ("/gender", "gender_wrong"),
    ]
    assert "format the column as text" in told.text
    guardian = {"name": "示例", "phone": "1", "relation": "mother"}
    told = people.organiser.post(BASE, newcomer(founded, guardian=guardian))
    assert told.json["errors"][0]["pointer"] == "/guardian/phone"


@pytest.mark.usefixtures("keeping")
def test_a_possible_duplicate_is_pointed_out_for_the_clerk_to_decide(founded: Founded, people: People) -> None:
    first = register(people, founded, phone=PHONE)
    again = newcomer(founded, phone="13911111234")
    told = people.organiser.post(BASE, again)
    assert (told.status, told.json["code"]) == (409, "possible_duplicate")
    assert told.json["facts"] == {"numbers": first}
    assert "请核对" in told.json["detail"]
    assert first in people.organiser.post(BASE, again, Accept_Language="en").json["detail"]
    second = people.organiser.post(BASE, again | {"is_distinct": True}).json["volunteer_no"]
    (pair,) = people.organiser.get("/api/v1/possible-duplicates").json["items"]
    assert (pair["volunteer"]["volunteer_no"], pair["other"]["volunteer_no"]) == (second, first)
    assert pair["volunteer"]["masked_name"] == "王*英"
    assert [reason["code"] for reason in pair["reasons"]] == ["same_name_and_phone_tail"]
    founded.hire("organiser-there", ("organiser", founded.there))
    there = people.sign_in("organiser-there")
    path = f"/api/v1/possible-duplicates/{pair['id']}/keep-apart"
    assert there.get("/api/v1/possible-duplicates").json["items"] == []
    assert there.post(path, {}).status == 404
    assert people.organiser.post(path, {}).status == 200
    assert people.organiser.get("/api/v1/possible-duplicates").json["items"] == []


@pytest.mark.usefixtures("keeping")
def test_a_change_needs_the_state_it_changes_and_a_move_needs_both_ends(founded: Founded, people: People) -> None:
    number = whole(founded, people)
    at = f"{BASE}/{number}"
    client = people.organiser
    tag = client.get(at).headers["ETag"]
    assert client.patch(at, {"address": None}).status == 428
    changed = client.patch(at, {"address": None, "phone": "13900005678", "name": "王示瑛"}, If_Match=tag)
    assert (changed.status, changed.json["name"]) == (200, "王示瑛")
    assert changed.json["particulars"]["phone"]["masked"] == "139****5678"
    assert "address" not in changed.json["particulars"]
    assert client.patch(at, {"name": "王示英"}, If_Match=tag).status == 412
    assert client.get(f"{BASE}?q=5678").json["items"][0]["volunteer_no"] == number
    founded.hire("organiser-here", ("organiser", founded.here))
    here = people.sign_in("organiser-here")
    tag = here.get(at).headers["ETag"]
    assert here.patch(at, {"organisation_id": str(founded.there.id)}, If_Match=tag).status == 404
    moved = client.patch(at, {"organisation_id": str(founded.there.id)}, If_Match=tag)
    assert moved.json["organisation_id"] == str(founded.there.id)
    assert here.get(at).status == 404


def test_a_merged_number_leads_on_and_the_merge_can_be_undone(founded: Founded, people: People, scene: Scene) -> None:
    other = register(people, founded)
    record = people.organiser.post("/api/v1/service-records", scene.record()).json
    merged = people.reviewer.post(f"{BASE}/{scene.volunteer_no}/merge", {"survivor_no": other})
    assert (merged.status, merged.json["points"]) == (201, record["points"])
    told = people.desk.get(f"{BASE}/{scene.volunteer_no}").json
    assert (told["volunteer_no"], told["merged_numbers"]) == (other, [scene.volunteer_no])
    assert people.desk.get(f"{BASE}/{scene.volunteer_no}/balance").json["points"]["balance"] == record["points"]
    again = people.organiser.post("/api/v1/service-records", scene.record(60))
    assert again.status == 201
    roster = {"items": [scene.record(30)]}
    assert people.organiser.post("/api/v1/service-records/batch", roster).json["items"][0]["outcome"] == "posted"
    undone = people.reviewer.post(f"/api/v1/service-records/{record['id']}/reverse", {"reason": "示例"})
    assert (undone.status, undone.json["code"]) == (409, "volunteer_closed")
    path = f"{BASE}/{scene.volunteer_no}/closings/{merged.json['id']}/reverse"
    assert people.reviewer.post(f"{BASE}/{other}/closings/{merged.json['id']}/reverse", {"reason": "x"}).status == 404
    assert people.reviewer.post(path, {"reason": "示例误并"}).status == 201
    assert people.desk.get(f"{BASE}/{scene.volunteer_no}").json["volunteer_no"] == scene.volunteer_no


def test_only_who_is_closed_is_erased_and_then_nobody_finds_them(
    founded: Founded, people: People, scene: Scene
) -> None:
    number = scene.volunteer_no
    people.organiser.post("/api/v1/service-records", scene.record())
    tag = people.admin.get(f"{BASE}/{number}").headers["ETag"]
    assert people.reviewer.delete(f"{BASE}/{number}", If_Match=tag).status == 403
    told = people.admin.delete(f"{BASE}/{number}", If_Match=tag)
    assert (told.status, told.json["code"]) == (409, "not_closed")
    closed = close(people, number)
    assert closed.status == 201
    again = people.organiser.post("/api/v1/service-records", scene.record())
    assert (again.status, again.json["code"]) == (409, "volunteer_closed")
    assert people.admin.delete(f"{BASE}/{number}").status == 428
    assert people.admin.delete(f"{BASE}/{number}", If_Match=tag).status == 412
    tag = people.admin.get(f"{BASE}/{number}").headers["ETag"]
    erased = people.admin.delete(f"{BASE}/{number}", If_Match=tag)
    assert (erased.status, erased.json["volunteer_numbers"]) == (200, [number])
    for client, path in (
        (people.desk, f"{BASE}/{number}"),
        (people.desk, f"{BASE}/{number}/balance"),
        (people.desk, f"{BASE}/{number}/copy"),
    ):
        assert client.get(path).status == 404
    assert people.organiser.post("/api/v1/service-records", scene.record()).status == 404
    path = f"{BASE}/{number}/closings/{closed.json['id']}/reverse"
    assert people.reviewer.post(path, {"reason": "x"}).status == 404


@pytest.mark.usefixtures("keeping")
def test_an_erased_person_s_posting_replays_without_a_word_about_them(founded: Founded, people: People) -> None:
    number = whole(founded, people)
    first = people.reviewer.post(f"{BASE}/{number}/closing", {"reason": "died"}, key="closing-key-00000001")
    tag = people.admin.get(f"{BASE}/{number}").headers["ETag"]
    assert people.admin.delete(f"{BASE}/{number}", If_Match=tag).status == 200
    assert set(first.json) == {"id", "points", "receipt_token", "transaction_seq"}


@pytest.mark.usefixtures("keeping")
def test_a_person_can_have_a_copy_of_everything_held_about_them(founded: Founded, people: People, scene: Scene) -> None:
    number = whole(founded, people)
    people.organiser.post("/api/v1/service-records", scene.record() | {"volunteer_no": number})
    people.desk.post(f"{BASE}/{number}/consents", {"purpose": "sms", "given": True, "captured": "kiosk"})
    told = people.desk.get(f"{BASE}/{number}/copy")
    assert told.headers["Content-Disposition"] == f"attachment; filename={number}.json"
    assert told.json["particulars"] == {
        "phone": PHONE, "id_number": ID_NUMBER, "address": ADDRESS, "party_member": "yes",
    }  # fmt: skip
    assert [line["purpose"] for line in told.json["consents"]] == ["sensitive_data", "sms"]
    assert told.json["minutes"][0]["amount"] == 120
    assert told.json["service_records"][0]["minutes"] == 120
    assert told.json["viewings"][0]["what"] == "copy"
    said = people.desk.get(f"{BASE}/{number}/copy/text")
    assert said.headers["Content-Type"].startswith("text/plain")
    for fact in (PHONE, ID_NUMBER, ADDRESS, "王示英", "清洁"):
        assert fact in said.text
    assert people.organiser.get(f"{BASE}/{scene.volunteer_no}/copy").status == 200
    assert people.auditor.get(f"{BASE}/{number}/copy").status == 403


@pytest.mark.usefixtures("keeping")
def test_a_consent_is_given_taken_back_and_read_as_it_stands(founded: Founded, people: People) -> None:
    number = register(people, founded)
    at = f"{BASE}/{number}/consents"
    texts = {one["purpose"] for one in people.desk.get("/api/v1/consent-texts").json["items"]}
    assert texts == {"sensitive_data", "publish_name", "publish_contact", "photo", "sms"}
    line = {"purpose": "publish_name", "given": True, "captured": "in_person"}
    assert people.desk.post(at, line).status == 201
    assert people.desk.get(at).json["in_force"] == ["publish_name"]
    assert people.desk.post(at, line | {"given": False}).status == 201
    told = people.desk.get(at).json
    assert (told["in_force"], len(told["items"])) == ([], 2)
    unknown = "0190a000-0000-7000-8000-000000000000"
    assert people.desk.post(at, line | {"guardian_id": unknown}).json["errors"][0]["pointer"] == "/guardian_id"


def test_a_guardian_is_recorded_masked_and_ends(founded: Founded, people: People) -> None:
    number = register(people, founded)
    at = f"{BASE}/{number}/guardians"
    made = people.organiser.post(at, {"name": "示例母亲", "phone": "139 0000 0001", "relation": "mother"})
    assert (made.json["masked_name"], made.json["masked_phone"]) == ("示**亲", "139****0001")
    path = f"{at}/{made.json['id']}/end"
    assert people.organiser.post(path, {"ended": True}).json["items"][0]["ended_at"] is not None
    assert people.organiser.post(path, {"ended": True}).status == 404


@pytest.mark.usefixtures("keeping")
def test_security_13_no_log_metric_or_problem_quotes_what_was_typed(
    founded: Founded, people: People, nobody: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    number = whole(founded, people)
    secret = "示例秘密理由"
    told = [
        people.organiser.post(BASE, newcomer(founded, phone=PHONE + "9", id_number=ID_NUMBER[:-1])),
        people.organiser.post(BASE, newcomer(founded, phone=PHONE, address=ADDRESS)),
        people.organiser.post(BASE, newcomer(founded, name="别人", id_number=ID_NUMBER, consents=AGREED)),
        people.desk.get(f"{BASE}?q={PHONE}&unknown={PHONE}"),
        people.reviewer.post(f"{BASE}/{number}/closings/{number}/reverse", {"reason": secret}),
        nobody.get("/metrics"),
    ]
    assert [one.status for one in told] == [422, 409, 409, 422, 404, 200]
    printed = capfd.readouterr()
    whole_text = "\n".join([*(one.text for one in told), printed.out, printed.err])
    for canary in (PHONE, ID_NUMBER, ID_NUMBER[:-1], ADDRESS, "王示英", secret):
        assert canary not in whole_text, canary


@pytest.mark.usefixtures("keeping")
def test_a_volunteer_takes_a_copy_of_their_own_data_at_a_kiosk_and_nobody_else_s(
    founded: Founded, people: People, nobody: Client
) -> None:
    number, other = whole(founded, people), register(people, founded, name="示例旁人")
    with_pin(people.desk, number)
    mine = signed_in(pair(nobody, people.admin, founded.here.id), volunteer_no=number)
    assert mine.get(f"{BASE}/{number}/copy").json["particulars"]["phone"] == PHONE
    assert mine.get(f"{BASE}/{number}/copy/text").status == mine.get(f"{BASE}/{number}/consents").status == 200
    for path in ("copy", "copy/text", "consents"):
        assert mine.get(f"{BASE}/{other}/{path}").status == 404
    assert mine.get(f"{BASE}/{number}/viewings").status == 403
    assert mine.post(f"{BASE}/{number}/disclosures", {"fields": ["phone"], "purpose": "contact"}).status == 403
    seen = people.auditor.get(f"{BASE}/{number}/viewings").json["items"]
    assert {one["what"] for one in seen} == {"copy", "profile"}
    assert all(one["device_id"] for one in seen)


def test_no_failure_of_the_database_quotes_what_was_to_be_written(founded: Founded) -> None:
    row = {"id": founded.bank.world.new_id(), "volunteer_no": None, "name": "示例秘密姓名"}
    with founded.bank.store.changing() as connection, pytest.raises(IntegrityError) as caught:
        connection.execute(insert(volunteer).values(**row))
    assert "hide_parameters" in str(caught.value)
    assert founded.bank.store.dialect == "postgresql" or "示例秘密姓名" not in str(caught.value)


@pytest.mark.usefixtures("keeping")
def test_a_possible_duplicate_next_door_tells_no_number(founded: Founded, people: People) -> None:
    """Or a name and a phone tail would look numbers up all over the bank."""
    founded.hire("organiser-there", ("organiser", founded.there))
    local = people.sign_in("organiser-there")
    first = register(people, founded, phone=PHONE)
    again = newcomer(founded, phone="13911111234") | {"organisation_id": str(founded.there.id)}
    told = local.post(BASE, again)
    assert (told.status, told.json["facts"]) == (409, {"numbers": "*" * 10})
    assert local.post(BASE, again | {"is_distinct": True}).status == 201
    (pair,) = local.get("/api/v1/possible-duplicates").json["items"]
    assert (pair["other"]["volunteer_no"], pair["other"]["masked_name"]) == (None, "王*英")
    assert first not in local.get("/api/v1/possible-duplicates").text
