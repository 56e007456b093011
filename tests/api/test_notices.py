"""Notices over HTTP: everybody reads them, a stranger can prove them, and nothing personal is on them."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import sys
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from api import Keys, create_app
from ledger import papers
from ledger.bank import Bank, By
from ledger.core.canonical import canonical
from ledger.limits import Limits, Rate
from ledger.people import consents, keys, volunteers
from ledger.people.volunteers import Volunteer
from tests.api.conftest import ACTIVITY, Client, Founded, People, Scene, Told
from tests.banks import STAFF

BASE = "/api/v1"
PHONE, IDENTITY, CONTACT, SAID = "13900007788", "11010519491231002X", "金丝雀热线", "金丝雀没有来"
WIDE = "１３９００００７７８８"


@pytest.fixture
def posted(founded: Founded, people: People, scene: Scene) -> dict[str, Any]:
    """A notice of two records posted today, one of them of an activity whose title says too much."""
    name(founded, scene.volunteer_no)
    titled = ACTIVITY | {"organisation_id": scene.organisation_id, "title": f"看望老人,电话{WIDE}"}
    loud = people.organiser.post(f"{BASE}/activities", titled).json["id"]
    for activity in (scene.activity_id, loud):
        assert people.organiser.post(f"{BASE}/service-records", scene.record(activity_id=activity)).status == 201
    made: dict[str, Any] = publish(people, scene, founded.bank).json
    return made


def name(founded: Founded, volunteer_no: str) -> Volunteer:
    """They agree to be named."""
    volunteer = volunteers.find(founded.bank, volunteer_no)
    assert volunteer is not None
    consents.record(
        founded.bank, By(actor=STAFF), volunteer, purpose=consents.PUBLISH_NAME, given=True, captured="paper"
    )
    return volunteer


def publish(people: People, scene: Scene, bank: Bank, **changed: Any) -> Told:
    today = bank.today().isoformat()
    body = {"organisation_id": scene.organisation_id, "shows": "posted", "from": today, "to": today}
    return people.organiser.post(f"{BASE}/notices", body | changed)


def object_to(nobody: Client, notice: str, **changed: Any) -> Told:
    return nobody.post(f"{BASE}/notices/{notice}/objections", {"line": 1, "reason": SAID} | changed)


def test_everybody_reads_a_notice_and_keeps_it_for_a_minute(posted: dict[str, Any], nobody: Client) -> None:
    path = f"{BASE}/notices/{posted['id']}"
    for each in (f"{BASE}/notices", path, f"{path}/lines"):
        told = nobody.get(each)
        assert (told.status, told.headers["Cache-Control"]) == (200, "public, max-age=60")
        assert nobody.get(each, If_None_Match=told.headers["ETag"]).status == 304
    listed = nobody.get(f"{BASE}/notices?open=true&kind=service&stage=after").json["items"]
    assert [one["id"] for one in listed] == [posted["id"]]
    assert nobody.get(f"{BASE}/notices?stage=before").json["items"] == []
    assert nobody.get(f"{BASE}/notices?stage=elsewhere").status == 422
    table = nobody.get(f"{path}/lines?format=csv", If_None_Match=nobody.get(f"{path}/lines").headers["ETag"])
    assert (table.status, table.text.count("\n")) == (200, 3)


def test_what_a_notice_would_show_is_seen_before_it_hangs(
    founded: Founded, people: People, scene: Scene, nobody: Client
) -> None:
    name(founded, scene.volunteer_no)
    assert people.organiser.post(f"{BASE}/service-records", scene.record()).status == 201
    today = founded.bank.today().isoformat()
    body = {"organisation_id": scene.organisation_id, "shows": "posted", "from": today, "to": today, "days": 3}
    seen = people.organiser.post(f"{BASE}/notices/preview", body)
    assert seen.status == 200
    assert nobody.get(f"{BASE}/notices").json["items"] == []  # nothing hangs yet
    made = people.organiser.post(f"{BASE}/notices", body).json
    assert [seen.json[each] for each in ("begins_on", "ends_on")] == [made[each] for each in ("begins_on", "ends_on")]
    [line] = nobody.get(f"{BASE}/notices/{made['id']}/lines").json["items"]
    assert seen.json["lines"] == [
        {each: line[each] for each in ("name", "tail", "activity", "on", "minutes", "points")}
    ]
    assert people.organiser.post(f"{BASE}/notices/preview", body).json["lines"] == []  # it is shown once
    for shows in ("due", "corrections"):
        other = {"organisation_id": scene.organisation_id, "shows": shows}
        assert people.organiser.post(f"{BASE}/notices/preview", other).json["lines"] == []
    faulty = people.organiser.post(
        f"{BASE}/notices/preview", {"organisation_id": scene.organisation_id, "shows": "posted"}
    )
    assert [one["pointer"] for one in faulty.json["errors"]] == ["/from", "/to"]


def test_pages_of_lines_go_on_where_the_last_one_ended(posted: dict[str, Any], nobody: Client) -> None:
    path = f"{BASE}/notices/{posted['id']}/lines"
    first = nobody.get(f"{path}?limit=1").json
    second = nobody.get(f"{path}?limit=1&cursor={first['next_cursor']}").json
    assert [one["line"] for one in (*first["items"], *second["items"])] == [1, 2]
    assert second["next_cursor"] is None


def test_a_stranger_proves_a_notice_from_what_is_public(
    founded: Founded, posted: dict[str, Any], nobody: Client
) -> None:
    """Each line from its salt, the lines by their tree, the notice by its digest, and that by its entry in the log."""
    told = nobody.get(f"{BASE}/notices/{posted['id']}").json
    lines = nobody.get(f"{BASE}/notices/{posted['id']}/lines").json["items"]
    for line in lines:
        assert hmac.new(bytes.fromhex(line["salt"]), line["shown"].encode(), "sha256").hexdigest() == line["digest"]
    leaves = [hashlib.sha256(b"\0" + bytes.fromhex(line["digest"])).digest() for line in lines]
    assert hashlib.sha256(b"\1" + b"".join(leaves)).hexdigest() == told["lines_root"]
    assert hashlib.sha256(told["snapshot"].encode()).hexdigest() == told["digest"] == posted["digest"]
    assert json.loads(told["snapshot"])["lines_root"] == told["lines_root"]
    with founded.bank.store.reading() as connection:
        detail = connection.scalar(
            text('SELECT detail FROM "transaction" WHERE seq = :seq'), {"seq": told["transaction_seq"]}
        )
    assert json.loads(detail)["digest"] == told["digest"]
    assert canonical(json.loads(told["snapshot"])).decode() == told["snapshot"]


def test_nothing_personal_is_on_it(
    founded: Founded, scene: Scene, posted: dict[str, Any], people: People, nobody: Client
) -> None:
    """Neither ids nor the whole number nor a name; what the title of an activity gave away is masked."""
    volunteer = volunteers.find(founded.bank, scene.volunteer_no)
    assert volunteer is not None
    assert object_to(nobody, posted["id"], reason=f"{SAID} {IDENTITY}", contact=f"{CONTACT}{PHONE}").status == 201
    path = f"{BASE}/notices"
    answers = [nobody.get(each) for each in (path, f"{path}/{posted['id']}", f"{path}/{posted['id']}/lines")]
    whole = "\n".join(told.text for told in answers)
    secrets = (volunteer.name, str(volunteer.id), volunteer.id.hex, scene.volunteer_no, PHONE, WIDE, IDENTITY)
    assert [secret for secret in (*secrets, CONTACT, SAID) if secret in whole] == []
    [first, second] = answers[-1].json["items"]
    assert (first["name"], first["tail"]) == ("王*英", scene.volunteer_no[-4:])
    assert second["activity"] == "看望老人,电话***********"
    entries = people.auditor.get(f"{BASE}/ledger/transactions").text
    assert [secret for secret in (CONTACT, SAID, IDENTITY, PHONE) if secret in entries] == []


@pytest.mark.parametrize(
    ("member", "planted"),
    [("title", f"公示{PHONE}"), ("remark", f"请联系{WIDE}"), ("remark", IDENTITY), ("remark", "住3栋2单元401")],
)
def test_words_that_hold_a_number_of_somebody_are_refused(
    founded: Founded, people: People, scene: Scene, member: str, planted: str
) -> None:
    people.organiser.post(f"{BASE}/service-records", scene.record())
    told = publish(people, scene, founded.bank, **{member: planted})
    assert (told.status, told.json["errors"][0]["pointer"], told.json["errors"][0]["code"]) == (
        *(422, f"/{member}"),
        "personal_number",
    )


def test_how_to_reach_whoever_objected_is_sealed_and_then_forgotten(
    founded: Founded, people: People, posted: dict[str, Any], nobody: Client
) -> None:
    receipt = object_to(nobody, posted["id"], contact=CONTACT).json["receipt_no"]
    assert CONTACT not in dump(founded.bank)
    [listed] = people.reviewer.get(f"{BASE}/objections").json["items"]
    assert (listed["has_contact"], "contact" in listed) == (True, False)
    shown = people.reviewer.get(f"{BASE}/objections/{listed['id']}").json
    assert (shown["contact"], shown["reason"]) == (CONTACT, SAID)
    noted = people.auditor.get(f"{BASE}/audit").text
    assert listed["id"] in noted
    assert CONTACT not in noted
    answer = {"outcome": "dismissed", "reason": "签到表可查"}
    assert people.reviewer.post(f"{BASE}/objections/{listed['id']}/resolve", answer).status == 201
    assert people.reviewer.get(f"{BASE}/objections/{listed['id']}").json["contact"] is None
    status = nobody.get(f"{BASE}/objections/{receipt}").json
    assert (status["state"], status["answer"], status["line"]) == ("dismissed", "签到表可查", 1)
    assert people.reviewer.get(f"{BASE}/objections").json["items"] == []
    assert len(people.reviewer.get(f"{BASE}/objections?state=all").json["items"]) == 1
    with founded.bank.store.reading() as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM objection_contact")) == 0


def test_an_answer_holds_no_number_of_somebody(people: People, posted: dict[str, Any], nobody: Client) -> None:
    object_to(nobody, posted["id"])
    [listed] = people.reviewer.get(f"{BASE}/objections").json["items"]
    answer = {"outcome": "dismissed", "reason": f"问过{PHONE}"}
    told = people.reviewer.post(f"{BASE}/objections/{listed['id']}/resolve", answer)
    assert (told.status, told.json["errors"][0]["code"]) == (422, "personal_number")


def test_a_line_or_a_notice_that_is_not_there_cannot_be_objected_to(posted: dict[str, Any], nobody: Client) -> None:
    told = object_to(nobody, posted["id"], line=3)
    assert (told.status, told.json["errors"][0]["pointer"]) == (404, "/line")
    assert object_to(nobody, "0190a000-0000-7000-8000-00000000dead").status == 404
    assert nobody.post(f"{BASE}/notices/{posted['id']}/objections", {"line": 1}).status == 422
    for guessed in ("000000000001", "12", "0" * 20):
        assert nobody.get(f"{BASE}/objections/{guessed}").status == 404


def test_the_same_objection_sent_again_is_one(posted: dict[str, Any], nobody: Client) -> None:
    sent = [
        nobody.post(f"{BASE}/notices/{posted['id']}/objections", {"line": 1, "reason": SAID}, key="k" * 20)
        for _ in range(2)
    ]
    assert sent[0].json == sent[1].json
    assert sent[1].headers["Idempotent-Replayed"] == "true"


def test_a_paper_is_a_pdf_of_either_size(posted: dict[str, Any], nobody: Client) -> None:
    for paper in papers.PAPERS:
        told = nobody.get(f"{BASE}/notices/{posted['id']}.pdf?paper={paper}")
        assert (told.status, told.headers["Content-Type"]) == (200, "application/pdf")
        assert told.data.startswith(b"%PDF-")
        assert re.search(rf'filename="notice-\d+-{paper}.pdf"', told.headers["Content-Disposition"])
    assert nobody.get(f"{BASE}/notices/{posted['id']}.pdf?paper=a5").status == 422


def test_without_the_extra_one_is_told_what_to_install(
    posted: dict[str, Any], nobody: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    papers._fonts.cache_clear()
    told = nobody.get(f"{BASE}/notices/{posted['id']}.pdf")
    papers._fonts.cache_clear()
    assert (told.status, told.json["code"]) == (501, "papers_missing")
    assert "pip install pioneer-bank[pdf]" in told.json["detail"]


def test_who_objects_too_often_waits(founded: Founded, posted: dict[str, Any]) -> None:
    few = Rate(2, 600)
    held = replace(
        founded.settings,
        limit_objection=Limits(account=few, device=few, address=few, everybody=few),
        limit_paper=Limits(account=few, device=few, address=few, everybody=few),
    )
    with Bank.open(held) as bank:
        signing = Keys(keys.load(held.data_dir), issuer="bank.example", clock=bank.world.clock)
        stranger = Client(served(bank, signing).test_client())
        assert [object_to(stranger, posted["id"]).status for _ in range(3)] == [201, 201, 429]
        assert [stranger.get(f"{BASE}/notices/{posted['id']}.pdf").status for _ in range(3)] == [200, 200, 429]


def served(bank: Bank, signing: Keys) -> Flask:
    return create_app(bank, signing)


def dump(bank: Bank) -> str:
    """Every value of every table, as text."""
    with bank.store.reading() as connection:
        return "\n".join(
            value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
            for table in inspect(connection).get_table_names()
            for row in connection.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608 - names from the database
            for value in row
        )
