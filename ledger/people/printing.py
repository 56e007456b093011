"""Codes as scanners read them and cards as people carry them: digits only, because Chinese input methods swallow the
letters that a scanner types.
"""

from __future__ import annotations

import io
from xml.sax.saxutils import escape

import segno

from ledger.people.codes import grouped

QUIET_MODULES = 4
"""The border that ISO/IEC 18004 asks for."""
PNG_SCALE = 8
CARD_MM = (85.6, 54.0)
"""ISO/IEC 7810, ID-1."""
QR_MM = 34.0
CARD_GROUP = 4


def svg(code: str) -> bytes:
    """The digits as a QR code that lies unscaled in a page: as large as whatever holds it."""
    made = io.BytesIO()
    _qr(code).save(made, kind="svg", xmldecl=False, svgclass=None, lineclass=None, omitsize=True, border=QUIET_MODULES)
    return made.getvalue()


def png(code: str) -> bytes:
    """The digits as a QR code, black on white."""
    made = io.BytesIO()
    _qr(code).save(made, kind="png", scale=PNG_SCALE, border=QUIET_MODULES)
    return made.getvalue()


def card_face(card_no: str, *, bank: str, name: str) -> bytes:
    """A card as it is printed, in its real size: whose it is, the number in groups, and the QR code of it."""
    width, height = CARD_MM
    qr = (
        svg(card_no)
        .decode()
        .replace("<svg ", f'<svg x="{width - QR_MM - 4}" y="4" width="{QR_MM}" height="{QR_MM}" ', 1)
    )
    shown = _FACE.format(
        width=width,
        height=height,
        bank=escape(bank),
        name=escape(name),
        number=grouped(card_no, CARD_GROUP).replace("-", " "),
        qr=qr,
    )
    return shown.encode()


def _qr(code: str) -> segno.QRCode:
    return segno.make_qr(code, error="m", mode="numeric")


_FACE = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}">
<rect x="0.3" y="0.3" width="85" height="53.4" rx="3" fill="#fff" stroke="#999" stroke-width="0.3"/>
<g font-family="'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif" fill="#111">
<text x="5" y="12" font-size="4.2">{bank}</text>
<text x="5" y="19" font-size="3.4">积分卡</text>
<text x="5" y="31" font-size="6">{name}</text>
<text x="5" y="48" font-size="5.4" letter-spacing="0.2">{number}</text>
</g>
{qr}
</svg>
"""
