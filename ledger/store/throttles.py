"""The SQL of throttles: one statement counts a try under all its keys, or says under which there were too many."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, TextClause, delete, select, text

from ledger.store.schema.access import throttle

SWEPT_MAX = 2_000
"""Rows that one sweep removes at the most."""


class Charge(NamedTuple):
    """One key that a try counts under, with the row it has where nothing was tried before."""

    key: bytes
    account: bytes | None
    free_at: int
    """A rate: now and the time one try takes up. A delay: now and the wait after the first wrong try; 0 without one."""
    tries: int
    """0 for a rate, which counts all tries; 1 for a delay, which counts wrong ones until they are forgiven."""
    forgotten_at: int
    """When the row says nothing any more. A rate: now and the time that all the tries allowed at once take up."""

    @property
    def slack(self) -> int:
        """How far ahead a key may be taken up and still have room for one more."""
        return 0 if self.tries else self.forgotten_at - self.free_at


class Growth(NamedTuple):
    """How a delay grows, in microseconds."""

    free: int
    first: int
    longest: int


def charge(connection: Connection, charges: Sequence[Charge], growth: Growth, now: int) -> set[bytes]:
    """Count a try under these keys; the keys under which it may be made. Where one is missing, roll back.

    A row from a time that has not come yet (the clock went back) counts as none, or for a wait that there could be now.
    """
    ordered = sorted(charges)  # so that of two tries at once neither holds what the other waits for
    given = {f"{name}_{at}": value for at, one in enumerate(ordered) for name, value in one._asdict().items()}
    return set(connection.scalars(_charging(len(ordered)), {**given, **growth._asdict(), "now": now}))


@cache
def _charging(count: int) -> TextClause:
    rows = ", ".join(f"({', '.join(f':{name}_{at}' for name in Charge._fields)})" for at in range(count))
    furthest = "CASE excluded.tries WHEN 0 THEN excluded.forgotten_at ELSE :now + :longest END"
    stands = f"throttle.forgotten_at > :now AND throttle.free_at <= {furthest}"
    grown = "CAST(:first AS bigint) * (1 << CAST(throttle.tries - :free AS integer))"
    return text(f"""
        INSERT INTO throttle ({", ".join(Charge._fields)}) VALUES {rows}
        ON CONFLICT (key) DO UPDATE SET
            free_at = CASE
                WHEN NOT ({stands}) THEN excluded.free_at
                WHEN excluded.tries = 0 AND throttle.free_at > :now
                    THEN throttle.free_at + excluded.free_at - :now
                WHEN excluded.tries = 0 OR throttle.tries < :free THEN excluded.free_at
                WHEN throttle.tries >= :free + 20 OR {grown} > :longest THEN :now + :longest
                ELSE :now + {grown}
            END,
            tries = CASE WHEN {stands} THEN throttle.tries + excluded.tries ELSE excluded.tries END,
            forgotten_at = excluded.forgotten_at
        WHERE NOT ({stands}) OR throttle.free_at <= :now
            OR excluded.tries = 0 AND throttle.free_at <= :now + excluded.forgotten_at - excluded.free_at
        RETURNING key
    """)


def free_at(connection: Connection, keys: Collection[bytes]) -> dict[bytes, int]:
    """Until when each of these keys is taken up."""
    found = connection.execute(select(throttle.c.key, throttle.c.free_at).where(throttle.c.key.in_(keys)))
    return {row.key: row.free_at for row in found}


def is_known(connection: Connection, key: bytes, now: int) -> bool:
    """Whether this mark was set and still holds."""
    found = select(throttle.c.key).where(throttle.c.key == key, throttle.c.forgotten_at > now)
    return connection.scalar(found) is not None


def mark(connection: Connection, key: bytes, account: bytes, *, now: int, forgotten_at: int) -> None:
    """Set a mark, or make it hold longer."""
    statement = text(
        "INSERT INTO throttle (key, account, free_at, tries, forgotten_at) VALUES (:key, :account, :now, 0, :until) "
        "ON CONFLICT (key) DO UPDATE SET forgotten_at = excluded.forgotten_at"
    )
    connection.execute(statement, {"key": key, "account": account, "now": now, "until": forgotten_at})


def give_back(connection: Connection, charges: Sequence[Charge], now: int) -> None:
    """A try that was right takes up nothing, and the wrong ones before it are forgiven."""
    statement = text(
        "UPDATE throttle SET free_at = CASE WHEN tries = 0 THEN free_at - :taken ELSE 0 END, tries = 0 WHERE key = :key"
    )
    for one in sorted(charges):
        connection.execute(statement, {"key": one.key, "taken": one.free_at - now})


def forget(connection: Connection, account: bytes) -> None:
    """Nothing was ever tried at this account."""
    connection.execute(delete(throttle).where(throttle.c.account == account))


def sweep(connection: Connection, now: int) -> int:
    """Remove what says nothing any more; how many rows. What others are counting under is left for the next time."""
    old = (
        select(throttle.c.key)
        .where(throttle.c.forgotten_at <= now)
        .order_by(throttle.c.forgotten_at)
        .limit(SWEPT_MAX)
        .with_for_update(skip_locked=True)
    )
    return connection.execute(delete(throttle).where(throttle.c.key.in_(old))).rowcount
