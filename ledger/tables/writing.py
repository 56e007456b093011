"""Tables that people open in Excel or WPS: what stands in a cell is text, whatever it begins with."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from ledger.tables.cells import quoted

BOM = "\ufeff"
"""Excel takes a csv without it for the machine's old code page."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
WIDTH_MIN, WIDTH_MAX = 8, 40

Cell = str | int


def xlsx(title: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]], *, blank_rows: int = 0) -> bytes:
    """One sheet with a header that stays in sight. Every column is formatted as text; whole numbers stay numbers.

    `blank_rows` more are prepared for somebody to fill in.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(buffer, options) as book:
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        sheet = book.add_worksheet(title[:31])
        for index, header in enumerate(headers):
            sheet.set_column(index, index, min(WIDTH_MAX, max(WIDTH_MIN, 3 * len(header))), text)
            sheet.write_string(0, index, header, bold)
        at = 0
        for at, row in enumerate(rows, 1):
            for index, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(at, index, cell)
                else:
                    sheet.write_string(at, index, quoted(cell), text)
        for blank in range(at + 1, at + 1 + blank_rows):
            for index in range(len(headers)):
                sheet.write_blank(blank, index, None, text)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def csv_of(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a BOM, and no cell that a spreadsheet takes for a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(map(quoted, headers))
    writer.writerows([cell if isinstance(cell, int) else quoted(cell) for cell in row] for row in rows)
    return (BOM + buffer.getvalue()).encode()
