"""Text tables: BOM, then strict UTF-8, then GB18030; no detector (one of them read a GBK roster as Korean)."""

from __future__ import annotations

import codecs
import csv
import io

from ledger.tables.faults import TableRefused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATORS = (",", "\t", ";", "，")
FIELD_CHARACTERS_MAX = 32_767
"""As much as a cell of a spreadsheet holds."""
csv.field_size_limit(FIELD_CHARACTERS_MAX)


def decoded(content: bytes) -> str:
    """The text of these bytes. Refuses text_unreadable."""
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise TableRefused("text_unreadable")


def rows_of(content: bytes) -> list[list[str]]:
    """The rows of a csv, separated by whichever of comma, tab and semicolon its first line has most of.

    Refuses text_unreadable, text_malformed.
    """
    text = decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        rows += reader
    except csv.Error:
        raise TableRefused("text_malformed", line=reader.line_num) from None
    return rows
