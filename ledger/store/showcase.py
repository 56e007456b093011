"""What lies free at the desks, and who keeps them: what strangers may know of the shelves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from ledger.core.accounts import Purpose
from ledger.store.schema import books, people, prizes


class Free(NamedTuple):
    """So many of a unit at a desk, neither set aside nor expired."""

    unit: int
    desk: str
    organisation: str
    quantity: int


def free(connection: Connection, units: Sequence[int], on: date) -> list[Free]:
    """What of these units can be handed over on a day, desk by desk in the order they were opened."""
    account, desk = books.account.c, prizes.desk.c
    statement = (
        select(account.unit_id, desk.name, people.organisation.c.name, func.sum(account.balance))
        .join(prizes.desk, desk.id == account.owner_id)
        .join(people.organisation, people.organisation.c.id == desk.organisation_id)
        .where(account.unit_id.in_(units), account.purpose == Purpose.STOCK.value)
        .where(account.expires_on >= on, account.balance > 0)
        .group_by(account.unit_id, desk.id, desk.name, people.organisation.c.name)
        .order_by(account.unit_id, desk.id)
    )
    return [Free(unit, name, of, int(held)) for unit, name, of, held in connection.execute(statement)]


def names_of(connection: Connection, organisations: Sequence[object]) -> dict[object, str]:
    """What these organisations are called, by their ids."""
    made = people.organisation.c
    rows = connection.execute(select(made.id, made.name).where(made.id.in_(organisations)))
    return {row.id: row.name for row in rows}
