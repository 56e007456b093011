"""The first rows of a bank: its charter, its head, and the units of points and minutes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.exc import OperationalError, ProgrammingError

from ledger.core.accounts import MINUTES, POINTS
from ledger.store.engines import Store
from ledger.store.schema import books

SIGNS_OF_NO_BANK = ("no such table: bank", 'relation "bank" does not exist')


class NoBank(RuntimeError):
    """The database is there, but no bank was founded in it."""


class BankExists(RuntimeError):
    """A bank was already founded here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter:
    """What was settled when the bank was founded, for good."""

    name: str
    origin: str
    """The bank's name in signatures and public bytes: a host-like word, no spaces."""
    zone: str = "Asia/Shanghai"
    points_scale: int = 0
    """Decimals of a point: 0, 1 or 2. Amounts are integers in the smallest unit."""
    epoch: int = 1


def found(store: Store, charter: Charter, *, now: int) -> None:
    """Write the first rows. Refuses BankExists."""
    with store.changing() as connection:
        if connection.execute(select(books.bank.c.id)).first():
            raise BankExists("a bank already stands in this database")
        connection.execute(
            insert(books.bank).values(
                id=1,
                name=charter.name,
                origin=charter.origin,
                zone=charter.zone,
                points_scale=charter.points_scale,
                epoch=charter.epoch,
                created_at=now,
            )
        )
        connection.execute(insert(books.head).values(id=1, seq=0, account_last=0, recorded_at=now, frontier=b""))
        connection.execute(
            insert(books.unit),
            [
                {"id": POINTS, "kind": "points", "scale": charter.points_scale},
                {"id": MINUTES, "kind": "minutes", "scale": 0},
            ],
        )


def charter(store: Store) -> Charter:
    """The charter of the bank in this database. Refuses NoBank, with the command that mends it."""
    columns = [books.bank.c[name] for name in ("name", "origin", "zone", "points_scale", "epoch")]
    try:
        with store.reading() as connection:
            row = connection.execute(select(*columns)).first()
    except (OperationalError, ProgrammingError) as error:
        if not any(sign in str(error.orig) for sign in SIGNS_OF_NO_BANK):
            raise
        raise NoBank("there is no bank in this database yet: run `pioneer init`") from error
    if row is None:
        raise NoBank("there is no bank in this database yet: run `pioneer init`")
    return Charter(**row._mapping)
