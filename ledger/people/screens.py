"""Screen codes: the QR code that a volunteer's screen shows for a moment, so that a desk knows who stands there without
their typing anything. Drawn at random, kept as a digest only, good for a minute and for one use.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from ledger.bank import Bank
from ledger.people import sessions
from ledger.people.codes import SCREEN_DIGITS, is_code, new_code
from ledger.people.sessions import Session
from ledger.store import cards as store
from ledger.store import rows

SECONDS = 60


class ScreenCode(NamedTuple):
    """What to show. A screen asks for the next one before this one's time has passed."""

    code: str
    expires_at: int


def may_show(session: Session) -> bool:
    """Whether the volunteer themselves have shown who they are in this session: a code begets no further codes, and
    whoever assists cannot carry a volunteer's identity away.
    """
    return session.identified_by in ("card", "number")


def show(bank: Bank, session: Session) -> ScreenCode:
    """A fresh code for this session. The one before stays good for its minute, so that a scan between the two holds."""
    code = new_code(bank.world.random_bytes, SCREEN_DIGITS)
    now = bank.world.clock()
    made = ScreenCode(code, now + SECONDS * 1_000_000)
    with bank.store.changing() as connection:
        store.sweep_screen_codes(connection, now)
        row = {"digest": _digest(code), "session_id": session.id, "expires_at": made.expires_at}
        rows.add(connection, "screen_code", row, unique="digest")
    return made


def spend(bank: Bank, code: str) -> Session | None:
    """In which session a code was shown; None if it is unknown, expired or used, or if that session is over."""
    if not is_code(code, SCREEN_DIGITS):
        return None
    with bank.store.changing() as connection:
        session_id = store.spend_screen_code(connection, _digest(code), bank.world.clock())
    return sessions.find_open(bank, session_id) if session_id else None


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
