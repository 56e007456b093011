"""Columns by their headers: in any order, under the names that people give them; then row by row, cell by cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.tables.cells import BLANKS, Value, is_blank, is_error
from ledger.tables.faults import CellInvalid, Fault, TableRefused, letters
from ledger.tables.reading import Grid

HEADER_ROWS_MAX = 10
"""A title, a date, a remark may stand above the header; not more than this."""
_BESIDES = re.compile(r"[\s*:()\[\]【】★]|必填|选填|可选|required|optional")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column by the first of its names; the others are what people call it, too."""

    key: str
    names: tuple[str, ...]
    read: Callable[[Value], Any]
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row that was filled in; `number` as the spreadsheet counts; values by column key, without what is empty."""

    number: int
    values: Mapping[str, Any]
    columns: Mapping[str, tuple[str, str]]
    """(letters, header) of each column, for faults."""

    def fault(self, key: str | None, code: str, zh: str, en: str) -> Fault:
        column, header = self.columns.get(key or "", (None, None))
        return Fault(row=self.number, column=column, header=header, code=code, zh=zh, en=en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as it was meant. Rows with a fault are not among `rows`."""

    rows: Sequence[Row]
    faults: Sequence[Fault]
    ignored: Sequence[str]
    """Headers that nobody asked for: their columns were not read."""


def table_of(grids: Sequence[Grid], columns: Sequence[Column]) -> Table:
    """The one sheet with these columns. Refuses TableRefused (sheet_missing, sheet_twice, column_twice, no_rows)."""
    known = {folded(name): column for column in columns for name in column.names}
    anchor = next(column for column in columns if column.required)
    found = [(grid, at) for grid in grids if (at := _header_at(grid, known, anchor)) is not None]
    if not found:
        raise TableRefused("sheet_missing", column=anchor.names[0])
    if len(found) > 1:
        raise TableRefused("sheet_twice", sheets="、".join(grid.name for grid, _ in found))
    grid, at = found[0]
    return _read(grid, at, columns, known)


def folded(header: Value) -> str:
    """A header as it is compared: NFKC, without blanks, stars and marks such as 必填."""
    return _BESIDES.sub("", unicodedata.normalize("NFKC", str(header)).strip(BLANKS).lower())


def _header_at(grid: Grid, known: Mapping[str, Column], anchor: Column) -> int | None:
    for at, row in enumerate(grid.rows[:HEADER_ROWS_MAX]):
        if any(known.get(folded(cell)) is anchor for cell in row):
            return at
    return None


def _read(grid: Grid, at: int, columns: Sequence[Column], known: Mapping[str, Column]) -> Table:
    placed: dict[int, Column] = {}
    headers: dict[str, tuple[str, str]] = {}
    ignored: list[str] = []
    for index, cell in enumerate(grid.rows[at]):
        column = known.get(folded(cell))
        if column is None:
            if not is_blank(cell):
                ignored.append(str(cell).strip(BLANKS))
            continue
        if column.key in headers:
            raise TableRefused("column_twice", column=column.names[0])
        placed[index] = column
        headers[column.key] = (letters(index), str(cell).strip(BLANKS))
    for column in columns:
        if column.required and column.key not in headers:
            raise TableRefused("column_missing", column=column.names[0])
    faults = _merged(grid, at)
    rows: list[Row] = []
    is_anything = False
    for number, cells in enumerate(grid.rows[at + 1 :], at + 1):
        if all(is_blank(cell) and (number, index) not in grid.facts.errors for index, cell in enumerate(cells)):
            continue
        is_anything = True
        wrong, values = _row(grid, number, cells, placed)
        faults += wrong
        if not wrong:
            rows.append(Row(number=number + 1, values=values, columns=headers))
    if not is_anything:
        raise TableRefused("no_rows")
    return Table(rows=rows, faults=faults, ignored=ignored)


def _merged(grid: Grid, header: int) -> list[Fault]:
    """Merged cells in the header or below it: only the first of them holds what all of them show."""
    return [
        Fault.of("merged_cells", row=first[0] + 1, column=letters(first[1]))
        for first, last in grid.merged
        if last[0] >= header and first != last
    ]


def _row(
    grid: Grid, number: int, cells: Sequence[Value], placed: Mapping[int, Column]
) -> tuple[list[Fault], dict[str, Any]]:
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    if number in grid.facts.hidden:
        faults.append(Fault.of("hidden_row", row=number + 1))
    for index, column in placed.items():
        cell: Value = cells[index] if index < len(cells) else ""
        try:
            if value := _cell(grid, number, index, cell, column):
                values[column.key] = value[0]
        except CellInvalid as invalid:
            where = {"row": number + 1, "column": letters(index), "header": column.names[0]}
            faults.append(Fault.of(invalid.code, invalid.facts, **where))  # type: ignore[arg-type]
    return faults, values


def _cell(grid: Grid, row: int, index: int, cell: Value, column: Column) -> tuple[Any] | None:
    """The value of a cell; None where it is empty and may be."""
    if (row, index) in grid.facts.errors or is_error(cell):
        raise CellInvalid("error_cell")
    if (row, index) in grid.facts.formulas or (isinstance(cell, str) and cell.lstrip().startswith("=")):
        raise CellInvalid("formula")
    if is_blank(cell):
        if column.required:
            raise CellInvalid("missing")
        return None
    return (column.read(cell),)
