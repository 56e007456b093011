"""What an xlsx or ods file says of itself, looked at before anything opens it as a spreadsheet.

Both are zip archives of XML. Unpacked sizes are counted while unpacking, because an archive may lie about them; a DTD
is refused wherever it stands; and the far corner of each sheet is known before a grid of that size is reserved.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import join, normpath
from xml.parsers import expat

from ledger.tables.faults import TableRefused

MEMBERS_MAX = 2_000
UNPACKED_BYTES_MAX = 150_000_000
CHUNK_BYTES = 1 << 16
_ENCRYPTED = 0x1
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(slots=True)
class Facts:
    """What is known of one sheet beside its values; rows and columns count from 0."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    last_row: int = -1
    last_column: int = -1

    def used(self, row: int, column: int) -> None:
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)


def unpacked(content: bytes) -> dict[str, bytes]:
    """The XML members of an archive by name. Refuses file_damaged, file_locked, file_expands, file_declares."""
    members: dict[str, bytes] = {}
    left = UNPACKED_BYTES_MAX
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > MEMBERS_MAX:
                raise TableRefused("file_expands")
            for info in infos:
                if info.flag_bits & _ENCRYPTED:
                    raise TableRefused("file_locked")
                parts: list[bytes] = []
                with archive.open(info) as member:
                    while chunk := member.read(CHUNK_BYTES):
                        left -= len(chunk)
                        if left < 0:
                            raise TableRefused("file_expands")
                        parts.append(chunk)
                if info.filename.endswith((".xml", ".rels")) or info.filename == "mimetype":
                    members[info.filename.lstrip("/")] = b"".join(parts)
    except TableRefused:
        raise
    except Exception:  # noqa: BLE001 - a broken archive breaks its reader in many ways; all of them mean this
        raise TableRefused("file_damaged") from None
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in members.values()):
        raise TableRefused("file_declares")
    return members


def sheets_of(members: dict[str, bytes]) -> dict[str, Facts] | None:
    """The sheets of the workbook by name; None where it is neither xlsx nor ods. Refuses file_damaged and
    file_declares.
    """
    if "xl/workbook.xml" in members:
        return {name: _xlsx_sheet(members[part]) for name, part in _parts(members) if part in members}
    if members.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return _ods_sheets(members.get("content.xml", b""))
    return None


def _parts(members: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """(sheet name, path of its part)."""
    targets: dict[str, str] = {}
    named: list[tuple[str, str]] = []

    def relation(tag: str, given: dict[str, str]) -> None:
        if tag.endswith("Relationship"):
            targets[given.get("Id", "")] = given.get("Target", "")

    def sheet(tag: str, given: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            named.append((given.get("name", ""), next((v for k, v in given.items() if _local(k) == "id"), "")))

    _parse(members.get("xl/_rels/workbook.xml.rels", b""), relation)
    _parse(members["xl/workbook.xml"], sheet)
    for name, id in named:
        target = targets.get(id, "")
        yield name, target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _xlsx_sheet(part: bytes) -> Facts:
    facts = Facts()
    row = column = -1

    def begun(tag: str, given: dict[str, str]) -> None:
        nonlocal row, column
        name = _local(tag)
        if name == "row":
            row = int(given["r"]) - 1 if given.get("r", "").isdigit() else row + 1
            column = -1
            if given.get("hidden") in ("1", "true"):
                facts.hidden.add(row)
        elif name == "c":
            row, column = _place(given.get("r", ""), row, column + 1)
            if given.get("t") == "e":
                facts.errors.add((row, column))
        elif name == "f":
            facts.formulas.add((row, column))
            facts.used(row, column)
        elif name in ("v", "is"):
            facts.used(row, column)

    _parse(part, begun)
    return facts


def _place(reference: str, row: int, column: int) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return row, column
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, number - 1


def _ods_sheets(content: bytes) -> dict[str, Facts]:
    sheets: dict[str, Facts] = {}
    facts = Facts()
    row = column = rows = columns = 0
    filled = hidden = False

    def begun(tag: str, given: dict[str, str]) -> None:
        nonlocal facts, row, column, rows, columns, filled, hidden
        name = _local(tag)
        told = {_local(key): value for key, value in given.items()}
        if name == "table":
            facts = sheets[told.get("name", "")] = Facts()
            row = 0
        elif name == "table-row":
            column, rows = 0, _count(told, "number-rows-repeated")
            hidden, filled = told.get("visibility") in ("collapse", "filter"), False
        elif name in ("table-cell", "covered-table-cell"):
            columns = _count(told, "number-columns-repeated")
            if "value-type" in told or "formula" in told:
                filled = True
                facts.used(row + rows - 1, column + columns - 1)
                if "formula" in told:
                    facts.formulas.add((row, column))
                if told.get("value-type") == "error" or "error" in given.get("calcext:value-type", ""):
                    facts.errors.add((row, column))

    def ended(tag: str) -> None:
        nonlocal row, column
        name = _local(tag)
        if name == "table-row":
            if hidden and filled:
                facts.hidden.add(row)
            row += rows
        elif name in ("table-cell", "covered-table-cell"):
            column += columns

    _parse(content, begun, ended)
    return sheets


def _count(given: dict[str, str], name: str) -> int:
    written = given.get(name, "1")
    return max(1, int(written)) if written.isdigit() and len(written) < 10 else 1


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _parse(part: bytes, begun: object, ended: object = None) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = begun  # type: ignore[assignment]
    parser.EndElementHandler = ended  # type: ignore[assignment]
    parser.StartDoctypeDeclHandler = _declared
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise TableRefused("file_damaged") from None


def _declared(*_: object) -> None:
    raise TableRefused("file_declares")
