"""Pick-up codes: nine digits that only this bank's sealing keys give for a reservation, its person and its desk. None
is kept anywhere, so that nobody finds one in the database; a wrong one holds up the next.
"""

from __future__ import annotations

import hmac
from uuid import UUID

from stdnum import damm

from ledger.bank import Bank
from ledger.people import sealing, throttles
from ledger.people.throttles import Act, Source

DIGITS = 8
"""Beside the one that checks them."""


def code_of(bank: Bank, reservation: UUID, *, volunteer: UUID, desk: UUID) -> str:
    """The code of one reservation, the same whenever it is asked."""
    digest = sealing.of(bank).digest(f"{reservation} {volunteer} {desk}", purpose="pickup code")
    body = f"{int.from_bytes(digest[:16]) % 10**DIGITS:0{DIGITS}d}"
    return body + str(damm.calc_check_digit(body))


def is_right(bank: Bank, source: Source, code: str, reservation: UUID, *, volunteer: UUID, desk: UUID) -> bool:
    """Whether this is its code. Each try at a reservation counts. Refuses Throttled."""
    attempt = throttles.attempt(bank, Act.PIN, source, f"pickup {reservation}")
    right = hmac.compare_digest(code, code_of(bank, reservation, volunteer=volunteer, desk=desk))
    if right:
        attempt.succeeded()
    return right
