"""The audit is searched by its auditor: each of their own and below, the newest first, what was refused too."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, text

from ledger.bank import By, Note
from ledger.people import organisations, staff
from ledger.reading import audit
from ledger.reading.audit import Asked
from ledger.store.audit import FEW
from tests.api.conftest import Client, Founded, People, Scene, make_scene

V1 = "/api/v1"
DEVICE = UUID("0190a000-0000-7000-8000-00000000de71")


@pytest.fixture
def local(founded: Founded, people: People) -> Client:
    """The auditor of the community `here` only."""
    founded.hire("auditor-here", ("auditor", founded.here))
    return people.sign_in("auditor-here")


def search(client: Client, **asked: object) -> list[dict[str, Any]]:
    query = "&".join(f"{name.rstrip('_')}={value}" for name, value in asked.items())
    told = client.get(f"{V1}/audit?{query}")
    assert told.status == 200, told.text
    return [line for line in told.json["items"] if (line["action"], line["outcome"]) != ("sign_in", "done")]


def test_a_change_tells_who_what_and_how_it_stood(founded: Founded, people: People, scene: Scene) -> None:
    people.auditor.get(f"{V1}/audit")
    tag = people.admin.get(f"{V1}/organisations/{founded.here.id}").headers["ETag"]
    people.admin.patch(f"{V1}/organisations/{founded.here.id}", {"name": "新社区"}, If_Match=tag)
    line = search(people.auditor, limit=1)[0]
    assert line["action"] == "rename"
    assert (line["actor_kind"], line["actor_name"], line["device_id"]) == ("staff", "某人", None)
    assert (line["subject_kind"], line["subject_id"]) == ("organisation", str(founded.here.id))
    assert line["change"] == {"before": {"name": "梧桐社区"}, "after": {"name": "新社区"}}
    assert line["organisation_id"] == str(founded.here.id)


def test_each_question_finds_its_lines_and_no_others(founded: Founded, people: People, scene: Scene) -> None:
    prize = search(people.auditor, subject_kind="prize", subject_id=scene.prize_id)
    assert [line["action"] for line in prize] == ["add"]
    actor = prize[0]["actor_id"]
    assert {line["subject_kind"] for line in search(people.auditor, actor=actor)} == {"prize", "desk", "staff"}
    assert {line["action"] for line in search(people.auditor, action="register")} == {"register"}
    today = founded.bank.today().isoformat()
    assert search(people.auditor, from_=today, to=today, limit=200)
    assert search(people.auditor, from_="2000-01-01", to="2000-01-02") == []
    assert search(people.auditor, device=DEVICE) == []
    founded.bank.noted(By(actor=UUID(actor), device=DEVICE), Note(action="view", kind="desk", subject=scene.desk_id))
    assert [line["outcome"] for line in search(people.auditor, device=DEVICE)] == ["viewed"]
    assert [line["device_id"] for line in search(people.auditor, outcome="viewed")] == [str(DEVICE)]
    assert {line["subject_kind"] for line in search(people.auditor, organisation_id=founded.there.id)} == {
        "organisation"
    }


def test_pages_lead_through_all_lines_once(people: People, scene: Scene) -> None:
    whole = [line["id"] for line in search(people.auditor, limit=200)]
    paged: list[str] = []
    path = f"{V1}/audit?limit=3"
    while path:
        told = people.auditor.get(path)
        paged += [line["id"] for line in told.json["items"] if line["action"] != "sign_in"]
        cursor = told.json["next_cursor"]
        path = f"{V1}/audit?limit=3&cursor={cursor}" if cursor else ""
    assert paged == whole
    assert whole == sorted(whole, key=whole.index)


def test_an_auditor_reads_of_their_own_and_below_and_of_nobody_else(
    founded: Founded, people: People, scene: Scene, local: Client
) -> None:
    make_scene(founded.there, people)
    estate = people.admin.post(
        f"{V1}/organisations", {"parent_id": str(founded.here.id), "level": "estate", "name": "小区"}
    ).json["id"]
    seen = {line["organisation_id"] for line in search(local, limit=200)}
    assert seen == {str(founded.here.id), estate}
    whole = {line["organisation_id"] for line in search(people.auditor, limit=200)}
    assert whole > seen | {str(founded.there.id), None}
    assert search(local, organisation_id=founded.there.id) == []
    for role in ("organiser", "reviewer", "desk", "admin"):
        assert getattr(people, role).get(f"{V1}/audit").status == 403


def test_an_auditor_of_many_organisations_reads_the_same_lines(
    founded: Founded, people: People, scene: Scene, local: Client
) -> None:
    few = search(local, limit=200)
    for number in range(FEW):
        organisations.create(
            founded.bank, By(actor=staff.NOBODY), parent=founded.here, level="team", name=f"{number}队"
        )
    many = search(local, limit=200)
    assert len(many) == len(few) + FEW
    assert many[-len(few) :] == few


def test_what_is_refused_by_rights_is_noted(founded: Founded, people: People, scene: Scene) -> None:
    there = make_scene(founded.there, people)
    organiser = founded.hire("organiser-here", ("organiser", founded.here))
    client = people.sign_in("organiser-here")
    for path in (f"prizes/{there.prize_id}", f"volunteers/{there.volunteer_no}", f"organisations/{founded.there.id}"):
        assert client.get(f"{V1}/{path}").status == 404
    hidden = search(people.auditor, actor=organiser.id, outcome="refused")
    assert [(line["action"], line["subject_kind"]) for line in hidden] == [
        ("organisations.show", "organisation"),
        ("volunteers.show", "volunteer"),
        ("prizes.show", "prize"),
    ]
    assert {line["organisation_id"] for line in hidden} == {str(founded.there.id)}
    assert hidden[2]["subject_id"] == there.prize_id
    assert client.get(f"{V1}/audit").status == 403
    line = search(people.auditor, actor=organiser.id, outcome="refused", limit=1)[0]
    assert (line["action"], line["subject_id"]) == ("audit.page", str(organiser.id))
    assert line["organisation_id"] == str(founded.here.id)
    path = f"{V1}/staff/{organiser.id}"
    tag = people.admin.get(path).headers["ETag"]
    assert people.admin.patch(path, {"enabled": False}, If_Match=tag).status == 200
    assert client.get(f"{V1}/prizes").status == 401
    line = search(people.auditor, actor=organiser.id, outcome="refused", limit=1)[0]
    assert line["change"] == {"code": "token_invalid"}


def test_what_is_merely_not_there_is_not_noted(people: People, nobody: Client) -> None:
    before = search(people.auditor, limit=1)
    nowhere = "0190a000-0000-7000-8000-000000000000"
    assert people.organiser.get(f"{V1}/prizes/{nowhere}").status == 404
    assert nobody.get(f"{V1}/prizes/{nowhere}").status == 401
    assert Client(nobody.flask, "not.a.token").get(f"{V1}/prizes").status == 401
    assert search(people.auditor, limit=1) == before


def test_a_refused_login_is_noted_without_what_was_typed(people: People, nobody: Client) -> None:
    for username in ("organiser", "my-secret-password"):
        body = {"grant_type": "password", "username": username, "password": "wrong wrong wrong"}
        assert nobody.post(f"{V1}/auth/token", body).status == 401
    lines = search(people.auditor, action="sign_in")
    assert [(line["actor_kind"], line["subject_id"] == str(staff.NOBODY)) for line in lines] == [
        ("nobody", True),
        ("nobody", False),
    ]
    assert "my-secret" not in json.dumps(lines)


def test_a_refusal_that_cannot_be_noted_is_told_as_nothing_else(
    founded: Founded, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = people.organiser

    def away(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO audit"):
            raise TimeoutError

    event.listen(founded.bank.store._writing, "before_cursor_execute", away)
    told = client.get(f"{V1}/audit")
    event.remove(founded.bank.store._writing, "before_cursor_execute", away)
    assert (told.status, told.json["code"]) == (503, "unavailable")


def test_a_search_is_taken_away_as_a_file_that_a_spreadsheet_cannot_run(
    founded: Founded, people: People, scene: Scene
) -> None:
    founded.bank.noted(By(actor=staff.NOBODY), Note(action="=1+1", kind="＝cmd", subject="@x"))
    told = people.auditor.get(f"{V1}/audit/export")
    assert told.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(told.text.lstrip("\ufeff"))))
    assert rows[0][0] == "recorded_at"
    assert len(rows) == 1 + len(people.auditor.get(f"{V1}/audit?limit=200").json["items"]) - 1
    assert next(row for row in rows if row[5] == "'=1+1")[5:9] == ["'=1+1", "viewed", "'＝cmd", "'@x"]
    assert search(people.auditor, action="export")[0]["change"] == {"lines": len(rows) - 1}
    few = people.auditor.get(f"{V1}/audit/export?subject_kind=prize")
    assert len(list(csv.reader(io.StringIO(few.text)))) == 2


def test_every_question_is_a_range_of_an_index(founded: Founded, people: People, scene: Scene) -> None:
    """At a size where a scan would be seen."""
    bank = founded.bank
    note = Note(action="view", kind="desk", subject="x", organisation=founded.here.id)
    with bank.changing(By(actor=staff.NOBODY)) as change:
        change.note([note] * 3_000)
    with bank.store.changing() as connection:
        connection.execute(text("ANALYZE"))
    asked: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        asked.append((statement, parameters))

    event.listen(bank.store._reading, "before_cursor_execute", listen)
    actor = bank.world.new_id()
    for whom in (
        Asked(),
        Asked(actor=actor),
        Asked(device=actor),
        Asked(subject_kind="prize", subject_id=scene.prize_id),
        Asked(action="add"),
        Asked(since=bank.today(), until=bank.today()),
        Asked(organisation=founded.there.id),
    ):
        audit.lines(bank, whom, within=[founded.district.path], after=None, limit=50)
    audit.lines(bank, Asked(), within=[founded.here.path], after=None, limit=50)
    event.remove(bank.store._reading, "before_cursor_execute", listen)
    with bank.store.reading() as connection:
        explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
        for statement, parameters in asked:
            if "audit" in statement:
                plan = "\n".join(str(row[-1]) for row in connection.exec_driver_sql(explain + statement, parameters))
                assert "ix_audit" in plan, plan
                assert "Seq Scan on audit" not in plan, plan
