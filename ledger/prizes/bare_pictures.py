"""Bare pictures: what a screen needs of a PNG, JPEG or WebP, and nothing that a camera or a programme wrote beside it:
no place, no time, no name, no second picture behind the first (个保法 art. 6: no more than the purpose needs).

Nothing is drawn anew, so the picture is as sharp as it came. Which way up it is held stays: a phone turns no pixels.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"IDAT", b"IEND"})
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
_WEBP_DRAWN = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
_WEBP_SAID = 0x2C
"""The bits of VP8X that announce a colour profile, Exif and XMP."""
_SOI, _EOI, _SOS, _APP0, _APP1, _APP14, _COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xEE, 0xFE
_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112
_RESTARTS = range(0xD0, 0xD8)


class Damaged(ValueError):
    """It begins like a picture and is none."""


def bare(content: bytes, media_type: str) -> bytes:
    """The same picture, bare. Refuses Damaged."""
    try:
        return {"image/png": _png, "image/jpeg": _jpeg, "image/webp": _webp}[media_type](content)
    except (struct.error, IndexError) as error:
        raise Damaged(str(error)) from error


def _png(content: bytes) -> bytes:
    made, at, kind = bytearray(PNG), len(PNG), b""
    while kind != b"IEND":
        (length,) = struct.unpack_from(">I", content, at)
        kind, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            raise Damaged("a chunk is cut short")
        if at == len(PNG) and kind != b"IHDR":
            raise Damaged("it has no size")
        if kind in _PNG_KEPT:
            made += content[at:end]
        at = end
    return bytes(made)


def _webp(content: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", content, 4)
    end = 8 + size
    if end > len(content):
        raise Damaged("it is cut short")
    body, at, drawn = bytearray(b"WEBP"), 12, False
    while at < end:
        kind = content[at : at + 4]
        (length,) = struct.unpack_from("<I", content, at + 4)
        if at + 8 + length > end:
            raise Damaged("a chunk is cut short")
        if kind in _WEBP_KEPT:
            chunk = bytearray(content[at : at + 8 + length])
            if kind == b"VP8X":
                chunk[8] &= ~_WEBP_SAID & 0xFF
            body += chunk + b"\0" * (length % 2)
            drawn = drawn or kind in _WEBP_DRAWN
        at += 8 + length + length % 2
    if not drawn:
        raise Damaged("there is no picture in it")
    return b"RIFF" + struct.pack("<I", len(body)) + bytes(body)


class _Segment(NamedTuple):
    marker: int
    payload: bytes
    scan: bytes
    """What follows it up to the next marker; only a scan has any."""


def _jpeg(content: bytes) -> bytes:
    made, held = bytearray((0xFF, _SOI)), 1
    has_scan = False
    for segment in _segments(content):
        marker, payload = segment.marker, segment.payload
        if marker == _APP1 and payload.startswith(_EXIF):
            held = _orientation(payload[len(_EXIF) :])
            made += _turned(held) if held > 1 else b""
        elif marker == _APP0 and payload.startswith(b"JFIF\0"):
            made += _segment(marker, payload[:12] + b"\0\0")  # without the small picture it may carry
        elif marker == _APP14 or not (_APP0 <= marker <= 0xEF or marker == _COM):
            made += _segment(marker, payload) + segment.scan
            has_scan = has_scan or marker == _SOS
    if not has_scan:
        raise Damaged("there is no picture in it")
    return bytes(made) + bytes((0xFF, _EOI))


def _segments(content: bytes) -> Iterator[_Segment]:
    """From the first to the end of the picture; what stands behind it is no part of it."""
    at = 2
    while True:
        while content[at] == 0xFF and content[at + 1] == 0xFF:  # fill bytes
            at += 1
        if content[at] != 0xFF:
            raise Damaged("a marker is missing")
        marker = content[at + 1]
        if marker == _EOI:
            return
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise Damaged("a segment is cut short")
        after = _scanned(content, end) if marker == _SOS else end
        yield _Segment(marker, content[at + 4 : end], content[end:after])
        at = after


def _scanned(content: bytes, at: int) -> int:
    """Where the next marker stands behind a scan."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise Damaged("the scan does not end")
        following = content[at + 1]
        if following != 0 and following not in _RESTARTS and following != 0xFF:
            return at
        at += 1 if following == 0xFF else 2


def _segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def _orientation(tiff: bytes) -> int:
    """1 to 8 as Exif counts; 1, upright, where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (many,) = struct.unpack_from(f"{order}H", tiff, at)
        for entry in range(at + 2, at + 2 + 12 * many, 12):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _turned(orientation: int) -> bytes:
    """Exif that says which way up it is held, and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, orientation, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return _segment(_APP1, _EXIF + tiff)
