"""Tables taken away: as csv and xlsx that Excel and WPS open rightly, row by row, and safe whatever is written in them.

Days are days, numbers numbers; ids and codes are text, so that no digit is lost; words stay words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, Protocol

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from ledger.tables.cells import quoted, quoted_digits
from ledger.tables.writing import BOM, CSV, XLSX

__all__ = ["CSV", "XLSX", "Cell", "Kind", "Table", "Writer"]

Kind = Literal["text", "number", "points", "day", "instant"]
Cell = str | int | date | datetime | None
CELL_CHARACTERS_MAX = 32_767
WIDTHS: dict[Kind, int] = {"text": 18, "number": 10, "points": 10, "day": 12, "instant": 20}


class Writer(Protocol):
    """Takes a table row by row, and gives the file."""

    def add(self, cells: Sequence[Cell]) -> None: ...

    def remark(self, said: str) -> None:
        """A line below the table."""

    def content(self) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What its columns are called, and what stands in them. Points are given in the smallest unit, 10^scale to one."""

    name: str
    titles: Sequence[str]
    kinds: Sequence[Kind]
    points_scale: int = 0

    def writer(self, kind: str) -> Writer:
        """A writer of "csv" or "xlsx"."""
        return _Xlsx(self) if kind == "xlsx" else _Csv(self)

    def meant(self, at: int, cell: Cell) -> Cell | Decimal:
        """The value as it is read: points in points."""
        if self.kinds[at] == "points" and isinstance(cell, int) and self.points_scale:
            return Decimal(cell).scaleb(-self.points_scale)
        return cell


class _Csv:
    """UTF-8 with a BOM, which Excel needs, and CRLF (RFC 4180)."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._text = io.StringIO(newline="")
        self._writer = csv.writer(self._text, lineterminator="\r\n")
        self._writer.writerow([quoted(title) for title in table.titles])

    def add(self, cells: Sequence[Cell]) -> None:
        self._writer.writerow([self._told(at, cell) for at, cell in enumerate(cells)])

    def _told(self, at: int, cell: Cell) -> str:
        value = self._table.meant(at, cell)
        if value is None:
            return ""
        if isinstance(value, datetime):
            return value.isoformat(" ", "seconds")
        if isinstance(value, date):
            return value.isoformat()
        return quoted_digits(quoted(value)) if isinstance(value, str) else str(value)

    def remark(self, said: str) -> None:
        self._writer.writerow([quoted(said)])

    def content(self) -> bytes:
        return (BOM + self._text.getvalue()).encode()


class _Xlsx:
    """One sheet, whose header stays in sight and can be filtered."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._buffer = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = Workbook(self._buffer, {**options, "strings_to_numbers": False})
        self._sheet = self._book.add_worksheet(table.name[:31])
        points = "0" if not table.points_scale else "0." + "0" * table.points_scale
        numbers: dict[Kind, str] = {"text": "@", "number": "0", "points": points}
        numbers |= {"day": "yyyy-mm-dd", "instant": "yyyy-mm-dd hh:mm:ss"}
        self._formats = {kind: self._book.add_format({"num_format": number}) for kind, number in numbers.items()}
        bold = self._book.add_format({"bold": True, "num_format": "@"})
        for at, (title, kind) in enumerate(zip(table.titles, table.kinds, strict=True)):
            self._sheet.set_column(at, at, WIDTHS[kind], self._formats[kind])
            self._sheet.write_string(0, at, quoted(title), bold)
        self._sheet.freeze_panes(1, 0)
        self._last = 0

    def add(self, cells: Sequence[Cell]) -> None:
        self._last += 1
        for at, cell in enumerate(cells):
            self._write(at, self._table.meant(at, cell), self._formats[self._table.kinds[at]])

    def _write(self, at: int, value: Any, written: Any) -> None:
        if value is None:
            return
        if isinstance(value, date):
            self._sheet.write_datetime(self._last, at, value, written)
        elif isinstance(value, int | Decimal):
            self._sheet.write_number(self._last, at, value, written)
        else:
            self._sheet.write_string(self._last, at, quoted(value)[:CELL_CHARACTERS_MAX], written)

    def remark(self, said: str) -> None:
        self._sheet.write_string(self._last + 1, 0, quoted(said))

    def content(self) -> bytes:
        self._sheet.autofilter(0, 0, max(self._last, 1), len(self._table.titles) - 1)
        self._book.close()
        return self._buffer.getvalue()
