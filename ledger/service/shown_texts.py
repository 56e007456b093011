"""What may be shown of somebody in need: nothing by which they could be found, and never a call for money. Pure.

The poor, the ill and the young are protected by default: a wish hangs on the wall as words about the wish alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_CASH = re.compile(r"现金|红包|转账|汇款|打钱|给钱|借钱|还款|充值|收款码|\bcash\b|\bmoney\b", re.IGNORECASE)
_PARTS = {
    "id_number": re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),
    "phone": re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)"),
    "flat": re.compile(
        r"[\d一二三四五六七八九十甲乙丙]+\s*(?:号楼|栋|幢|单元|室|门牌)|(?<!\d)\d{1,3}-\d{1,2}-\d{3,4}(?!\d)"
    ),
}
CUT = "□□□"
"""What stands where something was cut out."""
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s·.](?=\d)")


def asks_for_cash(text: str) -> bool:
    """Whether these words ask for money or what is as good as money."""
    return _CASH.search(unicodedata.normalize("NFKC", text)) is not None


def redacted(text: str) -> str:
    """These words without telephones, identity numbers and flats: what those may read who do not go there."""
    shown = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", text))
    for pattern in _PARTS.values():
        shown = pattern.sub(CUT, shown)
    return text if CUT not in shown else shown


def exposes(text: str, names: Iterable[str] = ()) -> str | None:
    """What in these words gives somebody away: id_number, phone, flat or name; None where nothing does.

    `names` are those of the people it is about.
    """
    written = unicodedata.normalize("NFKC", text)
    digits = _BETWEEN_DIGITS.sub("", written)
    for what, pattern in _PARTS.items():
        if pattern.search(digits):
            return what
    bare = re.sub(r"\s", "", written)
    return "name" if any(len(name) > 1 and re.sub(r"\s", "", name) in bare for name in names) else None
