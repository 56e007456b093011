"""Reading a file into grids of cells, one for each sheet that can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from ledger.tables import archives, biff, texts
from ledger.tables.archives import Facts
from ledger.tables.cells import Value, is_blank
from ledger.tables.faults import TableRefused

BYTES_MAX = 20_000_000
ROWS_MAX = 20_000
"""Rows of a table, without what stands above and below them."""
AROUND_ROWS_MAX = 100
"""Titles, the header, totals, signatures."""
COLUMNS_MAX = 200
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet from its first cell on; rows may differ in length. What a csv cannot have is empty there."""

    name: str
    rows: Sequence[Sequence[Value]]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()
    """((first row, first column), (last row, last column)), counted from 0."""
    facts: Facts = field(default_factory=Facts)


def read(content: bytes) -> list[Grid]:
    """The sheets of a file that hold anything and are not hidden. What it is its bytes say, not its name.

    Refuses with TableRefused what is too large, damaged, locked, or no table.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise TableRefused("file_empty")
    if len(content) > BYTES_MAX:
        raise TableRefused("file_too_large", most=BYTES_MAX // _MB)
    if content.startswith(_ZIP):
        sheets = archives.sheets_of(archives.unpacked(content))
        if sheets is None:
            raise TableRefused("file_unknown")
        return _workbook(content, sheets)
    if content.startswith(_OLE):
        return _workbook(content, None)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"%PDF", b"{\\rtf")):
        raise TableRefused("file_unknown")
    rows = texts.rows_of(content)
    _refuse_large(len(rows), max(map(len, rows), default=0))
    return [Grid(name="csv", rows=rows)]


def _workbook(content: bytes, sheets: dict[str, Facts] | None) -> list[Grid]:
    for facts in (sheets or {}).values():
        _refuse_large(facts.last_row + 1, facts.last_column + 1)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            if sheets is None:  # an xls tells its sheets in their order
                names = [each.name for each in book.sheets_metadata]
                sheets = dict(zip(names, biff.facts_of(content), strict=False))
            shown = [each.name for each in book.sheets_metadata if each.visible is SheetVisibleEnum.Visible]
            grids = [_grid(book.get_sheet_by_name(name), sheets.get(name, Facts())) for name in shown]
    except PasswordError:
        raise TableRefused("file_locked") from None
    except TableRefused:
        raise
    except (CalamineError, OSError, ValueError, OverflowError):
        raise TableRefused("file_damaged") from None
    return [grid for grid in grids if any(not is_blank(cell) for row in grid.rows for cell in row)]


def _grid(sheet: CalamineSheet, facts: Facts) -> Grid:
    end = sheet.end or (0, 0)
    _refuse_large(end[0] + 1, end[1] + 1)
    return Grid(
        name=sheet.name,
        rows=sheet.to_python(skip_empty_area=False),
        merged=tuple(sheet.merged_cell_ranges or ()),
        facts=facts,
    )


def _refuse_large(rows: int, columns: int) -> None:
    if rows > ROWS_MAX + AROUND_ROWS_MAX:
        raise TableRefused("too_many_rows", most=ROWS_MAX)
    if columns > COLUMNS_MAX:
        raise TableRefused("too_many_columns", most=COLUMNS_MAX)
