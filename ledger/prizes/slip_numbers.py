"""The numbers on paper slips: eight digits that run through the whole bank and one that checks them (Damm 2004), so
that a digit keyed wrong, or two keyed the wrong way round, is no other slip.
"""

from __future__ import annotations

from stdnum import damm

DIGITS = 8
"""Beside the one that checks them."""
SERIAL_MAX = 10**DIGITS - 1


def number_of(serial: int) -> str:
    body = f"{serial:0{DIGITS}d}"
    return body + str(damm.calc_check_digit(body))


def is_number(text: str) -> bool:
    """Whether it is spelled as a slip's number is, and its last digit checks."""
    return len(text) == DIGITS + 1 and text.isascii() and text.isdigit() and bool(damm.is_valid(text))


def serial_of(number: str) -> int:
    return int(number[:DIGITS])
