"""Rosters of service over HTTP: uploaded, looked over, mended in the marked-up file, committed, and accounted for."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import openpyxl  # type: ignore[import-untyped]

from ledger.bank import By
from ledger.people import volunteers
from ledger.store import rows as stored
from tests.api.conftest import ACTIVITY, Client, Founded, People, Told
from tests.tables.files import xlsx

API = "/api/v1"
HEADER = ("姓名", "活动", "日期", "小时")


def upload(client: Client, organisation_id: object, content: bytes, **more: Any) -> Told:
    body = {"organisation_id": str(organisation_id), "file": (io.BytesIO(content), "名册.xlsx")} | more
    headers = {} if client.token is None else {"Authorization": f"Bearer {client.token}"}
    return Told(client.flask.post(f"{API}/imports/service-records", data=body, headers=headers))


def people_of(founded: Founded, *names: str) -> list[volunteers.Volunteer]:
    by = By(actor=founded.bank.world.new_id())
    return volunteers.register_all(founded.bank, by, organisation=founded.here, names=names)


def activity(founded: Founded, people: People) -> dict[str, Any]:
    body = {"organisation_id": str(founded.here.id), **ACTIVITY, "held_on": founded.bank.today().isoformat()}
    told = people.organiser.post(f"{API}/activities", body)
    assert told.status == 201, told.text
    made: dict[str, Any] = told.json
    return made


def sheet(told: Told) -> Any:
    assert told.status == 200, told.text
    return openpyxl.load_workbook(io.BytesIO(told.data)).active


def test_a_roster_is_uploaded_looked_over_and_committed(founded: Founded, people: People) -> None:
    people_of(founded, "示例甲", "示例乙")
    held = activity(founded, people)
    rows = [HEADER, ("示例甲", held["title"], held["held_on"], 2), ("示例乙", held["title"], held["held_on"], 1)]
    told = upload(people.organiser, founded.here.id, xlsx(rows))
    assert told.status == 201, told.text
    assert [told.json[name] for name in ("state", "rows", "faults_count", "questions_count")] == ["checked", 2, 0, 0]
    run = f"{API}/imports/{told.json['id']}"
    done = people.organiser.post(f"{run}/commit", {})
    assert done.status == 200, done.text
    assert [done.json[name] for name in ("state", "made", "done", "total", "refused")] == ["committed", 2, 2, 2, 0]
    assert people.organiser.get(run).json == done.json
    outcomes = people.organiser.get(f"{run}/rows").json["items"]
    assert [(one["row"], one["state"], one["minutes"], one["code"]) for one in outcomes] == [
        (2, "posted", 120, None),
        (3, "posted", 60, None),
    ]
    marked = sheet(people.organiser.get(f"{run}/report.xlsx"))
    assert "已入账" in marked["E2"].value


def test_a_commit_posts_to_the_ledger_so_it_needs_a_key_and_is_replayed(founded: Founded, people: People) -> None:
    people_of(founded, "示例甲")
    held = activity(founded, people)
    content = xlsx([HEADER, ("示例甲", held["title"], held["held_on"], 2)])
    run = f"{API}/imports/{upload(people.organiser, founded.here.id, content).json['id']}/commit"
    client = people.organiser
    bare = Told(client.flask.post(run, json={}, headers={"Authorization": f"Bearer {client.token}"}))
    assert (bare.status, bare.json["code"]) == (400, "idempotency_key_missing")
    key = uuid4().hex
    first, again = client.post(run, {}, key=key), client.post(run, {}, key=key)
    assert (again.status, again.json, again.headers["Idempotent-Replayed"]) == (200, first.json, "true")
    assert client.post(run, {"mode": "partial"}, key=key).json["code"] == "idempotency_key_reused"
    other = upload(client, founded.here.id, xlsx([HEADER, ("示例甲", held["title"], held["held_on"], 3)]))
    assert client.post(f"{API}/imports/{other.json['id']}/commit", {}, key=key).json["code"] == "idempotency_key_reused"
    assert upload(client, founded.here.id, content).json == first.json


def test_namesakes_are_told_apart_in_the_marked_up_file(founded: Founded, people: People) -> None:
    first, second = people_of(founded, "示例王芳", "示例王芳")
    held = activity(founded, people)
    rows = [HEADER, ("示例王芳", held["title"], held["held_on"], 2), ("示例无名", held["title"], held["held_on"], 2)]
    told = upload(people.organiser, founded.here.id, xlsx(rows))
    [question] = told.json["questions"]
    assert set(question["candidates"]) == {first.volunteer_no, second.volunteer_no}
    assert all("示**芳" in one["shown"] for one in question["choices"])
    assert people.organiser.post(f"{API}/imports/{told.json['id']}/commit", {}).json["code"] == "import_faulty"
    got = people.organiser.get(f"{API}/imports/{told.json['id']}/report.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(got.data))
    page = book.active
    header = [cell.value for cell in page[1]]
    assert header == [*HEADER, "志愿者编号", "问题 What is wrong"]
    assert "没有叫这个名字" in page["F3"].value
    assert page["A3"].comment is not None
    assert page["A3"].fill.fgColor.rgb != page["B3"].fill.fgColor.rgb
    page["E2"] = second.volunteer_no
    page.delete_rows(3)
    mended = io.BytesIO()
    book.save(mended)
    again = upload(people.organiser, founded.here.id, mended.getvalue())
    assert [again.json[name] for name in ("rows", "faults", "questions", "ignored_columns")] == [1, [], [], []]
    assert people.organiser.post(f"{API}/imports/{again.json['id']}/commit", {}).json["made"] == 1
    balance = people.organiser.get(f"{API}/volunteers/{second.volunteer_no}/balance").json
    assert balance["minutes"]["total"] == 120


def test_a_question_is_answered_by_a_choice_and_only_by_a_candidate(founded: Founded, people: People) -> None:
    _, second = people_of(founded, "示例王芳", "示例王芳")
    [stranger] = people_of(founded, "示例甲")
    held = activity(founded, people)
    told = upload(people.organiser, founded.here.id, xlsx([HEADER, ("示例王芳", held["title"], held["held_on"], 2)]))
    run = f"{API}/imports/{told.json['id']}/commit"
    assert people.organiser.post(run, {}).json["code"] == "questions_open"
    wrong = people.organiser.post(run, {"choices": [{"row": 2, "choice": stranger.volunteer_no}]})
    assert (wrong.status, wrong.json["errors"][0]["pointer"]) == (422, "/choices/0/choice")
    done = people.organiser.post(run, {"choices": [{"row": 2, "choice": second.volunteer_no}]})
    assert done.json["made"] == 1, done.text


def test_nothing_dangerous_comes_back_in_the_marked_up_file(founded: Founded, people: People) -> None:
    told = upload(people.organiser, founded.here.id, xlsx([HEADER, ("@SUM(1)", "+1", "2026-11-01", 2)]))
    page = sheet(people.organiser.get(f"{API}/imports/{told.json['id']}/report.xlsx"))
    assert [page["A2"].value, page["A2"].data_type, page["B2"].value] == ["'@SUM(1)", "s", "'+1"]
    again = upload(
        people.organiser, founded.here.id, people.organiser.get(f"{API}/imports/{told.json['id']}/report.xlsx").data
    )
    assert [(one["row"], one["code"]) for one in again.json["faults"]] == [
        (one["row"], one["code"]) for one in told.json["faults"]
    ]


def test_the_template_offers_what_may_be_written_and_can_be_handed_in(founded: Founded, people: People) -> None:
    [somebody] = people_of(founded, "示例甲")
    held = activity(founded, people)
    told = people.organiser.get(
        f"{API}/imports/templates/service-records.xlsx?organisation_id={founded.here.id}&activities=yes"
    )
    book = openpyxl.load_workbook(io.BytesIO(told.data))
    page = book.worksheets[0]
    assert page["A3"].number_format == page["E3"].number_format == "@"
    assert page["A2"].value.startswith("【示例】")
    assert "填写说明" in " ".join(book.sheetnames)
    offered = [cell.value for column in book["选项"].iter_cols() for cell in column]
    assert {held["title"], "名册", "补录", "投诉", "合格"} <= set(offered)
    assert len(page.data_validations.dataValidation) == 3
    page["A3"], page["D3"], page["E3"], page["F3"] = somebody.volunteer_no, held["title"], held["held_on"], "1.5"
    filled = io.BytesIO()
    book.save(filled)
    got = upload(people.organiser, founded.here.id, filled.getvalue())
    assert (got.json["rows"], got.json["faults"], got.json["ignored_columns"]) == (1, [], [])
    assert [note["code"] for note in got.json["notes"]] == ["aside"]


def test_only_who_records_service_may_see_and_commit_a_roster(founded: Founded, people: People) -> None:
    people_of(founded, "示例甲")
    held = activity(founded, people)
    told = upload(people.organiser, founded.here.id, xlsx([HEADER, ("示例甲", held["title"], held["held_on"], 2)]))
    run = f"{API}/imports/{told.json['id']}"
    assert people.admin.get(run).status == 404  # who registers volunteers, and records nothing
    assert people.admin.get(f"{run}/report.xlsx").status == 404
    assert people.admin.post(f"{run}/commit", {}).status == 404
    founded.hire("organiser-there", ("organiser", founded.there))
    stranger = people.sign_in("organiser-there")
    assert [
        stranger.get(run).status,
        stranger.get(f"{run}/rows").status,
        stranger.post(f"{run}/commit", {}).status,
    ] == [
        404,
        404,
        404,
    ]
    assert people.organiser.post(f"{run}/commit", {}).json["made"] == 1


def test_people_and_activities_of_others_are_nobody_s_business_here(founded: Founded, people: People) -> None:
    """A guest comes with a number; of their name only the mask is compared."""
    [guest] = people_of(founded, "示例客")
    held = activity(founded, people)
    founded.hire("organiser-there", ("organiser", founded.there))
    there = people.sign_in("organiser-there")
    own = there.post(
        f"{API}/activities", {"organisation_id": str(founded.there.id), **ACTIVITY, "held_on": held["held_on"]}
    ).json
    header = ("编号", *HEADER)
    rows = [
        header,
        ("", "示例客", own["title"], held["held_on"], 1),
        (guest.volunteer_no, "示例客", held["id"], held["held_on"], 1),
        (guest.volunteer_no, "示例客", own["title"], held["held_on"], 1),
        (guest.volunteer_no, "别人", own["title"], held["held_on"], 1),
    ]
    told = upload(there, founded.there.id, xlsx(rows))
    assert [(one["row"], one["code"]) for one in told.json["faults"]] == [
        (2, "name_unknown"),
        (3, "activity_unknown"),
        (5, "name_disagrees"),
    ]
    assert told.json["rows"] == 1


def test_every_look_and_every_step_leaves_a_line(founded: Founded, people: People) -> None:
    people_of(founded, "示例甲")
    held = activity(founded, people)
    told = upload(people.organiser, founded.here.id, xlsx([HEADER, ("示例甲", held["title"], held["held_on"], 2)]))
    run = f"{API}/imports/{told.json['id']}"
    people.organiser.get(f"{run}/report.xlsx")
    people.organiser.post(f"{run}/commit", {})
    with founded.bank.store.reading() as connection:
        lines = stored.page(connection, "audit", order=("recorded_at", "id"), after=None, limit=99).items
    about = [line["action"] for line in lines if line["subject_kind"] == "import_service_records"]
    assert about == ["check", "view", "begin", "commit"]
    assert not any("示例甲" in str(line["change"]) for line in lines)


def test_the_file_is_forgotten_when_somebody_is_erased(founded: Founded, people: People) -> None:
    [gone] = people_of(founded, "示例甲")
    told = upload(people.organiser, founded.here.id, xlsx([HEADER, ("示例甲", "x", "2026-11-01", 2)]))
    admin = people.admin
    assert people.reviewer.post(f"{API}/volunteers/{gone.volunteer_no}/closing", {"reason": "left"}).status == 201
    tag = admin.get(f"{API}/volunteers/{gone.volunteer_no}").headers["ETag"]
    assert admin.delete(f"{API}/volunteers/{gone.volunteer_no}", If_Match=tag).status == 200
    refused = people.organiser.get(f"{API}/imports/{told.json['id']}/report.xlsx")
    assert (refused.status, refused.json["code"]) == (409, "import_expired")


def test_rosters_that_were_brought_in_are_listed_the_newest_first(founded: Founded, people: People) -> None:
    people_of(founded, "示例甲")
    held = activity(founded, people)
    rows = [HEADER, ("示例甲", held["title"], held["held_on"], 2), ("示例无名", held["title"], held["held_on"], 1)]
    first = upload(people.organiser, founded.here.id, xlsx(rows)).json
    second = upload(people.organiser, founded.here.id, xlsx(rows[:2])).json
    done = people.organiser.post(f"{API}/imports/{second['id']}/commit", {}).json
    founded.hire("neighbour", ("organiser", founded.there))
    told = people.organiser.get(f"{API}/imports/service-records").json["items"]
    assert [(one["id"], one["state"], one["made"], one["faults_count"]) for one in told] == [
        (second["id"], "committed", 1, 0),
        (first["id"], "checked", 0, 1),
    ]
    assert (told[0]["settled_at"], told[1]["settled_at"]) == (done["settled_at"], None)
    assert told[0]["organisation_name"] == founded.here.name
    page = people.organiser.get(f"{API}/imports/service-records?limit=1").json
    rest = people.organiser.get(f"{API}/imports/service-records?limit=1&cursor={page['next_cursor']}").json
    assert [one["id"] for one in page["items"] + rest["items"]] == [second["id"], first["id"]]
    assert people.sign_in("neighbour").get(f"{API}/imports/service-records").json["items"] == []
