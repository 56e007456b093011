"""Real files for tests: written by openpyxl and XlsxWriter, or put together byte by byte where no writer would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import xlsxwriter  # type: ignore[import-untyped]

Rows = Sequence[Sequence[Any]]


def xlsx(rows: Rows, *, by: str = "openpyxl", **sheets: Rows) -> bytes:
    """A workbook of one sheet, and of more where they are named."""
    buffer = io.BytesIO()
    everything = {"名册": rows, **sheets}
    if by == "openpyxl":
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, cells in everything.items():
            sheet = book.create_sheet(name)
            for row in cells:
                sheet.append(list(row))
        book.save(buffer)
    else:
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
            for name, cells in everything.items():
                written = made.add_worksheet(name)
                for at, row in enumerate(cells):
                    written.write_row(at, 0, row)
    return buffer.getvalue()


def edited(rows: Rows, edit: Any) -> bytes:
    """A workbook of openpyxl's that somebody went over: `edit(sheet)`."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    edit(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def changed(content: bytes, member: str, change: Any) -> bytes:
    """The same archive with one member rewritten."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            held = old.read(info)
            new.writestr(info.filename, change(held) if info.filename == member else held)
    return buffer.getvalue()


def ods(rows: Rows, *, hidden: Sequence[int] = (), formulas: Sequence[tuple[int, int]] = ()) -> bytes:
    """A spreadsheet as LibreOffice and WPS save it, of text and numbers."""
    body = ""
    for at, row in enumerate(rows):
        cells = ""
        for index, cell in enumerate(row):
            formula = ' table:formula="of:=[.A1]"' if (at, index) in formulas else ""
            if isinstance(cell, int | float):
                cells += (
                    f'<table:table-cell office:value-type="float" office:value="{cell}"{formula}>'
                    f"<text:p>{cell}</text:p></table:table-cell>"
                )
            elif cell == "":
                cells += "<table:table-cell/>"
            else:
                cells += (
                    f'<table:table-cell office:value-type="string"{formula}><text:p>{cell}</text:p></table:table-cell>'
                )
        shown = ' table:visibility="collapse"' if at in hidden else ""
        body += f"<table:table-row{shown}>{cells}</table:table-row>"
    body += '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
        f'<office:body><office:spreadsheet><table:table table:name="名册">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()
