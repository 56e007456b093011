"""Cells: what a spreadsheet holds, read as what was meant, or refused."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Final

from ledger.tables.faults import CellInvalid

Value = str | float | int | bool | date | datetime | time | timedelta
Empty: Final = ""
"""What an empty cell holds."""

EXACT_DIGITS_MAX = 15
"""A spreadsheet holds numbers as doubles: of more digits than these it has already lost some."""
SHOWN_DIGITS_MAX = 11
"""Longer numbers a spreadsheet shows as 1.23E+11."""
SERIAL_FIRST, SERIAL_LAST = 36526, 73050
"""2000-01-01 and 2099-12-31, as a spreadsheet counts days."""
_SERIAL_ZERO = date(1899, 12, 30)
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]+")
_DAY = re.compile(r"([0-9]{4})(?:-|/|\.|年)?([0-9]{1,2})(?:-|/|\.|月)?([0-9]{1,2})日?(?:T?00:00(?::00)?)?")
_BARE_DAY = re.compile(r"[0-9]{8}")
ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
BLANKS_BEFORE = " \u3000\u00a0"
BLANKS = " \t\r\n\u00a0\u1680\u202f\u205f\u3000\u200b\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))


COMMANDS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for a formula, in full-width forms too (OWASP, CSV injection)."""


def quoted(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would take it for a formula."""
    return "'" + text if text.lstrip(BLANKS_BEFORE).startswith(COMMANDS) else text


def quoted_digits(text: str) -> str:
    """The text of a csv, behind an apostrophe where a spreadsheet would lose digits of it."""
    is_code = text.isascii() and text.isdigit()
    return "'" + text if is_code and (len(text) > SHOWN_DIGITS_MAX or (len(text) > 1 and text[0] == "0")) else text


def unquoted(value: Value) -> Value:
    """What was written behind an apostrophe, as it was meant."""
    if isinstance(value, str) and value.startswith("'"):
        meant = value[1:]
        if value in (quoted(meant), quoted_digits(meant)):
            return meant
    return value


def is_blank(value: Value) -> bool:
    return isinstance(value, str) and not value.strip(BLANKS)


def is_error(value: Value) -> bool:
    """Whether this is how a spreadsheet shows an error, written out into a text file."""
    return isinstance(value, str) and value.strip().upper() in ERRORS


def text(value: Value, *, most: int = 100) -> str:
    """One line as it was written, blanks at the ends taken off; a whole number is read as its digits.

    Refuses not_text, digits_lost, characters, too_long.
    """
    if isinstance(value, bool | date | time | timedelta):
        raise CellInvalid("not_text")
    written = digits_of(value) if isinstance(value, int | float) else value.strip(BLANKS)
    if any(unicodedata.category(each) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for each in written):
        raise CellInvalid("characters")
    if len(written) > most:
        raise CellInvalid("too_long", most=most)
    return written


def name(value: Value, *, most: int = 100) -> str:
    """What somebody is called: written, never folded, and not a number. Refuses not_text and what `text` does."""
    if not isinstance(value, str) or value.strip(BLANKS).isdigit():
        raise CellInvalid("not_text")
    return text(value, most=most)


def code(value: Value, *, most: int = 100) -> str:
    """A number or code somebody typed: full-width forms folded (NFKC). Refuses digits_lost and what `text` does."""
    folded = unicodedata.normalize("NFKC", text(value, most=most))
    if _SCIENTIFIC.fullmatch(folded):
        raise CellInvalid("digits_lost")
    return folded


def digits_of(value: float) -> str:
    """A whole number as its digits. Refuses digits_lost where a double cannot hold them all, not_text for part of
    one.
    """
    if not math.isfinite(value) or abs(value) >= 10**EXACT_DIGITS_MAX:
        raise CellInvalid("digits_lost")
    if value != int(value):
        raise CellInvalid("not_text")
    return str(int(value))


def whole(value: Value) -> int:
    """A whole number, also as text and in full-width digits. Refuses not_whole."""
    if isinstance(value, bool | date | time | timedelta):
        raise CellInvalid("not_whole")
    if isinstance(value, int | float):
        if not math.isfinite(value) or value != int(value) or abs(value) >= 10**EXACT_DIGITS_MAX:
            raise CellInvalid("not_whole")
        return int(value)
    folded = unicodedata.normalize("NFKC", value).strip(BLANKS)
    if not re.fullmatch(r"[+-]?[0-9]{1,15}", folded):
        raise CellInvalid("not_whole")
    return int(folded)


def day(value: Value) -> date:
    """A business date: a date cell, 2026-11-03, 2026/11/3, 2026.11.3, 2026年11月3日, 20261103, or the number of a day
    as a spreadsheet counts them. Refuses not_a_day.
    """
    if isinstance(value, datetime):
        if value.time() != time():
            raise CellInvalid("not_a_day")
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool | time | timedelta):
        raise CellInvalid("not_a_day")
    if isinstance(value, int | float):
        return _counted(value)
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", value)).strip(BLANKS)
    found = _DAY.fullmatch(folded)
    separated = found is not None and not folded.isdigit()
    if found is None or not (separated or _BARE_DAY.fullmatch(folded)):
        raise CellInvalid("not_a_day")
    return _made(int(found[1]), int(found[2]), int(found[3]))


def _counted(value: float) -> date:
    if not math.isfinite(value) or value != int(value):
        raise CellInvalid("not_a_day")
    number = int(value)
    if SERIAL_FIRST <= number <= SERIAL_LAST:
        return _SERIAL_ZERO + timedelta(days=number)
    if _BARE_DAY.fullmatch(str(number)):
        return _made(number // 10_000, number // 100 % 100, number % 100)
    raise CellInvalid("not_a_day")


def _made(year: int, month: int, on: int) -> date:
    try:
        return date(year, month, on)
    except ValueError:
        raise CellInvalid("not_a_day") from None
