"""Merging streams that are all ordered by the same number: take what belongs to one, notice what belongs to none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

Row = TypeVar("Row", bound=tuple[Any, ...])


class Lane(Generic[Row]):
    """Rows ordered by their first column."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next: Row | None = next(rows, None)
        self._passed: list[Row] = []

    def take(self, number: int) -> list[Row]:
        """The rows of this number. Numbers are asked for in rising order."""
        row = self._next
        if row is None or row[0] > number:
            return []
        taken: list[Row] = []
        while row is not None and row[0] <= number:
            (taken if row[0] == number else self._passed).append(row)
            row = next(self._rows, None)
        self._next = row
        return taken

    def strays(self) -> Iterator[Row]:
        """Rows nobody asked for: those passed over so far; at the very end also the rest."""
        yield from self._passed
        if self._next is not None:
            yield self._next
            yield from self._rows
