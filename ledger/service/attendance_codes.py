"""Attendance codes: what the organiser's screen shows for seconds, so that who checks in by it stands in front of it.

A code names a session and what it is for, and is signed with the bank's key (HMAC-SHA-256, 128 bits); nothing is kept
of it until it is used. As a QR code it is all digits, which every scanner and input method passes on. Beside it stands
a short code to type, which only holds together with the session that the person has chosen.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Literal, NamedTuple
from uuid import UUID

from stdnum import damm

from ledger.bank import Bank
from ledger.core.refusals.activities import CodeExpired, CodeForeign, CodeUnknown
from ledger.core.refusals.refusal import Refused
from ledger.people import sealing
from ledger.people.codes import is_code

Purpose = Literal["check_in", "check_out"]
PURPOSES: tuple[Purpose, ...] = ("check_in", "check_out")

WINDOW_SECONDS = 15
"""So often the screen shows another code. Each holds in its window and the next one: for 30 seconds at the most."""
WINDOWS = 2
SHORT_DIGITS = 8
_SESSION, _WINDOW, _PURPOSE, _SIGNATURE = 16, 5, 1, 16
_BYTES = _SESSION + _WINDOW + _PURPOSE + _SIGNATURE
CODE_DIGITS = len(str(256**_BYTES - 1)) + 1
"""The bytes as one number, and a check digit."""


class ShownCode(NamedTuple):
    """What to show, until then."""

    code: str
    short_code: str
    expires_at: int


class ReadCode(NamedTuple):
    """What a code that holds says."""

    session_id: UUID
    purpose: Purpose
    expires_at: int
    digest: str
    """By which its use is remembered."""


def shown(bank: Bank, session_id: UUID, purpose: Purpose) -> ShownCode:
    """The codes of this moment."""
    window = _window_of(bank)
    signed = _signed(bank, session_id, purpose, window)
    body = f"{int.from_bytes(signed, 'big'):0{CODE_DIGITS - 1}}"
    return ShownCode(
        body + str(damm.calc_check_digit(body)), _short(bank, session_id, purpose, window), _expires_at(window)
    )


def read(bank: Bank, code: str, purpose: Purpose) -> ReadCode:
    """Refuses CodeUnknown, CodeForeign (it is for the other purpose), CodeExpired."""
    signed = _bytes_of(code)
    if signed is None:
        raise Refused(CodeUnknown())
    session_id = UUID(bytes=signed[:_SESSION])
    window = int.from_bytes(signed[_SESSION:][:_WINDOW], "big")
    kind = signed[_SESSION + _WINDOW]
    if kind >= len(PURPOSES) or not hmac.compare_digest(signed, _signed(bank, session_id, PURPOSES[kind], window)):
        raise Refused(CodeUnknown())
    if not 0 <= _window_of(bank) - window < WINDOWS:
        raise Refused(CodeExpired())
    if PURPOSES[kind] != purpose:
        raise Refused(CodeForeign())
    return ReadCode(session_id, purpose, _expires_at(window), hashlib.sha256(signed).hexdigest())


def typed(bank: Bank, session_id: UUID, code: str, purpose: Purpose) -> ReadCode:
    """The same for a short code of this session. Refuses CodeUnknown, also where its time has passed."""
    if is_code(code, SHORT_DIGITS):
        for window in range(_window_of(bank), _window_of(bank) - WINDOWS, -1):
            if hmac.compare_digest(code, _short(bank, session_id, purpose, window)):
                signed = _signed(bank, session_id, purpose, window)
                return ReadCode(session_id, purpose, _expires_at(window), hashlib.sha256(signed).hexdigest())
    raise Refused(CodeUnknown())


def _window_of(bank: Bank) -> int:
    return bank.world.clock() // (WINDOW_SECONDS * 1_000_000)


def _expires_at(window: int) -> int:
    return (window + WINDOWS) * WINDOW_SECONDS * 1_000_000


def _signed(bank: Bank, session_id: UUID, purpose: Purpose, window: int) -> bytes:
    said = session_id.bytes + window.to_bytes(_WINDOW, "big") + bytes([PURPOSES.index(purpose)])
    return said + sealing.of(bank).digest(said.hex(), purpose="attendance code")[:_SIGNATURE]


def _short(bank: Bank, session_id: UUID, purpose: Purpose, window: int) -> str:
    keyed = sealing.of(bank).digest(f"{session_id} {purpose} {window}", purpose="short attendance code")
    body = f"{int.from_bytes(keyed[:8], 'big') % 10 ** (SHORT_DIGITS - 1):0{SHORT_DIGITS - 1}}"
    return body + str(damm.calc_check_digit(body))


def _bytes_of(code: str) -> bytes | None:
    if not is_code(code, CODE_DIGITS):
        return None
    number = int(code[:-1])
    return number.to_bytes(_BYTES, "big") if number < 256**_BYTES else None
