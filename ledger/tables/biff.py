"""What an xls file says of itself beside its values: formulas, error cells, hidden rows ([MS-CFB], [MS-XLS]).

Only what tells these is looked at; the values are read by whoever reads workbooks. Every chain of sectors is followed
no further than the file is long, and whatever does not hold refuses the file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ledger.tables.archives import Facts
from ledger.tables.faults import TableRefused

_HEADER_BYTES, _ENTRY_BYTES = 512, 128
_FREE = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_BOF, _EOF, _BOUNDSHEET, _ROW, _FORMULA, _BOOLERR = 0x0809, 0x000A, 0x0085, 0x0208, 0x0006, 0x0205
_HIDDEN = 0x20
_STREAMS = ("Workbook", "Book")


def facts_of(content: bytes) -> list[Facts]:
    """What is known of each sheet, in the order of the workbook. Refuses file_damaged."""
    try:
        stream = _Container(content).stream(_STREAMS)
        return [_sheet(stream, at) for at in _sheets(stream)]
    except (struct.error, IndexError, ValueError, OverflowError):
        raise TableRefused("file_damaged") from None


class _Container:
    """A compound file: streams of sectors, found over the allocation table."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        sector_shift, mini_shift = struct.unpack_from("<HH", content, 0x1E)
        if not 9 <= sector_shift <= 12 or not 4 <= mini_shift <= 9:
            raise ValueError
        self._size, self._mini_size = 1 << sector_shift, 1 << mini_shift
        self._directory, self._cutoff = self._word(0x30), self._word(0x38)
        self._table = self._allocation()
        self._mini_table = self._numbers(self._chained(self._word(0x3C)))

    def stream(self, names: tuple[str, ...]) -> bytes:
        """The first stream of one of these names."""
        entries = self._chained(self._directory)
        root = entries[:_ENTRY_BYTES]
        for at in range(0, len(entries) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            entry = entries[at : at + _ENTRY_BYTES]
            (length,) = struct.unpack_from("<H", entry, 0x40)
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if name in names:
                start, size = struct.unpack_from("<II", entry, 0x74)
                if size >= self._cutoff:
                    return self._chained(start)[:size]
                (of_root,) = struct.unpack_from("<I", root, 0x74)
                return self._mini_chained(self._chained(of_root), start)[:size]
        raise ValueError

    def _word(self, at: int) -> int:
        (found,) = struct.unpack_from("<I", self._content, at)
        return int(found)

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._content[at : at + self._size]

    def _allocation(self) -> list[int]:
        """The sector after each sector."""
        listed = list(struct.unpack_from("<109I", self._content, 0x4C))
        more, left = self._word(0x44), len(self._content) // self._size
        while more < _FREE and left > 0:
            *numbers, more = self._numbers(self._sector(more))
            listed += numbers
            left -= 1
        return [number for sector in listed if sector < _FREE for number in self._numbers(self._sector(sector))]

    def _chained(self, first: int) -> bytes:
        return b"".join(self._sector(number) for number in _chain(self._table, first))

    def _mini_chained(self, whole: bytes, first: int) -> bytes:
        size = self._mini_size
        return b"".join(whole[number * size : (number + 1) * size] for number in _chain(self._mini_table, first))

    @staticmethod
    def _numbers(sector: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))


def _chain(table: list[int], number: int) -> Iterator[int]:
    """The numbers from this one on; a chain that bites its tail refuses the file."""
    for _ in range(len(table) + 1):
        if number >= _FREE:
            return
        yield number
        number = table[number]
    raise ValueError


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """(kind, content) of the records from here to the end of the part that begins here."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        at += 4 + length


def _sheets(stream: bytes) -> list[int]:
    """Where each sheet begins."""
    return [struct.unpack_from("<I", held)[0] for kind, held in _records(stream, 0) if kind == _BOUNDSHEET]


def _sheet(stream: bytes, at: int) -> Facts:
    facts = Facts()
    for kind, held in _records(stream, at):
        if kind == _ROW:
            row, flags = struct.unpack_from("<H10xH", held)
            if flags & _HIDDEN:
                facts.hidden.add(row)
        elif kind == _FORMULA:
            row, column, result = struct.unpack_from("<HH2x8s", held)
            facts.formulas.add((row, column))
            if result[6:] == b"\xff\xff" and result[0] == 2:
                facts.errors.add((row, column))
        elif kind == _BOOLERR:
            row, column, is_error = struct.unpack_from("<HH3xB", held)
            if is_error:
                facts.errors.add((row, column))
    return facts
