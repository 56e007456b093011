"""`pioneer import service-records` and `pioneer import template` as an operator types them."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from ledger.bank import Bank, By
from ledger.people import organisations, volunteers
from ledger.service import activities
from ledger.settings import Settings
from tests.cli.test_pioneer import PASSWORD, pioneer, told
from tests.tables.files import xlsx

HEADER = ("姓名", "活动", "日期", "小时")


@pytest.fixture
def held(database_url: str, tmp_path: Path) -> tuple[str, date, list[str]]:
    """A bank with rules, an activity (its title and day) and three people, two of one name (their numbers)."""
    told("init", "--admin-password", PASSWORD, url=database_url, place=tmp_path)
    with Bank.open(Settings(database_url=database_url, data_dir=tmp_path)) as bank:
        by, root = By(actor=bank.world.new_id()), organisations.root(bank)
        day = bank.today()
        activities.create(
            bank,
            by,
            organisation=root,
            title="示例清洁日",
            activity_type="cleaning",
            held_on=day,
            place="示例广场",
            content="示例",
            person_in_charge="示例丁",
        )
        made = volunteers.register_all(bank, by, organisation=root, names=["示例甲", "示例乙", "示例乙"])
    return "示例清洁日", day, [one.volunteer_no for one in made]


def test_a_roster_is_tried_settled_and_recognised(
    database_url: str, tmp_path: Path, held: tuple[str, date, list[str]]
) -> None:
    title, day, (_, second, _) = held
    roster, report = tmp_path / "名册.xlsx", tmp_path / "report.xlsx"
    rows: list[tuple[Any, ...]] = [HEADER, ("示例甲", title, day, 2), ("示例乙", title, day, 1)]
    roster.write_bytes(xlsx(rows))
    asked = "import", "service-records", str(roster)
    tried = told(*asked, "--dry-run", "--report", str(report), url=database_url, place=tmp_path, code=1)
    assert ([one["row"] for one in tried["questions"]], tried["posted"]) == ([3], 0)
    assert "问题" in openpyxl.load_workbook(io.BytesIO(report.read_bytes())).active["F1"].value
    assert told(*asked, url=database_url, place=tmp_path, code=1)["posted"] == 0
    assert "no candidate" in pioneer(*asked, "--choose", "3=1", url=database_url, place=tmp_path).stderr
    assert pioneer(*asked, "--choose", "3", url=database_url, place=tmp_path).returncode == 2
    done = told(*asked, "--choose", f"3={second}", url=database_url, place=tmp_path)
    assert (done["state"], done["posted"], done["refused"]) == ("committed", 2, 0)
    again = told(*asked, url=database_url, place=tmp_path)
    assert (again["known_before"], again["posted"]) == (True, 0)
    words = pioneer(*asked, url=database_url, place=tmp_path)
    assert (words.returncode, "brought in before" in words.stdout) == (0, True)


def test_what_is_wrong_is_told_with_its_row_and_the_rest_may_be_posted(
    database_url: str, tmp_path: Path, held: tuple[str, date, list[str]]
) -> None:
    title, day, _ = held
    roster = tmp_path / "名册.csv"
    roster.write_bytes(f"{','.join(HEADER)}\n示例甲,{title},{day},2\n示例甲,没有,{day},2\n".encode("gb18030"))
    asked = "import", "service-records", str(roster)
    done = pioneer(*asked, url=database_url, place=tmp_path)
    assert (done.returncode, "Nothing was posted" in done.stdout, "没有这个活动" in done.stdout) == (1, True, True)
    partly = told(*asked, "--partial", url=database_url, place=tmp_path)
    assert (partly["posted"], partly["left_out"]) == (1, 1)


def test_the_template_is_written_and_can_be_handed_in(
    database_url: str, tmp_path: Path, held: tuple[str, date, list[str]]
) -> None:
    title, day, (first, *_) = held
    file = tmp_path / "模板.xlsx"
    told("import", "template", "service-records", str(file), "--activities", url=database_url, place=tmp_path)
    book = openpyxl.load_workbook(file)
    page = book.worksheets[0]
    assert title in [cell.value for column in book["选项"].iter_cols() for cell in column]
    page["A3"], page["D3"], page["E3"], page["F3"] = first, title, day.isoformat(), "2"
    book.save(file)
    done = told("import", "service-records", str(file), url=database_url, place=tmp_path)
    assert (done["posted"], done["faults"]) == (1, [])
