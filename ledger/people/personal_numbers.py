"""Numbers that say who somebody is or where to reach them: identity numbers, telephone numbers, doors. In words that
are to be published there may be none; in 2025 fifteen thousand records with identity numbers hung on notice boards.

It is told by form alone, however it was typed: full-width, in Chinese numerals, with blanks or hyphens between.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

MASK = "*"
_NUMERALS = str.maketrans("〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "0001234567891234567891")
_GAP = r"[\s\-–—._·*]{0,2}"
_BEFORE, _AFTER = r"(?<![0-9])", r"(?![0-9])"


def _spread(*parts: str) -> str:
    """These parts, with what people put between digits."""
    return _BEFORE + _GAP.join(parts) + _AFTER


_IDENTITY = _spread("[1-9]", *["[0-9]"] * 5, "[12]", *["[0-9]"] * 10, "[0-9Xx]")
_IDENTITY_OLD = _spread("[1-9]", *["[0-9]"] * 14)
_MOBILE = r"(?<![0-9])(?:\+?86" + _GAP + ")?" + _GAP.join(["1", "[3-9]", *["[0-9]"] * 9]) + _AFTER
_LANDLINE = _GAP.join([_BEFORE + r"\(?0[0-9]{2,3}\)?", "[2-9]", *["[0-9]"] * 6]) + f"(?:{_GAP}[0-9])?" + _AFTER
_LONG = r"(?<![0-9])[0-9]{7,}"
_DOOR = (
    r"[0-9]+\s*(?:栋|幢|座|号楼|单元)\s*(?:[0-9]+\s*(?:单元)?\s*[-—]?\s*)?"
    r"(?:[0-9]{3,4}(?![0-9])(?!\s*[人名个次件分小])|[0-9]{1,4}\s*室)"
)
_DAY = re.compile(_BEFORE + "(?:19|20)[0-9]{2}[-/.年]?(?:0?[1-9]|1[0-2])[-/.月]?(?:0?[1-9]|[12][0-9]|3[01])" + _AFTER)
_PERSONAL = [re.compile(each) for each in (_IDENTITY, _IDENTITY_OLD, _MOBILE, _LANDLINE, _DOOR)]


def has_any(text: str) -> bool:
    """Whether these words hold a number that is somebody's."""
    return next(_places(_plain(text)), None) is not None


def hidden(text: str) -> str:
    """The words with each digit of such numbers masked, and all the rest as it was written."""
    plain = _plain(text)
    shown = list(text)
    for first, last in _places(plain):
        for at in range(first, last):
            if plain[at].isascii() and (plain[at].isdigit() or plain[at] in "Xx"):
                shown[at] = MASK
    return "".join(shown)


def _plain(text: str) -> str:
    """Each character as the digit it stands for; as many as there were, so that places stay the same."""
    widths = (unicodedata.normalize("NFKC", each) for each in text.translate(_NUMERALS))
    return "".join(each if len(each) == 1 else "?" for each in widths)


def _places(plain: str) -> Iterator[tuple[int, int]]:
    """(first, behind the last) of each."""
    for sought in _PERSONAL:
        for found in sought.finditer(plain):
            yield found.span()
    days = {at for found in _DAY.finditer(plain) for at in range(*found.span())}
    for found in re.finditer(_LONG, plain):
        if found.start() not in days or found.end() - 1 not in days:
            yield found.span()
