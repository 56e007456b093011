"""Papers: what is printed and pinned up, pocketed or stamped. Templates of ours, a font that has every Chinese
character, and values; the same values make the same bytes, and nothing is fetched from anywhere.

A paper says of itself, in `values`: `paper` ("a4" or "a3"), `bank` and `unit` (whose paper it is), `title`, `dated`
(ISO day), and `seq` (how far the ledger had come; None if that means nothing here). The rest is its template's.
Values are text, never markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import segno

if TYPE_CHECKING:
    from typst import Fonts

TEMPLATES = Path(__file__).parent / "templates"
PAPERS = ("a4", "a3")
_FONT_PACKAGE = "noto_cjk_sans_otc"
_NO_PACKAGES = TEMPLATES / "no-packages"
"""Where templates find packages: nowhere. Without a place of ours they would be looked for on the network."""
_QUIET_MODULES = 4
"""The border that ISO/IEC 18004 asks for."""


class PapersMissing(RuntimeError):
    """What prints is not installed here: the bank works without it, but makes no papers."""

    def __init__(self) -> None:
        super().__init__("no papers can be printed here: pip install pioneer-bank[pdf]")


def render(template: str, values: Mapping[str, Any]) -> bytes:
    """The paper as PDF. Refuses PapersMissing."""
    (pdf,) = _compiled(template, values, "pdf")
    return pdf


def pictures(template: str, values: Mapping[str, Any], *, ppi: int) -> list[bytes]:
    """The pages of the same paper as PNG, for screens. Refuses PapersMissing."""
    return _compiled(template, values, "png", ppi)


def qr(text: str) -> str:
    """A QR code as SVG, as templates take it."""
    return segno.make_qr(text, error="m").svg_inline(border=_QUIET_MODULES, omitsize=True)


def _compiled(
    template: str, values: Mapping[str, Any], form: Literal["pdf", "png"], ppi: int | None = None
) -> list[bytes]:
    fonts = _fonts()
    import typst  # an extra: 80 MB that only papers need

    made: Any = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=fonts,
        ignore_system_fonts=True,
        format=form,
        ppi=ppi,
        sys_inputs={"values": json.dumps(_plain(dict(values)), ensure_ascii=False)},
        package_path=str(_NO_PACKAGES),
        package_cache_path=str(_NO_PACKAGES),
        timestamp=datetime.combine(date.fromisoformat(values["dated"]), time(), UTC),
    )
    return [made] if isinstance(made, bytes) else list(made)  # one page, or one of several


@cache
def _fonts() -> Fonts:
    """Only the font of the wheel: a paper looks the same on every machine."""
    try:
        import typst

        folder = resources.files(_FONT_PACKAGE)
    except ModuleNotFoundError:
        raise PapersMissing from None
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


_BIDI = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Marks that turn the text after them round: in a name they are a trick, and print would follow them."""


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(_BIDI)
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
