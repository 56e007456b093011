"""Tables as people bring them: read exactly, or refused with the cell, the reason and the mend."""

from __future__ import annotations

import contextlib
import io
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.tables import Column, Fault, Table, TableRefused, cells, read, table_of, writing
from ledger.tables.faults import SENTENCES, CellInvalid, letters
from tests.tables.files import changed, edited, ods, xlsx

NAME = Column(key="name", names=("姓名", "名字", "name"), read=cells.name, required=True)
PHONE = Column(key="phone", names=("手机号", "电话"), read=cells.code)
BORN = Column(key="born", names=("出生日期",), read=cells.day)
HOURS = Column(key="hours", names=("小时",), read=cells.whole)
# A cell of a spreadsheet knows no time zone.
NOON = datetime(2026, 1, 1, 9, 30)  # noqa: DTZ001
MIDNIGHT, NEW_YEAR = datetime(2026, 11, 3), datetime(2026, 1, 1)  # noqa: DTZ001
COLUMNS = (NAME, PHONE, BORN, HOURS)
HEADER = ("姓名", "手机号", "出生日期", "小时")


def taken(content: bytes) -> Table:
    return table_of(read(content), COLUMNS)


def values(content: bytes) -> list[dict[str, Any]]:
    table = taken(content)
    assert list(table.faults) == []
    return [dict(row.values) for row in table.rows]


def placed(faults: Any) -> list[tuple[int | None, str | None, str]]:
    return [(fault.row, fault.column, fault.code) for fault in faults]


def refusal(content: bytes) -> str:
    with pytest.raises(TableRefused) as no:
        taken(content)
    assert no.value.zh
    assert no.value.en
    return no.value.code


# -- what is understood ------------------------------------------------------------------------------------------------

ANA = {"name": "示例甲", "phone": "13800000001", "born": date(1980, 3, 8), "hours": 3}
ROW = ("示例甲", "13800000001", "1980-03-08", 3)


@pytest.mark.parametrize(
    "content",
    [
        xlsx([HEADER, ROW]),
        xlsx([HEADER, ROW], by="xlsxwriter"),
        ods([HEADER, ROW]),
        "姓名,手机号,出生日期,小时\r\n示例甲,13800000001,1980-03-08,3\r\n".encode(),
        "姓名,手机号,出生日期,小时\n示例甲,13800000001,1980-03-08,3".encode("utf-8-sig"),
        "姓名,手机号,出生日期,小时\n示例甲,13800000001,1980-03-08,3\n".encode("gb18030"),
        "姓名\t手机号\t出生日期\t小时\n示例甲\t13800000001\t1980年3月8日\t3\n".encode("utf-16"),
        "姓名;手机号;出生日期;小时\n示例甲;１３８００００００１;1980/3/8;３\n".replace(
            "００００００１", "０００００００１"
        ).encode(),
    ],
    ids=["openpyxl", "xlsxwriter", "ods", "utf-8", "utf-8 with a BOM", "gb18030", "utf-16 by tabs", "full-width"],
)
def test_one_roster_is_the_same_in_every_form(content: bytes) -> None:
    assert values(content) == [ANA]


def test_columns_come_in_any_order_under_the_names_people_give_them() -> None:
    rows = [("小时", "备注", " 名 字*(必填)", "电话"), (3, "无", "示例甲", 13800000001)]
    table = taken(xlsx(rows))
    assert [dict(row.values) for row in table.rows] == [{"hours": 3, "name": "示例甲", "phone": "13800000001"}]
    assert table.ignored == ["备注"]


def test_a_title_may_stand_merged_above_the_header_and_rows_may_be_blank() -> None:
    content = edited(
        [("示例社区志愿者名册",), (), HEADER, (), ROW, ("\u3000", None)], lambda sheet: sheet.merge_cells("A1:D1")
    )
    [row] = taken(content).rows
    assert (row.number, dict(row.values)) == (5, ANA)


def test_names_stay_as_they_are_written() -> None:
    rows = [["姓名"], ["\u3000阿依古丽·买买提\u200b "], ["ＡＮＡ"], ["王　秀英"]]
    assert [row["name"] for row in values(xlsx(rows))] == ["阿依古丽·买买提", "ＡＮＡ", "王　秀英"]


@pytest.mark.parametrize(
    "written",
    ["2026-11-03", "2026/11/3", "2026.11.3", "2026年11月3日", "20261103", 20261103, 46329, MIDNIGHT],
)
def test_a_day_is_read_however_an_office_writes_it(written: Any) -> None:
    assert values(xlsx([HEADER, ("示例甲", "", written, "")])) == [{"name": "示例甲", "born": date(2026, 11, 3)}]


# -- what is pointed out -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("", "1", "", ""), (2, "A", "missing")),
        ((12345, "", "", ""), (2, "A", "not_text")),
        ((NEW_YEAR, "", "", ""), (2, "A", "not_text")),
        (("示例\u202e甲", "", "", ""), (2, "A", "characters")),
        (("甲" * 101, "", "", ""), (2, "A", "too_long")),
        (("示例甲", 110101198003080018, "", ""), (2, "B", "digits_lost")),
        (("示例甲", "1.10101E+17", "", ""), (2, "B", "digits_lost")),
        (("示例甲", "#N/A", "", ""), (2, "B", "error_cell")),
        (("示例甲", True, "", ""), (2, "B", "not_text")),
        (("示例甲", "", "昨天", ""), (2, "C", "not_a_day")),
        (("示例甲", "", "2026-02-30", ""), (2, "C", "not_a_day")),
        (("示例甲", "", "2026113", ""), (2, "C", "not_a_day")),
        (("示例甲", "", 12, ""), (2, "C", "not_a_day")),
        (("示例甲", "", NOON, ""), (2, "C", "not_a_day")),
        (("示例甲", "", "", 1.5), (2, "D", "not_whole")),
        (("示例甲", "", "", "三"), (2, "D", "not_whole")),
        (("示例甲", "", "", "1e3"), (2, "D", "not_whole")),
    ],
)
def test_what_cannot_be_meant_is_pointed_out_at_its_cell(row: tuple[Any, ...], fault: tuple[int, str, str]) -> None:
    table = taken(xlsx([HEADER, row]))
    assert placed(table.faults) == [fault]
    assert list(table.rows) == []


def test_everything_that_is_wrong_is_told_at_once_and_the_other_rows_are_read() -> None:
    table = taken(xlsx([HEADER, ("", "", "昨天", ""), ROW, ("示例乙", "", "", "三")]))
    assert placed(table.faults) == [(2, "A", "missing"), (2, "C", "not_a_day"), (4, "D", "not_whole")]
    assert [dict(row.values) for row in table.rows] == [ANA]


def formula(sheet: Any) -> None:
    sheet["A2"] = '="示例"&"甲"'


def error(sheet: Any) -> None:
    sheet["B2"] = "#REF!"
    sheet["B2"].data_type = "e"


def merge(sheet: Any) -> None:
    sheet.merge_cells("A2:A3")


def hide(sheet: Any) -> None:
    sheet.row_dimensions[2].hidden = True


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (formula, (2, "A", "formula")),
        (error, (2, "B", "error_cell")),
        (merge, (2, "A", "merged_cells")),
        (hide, (2, None, "hidden_row")),
    ],
)
def test_what_a_spreadsheet_hides_is_pointed_out(edit: Callable[[Any], None], fault: tuple[int, str, str]) -> None:
    assert fault in placed(taken(edited([HEADER, ROW, ROW], edit)).faults)


def test_ods_hides_no_formulas_and_no_rows_either() -> None:
    faults = placed(taken(ods([HEADER, ROW, ROW], hidden=[1], formulas=[(2, 0)])).faults)
    assert faults == [(2, None, "hidden_row"), (3, "A", "formula")]


# -- what is refused as a whole ----------------------------------------------------------------------------------------


def declared(part: bytes) -> bytes:
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return part.replace(b"?>", b"?>" + entity, 1) if b"?>" in part else entity + part


def far(part: bytes) -> bytes:
    return part.replace(b'<row r="2"', b'<row r="1048576"').replace(b'r="A2"', b'r="XFD1048576"')


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for number in range(4):
            archive.writestr(f"xl/{number}.xml", b"0" * 50_000_000)
    return buffer.getvalue()


def lying(content: bytes) -> bytes:
    """An archive whose directory says that its members are small."""
    buffer = bytearray(content)
    at = 0
    while (at := buffer.find(b"PK\x01\x02", at)) >= 0:
        buffer[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at += 4
    return bytes(buffer)


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\x00 \n", "file_empty"),
        (b"x" * 20_000_001, "file_too_large"),
        (b"%PDF-1.7", "file_unknown"),
        ("<html><table>姓名</table>".encode(), "file_unknown"),
        (b"PK\x03\x04 no archive", "file_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file_damaged"),
        (xlsx([HEADER, ROW])[:-40], "file_damaged"),
        (changed(xlsx([HEADER, ROW]), SHEET, lambda part: part[:-20]), "file_damaged"),
        (changed(xlsx([HEADER, ROW]), SHEET, declared), "file_declares"),
        (changed(xlsx([HEADER, ROW]), "docProps/app.xml", declared), "file_declares"),
        (changed(xlsx([HEADER, ROW]), SHEET, far), "too_many_rows"),
        (xlsx([["姓名", *map(str, range(200))]]), "too_many_columns"),
        (xlsx([["姓名"], *[["甲"]] * 20_001], by="xlsxwriter"), "too_many_rows"),
        (bomb(), "file_expands"),
        (lying(bomb()), "file_damaged"),
        (b"\xff\xff\xff", "text_unreadable"),
        (b"name\x00,phone\n", "text_unreadable"),
        ('姓名\n"示例甲'.encode(), "text_malformed"),
        (xlsx([["号码"], ["1"]]), "sheet_missing"),
        (xlsx([HEADER, ROW], 另一张=[HEADER, ROW]), "sheet_twice"),
        (xlsx([["姓名", "名字"], ["甲", "乙"]]), "column_twice"),
        (xlsx([HEADER]), "no_rows"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_is_no_table_is_refused_in_words(content: bytes, code: str) -> None:
    began = time.monotonic()
    assert refusal(content) == code
    assert time.monotonic() - began < 10


def test_a_second_required_column_is_missed_by_its_name() -> None:
    needed = Column(key="phone", names=("手机号",), read=cells.code, required=True)
    with pytest.raises(TableRefused) as no:
        table_of(read(xlsx([["姓名"], ["示例甲"]])), (NAME, needed))
    assert (no.value.code, no.value.zh) == ("column_missing", "缺少“手机号”列")


def test_a_hidden_sheet_is_not_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx([HEADER, ROW], 旧=[HEADER, ("示例乙", "", "", "")])))
    book["旧"].sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    assert values(buffer.getvalue()) == [ANA]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    for prefix in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with contextlib.suppress(TableRefused):
            taken(prefix + content)


BOOK = xlsx([HEADER, ROW])


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(BOOK) - 1), st.integers(0, 255))
def test_no_flipped_byte_of_a_workbook_breaks_the_reader(at: int, value: int) -> None:
    with contextlib.suppress(TableRefused):
        taken(BOOK[:at] + bytes([value]) + BOOK[at + 1 :])


def test_five_thousand_rows_take_a_second() -> None:
    rows = [HEADER, *((f"示例{n}", f"138{n:08}", "1980-03-08", n) for n in range(5_000))]
    content = xlsx(rows, by="xlsxwriter")
    began = time.monotonic()
    assert len(values(content)) == 5_000
    assert time.monotonic() - began < 5


def test_every_sentence_is_told_somewhere_and_ends_without_a_stop() -> None:
    for code, (zh, en) in SENTENCES.items():
        assert zh, code
        assert en, code
        assert not zh.endswith("。"), code


def test_a_fault_never_quotes_the_cell() -> None:
    [fault] = taken(xlsx([HEADER, ("示例甲", "", "金丝雀", "")])).faults
    assert isinstance(fault, Fault)
    assert "金丝雀" not in repr(fault)


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (16383, "XFD")])
def test_columns_are_called_as_a_spreadsheet_calls_them(index: int, name: str) -> None:
    assert letters(index) == name


# -- what is written ---------------------------------------------------------------------------------------------------

DANGEROUS = ["=1+1", "+86", "-1", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", "  =1", "　=1"]


@pytest.mark.parametrize("cell", DANGEROUS)
def test_nothing_that_is_written_can_be_taken_for_a_formula(cell: str) -> None:
    rows: list[list[str | int]] = [["示例甲", cell, 7]]
    text = writing.csv_of(["姓名", "备注", "分"], rows).decode("utf-8")
    assert text.startswith("\ufeff姓名")
    assert cell not in text.replace("'" + cell, "")
    sheet = openpyxl.load_workbook(io.BytesIO(writing.xlsx("名册", ["姓名", "备注", "分"], rows))).active
    assert sheet["B2"].value.startswith("'")
    assert (sheet["B2"].data_type, sheet["C2"].value) == ("s", 7)


def test_a_template_has_columns_of_text_so_that_long_numbers_survive() -> None:
    content = writing.xlsx("名册", ["姓名", "身份证号"], [], blank_rows=100)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [sheet[at].number_format for at in ("A2", "B2", "B101")] == ["@", "@", "@"]
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300])
def test_numbers_that_are_none_are_refused(value: float) -> None:
    for reader in (cells.text, cells.whole, cells.day):
        with pytest.raises(CellInvalid):
            reader(value)
