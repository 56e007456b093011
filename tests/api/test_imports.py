"""Rosters over HTTP: uploaded, looked over, committed; and whatever people upload instead."""

from __future__ import annotations

import io
import time
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from ledger.bank import By
from ledger.people import volunteer_imports
from tests.api.conftest import Client, Founded, People, Told
from tests.tables.files import xlsx

API = "/api/v1"


def upload(client: Client, organisation_id: object, content: bytes, **more: Any) -> Told:
    body = {"organisation_id": str(organisation_id), "file": (io.BytesIO(content), "名册.xlsx")} | more
    headers = {} if client.token is None else {"Authorization": f"Bearer {client.token}"}
    return Told(client.flask.post(f"{API}/imports/volunteers", data=body, headers=headers))


def test_a_roster_of_several_organisations_is_registered_where_each_belongs(founded: Founded, people: People) -> None:
    rows: list[list[str]] = [
        ["姓名", "所属社区", "备注"],
        ["示例甲", "梧桐社区", "x"],
        ["示例乙", "银杏社区", ""],
        ["示例丙", "", ""],
    ]
    told = upload(people.organiser, founded.district.id, xlsx(rows))
    assert told.status == 201, told.text
    assert {name: told.json[name] for name in ("state", "rows", "made", "faults", "questions", "ignored_columns")} == {
        "state": "checked",
        "rows": 3,
        "made": 0,
        "faults": [],
        "questions": [],
        "ignored_columns": ["备注"],
    }
    run = f"{API}/imports/{told.json['id']}"
    done = people.organiser.post(f"{run}/commit", {})
    assert (done.status, done.json["state"], done.json["made"]) == (200, "committed", 3)
    assert people.organiser.get(run).json == done.json
    homes = {each["name"]: each["organisation_id"] for each in people.organiser.get(f"{API}/volunteers").json["items"]}
    assert homes == {
        "示例甲": str(founded.here.id),
        "示例乙": str(founded.there.id),
        "示例丙": str(founded.district.id),
    }


def test_the_same_file_again_is_recognised(founded: Founded, people: People) -> None:
    roster = "姓名\n示例甲\n".encode("gb18030")
    first = upload(people.organiser, founded.here.id, roster)
    done = people.organiser.post(f"{API}/imports/{first.json['id']}/commit", {})
    again = upload(people.organiser, founded.here.id, roster)
    assert (again.status, again.json) == (200, done.json)
    elsewhere = upload(people.organiser, founded.there.id, roster)
    assert (elsewhere.status, elsewhere.json["state"]) == (201, "checked")


def test_the_report_names_row_column_header_code_and_mend_and_quotes_nothing(founded: Founded, people: People) -> None:
    rows: list[list[object]] = [
        ["姓名", "小区", "手机号"],
        ["", "", ""],
        ["示例金丝雀", "没有的小区", ""],
        ["示例甲", "", 13800000001],
        ["合计:3 人", "", ""],
    ]
    told = upload(people.organiser, founded.here.id, xlsx(rows))
    assert [(f["row"], f["column"], f["header"], f["code"]) for f in told.json["faults"]] == [
        (3, "B", "小区", "organisation_unknown"),
        (4, "C", "手机号", "field_not_kept"),
        (5, "A", "姓名", "not_a_person"),
    ]
    assert set(told.json["faults"][0]["message"]) == {"zh", "en"}
    assert "金丝雀" not in told.text
    assert "13800000001" not in told.text
    refused = people.organiser.post(f"{API}/imports/{told.json['id']}/commit", {})
    assert (refused.status, refused.json["code"], refused.json["facts"]) == (409, "import_faulty", {"faults": 3})
    assert people.organiser.get(f"{API}/volunteers").json["items"] == []


def test_a_question_names_who_it_may_be_and_waits_for_an_answer(founded: Founded, people: People) -> None:
    of = {"organisation_id": str(founded.here.id), "name": "示例甲"}
    known = people.organiser.post(f"{API}/volunteers", of).json["volunteer_no"]
    told = upload(people.organiser, founded.here.id, "姓名\n示例甲\n示例乙\n".encode())
    [question] = told.json["questions"]
    assert (question["row"], question["code"], question["candidates"]) == (2, "same_name_registered", [known])
    run = f"{API}/imports/{told.json['id']}/commit"
    assert people.organiser.post(run, {}).json["code"] == "questions_open"
    wrong = people.organiser.post(run, {"answers": [{"row": 2, "answer": "perhaps"}]})
    assert (wrong.status, wrong.json["errors"][0]["pointer"]) == (422, "/answers/0/answer")
    assert people.organiser.post(run, {"answers": [{"row": 2, "answer": "skip"}]}).json["made"] == 1


def test_a_name_registered_elsewhere_is_nobody_s_business_here(founded: Founded, people: People) -> None:
    of = {"organisation_id": str(founded.there.id), "name": "示例甲"}
    assert people.organiser.post(f"{API}/volunteers", of).status == 201
    founded.hire("organiser-here", ("organiser", founded.here))
    told = upload(people.sign_in("organiser-here"), founded.here.id, "姓名\n示例甲\n".encode())
    assert told.json["questions"] == []


def test_an_import_of_others_is_not_there(founded: Founded, people: People) -> None:
    told = upload(people.organiser, founded.there.id, "姓名\n示例甲\n".encode())
    founded.hire("organiser-here", ("organiser", founded.here))
    stranger = people.sign_in("organiser-here")
    run = f"{API}/imports/{told.json['id']}"
    assert [stranger.get(run).status, stranger.post(f"{run}/commit", {}).status] == [404, 404]
    assert upload(stranger, founded.there.id, "姓名\n示例甲\n".encode()).status == 404


@pytest.mark.parametrize(
    ("content", "zh"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04", "文件已损坏"),
        (b"<html>", "不是 xlsx"),
        ("号码\n1\n".encode(), "没有找到表头"),
    ],
)
def test_what_is_no_roster_is_refused_in_words_and_nothing_is_kept(
    founded: Founded, people: People, content: bytes, zh: str
) -> None:
    told = upload(people.organiser, founded.here.id, content)
    assert (told.status, told.json["code"], told.json["errors"][0]["pointer"]) == (422, "table_unreadable", "/file")
    assert told.json["detail"].startswith(zh)


def test_an_upload_is_one_file_and_the_fields_it_may_have(founded: Founded, people: People) -> None:
    here = founded.here.id
    roster = "姓名\n示例甲\n".encode()
    client = people.organiser
    headers = {"Authorization": f"Bearer {client.token}"}
    assert upload(client, "here", roster).json["errors"][0] | {"detail": ""} == {
        "pointer": "/organisation_id",
        "code": "not_an_id",
        "detail": "",
    }
    assert upload(client, here, roster, extra="1").json["errors"][0]["code"] == "unknown_member"
    assert upload(client, here, roster, other=(io.BytesIO(b"x"), "x")).json["errors"][0]["pointer"] == "/other"
    two = upload(client, here, roster, file=[(io.BytesIO(b"x"), "a"), (io.BytesIO(b"x"), "b")])
    assert (two.status, two.json["errors"][0]["code"]) == (422, "repeated_item")
    none = client.flask.post(
        f"{API}/imports/volunteers",
        data={"organisation_id": str(here)},
        headers=headers,
        content_type="multipart/form-data",
    )
    assert Told(none).json["errors"][0]["pointer"] == "/file"
    assert client.post(f"{API}/imports/volunteers", {"organisation_id": str(here)}).status == 415


def test_a_file_may_be_larger_than_any_json_but_not_endless(founded: Founded, people: People) -> None:
    def sent(size: int) -> Told:
        field = f'--b\r\nContent-Disposition: form-data; name="organisation_id"\r\n\r\n{founded.here.id}\r\n'
        file = '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
        body = (field + file).encode() + b"x" * size + b"\r\n--b--\r\n"
        return people.organiser.raw(f"{API}/imports/volunteers", body, "multipart/form-data; boundary=b")

    assert (sent(2_000_000).status, sent(2_000_000).json["code"]) == (422, "table_unreadable")
    large = sent(20_200_000)
    assert (large.status, large.json["code"]) == (413, "body_too_large")


def test_an_upload_never_touches_a_disk(founded: Founded, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object, **__: object) -> None:
        raise AssertionError("a file of an upload was written to a disk")

    monkeypatch.setattr("tempfile.SpooledTemporaryFile", opened)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", opened, raising=False)
    roster = "姓名\n示例甲\n".encode()
    body = b"--b\r\n".join(
        [
            b"",
            f'Content-Disposition: form-data; name="organisation_id"\r\n\r\n{founded.here.id}\r\n'.encode(),
            b'Content-Disposition: form-data; name="file"; filename="x"\r\n\r\n' + roster + b"\r\n--b--\r\n",
        ]
    )
    told = people.organiser.raw(f"{API}/imports/volunteers", body, "multipart/form-data; boundary=b")
    assert (told.status, told.json["rows"]) == (201, 1)


def test_the_template_has_text_columns_and_can_be_handed_in_again(founded: Founded, people: People) -> None:
    told = people.organiser.get(f"{API}/imports/volunteers/template.xlsx")
    assert told.status == 200
    book = openpyxl.load_workbook(io.BytesIO(told.data))
    assert [cell.value for cell in book.active[1]] == ["姓名", "所属组织"]
    assert book.active["A2"].number_format == "@"
    book.active["A2"] = "示例甲"
    filled = io.BytesIO()
    book.save(filled)
    assert upload(people.organiser, founded.here.id, filled.getvalue()).json["rows"] == 1


def test_only_who_registers_volunteers_may_import_them(founded: Founded, people: People) -> None:
    assert upload(people.desk, founded.here.id, "姓名\n示例甲\n".encode()).status == 403


def test_five_thousand_volunteers_take_a_few_seconds(founded: Founded) -> None:
    names = ["姓名", *(f"示例{n}" for n in range(5_000))]
    content = xlsx([[name] for name in names], by="xlsxwriter")
    by = By(actor=founded.bank.world.new_id())
    began = time.monotonic()
    run = volunteer_imports.check(founded.bank, by, founded.here, content)
    done = volunteer_imports.commit(founded.bank, by, run, answers={})
    assert done.made == 5_000
    assert time.monotonic() - began < 60  # seconds on a machine of its own
