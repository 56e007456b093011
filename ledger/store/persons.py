"""One person under several numbers: whoever was merged into a volunteer, however often, while nothing undid it.

What merged numbers left stays theirs, so that an undone merge gives it back by itself; it is read as the survivor's.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, literal, select

from ledger.store.schema.books import transaction
from ledger.store.schema.people import volunteer
from ledger.store.schema.privacy import closing

_undoing = transaction.alias()
STANDING = ~select(_undoing.c.seq).where(_undoing.c.reverses == closing.c.seq).exists()
"""Of a closing: nothing has opened the account again."""


def numbers_of(volunteer_id: UUID) -> Select[Any]:
    """This volunteer's id, and those that lead to it."""
    own = select(literal(volunteer_id, volunteer.c.id.type).label("id")).cte(recursive=True)
    led = select(closing.c.volunteer_id).join(own, closing.c.heir_id == own.c.id)
    whole = own.union(led.where(closing.c.reason == "merged", STANDING))
    return select(whole.c.id)


def ids_of(connection: Connection, volunteer_id: UUID) -> frozenset[UUID]:
    """The same, read."""
    return frozenset(connection.scalars(numbers_of(volunteer_id)))
