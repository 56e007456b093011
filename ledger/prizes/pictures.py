"""Pictures of prizes, for screens and walls. Known by what is in them, so the same bytes are kept once; served as long
as a prize shows them.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from ledger.bank import Bank, By
from ledger.prizes import catalogue
from ledger.prizes.bare_pictures import PNG, Damaged, bare
from ledger.prizes.catalogue import Prize
from ledger.store import rows
from ledger.store.rows import Taken

SIZE_MAX = 300_000
"""Bytes of one picture: a wall of twenty loads over a slow line."""


class PictureRefused(ValueError):
    """Too large, damaged, or no picture that every screen shows; `zh` and `en` say which."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class Picture(NamedTuple):
    media_type: str
    content: bytes


def show_prize(bank: Bank, by: By, prize: Prize, content: bytes) -> Prize:
    """Show the prize with this picture from now on, without what a camera wrote beside it. Refuses PictureRefused."""
    media_type = sniffed(content)
    if media_type is None:
        raise PictureRefused("只收 PNG、JPEG、WebP 图片", "only PNG, JPEG and WebP pictures")
    if len(content) > SIZE_MAX:
        raise PictureRefused(f"图片过大, 最多 {SIZE_MAX} 字节", f"too large: at most {SIZE_MAX} bytes")
    try:
        content = bare(content, media_type)
    except Damaged:
        raise PictureRefused("图片已损坏, 请换一张", "the picture is damaged: take another") from None
    digest = hashlib.sha256(content).hexdigest()
    row = {"digest": digest, "media_type": media_type, "content": content, "added_by": by.actor}
    if find(bank, digest, shown=False) is None:
        try:
            with bank.changing(by) as change:
                change.add("prize_picture", row | {"added_at": change.now}, unique="digest")
                change.audit("picture", "prize", prize.id, after={"digest": digest, "size": len(content)})
        except Taken:  # somebody added the same picture at the same moment
            pass
    return catalogue.change_prize(bank, by, prize, picture=digest)


def find(bank: Bank, digest: str, *, shown: bool = True) -> Picture | None:
    """The picture, if some prize shows it; with `shown` False, even if none does any more."""
    with bank.store.reading() as connection:
        row = rows.find(connection, "prize_picture", digest=digest)
        if row is None or (shown and rows.find(connection, "prize", picture=digest) is None):
            return None
    return Picture(row["media_type"], bytes(row["content"]))


def sniffed(content: bytes) -> str | None:
    """What it is by its first bytes, whatever it is called; None where no screen need show it."""
    if content.startswith(PNG):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None
