"""Tables that people bring: xlsx, xls, ods and csv, read exactly or refused with the cell, the reason and the mend.

Nothing is guessed. A spreadsheet seldom holds what it shows: long numbers have lost digits, formulas may be stale,
merged and hidden cells hide rows. Whatever could be meant in two ways is pointed out to whoever can mend it. What is
written for people to open again cannot be taken for a formula (`writing`). Pure: bytes in, values out.
"""

from ledger.tables.cells import Empty, Value
from ledger.tables.columns import Column, Manners, Row, Table, table_of
from ledger.tables.faults import CellInvalid, Fault, TableRefused
from ledger.tables.reading import Grid, read

__all__ = [
    "CellInvalid",
    "Column",
    "Empty",
    "Fault",
    "Grid",
    "Manners",
    "Row",
    "Table",
    "TableRefused",
    "Value",
    "read",
    "table_of",
]
