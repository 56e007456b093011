"""Real files: one roster as Excel, WPS, LibreOffice, pandas and a text editor save it, read alike."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font  # type: ignore[import-untyped]

from ledger.service.roster_columns import COLUMNS, MANNERS, told
from ledger.tables import Table, TableRefused, read, table_of
from ledger.tables.columns import sheet_of
from ledger.tables.marking import Mark, marked
from tests.conftest import unavailable
from tests.rosters.given import codes, csv

HEADER = ("序号", "姓名", "志愿者编号", "活动名称", "服务日期", "时长(小时)", "开始时间", "备注")
TITLE = ("示例社区志愿服务名册", *[""] * 7)
ROWS: list[tuple[Any, ...]] = [
    (1, "示例甲", "1234567894", "示例清洁日", "2026-11-03", 1.5, "", "=备注"),
    (2, "示例·买买提", "", "示例清洁日", "2026年11月4日", 2, "", ""),
    (3, "示例丙", "", "示例清洁日", "2026/11/5", "３", "", "“引号”,逗号"),
]
TOTAL = ("合计", "", "", "", "", 6.5, "", "")
MEANT = [
    ("示例甲", "1234567894", "2026-11-03", 90),
    ("示例·买买提", None, "2026-11-04", 120),
    ("示例丙", None, "2026-11-05", 180),
]


def taken(content: bytes) -> Table:
    return table_of(read(content), COLUMNS, MANNERS)


def meant(content: bytes) -> list[tuple[Any, ...]]:
    """What a file says, faults aside."""
    table = taken(content)
    assert codes(table.faults) == []
    said = [told(row) for row in table.rows]
    assert [fault for _, faults in said for fault in faults] == []
    return [(one.name, one.volunteer_no, str(one.served_on), one.minutes) for one, _ in said]


def by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    for row in (TITLE, HEADER, *ROWS, (), TOTAL):
        book.active.append(list(row))
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"
    book.active.merge_cells("A1:H1")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def by_xlsxwriter() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("名册")
        day = book.add_format({"num_format": "yyyy/m/d"})
        for at, row in enumerate((TITLE, HEADER, *ROWS, (), TOTAL)):
            sheet.write_row(at, 0, row)
        sheet.write_number(2, 4, 46329, day)
    return buffer.getvalue()


def as_pandas_does() -> bytes:
    """An index without a header, bold headers, days as days with a time of nought."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([None, *HEADER])
    for at, row in enumerate(ROWS):
        sheet.append([at, *row[:4], f"{MEANT[at][2]} 00:00:00", *row[5:]])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content", [by_openpyxl(), by_xlsxwriter(), as_pandas_does()], ids=["openpyxl", "xlsxwriter", "pandas"]
)
def test_one_roster_is_the_same_whoever_wrote_the_workbook(content: bytes) -> None:
    assert meant(content) == MEANT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_one_roster_is_the_same_in_every_text(encoding: str, separator: str) -> None:
    rows = [[str(cell).replace("=备注", "").replace(",", "，") for cell in row] for row in (HEADER, *ROWS, TOTAL)]
    text = "\r\n".join(separator.join(row) for row in rows)
    assert meant(text.encode(encoding)) == MEANT


# -- LibreOffice -------------------------------------------------------------------------------------------------------

SAVED_AS = {
    "xls": "xls",
    "xlsx": "xlsx",
    "ods": "ods",
    "csv in UTF-8": "csv:Text - txt - csv (StarCalc):44,34,76",
    "csv in GB18030": "csv:Text - txt - csv (StarCalc):44,34,85",
}


@pytest.fixture(scope="session")
def office_at(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Saves a workbook as another kind of file, as LibreOffice does; each once."""
    program = shutil.which("soffice")
    if program is None:
        unavailable("LibreOffice (Debian: libreoffice-calc) is not here: its files are not tried")
    place = tmp_path_factory.mktemp("office")
    made: dict[tuple[bytes, str], bytes] = {}

    def saved(content: bytes, kind: str) -> bytes:
        if (content, kind) not in made:
            source = place / "roster.xlsx"
            source.write_bytes(content)
            out = place / "out"
            command = [str(program), "--headless", f"-env:UserInstallation={(place / 'profile').as_uri()}"]
            command += ["--convert-to", SAVED_AS[kind], "--outdir", str(out), str(source)]
            subprocess.run(command, check=True, capture_output=True, timeout=120, env=os.environ | {"HOME": str(place)})
            [file] = out.iterdir()
            made[content, kind] = file.read_bytes()
            file.unlink()
        return made[content, kind]

    return saved


def difficult() -> bytes:
    """Formulas, an error and a hidden row, as people leave them."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("姓名", "活动", "日期", "小时"),
        ("示例甲", "示例清洁日", "2026-11-03", "=1+1"),
        ("示例乙", "示例清洁日", "2026-11-03", "=1/0"),
        ("示例丙", "示例清洁日", "2026-11-03", 1),
        ("示例丁", "示例清洁日", "2026-11-03", 4),
    ):
        sheet.append(row)
    sheet.row_dimensions[4].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", SAVED_AS)
def test_one_roster_is_the_same_as_libreoffice_saves_it(office_at: Any, kind: str) -> None:
    assert meant(office_at(by_openpyxl(), kind)) == MEANT


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["xls", "xlsx", "ods"])
def test_what_a_workbook_hides_is_said_in_every_kind(office_at: Any, kind: str) -> None:
    table = taken(office_at(difficult(), kind))
    assert codes(table.faults) == [(3, "D", "error_cell"), (4, None, "hidden_row")]
    assert codes(table.notes) == [(2, "D", "formula_read")]
    assert [told(row)[0].minutes for row in table.rows] == [120, 240]


@pytest.mark.timeout(300)
def test_no_flipped_byte_of_an_xls_breaks_the_reader(office_at: Any) -> None:
    content = office_at(difficult(), "xls")

    @settings(max_examples=150, deadline=None)
    @given(st.integers(0, len(content) - 1), st.integers(0, 255))
    def flipped(at: int, value: int) -> None:
        with contextlib.suppress(TableRefused):
            taken(content[:at] + bytes([value]) + content[at + 1 :])

    flipped()


# -- given back --------------------------------------------------------------------------------------------------------


def test_a_marked_up_file_says_the_same_when_it_is_brought_again(tmp_path: Path) -> None:
    content = by_openpyxl()
    sheet = sheet_of(read(content), COLUMNS, MANNERS)
    marks = [Mark(row=3, column=1, tone="fault", said="=示例"), Mark(row=4, column=None, tone="note", said="示例")]
    again = marked(sheet, marks, title="问题 What is wrong", added={})
    assert meant(again) == MEANT
    page = openpyxl.load_workbook(io.BytesIO(again)).active
    assert (page["I3"].value, page["I3"].data_type, page["B3"].comment.text) == ("'=示例", "s", "=示例")
    assert table_of(read(again), COLUMNS, MANNERS).ignored == []
    assert not list(tmp_path.iterdir())


def test_rosters_by_reference_have_no_limit_below_twenty_thousand_rows() -> None:
    rows = [("姓名", "小时"), *(("示例甲", 1) for _ in range(20_000)), ("合计", 20_000)]
    assert len(taken(csv(rows)).rows) == 20_000
    with pytest.raises(TableRefused) as no:
        taken(csv([*rows[:-1], ("示例甲", 1)]))
    assert no.value.code == "too_many_rows"


def test_a_workbook_with_macros_is_read_without_them() -> None:
    """An xlsm is an xlsx with a program in it, which nothing here opens."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(by_openpyxl())) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            held = old.read(info)
            if info.filename == "[Content_Types].xml":
                held = held.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            new.writestr(info.filename, held)
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    assert meant(buffer.getvalue()) == MEANT
