"""The SQL of the tree of organisations: held while it changes shape, moved branch by branch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, func, literal, select, update

from ledger.core.accounts import Purpose
from ledger.store.schema.books import account
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.prizes import desk
from ledger.store.schema.service import activity


def hold_tree(connection: Connection) -> None:
    """Nobody else changes the shape of the tree until this transaction ends; whoever only adds people or things to an
    organisation goes on. (SQLite's changes come one at a time as it is.)
    """
    connection.execute(
        select(organisation.c.id).where(organisation.c.parent_id.is_(None)).with_for_update(key_share=True)
    ).all()


def hold(connection: Connection, id: UUID) -> None:
    """Whatever is being added to this organisation is added before this returns, or after this transaction ends."""
    connection.execute(select(organisation.c.id).where(organisation.c.id == id).with_for_update()).all()


def rename(connection: Connection, id: UUID, *, known_as: str, row: Mapping[str, Any]) -> bool:
    """False where it is called something else by now."""
    same = (organisation.c.id == id) & (organisation.c.name == known_as)
    return connection.execute(update(organisation).where(same).values(**row)).rowcount == 1


def move(connection: Connection, id: UUID, *, old: str, new: str, parent_id: UUID) -> int:
    """Write every path below anew; how many organisations moved."""
    path = organisation.c.path
    below = (path >= old) & (path < f"{old[:-1]}0")
    moved = connection.execute(
        update(organisation).where(below).values(path=literal(new) + func.substr(path, len(old) + 1))
    ).rowcount
    connection.execute(update(organisation).where(organisation.c.id == id).values(parent_id=parent_id))
    return moved


def standing_in_the_way(connection: Connection, id: UUID, *, today: date) -> dict[str, int]:
    """What is alive in this organisation itself, by kind: it cannot be closed over it."""
    shelf = (account.c.owner_id == desk.c.id) & (account.c.purpose == Purpose.STOCK.value)
    counts = {
        "organisations": select(func.count()).where(organisation.c.parent_id == id, organisation.c.closed_at.is_(None)),
        "volunteers": select(func.count()).where(volunteer.c.organisation_id == id),
        "activities": select(func.count()).where(activity.c.organisation_id == id, activity.c.held_on >= today),
        "stock": select(func.coalesce(func.sum(account.c.balance), 0))
        .select_from(desk.join(account, shelf))
        .where(desk.c.organisation_id == id),
    }
    return {kind: int(connection.scalar(count) or 0) for kind, count in counts.items()}


class Place(NamedTuple):
    """An organisation as the tree knows it."""

    id: UUID
    level: str
    path: str
    closed: bool


def whole_tree(connection: Connection) -> tuple[str, dict[tuple[str, ...], Place]]:
    """The root's name, and every organisation by its names from below the root down; the root is (). Of several with
    the same names the oldest.
    """
    made = organisation.c
    names: dict[UUID, tuple[str, ...]] = {}
    found: dict[tuple[str, ...], Place] = {}
    root = ""
    by_path = select(made.id, made.parent_id, made.level, made.path, made.name, made.closed_at).order_by(made.path)
    for row in connection.execute(by_path):
        if row.parent_id is None:
            root, names[row.id] = row.name, ()
        else:
            names[row.id] = (*names[row.parent_id], row.name)
        found.setdefault(names[row.id], Place(row.id, row.level, row.path, row.closed_at is not None))
    return root, found
