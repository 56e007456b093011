"""Columns of values as PostgreSQL's binary arrays: a batch is a few arrays, and this is where a driver's general way
spends most of its time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from struct import Struct
from types import NoneType
from typing import Any

HEADER = Struct(">iiIii")
LENGTH = Struct(">i")
LENGTHS = tuple(LENGTH.pack(size) for size in range(1_024))
NULL = LENGTH.pack(-1)
UUID_LENGTH = LENGTH.pack(16)
BIGINT = Struct(">iq")
DAY = Struct(">ii")
FIRST_DAY = date(2000, 1, 1).toordinal()
"""PostgreSQL counts dates from here."""


def array(kind: str, column: Sequence[Any]) -> bytes:
    """One column as a one-dimensional array of `kind`: bigint, uuid, text, bytea or date. None becomes null."""
    oid, elements = _KINDS[kind]
    if not column:
        return HEADER.pack(0, 0, oid, 0, 0)[:12]
    null = NoneType in set(map(type, column))  # not `None in column`: it would ask every value whether it equals None
    body = b"".join([NULL if value is None else elements([value]) for value in column]) if null else elements(column)
    return HEADER.pack(1, null, oid, len(column), 1) + body


def _bigints(column: Sequence[int]) -> bytes:
    interleaved = [8] * (2 * len(column))
    interleaved[1::2] = column
    return _pairs(len(column)).pack(*interleaved)


@cache
def _pairs(count: int) -> Struct:
    return Struct(">" + "iq" * count)


def _uuids(column: Sequence[Any]) -> bytes:
    return UUID_LENGTH + UUID_LENGTH.join([value.bytes for value in column])


def _texts(column: Sequence[str]) -> bytes:
    return _byteas([value.encode() for value in column])


def _byteas(column: Sequence[bytes]) -> bytes:
    return b"".join([part for value in column for part in (_length(value), value)])


def _length(value: bytes) -> bytes:
    size = len(value)
    return LENGTHS[size] if size < len(LENGTHS) else LENGTH.pack(size)


def _days(column: Sequence[date]) -> bytes:
    return b"".join([DAY.pack(4, value.toordinal() - FIRST_DAY) for value in column])


_KINDS: dict[str, tuple[int, Callable[[Sequence[Any]], bytes]]] = {
    "bigint": (20, _bigints),
    "uuid": (2950, _uuids),
    "text": (25, _texts),
    "bytea": (17, _byteas),
    "date": (1082, _days),
}
"""The type's number in every PostgreSQL, and how its values follow each other."""
