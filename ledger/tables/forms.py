"""Empty tables for somebody to fill in: every column text, so that numbers keep their digits; choices where there are
some; and on a sheet of its own how to fill it in.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from ledger.tables.cells import quoted

CHOICES_SHEET = "选项"
"""Hidden: a list longer than a line cannot stand in the rule of a cell (ECMA-376 allows 255 characters)."""
WIDTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One column to be filled in. `choices` are offered, and something else can still be written."""

    title: str
    example: str = ""
    choices: tuple[str, ...] = ()
    is_needed: bool = False


def form(
    title: str, columns: Sequence[Blank], *, instructions: tuple[str, Sequence[tuple[str, str]]], blank_rows: int
) -> bytes:
    """The workbook. `instructions` are the title of their sheet, and lines in Chinese and English."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(buffer, options) as book:
        text = book.add_format({"num_format": "@"})
        needed = book.add_format({"bold": True, "num_format": "@", "bg_color": "#FFE699"})
        wanted = book.add_format({"bold": True, "num_format": "@", "bg_color": "#EDEDED"})
        example = book.add_format({"italic": True, "num_format": "@", "font_color": "#767676"})
        sheet = book.add_worksheet(title[:31])
        lists = _lists(book, columns)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, WIDTH, text)
            sheet.write_string(0, place, column.title, needed if column.is_needed else wanted)
            sheet.write_string(1, place, column.example, example)
            if place in lists:
                offered = {"validate": "list", "source": lists[place], "error_type": "warning"}
                sheet.data_validation(2, place, 1 + blank_rows, place, offered)
        for row in range(2, 2 + blank_rows):
            for place in range(len(columns)):
                sheet.write_blank(row, place, None, text)
        sheet.freeze_panes(1, 0)
        _instruct(book, *instructions)
        if lists:
            book.get_worksheet_by_name(CHOICES_SHEET).hide()
    return buffer.getvalue()


def _lists(book: Any, columns: Sequence[Blank]) -> dict[int, str]:
    """Where the choices of each column stand, by its place."""
    offered = {place: column.choices for place, column in enumerate(columns) if column.choices}
    if not offered:
        return {}
    sheet = book.add_worksheet(CHOICES_SHEET)
    found: dict[int, str] = {}
    for at, (place, choices) in enumerate(offered.items()):
        for row, choice in enumerate(choices):
            sheet.write_string(row, at, quoted(choice))
        letter = chr(ord("A") + at)
        found[place] = f"={CHOICES_SHEET}!${letter}$1:${letter}${len(choices)}"
    return found


def _instruct(book: Any, title: str, lines: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(title[:31])
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 100, wrapped)
    for row, (zh, en) in enumerate(lines):
        sheet.write_string(row, 0, f"{zh}\n{en}", wrapped)
