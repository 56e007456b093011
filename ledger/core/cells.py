"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula, in full width too."""

Cell = str | int | None


def neutralised(cell: Cell) -> Cell:
    """Words that a spreadsheet would take for a formula get an apostrophe in front; integers stay what they are."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
