"""Small pictures as cameras and programmes make them, with everything that they write beside the picture."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, PngImagePlugin

KINDS = ("png", "jpeg", "webp")
CANARY = "canary-示例门牌"
"""Stands in every place where a picture can say more than it shows."""
_ORIENTATION, _DESCRIPTION, _ARTIST, _GPS = 0x0112, 0x010E, 0x013B, 0x8825


def drawn(kind: str, *, told: bool = False, orientation: int = 1) -> bytes:
    """A picture of two colours; `told`: with place, time and name beside it."""
    picture = Image.new("RGB", (48, 32), (200, 30, 30))
    picture.paste((30, 30, 200), (0, 0, 24, 32))
    said: dict[str, Any] = {}
    if told or orientation > 1:
        exif = Image.Exif()
        exif[_ORIENTATION] = orientation
        if told:
            exif[_DESCRIPTION] = exif[_ARTIST] = "canary"
            exif.get_ifd(_GPS).update({1: "N", 2: (27.0, 14.0, 8.0), 29: "canary:2026:03:02"})
        said["exif"] = exif.tobytes()
    if told and kind == "png":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", "canary")
        text.add_itxt("Comment", CANARY, zip=False)
        said["pnginfo"] = text
    if told and kind == "jpeg":
        said |= {"comment": b"canary", "icc_profile": b"canary" * 30}
    if told and kind == "webp":
        said |= {"xmp": b"canary", "icc_profile": b"canary" * 30}
    kept = io.BytesIO()
    picture.save(kept, kind, **({"lossless": True} if kind == "webp" else {}), **said)
    behind = b"canary: a film that a phone hides behind the picture" if told and kind == "jpeg" else b""
    return kept.getvalue() + behind
