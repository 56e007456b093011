"""Pick-ups: which of the reservations that wait at a desk a code is for. No code is kept, so each is made again."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from typing import Any

from ledger.bank import Bank
from ledger.people import throttles
from ledger.people.throttles import Act, Source
from ledger.prizes import pickup_codes, reservations
from ledger.prizes.catalogue import Desk
from ledger.prizes.reservations import Reservation

CHUNK = 200


def find(bank: Bank, source: Source, desk: Desk, code: str) -> Reservation | None:
    """What waits at this desk under this code, or None. Each try at a desk counts. Refuses Throttled."""
    attempt = throttles.attempt(bank, Act.PIN, source, f"pickup at {desk.id}")
    found = None
    for one in _waiting(bank, desk):  # to the end, so that how long it takes tells nothing
        right = pickup_codes.code_of(bank, one.id, volunteer=one.volunteer_id, desk=desk.id)
        if hmac.compare_digest(code, right):
            found = one
    if found is not None:
        attempt.succeeded()
    return found


def _waiting(bank: Bank, desk: Desk) -> Iterator[Reservation]:
    after: Sequence[Any] | None = ()
    while after is not None:
        page = reservations.page(bank, within=None, desk_id=desk.id, is_open=True, after=after or None, limit=CHUNK)
        yield from page.items
        after = page.after
