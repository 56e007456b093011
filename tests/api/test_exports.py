"""Every collection can be taken away as a table that Excel and WPS open: all of it, what the JSON shows and no more."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from api import ROUTES, exports
from api.flattening import leaves_of
from api.titles import TITLES, title_of
from ledger.bank import By
from ledger.limits import Limits, Rate
from ledger.people import volunteers
from ledger.store import rows as stored
from tests.api.conftest import ACTIVITY, Client, Founded, People, Scene, Told
from tests.api.ground import About, Ground
from tests.api.operations import EXAMPLES
from tests.api.test_matrix import grounds, operations_of

__all__ = ["grounds"]

API = "/api/v1"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLLECTIONS = {route.name: route for routes in ROUTES for route in routes.all if route.collects}


def table(told: Told) -> list[list[str]]:
    """The rows of a csv, as a spreadsheet reads them."""
    assert told.status == 200, told.text
    assert told.headers["Content-Type"].startswith("text/csv")
    assert told.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(told.data.decode("utf-8-sig"), newline="")))


def sheet(told: Told) -> Any:
    assert told.status == 200, told.text
    assert told.headers["Content-Type"] == XLSX
    return openpyxl.load_workbook(io.BytesIO(told.data)).active


def register(founded: Founded, *names: str) -> list[volunteers.Volunteer]:
    by = By(actor=founded.bank.world.new_id())
    return volunteers.register_all(founded.bank, by, organisation=founded.here, names=names)


# -- every collection --------------------------------------------------------------------------------------------------


@pytest.fixture
def ground(grounds: Any) -> Ground:
    made: Ground = grounds("sqlite", "exports")
    return made


def test_every_collection_of_the_contract_is_exported_with_what_its_json_shows(ground: Ground) -> None:
    """Asked of whoever may read it: as many rows as items, as many columns as it declares."""
    asked = [operation for operation in operations_of(ground) if operation.id in COLLECTIONS]
    assert len(asked) > 25
    exported = 0
    for operation in asked:
        example = EXAMPLES[operation.id]
        at = About(ground.places["own"])
        url = operation.path
        for name in operation.parameters:
            url = url.replace(f"{{{name}}}", str(getattr(at, example.path.get(name, name))))
        query = f"?{example.query(at)}" if example.query else "?"
        reader = next(who for who in ("auditor", *ground.callers) if operation.is_public or operation.allows(who))
        if example.whole:
            reader = "whole auditor"
        client = ground.callers[reader]
        shown = client.get(url + query)
        if shown.status in example.ok:  # what is hard to bring about: its file is refused alike
            assert client.get(f"{url}{query}&format=csv").status == shown.status
            continue
        assert shown.status == 200, (operation.id, shown.text)
        assert "Accept" in shown.headers["Vary"]
        lines = table(client.get(f"{url}{query}&format=csv"))
        page = sheet(client.get(f"{url}{query}&format=xlsx"))
        leaves = leaves_of(COLLECTIONS[operation.id].collects)
        assert {len(line) for line in lines} == {len(leaves)} == {page.max_column}, operation.id
        assert lines[0] == [title_of(operation.id.split(".")[0], leaf.path, "zh") for leaf in leaves]
        assert [cell.value for cell in page[1]] == lines[0]
        if shown.json.get("next_cursor") is None and operation.id != "audit.page":  # which grows with every look
            assert len(lines) - 1 == len(shown.json["items"]) == page.max_row - 1, operation.id
            exported += bool(shown.json["items"])
    assert exported > 10


def test_every_column_has_a_title_in_both_languages() -> None:
    names = {name for route in COLLECTIONS.values() for leaf in leaves_of(route.collects) for name in leaf.path}
    assert sorted(names - TITLES.keys()) == []
    assert all(zh and en for zh, en in TITLES.values())


def test_whoever_may_not_see_a_collection_may_not_export_it(founded: Founded, people: People, nobody: Client) -> None:
    register(founded, "示例甲")
    assert people.organiser.get(f"{API}/audit?format=csv").status == 403
    assert nobody.get(f"{API}/volunteers?format=csv").status == 401
    founded.hire("organiser-there", ("organiser", founded.there))
    assert table(people.sign_in("organiser-there").get(f"{API}/volunteers?format=csv"))[1:] == []


# -- what the files are like -------------------------------------------------------------------------------------------


def test_a_file_is_asked_for_by_a_parameter_or_by_accept(founded: Founded, people: People) -> None:
    register(founded, "示例甲")
    client, path = people.organiser, f"{API}/volunteers"
    assert table(client.get(path, Accept="text/csv")) == table(client.get(f"{path}?format=csv"))
    assert sheet(client.get(path, Accept=XLSX))["C2"].value == "示例甲"
    for accept in ("*/*", "application/json", "text/html,*/*;q=0.8", "image/png"):
        assert client.get(path, Accept=accept).json["items"], accept
    assert client.get(f"{path}?format=json", Accept="text/csv").json["items"]
    wrong = client.get(f"{path}?format=pdf")
    assert (wrong.status, wrong.json["errors"][0]["code"]) == (422, "not_one_of")


def test_titles_follow_the_language_that_is_asked_for(founded: Founded, people: People) -> None:
    register(founded, "示例甲")
    path = f"{API}/volunteers?format=csv"
    assert table(people.organiser.get(path))[0][:4] == ["系统编号", "志愿者编号", "姓名", "组织编号"]
    english = table(people.organiser.get(path, Accept_Language="en"))[0]
    assert english[:4] == ["id", "volunteer number", "name", "organisation id"]


def test_all_rows_of_the_filter_are_in_the_file_whatever_the_page(founded: Founded, people: People) -> None:
    register(founded, *[f"示例{number:03}" for number in range(450)], "别人")
    lines = table(people.organiser.get(f"{API}/volunteers?format=csv&limit=2&q=示例"))
    names = [line[2] for line in lines[1:]]
    assert sorted(names) == [f"示例{number:03}" for number in range(450)]


def test_a_file_that_was_cut_says_so_and_leads_to_the_rest(
    founded: Founded, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "ROWS_MAX", 200)
    register(founded, *[f"示例{number:03}" for number in range(450)])
    seen: list[str] = []
    told = people.organiser.get(f"{API}/volunteers?format=csv")
    for _ in range(3):
        lines = table(told)
        seen += [line[2] for line in lines[1:] if len(line) > 1]
        if link := told.headers.get("Link"):
            assert "200 行" in lines[-1][0]
            told = people.organiser.get(link.removeprefix("<").removesuffix('>; rel="next"'))
    assert "Link" not in told.headers
    assert seen == [f"示例{number:03}" for number in range(450)]
    page = sheet(people.organiser.get(f"{API}/volunteers?format=xlsx"))
    assert (page.max_row, "200" in page["A202"].value) == (202, True)


@pytest.mark.parametrize("name", ["=1+1", "+86", "-1", "@x", "＝1", "＋1", "－1", "＠x"])
def test_no_name_is_taken_for_a_formula(founded: Founded, people: People, name: str) -> None:
    register(founded, name)
    assert table(people.organiser.get(f"{API}/volunteers?format=csv"))[1][2] == f"'{name}"
    cell = sheet(people.organiser.get(f"{API}/volunteers?format=xlsx"))["C2"]
    assert (cell.value, cell.data_type) == (f"'{name}", "s")


def test_days_are_days_numbers_numbers_and_codes_text(founded: Founded, people: People, scene: Scene) -> None:
    assert people.organiser.post(f"{API}/service-records", scene.record(90)).status == 201
    path = f"{API}/volunteers/{scene.volunteer_no}/statement?unit=minutes"
    page = sheet(people.organiser.get(f"{path}&format=xlsx"))
    titled = {cell.value: page.cell(2, cell.column) for cell in page[1]}
    assert isinstance(titled["日期"].value, datetime)
    assert titled["日期"].number_format == "yyyy-mm-dd"
    assert titled["变动"].value == 90
    recorded = titled["记录时间"].value
    here = datetime.now(founded.bank.zone).replace(tzinfo=None)
    assert abs((here - recorded).total_seconds()) < 600  # as the clock on the wall of the bank had it
    number = sheet(people.organiser.get(f"{API}/volunteers?format=xlsx"))["B2"]
    assert (number.data_type, number.number_format) == ("s", "@")
    lines = table(people.organiser.get(f"{path}&format=csv"))
    assert lines[1][lines[0].index("日期")] == scene.record(90)["served_on"]


def test_long_codes_keep_their_digits_in_a_csv(founded: Founded, people: People, scene: Scene) -> None:
    path = f"{API}/volunteers/{scene.volunteer_no}/cards"
    card = people.desk.post(path, {}).json["card_no"]
    assert len(card) == 16
    assert table(people.desk.get(f"{path}?format=csv"))[1][1] == f"'{card}"
    assert sheet(people.desk.get(f"{path}?format=xlsx"))["B2"].value == card


def test_points_are_written_in_points(founded: Founded, people: People, scene: Scene) -> None:
    """In the smallest unit only a program reads them."""
    assert founded.bank.charter.points_scale == 0
    lines = table(people.organiser.get(f"{API}/prizes?format=csv"))
    assert lines[1][lines[0].index("所需积分")] == str(
        people.organiser.get(f"{API}/prizes").json["items"][0]["cost_points"]
    )


def test_an_export_leaves_the_views_of_its_json_and_a_line_of_its_own(founded: Founded, people: People) -> None:
    register(founded, "示例金丝雀")
    people.organiser.get(f"{API}/volunteers?format=xlsx&q=示例")
    with founded.bank.store.reading() as connection:
        views = stored.page(connection, "viewing", order=("id",), after=None, limit=99).items
        lines = stored.page(connection, "audit", order=("recorded_at", "id"), after=None, limit=99).items
    assert [view["what"] for view in views] == ["search"]
    [line] = [line for line in lines if line["action"] == "export"]
    assert (line["subject_kind"], line["subject_id"]) == ("volunteers", "volunteers.page")
    assert "金丝雀" not in str(line["change"])


def test_an_export_of_many_pages_is_one_search(founded: Founded, people: People) -> None:
    """A limit on searches counts what a person asks, not the pages of its answer."""
    register(founded, *[f"示例{number:04}" for number in range(900)])
    few, often = Rate(2, 60), Rate(1_000_000, 1)
    limits = Limits(account=few, device=often, address=often, everybody=often)
    founded.bank.settings = replace(founded.bank.settings, limit_search=limits)
    path = f"{API}/volunteers?format=csv&q=示例"
    assert [len(table(people.organiser.get(path))) for _ in range(2)] == [901, 901]
    assert people.organiser.get(path).status == 429


def test_an_exported_queue_of_reviews_can_be_brought_in_again_and_nothing_is_new(
    founded: Founded, people: People, scene: Scene
) -> None:
    today = founded.bank.today().isoformat()
    record = scene.record(90) | {"capture_method": "backfilled", "served_on": today}
    assert people.organiser.post(f"{API}/service-records", record).status == 201
    for kind in ("csv", "xlsx"):
        got = people.reviewer.get(f"{API}/service-records?format={kind}")
        body = {"organisation_id": str(founded.here.id), "file": (io.BytesIO(got.data), f"记录.{kind}")}
        headers = {"Authorization": f"Bearer {people.organiser.token}"}
        told = Told(people.organiser.flask.post(f"{API}/imports/service-records", data=body, headers=headers))
        assert [note["code"] for note in told.json["notes"]] == ["already_recorded"], told.text
        assert (told.json["rows"], told.json["faults"]) == (0, [])


def test_activities_carry_their_sessions_and_tags_in_words(founded: Founded, people: People) -> None:
    body = {"organisation_id": str(founded.here.id), **ACTIVITY, "tags": ["a", "b"]}
    assert people.organiser.post(f"{API}/activities", body).status == 201
    lines = table(people.organiser.get(f"{API}/activities?format=csv"))
    row = dict(zip(lines[0], lines[1], strict=True))
    assert (row["活动名称"], row["标签"], row["志愿服务"]) == (ACTIVITY["title"], "a; b", "是")
