"""Codes that people read out and scanners type: digits only, because Chinese input methods swallow letters, drawn at
random, with a check digit after Damm (2004). Their length tells what they are.
"""

from __future__ import annotations

from collections.abc import Callable

from stdnum import damm

PAIRING_DIGITS = 9
CARD_DIGITS = 16
SCREEN_DIGITS = 40
"""39 digits are more than 128 bits: nobody guesses one, however long they try."""


def new_code(random_bytes: Callable[[int], bytes], digits: int) -> str:
    """A fresh code of so many digits, the last of them the check digit; not yet known to be free."""
    drawn = int.from_bytes(random_bytes(digits), "big") % 10 ** (digits - 1)
    body = f"{drawn:0{digits - 1}}"
    return body + str(damm.calc_check_digit(body))


def is_code(text: str, digits: int) -> bool:
    """Whether this can be such a code at all: slips of the finger are caught before anything is looked up."""
    return len(text) == digits and text.isascii() and text.isdigit() and bool(damm.is_valid(text))


def grouped(code: str, size: int) -> str:
    """As people read it: 123-456-789."""
    return "-".join(code[at : at + size] for at in range(0, len(code), size))


def ungrouped(typed: str) -> str:
    """As it is kept, without what people put between groups."""
    return typed.replace("-", "").replace(" ", "")
