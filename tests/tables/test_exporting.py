"""Tables that are taken away: what Excel and WPS make of them, and what an import makes of them again."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.tables import cells
from ledger.tables.exporting import Cell, Kind, Table

KINDS: tuple[Kind, ...] = ("text", "number", "points", "day", "instant")
# A cell of a spreadsheet knows no time zone.
AT = datetime(2026, 11, 3, 9, 30)  # noqa: DTZ001
ROW: tuple[Cell, ...] = ("示例甲", 90, 125, date(2026, 11, 3), AT)


def written(kind: str, *rows: Any, scale: int = 2) -> bytes:
    made = Table(name="表", titles=["文", "数", "分", "日", "时"], kinds=KINDS, points_scale=scale).writer(kind)
    for row in rows:
        made.add(row)
    return made.content()


def test_a_csv_has_a_mark_crlf_and_points_in_points() -> None:
    content = written("csv", ROW, (None, None, None, None, None))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").split("\r\n") == [
        "文,数,分,日,时",
        "示例甲,90,1.25,2026-11-03,2026-11-03 09:30:00",
        ",,,,",
        "",
    ]


def test_an_xlsx_has_days_as_days_and_points_in_points() -> None:
    page = openpyxl.load_workbook(io.BytesIO(written("xlsx", ROW))).active
    assert [cell.value for cell in page[2]] == ["示例甲", 90, 1.25, datetime(2026, 11, 3), AT]  # noqa: DTZ001
    assert [cell.number_format for cell in page[2]] == ["@", "0", "0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"]


@pytest.mark.parametrize("code", ["0012", "123456789012", "1234567890123452", "0"])
def test_codes_keep_their_digits(code: str) -> None:
    [_, row] = csv.reader(io.StringIO(written("csv", (code, None, None, None, None)).decode("utf-8-sig")))
    assert row[0] == (code if code == "0" else f"'{code}")
    assert cells.unquoted(row[0]) == code
    page = openpyxl.load_workbook(io.BytesIO(written("xlsx", (code, None, None, None, None)))).active
    assert (page["A2"].value, page["A2"].data_type) == (code, "s")


WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40)
RISKY = st.builds("{}{}{}".format, st.sampled_from(["", " ", "\u3000"]), st.sampled_from(cells.COMMANDS[:4]), WORDS)


@given(WORDS | RISKY)
def test_whatever_is_written_is_no_formula_and_is_read_as_it_was_meant(text: str) -> None:
    [_, row] = csv.reader(io.StringIO(written("csv", (text, None, None, None, None)).decode("utf-8-sig"), newline=""))
    assert not row[0].lstrip(" \u3000\u00a0").startswith(cells.COMMANDS)
    if not text.startswith("'"):
        assert cells.unquoted(row[0]) == text
