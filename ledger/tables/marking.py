"""A sheet given back to whoever brought it: their own rows, what is wrong coloured where it is wrong, and said at the
end of each row.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from ledger.tables.cells import Value, quoted
from ledger.tables.columns import Sheet

Tone = Literal["fault", "question", "note", "done"]
COLOURS: Mapping[Tone, str] = {"fault": "#F8CBAD", "question": "#FFE699", "note": "#DDEBF7", "done": "#E2EFDA"}
"""Of the cells; what they mean is said in words too, since not everybody tells colours apart."""
ORDER: Sequence[Tone] = ("fault", "question", "note", "done")
COMMENTS_MAX = 1_000
"""More of them make a file that is slow to open; the words at the end of the row are always there."""
CHOICES_CHARACTERS_MAX = 250
WIDTH_SAID = 60
YEAR_FIRST = 1900
"""Spreadsheets know no earlier days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One remark. `row` as the spreadsheet counts, `column` by its place counted from 0; None is the row as a whole.

    `choices` are offered in that cell.
    """

    row: int
    column: int | None
    tone: Tone
    said: str
    choices: tuple[str, ...] = ()


def marked(sheet: Sheet, marks: Sequence[Mark], *, title: str, added: Mapping[int, str]) -> bytes:
    """The workbook. `title` heads the column that says what is wrong; `added` are headers of columns that the sheet
    lacks, by their place.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    width = max((len(row) for row in sheet.rows), default=0)
    says = max([width, *(place + 1 for place in added)])
    by_row: dict[int, list[Mark]] = {}
    for mark in marks:
        by_row.setdefault(mark.row - 1, []).append(mark)
    with Workbook(buffer, options) as book:
        page = _Page(book, book.add_worksheet(sheet.name[:31].replace("'", "") or "1"))
        page.sheet.set_column(0, says, 14)
        page.sheet.set_column(says, says, WIDTH_SAID)
        for number, row in enumerate(sheet.rows):
            page.row(number, row, by_row.get(number, ()), says)
        for place, header in {**added, says: title}.items():
            page.sheet.write_string(sheet.header, place, header, page.bold)
        page.sheet.freeze_panes(sheet.header + 1, 0)
        page.sheet.autofilter(sheet.header, 0, max(sheet.header + 1, len(sheet.rows) - 1), says)
    return buffer.getvalue()


class _Page:
    """The sheet while it is written."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.book, self.sheet = book, sheet
        self.bold = book.add_format({"bold": True, "num_format": "@"})
        self._formats: dict[tuple[Tone | None, str], Any] = {}
        self._comments = 0

    def row(self, number: int, cells: Sequence[Value], marks: Sequence[Mark], says: int) -> None:
        tones: dict[int, Tone] = {}
        for mark in sorted(marks, key=lambda mark: ORDER.index(mark.tone), reverse=True):
            if mark.column is not None:
                tones[mark.column] = mark.tone
        for place in range(max(len(cells), *(place + 1 for place in tones)) if tones else len(cells)):
            value = cells[place] if place < len(cells) else ""
            self._cell(number, place, value, tones.get(place))
        for mark in marks:
            self._beside(number, mark)
        if marks:
            worst = min((mark.tone for mark in marks), key=ORDER.index)
            said = "; ".join(dict.fromkeys(mark.said for mark in marks))
            self.sheet.write_string(number, says, quoted(said), self._format(worst, "@"))

    def _beside(self, number: int, mark: Mark) -> None:
        if mark.column is None:
            return
        if mark.tone in ("fault", "question") and self._comments < COMMENTS_MAX:
            self._comments += 1
            self.sheet.write_comment(number, mark.column, mark.said, {"x_scale": 2})
        if mark.choices and len(",".join(mark.choices)) <= CHOICES_CHARACTERS_MAX:
            self.sheet.data_validation(
                number, mark.column, number, mark.column, {"validate": "list", "source": list(mark.choices)}
            )

    def _cell(self, row: int, column: int, value: Value, tone: Tone | None) -> None:
        sheet = self.sheet
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, self._format(tone, "@"))
        elif isinstance(value, datetime | date) and value.year >= YEAR_FIRST:
            has_time = isinstance(value, datetime) and value.time() != time()
            sheet.write_datetime(
                row, column, value, self._format(tone, "yyyy-mm-dd hh:mm" if has_time else "yyyy-mm-dd")
            )
        elif isinstance(value, time | timedelta):
            sheet.write_datetime(row, column, value, self._format(tone, "hh:mm"))
        elif isinstance(value, int | float) and math.isfinite(value):
            sheet.write_number(row, column, value, self._format(tone, "General"))
        elif value == "":
            sheet.write_blank(row, column, None, self._format(tone, "@"))
        else:
            sheet.write_string(row, column, quoted(str(value)), self._format(tone, "@"))

    def _format(self, tone: Tone | None, number: str) -> Any:
        key = tone, number
        if key not in self._formats:
            given = {"num_format": number} | ({} if tone is None else {"bg_color": COLOURS[tone]})
            self._formats[key] = self.book.add_format(given)
        return self._formats[key]
