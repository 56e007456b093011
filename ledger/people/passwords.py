"""Passwords of the staff: kept as argon2id hashes, and as long to check for a name that nobody has."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
CHARACTERS_MIN = 10
TEMPORARY_MICROSECONDS = 3 * 24 * 3_600 * 1_000_000
"""A password that a superior gave out holds for three days, and only to choose another."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What is not taken for another when it is read out or copied from paper: no i l o, no 0 1."""
_WORDS, _WORD = 4, 4

_argon2id = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""The parameters of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane."""
_hashing = threading.BoundedSemaphore(4)
"""Each check takes 19 MiB: a rush of logins waits instead of filling the memory."""
_nobodys = _argon2id.hash("nobody has this password")
"""Checked for unknown names, so that they take as long as known ones."""


class StaffRefused(ValueError):
    """A username or password that cannot be used; the message says why."""


def hashed(password: str) -> str:
    with _hashing:
        return _argon2id.hash(_normal(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether it is the password of this hash. Of None it is not, after as much work."""
    with _hashing:
        try:
            _argon2id.verify(_nobodys if kept is None else kept, _normal(password))
        except VerifyMismatchError:
            return False
    return kept is not None


def temporary(random_bytes: Callable[[int], bytes]) -> str:
    """A fresh password to be told once: `abcd-efgh-jkmn-pqrs`, drawn from 31 letters, 79 bits."""
    drawn = ""
    while len(drawn) < _WORDS * _WORD:
        drawn += "".join(_LETTERS[byte % 31] for byte in random_bytes(32) if byte < 248)
    return "-".join(drawn[at * _WORD : (at + 1) * _WORD] for at in range(_WORDS))


def refuse_unusable(username: str, password: str) -> None:
    """StaffRefused for a username that cannot be typed everywhere, or a password that keeps nobody out."""
    if not USERNAME.fullmatch(username):
        raise StaffRefused("a username is 2 to 64 of a-z 0-9 . _ - and begins with a letter or digit")
    normal = _normal(password)
    if len(normal) < CHARACTERS_MIN:
        raise StaffRefused(f"a password has at least {CHARACTERS_MIN} characters")
    if username in normal.lower() and len(normal) < len(username) + CHARACTERS_MIN:
        raise StaffRefused("a password is not made of the username")


def _normal(password: str) -> str:
    """One spelling, whichever keyboard typed it (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
