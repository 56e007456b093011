"""PINs: six digits that go with a card or a volunteer number. Set at the desk in person, changed with the old one.

They are kept as argon2id hashes over a keyed hash: whoever has the database but not the keys cannot even try the
million there are.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from ledger.bank import Bank, By
from ledger.people import cards, sealing, throttles, volunteers
from ledger.people.codes import CARD_DIGITS, is_code
from ledger.people.throttles import Act, Source
from ledger.people.volunteers import Volunteer, is_number
from ledger.store import cards as store
from ledger.store.cards import Known

DIGITS = 6

_argon2id = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""The parameters of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane."""
_hashing = threading.BoundedSemaphore(4)
"""Each check takes 19 MiB: a queue at every kiosk at once waits instead of filling the memory."""
_nobody = _argon2id.hash("nobody has this PIN")
"""Checked where there is no such person or no PIN, so that it takes as long as a wrong one."""

_PATTERN = re.compile(r"[0-9]{6}")
_FAVOURITES = frozenset(
    (
        *("147258", "258369", "147369", "159357", "357159", "741852", "852963", "963852", "789456", "456123"),
        *("123654", "147852", "741258", "159753", "753159", "135790", "246810", "246802", "112358", "778899"),
        *("521314", "131452", "201314", "520530", "147896", "987456", "321654", "654123", "789123", "123789"),
    )
)
"""What many choose: paths over the keypad, and numbers that sound like good wishes."""


def is_pin(text: str) -> bool:
    return bool(_PATTERN.fullmatch(text))


def is_weak(pin: str, numbers: Iterable[str]) -> bool:
    """Whether it is among the first that somebody would try: repeated or counted digits, a date, a favourite, or part
    of one of these numbers of the volunteer's.
    """
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    pairs = {pin[at : at + 2] for at in (0, 2, 4)}
    return (
        len(steps) == 1
        or len(set(pin)) <= 2
        or len(pairs) == 1
        or pin[:3] in (pin[3:], pin[:2:-1])
        or all(pair[0] == pair[1] for pair in pairs)
        or pin in _FAVOURITES
        or _is_date(pin)
        or any(pin in number for number in numbers)
    )


def set_pin(bank: Bank, by: By, volunteer: Volunteer, pin: str) -> bool:
    """From now on this is the PIN, and all wrong tries before are forgotten; False, and nothing is changed, where it is
    weak.
    """
    numbers = [card.card_no for card in cards.of(bank, volunteer)]
    if is_weak(pin, [volunteer.volunteer_no, *numbers]):
        return False
    hashed = _argon2id.hash(_keyed(bank, volunteer.id, pin))
    with bank.changing(by) as change:
        store.set_pin(change.connection, volunteer.id, hashed, change.now)
        change.audit("set_pin", "volunteer", volunteer.id)
    for account in (_account(volunteer.volunteer_no), *map(_account, numbers)):
        throttles.forgive(bank, Act.PIN, account)
    return True


def identified(bank: Bank, source: Source, number: str, pin: str) -> Volunteer | None:
    """Who has this volunteer number or card, and this PIN. None alike, and after the same work, for unknown numbers,
    cards that have ended, wrong PINs and where none is set. Refuses Throttled, known number or not.
    """
    attempt = throttles.attempt(bank, Act.PIN, source, _account(number))
    known = _known(bank, number)
    hashed = known.pin_hash if known else None
    right = _verified(hashed or _nobody, _keyed(bank, known.volunteer_id if known else UUID(int=0), pin))
    if known is None or hashed is None or not right:
        return None
    attempt.succeeded()
    return volunteers.find(bank, known.volunteer_no)


def _known(bank: Bank, number: str) -> Known | None:
    with bank.store.reading() as connection:
        if is_code(number, CARD_DIGITS):
            return store.by_card(connection, number)
        return store.by_number(connection, number) if is_number(number) else None


def _verified(hashed: str, keyed: str) -> bool:
    with _hashing:
        try:
            return _argon2id.verify(hashed, keyed)
        except VerifyMismatchError:
            return False


def _keyed(bank: Bank, volunteer_id: UUID, pin: str) -> str:
    """What is hashed: of use with our keys only, and for this volunteer only."""
    return sealing.of(bank).digest(f"{volunteer_id}\0{pin}", purpose="pin").hex()


def _account(number: str) -> str:
    """Tries are counted by what is shown: whoever guesses at a number does not slow down the card."""
    return f"{'card' if len(number) == CARD_DIGITS else 'number'} {number}"


def _is_date(pin: str) -> bool:
    """Whether it can be read as a day (YYMMDD, DDMMYY, MMDDYY) or a month of a year (YYYYMM, MMYYYY)."""
    a, b, c = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    days = ((a, b, c), (c, b, a), (c, a, b))
    months = ((int(pin[:4]), c), (int(pin[2:]), a))
    return any(_exists(2000 + year, month, day) for year, month, day in days) or any(
        1900 <= year <= 2099 and 1 <= month <= 12 for year, month in months
    )


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
