"""Columns by their headers: in any order, under the names that people give them; then row by row, cell by cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.tables.cells import BLANKS, Value, is_blank, is_error, unquoted
from ledger.tables.faults import CellInvalid, Fault, TableRefused, letters
from ledger.tables.reading import ROWS_MAX, Grid

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
class Manners:
    """What a table may have that is said instead of refused. The strictest manners are the default."""

    anchors: frozenset[str] = frozenset()
    """Keys of columns of which a header has one at least, and another column beside it; empty: the first required."""
    reads_formulas: bool = False
    """Whether what a formula came to when it was saved is taken for its value."""
    fills_merged: bool = False
    """Whether cells merged downwards are each taken to hold what all of them show."""
    asides: re.Pattern[str] | None = None
    """How the first filled cell of a row begins that is no record: totals, signatures, the example of a template."""
    unsaid: frozenset[str] = frozenset()
    """Headers, folded, that are not told as ignored: columns of our own."""


STRICT = Manners()


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
    notes: Sequence[Fault] = ()
    """What was read in a way that somebody should know of."""
    keys: frozenset[str] = frozenset()
    """Columns that are there."""
    sheet: str = ""
    header_row: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet with the row of its header and the place of each column, counted from 0."""

    name: str
    rows: Sequence[Sequence[Value]]
    header: int
    placed: Mapping[str, int]


def table_of(grids: Sequence[Grid], columns: Sequence[Column], manners: Manners = STRICT) -> Table:
    """The one sheet with these columns. Refuses TableRefused (sheet_missing, sheet_twice, column_twice, no_rows)."""
    return _reading(grids, columns, manners).table(columns)


def sheet_of(grids: Sequence[Grid], columns: Sequence[Column], manners: Manners = STRICT) -> Sheet:
    """The same sheet as it was brought, for somebody to give it back."""
    reading = _reading(grids, columns, manners)
    reading.unmerge()
    rows = [
        [reading.filled.get((number, index), cell) for index, cell in enumerate(row)]
        for number, row in enumerate(reading.grid.rows)
    ]
    placed = {column.key: index for index, column in reading.placed.items()}
    return Sheet(name=reading.grid.name, rows=rows, header=reading.at, placed=placed)


def _reading(grids: Sequence[Grid], columns: Sequence[Column], manners: Manners) -> _Reading:
    known = {folded(name): column for column in columns for name in column.names}
    first = next(column for column in columns if column.required or column.key in manners.anchors)
    anchors = manners.anchors or {first.key}
    found = [(grid, at) for grid in grids if (at := _header_at(grid, known, anchors, 1 + bool(manners.anchors))) >= 0]
    if not found:
        raise TableRefused("sheet_missing", column=first.names[0])
    if len(found) > 1:
        raise TableRefused("sheet_twice", sheets="、".join(grid.name for grid, _ in found))
    grid, at = found[0]
    return _Reading(grid, at, known, manners)


def folded(header: Value) -> str:
    """A header as it is compared: NFKC, without blanks, stars and marks such as 必填."""
    return _BESIDES.sub("", unicodedata.normalize("NFKC", str(header)).strip(BLANKS).lower())


def _header_at(grid: Grid, known: Mapping[str, Column], anchors: frozenset[str] | set[str], least: int) -> int:
    """The first row that is a header; -1 where none is."""
    for at, row in enumerate(grid.rows[:HEADER_ROWS_MAX]):
        keys = {column.key for cell in row if (column := known.get(folded(cell)))}
        if keys & anchors and len(keys) >= least:
            return at
    return -1


class _Reading:
    """One sheet while it is read."""

    def __init__(self, grid: Grid, at: int, known: Mapping[str, Column], manners: Manners) -> None:
        self.grid, self.at, self.manners = grid, at, manners
        self.placed: dict[int, Column] = {}
        self.headers: dict[str, tuple[str, str]] = {}
        self.ignored: list[str] = []
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []
        self.filled: dict[tuple[int, int], Value] = {}
        for index, cell in enumerate(grid.rows[at]):
            column = known.get(folded(cell))
            if column is None:
                if not is_blank(cell) and folded(cell) not in manners.unsaid:
                    self.ignored.append(str(cell).strip(BLANKS))
                continue
            if column.key in self.headers:
                raise TableRefused("column_twice", column=column.names[0])
            self.placed[index] = column
            self.headers[column.key] = (letters(index), str(cell).strip(BLANKS))

    def table(self, columns: Sequence[Column]) -> Table:
        for column in columns:
            if column.required and column.key not in self.headers:
                raise TableRefused("column_missing", column=column.names[0])
        self.unmerge()
        rows: list[Row] = []
        count = 0
        for count, (number, cells) in enumerate(self._below(), 1):
            if count > ROWS_MAX:
                raise TableRefused("too_many_rows", most=ROWS_MAX)
            wrong, values = self._row(number, cells)
            self.faults += wrong
            if not wrong:
                rows.append(Row(number=number + 1, values=values, columns=self.headers))
        if not count:
            raise TableRefused("no_rows")
        return Table(
            rows=rows,
            faults=self.faults,
            ignored=self.ignored,
            notes=self.notes,
            keys=frozenset(self.headers),
            sheet=self.grid.name,
            header_row=self.at + 1,
        )

    def _below(self) -> Iterator[tuple[int, list[Value]]]:
        """Rows below the header that hold anything and are no asides, counted from 0."""
        errors, asides = self.grid.facts.errors, self.manners.asides
        for number, row in enumerate(self.grid.rows[self.at + 1 :], self.at + 1):
            cells = (
                [self.filled.get((number, index), cell) for index, cell in enumerate(row)] if self.filled else [*row]
            )
            first = next((cell for cell in cells if not is_blank(cell)), None)
            if first is None and not any((number, index) in errors for index in range(len(cells))):
                continue
            if asides is not None and isinstance(first, str) and asides.match(first.strip(BLANKS)):
                self.notes.append(Fault.of("aside", row=number + 1))
                continue
            yield number, cells

    def unmerge(self) -> None:
        """Of merged cells only the first holds what all of them show."""
        for first, last in self.grid.merged:
            if last[0] < self.at or first == last:
                continue
            where = {"row": first[0] + 1, "column": letters(first[1])}
            if not self.manners.fills_merged or first[0] <= self.at or first[1] != last[1]:
                self.faults.append(Fault.of("merged_cells", **where))  # type: ignore[arg-type]
                continue
            shown = self.grid.rows[first[0]][first[1]]
            self.filled |= {(row, first[1]): shown for row in range(first[0], last[0] + 1)}
            self.notes.append(Fault.of("merged_read", {"last": last[0] + 1}, **where))  # type: ignore[arg-type]

    def _row(self, number: int, cells: Sequence[Value]) -> tuple[list[Fault], dict[str, Any]]:
        faults: list[Fault] = []
        values: dict[str, Any] = {}
        if number in self.grid.facts.hidden:
            faults.append(Fault.of("hidden_row", row=number + 1))
        for index, column in self.placed.items():
            cell: Value = cells[index] if index < len(cells) else ""
            try:
                if value := self._cell(number, index, cell, column):
                    values[column.key] = value[0]
            except CellInvalid as invalid:
                where = {"row": number + 1, "column": letters(index), "header": column.names[0]}
                faults.append(Fault.of(invalid.code, invalid.facts, **where))  # type: ignore[arg-type]
        return faults, values

    def _cell(self, row: int, index: int, cell: Value, column: Column) -> tuple[Any] | None:
        """The value of a cell; None where it is empty and may be."""
        if (row, index) in self.grid.facts.errors or is_error(cell):
            raise CellInvalid("error_cell")
        is_formula = (row, index) in self.grid.facts.formulas
        if is_formula and self.manners.reads_formulas and not is_blank(cell):
            self.notes.append(Fault.of("formula_read", row=row + 1, column=letters(index), header=column.names[0]))
        elif is_formula or (isinstance(cell, str) and cell.lstrip().startswith("=")):
            raise CellInvalid("formula")
        cell = unquoted(cell)
        if is_blank(cell):
            if column.required:
                raise CellInvalid("missing")
            return None
        return (column.read(cell),)
