"""Resealing: after a new sealing key was put in place, what older keys had sealed is sealed with it, chunk by chunk."""

from __future__ import annotations

from collections.abc import Callable

from ledger.bank import Bank
from ledger.people import sealing
from ledger.people.guardians import place_of as guardian_place
from ledger.people.profiles import place_of
from ledger.store import volunteers as store

CHUNK = 500


def reseal(bank: Bank, progress: Callable[[int], None] | None = None) -> int:
    """How many values were sealed anew. Stopped in the middle, the next run goes on. Refuses SealBroken, KeysUnfit."""
    seals = sealing.of(bank)
    done = 0
    for table, place in (("volunteer_field", _field), ("guardian", _guardian)):
        after = None
        while True:
            with bank.store.changing() as connection:
                rows = store.sealed(connection, table, after=after, limit=CHUNK)
                for row in rows:
                    if seals.is_stale(row["sealed"]):
                        plain = seals.open(row["sealed"], place=place(row))
                        store.reseal(connection, table, row, seals.seal(plain, place=place(row)))
                        done += 1
            if not rows:
                break
            after = rows[-1]
            if progress:
                progress(done)
    return done


def _field(row: dict[str, object]) -> str:
    return place_of(row["volunteer_id"], str(row["field"]))


def _guardian(row: dict[str, object]) -> str:
    return guardian_place(row["id"])
