"""Labels: small pictures for the prizes of a demo, made of a few shapes in calm colours, the same on every machine."""

from __future__ import annotations

import struct
import zlib

from ledger.prizes.bare_pictures import PNG

SIDE = 96
_TINTS = ((214, 231, 224), (226, 222, 240), (243, 228, 210), (213, 226, 241), (240, 218, 222))
_INKS = ((58, 122, 98), (98, 84, 158), (176, 108, 44), (52, 104, 164), (168, 70, 88))


def label(at: int) -> bytes:
    """The label of the prize at this place: a vessel in one of five colours, with one to three bands."""
    tint, ink, bands = _TINTS[at % 5], _INKS[at % 5], 1 + at // 5
    rows = [bytes(c for x in range(SIDE) for c in (ink if _is_ink(x, y, bands) else tint)) for y in range(SIDE)]
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    drawn = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return PNG + _chunk(b"IHDR", header) + _chunk(b"IDAT", drawn) + _chunk(b"IEND", b"")


def _is_ink(x: int, y: int, bands: int) -> bool:
    is_lid = 36 <= x < 60 and 16 <= y < 24
    is_body = 28 <= x < 68 and 28 <= y < 82
    is_band = any(40 + 12 * band <= y < 46 + 12 * band for band in range(bands))
    return is_lid or (is_body and not is_band)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
